"""A word or a name by itself, and who mentions a thing: counted where it is said, in whatever form.

Both ways of asking give one number. What only means the same is told beside it; where nobody says the
thing itself, what is nearest in meaning is told as no more than near.
"""

import re
from datetime import date

import sqlalchemy as sa

from koe.ask.counting.figures import Found, figures_of_words
from koe.ask.counting.without import is_exclusion
from koe.ask.matching.match import Matter, match
from koe.ask.matching.unsaid import names_in
from koe.ask.records.amounts import is_by_amount
from koe.ask.records.mention import mentioned
from koe.ask.shape import AskFact
from koe.engine.base import Query
from koe.language.sudachi import JAPANESE
from koe.language.text import normalize
from koe.workspace import Workspace

__all__ = ["said_for_itself"]

LEAST = 2
"""Conversations that have a phrase of several words from which on it is counted as it stands."""
_BARE = {"ask", "words", "language", "read_as"}
"""What is known of a question that is nothing but a matter."""
_EDGES = " \t\n?？!！.。、,「」『』\"“”'‘’"
_COMPOUND = ("word", "名詞", "接頭辞", "接尾辞", "形状詞", "記号", "補助記号")


def said_for_itself(conn: sa.Connection, ws: Workspace, matter: Matter) -> Found | None:
    """How many say a thing, where the question is but a word or a name, or asks who mentions it.

    None for every other question; and for one of deals' outcomes where hardly anybody has the very words.
    """
    term = _term(matter)
    if not term:
        return None
    query = matter.query
    found = mentioned(conn, ws, query.model_copy(update={"mentions": (term,)}))
    if len(found.citations) >= (1 if _is_one(term) else LEAST):
        return _with_near(conn, ws, matter, _told(found, term, query))
    if query.outcome or query.ask == "compare":
        return None
    matched = match(conn, ws, matter)
    return figures_of_words(conn, ws, query, matched._replace(loose=bool(matched.rows)), term)


def _term(matter: Matter) -> str:
    """What is asked for as it is written; empty where something else is asked."""
    query = matter.query
    whole = matter.question.strip(_EDGES)
    is_bare = {*query.model_dump(exclude_defaults=True)} <= _BARE and query.ask == "passage"
    if is_bare and query.words and _is_one(whole):
        return whole
    is_other = query.kinds or query.themes or query.replies or query.amount or query.by_industry
    if is_other or is_by_amount(query) or is_exclusion(matter.question, query) or query.ask == "reasons":
        return ""
    return _mentioned_in(matter.question)


def _mentioned_in(question: str) -> str:
    """What the question asks who mentions it, without a period that stands beside it."""
    from koe.engine.offline.plan.periods import all_days_of
    from koe.engine.offline.plan.words import SPEAK

    text = normalize(question)
    found = re.search(SPEAK, text.lower())
    if found is None:
        return ""
    start, end = next(found.span(n) for n, group in enumerate(found.groups(), 1) if group)
    for days in all_days_of(question, date(2000, 1, 1)):
        for since, until in days.spans:
            end = since if start < since < end else end
            start = until if since <= start < until else start
    return text[start:end].strip(_EDGES)


def _is_one(term: str) -> bool:
    """Whether it is one word, a compound or a name: what people say as it stands if they mean it."""
    from koe.language.tokens import content_words, tokenize

    tokens = tokenize(term)
    if JAPANESE.search(term):
        return all(token.pos[0] in _COMPOUND for token in tokens)
    words = content_words(tokens)
    return len(words) < 2 or any(one.written == term for one in names_in(term, words) if not one.has_meaning)


def _told(found: Found, term: str, query: Query) -> Found:
    """The figures by the term as it is asked for; without deals where none is asked for and none has it."""
    deals = [fact for fact in found.facts if fact.unit == "deals"]
    is_of_deals = query.outcome or query.counted == "deals" or query.ask == "compare"
    left_out = [] if is_of_deals or any(one.value for one in deals) else deals
    facts = (
        fact.model_copy(update={"value": term}) if fact.id == "mention.term" else fact
        for fact in found.facts
        if fact not in left_out
    )
    return found._replace(facts=tuple(facts))


def _with_near(conn: sa.Connection, ws: Workspace, matter: Matter, found: Found) -> Found:
    """The figures, and how many more mean the same in other words; for a name nothing else stands."""
    if matter.query.outcome or _is_name(matter, found):
        return found
    said = {*found.citations}
    rows = [row for row in match(conn, ws, matter).rows if row.conversation not in said]
    if not rows:
        return found
    near = AskFact(
        id="near.conversations", label="", value=len({row.counted_as for row in rows}),
        unit="conversations", records=tuple(sorted({row.conversation for row in rows})),
    )  # fmt: skip
    return found._replace(facts=(*found.facts, near))


def _is_name(matter: Matter, found: Found) -> bool:
    """Whether the thing is a name: known as one, or written with a capital by all who ask and say it."""
    term = next(str(fact.value) for fact in found.facts if fact.id == "mention.term")
    is_written_so = term[:1].isupper() and all(term in quote.quote for quote in found.quotes)
    names = names_in(matter.question, matter.query.words)
    return is_written_so or any(not name.has_meaning for name in names)
