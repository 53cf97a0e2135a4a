"""Intervals by drawing accounts anew: what one account says hangs together, so it is drawn together.

See Miller, "Adding Error Bars to Evals" (arXiv 2411.00640), on clustered and paired comparisons.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from eval.figures import Floats, Measure, accounts_of, value_of, weighed
from eval.shape import Row

DRAWS = 1000
SEED = 20260914
Z = 1.96


class Interval(NamedTuple):
    """A value with its borders."""

    value: float
    low: float
    high: float


class Change(NamedTuple):
    """A difference with its one-sided borders, and how likely it is by chance alone."""

    value: float
    low: float
    high: float
    p: float


def interval(measure: Measure, rows: Sequence[Row]) -> Interval | None:
    """The figure with its two-sided 95 % interval; None when there is nothing to score."""
    value = value_of(measure, rows)
    if value is None:
        return None
    accounts = accounts_of(rows)
    figure = weighed(measure, rows, accounts)
    drawn = [figure(weights) for weights in draws(len(accounts))]
    known = [one for one in drawn if one is not None]
    low, high = _quantile(known, 0.025), _quantile(known, 0.975)
    return Interval(value, low, high) if low < high else _alike(value, _told_by(measure, rows))


def _told_by(measure: Measure, rows: Sequence[Row]) -> int:
    """How many accounts the figure rests on."""
    return len({row.account for row in rows if measure.n < 0 or row.counts[measure.n]})


def _alike(value: float, accounts: int) -> Interval:
    """The interval where every account says the same, which drawing them anew cannot widen (Wilson 1927)."""
    wide = Z * Z / (accounts + Z * Z)
    return Interval(value, max(0.0, value - wide), min(1.0, value + wide))


def difference(measure: Measure, old: Sequence[Row], new: Sequence[Row]) -> Change | None:
    """New minus old over the same draws of accounts, with its one-sided 95 % borders; None if not scored.

    `p` is the share of draws without a loss, (k + 1) / (draws + 1), so never 0.
    """
    before, after = value_of(measure, old), value_of(measure, new)
    if before is None or after is None:
        return None
    accounts = accounts_of([*old, *new])
    figures = [weighed(measure, rows, accounts) for rows in (old, new)]
    drawn = [[figure(weights) for figure in figures] for weights in draws(len(accounts))]
    changes = [b - a for a, b in drawn if a is not None and b is not None]
    p = (sum(change >= 0 for change in changes) + 1) / (len(changes) + 1)
    return Change(after - before, _quantile(changes, 0.05), _quantile(changes, 0.95), p)


def draws(accounts: int) -> Iterator[Floats]:
    """How often each account is drawn, a fixed sequence of draws."""
    draw = np.random.default_rng(SEED)
    for _ in range(DRAWS):
        yield np.bincount(draw.integers(0, accounts, accounts), minlength=accounts).astype(np.float64)


def _quantile(values: Sequence[float], share: float) -> float:
    return float(np.quantile(values, share)) if values else float("nan")
