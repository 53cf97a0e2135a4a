"""Records into the ledger: one page with the cursor after it, in one transaction.

Nothing here knows a source; what a page must have is said in `koe.ledger.taken`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from koe import faults
from koe.ledger.reading import calls_without_deal, count_skips, load_cursor
from koe.ledger.schema import conversation, cursor, deal, skip, version
from koe.ledger.stamps import to_stamp
from koe.ledger.taken import (
    Address,
    PullResult,
    SkippedItem,
    SweptSource,
    TakenItem,
    TakenPage,
    TakenSource,
    add,
)
from koe.ledger.upsert import chunks, insert_missing, upsert
from koe.ledger.withdrawal import withdraw
from koe.records import Conversation, Deal, conversation_id
from koe.workspace import Workspace

__all__ = ["PullResult", "commit_page", "content_hash", "pull", "take_page"]


JOINED_BY_SOURCE = "source"
"""The call's own source says which deal it belongs to."""
SWEPT = 100
"""Ids that a source is asked about at once, whether it still has them."""


def pull(ws: Workspace, source: TakenSource) -> PullResult:
    """Take in what a source has that the ledger lacks, page by page; safe to run again at any point."""
    done = PullResult()
    for stream in source.streams:
        for page in _pages(ws.ledger, source, stream):
            done = add(done, commit_page(ws.ledger, source.name, stream, page))
    with ws.ledger.connect() as conn:
        return done._replace(
            skipped=count_skips(conn, source=source.name),
            without_deal=len(calls_without_deal(conn, source.name)),
        )


def _pages(ledger: sa.Engine, source: TakenSource, stream: str) -> Iterator[TakenPage]:
    """The pages of a stream, then those of what its source would not tell was deleted."""
    with ledger.connect() as conn:
        start = load_cursor(conn, source.name, stream)
    yield from source.pages(stream, start)
    if isinstance(source, SweptSource):
        with ledger.connect() as conn:
            stands = load_cursor(conn, source.name, stream)
        yield from source.sweep(stream, stands, partial(_ids_after, ledger, source.name, stream))


def _ids_after(ledger: sa.Engine, source: str, stream: str, after: str) -> list[str]:
    """External ids of a stream's live records that follow one, some of them, in order."""
    found: list[str] = []
    with ledger.connect() as conn:
        for table in (conversation, deal):
            here = sa.and_(table.c.source == source, table.c.stream == stream, ~table.c.withdrawn)
            query = sa.select(table.c.external_id).where(here, table.c.external_id > after)
            found += conn.scalars(query.order_by(table.c.external_id).limit(SWEPT))
    return sorted(found)[:SWEPT]


def commit_page(ledger: sa.Engine, source: str, stream: str, page: TakenPage) -> PullResult:
    """Write a page, what is gone and the cursor after it, in one transaction; what it did.

    A record whose content hash the ledger knows costs nothing; any other is a new version of it.
    """
    at = Address(source, stream, page.listing)
    with ledger.begin() as conn:
        _save_cursor(conn, at, page.cursor)
        done = _take(conn, at, page)
        withdrawn = _withdraw_gone(conn, at, page) + _withdraw_merged(conn, at, page)
        done = done._replace(withdrawn=withdrawn, notes=tuple(page.notes))
        faults.point(f"intake: {source} {stream}, before a page commits")
    faults.point(f"intake: {source} {stream}, after a page committed")
    return done


def take_page(ledger: sa.Engine, source: str, stream: str, page: TakenPage) -> PullResult:
    """Write a page's records and skips in one transaction; its source has not moved."""
    with ledger.begin() as conn:
        return _take(conn, Address(source, stream, page.listing), page)


def _save_cursor(conn: sa.Connection, at: Address, body: Mapping[str, str]) -> None:
    """First of all in the transaction, so that two pulls of one stream wait for each other."""
    text = json.dumps(dict(body), sort_keys=True, ensure_ascii=False)
    upsert(conn, cursor, [{"source": at.source, "stream": at.stream, "body": text}])


