"""Settle: every finding gets its theme, week by week, each week in one commit.

Weeks are taken oldest first and findings within a week in a fixed order, so that the result is the
same whatever order the rows came in and however many weeks came at once. A week costs its own
findings and the themes that stand, never the history.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.engine.base import Assignment, Engine, KnownTheme, Unsettled
from koe.ledger.schema import finding, settled, theme
from koe.ledger.upsert import insert_missing
from koe.records import FindingKind
from koe.themes import centroids, rows
from koe.themes.names import free_name
from koe.themes.renewal import renew
from koe.themes.rows import Loose
from koe.weeks import period_of
from koe.workspace import Workspace


class Founded(NamedTuple):
    """A new theme with the finding that founded it."""

    id: str
    kind: FindingKind
    name: str
    week: str


def settle_until(ws: Workspace, engine: Engine, week: str) -> None:
    """Give every finding up to the end of `week` a theme, oldest week first, one commit a week."""
    renew(ws)
    with ws.ledger.connect() as conn:
        weeks = rows.loose_weeks(conn, week, ws.settings.zone)
        done = conn.scalar(sa.select(settled.c.week).where(settled.c.week == week))
    for each in weeks if done else sorted({*weeks, week}):
        _settle_week(ws, engine, each)


def _settle_week(ws: Workspace, engine: Engine, week: str) -> None:
    with ws.ledger.connect() as conn:
        loose = rows.loose_findings(conn, period_of(week, ws.settings.zone))
        kinds = sorted({item.finding.kind for item in loose}, key=list(FindingKind).index)
        known = {kind: rows.standing_themes(conn, kind) for kind in kinds}
        known = {kind: rows.with_examples(conn, known[kind], week, ws.settings.zone) for kind in kinds}
        pins = rows.pins_of(conn, (item.finding.id for item in loose))
        ends = rows.ends_of(conn, pins.values())
    pinned = {key: ends[id] for key, id in pins.items() if id in ends}
    given: dict[str, str] = {}
    founded: list[Founded] = []
    for kind in kinds:
        some = [item for item in loose if item.finding.kind == kind]
        joined, new = _settle_kind(engine, some, known[kind], pinned)
        given |= joined
        founded += [Founded(id, kind, name, week) for id, name in new.items()]
    faults.point("before settle")
    with ws.ledger.begin() as conn:
        _write(conn, week, loose, given, founded)
    faults.point("after settle")


def _settle_kind(
    engine: Engine, loose: Sequence[Loose], known: Sequence[KnownTheme], pinned: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Each finding's theme, and the new themes with their names in the order of their founding."""
    given = {item.finding.id: pinned[item.finding.id] for item in loose if item.finding.id in pinned}
    asked = [item for item in loose if item.finding.id not in given]
    answers = engine.settle([Unsettled(item.finding, item.vector) for item in asked], known) if asked else ()
    groups = _groups(asked, answers, {item.theme.id for item in known})
    taken = {item.theme.name for item in known}
    founded: dict[str, str] = {}
    for members, theme_id, name in groups:
        if theme_id is None:
            theme_id = theme_id_of(members[0].finding.kind, members[0].finding.id)
            founded[theme_id] = free_name(name or members[0].finding.statement, taken)
            taken.add(founded[theme_id])
        given |= {item.finding.id: theme_id for item in members}
    return given, founded


def _groups(
    asked: Sequence[Loose], answers: Iterable[Assignment], known: set[str]
) -> list[tuple[list[Loose], str | None, str]]:
    """Findings that go together, in the order of their first; what the engine left out founds its own.

    An answer for a finding that was not asked about, a second one, and a theme that does not stand
    are not taken.
    """
    by_finding: dict[str, Assignment] = {}
    for answer in answers:
        by_finding.setdefault(answer.finding, answer)
    groups: dict[tuple[str, str | int], list[Loose]] = defaultdict(list)
    names: dict[tuple[str, str | int], str] = {}
    for item in asked:
        found = by_finding.get(item.finding.id)
        key: tuple[str, str | int] = ("alone", item.finding.id)
        if found and found.theme in known:
            key = ("known", str(found.theme))
        elif found and found.theme is None:
            key = ("new", found.group)
        groups[key].append(item)
        names.setdefault(key, found.name if found else "")
    return [(items, str(key[1]) if key[0] == "known" else None, names[key]) for key, items in groups.items()]


def theme_id_of(kind: FindingKind, founder: str, salt: str = "") -> str:
    """The id of the theme that a finding founds: short, and the same in every run."""
    digest = hashlib.sha256(f"{kind.value}\n{founder}\n{salt}".encode()).hexdigest()
    return f"th_{digest[:8]}"


def _write(
    conn: sa.Connection,
    week: str,
    loose: Sequence[Loose],
    given: Mapping[str, str],
    founded: Sequence[Founded],
) -> None:
    insert_missing(conn, theme, [_theme_row(item) for item in founded])
    ends = rows.ends_of(conn, given.values())
    centroids.take(conn, loose, given, ends)
    changed = [
        {"key": one.finding.id, "theme": ends[given[one.finding.id]], "body": rows.write_vector(one.vector)}
        for one in loose
    ]
    if changed:
        conn.execute(
            sa.update(finding)
            .where(finding.c.id == sa.bindparam("key"))
            .values(theme_id=sa.bindparam("theme"), vector=sa.bindparam("body")),
            changed,
        )
    insert_missing(conn, settled, [{"week": week}])


def _theme_row(item: Founded) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "name": item.name,
        "named_by": "koe",
        "founded": item.week,
        "members": 0,
    }
