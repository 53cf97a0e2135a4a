"""Figures beside the counts of an answer: who says it more than once, first and last, in which trades."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import fsum

import sqlalchemy as sa

from koe.ask.rows.select import Row, cited
from koe.ask.shape import AskFact
from koe.ledger.accounts import account_name
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, deal
from koe.ledger.upsert import chunks

__all__ = [
    "MOST",
    "count_industries",
    "count_most",
    "count_repeats",
    "deals_of",
    "line_of",
    "name_ends",
    "sum_amounts",
]

MOST = 5
"""Accounts that are named with their own count."""
INDUSTRIES = 8


def count_repeats(rows: Sequence[Row], named: Callable[[Row], str]) -> list[AskFact]:
    """Accounts with more than one conversation, most first, each with how many; none if there is but one."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.voice].append(row)
    counts = {account: len({row.counted_as for row in some}) for account, some in groups.items()}
    often = sorted((account for account in groups if counts[account] > 1), key=lambda a: -counts[a])
    return [
        fact
        for place, account in enumerate(often[:MOST] if len(groups) > 1 else (), 1)
        for fact in line_of(
            f"repeat.{place}", named(groups[account][0]), counts[account], cited(groups[account])
        )
    ]


def line_of(stem: str, name: str, count: int, records: tuple[str, ...]) -> list[AskFact]:
    """An account with its conversations."""
    return [
        AskFact(id=f"{stem}.name", label="", value=name, unit="name", records=records),
        AskFact(id=f"{stem}.conversations", label=name, value=count, unit="conversations", records=records),
    ]


def count_most(rows: Sequence[Row], named: Callable[[Row], str], most: int) -> list[AskFact]:
    """The accounts with the most conversations, most first, each with how many."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.voice].append(row)
    told = {account: len({row.counted_as for row in some}) for account, some in groups.items()}
    ranked = sorted(groups, key=lambda account: (-told[account], account))[:most]
    return [
        fact
        for place, account in enumerate(ranked, 1)
        for fact in line_of(f"who.{place}", named(groups[account][0]), told[account], cited(groups[account]))
    ]


def name_ends(rows: Sequence[Row], named: Callable[[Row], str]) -> list[AskFact]:
    """Whose voice was the first and whose the last; `rows` are oldest first."""
    return [
        AskFact(id=f"{name}.name", label="", value=named(row), unit="name", records=(row.conversation,))
        for name, row in (("first", rows[0]), ("last", rows[-1]))
    ]


def count_industries(deals: Iterable[sa.Row[tuple[object, ...]]]) -> list[AskFact]:
    """Deals by the industry that each names, most first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in deals:
        if one.industry:
            groups[one.industry].append(one.cited)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:INDUSTRIES]
    return [
        fact
        for place, (name, ids) in enumerate(ranked, 1)
        for fact in (
            AskFact(id=f"industry.{place}.name", label="", value=name, unit="name", records=tuple(ids)),
            AskFact(
                id=f"industry.{place}.deals", label=name, value=len(ids), unit="deals", records=tuple(ids)
            ),
        )
    ]


def sum_amounts(deals: Iterable[sa.Row[tuple[object, ...]]]) -> list[AskFact]:
    """What the deals are worth, by currency and outcome."""
    groups: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for one in deals:
        if one.amount is not None:
            groups[one.currency or "none", one.outcome].append((one.cited, one.amount))
    return [
        AskFact(
            id=f"all.amount.{currency}.{outcome}",
            label="",
            value=round(fsum(amount for _, amount in some)),
            unit="currency",
            records=tuple(id for id, _ in some),
        )
        for (currency, outcome), some in sorted(groups.items())
    ]


def deals_of(conn: sa.Connection, rows: Sequence[Row]) -> list[sa.Row[tuple[object, ...]]]:
    """The deals that the rows belong to, as the ledger has them."""
    talks = sorted({row.ledger_id for row in rows if row.deal})
    whole = sa.select(deal, cited_as(deal).label("cited"), account_name(deal).label("counted_name"))
    joined = whole.join(conversation, conversation.c.deal_id == deal.c.id).where(~deal.c.withdrawn)
    found = {
        one.id: one
        for some in chunks(talks)
        for one in conn.execute(joined.where(conversation.c.id.in_(some)))
    }
    return sorted(found.values(), key=lambda one: (one.external_id, one.id))
