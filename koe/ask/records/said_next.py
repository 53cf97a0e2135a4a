"""What agents said next to customers' words: statements in other words, none that stand everywhere.

A sentence that recurs in conversations of others is stock: a greeting, a promise, the way to the help pages.
What is left is taken where its meaning comes near to what the customer said.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import sqlalchemy as sa

from koe.ask.rows.select import Row, voice_of
from koe.language.statements import is_statement
from koe.language.text import Language, language_of, normalize, sentences
from koe.language.vectors import embed
from koe.ledger.schema import conversation, turn
from koe.mask import PLACEHOLDER

__all__ = ["Reply", "heard", "turns_behind"]

TURNS = 2
"""Turns of agents behind a customer's words that may answer them."""
MOST = 20_000
"""Turns of agents that are looked through for sentences that stand everywhere."""
OTHERS = 2
"""Accounts that did not speak of the matter and were told the same, from which on it is stock."""
NEAR: Mapping[Language, float] = {"ja": 0.25, "en": 0.15}
"""Cosine of a customer's words and an agent's sentence from which on it may answer them."""


class Reply(NamedTuple):
    """A sentence of an agent's turn, and how much it has to do with the matter."""

    worth: tuple[float, int, int]
    text: str
    n: int


def turns_behind(conn: sa.Connection, row: Row) -> Sequence[sa.Row[tuple[int, str]]]:
    """The next turns of agents behind a customer's words."""
    query = sa.select(turn.c.n, turn.c.text).where(
        turn.c.conversation_id == row.ledger_id, turn.c.n > row.turn, turn.c.role == "agent"
    )
    return conn.execute(query.order_by(turn.c.n).limit(TURNS)).all()


def heard(conn: sa.Connection, rows: Sequence[Row], matter: Set[str]) -> dict[Row, Reply]:
    """For each row the nearest of what was said next; `matter` has the conversations that speak of it."""
    given = {row: list(_statements(conn, row)) for row in rows}
    if not any(given.values()):
        return {}
    stock = _stock(conn, {_key(one.text) for some in given.values() for one in some}, matter)
    own = ((row, [one for one in some if _key(one.text) not in stock]) for row, some in given.items())
    return {row: best for row, some in own if some and (best := _nearest(row.quote, some))}


def _statements(conn: sa.Connection, row: Row) -> Iterator[Reply]:
    """The sentences that say something: no question, no courtesy alone, no talk of the weather."""
    for one in turns_behind(conn, row)[:1]:
        for start, end in sentences(one.text):
            text = one.text[start:end]
            if is_statement(text):
                yield Reply((0.0, 0, len(text)), text, one.n)


def _stock(conn: sa.Connection, wanted: Set[str], matter: Set[str]) -> set[str]:
    """Those of the sentences that were told to others, of whatever they spoke."""
    columns = (turn.c.conversation_id, turn.c.text, conversation.c.account)
    query = sa.select(*columns).join(conversation, conversation.c.id == turn.c.conversation_id)
    query = query.where(turn.c.role == "agent", ~conversation.c.withdrawn)
    told: dict[str, set[str]] = defaultdict(set)
    for row in conn.execute(query.order_by(turn.c.conversation_id, turn.c.n).limit(MOST)):
        if row.conversation_id not in matter:
            for start, end in sentences(row.text):
                told[_key(row.text[start:end])].add(voice_of(row.account, row.conversation_id))
    return {key for key in wanted if len(told[key]) >= OTHERS}


def _key(sentence: str) -> str:
    """A sentence without what differs from one to the next: names, numbers, marks."""
    return re.sub(r"[\W\d_]+", "", PLACEHOLDER.sub("", normalize(sentence).lower()))


def _nearest(quote: str, some: Sequence[Reply]) -> Reply | None:
    near = embed([one.text for one in some]) @ embed([quote])[0]
    best = max(range(len(some)), key=lambda n: (round(float(near[n]), 5), -n))
    return some[best] if near[best] >= NEAR[language_of(quote)] else None
