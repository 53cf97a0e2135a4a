"""The mean vector of each theme: what one account says twice in nearly the same words counts once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import sqlalchemy as sa

from koe.ledger.schema import theme
from koe.themes import rows
from koe.themes.likeness import DIMENSION, MARKS, Floats

SAME = 0.9
"""Cosine from which two findings of one account say the same thing in nearly the same words."""

NOTHING: Floats = np.zeros(DIMENSION, np.float32)


def take(
    conn: sa.Connection, loose: Sequence[rows.Loose], given: Mapping[str, str], ends: Mapping[str, str]
) -> None:
    """Move the centroids of the themes that drew these findings; call it before they are written.

    `ends` says where each of these themes has ended by merges, which is where its findings stand.
    """
    heard = _heard(rows.members_by(conn, {(ends[given[item.finding.id]], item.account) for item in loose}))
    fresh: dict[str, list[Floats]] = defaultdict(list)
    for item in loose:
        theme_id = given[item.finding.id]
        said = heard[ends[theme_id], item.account]
        if not is_repeated(item.vector, said):
            fresh[theme_id].append(item.vector)
        said.append(item.vector)
    for theme_id in sorted(fresh):
        _add(conn, theme_id, fresh[theme_id])


def _heard(members: Iterable[rows.Member]) -> dict[tuple[str, str], list[Floats]]:
    heard: dict[tuple[str, str], list[Floats]] = defaultdict(list)
    for member in members:
        heard[member.theme, member.account].append(member.vector)
    return heard


def is_repeated(vector: Floats, heard: Sequence[Floats]) -> bool:
    """True when one of the vectors says nearly the same."""
    return any(_cosine(vector, other) >= SAME for other in heard)


def _cosine(one: Floats, other: Floats) -> float:
    a, b = one[MARKS:], other[MARKS:]
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0


def _add(conn: sa.Connection, theme_id: str, vectors: Sequence[Floats]) -> None:
    row = conn.execute(sa.select(theme.c.centroid, theme.c.members).where(theme.c.id == theme_id)).one()
    total = rows.read_centroid(row.centroid) * row.members + np.sum(vectors, axis=0)
    put(conn, theme_id, total, row.members + len(vectors))


def put(conn: sa.Connection, theme_id: str, total: Floats, members: int) -> None:
    """Write a theme's centroid: the sum of its members' vectors, by their number."""
    mean = total / members if members else NOTHING
    values = {"centroid": rows.write_centroid(np.asarray(mean, np.float32)), "members": members}
    conn.execute(sa.update(theme).where(theme.c.id == theme_id).values(values))


def of_members(members: Iterable[rows.Member]) -> tuple[Floats, int]:
    """The sum of what these say, repetitions of one account left out, with how many it is."""
    heard: dict[str, list[Floats]] = defaultdict(list)
    total, count = NOTHING, 0
    for member in members:
        if not is_repeated(member.vector, heard[member.account]):
            total, count = total + member.vector, count + 1
        heard[member.account].append(member.vector)
    return total, count
