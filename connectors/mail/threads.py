"""Mails as tickets in koe's own file format: each thread one conversation.

Threads hold together by References and In-Reply-To, also over mails that are not there. A subject joins
only an answer (`Re:`) that names no other mail, to the one thread of that subject in which the same
people wrote within a month.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from connectors.mail.forms import by_customer
from connectors.mail.letters import MAIL_ENDINGS, Letter, letters
from connectors.records.accounts import FREE_MAIL, by_address
from connectors.records.json_lines import Found
from connectors.records.speakers import Voices, role_of
from connectors.text.mail_text import customer_words
from koe.records import Role

__all__ = ["MAIL_ENDINGS", "read_mail"]

APART = timedelta(days=30)
_PREFIX = re.compile(
    r"^\s*(?:(?:re|fw|fwd|aw|wg|sv|vs|返信|転送|回答)\s*(?:\[\d+\]|\(\d+\)|\*\d+)?\s*[:：]\s*)+", re.I
)
_ANSWER = re.compile(r"^\s*(?:re|aw|sv|返信|回答)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]", re.I)
SURE_MAILS = 3


class _Thread(NamedTuple):
    root: str
    letters: tuple[Letter, ...]


def read_mail(
    paths: Sequence[Path], zone: ZoneInfo, voices: Voices, accounts: Mapping[str, str]
) -> Iterator[Found]:
    """The conversations of the mails of all files, and what of them could not be used."""
    whole = [one for path in paths for one in letters(path, unicodedata.normalize("NFC", path.name), zone)]
    sound: list[Letter] = []
    for one in whole:
        why = _useless(one)
        if why:
            yield Found(one.place, "", None, why, maybe=(one.id,) if one.id else ())
        else:
            sound.append(one._replace(id=one.id or _made_id(one)))
    kept, doubled = _once(sound)
    yield from (Found(one.place, "", None, f"is the same mail as {other.place}") for one, other in doubled)
    domains = frozenset(_domains(voices)) or _our_domain(kept)
    for thread in fold_threads([by_customer(one, domains) for one in kept]):
        yield _conversation(thread, voices, domains, accounts)


def _useless(letter: Letter) -> str:
    """Why a mail can be no part of a conversation, or nothing."""
    if letter.at is None or (letter.said and not letter.text.strip()):
        return "; ".join(letter.said)
    if letter.is_automatic:
        return "was sent by a machine (an automatic answer, a newsletter or a delivery report)"
    return "" if letter.sender[1] else "has no sender"


def _made_id(letter: Letter) -> str:
    words = json.dumps([str(letter.at), letter.sender[1], letter.subject, letter.text])
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]


def _once(found: Sequence[Letter]) -> tuple[list[Letter], list[tuple[Letter, Letter]]]:
    """Each mail once: copies have one id and the same words. One with other words gets an id of its own."""
    first: dict[tuple[str, str], Letter] = {}
    ids: set[str] = set()
    kept: list[Letter] = []
    doubled: list[tuple[Letter, Letter]] = []
    for one in sorted(found, key=lambda one: (str(one.at), one.id, one.text, one.place)):
        words = (one.id, " ".join(one.text.split()))
        if words in first:
            doubled.append((one, first[words]))
            continue
        first[words] = one
        kept.append(one if one.id not in ids else one._replace(id=f"{one.id}#{_made_id(one)}"))
        ids.add(one.id)
    return kept, doubled


def fold_threads(found: Sequence[Letter]) -> list[_Thread]:
    """The threads of mails, oldest first, each with its mails in time."""
    parent: dict[str, str] = {}

    def top(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one in found:
        for answered in one.answers:
            parent[top(one.id)] = top(answered)
    groups: defaultdict[str, list[Letter]] = defaultdict(list)
    for one in found:
        groups[top(one.id)].append(one)
    threads = [_thread(group) for group in groups.values()]
    return sorted(_joined_by_subject(threads), key=_order)


def _thread(group: Iterable[Letter]) -> _Thread:
    ordered = tuple(sorted(group, key=lambda one: (str(one.at), one.id)))
    first = ordered[0]
    return _Thread(first.answers[0] if first.answers else first.id, ordered)


def _order(thread: _Thread) -> tuple[str, str]:
    return str(thread.letters[0].at), thread.root


def _joined_by_subject(threads: Sequence[_Thread]) -> list[_Thread]:
    kept: list[_Thread] = []
    for thread in sorted(threads, key=_order):
        first = thread.letters[0]
        fits = [n for n, one in enumerate(kept) if _goes_on(one, first)] if _is_loose_answer(first) else []
        if len(fits) == 1:
            earlier = kept[fits[0]]
            kept[fits[0]] = _thread((*earlier.letters, *thread.letters))._replace(root=earlier.root)
        else:
            kept.append(thread)
    return kept


def _is_loose_answer(letter: Letter) -> bool:
    return not letter.answers and _ANSWER.match(letter.subject) is not None


def _goes_on(thread: _Thread, letter: Letter) -> bool:
    """Whether a mail that answers goes on with a thread: its subject, its people, not long after."""
    last = max(one.at or datetime.min.replace(tzinfo=UTC) for one in thread.letters)
    people = {address for one in thread.letters for address in _addresses(one)}
    is_near = letter.at is not None and letter.at - last <= APART
    subject = base_subject(letter.subject)
    is_same = bool(subject) and subject == base_subject(thread.letters[0].subject)
    return is_same and is_near and letter.sender[1] in people and len(people & _addresses(letter)) > 1


def _addresses(letter: Letter) -> set[str]:
    return {address for _, address in (letter.sender, *letter.receivers) if address}


def base_subject(subject: str) -> str:
    """A subject without the marks of answers and of passing on."""
    return " ".join(_PREFIX.sub("", unicodedata.normalize("NFKC", subject)).split())


def _domains(voices: Voices) -> Iterator[str]:
    yield from (one.rpartition("@")[2].strip().lower() for one in voices.domains)


def _our_domain(found: Sequence[Letter]) -> frozenset[str]:
    """The one company's domain that stands in every mail, where there are enough mails to tell."""
    if len(found) < SURE_MAILS:
        return frozenset()
    counts = Counter(domain for one in found for domain in {_domain(who) for who in _addresses(one)})
    everywhere = [name for name, count in counts.items() if count == len(found) and name not in FREE_MAIL]
    return frozenset(everywhere) if len(everywhere) == 1 and len(counts) > 1 else frozenset()


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _role(person: tuple[str, str], voices: Voices, domains: frozenset[str]) -> Role:
    name, address = person
    domain = _domain(address)
    if any(domain == one or domain.endswith(f".{one}") for one in domains) or address in voices.domains:
        return "agent"
    told = role_of(name, voices._replace(customers=())) if name else None
    return told or ("customer" if domains else "other")


