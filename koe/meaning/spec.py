"""Which model makes the vectors, where it is reached and with what key."""

import os
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic import SecretStr

from koe.engine.model.request import Spec
from koe.errors import SetupError
from koe.model.budget import FREE, Prices
from koe.settings.models import ModelSettings

__all__ = ["Embedder", "embedder_of", "prices_of", "reached_by"]

KEYS = {"openai": "OPENAI_API_KEY", "azure_openai": "AZURE_OPENAI_API_KEY", "ollama": None}
ADDRESSES = {"openai": "OPENAI_BASE_URL", "azure_openai": "AZURE_OPENAI_ENDPOINT"}
"""Where the client looks for an address that the settings do not give."""
OLLAMA = "http://localhost:11434/v1"
NO_KEY = SecretStr("none")
"""What a server of one's own is sent, because the client insists on a key."""


class Embedder(NamedTuple):
    """A model as its vectors depend on it: those of two embedders are never compared."""

    provider: str
    name: str
    base: str
    """Where it is reached, without anything secret; empty for the provider's own address."""
    dimensions: int | None
    prefix: str
    """What stands before each passage."""

    @property
    def label(self) -> str:
        """Model and length, as people read it: `openai:text-embedding-3-small[256]`."""
        return f"{self.provider}:{self.name}" + (f"[{self.dimensions}]" if self.dimensions else "")

    @property
    def id(self) -> str:
        """All that decides a vector, as the ledger and the index note it."""
        base = f" at {self.base}" if self.base else ""
        return f"{self.label}{base}" + (f" after {self.prefix!r}" if self.prefix else "")

    @property
    def spec(self) -> Spec:
        """It as the caller of models names a model."""
        return Spec(self.provider, self.name)


def embedder_of(settings: ModelSettings) -> Embedder | None:
    """The model that the settings name for embeddings; None where they name none.

    Raises SetupError where its address is none.
    """
    if settings.embeddings is None:
        return None
    provider, _, name = settings.embeddings.partition(":")
    base = _without_secrets(_base_of(settings, provider))
    return Embedder(provider, name, base, settings.embeddings_dimensions, settings.embeddings_passage_prefix)


def reached_by(settings: ModelSettings, embedder: Embedder) -> ModelSettings:
    """The settings with address and key of the model for embeddings in the place of the other model's.

    A key goes to the server it was given for: another address has its own key, or none. Raises SetupError
    where a key is needed and there is none.
    """
    base = _base_of(settings, embedder.provider)
    key = _key_of(settings, embedder, base)
    if key is None:
        raise SetupError(
            f"KOE_EMBEDDINGS={settings.embeddings!r} needs a key: "
            f"set KOE_EMBEDDINGS_API_KEY or {KEYS[embedder.provider]}."
        )
    if embedder.provider == "azure_openai" and base is None:
        raise SetupError(
            f"KOE_EMBEDDINGS={settings.embeddings!r} needs an address: set KOE_EMBEDDINGS_BASE_URL."
        )
    return settings.model_copy(update={"base_url": base, "api_key": key})


def prices_of(settings: ModelSettings) -> Prices | None:
    """What embedding costs; None where the settings do not say, and nothing where it is Ollama's.

    Raises SetupError where there is a wall and no price to measure with.
    """
    price = settings.price_embeddings
    if price is not None:
        return Prices(price, price, 0.0)
    if (settings.embeddings or "").startswith("ollama:"):
        return FREE
    if settings.max_usd is not None:
        raise SetupError(
            "A budget needs prices. Set KOE_PRICE_EMBEDDINGS, in USD per million tokens, 0 where it is free."
        )
    return None


def _base_of(settings: ModelSettings, provider: str) -> str | None:
    base = settings.embeddings_base_url
    if base is None and _is_same(settings, provider):
        base = settings.base_url
    if provider != "ollama":
        return base or os.environ.get(ADDRESSES[provider])
    base = (base or OLLAMA).rstrip("/")
    return base if base.endswith("/v1") else f"{base}/v1"


def _key_of(settings: ModelSettings, embedder: Embedder, base: str | None) -> SecretStr | None:
    if settings.embeddings_api_key is not None:
        return settings.embeddings_api_key
    variable = KEYS[embedder.provider]
    is_elsewhere = settings.embeddings_base_url not in (None, settings.base_url)
    if is_elsewhere or variable is None:
        return NO_KEY
    if settings.api_key is not None and _is_same(settings, embedder.provider):
        return settings.api_key
    own = os.environ.get(variable)
    return SecretStr(own) if own else (NO_KEY if base else None)


def _is_same(settings: ModelSettings, provider: str) -> bool:
    """Whether the model that reads is of this provider; `base_url` and `api_key` are its."""
    reader = (settings.model or "").partition(":")[0]
    return reader in ("", "recorded", provider)


def _without_secrets(base: str | None) -> str:
    """The address without a user, a password or a query. Raises SetupError where it is none."""
    if base is None:
        return ""
    try:
        parts = urlsplit(base)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SetupError(
            "The address of KOE_EMBEDDINGS is none. Write KOE_EMBEDDINGS_BASE_URL like http://host:8000/v1."
        )
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}".rstrip("/")
