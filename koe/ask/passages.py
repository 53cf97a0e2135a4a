"""When no theme fits: the passages that hold the question's words, or nothing at all."""

from collections.abc import Sequence

from koe.ask.figures import QUOTES, Found
from koe.ask.select import conversations_of
from koe.ask.shape import AskFact, AskQuote, Filters
from koe.engine.base import Query
from koe.workspace import Workspace

LOOKED_AT = 30
COVERED = 0.7
"""Share of the question's words that a passage has to hold, to carry an answer."""


def passages_for(ws: Workspace, query: Query) -> Found | None:
    """Passages that hold most of the question's words, best first; None when no passage does."""
    from koe.index.search import search

    with ws.ledger.connect() as conn:
        allowed = conversations_of(conn, query, ws.settings.zone)
    hits = search(ws, " ".join(query.words), limit=LOOKED_AT, conversations=sorted(allowed))
    fitting = [hit for hit in hits if _covers(hit.text, query.words)]
    if not fitting:
        return None
    cited = tuple(sorted({allowed[hit.conversation] for hit in fitting}))
    quotes = tuple(
        AskQuote(conversation=allowed[hit.conversation], turn=hit.turn, quote=hit.text)
        for hit in fitting[:QUOTES]
    )
    count = AskFact(
        id="passages.conversations", label="", value=len(cited), unit="conversations", records=cited
    )
    return Found(Filters(**query.model_dump()), (count,), cited, quotes)


def _covers(text: str, words: Sequence[str]) -> bool:
    from koe.tokens import content_words, tokenize

    has = set(content_words(tokenize(text)))
    return sum(word in has for word in words) >= COVERED * len(words)
