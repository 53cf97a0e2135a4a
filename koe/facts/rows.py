"""What a week's facts are counted from: the conversations and findings of its window, read once.

All queries are bounded by the window's days or by ids found in it, so that a week costs the same
however long the ledger is.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.ledger.accounts import account_name
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, finding, theme
from koe.weeks import Period, week_of

CHUNK = 400
Where = sa.ColumnElement[bool]


class Told(NamedTuple):
    """One conversation of the window that counts."""

    id: str
    external_id: str
    kind: str
    account: str
    """Whose voice it is: the account it counts as, or the conversation's own where the account is unknown."""
    account_id: str
    account_name: str
    deal: str | None
    at: str
    week: str
    voice: str
    """The conversation it counts as: the one it repeats, or itself."""
    repeats_elsewhere: bool
    """It repeats a conversation of another week, where it is counted already."""


class Said(NamedTuple):
    """One finding of the window, under the theme that it counts for."""

    id: str
    told: Told
    kind: str
    severity: int
    theme: str | None
    turn: int
    start: int


class Words(NamedTuple):
    """A finding's text, read only for findings that are named."""

    statement: str
    quote: str


class Label(NamedTuple):
    """A theme as it counts."""

    id: str
    name: str
    kind: str


def border(moment: datetime) -> str:
    """A border in the ledger's own text form; cut before the zone, so that fractions sort after it."""
    return moment.isoformat()[:19]


def within(period: Period) -> Where:
    """True for conversations that were created in the period."""
    at = conversation.c.created_at
    return sa.and_(at >= border(period.start), at < border(period.end))


def first_moment(conn: sa.Connection) -> str | None:
    """When the oldest conversation that counts was created."""
    return conn.execute(
        sa.select(conversation.c.created_at)
        .where(~conversation.c.withdrawn)
        .order_by(conversation.c.created_at)
        .limit(1)
    ).scalar()


def read_told(conn: sa.Connection, where: Where, zone: ZoneInfo) -> dict[str, Told]:
    """The conversations that were not withdrawn, by id, oldest first."""
    first = conversation.alias("first")
    query = (
        sa.select(
            conversation,
            account_name(conversation).label("counted_name"),
            cited_as(conversation).label("cited"),
            first.c.created_at.label("first_at"),
            first.c.withdrawn.label("first_gone"),
        )
        .outerjoin(first, first.c.id == conversation.c.duplicate_of)
        .where(where, ~conversation.c.withdrawn)
        .order_by(conversation.c.created_at, conversation.c.id)
    )
    return {row["id"]: _told(row, zone) for row in conn.execute(query).mappings().all()}


def _told(row: sa.RowMapping, zone: ZoneInfo) -> Told:
    week = week_of(datetime.fromisoformat(row["created_at"]), zone)
    first_counts = row["first_at"] is not None and not row["first_gone"]
    return Told(
        id=row["id"],
        external_id=row["cited"],
        kind=row["kind"],
        account=row["account"] or f"?{row['id']}",
        account_id=row["account"],
        account_name=row["counted_name"],
        deal=row["deal_id"],
        at=row["created_at"],
        week=week,
        voice=row["duplicate_of"] or row["id"],
        repeats_elsewhere=first_counts and week_of(datetime.fromisoformat(row["first_at"]), zone) != week,
    )


def read_said(
    conn: sa.Connection, where: Where, told: dict[str, Told], labels: dict[str, Label]
) -> list[Said]:
    """The findings, oldest first, each thing said once: what a repeated mail says again is left out."""
    c = finding.c
    query = (
        sa.select(c.id, c.conversation_id, c.kind, c.severity, c.theme_id, c.turn, c.start)
        .join(conversation, conversation.c.id == c.conversation_id)
        .where(where, ~conversation.c.withdrawn)
    )
    said = [
        Said(r.id, told[r.conversation_id], r.kind, r.severity, _target(r.theme_id, labels), r.turn, r.start)
        for r in conn.execute(query).all()
        if r.conversation_id in told
    ]
    said.sort(key=by_time)
    return list(_once(said))


