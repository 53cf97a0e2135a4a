"""Search: words and vectors together, over the passages of what was said."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from koe.index.nearest import cosines, vector_scores
from koe.index.scope import scope_of
from koe.index.words import word_scores
from koe.language.tokens import index_tokens, tokenize
from koe.language.vectors import Floats, embed_tokens
from koe.ledger.schema import passage, turn
from koe.ledger.upsert import chunks
from koe.workspace import Workspace

DEPTH = 200
"""How far down each list is looked at before they are put together."""
VECTOR_SHARE = 0.5
"""Weight of the cosine beside the mean of the two word scores, each divided by its best. Measured on
three Japanese sets (question to passage, two of topics) to gain on the topics and to cost nothing on
the questions; a start, not an optimum."""


class Hit(NamedTuple):
    """A passage that was found: `text` is `turn`'s text from `start` to `end`, masked as it stands."""

    conversation: str
    turn: int
    start: int
    end: int
    text: str
    score: float


def search(
    ws: Workspace,
    text: str,
    limit: int = 10,
    conversations: Collection[str] | None = None,
    roles: Collection[str] = ("customer",),
) -> list[Hit]:
    """The passages that fit best, best first; only of these conversations, when any are named."""
    if conversations is not None and not conversations:
        return []
    scope = scope_of(conversations, roles)
    tokens = tokenize(text)
    sought = index_tokens(text, tokens)
    vector = embed_tokens([tokens])[0]
    near = vector_scores(ws, vector, scope, DEPTH)
    with ws.ledger.connect() as conn:
        lists = [
            word_scores(conn, [token for token in sought if token[0] == kind], scope, DEPTH) for kind in "wg"
        ]
        fused = _fused(conn, lists, near, vector)
        return _hits(conn, fused, limit)


def _fused(
    conn: sa.Connection, lists: Sequence[dict[int, float]], near: dict[int, float], vector: Floats
) -> dict[int, float]:
    """One score for each passage of any list; a cosine that a list lacks is looked up."""
    numbers = {n for scores in (*lists, near) for n in scores}
    cosine = near | cosines(conn, vector, numbers - near.keys())
    fused = {n: VECTOR_SHARE * max(0.0, cosine.get(n, 0.0)) for n in numbers}
    for scores in lists:
        best = max(scores.values(), default=0.0)
        for n, score in scores.items():
            fused[n] += score / best / len(lists) if best > 0 else 0.0
    return fused


def _hits(conn: sa.Connection, scores: dict[int, float], limit: int) -> list[Hit]:
    """The best passages with their words; ties go by conversation and place."""
    found: list[Hit] = []
    for some in chunks(sorted(scores, key=lambda n: (-scores[n], n))[: limit + DEPTH]):
        columns = (passage.c.n, passage.c.conversation_id, passage.c.turn, passage.c.start, passage.c.end)
        joined = sa.and_(turn.c.conversation_id == passage.c.conversation_id, turn.c.n == passage.c.turn)
        query = sa.select(*columns, turn.c.text).join(turn, joined).where(passage.c.n.in_(some))
        found += [
            Hit(row[1], row[2], row[3], row[4], row.text[row[3] : row[4]], round(scores[row.n], 6))
            for row in conn.execute(query)
        ]
    return sorted(found, key=lambda hit: (-hit.score, hit[:3]))[:limit]
