"""What the themes station reads from the ledger and writes to it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa

from koe.engine.base import KnownTheme
from koe.facts.rows import within
from koe.ledger.schema import conversation, finding, pin, theme, turn
from koe.records import Finding, FindingKind, Theme
from koe.themes.likeness import DIMENSION, Floats, describe
from koe.weeks import Period, period_of, shift, week_of

IDS_PER_QUERY = 400
NEARBY = 60
"""Characters before and after a quote that are taken with it."""
EXAMPLES = 3
EXAMPLE_WEEKS = 4
_THEME = (theme.c.id, theme.c.kind, theme.c.name, theme.c.named_by, theme.c.founded, theme.c.merged_into)


TOLD = (conversation.c.account, conversation.c.title, conversation.c.kind.label("sort"), turn.c.text)
"""What is read beside a finding to tell what it is about."""


class Loose(NamedTuple):
    """A live finding without a theme."""

    finding: Finding
    account: str
    """Whose voice it is: the account it counts as, or the conversation's own where the account is unknown."""
    vector: Floats


class Member(NamedTuple):
    """A finding that stands in a theme."""

    theme: str
    account: str
    vector: Floats


def loose_weeks(conn: sa.Connection, until: str, zone: ZoneInfo) -> list[str]:
    """The weeks up to `until`, inclusive, that have findings without a theme, oldest first."""
    query = (
        sa.select(conversation.c.created_at)
        .join(finding, finding.c.conversation_id == conversation.c.id)
        .where(
            finding.c.theme_id.is_(None),
            ~conversation.c.withdrawn,
            conversation.c.created_at < period_of(until, zone).end.isoformat()[:19],
        )
        .distinct()
    )
    return sorted({week_of(datetime.fromisoformat(at), zone) for at in conn.scalars(query)})


def loose_findings(conn: sa.Connection, period: Period) -> list[Loose]:
    """The period's findings without a theme, oldest first, then as they stand in their conversation."""
    query = (
        sa.select(finding, *TOLD)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .outerjoin(
            turn, sa.and_(turn.c.conversation_id == finding.c.conversation_id, turn.c.n == finding.c.turn)
        )
        .where(within(period), finding.c.theme_id.is_(None), ~conversation.c.withdrawn)
        .order_by(conversation.c.created_at, conversation.c.id, finding.c.turn, finding.c.start, finding.c.id)
    )
    rows = conn.execute(query).mappings().all()
    late = [row for row in rows if row["vector"] is None]
    made = dict(zip((row["id"] for row in late), describe(map(told_of, late)), strict=True))
    return [
        Loose(
            _finding(row),
            row["account"] or f"?{row['conversation_id']}",
            made[row["id"]] if row["id"] in made else read_vector(row["vector"]),
        )
        for row in rows
    ]


def told_of(row: sa.RowMapping) -> tuple[str, str]:
    """A finding's quote, and the same with what stands next to it and over it."""
    near = around(row["text"] or "", row["start"], row["end"]) or row["quote"]
    return row["quote"], headed(row["sort"], row["title"], near)


def around(text: str, start: int, end: int) -> str:
    """The quote with what stands next to it; a long mail or a log further off says nothing of it."""
    return text[max(0, start - NEARBY) : end + NEARBY]


def headed(sort: str, title: str, near: str) -> str:
    """The same under its ticket's title, which says the matter; a call's says with whom it was."""
    return f"{title[:NEARBY]}\n{near}" if sort == "ticket" and title else near


def _finding(row: sa.RowMapping) -> Finding:
    names = [name for name in Finding.model_fields if name not in ("conversation", "theme")]
    return Finding(**{name: row[name] for name in names}, conversation=row["conversation_id"])


