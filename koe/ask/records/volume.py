"""How much came in: conversations, tickets, calls, accounts and deals of the filters, found or not."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from math import fsum
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.ask.counting.count import SHOWN, lengths_of
from koe.ask.counting.figures import Found
from koe.ask.counting.who import MOST, count_industries, line_of
from koe.ask.records.amounts import is_by_amount, lines_of_deals, without_amount
from koe.ask.records.rate import rate_of
from koe.ask.rows.select import deals_wanted, filters_of, period_of_query, voice_of
from koe.ask.shape import AskFact, Filters, Narrowed
from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.facts.rows import border
from koe.ledger.accounts import account_name
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, deal
from koe.ledger.upsert import chunks
from koe.weeks import week_of, weeks_between
from koe.workspace import Workspace

__all__ = ["amounts_of", "calls_of", "deals_wanted_by", "is_of_volume", "volume"]

WEEKS = 12


def is_of_volume(query: Query) -> bool:
    """Whether the question is about how much there is, not about what was said."""
    about = query.words or query.kinds or query.themes or query.mentions or query.first_seen
    if about or query.ask == "keywords":
        return False
    if isinstance(query, Narrowed) and query.by_account:
        return True
    if query.by_industry or is_by_amount(query) or _is_of_some_deals(query):
        return True
    return not query.top and (query.counted is not None or query.amount)


def _is_of_some_deals(query: Query) -> bool:
    """Whether deals are asked for by their owner or amount; not which reasons or words they have."""
    return bool(deals_wanted(query)) and query.ask in ("count", "list", "passage")


def volume(conn: sa.Connection, ws: Workspace, query: Query) -> Found:
    """The number asked for with what it is counted from, and the conversations behind it."""
    of_deals = query.amount or query.by_industry or query.counted == "deals"
    if of_deals or is_by_amount(query) or _is_of_some_deals(query):
        return _deals(conn, ws, query)
    streams = {"tickets": "ticket", "calls": "call"}
    stream = None if query.by_stream else streams.get(query.counted or "", query.conversation_kind)
    rows = _rows(conn, ws, query.model_copy(update={"conversation_kind": stream}))
    facts = [*_counts(rows), *_spans(rows, query, ws.settings.zone)] if rows else []
    if facts and isinstance(query, Narrowed) and query.by_account:
        facts += _most(ws, rows, query)
    if facts and (query.by_week or query.ask == "trend"):
        facts += _weeks(rows, ws.settings.zone)
    return Found(Filters(**query.model_dump()), tuple(facts), _ids(rows), ())


Rows = Sequence[sa.Row[tuple[str, str, str, str, str]]]


def _rows(conn: sa.Connection, ws: Workspace, query: Query) -> Rows:
    columns = (
        cited_as(conversation).label("cited"),
        conversation.c.kind,
        conversation.c.account,
        conversation.c.created_at,
        account_name(conversation).label("account_name"),
    )
    statement = sa.select(*columns).where(*filters_of(query, ws.settings.zone))
    return conn.execute(statement.order_by(conversation.c.created_at, conversation.c.id)).all()


def _most(ws: Workspace, rows: Rows, query: Query) -> list[AskFact]:
    """The known accounts with the most conversations, each with how many."""
    groups: dict[str, list[sa.Row[tuple[str, str, str, str, str]]]] = defaultdict(list)
    for row in rows:
        if row.account:
            groups[row.account].append(row)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    most = query.top if query.top and query.top > 1 else MOST
    return [
        fact
        for place, (account, some) in enumerate(ranked[:most], 1)
        for fact in line_of(f"who.{place}", shown(ws, account, some[0].account_name), len(some), _ids(some))
    ]


def _ids(rows: Rows) -> tuple[str, ...]:
    return tuple(sorted({row.cited for row in rows}))


def _counts(rows: Rows) -> list[AskFact]:
    """Conversations, tickets, calls and accounts; no stream that has none."""
    parts = {
        "tickets": [row for row in rows if row.kind == "ticket"],
        "calls": [row for row in rows if row.kind == "call"],
    }
    facts = [_fact("conversations", len(rows), "conversations", _ids(rows))]
    facts += [_fact(name, len(some), "conversations", _ids(some)) for name, some in parts.items() if some]
    return [
        *facts,
        _fact("accounts", len({voice_of(row.account, row.cited) for row in rows}), "accounts", _ids(rows)),
    ]


def _spans(rows: Rows, query: Query, zone: ZoneInfo) -> list[AskFact]:
    """Conversations of the first period and of the second one, where the question compares two."""
    if query.against is None:
        return []
    named = [(_day(row.created_at, zone), row.cited) for row in rows]
    spans = {"before": (query.since, query.until), "after": query.against}
    found = {
        name: tuple(sorted(id for day, id in named if (since or "") <= day <= (until or "9")))
        for name, (since, until) in spans.items()
    }
    counts = [
        AskFact(id=f"span.{name}", label="", value=len(ids), unit="conversations", records=ids)
        for name, ids in found.items()
    ]
    return [*counts, *lengths_of(spans)]


def _day(moment: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(moment).astimezone(zone).date().isoformat()


def _fact(id: str, value: int | str, unit: str, records: tuple[str, ...] = ()) -> AskFact:
    return AskFact(id=f"volumes.{id}", label="", value=value, unit=unit, records=records)


def _weeks(rows: Rows, zone: ZoneInfo) -> list[AskFact]:
    named = [(week_of(datetime.fromisoformat(row.created_at), zone), row.cited) for row in rows]
    weeks = weeks_between(named[0][0], named[-1][0])[-WEEKS:]
    grouped = {week: tuple(sorted(id for own, id in named if own == week)) for week in weeks}
    return [
        AskFact(id=f"week.{week}", label=week, value=len(ids), unit="conversations", records=ids)
        for week, ids in grouped.items()
    ]


def _deals(conn: sa.Connection, ws: Workspace, query: Query) -> Found:
    """Deals by outcome, with amounts where asked for; in a period those closed in it. Cites their calls."""
    deals = deals_wanted_by(conn, ws, query)
    facts = [
        fact
        for outcome in ("won", "lost", "open")
        if query.outcome in (None, outcome)
        for fact in _outcome([one for one in deals if one.outcome == outcome], outcome, query)
    ]
    facts += rate_of(deals, query)
    if is_by_amount(query) or _is_bounded(query):
        facts += lines_of_deals(ws, query, deals)
    elif deals and (query.ask in ("list", "passage") or _is_of_some_deals(query)):
        facts += _named(ws, query, deals)
    facts += count_industries(deals) if query.by_industry else []
    facts += without_amount(deals) if query.amount and not is_by_amount(query) else []
    calls = calls_of(conn, [one.id for one in deals])
    filters = Filters(**query.model_dump() | {"conversation_kind": None})
    return Found(filters, tuple(facts) if deals else (), calls, ())


def deals_wanted_by(conn: sa.Connection, ws: Workspace, query: Query) -> Sequence[sa.Row[tuple[Any, ...]]]:
    """The deals of the query's outcome, owner, trade and worth; in a period those closed in it."""
    own = period_of_query(query, ws.settings.zone)
    statement = (
        sa.select(deal, account_name(deal).label("counted_name"), cited_as(deal).label("cited"))
        .where(~deal.c.withdrawn)
        .order_by(deal.c.id)
    )
    statement = statement.where(*deals_wanted(query), *_of_trades(query))
    if query.accounts:
        statement = statement.where(deal.c.account.in_(query.accounts))
    if query.outcome:
        statement = statement.where(deal.c.outcome == query.outcome)
    if query.since or query.until:
        statement = statement.where(deal.c.closed_at >= border(own.start), deal.c.closed_at < border(own.end))
    return conn.execute(statement).all()


