"""Which passages a search may look at."""

import json
from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from koe.ledger.schema import conversation, passage


class Scope(NamedTuple):
    """Turns of these roles, of these conversations or of all."""

    roles: tuple[str, ...]
    conversations: tuple[str, ...] | None

    def where(self, conn: sa.Connection) -> sa.ColumnElement[bool]:
        """It as a condition on `passage`; passages of a text that has been masked anew are left out."""
        current = sa.select(conversation.c.id).where(
            conversation.c.id == passage.c.conversation_id,
            conversation.c.indexed == conversation.c.masked,
            conversation.c.withdrawn.is_(False),
        )
        told = sa.and_(passage.c.role.in_(self.roles), current.exists())
        return told if self.conversations is None else sa.and_(told, self._within(conn))

    def _within(self, conn: sa.Connection) -> sa.ColumnElement[bool]:
        ids = list(self.conversations or ())
        if conn.dialect.name == "postgresql":
            return passage.c.conversation_id == sa.any_(sa.literal(ids, ARRAY(sa.String)))
        rows = sa.func.json_each(json.dumps(ids)).table_valued("value")
        return passage.c.conversation_id.in_(sa.select(rows.c.value))


def scope_of(conversations: Collection[str] | None, roles: Collection[str]) -> Scope:
    """The scope of a search."""
    return Scope(tuple(roles), None if conversations is None else tuple(sorted(set(conversations))))
