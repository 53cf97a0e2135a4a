"""How likely each passage carries the answer, and which conversations do: learned weights over its signs.

First each passage by itself, then once more with what the passages say that are like it; and whether anybody
speaks of the matter at all. The weights are learned on questions about made-up companies, and on such as are
put to another trade's customers (`training/asked.py`), a company at a time held out.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.ask.matching.evidence import SAME, SIGNS, Evidence
from koe.language.text import Language
from koe.themes.likeness import MARKS

__all__ = [
    "ENOUGH",
    "SAID",
    "SUPPORT",
    "SURELY",
    "WEIGHTS",
    "Line",
    "chance_said",
    "chances",
    "choose",
    "load_lines",
    "supported",
    "telling",
]

WEIGHTS = Path(__file__).with_name("weigh.json")
LIKE = 12
"""Passages at most that others are compared with."""
WORTH = 0.02
"""A passage less likely than this is no example of what is asked."""
SAID, SURELY = 0.25, 0.5
"""A question that is less likely than this about something that anybody said is not answered; one that is
less likely than the second is answered with what comes near in meaning, and told so.

Held out, .75 (ja) and .63 (en) of questions put to another trade's customers are not answered where companies
are made of sayings, .63 and .77 where of turns; with a bar for the likeliest conversation alone, as it was,
.47, .55, .21 and .35. Of right questions .06, .10, .11 and .10 are turned down; .04, .12, .01 and .04 then.
"""
BEST = 5
"""Conversations whose likelihoods tell whether a matter is spoken of."""
NOTHING = -8.0
"""The logit of a conversation that is not there."""
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
    return np.asarray(1 / (1 + np.exp(-_looked_at(evidence, conversations, lines)[1]))).round(6)


def chance_said(evidence: Evidence, conversations: Sequence[str], lines: Mapping[str, Line]) -> float:
    """How likely it is that anybody speaks of what is asked; who says all of its words as they are does."""
    if float(evidence.signs[:, SIGNS.index("same")].max()) > SAME:
        return 1.0
    logit = float(lines["said"](telling(evidence, conversations, lines)[None])[0])
    return float(1 / (1 + np.exp(-logit)))


def telling(evidence: Evidence, conversations: Sequence[str], lines: Mapping[str, Line]) -> Floats:
    """What tells whether anybody speaks of a matter.

    The logits of the three likeliest conversations and the mean of five, that of the likeliest passage at
    the first look, the most that any passage has of each sign, and how far the question's words are spoken.
    """
    first, second = _looked_at(evidence, conversations, lines)
    best: dict[str, float] = {}
    for id, one in zip(conversations, second.tolist(), strict=True):
        best[id] = max(best.get(id, NOTHING), one)
    top = (sorted(best.values(), reverse=True) + BEST * [NOTHING])[:BEST]
    told = [*top[:3], float(np.mean(top)), float(first.max())]
    return np.concatenate([told, evidence.signs.max(axis=0), evidence.spoken])


def _looked_at(
    evidence: Evidence, conversations: Sequence[str], lines: Mapping[str, Line]
) -> tuple[Floats, Floats]:
    """The logits of the first look and of the second."""
    first = lines["first"](evidence.signs)
    return first, lines["second"](np.hstack([evidence.signs, supported(evidence, conversations, first)]))


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
    """The conversations that are likely enough, the likeliest first."""
    order = sorted(chance, key=lambda id: (-chance[id], id))
    return [id for id in order if chance[id] >= ENOUGH]


@cache
def load_lines(language: Language) -> Mapping[str, Line]:
    """The regressions for questions in a language: `first`, `second` and `said`."""
    told = json.loads(WEIGHTS.read_text("utf-8"))[language]
    return {name: Line(tuple(one["weights"]), one["bias"]) for name, one in told.items()}
