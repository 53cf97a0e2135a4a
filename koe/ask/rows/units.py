"""What customers said, passage by passage, within a question's filters: what an answer is looked for in."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.ask.rows.select import Row
from koe.language.tokens import index_tokens
from koe.language.vectors import DIMENSION, Floats
from koe.ledger.schema import conversation, passage
from koe.ledger.upsert import chunks

MOST = 20_000
"""Passages that are compared one by one; of more, only those that share a word with the question are."""


class Unit(NamedTuple):
    """A passage of a customer's turn, with the findings that stand in it."""

    conversation: str
    """The ledger's id."""
    turn: int
    start: int
    end: int
    tokens: frozenset[str]
    findings: tuple[Row, ...]
    n: int
    """The passage's number."""
    title: str
    """Its ticket's title; empty for a call, whose title says with whom it was."""


class Units(NamedTuple):
    """Passages with their vectors, in the order of conversation and place."""

    units: list[Unit]
    vectors: Floats
    total: int
    """Passages of the whole scope, those that were left out counted."""


_COLUMNS = (passage.c.n, passage.c.conversation_id, passage.c.turn, passage.c.start, passage.c.end)


def units_of(
    conn: sa.Connection,
    where: Sequence[sa.ColumnElement[bool]],
    sought: Sequence[str],
    rows: Sequence[Row],
    near: Callable[[], Sequence[int]] = tuple,
) -> Units:
    """The customers' passages of the conversations that pass `where`, with the findings of `rows` in them.

    `near` gives the numbers of passages that are wanted beside those with the words, where not all are taken.
    """
    scope = (
        sa.select(*_COLUMNS, passage.c.tokens, passage.c.vector, conversation.c.kind, conversation.c.title)
        .join(conversation, conversation.c.id == passage.c.conversation_id)
        .where(passage.c.role == "customer", *where)
    )
    total = conn.scalar(
        sa.select(sa.func.count()).select_from(scope.with_only_columns(passage.c.n).subquery())
    )
    found = conn.execute(scope).all() if (total or 0) <= MOST else _some(conn, scope, sought, near())
    found = sorted(found, key=lambda row: (row.conversation_id, row.turn, row.start))
    standing = _standing(rows)
    units = _titled([_unit(row, standing[row.conversation_id, row.turn]) for row in found])
    return Units(units, _matrix([row.vector for row in found]), total or 0)


def _some(
    conn: sa.Connection, scope: sa.Select[tuple[object, ...]], sought: Sequence[str], near: Sequence[int]
) -> Sequence[sa.Row[tuple[object, ...]]]:
    """The passages of the scope that share a word with the question, the best by BM25."""
    from koe.index.scope import scope_of
    from koe.index.words import word_scores

    scores = word_scores(conn, sought, scope_of(None, ("customer",)), MOST)
    return [
        row
        for some in chunks(sorted({*scores, *near}))
        for row in conn.execute(scope.where(passage.c.n.in_(some)))
    ]


def _standing(rows: Sequence[Row]) -> dict[tuple[str, int], list[Row]]:
    standing: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        standing[row.ledger_id, row.turn].append(row)
    return standing


def _unit(row: sa.Row[tuple[object, ...]], standing: Sequence[Row]) -> Unit:
    inside = tuple(one for one in standing if one.start < row.end and row.start < one.end)
    title = row.title if row.kind == "ticket" else ""
    tokens = frozenset(row.tokens.split(" "))
    return Unit(row.conversation_id, row.turn, row.start, row.end, tokens, inside, row.n, title)


def _titled(units: Sequence[Unit]) -> list[Unit]:
    """The passages that stand for their ticket, those with a finding or its first, with its title's words."""
    told = {unit.conversation for unit in units if unit.findings}
    first = {unit.conversation: n for n, unit in reversed(list(enumerate(units)))}
    return [
        unit._replace(tokens=unit.tokens | title_words(unit.title))
        if unit.title and (unit.findings or (unit.conversation not in told and first[unit.conversation] == n))
        else unit
        for n, unit in enumerate(units)
    ]


@lru_cache(maxsize=65_536)
def title_words(title: str) -> frozenset[str]:
    """The index tokens of a title."""
    return frozenset(index_tokens(title))


def _matrix(blobs: Sequence[bytes]) -> Floats:
    empty = bytes(2 * DIMENSION)
    if not blobs:
        return np.zeros((0, DIMENSION), np.float32)
    matrix = np.frombuffer(b"".join(blob or empty for blob in blobs), "<f2")
    return matrix.reshape(len(blobs), -1).astype(np.float32)
