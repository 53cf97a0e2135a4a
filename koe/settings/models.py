"""What can be set of models: which one, how it is reached, what it may cost."""

from typing import Any, Literal

from pydantic import Field, SecretStr, field_validator

from koe.settings.embeddings import EmbeddingSettings

__all__ = ["ModelSettings"]

Price = float | None
OWN = frozenset({"model", "messages", "stream", "n", "tools", "functions"})
"""Fields of a request that no parameter may change."""


class ModelSettings(EmbeddingSettings):
    """The settings of the model engine; without `model` none of them counts."""

    model: str | None = None
    """`provider:name` of an LLM; without it the offline engine reads."""
    api_key: SecretStr | None = None
    """Its key; without it the provider's own variable, such as OPENAI_API_KEY."""
    base_url: str | None = None
    """Where it is reached: any server that speaks OpenAI's way; the provider's own by default."""
    concurrency: int = Field(default=8, ge=1, le=256)
    """Calls under way at the same time."""
    connect_timeout_s: float = Field(default=10.0, gt=0)
    """How long a connection may take."""
    call_timeout_s: float = Field(default=120.0, gt=0)
    """How long one try of a call may take from its first byte to its last."""
    patience_s: float = Field(default=600.0, gt=0)
    """How long a call may take with all its tries and waits."""
    tries: int = Field(default=5, ge=1, le=20)
    """How often a call is tried when the provider fails."""
    retry_wait_s: float = Field(default=0.5, ge=0)
    """First wait before a call is tried again; twice as long each time."""
    response_format: Literal["schema", "object", "text"] = "schema"
    """How JSON is asked for: by its schema, as any object, or by words alone."""
    send_temperature: bool | None = None
    """Whether a temperature is sent; by default wherever the model is known to take one."""
    parameters: dict[str, Any] = Field(default_factory=dict)
    """More fields of the request's body, such as {"reasoning_effort": "low"}."""
    thinking_tokens: int | None = Field(default=None, ge=0, le=1_000_000)
    """Tokens that a model may think before it answers, over those of the answer; by default what it needs."""
    price_input: Price = Field(default=None, ge=0)
    """USD per million input tokens."""
    price_cached: Price = Field(default=None, ge=0)
    """USD per million input tokens that come from the provider's cache; like other input by default."""
    price_output: Price = Field(default=None, ge=0)
    """USD per million output tokens."""
    batch_discount: float = Field(default=0.5, ge=0, le=1)
    """Share of the price that the provider's Batch API saves."""
    batch_wait_s: float = Field(default=0.0, ge=0)
    """How long `koe weekly --batch` waits for answers; a later run takes up what is still to come."""
    batch_poll_s: float = Field(default=30.0, gt=0)
    """How long it sleeps between two looks."""
    max_usd: float | None = Field(default=None, ge=0)
    """The most that a model may cost in an ISO week; without it there is no wall."""

    @field_validator("base_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value and not value.lower().startswith(("http://", "https://")):
            raise ValueError(
                "it begins with neither http:// nor https://; write it like 'http://localhost:8000/v1'"
            )
        return value

    @field_validator("parameters")
    @classmethod
    def _koes_own(cls, value: dict[str, Any]) -> dict[str, Any]:
        if taken := sorted(OWN & set(value)):
            raise ValueError(f"{taken[0]!r} is for koe to say; take it out")
        return value

    @field_validator("model")
    @classmethod
    def _named_whole(cls, value: str | None) -> str | None:
        provider, _, name = (value or "").partition(":")
        if value and not (provider and name):
            raise ValueError(f"{value!r} is no model; write it like 'openai:gpt-4.1-mini'")
        return value or None
