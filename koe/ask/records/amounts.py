"""Deals one by one with what they are worth, the largest first."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from koe.ask.counting.count import count_all
from koe.ask.counting.figures import TOP, Found, names_of
from koe.ask.counting.quotes import quotes_of
from koe.ask.counting.who import deals_of
from koe.ask.rows.select import Row, cited
from koe.ask.shape import AskFact, Filters, Narrowed
from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.workspace import Workspace

__all__ = ["figures_of_amounts", "is_by_amount", "lines_of_deals", "without_amount"]

MOST = 10
"""Deals that are told one by one where the question bounds them."""
Deal = sa.Row[tuple[Any, ...]]


def is_by_amount(query: Query) -> bool:
    """Whether the question wants deals one by one, the largest first."""
    return isinstance(query, Narrowed) and query.by_amount


def figures_of_amounts(
    conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row], topic: str
) -> Found:
    """The deals behind the rows, the largest first; what belongs to no deal is left out."""
    of_deals = [row for row in rows if row.deal]
    deals = deals_of(conn, of_deals)
    named = [AskFact(id="all.name", label="", value=topic, unit="name", records=cited(of_deals))]
    facts = [*(named if topic else []), *count_all(of_deals, topic), *lines_of_deals(ws, query, deals)]
    largest = {one.cited for one in _ranked(deals, query)[: query.top or TOP]}
    first = [row for row in of_deals if row.deal in largest]
    quotes = quotes_of(ws, first, names_of(conn, first))
    return Found(Filters(**query.model_dump()), tuple(facts) if deals else (), cited(of_deals), quotes)


def lines_of_deals(ws: Workspace, query: Query, deals: Sequence[Deal]) -> list[AskFact]:
    """The largest deals, each with its account and amount; how many have no amount."""
    ranked, most = _ranked(deals, query), query.top or (TOP if is_by_amount(query) else MOST)
    facts = [fact for place, one in enumerate(ranked[:most], 1) for fact in _line(ws, f"deal.{place}", one)]
    rest = tuple(one.cited for one in ranked[most:]) if query.top is None else ()
    return [*facts, *_count("more", rest), *without_amount(deals)]


def without_amount(deals: Sequence[Deal]) -> list[AskFact]:
    """How many deals have no amount, where there are any."""
    return _count("unknown", tuple(sorted(one.cited for one in deals if one.amount is None)))


def _count(id: str, ids: tuple[str, ...]) -> list[AskFact]:
    return [AskFact(id=f"deal.{id}", label="", value=len(ids), unit="deals", records=ids)] if ids else []


def _ranked(deals: Sequence[Deal], query: Query) -> list[Deal]:
    """Amounts of different currencies are not compared: the currency that most deals have comes first."""
    sign = 1 if isinstance(query, Narrowed) and query.smallest else -1
    known = [one for one in deals if one.amount is not None]
    spread = {one.currency: sum(other.currency == one.currency for other in known) for one in known}
    return sorted(known, key=lambda one: (-spread[one.currency], one.currency, sign * one.amount, one.cited))


def _line(ws: Workspace, stem: str, one: Deal) -> list[AskFact]:
    name = f"{one.cited} ({shown(ws, one.account, one.counted_name)})"
    return [
        AskFact(id=f"{stem}.name", label="", value=name, unit="name", records=(one.cited,)),
        AskFact(
            id=f"{stem}.amount.{one.currency or 'none'}.{one.outcome}", label=name, value=round(one.amount),
            unit="currency", records=(one.cited,),
        ),
    ]  # fmt: skip
