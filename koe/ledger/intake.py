"""Records into the ledger: one page with the cursor after it, in one transaction.

Nothing here knows a source; what a page must have is said in `koe.ledger.taken`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.ledger.accounts import regroup, wait_for_others
from koe.ledger.joins import Touched, join_calls, joined_line
from koe.ledger.reading import calls_without_deal, count_skips, load_cursor
from koe.ledger.rows import content_hash, put_versions, row_of
from koe.ledger.schema import conversation, cursor, deal, skip
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
from koe.ledger.upsert import chunks, upsert
from koe.ledger.withdrawal import withdraw
from koe.records import Conversation, Deal, conversation_id
from koe.workspace import Workspace

__all__ = ["PullResult", "commit_page", "content_hash", "pull", "take_page"]


SWEPT = 100
"""Ids that a source is asked about at once, whether it still has them."""


def pull(ws: Workspace, source: TakenSource) -> PullResult:
    """Take in what a source has that the ledger lacks, page by page; safe to run again at any point."""
    with ws.ledger.connect() as conn:
        began = [load_cursor(conn, source.name, stream) is not None for stream in source.streams]
    done = PullResult(is_first=not any(began))
    for stream in source.streams:
        for page in _pages(ws.ledger, source, stream):
            done = add(done, commit_page(ws.ledger, source.name, stream, page))
    with ws.ledger.connect() as conn:
        joined = joined_line(conn, source.name)
        return done._replace(
            skipped=count_skips(conn, source=source.name),
            without_deal=len(calls_without_deal(conn, source.name)),
            notes=(*done.notes, *filter(None, [joined])),
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
        wait_for_others(conn)
        done, touched = _take(conn, at, page)
        out = [*_withdraw_gone(conn, at, page), *_withdraw_merged(conn, at, page)]
        regroup(conn, [*touched.names, *((one.account_id, one.account_key) for one in out)])
        join_calls(conn, touched._replace(deals=[*touched.deals, *(one.id for one in out)]))
        done = done._replace(withdrawn=len(out), notes=tuple(page.notes))
        faults.point(f"intake: {source} {stream}, before a page commits")
    faults.point(f"intake: {source} {stream}, after a page committed")
    return done


def take_page(ledger: sa.Engine, source: str, stream: str, page: TakenPage) -> PullResult:
    """Write a page's records and skips in one transaction; its source has not moved."""
    with ledger.begin() as conn:
        wait_for_others(conn)
        done, touched = _take(conn, Address(source, stream, page.listing), page)
        regroup(conn, touched.names)
        join_calls(conn, touched)
    return done


def _save_cursor(conn: sa.Connection, at: Address, body: Mapping[str, str]) -> None:
    """First of all in the transaction, so that two pulls of one stream wait for each other."""
    text = json.dumps(dict(body), sort_keys=True, ensure_ascii=False)
    upsert(conn, cursor, [{"source": at.source, "stream": at.stream, "body": text}])


def _take(conn: sa.Connection, at: Address, page: TakenPage) -> tuple[PullResult, Touched]:
    latest = {item.record.id: item for item in page.items}
    calls = {key: item for key, item in latest.items() if isinstance(item.record, Conversation)}
    deals = {key: item for key, item in latest.items() if isinstance(item.record, Deal)}
    done, skips, touched = PullResult(), _skip_rows(at, page.skipped), Touched()
    for table, items in ((conversation, calls), (deal, deals)):
        put = _put(conn, table, at, items)
        done = add(done, put.done)
        skips += put.refused
        touched = touched._replace(**put.touched, names=[*touched.names, *put.names])
    _keep(conn, at, page.kept)
    _note_skips(conn, at, page, skips)
    return done._replace(skipped=len(skips), refused=len(skips)), touched


class _Put(NamedTuple):
    done: PullResult
    refused: list[dict[str, Any]]
    """Rows of ids that another record has."""
    touched: dict[str, list[Any]]
    names: list[tuple[str, str | None]]
    """Id and key of each account of what is new or changed, before and now."""


