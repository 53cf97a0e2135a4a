"""Two matters held against each other: each counted for itself, and how far they are apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

import sqlalchemy as sa

from koe.ask.counting.count import count_all, count_parts
from koe.ask.counting.figures import Found, names_of
from koe.ask.counting.quotes import GIVEN, quotes_of
from koe.ask.matching.match import Matched
from koe.ask.rows.select import cited
from koe.ask.shape import AskFact, AskQuote, Filters
from koe.engine.base import Query
from koe.workspace import Workspace

__all__ = ["figures_compared"]


def figures_compared(
    conn: sa.Connection, ws: Workspace, query: Query, matched: Mapping[str, Matched]
) -> Found:
    """What was found of two matters, by their names in the order of the question."""
    sides = list(matched.values())
    rows = [row for side in sides for row in side.rows]
    unsaid = tuple(dict.fromkeys(word for side in sides for word in side.unsaid))
    filters = query.model_dump() | {
        "themes": tuple(dict.fromkeys(id for side in sides for id in side.themes)),
        "theme_names": tuple(dict.fromkeys(name for side in sides for name in side.names)),
        "loosely": bool(query.kinds) and any(row.kind not in query.kinds for row in rows),
    }
    facts = [fact for n, item in enumerate(matched.items(), 1) for fact in _of_side(f"matter.{n}", *item)]
    facts += [*_lacking(sides), *_apart(facts, query), *_shared(sides)] if rows else []
    quotes = _in_turn([quotes_of(ws, side.rows, names_of(conn, side.rows)) for side in sides])
    aside = tuple(dict.fromkeys(row for side in sides for row in side.aside))
    return Found(Filters(**filters), tuple(facts), cited(rows), quotes[:GIVEN], unsaid, aside)


def _of_side(stem: str, name: str, side: Matched) -> list[AskFact]:
    """Its name and its counts; the name alone where nobody speaks of it."""
    label = "unheard" if not side.rows else "near" if side.loose else ""
    named = AskFact(id=f"{stem}.name", label=label, value=name, unit="name", records=cited(side.rows))
    return [named, *(count_all(side.rows, name, stem) if side.rows else ())]


def _lacking(sides: Sequence[Matched]) -> Iterator[AskFact]:
    """Words of either matter that no customer says."""
    words = [(word, side) for side in sides for word in side.lacking]
    for n, (word, side) in enumerate(words, 1):
        yield AskFact(id=f"lacking.{n}.name", label="", value=word, unit="name", records=cited(side.rows))


def _apart(facts: Iterable[AskFact], query: Query) -> Iterator[AskFact]:
    """How many more the one has than the other, where both have some and not as many."""
    found = {fact.id: fact for fact in facts}
    for unit in ("accounts", "conversations", *(["deals"] if query.counted == "deals" else [])):
        one, other = (found.get(f"matter.{n}.{unit}") for n in (1, 2))
        if one and other and one.value != other.value:
            apart = abs(int(one.value) - int(other.value))
            records = tuple(sorted({*one.records, *other.records}))
            yield AskFact(id=f"lead.{unit}", label="", value=apart, unit=unit, records=records)


def _shared(sides: Sequence[Matched]) -> list[AskFact]:
    """Conversations that speak of both, where there are such: each counts for either."""
    told = set.intersection(*({row.counted_as for row in side.rows} for side in sides))
    rows = [row for side in sides for row in side.rows if row.counted_as in told]
    return count_parts({"conversations": rows}, "shared") if rows else []


def _in_turn(quotes: Sequence[Sequence[AskQuote]]) -> tuple[AskQuote, ...]:
    """The quotes of either matter by turns, each once."""
    return tuple(dict.fromkeys(one for one in chain.from_iterable(zip_longest(*quotes)) if one))
