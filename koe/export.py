"""What `koe export` gives: records as plain dictionaries, oldest first, named by the source's own ids."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from koe.facts.accounts import shown_id
from koe.facts.rows import within
from koe.ledger.reading import load_skips
from koe.ledger.schema import conversation, finding, reading, theme, turn
from koe.weeks import Period, period_between, week_of, weeks_between
from koe.workspace import Workspace

Row = dict[str, Any]
OPEN_YEAR = 9998
"""From here on a border stands for "open"."""


def export(ws: Workspace, what: str, since: date | None, until: date | None) -> Iterator[Row]:
    """The records of one sort whose conversation began in the period; `until` is inclusive."""
    return EXPORTS[what](ws, period_between(since, until, ws.settings.zone))


def conversations(ws: Workspace, period: Period) -> Iterator[Row]:
    """Conversations with masked turns and the state each is in."""
    query = (
        sa.select(conversation, reading.c.state, reading.c.reason)
        .outerjoin(reading, reading.c.conversation_id == conversation.c.id)
        .where(within(period))
        .order_by(conversation.c.created_at, conversation.c.id)
    )
    with ws.ledger.connect() as conn:
        for row in conn.execute(query):
            turns = conn.execute(
                sa.select(turn.c.n, turn.c.role, turn.c.at, turn.c.text)
                .where(turn.c.conversation_id == row.id)
                .order_by(turn.c.n)
            )
            yield {
                "conversation": row.external_id,
                "source": row.source,
                "kind": row.kind,
                "account": shown_id(ws, row.account_id),
                "counts_as": shown_id(ws, row.account),
                "created_at": row.created_at,
                "title": row.title,
                "language": row.language,
                "state": "withdrawn" if row.withdrawn else row.state or "left",
                "reason": row.reason,
                "deal": row.deal_id and row.deal_id.partition(":")[2],
                "outcome": row.outcome,
                "joined_by": row.joined_by,
                "duplicate_of": row.duplicate_of and row.duplicate_of.partition(":")[2],
                "turns": [dict(one._mapping) for one in turns],
            }


def findings(ws: Workspace, period: Period) -> Iterator[Row]:
    """Findings with their theme; a merged theme's findings carry the theme it went into."""
    names = {row.id: row for row in _all(ws, sa.select(theme.c.id, theme.c.name, theme.c.merged_into))}
    query = (
        sa.select(finding, conversation.c.external_id)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(within(period), ~conversation.c.withdrawn)
        .order_by(conversation.c.created_at, conversation.c.id, finding.c.turn, finding.c.start, finding.c.id)
    )
    plain = ("id", "kind", "statement", "quote", "turn", "start", "end", "severity", "engine")
    for row in _all(ws, query):
        standing = names.get(row.theme_id)
        while standing is not None and standing.merged_into:
            standing = names[standing.merged_into]
        yield {
            **{name: getattr(row, name) for name in plain},
            "conversation": row.external_id,
            "theme": standing.id if standing else None,
            "theme_name": standing.name if standing else None,
        }


def themes(ws: Workspace, period: Period) -> Iterator[Row]:
    """Themes that have findings in the period, with the accounts and conversations that carry them."""
    from koe.themes import list_themes

    alive = {row["theme"] for row in findings(ws, period)}
    yield from (row.model_dump(mode="json") for row in list_themes(ws, None) if row.id in alive)


def keywords(ws: Workspace, period: Period) -> Iterator[Row]:
    """Keywords of the deals closed in the period, hidden ones left out."""
    from koe.keywords import compute_keywords

    zone, second = ws.settings.zone, timedelta(seconds=1)
    since = period.start.astimezone(zone).date() if period.start.year > 1 else None
    until = (period.end - second).astimezone(zone).date() if period.end.year < OPEN_YEAR else None
    report = compute_keywords(ws, since, until)
    yield from (word.model_dump(mode="json") for word in report.keywords)


def facts(ws: Workspace, period: Period) -> Iterator[Row]:
    """The facts of each published week, latest revision."""
    from koe.publish import published, published_weeks

    for week in published_weeks(ws):
        given = published(ws, week)
        if given is not None and week in _weeks(ws, period):
            yield given[0].model_dump(mode="json")


def coverage(ws: Workspace, period: Period) -> Iterator[Row]:
    """What became of everything that came in, week by week."""
    from koe.facts import coverage as count
    from koe.weeks import period_of

    for week in _weeks(ws, period):
        yield {"week": week, **count(ws, period_of(week, ws.settings.zone)).model_dump(mode="json")}


def skipped(ws: Workspace, period: Period) -> Iterator[Row]:
    """What came in and could not be used, each with its place and why; undated ones in every period."""
    weeks = _weeks(ws, period)
    with ws.ledger.connect() as conn:
        found = load_skips(conn)
    is_all = period.start.year == 1 and period.end.year >= OPEN_YEAR
    for one in found:
        if is_all or one.week is None or one.week in weeks:
            yield one._asdict()


EXPORTS: dict[str, Callable[[Workspace, Period], Iterator[Row]]] = {
    "conversations": conversations,
    "findings": findings,
    "themes": themes,
    "keywords": keywords,
    "facts": facts,
    "coverage": coverage,
    "skipped": skipped,
}


def _weeks(ws: Workspace, period: Period) -> list[str]:
    query = sa.select(sa.func.min(conversation.c.created_at), sa.func.max(conversation.c.created_at))
    ((first, last),) = _all(ws, query.where(within(period)))
    if first is None:
        return []
    return weeks_between(*(week_of(datetime.fromisoformat(at), ws.settings.zone) for at in (first, last)))


def _all(ws: Workspace, query: sa.Select[Any]) -> list[sa.Row[Any]]:
    with ws.ledger.connect() as conn:
        return list(conn.execute(query))
