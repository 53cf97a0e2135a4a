"""Records out of the ledger again, and what it says about where the sources stand."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import sqlalchemy as sa

from koe.errors import BugError
from koe.ledger.schema import conversation, cursor, deal, skip, version
from koe.ledger.stamps import from_stamp
from koe.ledger.upsert import chunks
from koe.records import Account, Conversation, Deal


class SkippedRecord(NamedTuple):
    """Something that came in and could not be used."""

    source: str
    place: str
    reason: str
    week: str | None


def load_conversation(conn: sa.Connection, key: str) -> Conversation:
    """The conversation as its source gave it last, unmasked; only the mask station asks for it."""
    return load_conversations(conn, [key])[0]


def load_conversations(conn: sa.Connection, ids: Iterable[str]) -> list[Conversation]:
    """Conversations as their sources gave them last, unmasked, in the order of the ids."""
    wanted = list(ids)
    join = sa.and_(version.c.conversation_id == conversation.c.id, version.c.hash == conversation.c.version)
    query = sa.select(version.c.conversation_id, version.c.body).join(conversation, join)
    found: dict[str, str] = {}
    for chunk in chunks(wanted):
        found.update(conn.execute(query.where(conversation.c.id.in_(chunk))).tuples().all())
    missing = [key for key in wanted if key not in found]
    if missing:
        raise BugError(f"The ledger has no version of conversation {missing[0]!r}.")
    return [Conversation.model_validate_json(found[key]) for key in wanted]


def load_deals(conn: sa.Connection, ids: Iterable[str] | None = None) -> dict[str, Deal]:
    """Deals that stand, by ledger id and in its order; all of them, or those of `ids` that exist."""
    query = sa.select(deal).where(~deal.c.withdrawn).order_by(deal.c.id)
    if ids is None:
        return {row.id: _deal(row) for row in conn.execute(query)}
    found = (conn.execute(query.where(deal.c.id.in_(chunk))) for chunk in chunks(sorted(set(ids))))
    return {row.id: _deal(row) for rows in found for row in rows}


def cited_as(table: sa.Table) -> sa.ColumnElement[str]:
    """What a conversation or a deal is cited by: its source's id, the ledger's where two sources have it."""
    one = table.alias("of_several")
    several = sa.select(one.c.external_id).group_by(one.c.external_id).having(sa.func.count() > 1)
    return sa.case((table.c.external_id.in_(several), table.c.id), else_=table.c.external_id)


def conversation_ids(conn: sa.Connection, size: int) -> Iterator[list[str]]:
    """Ids of all conversations that stand, sorted, at most `size` together."""
    last = ""
    query = sa.select(conversation.c.id).where(~conversation.c.withdrawn).order_by(conversation.c.id)
    while batch := list(conn.scalars(query.where(conversation.c.id > last).limit(size))):
        yield batch
        last = batch[-1]


def calls_without_deal(conn: sa.Connection, source: str) -> list[str]:
    """Ids of the source's conversations that name a deal which the ledger lacks, sorted."""
    known = sa.select(deal.c.id).where(deal.c.id == conversation.c.deal_id, ~deal.c.withdrawn).exists()
    query = sa.select(conversation.c.id).where(
        conversation.c.source == source,
        ~conversation.c.withdrawn,
        conversation.c.deal_id.is_not(None),
        ~known,
    )
    return list(conn.scalars(query.order_by(conversation.c.id)))


def load_cursor(conn: sa.Connection, source: str, stream: str) -> dict[str, str] | None:
    """Where a stream stands, or None when it was never pulled."""
    query = sa.select(cursor.c.body).where(cursor.c.source == source, cursor.c.stream == stream)
    body = conn.scalar(query)
    return None if body is None else dict(json.loads(body))


def count_skips(conn: sa.Connection, *, source: str | None = None, week: str | None = None) -> int:
    """How many records could not be used: of a source, of a week, or of all."""
    return conn.scalar(sa.select(sa.func.count()).select_from(skip).where(*_narrow(source, week))) or 0


def load_skips(
    conn: sa.Connection, *, source: str | None = None, week: str | None = None
) -> list[SkippedRecord]:
    """The records that could not be used, by source and place."""
    columns = (skip.c.source, skip.c.place, skip.c.reason, skip.c.week)
    query = sa.select(*columns).where(*_narrow(source, week))
    rows = conn.execute(query.order_by(skip.c.source, skip.c.place, skip.c.stream))
    return [SkippedRecord(*row) for row in rows]


def _narrow(source: str | None, week: str | None) -> list[sa.ColumnElement[bool]]:
    asked = ((skip.c.source, source), (skip.c.week, week))
    return [column == value for column, value in asked if value is not None]


def _deal(row: sa.Row[tuple[object, ...]]) -> Deal:
    times = {"opened_at": row.opened_at, "closed_at": row.closed_at}
    plain = {name: getattr(row, name) for name in Deal.model_fields if name not in ("account", *times)}
    moments = {name: from_stamp(value) if value else None for name, value in times.items()}
    return Deal(**plain, account=Account(id=row.account_id, name=row.account_name), **moments)
