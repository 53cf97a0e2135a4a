"""The last door: what still holds something personal after masking does not go out.

Masking is the work of `koe.mask`; here its own patterns for mail, telephone, card and credential look once
more at what is about to leave, and so do the full names of everybody the ledger knows. A name of one part
is left to masking: in another record it may be an ordinary word.
"""

import json
import re
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from koe.engine.model.request import Request
from koe.language.text import normalize
from koe.ledger.schema import conversation, turn, version
from koe.mask.contact import find_emails, find_phones
from koe.mask.credentials import find_credentials
from koe.mask.hits import Hit, view_of
from koe.mask.known import known_name
from koe.mask.numbers import find_cards
from koe.mask.placeholder import PLACEHOLDER
from koe.mask.words_ja import HONORIFICS, TITLES

if TYPE_CHECKING:
    from koe.workspace import Workspace

__all__ = ["Door", "Names", "names_of", "unmasked"]

SHORTEST = 3
"""Characters of a full Japanese name."""
SURE = 4
"""From so many on, a full Japanese name is one wherever it stands."""
LATIN = 5
_KANJI = re.compile(r"[一-龥々]")
_SPACE = re.compile(r"[\s・,、]+")
_WORDS = re.compile(r"[A-Za-zÀ-ÿ'’-]+")
_DIGIT_OR_SIGN = re.compile(r"[\d〇@＠:=]|パス|暗証|アット|(?i:pass|pin|key|token|secret)")


class Names(NamedTuple):
    """Full names, folded: Japanese ones without spaces, Latin ones as two words."""

    japanese: frozenset[str]
    latin: frozenset[tuple[str, str]]


class Door:
    """Says why a request must not go out; None when it may."""

    def __init__(self, ws: "Workspace") -> None:
        self._ws = ws
        self._lock = threading.Lock()
        self._names: Names | None = None
        """Read once: a run masks and pulls before it asks."""

    def __call__(self, request: Request) -> str | None:
        """The kind of what stands unmasked in the request, never the words themselves."""
        texts = [request.call.user, request.mend or ""]
        found = _in_fixed_part(request.call.system) or unmasked("\n".join(texts), self._known())
        return f"It was held back at the last door: it has {found} that is not masked." if found else None

    def _known(self) -> Names:
        with self._lock:
            if self._names is None:
                self._names = _names_known(self._ws)
            return self._names


def _names_known(ws: "Workspace") -> Names:
    """The names of a ledger, kept for the next door of this process while the ledger stands as it is."""
    with ws.ledger.connect() as conn:
        counts = [conn.scalar(sa.select(sa.func.count()).select_from(table)) for table in (version, turn)]
    stands = (str(ws.ledger.url), *counts, ws.settings.agents, ws.settings.keep)
    with _lock:
        if _last.get("stands") != stands:
            _last.update(stands=stands, names=names_of(_fields(ws), ws.settings.keep))
        found: Names = _last["names"]
        return found


_lock = threading.Lock()
_last: dict[str, Any] = {}


def unmasked(text: str, names: Names) -> str | None:
    """What kind of a personal string stands in a text, such as "a phone number"; None when there is none."""
    for line in text.splitlines():
        if found := _pattern_in(line):
            return found
    return "a name" if _name_in(PLACEHOLDER.sub(" ", normalize(text)), names) else None


def names_of(fields: Iterable[str], keep: Iterable[str] = ()) -> Names:
    """The full names that name fields tell."""
    kept = {normalize(word).casefold() for word in keep}
    people = {person for field in fields if (person := known_name(field)) and person.family and person.given}
    people = {one for one in people if not kept & {one.family.casefold(), one.given.casefold(), one.full}}
    return Names(
        frozenset(one.full for one in people if not one.latin and len(one.full) >= SHORTEST),
        frozenset(
            pair
            for one in people
            if one.latin and len(one.full) >= LATIN
            for pair in ((one.given.casefold(), one.family.casefold()),)
        ),
    )


@lru_cache(maxsize=64)
def _in_fixed_part(system: str) -> str | None:
    return unmasked(system, Names(frozenset(), frozenset()))


def _pattern_in(line: str) -> str | None:
    if not _DIGIT_OR_SIGN.search(line):
        return None
    view = view_of(line).text
    masked = [match.span() for match in PLACEHOLDER.finditer(view)]
    for hit in _hits(view):
        if not any(start < hit.end and hit.start < end for start, end in masked):
            return _SAID[hit.kind]
    return None


def _hits(view: str) -> Iterator[Hit]:
    for find in (find_emails, find_phones, find_cards, find_credentials):
        yield from find(view)


_SAID = {
    "email": "a mail address",
    "phone": "a phone number",
    "card": "a card number",
    "credential": "a credential",
}


def _name_in(text: str, names: Names) -> bool:
    return _japanese_name_in(text, names.japanese) or _latin_name_in(text, names.latin)


def _japanese_name_in(text: str, names: frozenset[str]) -> bool:
    if not names:
        return False
    joined = _SPACE.sub("", text).casefold()
    lengths = sorted({len(name) for name in names})
    firsts = {name[0] for name in names}
    return any(
        joined[n : n + length] in names and _stands_alone(joined, n, n + length)
        for n in range(len(joined))
        if joined[n] in firsts
        for length in lengths
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether three characters are a name here and not part of a longer word."""
    if end - start >= SURE or text.startswith(_CALLED, end):
        return True
    return not (_KANJI.match(text, end) or (start and _KANJI.match(text[start - 1])))


_CALLED = (*sorted(HONORIFICS), *sorted(TITLES))


def _latin_name_in(text: str, names: frozenset[tuple[str, str]]) -> bool:
    if not names:
        return False
    words = [word.casefold() for word in _WORDS.findall(text)]
    pairs = {*pairwise(words)}
    return any(pair in names or pair[::-1] in names for pair in pairs)


def _fields(ws: "Workspace") -> Iterator[str]:
    """Every name field of the records as they stand, and our own people's names."""
    query = (
        sa.select(version.c.body)
        .join(
            conversation,
            (conversation.c.id == version.c.conversation_id) & (conversation.c.version == version.c.hash),
        )
        .where(~conversation.c.withdrawn)
    )
    yield from ws.settings.agents
    with ws.ledger.connect() as conn:
        for body in conn.execution_options(yield_per=500).scalars(query):
            record = json.loads(body)
            yield record.get("contact", "")
            yield from {turn.get("name", "") for turn in record.get("turns", ())}