def _take(conn: sa.Connection, at: Address, page: TakenPage) -> PullResult:
    latest = {item.record.id: item for item in page.items}
    calls = {key: item for key, item in latest.items() if isinstance(item.record, Conversation)}
    deals = {key: item for key, item in latest.items() if isinstance(item.record, Deal)}
    done, skips = PullResult(), _skip_rows(at, page.skipped)
    for table, items in ((conversation, calls), (deal, deals)):
        counts, taken = _put(conn, table, at, items)
        done = add(done, counts)
        skips += taken
    _keep(conn, at, page.kept)
    _note_skips(conn, at, page, skips)
    return done._replace(skipped=len(skips))


def _put(
    conn: sa.Connection, table: sa.Table, at: Address, items: Mapping[str, TakenItem]
) -> tuple[PullResult, list[dict[str, Any]]]:
    """Write what is new or changed, mark the rest as seen; what it did, and rows of refused ids."""
    known = _known(conn, table, items)
    foreign = {key for key, row in known.items() if _is_foreign(row, items[key].record)}
    rows = {
        key: _row(item, at) | _join_of(known.get(key), item.record)
        for key, item in items.items()
        if key not in foreign
    }
    fresh = [row for key, row in rows.items() if key not in known]
    same = [key for key, row in rows.items() if key in known and _same(known[key], row)]
    changed = [row for key, row in rows.items() if key in known and not _same(known[key], row)]
    upsert(conn, table, fresh + changed)
    if table is conversation:
        _put_versions(conn, [items[row["id"]] for row in fresh + changed])
    _mark_seen(conn, table, at, same)
    refused = [_foreign_row(at, items[key].record) for key in sorted(foreign)]
    return PullResult(len(fresh), len(changed), len(same)), refused


def _known(conn: sa.Connection, table: sa.Table, ids: Iterable[str]) -> dict[str, sa.Row[Any]]:
    names = ("kind", "deal_id", "joined_by")
    more = (table.c[name] if table is conversation else sa.null().label(name) for name in names)
    columns = (table.c.id, table.c.version, table.c.withdrawn, table.c.stream, *more)
    found = (conn.execute(sa.select(*columns).where(table.c.id.in_(chunk))) for chunk in chunks(ids))
    return {row.id: row for rows in found for row in rows}


def _is_foreign(known: sa.Row[Any], record: Conversation | Deal) -> bool:
    """Whether a ticket and a call of one source have the same id; the first one keeps it."""
    return isinstance(record, Conversation) and known.kind != record.kind and not known.withdrawn


def _join_of(known: sa.Row[Any] | None, record: Conversation | Deal) -> dict[str, Any]:
    """The deal that a rule has found for a call; a new version of the call does not forget it."""
    if known is None or not isinstance(record, Conversation) or record.deal is not None:
        return {}
    is_found = known.joined_by not in (None, JOINED_BY_SOURCE)
    return {"deal_id": known.deal_id, "joined_by": known.joined_by} if is_found else {}


def _same(known: sa.Row[Any], row: Mapping[str, Any]) -> bool:
    return bool(known.version == row["version"] and not known.withdrawn)


def _row(item: TakenItem, at: Address) -> dict[str, Any]:
    record = item.record
    own = _conversation_row(record) if isinstance(record, Conversation) else _deal_row(record, item.raw)
    return own | {
        "id": record.id,
        "source": record.source,
        "external_id": record.external_id,
        "account_id": record.account.id,
        "account_name": record.account.name,
        "version": content_hash(record),
        "withdrawn": False,
        "stream": at.stream,
        "seen": at.listing,
    }


def _conversation_row(record: Conversation) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "deal_id": None if record.deal is None else conversation_id(record.source, record.deal),
        "joined_by": None if record.deal is None else JOINED_BY_SOURCE,
        "merged_into": None,
        "created_at": to_stamp(record.created_at),
        "updated_at": to_stamp(record.updated_at) if record.updated_at else None,
    }


