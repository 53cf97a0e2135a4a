"""MiiTel's outgoing webhook, a call's JSON body saved as a file: what was said, by whom. Pure.

MiiTel posts one object per call (応対履歴) or meeting (会議履歴) when its transcription is ready. The body
has `call` with `details`, each with `participants` and `speech_recognition.phrases`; who is ours follows
from the direction of the call. Every company's own description is at https://<company>.miitel.jp/openapi;
a body that differs gives no words and is named.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from connectors.cues import Utterance, joined
from koe.records import Role

_WRAPS = ("call", "meeting", "video", "conference", "data")
_TEXTS = ("text", "content", "raw", "phrase", "sentence")
_WHO = ("participant_id", "speaker_id", "channel", "from_to", "speaker", "label")
_BEGINS = ("dial_answered_at", "dial_starts_at", "dial_started_at", "started_at", "starts_at", "start_time")
_HEAD = 100_000
_NAMES = re.compile(rb'"(?:call|meeting|video|conference|speech_recognition|phrases|details)"\s*:')
_SAID_AT = ("start_time", "started_at", "starts_at", "start", "offset", "begin")


class MiitelCall(NamedTuple):
    """What a body says of one call."""

    utterances: tuple[Utterance, ...]
    facts: Mapping[str, str]
    roles: Mapping[str, Role]


def may_be_call(path: Path) -> bool:
    """Whether a JSON file has the names of a call's body near its beginning; other JSON is left alone."""
    with path.open("rb") as file:
        return _NAMES.search(file.read(_HEAD)) is not None


def read_miitel(text: str) -> MiitelCall | None:
    """The call of a webhook body; None for JSON that is none."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    call = _unwrapped(body)
    details = [dict(one) for one in _list(call.get("details")) if isinstance(one, dict)] or [dict(call)]
    phrases = [(one, phrase) for one in details for phrase in _phrases(one)]
    if not phrases:
        return None
    people = {mark: person for one in (call, *details) for mark, person in _people(one)}
    sides = {mark: _role(person, str(call.get("call_type", ""))) for mark, person in people.items()}
    said = tuple(joined(_utterance(phrase, people) for _, phrase in phrases))
    roles: dict[str, Role] = {_name(people[mark], mark): role for mark, role in sides.items() if role}
    return MiitelCall(said, _facts(call, details, people, sides), roles)


def _unwrapped(body: object) -> Mapping[str, Any]:
    for name in _WRAPS:
        if isinstance(body, dict) and isinstance(body.get(name), dict):
            return dict(body[name])
    return dict(body) if isinstance(body, dict) else {}


def _phrases(detail: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    speech = detail.get("speech_recognition")
    found = _list(speech.get("phrases")) if isinstance(speech, dict) else _list(detail.get("phrases"))
    yield from (one for one in found if isinstance(one, dict) and _first(one, _TEXTS))


def _people(detail: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Participants by every mark that a phrase may name them with."""
    for one in _list(detail.get("participants")):
        if isinstance(one, dict):
            for field in ("id", "participant_id", "channel", "from_to", "name"):
                if one.get(field) not in (None, ""):
                    yield str(one[field]), one


def _utterance(phrase: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]) -> Utterance:
    marks = [str(phrase[field]) for field in _WHO if phrase.get(field) not in (None, "")]
    mark = next((mark for mark in marks if mark in people), marks[0] if marks else "")
    label = _name(people[mark], mark) if mark in people else mark
    at = next((phrase[field] for field in _SAID_AT if isinstance(phrase.get(field), int | float)), None)
    return Utterance(label, float(at) if at is not None else None, _first(phrase, _TEXTS))


def _role(person: Mapping[str, Any], call_type: str) -> Role | None:
    """Ours is who calls on an outgoing call, and who is called on an incoming one."""
    side = str(person.get("from_to") or person.get("channel") or "").upper()
    kind = call_type.upper()
    if side not in ("FROM", "TO") or not kind.startswith(("OUT", "IN")):
        return None
    return "agent" if (side == "FROM") == kind.startswith("OUT") else "customer"


def _facts(
    call: Mapping[str, Any],
    details: list[Any],
    people: Mapping[str, Mapping[str, Any]],
    sides: Mapping[str, Role | None],
) -> dict[str, str]:
    theirs = [people[mark] for mark, role in sides.items() if role == "customer"]
    begins = next((found for one in (*details, call) if (found := _first(one, _BEGINS))), "")
    company = next((found for one in (*theirs, call) if (found := _first(one, ("company_name",)))), "")
    contact = next((found for one in theirs if (found := _first(one, ("name",)))), "")
    named = {
        "id": _first(call, ("id", "call_id", "sequence_id", "video_id", "meeting_id")),
        "created_at": begins,
        "account_name": company,
        "contact": contact,
        "title": _first(call, ("title", "subject", "meeting_title")),
    }
    return {field: value for field, value in named.items() if value}


def _name(person: Mapping[str, Any], mark: str) -> str:
    return _first(person, ("name",)) or mark


def _first(values: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    """The first of the fields that holds words or a number, as text."""
    for field in fields:
        value = values.get(field)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