def _put(conn: sa.Connection, table: sa.Table, at: Address, items: Mapping[str, TakenItem]) -> _Put:
    """Write what is new or changed, mark the rest as seen."""
    known = _known(conn, table, items)
    foreign = {key for key, row in known.items() if _is_foreign(row, items[key].record)}
    rows = {key: row_of(item, at) for key, item in items.items() if key not in foreign}
    fresh = [row for key, row in rows.items() if key not in known]
    same = [key for key, row in rows.items() if key in known and _same(known[key], row)]
    changed = [row for key, row in rows.items() if key in known and not _same(known[key], row)]
    upsert(conn, table, fresh + changed)
    _mark_seen(conn, table, at, same)
    refused = [_foreign_row(at, items[key].record) for key in sorted(foreign)]
    done, ids = PullResult(len(fresh), len(changed), len(same)), [row["id"] for row in fresh + changed]
    before = [(known[key].account_id, known[key].account_key) for key in ids if key in known]
    names = before + [(rows[key]["account_id"], rows[key]["account_key"]) for key in ids]
    if table is deal:
        return _Put(done, refused, {"deals": ids, "accounts": [*chain.from_iterable(before)]}, names)
    put_versions(conn, [items[key] for key in ids])
    calls = [key for key in ids if _may_join(rows[key], known.get(key))]
    return _Put(done, refused, {"calls": calls}, names)


def _may_join(row: Mapping[str, Any], known: sa.Row[Any] | None) -> bool:
    """Whether a conversation may have a deal, or had one."""
    is_told = row["kind"] == "call" or row["names_deal"] is not None
    return is_told or (known is not None and known.deal_id is not None)


def _known(conn: sa.Connection, table: sa.Table, ids: Iterable[str]) -> dict[str, sa.Row[Any]]:
    more = (table.c[name] if table is conversation else sa.null().label(name) for name in ("kind", "deal_id"))
    names = ("id", "version", "withdrawn", "stream", "account_id", "account_key")
    columns = (*(table.c[name] for name in names), *more)
    found = (conn.execute(sa.select(*columns).where(table.c.id.in_(chunk))) for chunk in chunks(ids))
    return {row.id: row for rows in found for row in rows}


def _is_foreign(known: sa.Row[Any], record: Conversation | Deal) -> bool:
    """Whether a ticket and a call of one source have the same id; the first one keeps it."""
    return isinstance(record, Conversation) and known.kind != record.kind and not known.withdrawn


def _same(known: sa.Row[Any], row: Mapping[str, Any]) -> bool:
    return bool(known.version == row["version"] and not known.withdrawn)


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


def _withdraw_gone(conn: sa.Connection, at: Address, page: TakenPage) -> list[sa.Row[Any]]:
    """Take out what is gone; what the ledger knew of it."""
    gone = [conversation_id(at.source, key) for key in page.gone]
    withdrawn: list[sa.Row[Any]] = []
    for table in (conversation, deal):
        here = sa.and_(table.c.source == at.source, table.c.stream == at.stream, ~table.c.withdrawn)
        ids = [key for chunk in chunks(gone) for key in _ids(conn, table, here, table.c.id.in_(chunk))]
        if page.complete:
            ids += _ids(conn, table, here, table.c.seen.is_distinct_from(at.listing))
        known = _known(conn, table, sorted(set(ids)))
        withdraw(conn, table, sorted(known))
        withdrawn += known.values()
    return withdrawn


def _withdraw_merged(conn: sa.Connection, at: Address, page: TakenPage) -> list[sa.Row[Any]]:
    """Take out what was merged away; what took its place has its words, or its calls."""
    winners = {conversation_id(at.source, old): conversation_id(at.source, new) for old, new in page.merged}
    withdrawn: list[sa.Row[Any]] = []
    for table in (conversation, deal):
        known = {key: row for key, row in _known(conn, table, winners).items() if row.stream == at.stream}
        live = [known[key] for key in sorted(known) if not known[key].withdrawn]
        withdraw(conn, table, [row.id for row in live])
        for key in sorted(known):
            conn.execute(sa.update(table).where(table.c.id == key).values(merged_into=winners[key]))
        withdrawn += live
    return withdrawn


def _ids(conn: sa.Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> list[str]:
    return list(conn.scalars(sa.select(table.c.id).where(*where)))
