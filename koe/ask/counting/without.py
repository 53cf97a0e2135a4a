"""Questions that ask for all but a matter: what is of it is found, left out, and named."""

import re
from collections.abc import Sequence

from koe.ask.counting.figures import Found
from koe.ask.rows.select import Row
from koe.ask.shape import AskFact
from koe.engine.base import Query
from koe.engine.offline.plan.words import WITHOUT
from koe.language.text import normalize

__all__ = ["is_exclusion", "naming", "without"]


def is_exclusion(question: str, query: Query) -> bool:
    """Whether the question asks for what is said of anything but its words."""
    text = normalize(question).lower()
    return bool(query.words and query.kinds) and any(re.search(pattern, text) for pattern in WITHOUT)


def without(rows: Sequence[Row], of_it: Sequence[Row], words: Sequence[str]) -> list[Row]:
    """The rows but those of the matter, and those that have one of its words."""
    from koe.language.tokens import content_words, tokenize

    known = {(row.ledger_id, row.turn, row.start) for row in of_it}
    others = (row for row in rows if (row.ledger_id, row.turn, row.start) not in known)
    return [row for row in others if not {*words} & {*content_words(tokenize(row.quote))}]


def naming(found: Found, topic: str) -> Found:
    """The figures, and first of them the matter that they leave out."""
    left_out = AskFact(id="without.name", label="", value=topic, unit="name", records=found.citations)
    return found._replace(facts=(left_out, *found.facts)) if found.facts else found
