"""Which deal a call belongs to, and by which rule; kept right whatever comes in first.

| rule | a call joins |
|---|---|
| `source` | the deal that its own source names, or what that deal was merged into |
| `other source` | the deal with the id it names, where its own source has no deals and one other has it |
| `account and time` | the one deal of its account that was open then, where it names none |
| `several` | none, because more than one deal fits |
| `no opening` | none, because its account has deals and none of them says since when it is open |

A deal counts as open from `BEFORE` its opening, as first talks come before the entry in a CRM, until `AFTER`
its closing. Which accounts are one, `koe.ledger.accounts` says.

A call whose deal's outcome is another than it was is marked as not read: an engine is told the outcome.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe.ledger.accounts import LONG_ID, is_same_account
from koe.ledger.schema import conversation, deal, reading
from koe.ledger.stamps import from_stamp, to_stamp
from koe.ledger.upsert import chunks
from koe.records import conversation_id

__all__ = ["NO_OPENING", "SEVERAL", "Touched", "deals_called", "deals_that_fit", "join_calls", "joined_line"]

BY_SOURCE, BY_ID, BY_TIME, SEVERAL = "source", "other source", "account and time", "several"
NO_OPENING = "no opening"
BEFORE = timedelta(days=14)
AFTER = timedelta(days=2)
MERGES = 10
_SAID = {
    BY_SOURCE: "named by their source",
    BY_ID: "named by an id of another source",
    BY_TIME: "by account and time",
    SEVERAL: "not joined, several deals fit",
    NO_OPENING: "not joined, no deal of the account says since when it is open (opened_at)",
}


class Touched(NamedTuple):
    """What a page has changed that joins depend on."""

    calls: Collection[str] = ()
    """Ids of conversations that are new or changed."""
    deals: Collection[str] = ()
    """Ids of deals that are new, changed, withdrawn or merged."""
    accounts: Collection[str | None] = ()
    """Ids and keys of the accounts that those deals belonged to before."""
    names: Collection[tuple[str, str | None]] = ()
    """Id and key of each account of what is new or changed, as it was and as it is."""


class _Join(NamedTuple):
    deal_id: str | None
    joined_by: str | None


def join_calls(conn: sa.Connection, touched: Touched) -> None:
    """Join again every conversation that what was touched may concern."""
    if not touched.calls and not touched.deals:
        return
    deals = _rows(conn, deal, deal.c.id, touched.deals)
    calls = _affected(conn, touched, deals)
    for some in chunks(sorted(calls)):
        _join_some(conn, [calls[key] for key in some])
    for some in chunks(touched.deals):
        left = sa.update(deal).where(deal.c.id.in_(some), deal.c.withdrawn)
        conn.execute(left.values(account_key=None))


def joined_line(conn: sa.Connection, source: str) -> str:
    """How many calls that a source has, or whose deal it has, are joined by which rule.

    "" where no call needed a rule, as their own source names all of their deals.
    """
    query = (
        sa.select(conversation.c.joined_by, sa.func.count())
        .outerjoin(deal, sa.and_(deal.c.id == conversation.c.deal_id, ~deal.c.withdrawn))
        .where(sa.or_(conversation.c.source == source, deal.c.source == source), ~conversation.c.withdrawn)
        .where(sa.or_(deal.c.id.is_not(None), conversation.c.joined_by.in_((SEVERAL, NO_OPENING))))
        .group_by(conversation.c.joined_by)
    )
    counts = dict(conn.execute(query).tuples().all())
    parts = [
        f"{counts[rule]} {says}{_example(conn, source, rule)}"
        for rule, says in _SAID.items()
        if counts.get(rule)
    ]
    return f"calls and deals: {', '.join(parts)}" if counts.keys() - {BY_SOURCE} else ""


def _example(conn: sa.Connection, source: str, rule: str) -> str:
    """What shows one of the calls that joined no deal, and what to do."""
    if rule not in (SEVERAL, NO_OPENING):
        return ""
    c = conversation.c
    where = sa.and_(c.source == source, c.joined_by == rule, ~c.withdrawn)
    first = conn.scalar(sa.select(c.external_id).where(where).order_by(c.created_at, c.id).limit(1))
    return f" (such as: koe show {first})" if first else ""


def _affected(conn: sa.Connection, touched: Touched, deals: Iterable[Any]) -> dict[str, Any]:
    """The conversations that may join otherwise now, by id."""
    c = conversation.c
    accounts = {one.account_id for one in deals} | set(touched.accounts)
    keys = {one.account_key for one in deals} | set(touched.accounts)
    found = [
        *_rows(conn, conversation, c.id, touched.calls),
        *_rows(conn, conversation, c.deal_id, touched.deals),
        *_rows(conn, conversation, c.names_deal, {one.external_id for one in deals}),
        *_rows(conn, conversation, c.account_id, accounts, c.names_deal.is_(None), c.kind == "call"),
        *_rows(conn, conversation, c.account_key, keys, c.names_deal.is_(None), c.kind == "call"),
    ]
    return {one.id: one for one in found if not one.withdrawn}


def _join_some(conn: sa.Connection, calls: list[Any]) -> None:
    joins = {one.id: _Join(None, None) for one in calls}
    joins |= _named(conn, [one for one in calls if one.names_deal is not None])
    joins |= _by_account(conn, [one for one in calls if one.names_deal is None and one.kind == "call"])
    wanted = {join.deal_id for join in joins.values() if join.deal_id}
    outcomes = {one.id: one.outcome for one in _rows(conn, deal, deal.c.id, wanted) if not one.withdrawn}
    for call in calls:
        join = joins[call.id]
        outcome = outcomes.get(join.deal_id)
        if (join.deal_id, join.joined_by, outcome) != (call.deal_id, call.joined_by, call.outcome):
            this = sa.update(conversation).where(conversation.c.id == call.id)
            conn.execute(this.values(**join._asdict(), outcome=outcome))
        if outcome != call.outcome:
            conn.execute(sa.update(reading).where(reading.c.conversation_id == call.id).values(version=""))


def _named(conn: sa.Connection, calls: list[Any]) -> dict[str, _Join]:
    """The joins of conversations whose source names a deal."""
    own = {one.id: conversation_id(one.source, one.names_deal) for one in calls}
    known = {one.id: one for one in _rows(conn, deal, deal.c.id, own.values())}
    rest = [one for one in calls if own[one.id] not in known and len(one.names_deal) >= LONG_ID]
    sellers = set(conn.scalars(sa.select(deal.c.source).distinct())) if rest else set()
    elsewhere = _rows(conn, deal, deal.c.external_id, {one.names_deal for one in rest})
    joins = {one.id: _Join(_winner(conn, known.get(own[one.id]), own[one.id]), BY_SOURCE) for one in calls}
    for call in rest:
        fit = [one for one in elsewhere if one.external_id == call.names_deal and _stands(one)]
        if fit and call.source not in sellers:
            joins[call.id] = (
                _Join(_winner(conn, fit[0], fit[0].id), BY_ID) if len(fit) == 1 else _Join(None, SEVERAL)
            )
    return joins


def _winner(conn: sa.Connection, one: Any, key: str) -> str:
    """The deal that a deal was merged into, through all merges; its own id where it was not."""
    for _ in range(MERGES):
        if one is None or not one.withdrawn or one.merged_into is None:
            break
        key = str(one.merged_into)
        one = next(iter(_rows(conn, deal, deal.c.id, [key])), None)
    return key


def _stands(one: Any) -> bool:
    return not one.withdrawn or one.merged_into is not None


def _by_account(conn: sa.Connection, calls: list[Any]) -> dict[str, _Join]:
    """The joins of calls to the one deal of their account that was open when they took place."""
    near = _of_accounts(conn, calls)
    return {one.id: _timely(one, near[one.id]) for one in calls}


def deals_that_fit(conn: sa.Connection, call: Any) -> list[str]:
    """What the source calls each deal of a conversation's account that was open then, in order."""
    (near,) = _of_accounts(conn, [call]).values()
    return sorted(str(one.external_id) for one in near if _is_open(call, one))


