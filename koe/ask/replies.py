"""What was answered to customers: agents' sentences that are about the matter, not their small talk."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

import sqlalchemy as sa

from koe.ask.concepts import is_same_matter
from koe.ask.figures import Found, figures_of_words
from koe.ask.match import Matched
from koe.ask.quotes import REPLIES, REPLY_LENGTH, chosen
from koe.ask.select import Row
from koe.ask.shape import AskFact
from koe.engine.base import Query
from koe.language.text import sentences
from koe.language.tokens import content_words, index_tokens, tokenize
from koe.ledger.schema import turn
from koe.report.safe import shorten
from koe.workspace import Workspace

__all__ = ["figures_of_replies"]

TURNS = 2
"""Turns of agents behind a customer's words that may answer them."""
SHARE = 0.5
"""Share of the question's words that a sentence has which is about the matter."""
BOTH = 2
"""Words of the question and of the customer together that it has otherwise."""
_ASKS = re.compile(
    r"[?？]\s*$|(?:です|ます|でしょう|ません|ました)か[。.]?\s*$"
    r"|(?:お知らせ|お送り|お聞かせ|お教え|お申し付け|お待ち|お寄せ|ご返信|ご連絡|ご確認|教えて)"
    r"(?:ください|下さい|いただけ|願)"
    r"|\b(?:let (?:me|us) know|please (?:reply|send|tell|confirm|contact|bear)|get back to you)\b",
    re.IGNORECASE,
)
"""An agent that asks back, or for something, does not answer."""


class _Reply(NamedTuple):
    """A sentence of an agent's turn, and how much it has to do with the matter."""

    worth: tuple[float, int, int]
    text: str
    n: int


def figures_of_replies(
    conn: sa.Connection, ws: Workspace, query: Query, matched: Matched, topic: str
) -> Found:
    """The answers, and the figures of those who had one."""
    replies: dict[tuple[str, int], tuple[Row, _Reply]] = {}
    for row in chosen(matched.rows):
        reply = _best(conn, row, query.words)
        if reply is not None:
            replies.setdefault((row.ledger_id, reply.n), (row, reply))
    told = {row.ledger_id for row, _ in replies.values()}
    answered = matched._replace(rows=[row for row in matched.rows if row.ledger_id in told])
    plain = query.model_copy(update={"replies": False})
    found = figures_of_words(conn, ws, plain, answered, topic)
    facts = [_fact(place, row, one) for place, (row, one) in enumerate(list(replies.values())[:REPLIES], 1)]
    filters = found.filters.model_copy(update={"replies": True})
    return found._replace(filters=filters, facts=(*found.facts, *facts) if facts else ())


def _fact(place: int, row: Row, reply: _Reply) -> AskFact:
    text = shorten(" ".join(reply.text.split()), REPLY_LENGTH)
    label = f"{row.conversation} {reply.n}"
    return AskFact(id=f"reply.{place}", label=label, value=text, unit="text", records=(row.conversation,))


def _best(conn: sa.Connection, row: Row, words: Sequence[str]) -> _Reply | None:
    """The sentence of the next agents' turns that has most to do with the matter; None where none has."""
    query = sa.select(turn.c.n, turn.c.text).where(
        turn.c.conversation_id == row.ledger_id, turn.c.n > row.turn, turn.c.role == "agent"
    )
    turns = conn.execute(query.order_by(turn.c.n).limit(TURNS)).all()
    found = [reply for one in turns for reply in _about(one.n, one.text, row.quote, words)]
    return max(found, key=lambda reply: (reply.worth, -reply.n), default=None)


def _about(n: int, text: str, quote: str, words: Sequence[str]) -> Iterator[_Reply]:
    """The sentences of a turn that are about the matter and ask nothing."""
    asked = [token for word in words for token in index_tokens(word)[:1]]
    said = {token for token in index_tokens(" ".join(content_words(tokenize(quote)))) if token[0] == "w"}
    for start, end in sentences(text):
        sentence = text[start:end]
        tokens = {token for token in index_tokens(sentence) if token[0] == "w"}
        share, shared = _share(asked, tokens), len(said & tokens - {*asked})
        if _ASKS.search(sentence) or (share < SHARE and share * len(asked) + shared < BOTH):
            continue
        yield _Reply((share, shared, len(sentence)), sentence, n)


def _share(asked: Sequence[str], tokens: Set[str]) -> float:
    has = [any(one == other or is_same_matter(one, other) for other in sorted(tokens)) for one in asked]
    return sum(has) / len(has) if has else 0.0
