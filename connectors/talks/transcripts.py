"""Transcripts as calls in koe's own file format: WebVTT, SRT, text with speakers, MiiTel's webhook JSON.

What the words do not say (when, which customer, which deal) comes from a list beside the files, from the
file's name, from the head of the text, from the settings: in this order.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from connectors.records.dates import parse_moment
from connectors.records.json_lines import Found
from connectors.records.speakers import Voices, roles_of
from connectors.talks.cues import Heard, Utterance, read_srt, read_vtt
from connectors.talks.file_names import Named, read_name
from connectors.talks.miitel import read_miitel
from connectors.talks.text import read_talk
from connectors.text.encodings import read_text
from connectors.text.word_files import read_docx
from koe.errors import SetupError
from koe.records import Role

PRINTED = "; `koe files inspect` prints the lines"
"""What is said of speakers to be placed, but where those lines stand below."""
SIZE_LIMIT = 64 * 1024 * 1024
_PLAIN = ("id", "created_at", "deal_id", "contact")
Facts = Mapping[str, str]
"""What is known of a call beside its words: fields of koe's file format by name, account_name among them."""


class Around(NamedTuple):
    """What is known of transcripts beside what stands in them."""

    zone: ZoneInfo
    voices: Voices
    pattern: str
    account: str
    lists: Mapping[str, Facts]
    """Facts by a file's name, and by its name without the ending, in lower case."""


class Call(NamedTuple):
    """What a file says: its words, facts, and roles where it knows them itself."""

    heard: Heard
    facts: Facts = MappingProxyType({})
    roles: Mapping[str, Role] = MappingProxyType({})


def read_transcript(path: Path, name: str, around: Around) -> Found:
    """The call of a file, or what is missing for it to be one."""
    found = _found(path, name, around)
    return found if found.fields is not None else found._replace(maybe=(call_id(path, around.pattern),))


def _found(path: Path, name: str, around: Around) -> Found:
    try:
        call = read_call(path)
    except SetupError as error:
        return Found(name, "", None, str(error))
    if call is None:
        return Found(name, "", None, "has no speakers that can be told (such as `田中：…` or `[00:01] 田中`)")
    if not call.heard.utterances:
        return Found(name, "", None, "; ".join(call.heard.troubles) or "has no words")
    return _dated(path, name, call, around)


def read_call(path: Path) -> Call | None:
    """What a file of one of the known endings says; None for a text without speakers."""
    if path.stat().st_size > SIZE_LIMIT:
        raise SetupError(f"is longer than {SIZE_LIMIT // 1024 // 1024} MiB")
    ending = path.suffix.lower()
    text = read_docx(path) if ending == ".docx" else read_text(path)
    if ending == ".json":
        found = read_miitel(text)
        return Call(Heard(found.utterances), found.facts, found.roles) if found else None
    if ending == ".srt" or (ending == ".txt" and text.lstrip().startswith("1\n0")):
        return Call(read_srt(text))
    if ending == ".vtt" or text.lstrip("\ufeff").startswith("WEBVTT"):
        return Call(read_vtt(text))
    talk = read_talk(text)
    return Call(talk.heard, talk.facts) if talk else None


def call_id(path: Path, pattern: str) -> str:
    """A call's id by its file: its date and a mark, so that no name of a person or company is in it."""
    stem = unicodedata.normalize("NFC", path.stem)
    named = read_name(stem, pattern)
    mark = hashlib.sha256(stem.encode("utf-8", "replace")).hexdigest()[:10]
    return named.id or f"{named.date[:10] or 'call'}-{mark}"


