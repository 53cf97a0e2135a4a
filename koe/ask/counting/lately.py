"""How many accounts have raised each theme lately: what tells equally strong ones apart, as in the report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from koe.ask.counting.count import NOT_LOOKED, strength
from koe.ask.rows.fitting import fitting
from koe.ask.rows.select import Row, data_span
from koe.engine.base import Query
from koe.facts.window import WEEKS
from koe.workspace import Workspace

__all__ = ["lately"]


def lately(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row]) -> Mapping[str, int]:
    """Accounts by theme in the report's window, which ends with the last week of the query's period.

    Nothing where no two themes of the rows are equally strong.
    """
    span = data_span(conn, ws.settings.zone)
    if span is None or not _has_ties(rows):
        return NOT_LOOKED
    last = min(span.last, date.fromisoformat(query.until)) if query.until else span.last
    since = last - timedelta(days=last.weekday(), weeks=WEEKS - 1)
    window = {"since": since.isoformat(), "until": query.until, "against": None}
    voices: dict[str, set[str]] = defaultdict(set)
    for row in fitting(conn, query.model_copy(update=window), ws.settings.zone).rows:
        voices[row.theme or ""].add(row.voice)
    return {theme: len(some) for theme, some in voices.items()}


def _has_ties(rows: Sequence[Row]) -> bool:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.theme or ""].append(row)
    ranks = [strength(some) for some in groups.values()]
    return len(set(ranks)) < len(ranks)
