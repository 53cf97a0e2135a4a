"""What can be set of a second kind of vectors: those of a model, beside koe's own."""

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

__all__ = ["EMBEDDERS", "EmbeddingSettings"]

EMBEDDERS = ("azure_openai", "ollama", "openai")
"""Providers whose embeddings koe can ask for: all by OpenAI's way of it."""


class EmbeddingSettings(BaseSettings):
    """The settings of the model that passages are embedded by; without `embeddings` none of them counts."""

    embeddings: str | None = None
    """`provider:name` of a model for embeddings; without it passages have koe's own vectors alone."""
    embeddings_api_key: SecretStr | None = None
    """Its key; without it `api_key` where the server is the same, else the provider's own variable."""
    embeddings_base_url: str | None = None
    """Where it is reached; without it `base_url` where the provider is the same, else the provider's own."""
    embeddings_dimensions: int | None = Field(default=None, ge=2, le=8192)
    """How long its vectors are to be, where the model lets one choose; the model's own length by default."""
    embeddings_batch: int = Field(default=100, ge=1, le=2048)
    """Passages in one call; a server that takes fewer is given fewer."""
    embeddings_passage_prefix: str = ""
    """What stands before each passage, for models that were trained so, such as 'passage: '."""
    embeddings_query_prefix: str = ""
    """What stands before a question, such as 'query: '."""
    price_embeddings: float | None = Field(default=None, ge=0)
    """USD per million tokens that are embedded."""

    @field_validator("embeddings")
    @classmethod
    def _known_embedder(cls, value: str | None) -> str | None:
        provider, _, name = (value or "").partition(":")
        if value and not (provider in EMBEDDERS and name):
            raise ValueError(
                f"{value!r} is no model for embeddings; write it like 'openai:text-embedding-3-small' "
                f"({', '.join(EMBEDDERS)}). Other servers that speak OpenAI's way go by their base URL"
            )
        return value or None
