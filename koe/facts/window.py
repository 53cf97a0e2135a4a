"""The window: all that the ledger has for a week and the weeks before it, read in a few queries."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from koe.facts import deals, rows
from koe.facts.deals import Sale
from koe.facts.rows import Label, Said, Told, Where, Words
from koe.facts.states import unread_weeks
from koe.ledger.schema import conversation
from koe.records import FindingKind
from koe.weeks import Period, period_of, shift, week_of, weeks_between
from koe.workspace import Workspace

WEEKS = 8
"""Weeks of history, the week itself included."""


class Window(NamedTuple):
    """What a week is counted from."""

    weeks: tuple[str, ...]
    """Oldest first; the week itself is the last."""
    told: dict[str, Told]
    said: tuple[Said, ...]
    labels: dict[str, Label]
    seen_earlier: set[str]
    """Themes with a finding before the window."""
    sales: dict[str, Sale]
    closed: tuple[Sale, ...]
    words: dict[str, Words]
    """Text of the findings that the facts name."""
    unread: tuple[str, ...]
    """Those of the weeks of which nothing has been read yet."""

    @property
    def week(self) -> str:
        """The week itself."""
        return self.weeks[-1]

    def of_kind(self, kind: FindingKind) -> list[Said]:
        """The findings that count as this kind, whatever their week."""
        return [one for one in self.said if one.kind == kind and not self.is_set_aside(one)]

    def is_set_aside(self, one: Said) -> bool:
        """Whether it counts as nothing, because it speaks for us in a deal that was lost."""
        return deals.is_set_aside(one, self.sales)


def read_window(conn: sa.Connection, ws: Workspace, week: str) -> Window:
    """The window that ends with the week; it starts with the ledger's first week or seven weeks before."""
    zone = ws.settings.zone
    weeks = _weeks(rows.first_moment(conn), week, ws)
    period = Period(period_of(weeks[0], zone).start, period_of(week, zone).end)
    closed = deals.read_closed(conn, ws, period_of(week, zone))
    where = _where(period, closed)
    labels = rows.read_labels(conn, where)
    told = rows.read_told(conn, where, zone)
    said = tuple(rows.read_said(conn, where, told, labels))
    return Window(
        weeks=weeks,
        told=told,
        said=said,
        labels=labels,
        seen_earlier=rows.seen_before(conn, {s.theme for s in said if s.theme}, labels, period.start),
        sales=deals.read_sales(conn, ws, {s.told.deal for s in said if s.told.deal}),
        closed=closed,
        words=rows.read_words(conn, _named(said, weeks, closed)),
        unread=unread_weeks(conn, weeks, zone),
    )


def _weeks(first: str | None, week: str, ws: Workspace) -> tuple[str, ...]:
    start = week_of(datetime.fromisoformat(first), ws.settings.zone) if first else week
    return tuple(weeks_between(min(week, max(start, shift(week, 1 - WEEKS))), week))


def _where(period: Period, closed: tuple[Sale, ...]) -> Where:
    """The window's conversations, and older calls of the deals that were lost in its last week."""
    lost = [sale.id for sale in closed if sale.outcome == "lost"]
    if not lost:
        return rows.within(period)
    older = conversation.c.created_at < rows.border(period.end)
    calls = sa.and_(conversation.c.deal_id.in_(lost), conversation.c.kind == "call", older)
    return sa.or_(rows.within(period), calls)


def _named(said: tuple[Said, ...], weeks: tuple[str, ...], closed: tuple[Sale, ...]) -> set[str]:
    lost = {sale.id for sale in closed if sale.outcome == "lost"}
    return {
        one.id
        for one in said
        if one.told.week == weeks[-1]
        or (one.kind == FindingKind.QUESTION and one.told.week in weeks)
        or (one.kind in (FindingKind.OBJECTION, *deals.SELLING) and deals.deal_of(one) in lost)
    }