def by_time(said: Said) -> tuple[str, str, int, int, str]:
    """Sort key: oldest first, then as it stands in its conversation."""
    return said.told.at, said.told.id, said.turn, said.start, said.id


def _target(theme_id: str | None, labels: dict[str, Label]) -> str | None:
    return labels[theme_id].id if theme_id in labels else None


def _once(said: list[Said]) -> Iterator[Said]:
    """Of conversations that are one voice, what the first of them says."""
    speaker: dict[str, str] = {}
    for one in said:
        if one.told.repeats_elsewhere:
            continue
        if speaker.setdefault(one.told.voice, one.told.id) == one.told.id:
            yield one


def read_labels(conn: sa.Connection, where: Where) -> dict[str, Label]:
    """Every theme that the findings carry, by its id, as the theme it was merged into."""
    named = (
        sa.select(finding.c.theme_id)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(where, finding.c.theme_id.is_not(None))
        .distinct()
    )
    return labels_of(conn, [row.theme_id for row in conn.execute(named)])


def labels_of(conn: sa.Connection, ids: Iterable[str]) -> dict[str, Label]:
    """These themes by id, each as the theme it was merged into; also those that a merge led over."""
    themes = _themes(conn, ids)
    while missing := sorted({r.merged_into for r in themes.values() if r.merged_into} - themes.keys()):
        found = _themes(conn, missing)
        if not found:
            break
        themes |= found
    return {id: _follow(id, themes) for id in themes}


def _themes(conn: sa.Connection, ids: Iterable[str]) -> dict[str, sa.Row[tuple[str, str, str, str | None]]]:
    query = sa.select(theme.c.id, theme.c.name, theme.c.kind, theme.c.merged_into)
    return {row.id: row for part in chunks(ids) for row in conn.execute(query.where(theme.c.id.in_(part)))}


def _follow(id: str, themes: dict[str, sa.Row[tuple[str, str, str, str | None]]]) -> Label:
    """The end of a chain of merges; a chain that runs in a circle ends where it began."""
    seen = {id}
    row = themes[id]
    while row.merged_into in themes and row.merged_into not in seen:
        seen.add(row.merged_into)
        row = themes[row.merged_into]
    return Label(row.id, row.name, row.kind)


def read_words(conn: sa.Connection, ids: Iterable[str]) -> dict[str, Words]:
    """The text of the findings named."""
    c = finding.c
    query = sa.select(c.id, c.statement, c.quote)
    return {
        row.id: Words(row.statement, row.quote)
        for part in chunks(ids)
        for row in conn.execute(query.where(c.id.in_(part))).all()
    }


def seen_before(
    conn: sa.Connection, themes: Iterable[str], labels: dict[str, Label], moment: datetime
) -> set[str]:
    """Those of the themes that have a finding older than the moment, merged ones included."""
    wanted = set(themes)
    members = {id: label.id for id, label in labels.items() if label.id in wanted}
    members |= {id: id for id in wanted}
    members |= _merged_into(conn, wanted)
    older = sa.exists(
        sa.select(finding.c.id)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(
            finding.c.theme_id == theme.c.id,
            conversation.c.created_at < border(moment),
            ~conversation.c.withdrawn,
        )
    )
    rows = (
        row.id
        for part in chunks(members)
        for row in conn.execute(sa.select(theme.c.id).where(theme.c.id.in_(part), older))
    )
    return {members[id] for id in rows}


def _merged_into(conn: sa.Connection, themes: set[str]) -> dict[str, str]:
    """Themes that were merged into those given, directly or over others, with where they ended."""
    found: dict[str, str] = {}
    level = {id: id for id in themes}
    while level:
        query = sa.select(theme.c.id, theme.c.merged_into)
        below = {
            row.id: level[row.merged_into]
            for part in chunks(level)
            for row in conn.execute(query.where(theme.c.merged_into.in_(part)))
        }
        level = {id: end for id, end in below.items() if id not in found and id not in themes}
        found |= level
    return found


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids, sorted, in lists short enough for one query."""
    wanted = sorted(set(ids))
    return (wanted[n : n + CHUNK] for n in range(0, len(wanted), CHUNK))
