"""The mask station's work on the ledger: reads what the source gave, writes what others may read."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from koe import faults
from koe.errors import BugError
from koe.ledger.schema import conversation, mask_span, note, reading, turn, version
from koe.ledger.stamps import to_stamp
from koe.ledger.upsert import chunks, upsert
from koe.mask import Masked, mask_conversation, names_in
from koe.records import Conversation
from koe.settings import Settings
from koe.workspace import Workspace

__all__ = ["forget_stale_masks", "mask_batch", "settle_duplicates", "unmasked"]

MASK_LOCK = 0x6D61736B
MASK = 2
"""Number of the way of masking; a greater one masks everything again."""


def forget_stale_masks(ws: Workspace) -> None:
    """When the settings that masking depends on have changed, let every conversation be masked again."""
    settings = ws.settings
    words = [MASK, sorted(settings.agents), sorted(settings.keep), settings.account_names]
    made_with = hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()
    with ws.ledger.begin() as conn:
        known = conn.scalar(sa.select(note.c.value).where(note.c.key == "mask"))
        if known == made_with:
            return
        conn.execute(conversation.update().values(masked=None))
        upsert(conn, note, [{"key": "mask", "value": made_with}])
        faults.point("mask.before_forgetting")
    faults.point("mask.after_forgetting")


def unmasked(ledger: sa.Engine) -> list[str]:
    """Conversations whose present version is not masked yet, oldest first; withdrawn ones are left."""
    query = (
        sa.select(conversation.c.id)
        .where(conversation.c.masked.is_distinct_from(conversation.c.version))
        .where(conversation.c.withdrawn.is_(False))
        .order_by(conversation.c.created_at, conversation.c.id)
    )
    with ledger.connect() as conn:
        return list(conn.scalars(query))


def mask_batch(ws: Workspace, ids: Sequence[str]) -> None:
    """Mask the conversations in one commit; what an earlier version of them left is replaced.

    Their readings go, because offsets count in the masked text: they are read again.
    """
    with ws.ledger.connect() as conn:
        rows = _present_versions(conn, ids)
    done = [(row, *_masked(row.body, ws.key, ws.settings)) for row in rows]
    faults.point("mask.before_commit")
    with ws.ledger.begin() as conn:
        _one_after_another(conn)
        voices = _voices_of(conn, ids)
        for some in chunks([row.id for row in rows]):
            for table in (turn, mask_span, reading):
                conn.execute(table.delete().where(table.c.conversation_id.in_(some)))
        _insert(conn, done)
        if done:
            conn.execute(_FINISH, [_finished(row.id, row.version, masked) for row, _, masked in done])
        settle_duplicates(conn, voices | {masked.voice for *_, masked in done if masked.voice})
    faults.point("mask.after_commit")


def settle_duplicates(conn: sa.Connection, voices: Iterable[str]) -> None:
    """Name the earliest conversation of each voice as the one that the others repeat.

    To be called also for the voice of a conversation that has been withdrawn.
    """
    for some in chunks(sorted(set(voices))):
        query = (
            sa.select(conversation.c.id, conversation.c.voice, conversation.c.duplicate_of)
            .where(conversation.c.voice.in_(some), conversation.c.withdrawn.is_(False))
            .order_by(conversation.c.created_at, conversation.c.id)
        )
        first: dict[str, str] = {}
        for row in conn.execute(query).all():
            original = first.setdefault(row.voice, row.id)
            repeats = original if original != row.id else None
            if repeats != row.duplicate_of:
                conn.execute(
                    conversation.update().where(conversation.c.id == row.id).values(duplicate_of=repeats)
                )


def _one_after_another(conn: sa.Connection) -> None:
    """Let batches that are masked side by side write in turn, so that repeats across them are seen."""
    if conn.dialect.name == "postgresql":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(MASK_LOCK)))


def _present_versions(conn: sa.Connection, ids: Sequence[str]) -> list[sa.Row[Any]]:
    rows: list[sa.Row[Any]] = []
    for some in chunks(ids):
        query = (
            sa.select(conversation.c.id, conversation.c.version, version.c.body)
            .join(
                version,
                (version.c.conversation_id == conversation.c.id) & (version.c.hash == conversation.c.version),
            )
            .where(conversation.c.id.in_(some))
            .order_by(conversation.c.created_at, conversation.c.id)
        )
        rows += conn.execute(query).all()
    missing = set(ids) - {row.id for row in rows}
    if missing:
        raise BugError(f"The ledger has no version of {min(missing)!r}, which was to be masked.")
    return rows


def _masked(body: str, key: bytes, settings: Settings) -> tuple[Conversation, Masked]:
    record = Conversation.model_validate_json(body)
    return record, mask_conversation(record, names_in(record, settings), key, settings)


def _insert(conn: sa.Connection, done: Sequence[tuple[sa.Row[Any], Conversation, Masked]]) -> None:
    turns: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for row, record, masked in done:
        for n, (said, text) in enumerate(zip(record.turns, masked.turns, strict=True)):
            at = to_stamp(said.at) if said.at else None
            turns.append({"conversation_id": row.id, "n": n, "role": said.role, "at": at, "text": text.text})
            spans += [{"conversation_id": row.id, "turn": n, **span._asdict()} for span in text.spans]
    if turns:
        conn.execute(turn.insert(), turns)
    if spans:
        conn.execute(mask_span.insert(), spans)


_WRITTEN = ("masked", "title", "language", "voice")
_FINISH = (
    conversation.update()
    .where(conversation.c.id == sa.bindparam("of"))
    .values(indexed=None, duplicate_of=None, **{name: sa.bindparam(f"new_{name}") for name in _WRITTEN})
)


def _finished(name: str, version_hash: str, masked: Masked) -> dict[str, str | None]:
    new = {"masked": version_hash} | {column: getattr(masked, column) for column in _WRITTEN[1:]}
    return {"of": name} | {f"new_{column}": value for column, value in new.items()}


def _voices_of(conn: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Voices the conversations had before; their other conversations may lose their original."""
    found: set[str] = set()
    for some in chunks(ids):
        query = sa.select(conversation.c.voice).where(conversation.c.id.in_(some))
        found |= {voice for voice in conn.scalars(query) if voice}
    return found
