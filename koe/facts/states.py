"""What became of everything that came in: each conversation of a period in exactly one state."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.errors import BugError
from koe.facts.rows import within
from koe.language.text import Language
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, reading, skip
from koe.records import Coverage, State
from koe.weeks import Period, period_of, week_of
from koe.workspace import Workspace

TO_READ = tuple(state for state in State if state.is_to_read)
"""What was said in these is not known."""
DONE = (State.READ, State.NOTHING)
LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Covered(NamedTuple):
    """The coverage of a period, with the source ids of the conversations in each state."""

    coverage: Coverage
    records: dict[State, list[str]]


class _Fate(NamedTuple):
    external_id: str
    state: State
    repeats: bool
    language: str | None
    dropped: str | None
    at: str


def coverage(ws: Workspace, period: Period) -> Coverage:
    """The coverage of a period; skipped records count by the weeks that the period touches.

    Raises BugError when the states do not add up to what came in; of that, what was withdrawn is no more
    than named, as nothing else counts it.
    """
    zone = ws.settings.zone
    weeks = week_of(period.start, zone), week_of(period.end - timedelta(seconds=1), zone)
    with ws.ledger.connect() as conn:
        return read_coverage(conn, period, weeks).coverage


def read_coverage(conn: sa.Connection, period: Period, weeks: tuple[str, str]) -> Covered:
    """The coverage of a period, with the records skipped in `weeks`, first and last inclusive."""
    fates = _fates(conn, period)
    kept = [fate for fate in fates if fate.state != State.WITHDRAWN]
    counts = Counter(fate.state for fate in fates)
    states = {state: counts[state] for state in State}
    came_in = _count(conn, conversation, within(period))
    if sum(states.values()) != came_in:
        raise BugError(
            f"The coverage from {period.start:%Y-%m-%d} on does not add up: {came_in} conversations came in, "
            f"{sum(states.values())} have a state. Run `koe doctor`, then report this."
        )
    result = Coverage(
        conversations=len(kept),
        states=states,
        duplicates=sum(fate.repeats for fate in kept),
        skipped=_count(conn, skip, sa.and_(skip.c.week >= weeks[0], skip.c.week <= weeks[1])),
        undated=_count(conn, skip, skip.c.week.is_(None)),
        dropped=_dropped(fate.dropped for fate in kept),
        language=_languages(kept),
    )
    return Covered(result, {s: sorted(f.external_id for f in fates if f.state == s) for s in State})


def _languages(fates: Sequence[_Fate]) -> dict[Language, int]:
    """How many are in each language; what is foreign has been put down as one of them and is in none."""
    own = Counter(fate.language for fate in fates if fate.state != State.FOREIGN)
    return {name: own[name] for name in LANGUAGES}


def _fates(conn: sa.Connection, period: Period) -> list[_Fate]:
    c, r = conversation.c, reading.c
    came_in = (
        cited_as(conversation).label("cited"),
        c.withdrawn,
        c.version,
        c.duplicate_of,
        c.language,
        c.created_at,
    )
    read_as = (r.state, r.dropped, r.version.label("of"))
    query = sa.select(*came_in, *read_as).outerjoin(reading, r.conversation_id == c.id).where(within(period))
    return [
        _Fate(
            row.cited,
            state_of(row.withdrawn, row.state if row.of == row.version else None),
            row.duplicate_of is not None,
            row.language,
            row.dropped,
            row.created_at,
        )
        for row in conn.execute(query)
    ]


def unread_weeks(conn: sa.Connection, weeks: Iterable[str], zone: ZoneInfo) -> tuple[str, ...]:
    """Those of the weeks of which nothing has been read yet."""
    states: dict[str, Counter[State]] = {week: Counter() for week in weeks}
    whole = Period(period_of(min(states), zone).start, period_of(max(states), zone).end)
    for fate in _fates(conn, whole):
        states[week_of(datetime.fromisoformat(fate.at), zone)][fate.state] += 1
    return tuple(week for week, counts in states.items() if is_unread(counts))


def weeks_to_read(conn: sa.Connection, period: Period, zone: ZoneInfo) -> tuple[str, ...]:
    """The weeks of the period with a conversation that another run reads, oldest first."""
    fates = (fate for fate in _fates(conn, period) if fate.state in (State.FAILED, State.LEFT))
    return tuple(sorted({week_of(datetime.fromisoformat(fate.at), zone) for fate in fates}))


def is_unread(states: Mapping[State, int]) -> bool:
    """Whether conversations are to be read and none is: a count of what was said means nothing then."""
    return any(states.get(one) for one in TO_READ) and not any(states.get(one) for one in DONE)


def state_of(withdrawn: bool, read: str | None) -> State:
    """The one state of a conversation; `read` is what its version was read as, None when it was not."""
    if withdrawn:
        return State.WITHDRAWN
    return State(read) if read else State.LEFT


def _count(conn: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one()


def _dropped(bodies: Iterable[str | None]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for body in bodies:
        total.update(json.loads(body or "{}"))
    return dict(sorted(total.items()))