def calls_of(conn: sa.Connection, ids: Sequence[str]) -> tuple[str, ...]:
    """What the calls of these deals are cited by."""
    found = (
        id for some in chunks(ids) for id in conn.scalars(_CALLS.where(conversation.c.deal_id.in_(some)))
    )
    return tuple(sorted(found))


def _is_bounded(query: Query) -> bool:
    """Whether deals are wanted of some worth; those without an amount are not among them."""
    return isinstance(query, Narrowed) and (query.at_least is not None or query.at_most is not None)


def _of_trades(query: Query) -> list[sa.ColumnElement[bool]]:
    trades = query.industries if isinstance(query, Narrowed) else ()
    return [deal.c.industry.in_(trades)] if trades else []


_CALLS = sa.select(cited_as(conversation)).where(~conversation.c.withdrawn)


def _named(ws: Workspace, query: Query, deals: Sequence[sa.Row[tuple[object, ...]]]) -> list[AskFact]:
    """The deals by their own ids with their accounts, and how many more there are than are named."""
    joint = ", " if query.language == "en" else "、"
    told = [f"{one.cited} ({shown(ws, one.account, one.counted_name)})" for one in deals]
    records = tuple(one.cited for one in deals)
    named = AskFact(
        id="all.deal_ids", label="", value=joint.join(told[:SHOWN]), unit="names", records=records
    )
    more = len(told) - SHOWN
    rest = AskFact(id="all.deal_ids.more", label="", value=more, unit="deals", records=records)
    return [named, rest] if more > 0 else [named]


def _outcome(deals: Sequence[sa.Row[tuple[Any, ...]]], outcome: str, query: Query) -> list[AskFact]:
    count = _fact(outcome, len(deals), "deals", tuple(one.cited for one in deals))
    is_average = isinstance(query, Narrowed) and query.average
    return [count, *(amounts_of(deals, "volumes", is_average) if query.amount else [])]


def amounts_of(
    deals: Sequence[sa.Row[tuple[Any, ...]]], first: str, is_average: bool = False
) -> list[AskFact]:
    """What deals of one outcome are worth together, by currency; on average too where that is asked for."""
    facts = []
    known = [one for one in deals if one.amount is not None]
    for currency in sorted({one.currency for one in known}):
        some = [one for one in known if one.currency == currency]
        ids, total = tuple(one.cited for one in some), fsum(one.amount for one in some)
        stem = f"{currency or 'none'}.{some[0].outcome}"
        facts.append(_sum(f"{first}.amount.{stem}", total, ids))
        facts += [_sum(f"{first}.mean.{stem}", total / len(some), ids)] if is_average else []
    return facts


def _sum(id: str, value: float, ids: tuple[str, ...]) -> AskFact:
    return AskFact(id=id, label="", value=round(value), unit="currency", records=ids)
