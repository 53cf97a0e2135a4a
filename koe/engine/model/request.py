"""One request as a provider gets it: OpenAI's chat body, and the key that the journal knows it by."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from koe.engine.model.shape import Call
from koe.settings.models import ModelSettings

__all__ = [
    "THINKING",
    "Outcome",
    "Request",
    "Spec",
    "as_json",
    "counted",
    "spec_named",
    "spec_of",
    "storable",
]

KEPT_COLD = ("gpt-5", "o1", "o3", "o4")
"""Families of models that think first and take no temperature; `-chat` models of them do neither."""
THINKING = 25_000
"""Tokens for a model that thinks, as OpenAI recommends to begin with; a limit, they are paid when used."""
MOST_COUNTED = 10_000_000
"""Tokens: no model takes or gives as many in one call."""
_LIMITS = ("max_completion_tokens", "max_tokens")
_LITTLE = ("none", "minimal")


class Spec(NamedTuple):
    """Which model is asked, and how; all of it decides an answer."""

    provider: str
    name: str
    response_format: str = "schema"
    takes_temperature: bool = True
    parameters: str = "{}"
    """More fields of the body, as sorted JSON."""
    room: int = 0
    """Tokens that a request has for thinking when it is first asked."""
    widens: bool = True
    """Whether one whose answer had no room left is asked once more with `THINKING`."""

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
    room: int = 0
    """Tokens for thinking, over those of the answer."""

    @property
    def key(self) -> str:
        """SHA-256 of everything that decides the answer; the room for thinking only lets it come."""
        call, body = self.call, self._replace(room=0).body
        asked = {"prompt": call.prompt, "model": [self.spec.provider, body], "schema": call.schema}
        return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=True).encode()).hexdigest()

    @property
    def body(self) -> dict[str, Any]:
        """OpenAI's chat body, whole: whoever gets it can answer it without knowing koe."""
        call, spec = self.call, self.spec
        made: dict[str, Any] = {"model": spec.name, "messages": self.messages}
        if spec.takes_temperature:
            made["temperature"] = call.temperature
        made["max_completion_tokens"] = call.max_tokens + self.room
        return {**made, **self.extra}

    @property
    def limit(self) -> int:
        """The most tokens that may come back, thoughts among them; a limit of the settings' own counts."""
        own = [value for key in _LIMITS if isinstance(value := self.extra.get(key), int)]
        return max(own, default=self.call.max_tokens + self.room)

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
    thought: int = 0
    """How many of `tokens_out` were thoughts, where the provider says so."""
    room: int = 0
    """The room for thinking that it was asked with."""

    def used(self, came_in: Any, cached: Any, came_out: Any, thought: Any, total: Any) -> "Outcome":
        """The same with the tokens that a provider tells; what no call can have counts as not told.

        Thoughts are part of what came out. Where a total has more than both, they were told apart from it.
        """
        given, came = counted(came_in), counted(came_out)
        apart = max(0, counted(total) - given - came) if given and came else 0
        thoughts = min(came + apart, max(counted(thought), apart))
        return self._replace(
            tokens_in=given,
            tokens_cached=min(given, counted(cached)),
            tokens_out=came + apart,
            thought=thoughts,
        )


def spec_of(settings: ModelSettings) -> Spec:
    """The model that the settings name, which have to name one."""
    spec = spec_named(
        settings.model or "", settings.response_format, settings.send_temperature, settings.parameters
    )
    if settings.thinking_tokens is None:
        return spec
    return spec._replace(room=settings.thinking_tokens, widens=False)


def spec_named(
    model: str,
    response_format: str = "schema",
    send_temperature: bool | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Spec:
    """The model `provider:name`, asked this way; without a word on temperature, as its family takes it."""
    provider, _, name = model.partition(":")
    more = dict(parameters or {})
    takes = not _thinks(name, more) if send_temperature is None else send_temperature
    fields = json.dumps(more, sort_keys=True, ensure_ascii=False)
    own_limit = any(key in more for key in _LIMITS)
    return Spec(provider, name, response_format, takes, fields, _room(name, more), not own_limit)


def counted(value: Any) -> int:
    """A number of tokens as a provider tells it; 0 where it is none, or one that no call can have."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return 0
    return int(value) if 0 < value <= MOST_COUNTED else 0


def storable(text: str) -> str:
    """The text without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode()


def _thinks(name: str, parameters: Mapping[str, Any]) -> bool:
    """Whether a model is of a family that thinks first, or is told to the way Anthropic's are."""
    family = name.rpartition("/")[2].lower()
    return (family.startswith(KEPT_COLD) and "-chat" not in family) or _anthropic_thinks(parameters)


def _anthropic_thinks(parameters: Mapping[str, Any]) -> bool:
    thinking = parameters.get("thinking")
    return isinstance(thinking, dict) and thinking.get("type") != "disabled"


def _room(name: str, parameters: Mapping[str, Any]) -> int:
    """What a model gets for thinking at first: what the parameters give it, else what its family needs."""
    thinking = parameters.get("thinking")
    given = thinking.get("budget_tokens") if isinstance(thinking, dict) else None
    if isinstance(given, int) and given > 0:
        return given
    little = parameters.get("reasoning_effort") in _LITTLE
    return THINKING if _thinks(name, parameters) and not little else 0


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def as_json(fields: Mapping[str, Any]) -> str:
    """The fields as the journal stores them: one line, sorted."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)
