"""The words that the deals of one outcome use more than the others, as facts of an answer."""

import re
from datetime import date
from typing import TYPE_CHECKING

from koe.ask.counting.figures import Found
from koe.ask.shape import AskFact, AskQuote
from koe.engine.base import Query
from koe.engine.offline.plan.words import OUTCOMES
from koe.language.text import normalize
from koe.workspace import Workspace

if TYPE_CHECKING:
    from koe.keywords.shape import Keyword

MOST = 8
QUOTES = 5


def compares_outcomes(question: str, query: Query) -> bool:
    """Whether won deals are held against lost ones, with nothing said of what they are compared by."""
    text = normalize(question).lower()
    named = {outcome for pattern, outcome in OUTCOMES if re.search(pattern, text)}
    return query.ask == "compare" and {"won", "lost"} <= named and not query.kinds


def terms_of_outcome(ws: Workspace, query: Query, found: Found) -> Found:
    """The same, with the words of the outcome asked for, or of both; a hint is marked as one."""
    from koe.keywords import compute_keywords

    since, until = (date.fromisoformat(day) if day else None for day in (query.since, query.until))
    report = compute_keywords(ws, since, until)
    words = [word for word in report.keywords if query.outcome in (None, word.outcome)][:MOST]
    if not words:
        return found
    facts = [fact for place, word in enumerate(words, 1) for fact in _facts(place, word)]
    quotes = [
        AskQuote(conversation=one.conversation, turn=one.turn, quote=one.quote)
        for word in words
        for one in word.quotes[:1]
    ][:QUOTES]
    cited = {one.conversation for word in words for one in word.quotes}
    return found._replace(
        facts=tuple(facts) if query.ask == "keywords" else (*found.facts, *facts),
        quotes=tuple(quotes) if query.ask == "keywords" else found.quotes,
        citations=tuple(sorted(cited if query.ask == "keywords" else cited | set(found.citations))),
    )


def _facts(place: int, word: "Keyword") -> list[AskFact]:
    cited = tuple(one.conversation for one in word.quotes)
    return [
        AskFact(id=f"word.{place}.term", label=word.tier, value=word.term, unit="name", records=cited),
        AskFact(id=f"word.{place}.won", label=word.term, value=word.deals_won, unit="deals", records=()),
        AskFact(id=f"word.{place}.lost", label=word.term, value=word.deals_lost, unit="deals", records=()),
    ]
