"""A question that holds two matters against each other, as a question of each."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from koe.ask.question.written import as_written
from koe.ask.shape import Narrowed
from koe.engine.base import Query
from koe.engine.offline.plan.compared import Compared, Stretch, matters_compared, words_apart
from koe.engine.offline.plan.filters import PlacedWord, kinds_in
from koe.engine.offline.plan.words import OUTCOMES
from koe.language.text import normalize

__all__ = ["Side", "sides_of", "with_compared"]


class Side(NamedTuple):
    """One of two matters."""

    name: str
    """As the question writes it."""
    question: str
    """The question with this matter alone."""
    words: tuple[str, ...]
    """Its own words, and those that the question says of both."""


def with_compared(question: str, query: Narrowed) -> Narrowed:
    """The query with the names of the two matters that the question holds against each other, if any."""
    sides = sides_of(question, query)
    return query.model_copy(update={"compared": tuple(side.name for side in sides)}) if sides else query


def sides_of(question: str, query: Query) -> tuple[Side, Side] | None:
    """The two matters; None where it holds no two, or parts of the data, against each other."""
    found = None if _is_of_else(question, query) else matters_compared(question)
    if found is None:
        return None
    text = normalize(question)
    words = [one for one in words_apart(question) if one.word in query.words]
    halves = found.first, found.second
    around = f"{text[: found.whole.start]} {text[found.whole.end :]}"
    if len({kinds_in(one.lower()) for one in (around, *(text[a:b] for a, b in halves))} - {()}) > 1:
        return None
    first, second = (_side(text, found, half, words) for half in halves)
    if first is None or second is None or first.name == second.name:
        return None
    return first, second


def _side(text: str, found: Compared, own: Stretch, words: Sequence[PlacedWord]) -> Side | None:
    said, first = _within(words, own), _within(words, found.first)
    if not said or not first:
        return None
    whole = found.whole
    lead = _lead(text[whole.start : first[0].start])
    own_lead = _lead(text[own.start : said[0].start]) or lead
    before = text[: first[0].start].removesuffix(lead)
    alone = f"{before}{own_lead}{text[said[0].start : own.end].strip()}{text[whole.end :]}"
    shared = [one for one in words if one.end <= whole.start or whole.end <= one.start]
    told, every = (tuple(dict.fromkeys(one.word for one in some)) for some in (said, [*said, *shared]))
    return Side(as_written(text[own.start : own.end], told), alone, every)


def _lead(text: str) -> str:
    """What leads up to a matter in English, from its preposition on."""
    match = re.search(r"\b(?:about|that|for|with|of|over) [\w'’ ]*$", text, re.IGNORECASE)
    return match[0] if match else ""


def _within(words: Sequence[PlacedWord], piece: Stretch) -> list[PlacedWord]:
    return [one for one in words if piece.start <= one.start and one.end <= piece.end]


def _is_of_else(question: str, query: Query) -> bool:
    """Whether it compares periods, channels, outcomes or trades, or wants deals, amounts or replies."""
    text = normalize(question).lower()
    of_parts = query.against is not None or query.by_stream or query.by_industry
    outcomes = {name for pattern, name in OUTCOMES if re.search(pattern, text)}
    of_records = query.amount or query.replies or query.mentions or query.themes
    narrowed = isinstance(query, Narrowed) and (query.apart or query.by_amount or query.rate)
    return bool(of_parts or len(outcomes) > 1 or of_records or narrowed)
