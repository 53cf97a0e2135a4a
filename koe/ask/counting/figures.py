"""What was found for a question: the figures its kind of question wants, quotes and citations."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from koe.ask.counting.count import (
    count_all,
    count_by_kind,
    count_by_outcome,
    count_by_stream,
    count_by_week,
    count_parts,
    count_top,
    lengths_of,
    name_records,
    rank_themes,
)
from koe.ask.counting.lately import lately
from koe.ask.counting.quotes import day_of, quotes_of, replies_of
from koe.ask.counting.who import count_industries, count_repeats, deals_of, name_ends, sum_amounts
from koe.ask.matching.match import Matched
from koe.ask.rows.select import Row, cited, data_span
from koe.ask.shape import AskFact, AskQuote, Filters
from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.facts.states import unread_weeks
from koe.facts.trend import trend_of
from koe.ledger.schema import theme
from koe.weeks import weeks_between
from koe.workspace import Workspace

WEEKS = 12
TOP = 5
CONVERSATIONS = ("conversations", "tickets", "calls")


class Found(NamedTuple):
    """What was found, before it is put into words."""

    filters: Filters
    facts: tuple[AskFact, ...]
    citations: tuple[str, ...]
    quotes: tuple[AskQuote, ...]
    unsaid: tuple[str, ...] = ()
    """Names of the question that no customer says."""
    aside: tuple[Row, ...] = ()
    """What speaks for us in deals that were lost, and is counted as nothing."""


def figures_of_words(conn: sa.Connection, ws: Workspace, query: Query, matched: Matched, topic: str) -> Found:
    """Figures over what the question's words are about."""
    rows = matched.rows
    filters = query.model_dump() | {
        "themes": matched.themes,
        "theme_names": matched.names,
        "loosely": bool(query.kinds) and any(row.kind not in query.kinds for row in rows),
    }
    label = "near" if matched.loose else ""
    facts = [AskFact(id="all.name", label=label, value=topic, unit="name", records=cited(rows))]
    facts += [
        AskFact(id=f"lacking.{n}.name", label="", value=word, unit="name", records=cited(rows))
        for n, word in enumerate(matched.lacking, 1)
    ]
    facts += _told(conn, ws, query, rows, topic)
    quotes = quotes_of(ws, rows, names_of(conn, rows))
    return Found(Filters(**filters), tuple(facts), cited(rows), quotes, matched.unsaid, matched.aside)


def figures_of_themes(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row]) -> Found:
    """The themes that most accounts speak of; what is cited and quoted is what they hold."""
    names = names_of(conn, rows)
    all_ranked = rank_themes(rows, names, lately(conn, ws, query, rows))
    ranked = all_ranked[: query.top or TOP]
    shown_rows = [row for _, group in ranked for row in group] or list(rows)
    facts = [*count_all(rows, "", "total"), *count_top(ranked, names)] if rows else []
    facts += [] if query.top else _cut(all_ranked[TOP:])
    facts += count_by_kind(rows, query.kinds) if rows and len(query.kinds) > 1 else []
    if rows and len(ranked) < 2:
        facts += records_of(ws, query, shown_rows)
        facts += count_repeats(shown_rows, namer(ws))
    elif query.ask == "list":
        facts += _names_by_theme(ws, query, ranked)
    if query.first_seen and ranked:
        facts.append(AskFact(id="news", label="", value="new", unit="trend", records=cited(shown_rows)))
    if _by_week(query) and rows:
        facts += weeks_of(conn, ws, query, rows)
    facts += [*_by_outcome(query, rows), *(_compared(ws, query, rows) if rows else [])]
    facts += _of_deals(conn, query, rows)
    spoken = [group[-1] for _, group in ranked] if len(ranked) > 1 else shown_rows
    return Found(Filters(**query.model_dump()), tuple(facts), cited(shown_rows), quotes_of(ws, spoken, names))


def _cut(ranked: Sequence[tuple[str, list[Row]]]) -> list[AskFact]:
    """How many more themes there are than are told."""
    rows = [row for _, group in ranked for row in group]
    more = AskFact(id="top.more", label="", value=len(ranked), unit="themes", records=cited(rows))
    return [more] if ranked else []


