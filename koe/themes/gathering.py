"""Themes that turn out to be one: koe names them, and a person lets them come together.

What customers say of one matter sounds like two as long as few have said it. Themes that are now as near to
each other as a finding has to be to join look alike. koe never merges them by itself, because weeks that
were published would read otherwise when they are made again; `koe themes gather` does it for all of koe's
own: the older keeps its id and name, their centroids become one. A theme that a person has named, merged,
split or pinned a finding to is left as it is, for good.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from koe.engine.base import Gathering, KnownTheme
from koe.ledger.schema import finding, pin, theme, theme_edit
from koe.records import FindingKind
from koe.themes import centroids, rows
from koe.workspace import Workspace


class LookAlike(NamedTuple):
    """A theme that seems to be one with another, and is left for a person to merge into it."""

    theme: str
    other: str


def gather(ws: Workspace, engine: Gathering) -> int:
    """How many of koe's own themes have become part of another, in one commit."""
    gone = 0
    with ws.ledger.begin() as conn:
        fixed = _touched(conn)
        for kind in FindingKind:
            standing = rows.standing_themes(conn, kind)
            own = {item.theme.id: item for item in standing if _is_own(item) and item.theme.id not in fixed}
            for ids in engine.gather(list(own.values())):
                gone += _merge(conn, [own[id] for id in sorted(set(ids)) if id in own])
    return gone


def look_alikes(ws: Workspace, engine: Gathering) -> list[LookAlike]:
    """Themes that seem to be one; pairs that a person has made out of one are left out."""
    found: list[LookAlike] = []
    with ws.ledger.connect() as conn:
        fixed, parted = _touched(conn), _parted(conn)
        for kind in FindingKind:
            standing = [item for item in rows.standing_themes(conn, kind) if item.theme.merged_into is None]
            fixed |= {item.theme.id for item in standing if item.theme.named_by != "koe"}
            known = {item.theme.id: item for item in standing}
            for ids in engine.gather(standing):
                kept, *rest = sorted(ids, key=lambda id: (id not in fixed, *_age(known[id])))
                found += [LookAlike(id, kept) for id in rest if {id, kept} not in parted]
    return found


def _parted(conn: sa.Connection) -> list[set[str]]:
    """Pairs of themes that a person has made out of one."""
    edits = conn.execute(sa.select(theme_edit).where(theme_edit.c.verb == "split").order_by(theme_edit.c.n))
    return [{row.theme_id, json.loads(row.detail)["into"]} for row in edits]


def _age(item: KnownTheme) -> tuple[str, int, str]:
    """Sorts the oldest first, of equally old ones the one most findings stand in."""
    return item.theme.founded, -item.members, item.theme.id


def _is_own(item: KnownTheme) -> bool:
    return item.theme.merged_into is None and item.theme.named_by == "koe"


def _touched(conn: sa.Connection) -> set[str]:
    """Themes that a person has said something of."""
    edits = conn.execute(sa.select(theme_edit.c.theme_id, theme_edit.c.detail)).all()
    touched = {row.theme_id for row in edits} | {json.loads(row.detail).get("into", "") for row in edits}
    return touched | set(conn.scalars(sa.select(pin.c.theme_id).distinct()))


def _merge(conn: sa.Connection, found: Sequence[KnownTheme]) -> int:
    """Make all of them the oldest, of equally old ones the one most findings stand in; how many went."""
    if len(found) < 2:
        return 0
    kept, *gone = sorted(found, key=_age)
    total = sum((item.centroid * item.members for item in gone), start=kept.centroid * kept.members)
    centroids.put(conn, kept.theme.id, total, sum(item.members for item in found))
    for some in rows.chunks(item.theme.id for item in gone):
        moved = sa.or_(theme.c.id.in_(some), theme.c.merged_into.in_(some))
        conn.execute(sa.update(theme).where(moved).values(merged_into=kept.theme.id))
        silent = {"centroid": None, "members": 0}
        conn.execute(sa.update(theme).where(theme.c.id.in_(some)).values(silent))
        conn.execute(sa.update(finding).where(finding.c.theme_id.in_(some)).values(theme_id=kept.theme.id))
    return len(gone)
