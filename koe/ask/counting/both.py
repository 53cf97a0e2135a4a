"""Questions for accounts: who said a thing of each of several kinds, who says most."""

import re
from collections.abc import Sequence

import sqlalchemy as sa

from koe.ask.counting.count import count_all
from koe.ask.counting.figures import Found, namer, names_of, records_of
from koe.ask.counting.kinds import kinds_named
from koe.ask.counting.quotes import quotes_of
from koe.ask.counting.who import MOST, count_most
from koe.ask.rows.select import Row, cited
from koe.ask.shape import AskFact, Filters
from koe.engine.base import Query
from koe.engine.offline.plan.who import BOTH_KINDS, MOST_BY_WHOM
from koe.language.text import normalize
from koe.workspace import Workspace

__all__ = ["figure_of_both", "figure_of_most", "is_of_both", "is_of_most"]


def is_of_both(question: str, query: Query) -> bool:
    """Whether the question asks for those who said a thing of every kind that it names."""
    is_plain = len(query.kinds) > 1 and not query.words and not query.mentions
    return is_plain and re.search(BOTH_KINDS, normalize(question).lower()) is not None


def is_of_most(question: str, query: Query) -> bool:
    """Whether the question asks which accounts say most, not what is said most."""
    is_plain = query.kinds and not query.words and not query.mentions
    return bool(is_plain) and re.search(MOST_BY_WHOM, normalize(question).lower()) is not None


def figure_of_most(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row]) -> Found:
    """The accounts with the most conversations of these kinds."""
    if not rows:
        return Found(Filters(**query.model_dump()), (), (), ())
    facts = [*count_all(rows, "", "total"), *count_most(rows, namer(ws), _most(query))]
    first = {id for fact in facts if fact.id.startswith("who.") for id in fact.records}
    told = [row for row in rows if row.conversation in first]
    return Found(
        Filters(**query.model_dump()), tuple(facts), cited(told), quotes_of(ws, told, names_of(conn, told))
    )


def _most(query: Query) -> int:
    return query.top if query.top and query.top > 1 else MOST


def figure_of_both(conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row]) -> Found:
    """Those accounts by name, counted with what they said of these kinds."""
    voices = [{row.voice for row in rows if row.kind == kind} for kind in query.kinds]
    told = [row for row in rows if row.voice in set.intersection(*voices)]
    if not told:
        return Found(Filters(**query.model_dump()), (), (), ())
    name = AskFact(
        id="all.name", label="", value=kinds_named(query.kinds, query.language), unit="name",
        records=cited(told),
    )  # fmt: skip
    facts = [name, *count_all(told, str(name.value)), *records_of(ws, query, told)]
    quotes = quotes_of(ws, told, names_of(conn, told))
    return Found(Filters(**query.model_dump()), tuple(facts), cited(told), quotes)
