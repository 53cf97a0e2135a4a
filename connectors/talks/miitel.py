"""MiiTel's outgoing webhook, its JSON bodies saved as files: what was said, by whom. Pure.

MiiTel posts `{"call": …}` (応対履歴) or `{"video": …}` (会議履歴) when a transcription is ready, the same one
more than once. A call has `details`, one for each leg, with `participants` (`from_to`, `name`,
`company_name`, `login_id`), `phrases` by participant (`raw`: `order`, `phrase`, `start_at`) and
`speech_recognition.raw`, lines such as `0:02 (取引先) …`, which stand alone where phrases are left out by
setting. A meeting has the lines alone, with the names of its participants.

Who has a login of MiiTel's is ours; where no body tells, who calls on an outgoing call. Bodies of minutes,
missed calls and summaries hold nobody's words. A body that differs gives no words and is named.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from connectors.records.accounts import FREE_MAIL, domain_of
from connectors.records.fields import Fields, read
from connectors.records.speakers import SIDES
from connectors.talks.cues import Utterance, continued, joined
from connectors.talks.text import seconds
from koe.records import Role

_HEAD = 100_000
_NAMES = re.compile(rb'"(?:call|video)"\s*:\s*\{')
_LINE = re.compile(r"(\d{1,3}(?::\d{2}){1,2})[ \t]+\((.{0,100}?)\)[ \t](.*)")
_OUTGOING = ("OUTGOING", "PREDICTIVE")
_INCOMING = ("INCOMING", "QUEUEING", "AUTOMATIC_TRANSFER", "READ_DTMF")
_INSIDE = frozenset(("EXTENSION", "EXTENSION_GROUP"))
_NAMELESS: dict[Role, str] = {"agent": "担当者", "customer": "お客様", "other": "不明"}
"""What somebody without a name is called; nobody takes it for a name."""


class MiitelCall(NamedTuple):
    """What a body says of one call."""

    utterances: tuple[Utterance, ...]
    facts: Mapping[str, str]
    roles: Mapping[str, Role]


class _Person(NamedTuple):
    """Somebody who took part; no role where nobody can tell."""

    label: str
    role: Role | None
    fields: Fields


def may_be_call(path: Path) -> bool:
    """Whether a JSON file has the names of a call's body near its beginning; other JSON is left alone."""
    with path.open("rb") as file:
        return _NAMES.search(file.read(_HEAD)) is not None


def read_miitel(text: str) -> MiitelCall | None:
    """The call of a webhook body, without utterances where it holds none; None for JSON that is none."""
    try:
        body = read(json.loads(text))
    except (ValueError, RecursionError):
        return None
    call, video = body.part("call"), body.part("video")
    if legs := call.parts("details"):
        return _call(call, legs)
    return _meeting(video) if video.maybe_id("id") else None


def _call(call: Fields, legs: Sequence[Fields]) -> MiitelCall:
    begins = [_began(leg) for leg in legs]
    talks = [(leg, _people(leg)) for leg in legs]
    parts = [
        _later(one, begins[0], began)
        for (leg, people), began in zip(talks, begins, strict=True)
        for one in _said(leg, people)
    ]
    heard = tuple(joined(continued(parts)))
    everyone = [person for _, people in talks for person in people.values()]
    facts = {
        "id": call.maybe_id("id") or "",
        "created_at": legs[0].maybe_text("dial_answered_at") or legs[0].maybe_text("dial_starts_at"),
        **_customer(everyone, legs),
    }
    return MiitelCall(heard, _told(facts), _roles(everyone, {one.label for one in heard}))


def _later(one: Utterance, first: datetime | None, began: datetime | None) -> Utterance:
    """Words of a later leg, with their time from the begin of the call."""
    if one.start_s is None or first is None or began is None:
        return one
    return one._replace(start_s=one.start_s + max(0.0, (began - first).total_seconds()))


def _began(leg: Fields) -> datetime | None:
    return leg.maybe_moment("dial_answered_at") or leg.maybe_moment("dial_starts_at")


def _people(leg: Fields) -> dict[str, _Person]:
    """Who took part in a leg, by id; two of one name on two sides are told apart."""
    found: dict[str, _Person] = {}
    rows = leg.parts("participants")
    has_logins = any(one.maybe_text("login_id") for one in rows)
    for one in rows:
        role = _role(one, leg.maybe_text("call_type").upper(), has_logins)
        label = one.line("name") or _NAMELESS[role or "other"]
        if any(other.label == label and other.role != role for other in found.values()):
            label = f"{label} ({_NAMELESS[role or 'other']})"
        found[one.maybe_id("id") or label] = _Person(label, role, one)
    return found


