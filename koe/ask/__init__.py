"""A question, answered from what customers said: filters, counts, quotes, citations.

The engine turns the question into filters and the counts into words; what is counted, matched,
quoted and cited is the same for every engine, and what it says of it goes through the guard.

A question walks through the rooms: `question/` reads it beyond the engine's plan, `rows/` picks the findings
and passages that its filters let through, `matching/` finds what its words are about, `counting/` counts and
quotes findings, `records/` counts deals and conversations themselves, `answer/` words what was found or says
no. `shape.py` is what goes from hand to hand.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from koe.ask.answer.notes import with_aside, with_unread
from koe.ask.answer.refusals import Reason, refusal, say_no
from koe.ask.answer.words import render, say
from koe.ask.counting.both import figure_of_both, figure_of_most, is_of_both, is_of_most
from koe.ask.counting.compared import figures_compared
from koe.ask.counting.ends import end_asked, figure_of_end
from koe.ask.counting.figures import Found, figures_of_themes, figures_of_words
from koe.ask.counting.moves import figure_of_moves, in_two, move_asked
from koe.ask.counting.without import is_exclusion, naming, without
from koe.ask.matching.match import Matched, Matter, match
from koe.ask.question.compared import Side, sides_of, with_compared
from koe.ask.question.named import names_in, with_accounts
from koe.ask.question.narrow import narrowed
from koe.ask.question.plans import LONGEST, Setting, as_asked, matter_of, planned
from koe.ask.question.slips import read_as
from koe.ask.question.today import before_silence, counted_from, of_newest_week
from koe.ask.question.written import as_written
from koe.ask.records.amounts import figures_of_amounts, is_by_amount
from koe.ask.records.lone import said_for_itself
from koe.ask.records.mention import mentioned
from koe.ask.records.reasons import is_of_losses, with_reasons, with_reasons_named
from koe.ask.records.replies import figures_of_replies
from koe.ask.records.terms import compares_outcomes, terms_of_outcome
from koe.ask.records.volume import is_of_volume, volume
from koe.ask.rows.fitting import Fitting, fitting
from koe.ask.rows.select import Row, data_span, founded_in, was_read
from koe.ask.shape import Answer, AskFact, AskQuote, Filters, Narrowed
from koe.engine.base import Engine, Query
from koe.engine.offline import OfflineEngine
from koe.language.text import clean
from koe.themes.listing import live_themes
from koe.workspace import Workspace

_FIRST = re.compile(r"(?<![\d０-９])[1１]番(?=[^号目])")
"""How 一番 is written in a hurry."""

__all__ = ["LONGEST", "Answer", "AskFact", "AskQuote", "Filters", "ask", "render"]


def ask(ws: Workspace, engine: Engine, question: str, today: str) -> Answer:
    """What the ledger says to the question; `today` is an ISO date on the company's clock.

    Relative periods count from today; from the day after the last data where these end before last week.
    """
    question = clean(question)
    read = _FIRST.sub("一番", question)
    with ws.ledger.connect() as conn:
        span = data_span(conn, ws.settings.zone)
        last = span.last if span else date.max - timedelta(1)
        anchor = counted_from(date.fromisoformat(today), last)
        setting = Setting(anchor, ws.settings.language, live_themes(ws))
        query = _read(engine, read, setting, last)
        if engine.name == OfflineEngine.name:
            read, slips = read_as(conn, read, query.words)
            query = _read(engine, read, setting, last) if slips else query
            named = with_accounts(conn, ws, read, query)
            query = with_compared(read, narrowed(conn, read, named, names_in(conn, ws, read)))
            query = query.model_copy(update={"read_as": slips})
        reason = refusal(read, query, span)
        found = _look(conn, ws, _matter(engine, read, query)) if reason is None else None
        if reason is None and not was_read(conn):
            reason = "unread"
    if found is None or not (found.citations or any(fact.records for fact in found.facts)):
        why, unsaid = reason or _unmet(query, found), found.unsaid if found else ()
        answer = say_no(read, query, why, unsaid, span).model_copy(update={"question": question})
    else:
        why, answer = "nothing", say(engine, question, found)
    answer = with_aside(answer, found.aside if found else ())
    return answer if answer.answerable else _with_unread(ws, answer, why)


def _with_unread(ws: Workspace, answer: Answer, why: Reason) -> Answer:
    with ws.ledger.connect() as conn:
        return with_unread(conn, answer, why, ws.settings.zone)


def _read(engine: Engine, question: str, setting: Setting, last: date) -> Query:
    """The question as filters, by the day that it is asked on and the last day of the data."""
    query = planned(engine, question, setting)
    if engine.name == OfflineEngine.name:
        day = before_silence(question, query, setting.today, last)
        query = query if day == setting.today else planned(engine, question, setting._replace(today=day))
    return of_newest_week(_within(query, last), setting.today, last)


def _within(query: Query, last: date) -> Query:
    """The query with the later of two periods ending where the data end, so that it is called what it is."""
    if query.against is None or None in query.against or (query.against[0] or "") > last.isoformat():
        return query
    until = min(query.against[1] or "", last.isoformat())
    return query.model_copy(update={"against": (query.against[0], until)})


def _unmet(query: Query, found: Found | None) -> Reason:
    """Why nothing carries an answer."""
    if found is None or found.unsaid:
        return "nothing"
    if query.replies and found.quotes:
        return "unanswered"
    return "unheard" if query.words else "unfit"


def _matter(engine: Engine, question: str, query: Query) -> Matter:
    asked = matter_of(question, query.words)
    return Matter(
        query, question, as_asked(question, query.words), asked, by_theme=engine.name != OfflineEngine.name
    )


def _topic(matter: Matter) -> str:
    """What the answer calls the matter; a model writes in words of its own."""
    return matter.topic if matter.by_theme else as_written(matter.question, matter.query.words)


def _look(conn: sa.Connection, ws: Workspace, matter: Matter) -> Found:
    query, question = matter.query, matter.question
    sides = sides_of(question, query) if isinstance(query, Narrowed) and query.compared else None
    if sides:
        return _look_for_two(conn, ws, matter, sides)
    if is_of_volume(query):
        return volume(conn, ws, query)
    if query.mentions:
        return mentioned(conn, ws, query)
    said = said_for_itself(conn, ws, matter)
    if said is not None:
        return said
    if (query.words or query.themes) and query.ask != "keywords" and not is_exclusion(question, query):
        return _look_for(conn, ws, matter)
    return _look_through(conn, ws, matter)


def _look_for(conn: sa.Connection, ws: Workspace, matter: Matter) -> Found:
    """What the words of the question are about."""
    query, topic = matter.query, _topic(matter)
    matched = match(conn, ws, matter)
    if is_by_amount(query) and matched.rows:
        return figures_of_amounts(conn, ws, query, matched.rows, topic)._replace(aside=matched.aside)
    if query.replies and not matter.by_theme:
        return figures_of_replies(conn, ws, matter, matched, topic)._replace(aside=matched.aside)
    found = figures_of_words(conn, ws, query, matched, topic)
    return with_reasons_named(conn, ws, query, found) if is_of_losses(matter.question, query) else found


def _look_for_two(conn: sa.Connection, ws: Workspace, matter: Matter, sides: Sequence[Side]) -> Found:
    """What either of two matters is about, looked for as a question of how many speak of it would."""
    matched: dict[str, Matched] = {}
    for side in sides:
        query = matter.query.model_copy(update={"ask": "count", "words": side.words})
        asked = matter_of(side.question, side.words)
        own = Matter(query, side.question, as_asked(side.question, side.words), asked)
        matched[side.name] = match(conn, ws, own)
    return figures_compared(conn, ws, matter.query, matched)


def _look_through(conn: sa.Connection, ws: Workspace, matter: Matter) -> Found:
    """All that fits the filters of a question that is about no matter of its own, or leaves one out."""
    query, question = matter.query, matter.question
    is_plain = not matter.by_theme and not is_exclusion(question, query)
    move = move_asked(question, query) if is_plain else None
    span = data_span(conn, ws.settings.zone)
    query = in_two(query, span) if move and span else query
    fit = fitting(conn, query, ws.settings.zone)
    fit = _of_new(conn, query, fit) if query.first_seen else fit
    if move and fit.rows:
        found = figure_of_moves(conn, ws, query, fit.rows, move)
    else:
        found = _told_of(conn, ws, matter._replace(query=query), fit.rows)
    return found._replace(aside=fit.aside)


def _of_new(conn: sa.Connection, query: Query, fit: Fitting) -> Fitting:
    """What of it is of themes first seen in the query's period."""
    new = founded_in(conn, query)
    rows, aside = ([row for row in some if row.theme in new] for some in fit)
    return Fitting(rows, tuple(aside))