def _dated(path: Path, name: str, call: Call, around: Around) -> Found:
    stem = unicodedata.normalize("NFC", path.stem)
    named = read_name(stem, around.pattern)
    known = around.lists.get(f"{stem}{path.suffix}".lower()) or around.lists.get(stem.lower()) or {}
    named_facts = _facts_of(named) if named.date or "{date}" not in around.pattern else {}
    if not named.time and _is_same_day(named.date, call.facts.get("created_at", ""), around.zone):
        named_facts = {**named_facts, "created_at": ""}
    facts = {"account_name": around.account, **call.facts, **_said(named_facts), **_said(known)}
    if facts["account_name"] and not known.get("account_id"):
        facts.pop("account_id", None)
    lacking = [field for field in ("created_at", "account_name", "account_id") if not facts.get(field)]
    if "created_at" in lacking:
        return Found(name, "", None, f"when it was is not known: {_advice('date')}")
    if {"account_name", "account_id"} <= set(lacking):
        return Found(name, "", None, f"which customer it was is not known: {_advice('account')}")
    facts["id"] = facts.get("id") or call_id(path, around.pattern)
    return _call(name, call, facts, around)


def _is_same_day(day: str, written: str, zone: ZoneInfo) -> bool:
    """Whether the head of a text says the time of the very day that its name says."""
    try:
        return bool(day) and parse_moment(written, zone).astimezone(zone).date().isoformat() == day
    except (ValueError, OverflowError):
        return False


def _said(facts: Facts) -> dict[str, str]:
    return {field: value for field, value in facts.items() if value}


def _facts_of(named: Named) -> dict[str, str]:
    return {
        "created_at": named.moment,
        "account_name": named.account,
        "title": named.title,
        "deal_id": named.deal,
    }


def _advice(what: str) -> str:
    field = "created_at" if what == "date" else "account_name"
    return f"name the file like 2026-09-03_会社名_商談.vtt, or say it in a list (file, {field})"


def _call(name: str, call: Call, facts: dict[str, str], around: Around) -> Found:
    labels = [one.label for one in call.heard.utterances]
    roles = {**roles_of(labels, around.voices, facts.get("account_name", "")), **call.roles}
    start = _start(facts["created_at"], around.zone)
    turns = [_turn(one, roles, start) for one in call.heard.utterances]
    fields: dict[str, Any] = {key: facts.get(key) or None for key in _PLAIN}
    fields |= {
        "account": {"id": facts.get("account_id") or None, "name": facts.get("account_name") or None},
        "title": facts.get("title") or None,
        "turns": turns,
    }
    said = (*call.heard.troubles, *_unplaced(roles))
    return Found(name, json.dumps(fields, ensure_ascii=False), fields, said=said)


def _unplaced(roles: Mapping[str, Role]) -> Iterator[str]:
    """A line where nobody can tell who some speakers are: what they say is not read."""
    unknown = sum(role == "other" for role in roles.values())
    if unknown and set(roles) == {""}:
        yield "no speaker has a name, so nothing of it is read; export it again with the speakers' names"
    elif unknown:
        yield (
            f"{unknown} of {len(roles)} speakers: ours or the customer's? "
            f"Not read until `agents` or `customers` in koe.toml says so{PRINTED}"
        )


def _start(created_at: str, zone: ZoneInfo) -> datetime | None:
    """When the call began, where a time of day is known."""
    if len(created_at) <= 10:
        return None
    try:
        return parse_moment(created_at, zone)
    except (ValueError, OverflowError):
        return None


def _turn(one: Utterance, roles: Mapping[str, Role], start: datetime | None) -> dict[str, Any]:
    at = None if start is None or one.start_s is None else start + timedelta(seconds=one.start_s)
    return {
        "speaker": roles[one.label],
        "name": one.label or None,
        "at": at.isoformat() if at else None,
        "text": one.text,
    }


def read_lists(rows: Sequence[Facts]) -> dict[str, Facts]:
    """Facts by file name of the rows of a list; a file's name counts without its folder and ending too."""
    found: dict[str, Facts] = {}
    for row in rows:
        name = unicodedata.normalize("NFC", row.get("file", "")).strip().replace("\\", "/").rpartition("/")[2]
        if name:
            found.setdefault(name.lower(), row)
            found.setdefault(Path(name).stem.lower(), row)
    return found
