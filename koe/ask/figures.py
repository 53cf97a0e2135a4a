"""What was found for a question: the figures its kind of question wants, quotes and citations."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from koe.ask.count import (
    count_all,
    count_by_outcome,
    count_by_week,
    count_top,
    last_day,
    name_accounts,
    rank_themes,
)
from koe.ask.match import Match
from koe.ask.select import Row, data_span, period_of_query
from koe.ask.shape import AskFact, AskQuote, Filters
from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.facts.trend import trend_of
from koe.ledger.schema import theme
from koe.weeks import weeks_between
from koe.workspace import Workspace

QUOTES = 5
WEEKS = 12
SHOWN_NAMES = 20


class Found(NamedTuple):
    """What was found, before it is put into words."""

    filters: Filters
    facts: tuple[AskFact, ...]
    citations: tuple[str, ...]
    quotes: tuple[AskQuote, ...]


def figures(
    conn: sa.Connection, ws: Workspace, query: Query, matches: Sequence[Match], rows: Sequence[Row]
) -> Found:
    """Figures over the findings: of the themes asked about, or ranked by theme when none is named."""
    names = {row.id: row.name for row in conn.execute(sa.select(theme.c.id, theme.c.name))}
    ranked = rank_themes(rows, names)
    facts = [] if matches or not rows else count_all(rows, "")
    if matches:
        facts += _of_themes(conn, ws, query, matches, rows)
    else:
        facts += count_top(ranked, names)
        rows = [row for _, group in ranked[: len(facts)] for row in group] if query.first_seen else rows
    if query.outcome is None and query.ask == "compare" and any(row.deal for row in rows):
        facts += count_by_outcome(rows)
    return Found(
        filters=Filters(
            **{**query.model_dump(), "themes": tuple(match.theme for match in matches)},
            theme_names=tuple(match.name for match in matches),
        ),
        facts=tuple(facts),
        citations=tuple(sorted({row.conversation for row in rows})),
        quotes=_quotes(ws, rows, names),
    )


def _of_themes(
    conn: sa.Connection, ws: Workspace, query: Query, matches: Sequence[Match], rows: Sequence[Row]
) -> list[AskFact]:
    name = " / ".join(match.name for match in matches)
    facts = [AskFact(id="all.name", label="", value=name, unit="name"), *count_all(rows, name)]
    if query.ask == "trend" or query.by_week:
        facts += _trend(conn, ws, query, rows)
    if rows:
        facts.append(last_day(rows, ws.settings.zone))
        names = name_accounts(rows, lambda row: shown(ws, row.account, row.account_name))
        facts.append(names)
    return facts


def _trend(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row]) -> list[AskFact]:
    zone = ws.settings.zone
    span = data_span(conn, zone)
    assert span is not None
    period = period_of_query(query, zone)
    first = max(span.first, period.start.astimezone(zone).date()) if query.since else span.first
    last = min(span.last, date.fromisoformat(query.until)) if query.until else span.last
    weeks = weeks_between(_week(first), _week(last))[-WEEKS:]
    facts = count_by_week(rows, weeks, zone)
    moves = trend_of([int(fact.value) for fact in facts], seen_earlier=True)
    direction = "falling" if moves == "gone" else moves
    return [
        *facts,
        AskFact(id="trend", label="", value=direction, unit="name"),
    ]


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _quotes(ws: Workspace, rows: Sequence[Row], names: dict[str, str]) -> tuple[AskQuote, ...]:
    """The strongest words first, one for each account until all accounts have spoken."""
    ordered = sorted(rows, key=lambda row: (-row.severity, row.created_at, row.id))
    firsts: dict[str, Row] = {}
    for row in ordered:
        firsts.setdefault(row.account, row)
    chosen = [*firsts.values(), *(row for row in ordered if row not in firsts.values())][:QUOTES]
    return tuple(
        AskQuote(
            finding=row.id,
            conversation=row.conversation,
            turn=row.turn,
            quote=row.quote,
            kind=row.kind,
            theme_name=names.get(row.theme or "", ""),
            account=shown(ws, row.account, row.account_name),
            day=datetime.fromisoformat(row.created_at).astimezone(ws.settings.zone).date().isoformat(),
        )
        for row in chosen
    )
