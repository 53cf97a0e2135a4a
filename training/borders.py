"""How much the sense of a finding counts beside its words, and how alike two findings of one theme are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.language.text import Language
from koe.themes.likeness import Floats, Model
from training.grouping import adjusted_rand, labels_by_week
from training.said import Groups, Said, mean_of, points_of, themes_of

__all__ = ["choose"]

SHARES = (1.0, 1.5, 2.0, 3.0)
"""Weights of the sense that are tried, as shares of those of the words."""
LENIENCE = 0.02
"""Of weights that agree nearly as well the largest is taken, because the sense has been taught far more
matters than the words, and of borders the strictest: a wrong join stays and goes on drawing, and a company's
loud themes have more voices than the labelled ones, so that a missed one weighs less."""
SEEDS = (11, 12, 13)
"""Orders in which each group comes: one says too little of borders that lie near each other."""
BORDERS = np.arange(0.03, 0.22, 0.015)
"""Borders that are tried, as shares of the weights' sum."""


def choose(
    model: Model, sources: Sequence[Sequence[Sequence[Said]]], seen: Groups, language: Language
) -> Model:
    """The model with the weight of the sense and the border that group best what comes week by week.

    Each source counts alike. Of weights that are nearly as good the largest is taken, and of borders the
    strictest.
    """
    worded = model.scales[language]
    rands: dict[tuple[float, float], float] = {}
    for share in SHARES:
        tried = _with_sense(model, worded, share, seen, language)
        told = [[_in_order(tried, group, language) for group in groups] for groups in sources]
        for border in (BORDERS * float(tried.scales[language].sum())).round(2).tolist():
            bound = tried._replace(borders={language: border})
            rand = np.mean([_mean_rand(bound, some, language) for some in told])
            rands[share, border] = round(float(rand), 6)
    most = max(rands.values())
    share, border = max(key for key, rand in rands.items() if rand >= most - LENIENCE)
    chosen = _with_sense(model, worded, share, seen, language)
    return chosen._replace(borders={**chosen.borders, language: border})


def _with_sense(model: Model, worded: Floats, share: float, seen: Groups, language: Language) -> Model:
    scales = np.append(worded, np.float32(share * float(worded.sum())))
    model = model._replace(scales={**model.scales, language: scales})
    return model._replace(means={**model.means, language: mean_of(model, seen, language)})


class _Ordered(NamedTuple):
    """A group's vectors and themes, and the orders in which they come."""

    points: Floats
    themes: list[str]
    orders: list[NDArray[np.int64]]


def _in_order(model: Model, group: Sequence[Said], language: Language) -> _Ordered:
    orders = [np.random.default_rng(seed).permutation(len(group)) for seed in SEEDS]
    return _Ordered(points_of(model, group, language), themes_of(group), orders)


def _mean_rand(model: Model, told: Sequence[_Ordered], language: Language) -> float:
    return float(np.mean([
        adjusted_rand(one.themes, labels_by_week(one.points, order, model, language))
        for one in told
        for order in one.orders
    ]))  # fmt: skip
