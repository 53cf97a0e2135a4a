"""What was answered to customers: agents' sentences that are about the matter, not their small talk."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set

import sqlalchemy as sa

from koe.ask.counting.figures import Found, figures_of_words
from koe.ask.counting.quotes import REPLIES, REPLY_LENGTH, chosen
from koe.ask.matching.concepts import is_same_matter
from koe.ask.matching.match import Matched, Matter
from koe.ask.records.said_next import Reply, heard, turns_behind
from koe.ask.rows.select import Row, cited
from koe.ask.shape import AskFact
from koe.language.statements import ASKS
from koe.language.text import normalize, sentences
from koe.language.tokens import content_words, index_tokens, tokenize
from koe.report.safe import shorten
from koe.workspace import Workspace

__all__ = ["figures_of_replies"]

WHO = (
    r"(?:^|(?<=[,;.] )|(?<=and ))who\b|\bby whom\b|\bwhich (?:compan|customer|account|client)"
    r"|誰|どなた|どこの?(?:会社)?[がかの]|どの(?:会社|お客|顧客|企業)"
)
"""The question wants those who asked, too."""
SHARE = 0.5
"""Share of the question's words that a sentence has which is about the matter."""
BOTH = 2
"""Words of the question and of the customer together that it has otherwise."""


def figures_of_replies(
    conn: sa.Connection, ws: Workspace, matter: Matter, matched: Matched, topic: str
) -> Found:
    """The answers with the figures of those who had one; of all who speak of it where that is wanted.

    Where none is about the matter by its words, it is what was said next that is shown, and as that.
    """
    query, rows = matter.query, chosen(matched.rows)
    direct = {row: reply for row in rows if (reply := _best(conn, row, query.words))}
    left = [row for row in rows if row not in direct]
    by_whom = re.search(WHO, normalize(matter.question).lower()) is not None
    wants_more = not direct or (by_whom and len(direct) < REPLIES)
    said_next = heard(conn, left, {row.ledger_id for row in rows}) if wants_more else {}
    is_of_all = by_whom or bool(said_next)
    told = {row.ledger_id for row in direct}
    answered = [row for row in matched.rows if row.ledger_id in told]
    over = matched if is_of_all or not answered else matched._replace(rows=answered)
    plain = query.model_copy(update={"replies": False})
    found = figures_of_words(conn, ws, plain, over, topic)
    facts = [_answered(answered)] if is_of_all and matched.rows else []
    facts += [*_facts("reply", direct), *_facts("next", said_next)]
    filters = found.filters.model_copy(update={"replies": True})
    if not facts:
        return found._replace(filters=filters, facts=(), citations=())
    return found._replace(filters=filters, facts=(*found.facts, *facts))


def _answered(rows: Sequence[Row]) -> AskFact:
    """In how many conversations an answer was found, also where that is none."""
    count = len({row.counted_as for row in rows})
    return AskFact(
        id="answered.conversations", label="", value=count, unit="conversations", records=cited(rows)
    )


def _facts(name: str, replies: Mapping[Row, Reply]) -> list[AskFact]:
    """Each answer once, with its conversation and turn."""
    told: dict[tuple[str, int], AskFact] = {}
    for row, one in replies.items():
        text = shorten(" ".join(one.text.split()), REPLY_LENGTH)
        fact = AskFact(
            id=f"{name}.{len(told) + 1}", label=f"{row.conversation} {one.n}", value=text, unit="text",
            records=(row.conversation,),
        )  # fmt: skip
        told.setdefault((row.ledger_id, one.n), fact)
    return list(told.values())[:REPLIES]


def _best(conn: sa.Connection, row: Row, words: Sequence[str]) -> Reply | None:
    """The sentence of the next agents' turns that has most to do with the matter; None where none has."""
    found = [reply for one in turns_behind(conn, row) for reply in _about(one.n, one.text, row.quote, words)]
    return max(found, key=lambda reply: (reply.worth, -reply.n), default=None)


def _about(n: int, text: str, quote: str, words: Sequence[str]) -> Iterator[Reply]:
    """The sentences of a turn that are about the matter and ask nothing."""
    asked = [token for word in words for token in index_tokens(word)[:1]]
    said = {token for token in index_tokens(" ".join(content_words(tokenize(quote)))) if token[0] == "w"}
    for start, end in sentences(text):
        sentence = text[start:end]
        tokens = {token for token in index_tokens(sentence) if token[0] == "w"}
        share, shared = _share(asked, tokens), len(said & tokens - {*asked})
        if ASKS.search(sentence) or (share < SHARE and share * len(asked) + shared < BOTH):
            continue
        yield Reply((share, shared, len(sentence)), sentence, n)


def _share(asked: Sequence[str], tokens: Set[str]) -> float:
    has = [any(one == other or is_same_matter(one, other) for other in sorted(tokens)) for one in asked]
    return sum(has) / len(has) if has else 0.0
