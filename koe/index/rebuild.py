"""Keeping the vector index what the ledger says: telling it what changed, or building it anew.

The ledger holds every vector, so that nothing is computed here. The database writes down which
passages came or went (`passage_change`); a line of it goes only when the index has been told.
"""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import sqlalchemy as sa

from koe import faults
from koe.index.health import check_inside, chroma_errors, standing
from koe.index.manifest import Manifest, manifest_for, noted, set_note
from koe.index.store import BATCH, collection_of, drop_collection, folder_of, locked
from koe.language.vectors import Floats
from koe.ledger.schema import conversation, passage, passage_change
from koe.ledger.upsert import chunks
from koe.weeks import monday, week_of
from koe.workspace import PRIVATE_FOLDER, Workspace

EPOCH = date(1970, 1, 1)
APART = 0.003
"""How far a vector is moved in Chroma, which changes a cosine by 5e-6. Hundreds of equal passages, such as
answers from a template, are only each other's neighbours in its graph, and no way leads to the rest."""


def bring_up_to_date(ws: Workspace) -> None:
    """Tell the vector index what came and went; build it anew where it is not sound."""
    with locked(ws):
        manifest, doubtful = standing(ws)
        if manifest is None or not _told(ws, manifest, doubtful):
            _build(ws)


def rebuild(ws: Workspace) -> int:
    """Build the vector index from the ledger beside the old one and put it in its place; its size."""
    with locked(ws):
        return _build(ws)


def _told(ws: Workspace, manifest: Manifest, doubtful: bool) -> bool:
    """Whether the index was sound and now knows every change."""
    with ws.ledger.connect() as conn:
        changes = conn.execute(sa.select(passage_change).order_by(passage_change.c.n)).all()
    try:
        with collection_of(ws, manifest) as collection:
            check_inside(ws, collection, full=doubtful)
            for some in chunks(dict.fromkeys(change.key for change in changes)):
                _tell(ws, collection, some)
    except chroma_errors():
        return False
    faults.point("index: vectors written, before their changes go")
    if changes:
        with ws.ledger.begin() as conn:
            _forget(conn, changes[-1].n)
    return True


def _tell(ws: Workspace, collection: Any, keys: Sequence[str]) -> None:
    """Make the index right about these passages: they stand in the ledger, or they go."""
    with ws.ledger.connect() as conn:
        rows = conn.execute(_passages().where(passage.c.key.in_(keys))).all()
    _upsert(ws, collection, rows)
    missing = sorted(set(keys) - {row.key for row in rows})
    gone = collection.get(ids=missing, include=[])["ids"] if missing else []
    if gone:
        collection.delete(ids=gone)


def _build(ws: Workspace) -> int:
    with ws.ledger.connect() as conn:
        before = noted(conn)
        last = conn.scalar(sa.select(sa.func.max(passage_change.c.n))) or 0
    manifest = manifest_for(f"koe-{secrets.token_hex(4)}")
    if not ws.settings.chroma_url:
        folder_of(ws, manifest.place).mkdir(mode=PRIVATE_FOLDER, parents=True)
    count = 0
    with collection_of(ws, manifest, create=True) as collection:
        for rows in _all_passages(ws):
            _upsert(ws, collection, rows)
            count += len(rows)
    faults.point("index: built, before it is put in place")
    with ws.ledger.begin() as conn:
        set_note(conn, manifest)
        _forget(conn, last)
    faults.point("index: in place, before the old one goes")
    _sweep(ws, manifest, before)
    return count


def _sweep(ws: Workspace, manifest: Manifest, before: Manifest | None) -> None:
    """Remove what is no longer the index."""
    if ws.settings.chroma_url:
        if before:
            drop_collection(ws, before.place)
        return
    for old in folder_of(ws).iterdir():
        if old.is_dir() and old.name != manifest.place:
            shutil.rmtree(old)


def _forget(conn: sa.Connection, last: int) -> None:
    conn.execute(passage_change.delete().where(passage_change.c.n <= last))


def _passages() -> sa.Select[Any]:
    """Passages that have a vector, with what the index keeps beside it."""
    facts = (conversation.c.account_id, conversation.c.kind, conversation.c.created_at)
    columns = (passage.c.n, passage.c.key, passage.c.role, passage.c.vector, *facts)
    return (
        sa.select(*columns)
        .join(conversation, conversation.c.id == passage.c.conversation_id)
        .where(sa.func.length(passage.c.vector) > 0)
        .order_by(passage.c.n)
    )


def _all_passages(ws: Workspace) -> Iterator[Sequence[sa.Row[Any]]]:
    last = 0
    while True:
        with ws.ledger.connect() as conn:
            rows = conn.execute(_passages().where(passage.c.n > last).limit(BATCH)).all()
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
    steps = np.stack([np.random.default_rng(int(key, 16)).standard_normal(size) for key in keys])
    return np.asarray(APART * steps / np.linalg.norm(steps, axis=1, keepdims=True), np.float32)


def _facts(ws: Workspace, row: sa.Row[Any]) -> dict[str, str | int]:
    """The same keys for every passage, because an upsert merges them with older ones."""
    first = monday(week_of(datetime.fromisoformat(row.created_at), ws.settings.zone))
    week = (first - EPOCH).days
    return {"account": row.account_id, "week": week, "kind": row.kind, "role": row.role}
