"""Settle: every finding gets its theme, week by week, each week in one commit.

Weeks are taken oldest first and findings within a week in a fixed order, so that the result is the
same whatever order the rows came in and however many weeks came at once. A week costs its own
findings and the themes that stand, never the history. An engine whose answers have to be waited for
may settle all weeks that are open together: each new theme is still founded in its own first week.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.engine.base import Assignment, Engine, KnownTheme, Unsettled, WholeBacklog
from koe.errors import PendingError
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
    """Give every finding up to the end of `week` a theme, oldest week first, one commit a week.

    An engine that takes the whole backlog gets all weeks at once, in one commit.
    """
    renew(ws)
    with ws.ledger.connect() as conn:
        open_weeks = rows.loose_weeks(conn, week, ws.settings.zone)
        done = conn.scalar(sa.select(settled.c.week).where(settled.c.week == week))
    weeks = open_weeks if done else sorted({*open_weeks, week})
    together = [weeks] if isinstance(engine, WholeBacklog) else [[each] for each in weeks]
    for some in filter(None, together):
        _settle_weeks(ws, engine, some)


def _settle_weeks(ws: Workspace, engine: Engine, weeks: Sequence[str]) -> None:
    zone = ws.settings.zone
    with ws.ledger.connect() as conn:
        of_week = {week: rows.loose_findings(conn, period_of(week, zone)) for week in weeks}
        loose = [item for week in weeks for item in of_week[week]]
        kinds = sorted({item.finding.kind for item in loose}, key=list(FindingKind).index)
        known = {kind: rows.standing_themes(conn, kind) for kind in kinds}
        said = rows.examples(conn, weeks[0], zone)
        pins = rows.pins_of(conn, (item.finding.id for item in loose))
        ends = rows.ends_of(conn, pins.values())
    known = {kind: [_with_examples(item, said) for item in some] for kind, some in known.items()}
    pinned = {key: ends[id] for key, id in pins.items() if id in ends}
    given, names = _settle_kinds(engine, loose, known, pinned)
    founded = _founded(of_week, given, names)
    faults.point("before settle")
    with ws.ledger.begin() as conn:
        _write(conn, weeks, loose, given, founded)
    faults.point("after settle")


def _with_examples(known: KnownTheme, said: Mapping[str, Sequence[str]]) -> KnownTheme:
    return known._replace(examples=tuple(said.get(known.theme.id, ())))


def _settle_kinds(
    engine: Engine,
    loose: Sequence[Loose],
    known: Mapping[FindingKind, Sequence[KnownTheme]],
    pinned: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, str]]:
    """Each finding's theme, and the new themes' names; every kind is asked about before one is waited for."""
    given: dict[str, str] = {}
    names: dict[str, str] = {}
    pending: list[PendingError] = []
    for kind, standing in known.items():
        some = [item for item in loose if item.finding.kind == kind]
        try:
            joined, new = _settle_kind(engine, some, standing, pinned)
        except PendingError as error:
            pending.append(error)
            continue
        given |= joined
        names |= new
    if pending:
        raise PendingError("settle", sum(error.calls for error in pending))
    return given, names


def _founded(
    of_week: Mapping[str, Sequence[Loose]], given: Mapping[str, str], names: Mapping[str, str]
) -> list[Founded]:
    """The new themes, each with the week of its first finding."""
    found: dict[str, Founded] = {}
    for week, loose in of_week.items():
        for item in loose:
            id = given[item.finding.id]
            if id in names:
                found.setdefault(id, Founded(id, item.finding.kind, names[id], week))
    return list(found.values())


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
    weeks: Sequence[str],
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
    insert_missing(conn, settled, [{"week": week} for week in weeks])


def _theme_row(item: Founded) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "name": item.name,
        "named_by": "koe",
        "founded": item.week,
        "members": 0,
    }
