"""The findings of a query by their kind, without what speaks for us in deals that were lost.

The report counts such words as no reason to buy and no praise; an answer counts them where the question is
of the lost deals themselves, or of a record that it names.
"""

from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.ask.rows.select import Row, select_findings, weighs_enough
from koe.ask.shape import Narrowed
from koe.engine.base import Query
from koe.facts.deals import SELLING, counts_for_nobody

__all__ = ["Fitting", "fitting", "part"]


class Fitting(NamedTuple):
    """What fits a query, each oldest first."""

    rows: list[Row]
    aside: tuple[Row, ...]
    """What would fit, and is set aside."""


def fitting(conn: sa.Connection, query: Query, zone: ZoneInfo) -> Fitting:
    """The findings of the kinds and the weight that the query asks for."""
    rows = select_findings(conn, query, zone)
    return part(query, (row for row in rows if _is_of_kind(query, row) and weighs_enough(query, row)))


def part(query: Query, rows: Iterable[Row]) -> Fitting:
    """The rows that count for the query, and those that are set aside."""
    kept: list[Row] = []
    aside: list[Row] = []
    for row in rows:
        (aside if _is_set_aside(query, row) else kept).append(row)
    return Fitting(kept, tuple(aside))


def _is_of_kind(query: Query, row: Row) -> bool:
    return not query.kinds or row.kind in query.kinds


def _is_set_aside(query: Query, row: Row) -> bool:
    """Whether it would count as a reason to buy or as praise, whatever it was found to be."""
    is_selling = bool(query.kinds) and set(query.kinds) <= set(SELLING)
    counts_as = query.kinds[0] if is_selling else row.kind or ""
    return not _is_of_the_lost(query) and counts_for_nobody(counts_as, row.conversation_kind, row.outcome)


def _is_of_the_lost(query: Query) -> bool:
    """Whether the question is of lost deals, alone or beside won ones, or of records that it names."""
    is_of_else = query.against is not None or query.by_stream or query.by_industry
    compares = query.ask == "compare" and not is_of_else
    names = isinstance(query, Narrowed) and bool(query.deals or query.conversations)
    return query.outcome == "lost" or compares or names or bool(query.accounts)
