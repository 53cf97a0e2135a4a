"""Vectors of another version mean nothing beside those of this one: they are made anew, themes stay."""

from collections.abc import Iterator

import sqlalchemy as sa

from koe.ledger.schema import conversation, finding, note, theme, turn
from koe.ledger.upsert import upsert
from koe.themes import centroids, rows
from koe.themes.likeness import describe, version
from koe.workspace import Workspace

NOTE = "themes"


def renew(ws: Workspace) -> bool:
    """True when vectors and centroids were of another version and have been made anew, in one commit."""
    with ws.ledger.connect() as conn:
        if conn.scalar(sa.select(note.c.value).where(note.c.key == NOTE)) == version():
            return False
    with ws.ledger.begin() as conn:
        for theme_id in conn.scalars(sa.select(theme.c.id).order_by(theme.c.id)).all():
            centroids.put(conn, theme_id, *centroids.of_members(_described(conn, theme_id)))
        upsert(conn, note, [{"key": NOTE, "value": version()}])
    return True


def _described(conn: sa.Connection, theme_id: str) -> Iterator[rows.Member]:
    """A theme's findings, oldest first, with vectors of this version, which are written."""
    order = (conversation.c.created_at, conversation.c.id, finding.c.turn, finding.c.start, finding.c.id)
    found = conn.execute(_told().where(finding.c.theme_id == theme_id).order_by(*order)).mappings().all()
    update = sa.update(finding).where(finding.c.id == sa.bindparam("key"))
    for at in range(0, len(found), rows.IDS_PER_QUERY):
        some = found[at : at + rows.IDS_PER_QUERY]
        vectors = describe([(row["quote"], rows.around_of(row)) for row in some])
        changed = [{"key": r["id"], "body": rows.write_vector(v)} for r, v in zip(some, vectors, strict=True)]
        conn.execute(update.values(vector=sa.bindparam("body")), changed)
        for row, vector in zip(some, vectors, strict=True):
            yield rows.Member(theme_id, row["account_id"] or f"?{row['conversation_id']}", vector)


def _told() -> sa.Select[tuple[object, ...]]:
    place = sa.and_(turn.c.conversation_id == finding.c.conversation_id, turn.c.n == finding.c.turn)
    return (
        sa.select(finding, conversation.c.account_id, turn.c.text)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .outerjoin(turn, place)
    )