def _deal_row(record: Deal, raw: str) -> dict[str, Any]:
    plain = record.model_dump(include={"name", "owner", "industry", "stage", "outcome", "amount", "currency"})
    return plain | {
        "closed_at": to_stamp(record.closed_at) if record.closed_at else None,
        "loss_reason": record.loss_reason,
        "raw": raw,
    }


def _put_versions(conn: sa.Connection, items: Sequence[TakenItem]) -> None:
    rows = [
        {
            "conversation_id": item.record.id,
            "hash": content_hash(item.record),
            "raw": item.raw,
            "body": item.record.model_dump_json(),
            "updated_at": _conversation_row(item.record)["updated_at"],
        }
        for item in items
        if isinstance(item.record, Conversation)
    ]
    insert_missing(conn, version, rows)


def content_hash(record: Conversation | Deal) -> str:
    """SHA-256 of a record's JSON: the name of this version of it."""
    return hashlib.sha256(record.model_dump_json().encode()).hexdigest()


def _mark_seen(conn: sa.Connection, table: sa.Table, at: Address, ids: Iterable[str]) -> None:
    for chunk in chunks(ids):
        marks = {"seen": at.listing, "stream": at.stream}
        conn.execute(sa.update(table).where(table.c.id.in_(chunk)).values(**marks))


def _keep(conn: sa.Connection, at: Address, external_ids: Iterable[str]) -> None:
    ids = [conversation_id(at.source, key) for key in external_ids]
    for table in (conversation, deal):
        own = [key for key, row in _known(conn, table, ids).items() if row.stream == at.stream]
        _mark_seen(conn, table, at, own)


def _note_skips(conn: sa.Connection, at: Address, page: TakenPage, rows: list[dict[str, Any]]) -> None:
    """A vendor's record that can be used now is no longer named; neither is what a listing has not."""
    here = sa.and_(skip.c.source == at.source, skip.c.stream == at.stream)
    for chunk in chunks([*(item.record.external_id for item in page.items), *page.gone, *dict(page.merged)]):
        conn.execute(sa.delete(skip).where(here, skip.c.place.in_(chunk)))
    upsert(conn, skip, list({row["place"]: row for row in rows}.values()))
    if page.complete:
        conn.execute(sa.delete(skip).where(here, skip.c.listing.is_distinct_from(at.listing)))


def _skip_rows(at: Address, skipped: Iterable[SkippedItem]) -> list[dict[str, Any]]:
    return [
        at._asdict() | {"place": one.place, "reason": one.reason, "week": one.week, "raw": one.raw}
        for one in skipped
    ]


def _foreign_row(at: Address, record: Conversation | Deal) -> dict[str, Any]:
    reason = f"id {record.external_id[:40]!r} names a conversation of another kind already"
    return at._asdict() | {"place": record.external_id, "reason": reason, "week": None, "raw": None}


def _withdraw_gone(conn: sa.Connection, at: Address, page: TakenPage) -> int:
    gone = [conversation_id(at.source, key) for key in page.gone]
    count = 0
    for table in (conversation, deal):
        here = sa.and_(table.c.source == at.source, table.c.stream == at.stream, ~table.c.withdrawn)
        ids = [key for chunk in chunks(gone) for key in _ids(conn, table, here, table.c.id.in_(chunk))]
        if page.complete:
            ids += _ids(conn, table, here, table.c.seen.is_distinct_from(at.listing))
        withdraw(conn, table, sorted(set(ids)))
        count += len(set(ids))
    return count


def _withdraw_merged(conn: sa.Connection, at: Address, page: TakenPage) -> int:
    """Take out what was merged away; what took its place has its words."""
    winners = {conversation_id(at.source, old): conversation_id(at.source, new) for old, new in page.merged}
    known = _known(conn, conversation, winners)
    withdraw(conn, conversation, sorted(key for key, row in known.items() if not row.withdrawn))
    for key in sorted(known):
        merged = sa.update(conversation).where(conversation.c.id == key)
        conn.execute(merged.values(merged_into=winners[key]))
    return sum(not row.withdrawn for row in known.values())


def _ids(conn: sa.Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> list[str]:
    return list(conn.scalars(sa.select(table.c.id).where(*where)))
