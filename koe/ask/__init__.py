"""A question, answered from what customers said: filters, counts, quotes, citations.

The engine turns the question into filters and the counts into words; what is counted, matched,
quoted and cited is the same for every engine.
"""

from datetime import date, timedelta

import sqlalchemy as sa

from koe.ask.figures import Found, figures
from koe.ask.match import match_themes
from koe.ask.mention import count_uses, quote_uses, uses_of
from koe.ask.passages import passages_for
from koe.ask.select import data_span, founded_in, period_of_query, select_findings
from koe.ask.shape import Answer, AskFact, AskQuote, Filters
from koe.ask.words import refusal, render, say, say_no
from koe.engine.base import Engine, Query
from koe.workspace import Workspace

__all__ = ["Answer", "AskFact", "AskQuote", "Filters", "ask", "render"]

QUOTES = 5


def ask(ws: Workspace, engine: Engine, question: str, today: str) -> Answer:
    """What the ledger says to the question; `today` is an ISO date on the company's clock.

    Relative periods count from the day after the last data when that is earlier than today.
    """
    with ws.ledger.connect() as conn:
        span = data_span(conn, ws.settings.zone)
        anchor = min(
            date.fromisoformat(today), (span.last if span else date.max - timedelta(1)) + timedelta(1)
        )
        query = engine.plan(question, (), anchor.isoformat())
        reason = refusal(query, span)
        if reason is not None:
            return say_no(question, query, reason)
        found = _look(conn, ws, query)
    if found is None:
        return say_no(question, query, "nothing")
    return say(engine, question, found)


def _look(conn: sa.Connection, ws: Workspace, query: Query) -> Found | None:
    if query.mentions:
        return _mentioned(conn, ws, query)
    matches = match_themes(conn, query.words, query.kinds)
    if query.words and not matches:
        return passages_for(ws, query)
    kinds = () if matches else query.kinds
    rows = select_findings(conn, query, [match.theme for match in matches], kinds, ws.settings.zone)
    if query.first_seen:
        new = founded_in(conn, query)
        rows = [row for row in rows if row.theme in new]
    return figures(conn, ws, query, matches, rows)


def _mentioned(conn: sa.Connection, ws: Workspace, query: Query) -> Found:
    uses = uses_of(conn, query.mentions, period_of_query(query, ws.settings.zone))
    return Found(
        filters=Filters(**query.model_dump()),
        facts=tuple(count_uses(uses, query.mentions[0])),
        citations=tuple(sorted({use.conversation for use in uses})),
        quotes=quote_uses(uses, query.mentions, QUOTES),
    )
