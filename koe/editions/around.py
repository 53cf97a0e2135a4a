"""What stands around a quote in its conversation: the customer's own sentences, and the agent's answer."""

import re
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from koe.editions.material import Surroundings
from koe.language.statements import is_statement
from koe.language.stopwords import EN, JA_NOUNS, JA_VERBS
from koe.language.text import sentences
from koe.language.tokens import index_tokens
from koe.ledger.schema import conversation, finding, turn
from koe.ledger.upsert import chunks
from koe.report.safe import shorten

__all__ = ["surroundings"]

CONTEXT_LIMIT = 240
REPLY_LIMIT = 240
SHORT_REPLY = 3
"""Sentences of an answer that is shown whole though it repeats no word of the question."""
_ASKED_ON = re.compile(r"[?？]|(?:です|ます|せん|ょう|した)か(?:[。.\s]|$)")
_EMPTY = frozenset(f"w{word}" for word in (*JA_NOUNS, *JA_VERBS, *EN, "又", "成程"))
"""Words that a courtesy and a question share without having to do with each other."""


def surroundings(conn: sa.Connection, findings: Iterable[str]) -> dict[str, Surroundings]:
    """What stands around each of these findings; one whose conversation was withdrawn is left out."""
    places = list(_places(conn, sorted(set(findings))))
    turns = _turns(conn, sorted({place.conversation_id for place in places}))
    return {place.id: _around(place, turns.get(place.conversation_id, {})) for place in places}


def _places(conn: sa.Connection, ids: list[str]) -> Iterable[sa.Row[tuple[str, str, int, int, int]]]:
    c = finding.c
    query = (
        sa.select(c.id, c.conversation_id, c.turn, c.start, c.end)
        .join(conversation, conversation.c.id == c.conversation_id)
        .where(~conversation.c.withdrawn)
        .order_by(c.id)
    )
    for some in chunks(ids):
        yield from conn.execute(query.where(c.id.in_(some)))


def _turns(conn: sa.Connection, ids: list[str]) -> dict[str, dict[int, tuple[str, str]]]:
    """Role and text of every turn, by conversation and number."""
    query = sa.select(turn.c.conversation_id, turn.c.n, turn.c.role, turn.c.text)
    found: dict[str, dict[int, tuple[str, str]]] = {}
    for some in chunks(ids):
        for row in conn.execute(query.where(turn.c.conversation_id.in_(some))):
            found.setdefault(row.conversation_id, {})[row.n] = (row.role, row.text)
    return found


def _around(
    place: sa.Row[tuple[str, str, int, int, int]], turns: Mapping[int, tuple[str, str]]
) -> Surroundings:
    if place.turn not in turns:
        return Surroundings()
    text = turns[place.turn][1]
    quote = text[place.start : place.end]
    is_last = not _ASKED_ON.search(text, place.end)
    around = _reply(turns, place.turn, quote, is_last)
    return around._replace(context=_context(text, place.start, place.end))


def _context(text: str, start: int, end: int) -> str:
    """The sentence before the quote, the quote and the sentence after it; empty where that adds nothing."""
    spans = sentences(text)
    touched = [n for n, span in enumerate(spans) if span.start < end and span.end > start]
    if not touched:
        return ""
    first, last = max(0, touched[0] - 1), min(len(spans) - 1, touched[-1] + 1)
    stretch = text[spans[first].start : spans[last].end]
    return shorten(stretch, CONTEXT_LIMIT) if len(stretch) > end - start + 1 else ""


def _reply(turns: Mapping[int, tuple[str, str]], asked: int, quote: str, is_last: bool) -> Surroundings:
    """What agents said until the customer speaks again, as far as it has to do with the quote.

    A short answer to the last question of a turn needs no word of it.
    """
    texts, is_next = _spoken_after(turns, asked)
    if not texts:
        return Surroundings()
    sharing = (_to_the_point(text, quote) for text in texts)
    reply = next(filter(None, sharing), "") or (_stated(texts) if is_next and is_last else "")
    return Surroundings(reply=reply, is_answered=True)


def _spoken_after(turns: Mapping[int, tuple[str, str]], asked: int) -> tuple[list[str], bool]:
    """The first turns of agents behind a turn, and whether no other turn of the customer stands between."""
    texts: list[str] = []
    is_next = True
    for n in sorted(n for n in turns if n > asked):
        role, text = turns[n]
        if role == "agent" and any(map(str.isalnum, text)):
            texts.append(text)
        elif role == "customer" and texts:
            break
        elif role == "customer":
            is_next = False
    return texts, is_next


def _stated(texts: Sequence[str]) -> str:
    """What turns say beside courtesies and questions, where that is little; empty where it is much."""
    said = [text[span.start : span.end].strip() for text in texts for span in sentences(text)]
    stated = [sentence for sentence in said if is_statement(sentence)]
    return shorten(" ".join(stated), REPLY_LIMIT) if len(stated) <= SHORT_REPLY else ""


def _to_the_point(text: str, quote: str) -> str:
    """The sentence that shares most with the quote and the one that follows; empty when none does."""
    sought = _matter(quote)
    spans = sentences(text)
    shared = [len(sought & _matter(text[span.start : span.end])) for span in spans]
    if not any(shared):
        return ""
    best = max(range(len(spans)), key=lambda n: (shared[n], -n))
    last = min(len(spans) - 1, best + 1)
    return shorten(" ".join(text[spans[best].start : spans[last].end].split()), REPLY_LIMIT)


def _matter(text: str) -> set[str]:
    """Whole words that say what a text is about."""
    return {token for token in index_tokens(text) if token.startswith("w")} - _EMPTY
