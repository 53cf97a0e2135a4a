"""Agreement of two groupings by pairs of different findings of one kind (Hubert and Arabie 1985).

Kinds are added before dividing, so that what is trivially apart does not count as agreement.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.shape import Row

Floats = NDArray[np.float64]
Cells = NDArray[np.int64]


class _Kind(NamedTuple):
    """The findings of one kind: whose they are, and their cells in either grouping and in both."""

    places: Cells
    true: Cells
    found: Cells
    both: Cells


def grouping(name: str, rows: Sequence[Row], places: Cells) -> Callable[[Floats], float | None]:
    """`themes.rand`, `themes.pair recall` or `themes.pair precision` as a function of accounts' weights."""
    kinds = [_kind(kind, rows, places) for kind in sorted({row.kind for row in rows})]

    def value(weights: Floats) -> float | None:
        both = true = found = likely = 0.0
        for kind in kinds:
            drawn = weights[kind.places]
            every = _together(np.zeros(len(drawn), dtype=np.int64), drawn)
            together, apart = _together(kind.true, drawn), _together(kind.found, drawn)
            both += _together(kind.both, drawn)
            true, found = true + together, found + apart
            likely += together * apart / every if every else 0.0
        return _share(name, both, (true, found), likely)

    return value


def _share(name: str, both: float, given: tuple[float, float], likely: float) -> float | None:
    top, bottom = {
        "themes.pair recall": (both, given[0]),
        "themes.pair precision": (both, given[1]),
        "themes.rand": (both - likely, sum(given) / 2 - likely),
    }[name]
    return top / bottom if bottom else None


def _kind(kind: str, rows: Sequence[Row], places: Cells) -> _Kind:
    here = np.array([row.kind == kind for row in rows])
    some = [row for row in rows if row.kind == kind]
    true, found = (_numbered([row.labels[n] for row in some]) for n in (0, 1))
    return _Kind(places[here], true, found, true * (found.max() + 1) + found)


def _numbered(labels: Sequence[str]) -> Cells:
    return np.asarray(np.unique(np.array(labels), return_inverse=True)[1], dtype=np.int64)


def _together(cells: Cells, weights: Floats) -> float:
    """The weight of all pairs of different rows in one cell."""
    sums, squares = np.bincount(cells, weights), np.bincount(cells, weights**2)
    return float(((sums**2 - squares) / 2).sum())
