"""A person's word on themes: rename, merge, split. It stands over everything koe finds later."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from koe import faults
from koe.errors import SetupError
from koe.ledger.schema import finding, pin, theme, theme_edit
from koe.ledger.upsert import upsert
from koe.records import FindingKind, Theme
from koe.themes import centroids, rows
from koe.themes.names import nearest, tidy
from koe.themes.settling import theme_id_of
from koe.workspace import Workspace

LONGEST_NAME = 80


def rename(ws: Workspace, theme_id: str, name: str) -> None:
    """Give a theme a person's name. Raises SetupError for an unknown theme or a name that is taken."""
    with ws.ledger.begin() as conn:
        found = _standing(conn, theme_id)
        wanted = _free(conn, name, found.kind, found.id)
        values = {"name": wanted, "named_by": "person"}
        conn.execute(sa.update(theme).where(theme.c.id == found.id).values(values))
        _note(conn, found.id, "rename", {"from": found.name, "to": wanted})
        faults.point("before rename")
    faults.point("after rename")


def merge(ws: Workspace, source: str, target: str) -> None:
    """Make `source` part of `target`: its findings move, and what is like it comes to `target`.

    Each keeps a centroid of its own: the middle of two matters is near to neither.

    Raises SetupError for unknown themes, for a theme into itself and for two kinds.
    """
    with ws.ledger.begin() as conn:
        gone, kept = _standing(conn, source), _standing(conn, target)
        _check_pair(gone, kept)
        moved = sa.or_(theme.c.id == gone.id, theme.c.merged_into == gone.id)
        conn.execute(sa.update(theme).where(moved).values(merged_into=kept.id))
        conn.execute(sa.update(finding).where(finding.c.theme_id == gone.id).values(theme_id=kept.id))
        _note(conn, gone.id, "merge", {"into": kept.id})
        faults.point("before merge")
    faults.point("after merge")


def _check_pair(gone: Theme, kept: Theme) -> None:
    if gone.id == kept.id:
        raise SetupError(f"{gone.id!r} cannot be merged into itself. Name two themes.")
    if gone.kind != kept.kind:
        raise SetupError(
            f"{gone.id!r} is a {gone.kind.value} and {kept.id!r} a {kept.kind.value}. "
            "Merge themes of one kind only."
        )


def split(ws: Workspace, theme_id: str, finding_ids: Sequence[str], name: str) -> str:
    """The id of a new theme that these findings are moved to and stay in; it draws what is like them.

    Raises SetupError for an unknown theme, a finding that is not in it, and a name that is taken.
    """
    with ws.ledger.begin() as conn:
        old = _standing(conn, theme_id)
        wanted = _free(conn, name, old.kind, "")
        moved = sorted(set(finding_ids))
        _check_members(conn, old.id, moved)
        new_id = theme_id_of(old.kind, "\n".join(moved), f"split {old.id}")
        _found(conn, new_id, old, wanted)
        _move(conn, moved, old.id, new_id)
        _note(conn, old.id, "split", {"into": new_id, "findings": moved})
        faults.point("before split")
    faults.point("after split")
    return new_id


def _found(conn: sa.Connection, new_id: str, old: Theme, name: str) -> None:
    row = {"id": new_id, "kind": old.kind.value, "name": name, "named_by": "person", "founded": old.founded}
    upsert(conn, theme, [row | {"merged_into": None, "members": 0}])


def _move(conn: sa.Connection, moved: Sequence[str], old_id: str, new_id: str) -> None:
    members = rows.members_of(conn, moved)
    centroids.put(conn, new_id, *centroids.of_members(members[key] for key in moved))
    for some in rows.chunks(moved):
        conn.execute(sa.update(finding).where(finding.c.id.in_(some)).values(theme_id=new_id))
    upsert(conn, pin, [{"finding_id": key, "theme_id": new_id} for key in moved])
    centroids.put(conn, old_id, *centroids.of_members(rows.members_in(conn, old_id)))
    silent = {"centroid": None, "members": 0}
    conn.execute(sa.update(theme).where(theme.c.merged_into == old_id).values(silent))


def _check_members(conn: sa.Connection, theme_id: str, wanted: Sequence[str]) -> None:
    if not wanted:
        raise SetupError("No finding is named. Name those that move: koe export findings shows their ids.")
    members = rows.members_of(conn, wanted)
    strangers = [key for key in wanted if key not in members or members[key].theme != theme_id]
    if strangers:
        raise SetupError(
            f"{strangers[0]!r} is no finding of theme {theme_id!r}. koe export findings shows who is where."
        )


def _standing(conn: sa.Connection, theme_id: str) -> Theme:
    """The theme, or the one it was merged into."""
    ends = rows.ends_of(conn, [theme_id])
    if theme_id not in ends:
        raise SetupError(f"There is no theme {theme_id!r}. {nearest(conn, theme_id)}")
    columns = [theme.c[name] for name in Theme.model_fields]
    row = conn.execute(sa.select(*columns).where(theme.c.id == ends[theme_id])).mappings().one()
    return Theme(**row)


def _free(conn: sa.Connection, name: str, kind: FindingKind, own: str) -> str:
    """The name, tidied. Raises SetupError when it is empty, too long, or another theme of the kind has it."""
    wanted = tidy(name)
    if not 0 < len(wanted) <= LONGEST_NAME:
        raise SetupError(f"A theme's name has 1 to {LONGEST_NAME} characters; this one has {len(wanted)}.")
    query = sa.select(theme.c.id).where(
        theme.c.name == wanted, theme.c.kind == kind.value, theme.c.merged_into.is_(None), theme.c.id != own
    )
    holder = conn.scalar(query.order_by(theme.c.id).limit(1))
    if holder is not None:
        raise SetupError(f"Theme {holder!r} has the name {wanted!r} already. Take another, or merge the two.")
    return wanted


def _note(conn: sa.Connection, theme_id: str, verb: str, detail: dict[str, Any]) -> None:
    row = {
        "theme_id": theme_id,
        "verb": verb,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    conn.execute(sa.insert(theme_edit), row)
