"""A provider's client, through LangChain: one request goes out, one outcome or one `Fault` comes back.

Retrying is not done here, nor by LangChain or a provider's own client: all of them are told not to.
"""

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from koe.engine.model.deadline import bind, deadline
from koe.engine.model.failures import GARBAGE, NO_CONNECTION, Fault, fault_of
from koe.engine.model.request import Outcome, Request, Spec, storable
from koe.errors import SetupError
from koe.settings.models import ModelSettings

__all__ = ["KEYS", "Provider", "ProviderError", "has_key", "known_provider"]

KEYS = {
    "openai": "OPENAI_API_KEY",
    "azure_openai": "AZURE_OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "ollama": None,
}
"""Providers by the name LangChain's `init_chat_model` has for them, with the variable of their key."""


class ProviderError(Exception):
    """A request that has no outcome, with what to do next."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


class _Kind(NamedTuple):
    """What differs between the providers' LangChain classes."""

    options: Callable[["Provider"], Mapping[str, Any]]
    bound: Callable[[Request], Mapping[str, Any]]
    client: Callable[[Any], Any]
    """The HTTP client inside."""


class Provider:
    """The client of the model that the settings name; made at its first request."""

    def __init__(self, spec: Spec, settings: ModelSettings) -> None:
        known_provider(spec)
        self.spec = spec
        self.settings = settings

    def send(self, request: Request, seconds: float) -> Outcome:
        """One exchange, ended after so many seconds. Raises ProviderError."""
        messages = [(message["role"], message["content"]) for message in request.messages]
        bound = self._model.bind(**_KINDS[self.spec.provider].bound(request))
        try:
            with deadline(seconds):
                message = bound.invoke(messages)
        except IndexError:
            return Outcome("")
        except self._errors as error:
            fault = self.fault_of(error)
        else:
            return _outcome(message)
        raise ProviderError(fault)

    def fault_of(self, error: BaseException) -> Fault:
        """What an error comes to, with the address where there was nobody, without anything secret of it."""
        fault = fault_of(error)
        if fault.reason != NO_CONNECTION:
            return fault
        host = urlsplit(self.settings.base_url or "").netloc.rpartition("@")[2]
        where = repr(host) if host else f"the provider {self.spec.provider!r}"
        return fault._replace(
            reason=f"No connection to {where} could be made. Check the network, or KOE_BASE_URL."
        )

    def client(self) -> Any:
        """OpenAI's own client, for what LangChain has no way to: files and batches."""
        return self._model.root_client

    @cached_property
    def _model(self) -> Any:
        from langchain.chat_models import init_chat_model

        kind = _KINDS[self.spec.provider]
        try:
            options = kind.options(self)
            model = init_chat_model(self.spec.name, model_provider=self.spec.provider, **options)
        except ImportError:
            raise SetupError(
                f"KOE_MODEL={self.spec.label!r} needs the extra {self.spec.provider!r}. "
                f"Run: uv sync --extra {self.spec.provider}"
            ) from None
        except ValueError:
            raise SetupError(f"{self._where} cannot be used with KOE_MODEL={self.spec.label!r}.") from None
        bind(kind.client(model))
        return model

    @cached_property
    def _errors(self) -> tuple[type[Exception], ...]:
        """Everything that a client raises for what came over the line, and for what LangChain makes of it."""
        import httpx
        import httpx2
        import openai

        found: tuple[type[Exception], ...] = (openai.OpenAIError, httpx.HTTPError, httpx2.HTTPError, OSError)
        if self.spec.provider == "anthropic":
            import anthropic

            found = (*found, anthropic.AnthropicError)
        if self.spec.provider == "ollama":
            import ollama

            found = (*found, ollama.ResponseError, ollama.RequestError)
        return (*found, *GARBAGE)

    @property
    def _where(self) -> str:
        """The server, without anything secret that its URL may hold."""
        host = urlsplit(self.settings.base_url or "").hostname
        return f"The server {host!r}" if host else "The provider's settings"

    @property
    def key(self) -> str | None:
        """The key as the client gets it; a server of one's own may need none."""
        if self.settings.api_key is not None:
            return self.settings.api_key.get_secret_value()
        variable = KEYS[self.spec.provider]
        own = os.environ.get(variable) if variable else None
        return own or ("none" if self.settings.base_url and variable else None)


