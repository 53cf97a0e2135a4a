"""A kind of vectors that an index is kept of: koe's own, or those of a model for embeddings."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from koe.language.vectors import DIMENSION, EMBEDDER
from koe.ledger.schema import passage, passage_change

__all__ = ["OWN", "Shelf"]


class Shelf(NamedTuple):
    """Where the ledger has the vectors of one kind, and what made them."""

    name: str
    """The ledger's note that says which index is the right one; indexes of different names never mix."""
    prefix: str
    """What the places of its indexes begin with."""
    table: sa.Table
    """Its vectors, by the passage's key."""
    change: sa.Table
    """The keys that came or went since the index was told."""
    embedder: str
    dimension: int

    @property
    def has_vector(self) -> sa.ColumnElement[bool]:
        """Of the table's rows, those that the index holds."""
        return sa.func.length(self.table.c.vector) > 0

    @property
    def passages(self) -> sa.FromClause:
        """The table beside the passages that its vectors are of."""
        return (
            passage if self.table is passage else passage.join(self.table, self.table.c.key == passage.c.key)
        )

    def select(self, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """These columns of passages that have a vector here."""
        return sa.select(*columns).select_from(self.passages).where(self.has_vector)


OWN = Shelf("index", "koe", passage, passage_change, EMBEDDER, DIMENSION)