def _told_of(conn: sa.Connection, ws: Workspace, matter: Matter, rows: list[Row]) -> Found:
    """The figures that such a question wants of the rows."""
    query, question = matter.query, matter.question
    is_without = is_exclusion(question, query)
    if is_by_amount(query):
        found = figures_of_amounts(conn, ws, query, rows, "")
        each = query.model_copy(update={"counted": "deals"})
        return with_reasons(conn, ws, each, found) if is_of_losses(question, query) else found
    if is_of_most(question, query) and not matter.by_theme:
        return figure_of_most(conn, ws, query, rows)
    if is_of_both(question, query) and not matter.by_theme:
        return figure_of_both(conn, ws, query, rows)
    end = None if query.first_seen or is_without else end_asked(question)
    if rows and end is not None:
        return figure_of_end(conn, ws, query, rows, end)
    if is_without:
        rows = without(rows, match(conn, ws, matter).rows, query.words)
    found = figures_of_themes(conn, ws, query, rows)
    if is_without:
        return naming(found, _topic(matter))
    if is_of_losses(question, query):
        return with_reasons(conn, ws, query, found)
    whole_outcome = query.outcome is not None and not query.kinds and not query.first_seen
    if compares_outcomes(question, query) and not matter.by_theme:
        return terms_of_outcome(ws, query.model_copy(update={"ask": "keywords"}), found)
    return terms_of_outcome(ws, query, found) if query.ask == "keywords" or whole_outcome else found
