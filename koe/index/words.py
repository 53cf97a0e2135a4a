"""Word search: BM25 over index tokens, by the database's own full-text index."""

import math
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from koe.index.scope import Scope
from koe.ledger.schema import passage

K1 = 1.2
B = 0.75
"""BM25's usual constants, which SQLite's `bm25()` has built in."""
CANDIDATES = 3_000
"""PostgreSQL ranks without knowing how rare a word is, so about this many rows are scored here."""

_fts = sa.table("passage_fts", sa.column("rowid"), sa.column("n"), sa.column("words"))


def word_scores(conn: sa.Connection, tokens: Sequence[str], scope: Scope, limit: int) -> dict[int, float]:
    """The best passages by BM25 and their scores, by number; larger is better."""
    wanted = list(dict.fromkeys(tokens))
    if not wanted:
        return {}
    search = _postgresql if conn.dialect.name == "postgresql" else _sqlite
    return search(conn, wanted, scope, limit)


def _sqlite(conn: sa.Connection, tokens: Sequence[str], scope: Scope, limit: int) -> dict[int, float]:
    score: sa.Label[float] = sa.literal_column("bm25(passage_fts)", sa.Float).label("score")
    query = (
        sa.select(passage.c.n, score)
        .select_from(_fts.join(passage, passage.c.n == _fts.c.rowid))
        .where(sa.text("passage_fts MATCH :sought"), scope.where(conn))
        .order_by(score, passage.c.n)
        .limit(limit)
    )
    sought = " OR ".join(f'"{token}"' for token in tokens)
    return {row.n: -row.score for row in conn.execute(query, {"sought": sought})}


def _postgresql(conn: sa.Connection, tokens: Sequence[str], scope: Scope, limit: int) -> dict[int, float]:
    total = conn.scalar(sa.select(sa.func.count()).select_from(passage)) or 0
    known = _document_counts(conn, tokens)
    query = (
        sa.select(passage.c.n, passage.c.tokens)
        .select_from(_fts.join(passage, passage.c.n == _fts.c.n))
        .where(sa.text("passage_fts.words @@ CAST(:sought AS tsquery)"), scope.where(conn))
    )
    rows = conn.execute(query, {"sought": _either(_rarest(known))}).all() if known else []
    weights = {token: _rarity(count, total) for token, count in known.items()}
    scores = _bm25(rows, weights)
    best = sorted(scores, key=lambda n: (-scores[n], n))[:limit]
    return {n: scores[n] for n in best}


def _document_counts(conn: sa.Connection, tokens: Sequence[str]) -> dict[str, int]:
    """In how many passages each token is, of those that are in any."""
    statement = sa.text(
        "SELECT token, (SELECT count(*) FROM passage_fts"
        " WHERE words @@ CAST(quote_literal(token) AS tsquery)) AS known FROM unnest(:tokens) AS token"
    ).bindparams(sa.bindparam("tokens", type_=ARRAY(sa.String)))
    rows = conn.execute(statement, {"tokens": list(tokens)})
    return {row.token: row.known for row in rows if row.known}


def _rarest(known: dict[str, int]) -> list[str]:
    """The rarest tokens: all of them, or as many as select enough passages."""
    chosen: list[str] = []
    found = 0
    for token in sorted(known, key=lambda token: (known[token], token)):
        if chosen and found + known[token] > CANDIDATES:
            break
        chosen.append(token)
        found += known[token]
    return chosen


def _either(tokens: Sequence[str]) -> str:
    return " | ".join(f"'{token}'" for token in tokens)


def _rarity(count: int, total: int) -> float:
    return max(math.log((total - count + 0.5) / (count + 0.5)), 1e-6)


def _bm25(rows: Sequence[sa.Row[Any]], weights: dict[str, float]) -> dict[int, float]:
    """SQLite's formula, with the mean length taken over the rows that are scored."""
    texts = {row.n: row.tokens.split(" ") for row in rows}
    mean = sum(map(len, texts.values())) / max(1, len(texts))
    return {n: _score(tokens, weights, mean) for n, tokens in texts.items()}


def _score(tokens: Sequence[str], weights: dict[str, float], mean: float) -> float:
    counts: dict[str, int] = {}
    for token in tokens:
        if token in weights:
            counts[token] = counts.get(token, 0) + 1
    norm = K1 * (1 - B + B * len(tokens) / mean)
    return sum(weights[token] * n * (K1 + 1) / (n + norm) for token, n in counts.items())
