"""The answers of a model as records, and as the strict JSON schemas that it is asked for.

A record takes what the schema would refuse where one wrong value must not cost the whole answer: such
values are left out, and counted, by who reads them.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, WithJsonSchema

from koe.engine.base import Ask
from koe.records import FindingKind

__all__ = [
    "Answered",
    "Found",
    "FoundRecord",
    "Grouped",
    "Planned",
    "Said",
    "Theme",
    "Written",
    "WrittenSentence",
    "problem_of",
    "read_answer",
    "schema_of",
]

Kind = Annotated[str, WithJsonSchema({"type": "string", "enum": [kind.value for kind in FindingKind]})]
Level = Annotated[int, WithJsonSchema({"type": "integer", "enum": [1, 2, 3]})]
_NOISE = frozenset({"title", "default", "description", "minimum", "maximum", "minLength", "maxLength"})
A = TypeVar("A", bound=BaseModel)


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=False)


class Said(_Answer):
    """One finding of a record; kind and severity are checked by who reads it."""

    turn: int
    quote: str
    kind: Kind
    statement: str
    severity: Level


class FoundRecord(_Answer):
    """What a record holds."""

    record: int
    findings: list[Said]


class Found(_Answer):
    """What `find` answers."""

    records: list[FoundRecord]


class Theme(_Answer):
    """Findings that go together."""

    known: int
    """Number of the known theme that they join; 0 for a new one."""
    name: str
    findings: list[int]


class Grouped(_Answer):
    """What `settle` answers."""

    themes: list[Theme]


class WrittenSentence(_Answer):
    """One sentence with slots and the findings that carry it."""

    section: str
    text: str
    cites: list[str]


class Written(_Answer):
    """What `compose` answers."""

    sentences: list[WrittenSentence]


class Answered(_Answer):
    """What `answer` answers."""

    answerable: bool
    sentences: list[WrittenSentence]


class Planned(_Answer):
    """What `plan` answers; an empty day is an open border, a top of 0 is not said."""

    ask: Ask
    themes: list[int]
    kinds: list[Kind]
    outcome: Literal["won", "lost", "open", "any"]
    channel: Literal["ticket", "call", "any"]
    since: str
    until: str
    against_since: str
    against_until: str
    period_named: bool
    words: list[str]
    mentions: list[str]
    by_week: bool
    first_seen: bool
    top: int
    counted: Literal["accounts", "conversations", "tickets", "calls", "deals", "any"]
    amount: bool
    by_stream: bool
    by_industry: bool
    replies: bool
    beyond: bool


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The record's JSON schema, strict: every key required, nothing else allowed, no references."""
    whole = model.model_json_schema()
    defined = whole.pop("$defs", {})
    plain = _plain(whole, defined)
    assert isinstance(plain, dict)
    return plain


def _plain(node: Any, defined: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_plain(item, defined) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(defined[node["$ref"].rpartition("/")[2]], defined)
    out = {key: _plain(value, defined) for key, value in node.items() if key not in _NOISE}
    if "properties" in node:
        fields = {key: _plain(value, defined) for key, value in node["properties"].items()}
        out |= {"properties": fields, "required": list(fields), "additionalProperties": False}
    return out


def read_answer(model: type[A], text: str) -> A:
    """The answer's JSON text as its record. Raises ValidationError or ValueError where it is none."""
    return model.model_validate_json(text)


def problem_of(model: type[BaseModel], text: str) -> str | None:
    """What is wrong with an answer's JSON text, as a model is told it; None when it is the record."""
    try:
        read_answer(model, text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"The answer does not fit the schema at {place or 'its start'}: {first['msg']}."
    except (ValueError, json.JSONDecodeError) as error:
        return f"The answer is no JSON: {error}."
    return None