def _role(person: Fields, kind: str, has_logins: bool) -> Role | None:
    """Whose side somebody is on: by the login, else by who called whom."""
    if person.maybe_text("login_id") or kind in _INSIDE:
        return "agent"
    if has_logins:
        return "customer"
    side = person.maybe_text("from_to").upper()
    if side not in ("FROM", "TO") or not kind.startswith(_OUTGOING + _INCOMING):
        return None
    return "agent" if (side == "FROM") == kind.startswith(_OUTGOING) else "customer"


def _said(leg: Fields, people: Mapping[str, _Person]) -> Iterator[Utterance]:
    """The words of a leg in their order: by phrase, else by line."""
    phrases = [
        (one.number("order") or 0.0, _start(one) or 0.0, group.maybe_id("participant_id") or "", one)
        for group in leg.parts("phrases")
        for one in group.parts("raw")
    ]
    if not phrases:
        yield from _lines(leg, _labels(people.values()))
    for _, _, key, one in sorted(phrases, key=lambda row: row[:3]):
        label = people[key].label if key in people else key
        yield Utterance(label, _start(one), one.maybe_text("phrase").strip())


def _start(phrase: Fields) -> float | None:
    return phrase.number("start_at") if "start_at" in phrase.raw else phrase.number("starts_at")


def _labels(people: Iterable[_Person]) -> dict[str, str]:
    """What the lines call the two sides, as the name of the one person on that side."""
    found: dict[str, str] = {}
    everyone = tuple(people)
    for word, role in SIDES.items():
        names = {person.label for person in everyone if person.role == role}
        found[word] = names.pop() if len(names) == 1 else _NAMELESS[role]
    return found


def _lines(whole: Fields, labels: Mapping[str, str]) -> Iterator[Utterance]:
    """The words of `0:02 (取引先) …`; a line without a time goes on with the one before it."""
    for line in whole.part("speech_recognition").maybe_text("raw").splitlines():
        match = _LINE.fullmatch(line.strip())
        if match:
            yield Utterance(labels.get(match[2], match[2]).strip(), seconds(match[1]), match[3].strip())
        else:
            yield Utterance("", None, line.strip())


def _customer(everyone: Sequence[_Person], legs: Sequence[Fields]) -> dict[str, str]:
    """Whose call it was: the company's name, else one that stands for the number, without a name.

    A number can be guessed from its digest, so that koe shows such an account by the workspace's key alone.
    """
    theirs = [one.fields for one in everyone if one.role == "customer"]
    company = next((name for one in theirs if (name := one.line("company_name"))), "")
    contact = next((name for one in theirs if (name := one.line("name"))), "")
    number = "" if company else _number(legs[0])
    digest = hashlib.sha256(number.encode()).hexdigest()[:12]
    return {"account_name": company, "contact": contact, "account_id": f"person-{digest}" if number else ""}


def _number(leg: Fields) -> str:
    """Digits of the customer's telephone; "" where the call hides it or nobody can tell whose it is."""
    kind = leg.maybe_text("call_type").upper()
    name = "to_number" if kind.startswith(_OUTGOING) else "from_number" if kind.startswith(_INCOMING) else ""
    return re.sub(r"\D", "", leg.maybe_text(name)) if name else ""


def _roles(everyone: Sequence[_Person], labels: set[str]) -> dict[str, Role]:
    """The roles of those who spoke, where they are known."""
    known = {_NAMELESS[role]: role for role in SIDES.values()}
    known |= {person.label: person.role for person in everyone if person.role}
    return {label: role for label, role in known.items() if label in labels}


def _meeting(video: Fields) -> MiitelCall:
    heard = tuple(joined(continued(_lines(video, {}))))
    people = video.parts("participants")
    users = {
        one.line(name) for one in people if _is_user(one) for name in ("display_name", "miitel_user_name")
    }
    users.add(video.part("host").line("user_name"))
    guests = {one.line("display_name") for one in people if not _is_user(one)} - users
    labels = {one.label for one in heard}
    roles: dict[str, Role] = dict.fromkeys(sorted(labels & users), "agent")
    if roles:
        roles |= dict.fromkeys(sorted(labels & guests), "customer")
    facts = {
        "id": video.maybe_id("id") or "",
        "created_at": video.maybe_text("starts_at"),
        "title": video.line("title"),
        "account_name": _company(video),
    }
    return MiitelCall(heard, _told(facts), roles)


def _is_user(person: Fields) -> bool:
    return bool(person.maybe_text("miitel_user_name") or person.maybe_text("login_id"))


def _company(video: Fields) -> str:
    """The one mail domain among the invited that is not ours; "" where there is none or are several."""
    people = (video.part("host"), *video.parts("participants"))
    ours = {domain_of(one.maybe_text("login_id")) for one in people}
    invited = {domain_of(one.maybe_text("email")) for one in video.parts("calendar_participants")}
    theirs = invited - ours - FREE_MAIL - {""}
    return theirs.pop() if len(theirs) == 1 else ""


def _told(facts: Mapping[str, str]) -> dict[str, str]:
    return {field: value for field, value in facts.items() if value}
