"""How likely each passage carries the answer, and which conversations do: learned weights over its signs.

First each passage by itself, then once more with what the passages say that are like it. The weights are
learned on questions about made-up companies (`training/asked.py`), a trade at a time held out.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.ask.matching.evidence import Evidence
from koe.language.text import Language
from koe.themes.likeness import MARKS

__all__ = ["SUPPORT", "WEIGHTS", "Line", "chances", "choose", "load_lines", "supported"]

WEIGHTS = Path(__file__).with_name("weigh.json")
LIKE = 12
"""Passages at most that others are compared with."""
WORTH = 0.02
"""A passage less likely than this is no example of what is asked."""
LEAST = 0.4
"""A question whose likeliest passage is less likely than this is about something nobody said. Of right
questions about sayings never taught it turns down .04 (ja) and .18 (en), about labelled turns .02 and .04; of
those put to another trade's customers .53 and .70."""
ENOUGH = 0.3
"""A conversation less likely than this is not cited. As many as were to be expected, the sum of all chances,
were chosen before: worse in precision and recall at once."""
SUPPORT = ("first", "below_best", "theme_mean", "theme_best", "theme_size", "like_mean", "like_best")
"""What is known after the first look: its logit, the same against the best; how likely the others of its
theme are on the mean and at best, how many they are; how alike it is to the likely ones, mean and best."""

Floats = NDArray[np.floating]


class Line(NamedTuple):
    """A logistic regression: one weight for each sign."""

    weights: Sequence[float]
    bias: float

    def __call__(self, signs: Floats) -> Floats:
        """The logit of each row."""
        return np.asarray(signs @ np.array(self.weights) + self.bias)


def chances(evidence: Evidence, conversations: Sequence[str], lines: Mapping[str, Line]) -> Floats:
    """How likely each passage carries the answer; `conversations` says whose each passage is."""
    first = lines["first"](evidence.signs)
    second = lines["second"](np.hstack([evidence.signs, supported(evidence, conversations, first)]))
    return np.asarray(1 / (1 + np.exp(-second))).round(6)


def supported(evidence: Evidence, conversations: Sequence[str], first: Floats) -> Floats:
    """What the other conversations' passages say for each, in the columns of SUPPORT."""
    chance = 1 / (1 + np.exp(-first))
    own = np.array(conversations)
    told = np.array([row is not None for row in evidence.findings], np.float64)
    columns = [*_by_theme(evidence, own, chance), *_by_likeness(evidence, own, chance)]
    return np.stack([first, first - first.max(), *(column * told for column in columns)], axis=1)


def _by_theme(evidence: Evidence, own: NDArray[np.str_], chance: Floats) -> list[Floats]:
    mates: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(evidence.findings):
        if row is not None and row.theme:
            mates[row.theme].append(n)
    out = np.zeros((3, len(chance)))
    for some in mates.values():
        for n in some:
            others = [chance[m] for m in some if own[m] != own[n]]
            if others:
                out[:, n] = float(np.mean(others)), max(others), np.log1p(len(others))
    return list(out)


def _by_likeness(evidence: Evidence, own: NDArray[np.str_], chance: Floats) -> list[Floats]:
    best = [n for n in np.argsort(-chance.round(6), kind="stable")[:LIKE].tolist() if chance[n] > WORTH]
    if not best:
        return [np.zeros(len(chance)), np.zeros(len(chance))]
    others = own[:, None] != own[best][None, :]
    vectors = evidence.likeness[:, MARKS:].astype(np.float64)
    alike = (vectors @ vectors[best].T) * others
    weight = chance[best]
    mean = (alike @ weight) / np.maximum(others @ weight, 1e-6)
    return [mean, np.maximum((alike * weight).max(axis=1), 0)]


def choose(chance: Mapping[str, float]) -> list[str]:
    """The conversations that are likely enough, the likeliest first.

    None where not even the likeliest is: then nobody said it.
    """
    order = sorted(chance, key=lambda id: (-chance[id], id))
    if not order or chance[order[0]] < LEAST:
        return []
    return [id for id in order if chance[id] >= ENOUGH]


@cache
def load_lines(language: Language) -> Mapping[str, Line]:
    """Both regressions for questions in a language."""
    told = json.loads(WEIGHTS.read_text("utf-8"))[language]
    return {name: Line(tuple(told[name]["weights"]), told[name]["bias"]) for name in ("first", "second")}
