"""Whether the vector index is what the ledger says.

A count proves nothing, because Chroma can lose vectors and keep their ids: vectors have to find themselves.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.errors import RetryError
from koe.examined import examined_in
from koe.index.manifest import FORMAT, Manifest, damage, noted, was_cut_off
from koe.index.shelf import OWN, Shelf
from koe.index.store import BATCH, collection_of, folder_of, locked
from koe.language.vectors import Floats
from koe.wording.catalogue import said_in
from koe.workspace import Workspace

SAMPLE = 8
"""Vectors that have to find themselves whenever the index is opened."""
LARGE_SAMPLE = 200
"""The same where the index is doubted, or looked at by `koe doctor`, which also compares every vector."""
LOOSE = 0.02
"""Share of vectors that no way in a sound graph may lead to; among 1,300 passages it is .002. What Chroma has
lost cannot be read out of it either (`Error finding id`), so that it is seen all the same."""
CLOSE = 1e-3
"""Cosine distance within which a vector is the same after rounding."""


class UnsoundError(Exception):
    """The index is not what the ledger says."""


class Health(NamedTuple):
    """What was found; `says` names the next move when something is wrong."""

    ok: bool
    says: str
    passages: int


def examine(ws: Workspace, shelf: Shelf = OWN) -> Health:
    """The whole index against the whole ledger; nothing is changed."""
    with ws.ledger.connect() as conn:
        count = conn.scalar(sa.select(sa.func.count()).select_from(shelf.table)) or 0
        waiting = conn.scalar(sa.select(sa.func.count()).select_from(shelf.change)) or 0
    fault, words = _fault(ws, shelf) if count else None, examined_in(ws.settings.language)
    if fault:
        told = said_in(fault, ws.settings.language)
        return Health(False, words.index_fault.format(fault=told), count)
    late = words.index_late.format(n=waiting) if waiting else ""
    return Health(True, words.passages.format(n=count, embedder=shelf.embedder, late=late), count)


def standing(ws: Workspace, shelf: Shelf = OWN) -> tuple[Manifest | None, bool]:
    """The index as far as can be seen from outside: its manifest or None, and whether to doubt it."""
    with ws.ledger.connect() as conn:
        manifest = noted(conn, shelf)
    if manifest is None or _outdated(manifest, shelf) or _damage(ws, manifest, full=False):
        return None, True
    return manifest, not ws.settings.chroma_url and was_cut_off(folder_of(ws, manifest.place))


def check_inside(ws: Workspace, collection: Any, *, full: bool, shelf: Shelf = OWN) -> None:
    """Let a sample of vectors find themselves; `full` also compares every vector with the ledger's.

    Raises UnsoundError with what is wrong.
    """
    with ws.ledger.connect() as conn:
        pending = set(conn.scalars(sa.select(shelf.change.c.key)))
        if full:
            _check_ids(conn, collection, pending, shelf)
            _check_vectors(conn, collection, pending, shelf)
        known = _sample(conn, LARGE_SAMPLE if full else SAMPLE, shelf)
    asked = [(key, vector) for key, vector in known if key not in pending]
    lost = [key for key, vector in asked if not _finds_itself(collection, vector)]
    if len(lost) > max(1, LOOSE * len(asked)):
        raise UnsoundError(f"{len(lost)} of {len(asked)} vectors do not find themselves")


@cache
def chroma_errors() -> tuple[type[Exception], ...]:
    """What an index that is damaged raises."""
    from chromadb.errors import ChromaError

    return (UnsoundError, ChromaError, ValueError, KeyError, RuntimeError, OSError)


def _check_ids(conn: sa.Connection, collection: Any, pending: set[str], shelf: Shelf) -> None:
    expected = set(conn.scalars(sa.select(shelf.table.c.key).where(shelf.has_vector)))
    present = set(collection.get(include=[])["ids"])
    if wrong := (expected ^ present) - pending:
        raise UnsoundError(f"{len(wrong)} passages are missing or left over")


def _check_vectors(conn: sa.Connection, collection: Any, pending: set[str], shelf: Shelf) -> None:
    last = 0
    table = shelf.table.c
    query = sa.select(table.n, table.key, table.vector).where(shelf.has_vector).order_by(table.n)
    while rows := conn.execute(query.where(table.n > last).limit(BATCH)).all():
        known = {row.key: _floats(row.vector) for row in rows if row.key not in pending}
        found = collection.get(ids=sorted(known), include=["embeddings"]) if known else {"ids": []}
        same = zip(found["ids"], found.get("embeddings", ()), strict=True)
        if sum(_is_same(known[key], vector) for key, vector in same) != len(known):
            raise UnsoundError("vectors differ from the ledger's")
        last = rows[-1].n


def _is_same(known: Floats, found: Floats) -> bool:
    """Whether they point the same way; in the index a vector has been moved a step (`rebuild.APART`)."""
    return float(known @ found) > (1 - CLOSE) * float(np.linalg.norm(known) * np.linalg.norm(found))


def _sample(conn: sa.Connection, size: int, shelf: Shelf) -> list[tuple[str, Floats]]:
    """Passages spread evenly over the ledger."""
    table = shelf.table.c
    low, high = conn.execute(sa.select(sa.func.min(table.n), sa.func.max(table.n))).one()
    if low is None:
        return []
    query = sa.select(table.key, table.vector).where(shelf.has_vector).order_by(table.n).limit(1)
    places = sorted({low + (high - low) * step // max(1, size - 1) for step in range(size)})
    rows = [conn.execute(query.where(table.n >= place)).first() for place in places]
    return [(row.key, _floats(row.vector)) for row in dict.fromkeys(rows) if row]


def _finds_itself(collection: Any, vector: Floats) -> bool:
    """Whether the nearest passage is this one, or another with the very same vector."""
    near = collection.query(query_embeddings=[vector], n_results=1, include=["distances"])["distances"][0]
    return bool(near) and abs(near[0]) < CLOSE


def _floats(stored: bytes) -> Floats:
    return np.frombuffer(stored, "<f2").astype(np.float32)


def _fault(ws: Workspace, shelf: Shelf) -> str | None:
    with ws.ledger.connect() as conn:
        manifest = noted(conn, shelf)
    if manifest is None:
        return "the vector index has not been built"
    if outdated := _outdated(manifest, shelf):
        return outdated
    with locked(ws):
        if harm := _damage(ws, manifest, full=True):
            return harm
        try:
            with collection_of(ws, manifest) as collection:
                check_inside(ws, collection, full=True, shelf=shelf)
        except RetryError as error:
            return str(error).rstrip(".")
        except UnsoundError as error:
            return f"the vector index is damaged: {error}"
        except chroma_errors() as error:
            return f"the vector index cannot be read ({type(error).__name__})"
    return None


def _outdated(manifest: Manifest, shelf: Shelf) -> str | None:
    wanted = (FORMAT, shelf.embedder, shelf.dimension)
    if (manifest.format, manifest.embedder, manifest.dimension) == wanted:
        return None
    return f"the vector index was made by {manifest.embedder}, format {manifest.format}"


def _damage(ws: Workspace, manifest: Manifest, full: bool) -> str | None:
    if ws.settings.chroma_url:
        return None
    harm = damage(folder_of(ws, manifest.place), manifest, full=full)
    return f"the vector index is damaged: {harm}" if harm else None
