"""The budget: a wall that money is reserved against before an engine is called, never after.

An engine that costs something says beforehand what a conversation costs at most. What does not fit
any more stays unread, in the coverage as `left`, and is read when there is room again. Spending counts
by ISO week of the company's clock and stands in the ledger, so that a restart does not forget it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

import sqlalchemy as sa

from koe import faults
from koe.engine.base import Engine
from koe.find import has_words, load_masked
from koe.ledger.schema import spend
from koe.ledger.upsert import insert_missing, upsert
from koe.records import MaskedConversation
from koe.weeks import week_of
from koe.workspace import Workspace


@runtime_checkable
class Priced(Protocol):
    """An engine that costs money."""

    name: str

    def price_usd(self, conversation: MaskedConversation) -> float:
        """The most that finding in this conversation can cost."""
        ...


def reserve(
    ws: Workspace, engine: Engine, ids: Sequence[str], now: datetime | None = None
) -> tuple[str, ...]:
    """The first of these conversations that the budget still covers, their price reserved in one commit.

    All of them when the engine costs nothing or no budget is set.
    """
    wall = ws.settings.max_usd
    if wall is None or not isinstance(engine, Priced):
        return tuple(ids)
    week = week_of(now or datetime.now(UTC), ws.settings.zone)
    with ws.ledger.begin() as conn:
        insert_missing(conn, spend, [{"week": week, "usd": 0.0}])
        spent = _spent(conn, week)
        fitting: list[str] = []
        for conversation in load_masked(conn, ids):
            price = engine.price_usd(conversation) if has_words(conversation) else 0.0
            if spent + price > wall:
                break
            spent += price
            fitting.append(conversation.id)
        upsert(conn, spend, [{"week": week, "usd": spent}])
        faults.point("budget: before a reservation commits")
    faults.point("budget: after a reservation committed")
    return tuple(fitting)


def spent_usd(ws: Workspace, now: datetime | None = None) -> float:
    """What is reserved so far in the ISO week of `now`."""
    with ws.ledger.connect() as conn:
        return _spent(conn, week_of(now or datetime.now(UTC), ws.settings.zone))


def _spent(conn: sa.Connection, week: str) -> float:
    """Locks the week's row where it stands, so that two batches never reserve the same room."""
    query = sa.select(spend.c.usd).where(spend.c.week == week).with_for_update()
    return float(conn.scalar(query) or 0.0)