def known_provider(spec: Spec) -> None:
    """Raises SetupError when koe does not know the model's provider."""
    if spec.provider not in KEYS:
        names = ", ".join(sorted(KEYS))
        raise SetupError(f"KOE_MODEL={spec.label!r} names no provider that koe knows: {names}.")


def has_key(spec: Spec, settings: ModelSettings) -> bool:
    """Whether the model can be asked at all: a key is there, or none is needed."""
    return KEYS[spec.provider] is None or Provider(spec, settings).key is not None


def _openai_options(provider: Provider) -> Mapping[str, Any]:
    import httpx2
    from openai import DefaultHttpxClient

    timeout = httpx2.Timeout(
        provider.settings.call_timeout_s, connect=provider.settings.connect_timeout_s, pool=None
    )
    common: dict[str, Any] = {
        "api_key": provider.key,
        "max_retries": 0,
        "timeout": timeout,
        "http_client": DefaultHttpxClient(timeout=timeout),
    }
    base = provider.settings.base_url
    if provider.spec.provider == "azure_openai":
        named = {"azure_endpoint": base} if base else {}
        return {**common, **named, "azure_deployment": provider.spec.name}
    return {**common, **({"base_url": base} if base else {}), "use_responses_api": False}


def _anthropic_options(provider: Provider) -> Mapping[str, Any]:
    base = provider.settings.base_url
    return {
        "api_key": provider.key,
        "max_retries": 0,
        "timeout": provider.settings.call_timeout_s,
        **({"base_url": base} if base else {}),
    }


def _ollama_options(provider: Provider) -> Mapping[str, Any]:
    import httpx

    timeout = httpx.Timeout(
        provider.settings.call_timeout_s, connect=provider.settings.connect_timeout_s, pool=None
    )
    base = provider.settings.base_url
    return {"client_kwargs": {"timeout": timeout}, **({"base_url": base} if base else {})}


def _openai_bound(request: Request) -> Mapping[str, Any]:
    return {
        "max_tokens": request.limit,
        **({"temperature": request.call.temperature} if request.spec.takes_temperature else {}),
        "extra_body": request.extra,
    }


def _anthropic_bound(request: Request) -> Mapping[str, Any]:
    fields = {key: value for key, value in request.extra.items() if key != "response_format"}
    form = request.response_format if request.spec.response_format == "schema" else None
    return {
        "max_tokens": request.limit,
        **({"temperature": request.call.temperature} if request.spec.takes_temperature else {}),
        **({"response_format": form} if form else {}),
        **fields,
    }


def _ollama_bound(request: Request) -> Mapping[str, Any]:
    fields = {key: value for key, value in request.extra.items() if key not in ("response_format", "think")}
    think = {"reasoning": request.extra["think"]} if "think" in request.extra else {}
    form = request.response_format
    options = {"num_predict": request.limit, **fields}
    if request.spec.takes_temperature:
        options["temperature"] = request.call.temperature
    if form is None:
        return {"options": options, **think}
    is_schema = request.spec.response_format == "schema"
    return {"options": options, "format": dict(request.call.schema) if is_schema else "json", **think}


_OPENAI = _Kind(_openai_options, _openai_bound, lambda model: model.http_client)
_KINDS = {
    "openai": _OPENAI,
    "azure_openai": _OPENAI,
    "anthropic": _Kind(_anthropic_options, _anthropic_bound, lambda model: model._client._client),
    "ollama": _Kind(_ollama_options, _ollama_bound, lambda model: model._client._client),
}


def _outcome(message: Any) -> Outcome:
    """What a LangChain message says, and what it used; 0 where the server does not count."""
    used = message.usage_metadata or {}
    told = message.response_metadata
    finish = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason") or "stop"
    refusal = message.additional_kwargs.get("refusal") or ""
    return Outcome(storable(str(message.text)), storable(str(finish)), storable(str(refusal))).used(
        used.get("input_tokens"),
        _detail(used.get("input_token_details"), "cache_read"),
        used.get("output_tokens"),
        _detail(used.get("output_token_details"), "reasoning"),
        used.get("total_tokens"),
    )


def _detail(details: Any, name: str) -> Any:
    """A detail of a usage; with a service tier of its own its name stands behind that of the tier."""
    named = (value for key, value in (details or {}).items() if key == name or key.endswith(f"_{name}"))
    return next(named, None)
