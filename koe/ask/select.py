"""The findings that fit a query's filters, with what is needed to count and to cite them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.engine.base import Query
from koe.ledger.schema import conversation, deal, finding, theme
from koe.records import FindingKind
from koe.weeks import Period, period_between


class Row(NamedTuple):
    """A finding where it stands."""

    id: str
    conversation: str
    """The source's own id."""
    counted_as: str
    """The conversation it counts as: its own, or the one it repeats word for word."""
    conversation_kind: str
    account: str
    account_name: str
    created_at: str
    kind: FindingKind
    theme: str | None
    statement: str
    quote: str
    turn: int
    severity: int
    deal: str | None
    outcome: str | None


def select_findings(
    conn: sa.Connection, query: Query, themes: Collection[str], kinds: Collection[FindingKind], zone: ZoneInfo
) -> list[Row]:
    """Findings of live conversations that pass every filter, oldest first; no themes means all of them."""
    heads = heads_of(conn)
    wanted = [id for id, head in heads.items() if head in set(themes)]
    statement = _base().where(*_within(period_of_query(query, zone)))
    if themes:
        statement = statement.where(finding.c.theme_id.in_(sorted(wanted)))
    if kinds:
        statement = statement.where(finding.c.kind.in_(sorted(kinds)))
    if query.outcome:
        statement = statement.where(deal.c.outcome == query.outcome)
    if query.conversation_kind:
        statement = statement.where(conversation.c.kind == query.conversation_kind)
    return [_row(row, heads) for row in conn.execute(statement)]


def period_of_query(query: Query, zone: ZoneInfo) -> Period:
    """The query's days as a span of time; an open border is open."""
    since, until = (date.fromisoformat(day) if day else None for day in (query.since, query.until))
    return period_between(since, until, zone)


class Span(NamedTuple):
    """First and last day that has a conversation, on the company's clock."""

    first: date
    last: date


def data_span(conn: sa.Connection, zone: ZoneInfo) -> Span | None:
    """The days the ledger's conversations span; None when it has none."""
    query = sa.select(sa.func.min(conversation.c.created_at), sa.func.max(conversation.c.created_at))
    first, last = conn.execute(query.where(~conversation.c.withdrawn)).one()
    if first is None:
        return None
    return Span(*(datetime.fromisoformat(moment).astimezone(zone).date() for moment in (first, last)))


def founded_in(conn: sa.Connection, query: Query) -> set[str]:
    """Themes first seen in the weeks of the query's period."""
    days = [
        date.fromisoformat(day) if day else edge
        for day, edge in zip((query.since, query.until), (date.min, date.max), strict=True)
    ]
    first, last = (f"{day.isocalendar().year:04d}-W{day.isocalendar().week:02d}" for day in days)
    return set(conn.scalars(sa.select(theme.c.id).where(theme.c.founded >= first, theme.c.founded <= last)))


def conversations_of(conn: sa.Connection, query: Query, zone: ZoneInfo) -> dict[str, str]:
    """Live conversations that pass the filters: the ledger's id → the source's own."""
    statement = (
        sa.select(conversation.c.id, conversation.c.external_id)
        .outerjoin(deal, sa.and_(deal.c.id == conversation.c.deal_id, ~deal.c.withdrawn))
        .where(~conversation.c.withdrawn, *_within(period_of_query(query, zone)))
    )
    if query.outcome:
        statement = statement.where(deal.c.outcome == query.outcome)
    if query.conversation_kind:
        statement = statement.where(conversation.c.kind == query.conversation_kind)
    return {row.id: row.external_id for row in conn.execute(statement)}


def heads_of(conn: sa.Connection) -> dict[str, str]:
    """Every theme's id → the theme it counts under, merges followed."""
    into = {row.id: row.merged_into for row in conn.execute(sa.select(theme.c.id, theme.c.merged_into))}

    def head(id: str) -> str:
        while into.get(id):
            id = into[id]
        return id

    return {id: head(id) for id in into}


def iso(moment: datetime) -> str:
    """A moment as the ledger writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)


def _base() -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(
            finding,
            conversation.c.external_id,
            conversation.c.duplicate_of,
            conversation.c.kind.label("conversation_kind"),
            conversation.c.account_id,
            conversation.c.account_name,
            conversation.c.created_at,
            deal.c.external_id.label("deal"),
            deal.c.outcome,
        )
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .outerjoin(deal, sa.and_(deal.c.id == conversation.c.deal_id, ~deal.c.withdrawn))
        .where(~conversation.c.withdrawn)
        .order_by(conversation.c.created_at, conversation.c.id, finding.c.turn, finding.c.start, finding.c.id)
    )


def _within(period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    return conversation.c.created_at >= iso(period.start), conversation.c.created_at < iso(period.end)


def _row(row: sa.Row[tuple[object, ...]], heads: dict[str, str]) -> Row:
    return Row(
        id=row.id,
        conversation=row.external_id,
        counted_as=row.duplicate_of or row.conversation_id,
        conversation_kind=row.conversation_kind,
        account=row.account_id,
        account_name=row.account_name,
        created_at=row.created_at,
        kind=FindingKind(row.kind),
        theme=heads.get(row.theme_id, row.theme_id),
        statement=row.statement,
        quote=row.quote,
        turn=row.turn,
        severity=row.severity,
        deal=row.deal,
        outcome=row.outcome,
    )
