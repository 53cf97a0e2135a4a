"""Which model the ledger's vectors are of, and how many passages have one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe.index.shelf import Shelf
from koe.ledger.exchange import meaning, meaning_change
from koe.ledger.schema import conversation, note, passage
from koe.ledger.upsert import upsert
from koe.meaning.spec import Embedder
from koe.records import Record

__all__ = ["Counts", "Standing", "begin", "counts", "missing", "shelf_of", "standing"]

NOTE = "embeddings"


class Standing(Record):
    """The model that all vectors in the ledger are of."""

    embedder: str
    """Its id."""
    dimension: int


class Counts(NamedTuple):
    """Customers' passages that can be searched, and what they have of the model."""

    passages: int
    embedded: int
    refused: int
    """Those that the model did not take."""

    @property
    def missing(self) -> int:
        """Passages that the model has still to be asked for."""
        return self.passages - self.embedded - self.refused


def standing(conn: sa.Connection) -> Standing | None:
    """The model whose vectors the ledger has; None where it has none."""
    body = conn.scalar(sa.select(note.c.value).where(note.c.key == NOTE))
    return None if body is None else Standing.model_validate_json(body)


def begin(conn: sa.Connection, embedder: Embedder, dimension: int) -> None:
    """Let the ledger's vectors be of this model; those of another one go."""
    wanted = Standing(embedder=embedder.id, dimension=dimension)
    if standing(conn) != wanted:
        conn.execute(meaning.delete())
        upsert(conn, note, [{"key": NOTE, "value": wanted.model_dump_json()}])


def shelf_of(conn: sa.Connection, embedder: Embedder | None = None) -> Shelf | None:
    """The shelf of the ledger's vectors; None where it has none, or has those of another model."""
    stands = standing(conn)
    if stands is None or (embedder and stands.embedder != embedder.id):
        return None
    return Shelf("meaning", "model", meaning, meaning_change, stands.embedder, stands.dimension)


def counts(conn: sa.Connection, embedder: Embedder) -> Counts:
    """How many passages have a vector of this model."""
    total = _count(conn, _searched())
    if shelf_of(conn, embedder) is None:
        return Counts(total, 0, 0)
    own = _searched().join(meaning, meaning.c.key == passage.c.key)
    empty = sa.func.length(meaning.c.vector) == 0
    return Counts(total, _count(conn, own.where(~empty)), _count(conn, own.where(empty)))


def missing(conn: sa.Connection, embedder: Embedder, after: int, limit: int) -> Sequence[sa.Row[Any]]:
    """The next passages that the model has to be asked for, in their order, with the turns they stand in."""
    from koe.ledger.schema import turn

    columns = (passage.c.n, passage.c.key, passage.c.conversation_id, passage.c.start, passage.c.end)
    stands = sa.and_(turn.c.conversation_id == passage.c.conversation_id, turn.c.n == passage.c.turn)
    query = _searched().join(turn, stands).with_only_columns(*columns, turn.c.text)
    if shelf_of(conn, embedder) is not None:
        query = query.where(~sa.exists().where(meaning.c.key == passage.c.key))
    return conn.execute(query.where(passage.c.n > after).order_by(passage.c.n).limit(limit)).all()


def _searched() -> sa.Select[Any]:
    """Passages of the texts as they stand; only customers' words are looked for."""
    stands = sa.and_(conversation.c.indexed == conversation.c.masked, conversation.c.withdrawn.is_(False))
    return (
        sa.select(passage.c.n)
        .join(conversation, conversation.c.id == passage.c.conversation_id)
        .where(passage.c.role == "customer", stands)
    )


def _count(conn: sa.Connection, query: sa.Select[Any]) -> int:
    return conn.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
