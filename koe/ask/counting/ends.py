"""The first or the last of what fits, for a question that asks for it: its day, account and words."""

import re
from collections.abc import Sequence
from typing import Literal

import sqlalchemy as sa

from koe.ask.counting.figures import Found, ends_of, names_of
from koe.ask.counting.quotes import quotes_of
from koe.ask.rows.select import Row
from koe.ask.shape import AskFact, Filters
from koe.engine.base import Query
from koe.engine.offline.plan.words import EARLIEST, LATEST
from koe.language.text import normalize
from koe.workspace import Workspace

__all__ = ["End", "end_asked", "figure_of_end"]

End = Literal["first", "last"]


def end_asked(question: str) -> End | None:
    """Which end of time a question asks for; None where it asks for neither, or for both."""
    text = normalize(question).lower()
    first, last = (bool(re.search(pattern, text)) for pattern in (EARLIEST, LATEST))
    if first == last:
        return None
    return "first" if first else "last"


def figure_of_end(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row], end: End) -> Found:
    """Day, account and words of that end of the rows, which are oldest first."""
    row = rows[0] if end == "first" else rows[-1]
    given = {fact.id: fact for fact in ends_of(ws, [row])}
    wanted = ["day", *(["name"] if row.account else [])]
    facts: list[AskFact] = [
        given[f"{end}.{what}"].model_copy(update={"id": f"end.{what}", "label": end}) for what in wanted
    ]
    quotes = quotes_of(ws, [row], names_of(conn, [row]))
    return Found(Filters(**query.model_dump()), tuple(facts), (row.conversation,), quotes)
