"""The day that relative periods of a question count from, and what it means where its week is still empty."""

import re
from datetime import date, timedelta

from koe.ask.shape import Narrowed
from koe.engine.base import Query
from koe.engine.offline.plan.period_rules import NEWEST_WEEK
from koe.language.text import normalize

__all__ = ["before_silence", "counted_from", "of_newest_week"]


def counted_from(today: date, last: date) -> date:
    """Today, where its week or the one before has data; of older data the day after the last of them."""
    week = today - timedelta(days=today.weekday())
    return today if last >= week - timedelta(days=7) else last + timedelta(1)


def before_silence(question: str, query: Query, today: date, last: date) -> date:
    """The day to read the question from: before a period that has begun and has no data yet, where the
    question only says that something is compared with what came after it, or asks for the newest week."""
    begun = query.against[0] if query.against else None
    if begun is None and re.search(NEWEST_WEEK, normalize(question).lower()):
        begun = query.since
    return date.fromisoformat(begun) if begun and last.isoformat() < begun <= today.isoformat() else today


def of_newest_week(query: Query, today: date, last: date) -> Query:
    """The query of the newest week that has data, where it asks what is new and names no period, or one that
    has begun and has no data yet."""
    is_silent = last.isoformat() < (query.since or "") <= today.isoformat()
    if not query.first_seen or query.against or ((query.since or query.until) and not is_silent):
        return query
    monday = last - timedelta(days=last.weekday())
    week = {"since": monday.isoformat(), "until": last.isoformat()}
    if not is_silent:
        return query.model_copy(update=week)
    return Narrowed(**query.model_dump() | week | {"silent_since": query.since})
