"""Keeping the vector index what the ledger says: telling it what changed, or building it anew.

The ledger holds every vector, so that nothing is computed here. The database writes down which
passages came or went (`passage_change`); a line of it goes only when the index has been told.
"""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa

from koe import faults
from koe.index.health import check_inside, chroma_errors, standing
from koe.index.manifest import Manifest, manifest_for, noted, set_note
from koe.index.shelf import OWN, Shelf
from koe.index.store import BATCH, collection_of, drop_collection, folder_of, locked
from koe.language.vectors import Floats
from koe.ledger.schema import conversation, note, passage
from koe.ledger.upsert import chunks
from koe.weeks import monday, week_of
from koe.workspace import PRIVATE_FOLDER, Workspace

EPOCH = date(1970, 1, 1)
APART = 0.003
"""How far a vector is moved in Chroma, which changes a cosine by 5e-6. Hundreds of equal passages, such as
answers from a template, are only each other's neighbours in its graph, and no way leads to the rest."""
STEPS = 4
"""Bytes of a key that decide the direction."""


def bring_up_to_date(ws: Workspace, shelf: Shelf = OWN) -> None:
    """Tell the vector index what came and went; build it anew where it is not sound."""
    with locked(ws):
        manifest, doubtful = standing(ws, shelf)
        if manifest is None or not _told(ws, manifest, shelf, doubtful=doubtful):
            _build(ws, shelf)


def rebuild(ws: Workspace, shelf: Shelf = OWN) -> int:
    """Build the vector index from the ledger beside the old one and put it in its place; its size."""
    with locked(ws):
        return _build(ws, shelf)


def _told(ws: Workspace, manifest: Manifest, shelf: Shelf, *, doubtful: bool) -> bool:
    """Whether the index was sound and now knows every change."""
    with ws.ledger.connect() as conn:
        changes = conn.execute(sa.select(shelf.change).order_by(shelf.change.c.n)).all()
    try:
        with collection_of(ws, manifest) as collection:
            check_inside(ws, collection, full=doubtful, shelf=shelf)
            for some in chunks(dict.fromkeys(change.key for change in changes)):
                _tell(ws, collection, some, shelf)
    except chroma_errors():
        return False
    faults.point("index: vectors written, before their changes go")
    if changes:
        with ws.ledger.begin() as conn:
            _forget(conn, shelf, changes[-1].n)
    return True


def _tell(ws: Workspace, collection: Any, keys: Sequence[str], shelf: Shelf) -> None:
    """Make the index right about these passages: they stand in the ledger, or they go."""
    with ws.ledger.connect() as conn:
        rows = conn.execute(_passages(shelf).where(shelf.table.c.key.in_(keys))).all()
    _upsert(ws, collection, rows)
    missing = sorted(set(keys) - {row.key for row in rows})
    gone = collection.get(ids=missing, include=[])["ids"] if missing else []
    if gone:
        collection.delete(ids=gone)


def _build(ws: Workspace, shelf: Shelf) -> int:
    with ws.ledger.connect() as conn:
        before = noted(conn, shelf)
        last = conn.scalar(sa.select(sa.func.max(shelf.change.c.n))) or 0
    manifest = manifest_for(f"{shelf.prefix}-{secrets.token_hex(4)}", shelf)
    if not ws.settings.chroma_url:
        folder_of(ws, manifest.place).mkdir(mode=PRIVATE_FOLDER, parents=True)
    count = 0
    with collection_of(ws, manifest, create=True) as collection:
        for rows in _all_passages(ws, shelf):
            _upsert(ws, collection, rows)
            count += len(rows)
    faults.point("index: built, before it is put in place")
    with ws.ledger.begin() as conn:
        set_note(conn, manifest, shelf)
        _forget(conn, shelf, last)
    faults.point("index: in place, before the old one goes")
    _sweep(ws, manifest.place, before, shelf)
    return count


def discard(ws: Workspace, shelf: Shelf) -> None:
    """Remove the index of a shelf; where the ledger has vectors for it, the next run builds it anew."""
    with locked(ws):
        with ws.ledger.begin() as conn:
            before = noted(conn, shelf)
            conn.execute(note.delete().where(note.c.key == shelf.name))
            conn.execute(shelf.change.delete())
        _sweep(ws, "", before, shelf)


def _sweep(ws: Workspace, kept: str, before: Manifest | None, shelf: Shelf) -> None:
    """Remove what is no longer the index."""
    if ws.settings.chroma_url:
        if before:
            drop_collection(ws, before.place)
        return
    for old in folder_of(ws).iterdir():
        if old.is_dir() and old.name.startswith(f"{shelf.prefix}-") and old.name != kept:
            shutil.rmtree(old)


def _forget(conn: sa.Connection, shelf: Shelf, last: int) -> None:
    conn.execute(shelf.change.delete().where(shelf.change.c.n <= last))


def _passages(shelf: Shelf) -> sa.Select[Any]:
    """Passages that have a vector, with what the index keeps beside it."""
    facts = (conversation.c.kind, conversation.c.created_at)
    table = shelf.table.c
    return (
        shelf.select(table.n, table.key, passage.c.role, table.vector, *facts)
        .join(conversation, conversation.c.id == passage.c.conversation_id)
        .order_by(table.n)
    )


def _all_passages(ws: Workspace, shelf: Shelf) -> Iterator[Sequence[sa.Row[Any]]]:
    last = 0
    while True:
        with ws.ledger.connect() as conn:
            rows = conn.execute(_passages(shelf).where(shelf.table.c.n > last).limit(BATCH)).all()
        if not rows:
            return
        yield rows
        last = rows[-1].n


def _upsert(ws: Workspace, collection: Any, rows: Sequence[sa.Row[Any]]) -> None:
    if not rows:
        return
    vectors = np.frombuffer(b"".join(row.vector for row in rows), "<f2").reshape(len(rows), -1)
    collection.upsert(
        ids=[row.key for row in rows],
        embeddings=vectors.astype(np.float32) + _apart([row.key for row in rows], vectors.shape[1]),
        metadatas=[_facts(ws, row) for row in rows],
    )


def _apart(keys: Sequence[str], size: int) -> Floats:
    """A step of length APART for each passage, in a direction that its key decides."""
    chosen = np.frombuffer(bytes.fromhex("".join(key[: 2 * STEPS] for key in keys)), np.uint8)
    steps = _directions(size)[chosen.reshape(-1, STEPS)].sum(axis=1)
    return np.asarray(APART * steps / np.linalg.norm(steps, axis=1, keepdims=True), np.float32)


@cache
def _directions(size: int) -> Floats:
    """One for each value of a byte."""
    return np.random.default_rng(0).standard_normal((256, size)).astype(np.float32)


def _facts(ws: Workspace, row: sa.Row[Any]) -> dict[str, str | int]:
    """The same keys for every passage, because an upsert merges them with older ones."""
    first = monday(week_of(datetime.fromisoformat(row.created_at), ws.settings.zone))
    week = (first - EPOCH).days
    return {"week": week, "kind": row.kind, "role": row.role}
