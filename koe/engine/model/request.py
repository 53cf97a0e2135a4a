"""One request as a provider gets it: OpenAI's chat body, and the key that the journal knows it by."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from koe.engine.model.shape import Call
from koe.settings.models import ModelSettings

__all__ = ["Outcome", "Request", "Spec", "as_json", "spec_named", "spec_of", "storable"]

KEPT_COLD = ("gpt-5", "o1", "o3", "o4")
"""Families of models that take no temperature; `-chat` models of them do."""


class Spec(NamedTuple):
    """Which model is asked, and how; all of it decides an answer."""

    provider: str
    name: str
    response_format: str = "schema"
    takes_temperature: bool = True
    parameters: str = "{}"
    """More fields of the body, as sorted JSON."""

    @property
    def label(self) -> str:
        """Model and parameters, as findings carry them: `openai:gpt-4.1-mini[seed=7]`."""
        more = ",".join(f"{key}={_short(value)}" for key, value in json.loads(self.parameters).items())
        return f"{self.provider}:{self.name}" + (f"[{more}]" if more else "")


class Request(NamedTuple):
    """A call to one model; `mend` says what was wrong with the answer before, when it is asked again."""

    call: Call
    spec: Spec
    mend: str | None = None

    @property
    def key(self) -> str:
        """SHA-256 of everything that decides the answer."""
        call = self.call
        asked = {"prompt": call.prompt, "model": [self.spec.provider, self.body], "schema": call.schema}
        return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=True).encode()).hexdigest()

    @property
    def body(self) -> dict[str, Any]:
        """OpenAI's chat body, whole: whoever gets it can answer it without knowing koe."""
        call, spec = self.call, self.spec
        made: dict[str, Any] = {"model": spec.name, "messages": self.messages}
        if spec.takes_temperature:
            made["temperature"] = call.temperature
        made["max_completion_tokens"] = call.max_tokens
        return {**made, **self.extra}

    @property
    def messages(self) -> list[dict[str, str]]:
        """System and user, and what is to be mended as a user message of its own."""
        call = self.call
        system = call.system
        if self.spec.response_format != "schema":
            schema = json.dumps(call.schema, ensure_ascii=False, sort_keys=True)
            system = f"{system}\n\nAnswer with one JSON object of this schema and nothing else:\n{schema}"
        made = [{"role": "system", "content": system}, {"role": "user", "content": call.user}]
        if self.mend is not None:
            said = f"Your answer could not be used: {self.mend} Answer again, in whole."
            made.append({"role": "user", "content": said})
        return made

    @property
    def extra(self) -> dict[str, Any]:
        """What of the body is not OpenAI's common part: the form of the answer, and the settings' fields."""
        form = self.response_format
        return {**({"response_format": form} if form else {}), **json.loads(self.spec.parameters)}

    @property
    def response_format(self) -> dict[str, Any] | None:
        """OpenAI's `response_format`; None when words alone ask for JSON."""
        if self.spec.response_format == "text":
            return None
        if self.spec.response_format == "object":
            return {"type": "json_object"}
        schema = {"name": self.call.verb, "strict": True, "schema": dict(self.call.schema)}
        return {"type": "json_schema", "json_schema": schema}


class Outcome(NamedTuple):
    """What a model gave back for one request, and what it used."""

    content: str
    finish: str = "stop"
    refusal: str = ""
    tokens_in: int = 0
    tokens_cached: int = 0
    """How many of `tokens_in` came from the provider's cache."""
    tokens_out: int = 0


def spec_of(settings: ModelSettings) -> Spec:
    """The model that the settings name, which have to name one."""
    return spec_named(
        settings.model or "", settings.response_format, settings.send_temperature, settings.parameters
    )


def spec_named(
    model: str,
    response_format: str = "schema",
    send_temperature: bool | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Spec:
    """The model `provider:name`, asked this way; without a word on temperature, as its family takes it."""
    provider, _, name = model.partition(":")
    takes = _takes_temperature(name) if send_temperature is None else send_temperature
    fields = json.dumps(dict(parameters or {}), sort_keys=True, ensure_ascii=False)
    return Spec(provider, name, response_format, takes, fields)


def storable(text: str) -> str:
    """The text without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode()


def _takes_temperature(name: str) -> bool:
    family = name.rpartition("/")[2].lower()
    return not family.startswith(KEPT_COLD) or "-chat" in family


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def as_json(fields: Mapping[str, Any]) -> str:
    """The fields as the journal stores them: one line, sorted."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)