def deals_called(conn: sa.Connection, name: str) -> list[str]:
    """The ids in the ledger of the deals that any source calls so, in order."""
    named = sa.select(deal.c.id).where(deal.c.external_id == name, ~deal.c.withdrawn)
    return list(conn.scalars(named.order_by(deal.c.id)))


def _of_accounts(conn: sa.Connection, calls: Collection[Any]) -> dict[str, list[Any]]:
    """The deals of the account of each conversation, whenever they were open."""
    ids = {one.account_id for one in calls}
    keys = {one.account_key for one in calls}
    found = [
        *_rows(conn, deal, deal.c.account_id, ids, ~deal.c.withdrawn),
        *_rows(conn, deal, deal.c.account_key, keys, ~deal.c.withdrawn),
    ]
    by_account: dict[str | None, dict[str, Any]] = {}
    for one in found:
        for name in {one.account_id, one.account_key} - {None}:
            by_account.setdefault(name, {})[one.id] = one
    near: dict[str, list[Any]] = {}
    for call in calls:
        some = by_account.get(call.account_id, {}) | by_account.get(call.account_key, {})
        near[call.id] = [some[key] for key in sorted(some) if is_same_account(call, some[key])]
    return near


def _timely(call: Any, near: Collection[Any]) -> _Join:
    fit = [one.id for one in near if _is_open(call, one)]
    if len(fit) > 1:
        return _Join(None, SEVERAL)
    if not fit:
        is_unknown = bool(near) and all(one.opened_at is None for one in near)
        return _Join(None, NO_OPENING if is_unknown else None)
    return _Join(fit[0], BY_TIME)


def _is_open(call: Any, one: Any) -> bool:
    """Whether the deal was open at the time of the call; not where nobody knows since when."""
    if one.opened_at is None:
        return False
    begins = to_stamp(from_stamp(one.opened_at) - BEFORE)
    is_over = one.outcome != "open" and one.closed_at is not None
    ends = to_stamp(from_stamp(one.closed_at) + AFTER) if is_over else None
    return begins <= call.created_at and (ends is None or call.created_at <= ends)


def _rows(
    conn: sa.Connection,
    table: sa.Table,
    column: sa.ColumnElement[Any],
    values: Iterable[Any],
    *where: sa.ColumnElement[bool],
) -> list[Any]:
    """Rows of a table where a column has one of the values."""
    wanted = sorted({value for value in values if value is not None})
    found = (conn.execute(sa.select(table).where(column.in_(some), *where)) for some in chunks(wanted))
    return [row for rows in found for row in rows]
