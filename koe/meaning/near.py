"""Questions and passages by the model's vectors: how near each passage is, and what near is among them."""

import logging
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.errors import KoeError, RetryError, SetupError, SkipError
from koe.index.nearest import vector_scores
from koe.index.scope import scope_of
from koe.index.shelf import Shelf
from koe.language.vectors import Floats
from koe.ledger.schema import passage
from koe.ledger.upsert import chunks
from koe.meaning.spec import Embedder, embedder_of, reached_by
from koe.meaning.standing import shelf_of
from koe.workspace import Workspace

__all__ = ["Nearness", "Question", "nearest", "nearness", "question"]

logger = logging.getLogger("koe.ask")
SAMPLE = 200
"""Passages by which it is judged how near any two are."""
FEWEST = 10
"""Passages below which nothing can be said of that."""
LOW = 0.1587
"""The quantile that is a standard deviation below the median of a bell."""
NARROWEST = 0.002
"""A spread below this is rounding."""
DEPTH = 200
"""Passages that are looked for in a ledger too large to compare all."""
LIMITS = {"tries": 2, "call_timeout_s": 15.0, "patience_s": 20.0}
"""A person waits for the answer."""


class Question(NamedTuple):
    """A question as the model has it, and the shelf of the vectors that it can be held against."""

    vector: Floats
    shelf: Shelf


class Nearness(NamedTuple):
    """Of each passage, how near it is to a question."""

    cosine: Floats
    """NaN where a passage has no vector of the model."""
    apart: Floats
    """How far it is above what any two passages are near to one another, in spreads of that; NaN unknown."""


def question(ws: Workspace, text: str) -> Question | None:
    """The model's vector of a question; None where no model is set, has embedded nothing, or is away."""
    embedder = embedder_of(ws.settings)
    if embedder is None or not text.strip():
        return None
    try:
        reached_by(ws.settings, embedder)
        with ws.ledger.connect() as conn:
            shelf = shelf_of(conn, embedder)
        if shelf is None:
            raise SetupError("Nothing is embedded by it yet. Run: koe reindex")
        vector = _vector(ws, embedder, shelf, text)
    except KoeError as error:
        logger.warning("embeddings: the question was answered without the model: %s", error)
        return None
    return Question(vector, shelf)


def _vector(ws: Workspace, embedder: Embedder, shelf: Shelf, text: str) -> Floats:
    """The vector of a text. Raises KoeError where there is none."""
    from koe.meaning.asking import Asker, Text

    asker = Asker(ws, embedder, **LIMITS)
    asker.provider.size = shelf.dimension
    asked = Text(ws.settings.embeddings_query_prefix + text)
    if not asker.may_leave(asked):
        raise SkipError("It holds something personal.")
    answer = asker.ask([[asked]])[0]
    if answer.rows is None or not answer.rows.any():
        raise RetryError(answer.reason or "It does not take it.")
    return np.asarray(answer.rows[0], np.float32)


def nearest(ws: Workspace, asked: Question | None) -> list[int]:
    """The numbers of the customers' passages that are nearest, in order of their number."""
    if asked is None:
        return []
    return sorted(vector_scores(ws, asked.vector, scope_of(None, ("customer",)), DEPTH, asked.shelf))


def nearness(conn: sa.Connection, asked: Question, numbers: Sequence[int]) -> Nearness:
    """How near these passages are to the question, in the order given."""
    place = {number: n for n, number in enumerate(numbers)}
    cosine = np.full(len(numbers), np.nan, np.float32)
    step = max(1, len(numbers) // SAMPLE)
    sample: dict[int, Floats] = {}
    table = asked.shelf.table.c
    for some in chunks(sorted(numbers)):
        query = asked.shelf.select(passage.c.n, table.vector).where(passage.c.n.in_(some))
        rows = conn.execute(query.order_by(passage.c.n)).all()
        if not rows:
            continue
        vectors = np.frombuffer(b"".join(row.vector for row in rows), "<f2").reshape(len(rows), -1)
        vectors = vectors.astype(np.float32)
        cosine[[place[row.n] for row in rows]] = vectors @ asked.vector
        sample |= {place[row.n]: vector for row, vector in zip(rows, vectors, strict=True)}
        sample = {at: vector for at, vector in sample.items() if at % step == 0}
    return Nearness(cosine, _apart(cosine, [sample[at] for at in sorted(sample)]))


def _apart(cosine: Floats, sample: Sequence[Floats]) -> Floats:
    """The cosines against those of any two passages of the sample.

    The spread is that of the lower half: that many say the same does not widen it.
    """
    if len(sample) < FEWEST:
        return np.full_like(cosine, np.nan)
    rows = np.stack(sample)
    between = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    low, middle = np.quantile(between, LOW), np.median(between)
    apart = (cosine - middle) / max(float(middle - low), NARROWEST)
    return np.asarray(np.round(apart, 3), np.float32)