def _told(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row], topic: str) -> list[AskFact]:
    if not rows:
        return []
    facts = count_all(rows, topic)
    if _by_week(query):
        facts += weeks_of(conn, ws, query, rows)
    facts += _by_outcome(query, rows)
    facts += _compared(ws, query, rows)
    facts += _of_deals(conn, query, rows)
    facts += records_of(ws, query, rows)
    facts += count_repeats(rows, namer(ws))
    facts += ends_of(ws, rows)
    return facts + (replies_of(conn, rows, query.words) if query.replies else [])


def records_of(ws: Workspace, query: Query, rows: Sequence[Row], prefix: str = "all") -> list[AskFact]:
    """The accounts and the deals of the rows by name."""
    joint = ", " if query.language == "en" else "、"
    return name_records(rows, namer(ws), joint, prefix)


def ends_of(ws: Workspace, rows: Sequence[Row]) -> list[AskFact]:
    """The day and the account of the first and of the last row."""
    days = [
        AskFact(id=f"{name}.day", label="", value=day_of(row, ws), unit="day", records=(row.conversation,))
        for name, row in (("first", rows[0]), ("last", rows[-1]))
    ]
    return [*days, *name_ends(rows, namer(ws))]


def namer(ws: Workspace) -> Callable[[Row], str]:
    """How the account of a row may be called."""
    return lambda row: shown(ws, row.account, row.account_name)


def _of_deals(conn: sa.Connection, query: Query, rows: Sequence[Row]) -> list[AskFact]:
    """The deals' industries and amounts, where the question wants them."""
    if not query.by_industry and not query.amount:
        return []
    deals = deals_of(conn, rows)
    industries = count_industries(deals) if query.by_industry else []
    return industries + (sum_amounts(deals) if query.amount else [])


def _names_by_theme(
    ws: Workspace, query: Query, ranked: Sequence[tuple[str, list[Row]]]
) -> Iterator[AskFact]:
    """Who speaks of each of several themes, for a question that asks for a list."""
    for place, (_, rows) in enumerate(ranked, 1):
        facts = records_of(ws, query, rows, f"top.{place}")
        yield from (fact for fact in facts if ".names" in fact.id)


def _by_week(query: Query) -> bool:
    return query.ask == "trend" or query.by_week


def _by_outcome(query: Query, rows: Sequence[Row]) -> list[AskFact]:
    if not any(row.deal for row in rows):
        return []
    if query.outcome is not None:
        return count_by_outcome(rows, (query.outcome,))
    is_of_outcomes = query.ask == "compare" and query.against is None and not query.by_stream
    return count_by_outcome(rows) if is_of_outcomes else []


def _compared(ws: Workspace, query: Query, rows: Sequence[Row]) -> list[AskFact]:
    """Tickets beside calls, or the first period beside the second one, where the question compares them."""
    facts = count_by_stream(rows) if query.by_stream else []
    if query.against is None:
        return facts
    days = {row: day_of(row, ws) for row in rows}
    spans = {"before": (query.since, query.until), "after": query.against}
    parts = {
        name: [row for row in rows if (since or "") <= days[row] <= (until or "9")]
        for name, (since, until) in spans.items()
    }
    return [*facts, *count_parts(parts, "span"), *lengths_of(spans)]


def weeks_of(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row]) -> list[AskFact]:
    """What the question counts, accounts where it says nothing, in each week of its period; the direction."""
    span = data_span(conn, ws.settings.zone)
    if span is None:
        return []
    first = max(span.first, date.fromisoformat(query.since)) if query.since else span.first
    end = query.against[1] if query.against else query.until
    last = min(span.last, date.fromisoformat(end)) if end else span.last
    weeks = weeks_between(_week(first), _week(last))[-WEEKS:]
    unit = "conversations" if query.counted in CONVERSATIONS else "accounts"
    facts = count_by_week(rows, weeks, ws.settings.zone, unit)
    unread = {f"week.{week}" for week in unread_weeks(conn, weeks, ws.settings.zone)}
    known = [None if fact.id in unread and not fact.records else int(fact.value) for fact in facts]
    facts = [fact for fact, n in zip(facts, known, strict=True) if n is not None]
    if len(known) < 2:
        return facts
    return [*facts, AskFact(id="trend", label="", value=trend_of(known, seen_earlier=True), unit="trend")]


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def names_of(conn: sa.Connection, rows: Sequence[Row]) -> dict[str, str]:
    wanted = sorted({row.theme for row in rows if row.theme})
    query = sa.select(theme.c.id, theme.c.name)
    return {row.id: row.name for row in conn.execute(query) if row.id in set(wanted)}