def _conversation(
    thread: _Thread, voices: Voices, domains: frozenset[str], accounts: Mapping[str, str]
) -> Found:
    first, last = thread.letters[0], thread.letters[-1]
    turns = [(one, _role(one.sender, voices, domains), customer_words(one.text)) for one in thread.letters]
    contact = _contact(thread, voices, domains)
    assert first.at is not None and last.at is not None
    fields: dict[str, Any] = {
        "id": f"mail-{hashlib.sha256(thread.root.encode()).hexdigest()[:12]}",
        "created_at": first.at.isoformat(),
        "updated_at": last.at.isoformat(),
        "account": _account(contact[1], accounts, first.company),
        "contact": contact[0] or contact[1],
        "title": base_subject(first.subject) and _PREFIX.sub("", first.subject).strip(),
        "turns": [_turn(one, role, words) for one, role, words in turns if words],
    }
    said = tuple(dict.fromkeys(what for one in thread.letters for what in one.said))
    if any(role == "other" for _, role, _ in turns):
        said = (*said, 'who is ours is not known: write `agents = ["@our-domain"]` into koe.toml')
    return Found(first.place, json.dumps(fields, ensure_ascii=False), fields, said=said)


def _turn(letter: Letter, role: Role, words: str) -> dict[str, Any]:
    assert letter.at is not None
    return {"speaker": role, "name": letter.sender[0] or None, "at": letter.at.isoformat(), "text": words}


def _contact(thread: _Thread, voices: Voices, domains: frozenset[str]) -> tuple[str, str]:
    """The first person of the thread who is not ours; where that cannot be told, who wrote first."""
    people = [person for one in thread.letters for person in (one.sender, *one.receivers)]
    theirs = (person for person in people if person[1] and _role(person, voices, domains) == "customer")
    return next(theirs, thread.letters[0].sender)


def _account(address: str, accounts: Mapping[str, str], company: str) -> dict[str, str | None]:
    """The customer by the domain of an address; by the address itself where many share the domain."""
    name = accounts.get(address) or accounts.get(_domain(address)) or company
    found = by_address(address)
    return {**found, "name": name or found["name"]}