def pins_of(conn: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The themes that a person gave these findings."""
    pairs: dict[str, str] = {}
    for some in chunks(ids):
        query = sa.select(pin.c.finding_id, pin.c.theme_id).where(pin.c.finding_id.in_(some))
        pairs |= {row.finding_id: row.theme_id for row in conn.execute(query)}
    return pairs


def standing_themes(conn: sa.Connection, kind: FindingKind) -> list[KnownTheme]:
    """The themes of a kind, by id, without examples; those merged away as well where they still draw."""
    query = (
        sa.select(*_THEME, theme.c.centroid, theme.c.members)
        .where(theme.c.kind == kind.value, sa.or_(theme.c.merged_into.is_(None), theme.c.members > 0))
        .order_by(theme.c.id)
    )
    return [_known(row) for row in conn.execute(query).mappings()]


def _known(row: sa.RowMapping) -> KnownTheme:
    record = Theme(**{column.name: row[column.name] for column in _THEME})
    return KnownTheme(record, read_centroid(row["centroid"]), row["members"])


def examples(conn: sa.Connection, week: str, zone: ZoneInfo) -> dict[str, list[str]]:
    """What was said last in each theme in a few weeks before: the cost does not grow with the history."""
    period = Period(period_of(shift(week, -EXAMPLE_WEEKS), zone).start, period_of(week, zone).start)
    query = (
        sa.select(finding.c.theme_id, finding.c.statement)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(within(period), finding.c.theme_id.is_not(None), ~conversation.c.withdrawn)
        .order_by(conversation.c.created_at.desc(), finding.c.id)
    )
    said: dict[str, list[str]] = defaultdict(list)
    for row in conn.execute(query):
        said[row.theme_id].append(row.statement)
    return {theme_id: statements[:EXAMPLES] for theme_id, statements in said.items()}


def members_by(conn: sa.Connection, wanted: Collection[tuple[str, str]]) -> list[Member]:
    """What has been said before by these pairs of theme and account, by finding id.

    Vectors are read of these alone: an account's whole history is long.
    """
    found: list[str] = []
    for some in chunks(account for _, account in wanted):
        query = (
            sa.select(finding.c.id, finding.c.theme_id, conversation.c.account)
            .join(conversation, conversation.c.id == finding.c.conversation_id)
            .where(conversation.c.account.in_(some), finding.c.theme_id.is_not(None))
        )
        found += [row.id for row in conn.execute(query) if (row.theme_id, row.account) in wanted]
    return [member for _, member in sorted(members_of(conn, found).items())]


def members_of(conn: sa.Connection, ids: Iterable[str]) -> dict[str, Member]:
    """These findings with the theme they stand in, by finding id."""
    found: dict[str, Member] = {}
    for some in chunks(ids):
        query = (
            sa.select(finding.c.id, finding.c.theme_id, conversation.c.account, finding.c.vector)
            .join(conversation, conversation.c.id == finding.c.conversation_id)
            .where(finding.c.id.in_(some))
        )
        for row in conn.execute(query):
            found[row.id] = Member(row.theme_id or "", row.account, read_vector(row.vector))
    return found


def members_in(conn: sa.Connection, theme_id: str) -> list[Member]:
    """All findings of a theme, by id."""
    ids = conn.scalars(sa.select(finding.c.id).where(finding.c.theme_id == theme_id)).all()
    return [member for _, member in sorted(members_of(conn, ids).items())]


def read_vector(body: bytes | None) -> Floats:
    """A finding's vector from the ledger; zeros where it has none of this space."""
    vector = np.frombuffer(body or b"", dtype="<f2").astype(np.float32)
    return vector if len(vector) == DIMENSION else np.zeros(DIMENSION, np.float32)


def write_vector(vector: Floats) -> bytes:
    """A finding's vector as the ledger keeps it."""
    return vector.astype("<f2").tobytes()


def read_centroid(body: bytes | None) -> Floats:
    """A theme's mean vector from the ledger."""
    vector = np.frombuffer(body or b"", dtype="<f4").astype(np.float32)
    return vector if len(vector) == DIMENSION else np.zeros(DIMENSION, np.float32)


def write_centroid(vector: Floats) -> bytes:
    """A theme's mean vector as the ledger keeps it."""
    return vector.astype("<f4").tobytes()


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids, sorted, in lists short enough for one query."""
    rest = iter(sorted(set(ids)))
    while some := list(islice(rest, IDS_PER_QUERY)):
        yield some


def ends_of(conn: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Where these themes have ended by merges; a theme that is not in the ledger is left out."""
    ends: dict[str, str] = {}
    for some in chunks(ids):
        query = sa.select(theme.c.id, theme.c.merged_into).where(theme.c.id.in_(some))
        ends |= {row.id: row.merged_into or row.id for row in conn.execute(query)}
    return ends
