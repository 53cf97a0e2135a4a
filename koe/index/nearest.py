"""Vector search: exact over the ledger's own vectors while they are few, by Chroma where they are many."""

from collections.abc import Collection
from typing import Any

import numpy as np
import sqlalchemy as sa

from koe.errors import KoeError
from koe.index.health import check_inside, chroma_errors, standing
from koe.index.scope import Scope
from koe.index.shelf import OWN, Shelf
from koe.index.store import collection_of, locked
from koe.language.vectors import Floats
from koe.ledger.schema import passage
from koe.ledger.upsert import chunks
from koe.workspace import Workspace

EXACT = 20_000
"""Passages up to which every vector is compared: faster than importing Chroma."""
OVERFETCH = 10
"""Chroma is asked for so many times what is needed, because it does not know the scope."""


def vector_scores(
    ws: Workspace, vector: Floats, scope: Scope, limit: int, shelf: Shelf = OWN
) -> dict[int, float]:
    """The nearest passages and their cosine, by number."""
    if not vector.any():
        return {}
    with ws.ledger.connect() as conn:
        few = _at_most(conn, scope, EXACT)
        found = None if few else _from_chroma(ws, vector, scope, limit, shelf)
        return _exact(conn, vector, scope, limit, shelf) if found is None else found


def cosines(
    conn: sa.Connection, vector: Floats, numbers: Collection[int], shelf: Shelf = OWN
) -> dict[int, float]:
    """The cosine of each of these passages."""
    found: dict[int, float] = {}
    for some in chunks(sorted(numbers)):
        query = shelf.select(passage.c.n, shelf.table.c.vector).where(passage.c.n.in_(some))
        found |= _compared(conn.execute(query).all(), vector)
    return found


def _at_most(conn: sa.Connection, scope: Scope, limit: int) -> bool:
    few = sa.select(passage.c.n).where(scope.where(conn)).limit(limit + 1).subquery()
    return (conn.scalar(sa.select(sa.func.count()).select_from(few)) or 0) <= limit


def _exact(conn: sa.Connection, vector: Floats, scope: Scope, limit: int, shelf: Shelf) -> dict[int, float]:
    query = shelf.select(passage.c.n, shelf.table.c.vector).where(scope.where(conn))
    found: dict[int, float] = {}
    for rows in conn.execution_options(yield_per=EXACT).execute(query).partitions():
        found = _best(found | _compared(rows, vector), limit)
    return found


def _compared(rows: Any, vector: Floats) -> dict[int, float]:
    if not rows:
        return {}
    matrix = np.frombuffer(b"".join(row.vector for row in rows), "<f2").reshape(len(rows), -1)
    scores = matrix.astype(np.float32) @ vector
    return dict(zip((row.n for row in rows), scores.tolist(), strict=True))


def _best(scores: dict[int, float], limit: int) -> dict[int, float]:
    best = sorted(scores, key=lambda n: (-round(scores[n], 6), n))[:limit]
    return {n: scores[n] for n in best}


def _from_chroma(
    ws: Workspace, vector: Floats, scope: Scope, limit: int, shelf: Shelf
) -> dict[int, float] | None:
    """The same from the index, or None when it is not sound, not there, or the scope leaves too little."""
    keys = _near_keys(ws, vector, limit * OVERFETCH, shelf)
    if keys is None:
        return None
    with ws.ledger.connect() as conn:
        numbers: list[int] = []
        for some in chunks(keys):
            query = sa.select(passage.c.n).where(passage.c.key.in_(some), scope.where(conn))
            numbers += conn.scalars(query)
        enough = len(numbers) >= limit or len(keys) < limit * OVERFETCH
        return _best(cosines(conn, vector, numbers, shelf), limit) if enough else None


def _near_keys(ws: Workspace, vector: Floats, limit: int, shelf: Shelf) -> list[str] | None:
    try:
        with locked(ws):
            manifest, doubtful = standing(ws, shelf)
            if manifest is None or doubtful:
                return None
            with collection_of(ws, manifest) as collection:
                check_inside(ws, collection, full=False, shelf=shelf)
                near = collection.query(query_embeddings=[vector], n_results=limit, include=[])
                return list(near["ids"][0])
    except KoeError:
        return None
    except chroma_errors():
        return None
