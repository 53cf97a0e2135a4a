"""Findings grouped as they come, and how well that agrees with labels."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from koe.engine.base import KnownTheme
from koe.engine.offline.settle.grouping import groups_of
from koe.language.text import Language
from koe.records import FindingKind, Theme
from koe.themes.likeness import Floats, Model

__all__ = ["WEEKS", "adjusted_rand", "known_theme", "labels_by_week"]

WEEKS = 8
"""Borders are chosen for findings that come in so many weeks: what is joined wrongly goes on drawing."""


def labels_by_week(
    points: Floats,
    order: Sequence[int] | NDArray[np.int64],
    model: Model,
    language: Language,
    weeks: int = WEEKS,
) -> list[int]:
    """The number of each place's group, when the places come in this order, a part each week."""
    labels = [0] * len(points)
    known: list[KnownTheme] = []
    members: list[list[int]] = []
    for week in np.array_split(np.asarray(order, np.int64), weeks):
        some = week.tolist()
        for group, theme in groups_of([points[n] for n in some], known, language, model):
            if theme is None:
                members.append([])
            members[len(members) - 1 if theme is None else int(theme)] += [some[n] for n in group]
        known = [known_theme(str(n), points[own]) for n, own in enumerate(members)]
    for number, own in enumerate(members):
        for place in own:
            labels[place] = number
    return labels


def known_theme(id: str, members: Floats) -> KnownTheme:
    """A theme that stands, made of these vectors."""
    theme = Theme(id=id, kind=FindingKind.COMPLAINT, name="", founded="")
    return KnownTheme(theme, members.mean(axis=0), len(members))


def adjusted_rand(truth: Sequence[object], found: Sequence[object]) -> float:
    """Agreement of two groupings, 0 for chance and 1 for the same (Hubert and Arabie 1985, eq. 5)."""
    both = _pairs(Counter(zip(truth, found, strict=True)).values())
    rows, columns = _pairs(Counter(truth).values()), _pairs(Counter(found).values())
    expected = rows * columns / _pairs([len(truth)]) if len(truth) > 1 else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(counts: Iterable[int]) -> float:
    return sum(n * (n - 1) / 2 for n in counts)
