"""Vectors of another version mean nothing beside those of this one: they are made anew, themes stay.

A theme that was merged away holds no findings, but goes on drawing by a centroid of its own. What it is
made anew from are those findings of the theme it ended in that stood nearest to it before.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.ledger.schema import conversation, finding, note, theme, turn
from koe.ledger.upsert import insert_missing, upsert
from koe.themes import centroids, rows
from koe.themes.likeness import MARKS, Floats, describe, version
from koe.workspace import Workspace

NOTE = "themes"


def renew(ws: Workspace) -> bool:
    """True when vectors and centroids were of another version and have been made anew, in one commit.

    Those of findings without a theme are forgotten; they are made anew when they get one.
    """
    with ws.ledger.connect() as conn:
        if conn.scalar(sa.select(note.c.value).where(note.c.key == NOTE)) == version():
            return False
    with ws.ledger.begin() as conn:
        for theme_id, shares in _sharing(conn).items():
            dealt: dict[str, list[rows.Member]] = {key: [] for key in shares}
            for before, member in _described(conn, theme_id):
                dealt[_nearest(before, shares, theme_id)].append(member)
            for key, members in dealt.items():
                centroids.put(conn, key, *centroids.of_members(members))
        conn.execute(sa.update(finding).where(finding.c.theme_id.is_(None)).values(vector=None))
        upsert(conn, note, [{"key": NOTE, "value": version()}])
    return True


def note_version(conn: sa.Connection) -> None:
    """Write down which vectors the ledger has, before its first one is written."""
    insert_missing(conn, note, [{"key": NOTE, "value": version()}])


def _sharing(conn: sa.Connection) -> dict[str, dict[str, Floats]]:
    """Each standing theme with its centroid and those merged into it that still draw, as they were."""
    query = sa.select(theme.c.id, theme.c.merged_into, theme.c.centroid, theme.c.members).order_by(theme.c.id)
    found = conn.execute(query).all()
    sharing = {row.id: {row.id: _raw(row.centroid, "<f4")} for row in found if row.merged_into is None}
    for row in found:
        if row.merged_into is not None and row.members > 0:
            sharing[row.merged_into][row.id] = _raw(row.centroid, "<f4")
    return sharing


def _raw(body: bytes | None, kind: str) -> Floats:
    """Numbers of whatever version, without the marks before them."""
    return np.frombuffer(body or b"", kind).astype(np.float32)[MARKS:]


def _nearest(before: Floats, shares: Mapping[str, Floats], own: str) -> str:
    """Whose centroid a finding stood nearest to by cosine; the theme's own where that cannot be told."""
    sizes = {key: float(np.linalg.norm(body)) for key, body in shares.items() if len(body) == len(before)}
    links = {key: float(shares[key] @ before) / size for key, size in sizes.items() if size}
    return max(links, key=lambda key: (links[key], key == own, key)) if before.any() and links else own


class _Described(NamedTuple):
    """A finding's vector as it was, and the finding with the one it has now."""

    before: Floats
    member: rows.Member


def _described(conn: sa.Connection, theme_id: str) -> Iterator[_Described]:
    """A theme's findings, oldest first, with vectors of this version, which are written."""
    order = (conversation.c.created_at, conversation.c.id, finding.c.turn, finding.c.start, finding.c.id)
    found = conn.execute(_told().where(finding.c.theme_id == theme_id).order_by(*order)).mappings().all()
    update = sa.update(finding).where(finding.c.id == sa.bindparam("key"))
    for at in range(0, len(found), rows.IDS_PER_QUERY):
        some = found[at : at + rows.IDS_PER_QUERY]
        vectors = describe(map(rows.told_of, some))
        changed = [{"key": r["id"], "body": rows.write_vector(v)} for r, v in zip(some, vectors, strict=True)]
        conn.execute(update.values(vector=sa.bindparam("body")), changed)
        for row, vector in zip(some, vectors, strict=True):
            account = row["account"] or f"?{row['conversation_id']}"
            yield _Described(_raw(row["vector"], "<f2"), rows.Member(theme_id, account, vector))


def _told() -> sa.Select[tuple[object, ...]]:
    place = sa.and_(turn.c.conversation_id == finding.c.conversation_id, turn.c.n == finding.c.turn)
    return (
        sa.select(finding, *rows.TOLD)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .outerjoin(turn, place)
    )
