"""Writing many rows at once, the same way on SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Value = TypeVar("Value")

CHUNK = 500
"""Values in one IN list."""


def chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in their order, a few hundred together."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def upsert(conn: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows; where the key exists, the columns that the rows carry are overwritten."""
    if not rows:
        return
    statement = _insert(conn, table)
    keys = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), rows)


def insert_missing(conn: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose key does not exist yet."""
    if rows:
        conn.execute(_insert(conn, table).on_conflict_do_nothing(), rows)


def _insert(conn: sa.Connection, table: sa.Table) -> Any:
    return postgresql.insert(table) if conn.dialect.name == "postgresql" else sqlite.insert(table)
