"""Fits the regressions by which `koe.ask` weighs passages, and says what they give on companies held out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from koe.ask.matching.evidence import Evidence
from koe.ask.matching.weigh import SAID, Line, chance_said, chances, choose, supported, telling
from koe.language.text import Language

__all__ = ["Asked", "Figures", "Key", "held", "learn", "teaching"]

L2 = 10.0
"""How strongly weights are kept small, signs being scaled to one spread."""
FOLDS = 4
Floats = NDArray[np.floating]
Key = tuple[Language, str]
"""A made-up company: its language and trade."""


class Asked(NamedTuple):
    """One question: what speaks for each passage, whose it is, and whether it is of the matter."""

    evidence: Evidence
    conversations: list[str]
    wanted: NDArray[np.bool_]
    truth: frozenset[str]
    is_whole: bool
    """Asked as it stands, of all the data."""

    @property
    def is_own(self) -> bool:
        """Whether it is about a matter of the company's customers."""
        return bool(self.truth)


def learn(asked: Sequence[Asked]) -> dict[str, Line]:
    """The regressions over passages, and the one that tells whether anybody speaks of a matter."""
    own = [one for one in asked if one.is_own]
    wanted = np.concatenate([one.wanted for one in own]).astype(np.float64)
    first = _fitted(np.concatenate([one.evidence.signs for one in own]), wanted)
    signs = [
        np.hstack([one.evidence.signs, supported(one.evidence, one.conversations, first(one.evidence.signs))])
        for one in own
    ]
    lines = {"first": first, "second": _fitted(np.concatenate(signs), wanted)}
    whole = [one for one in asked if one.is_whole]
    told = np.stack([telling(one.evidence, one.conversations, lines) for one in whole])
    return lines | {"said": _fitted(told, np.array([float(one.is_own) for one in whole]), is_even=True)}


def _fitted(signs: Floats, wanted: Floats, *, is_even: bool = False) -> Line:
    """The regression that makes what is wanted likeliest, its weights for the signs as they are.

    Where it is even, what is wanted counts as much as what is not, however many there are of each.
    """
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    scaled = (signs - middle) / spread
    share = wanted.mean()
    heed = np.where(wanted > 0, 0.5 / share, 0.5 / (1 - share)) if is_even else np.ones(len(wanted))

    def loss(flat: Floats) -> tuple[float, Floats]:
        logit = scaled @ flat[1:] + flat[0]
        off = heed * (1 / (1 + np.exp(-logit)) - wanted)
        errors = heed * (np.logaddexp(0, logit) - wanted * logit)
        value = float(errors.sum() + L2 / 2 * (flat[1:] ** 2).sum())
        return value, np.append(off.sum(), scaled.T @ off + L2 * flat[1:])

    best = minimize(loss, np.zeros(signs.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = best[1:] / spread
    return Line(tuple(weights.round(4).tolist()), round(float(best[0] - weights @ middle), 4))


class Figures(NamedTuple):
    """What came of questions asked as they stand."""

    precision: list[float]
    recall: list[float]
    refused: list[bool]
    """Of each question about another company's matter whether nothing was answered."""

    def told(self) -> str:
        """All three on a line, with the numbers of questions."""
        right = f"precision {np.mean(self.precision):.3f}, recall {np.mean(self.recall):.3f}"
        return (
            f"{right}, n={len(self.precision)}; "
            f"foreign ones refused {np.mean(self.refused):.2f}, n={len(self.refused)}"
        )


def figures(lines: Mapping[str, Line], asked: Sequence[Asked], into: Figures) -> None:
    """Add precision and recall of the conversations chosen, of each question as it stands, or its refusal."""
    for one in filter(lambda one: one.is_whole, asked):
        chance = chances(one.evidence, one.conversations, lines)
        best: dict[str, float] = {}
        for id, value in zip(one.conversations, chance.tolist(), strict=True):
            best[id] = max(best.get(id, 0.0), value)
        taken = choose(best) if chance_said(one.evidence, one.conversations, lines) >= SAID else []
        if one.is_own:
            hits = len(one.truth & set(taken))
            into.precision.append(hits / max(1, len(taken)))
            into.recall.append(hits / len(one.truth))
        else:
            into.refused.append(not taken)


def held(both: Sequence[Mapping[Key, list[Asked]]]) -> list[Figures]:
    """What comes of questions about turns and about sayings, a fourth of the companies held out at a time."""
    told = [Figures([], [], []) for _ in both]
    for fold in range(FOLDS):
        out = {key for some in both for key in sorted(some)[fold::FOLDS]}
        kept = [{key: asked for key, asked in some.items() if key not in out} for some in both]
        lines = learn(teaching(kept))
        for into, some in zip(told, both, strict=True):
            for key in sorted(out & some.keys()):
                figures(lines, some[key], into)
    return told


def teaching(both: Sequence[Mapping[Key, list[Asked]]]) -> list[Asked]:
    """The questions about turns and about sayings, the few so often that both kinds count alike."""
    turns, sayings = ([one for key in sorted(some) for one in some[key]] for some in both)
    return turns * max(1, round(len(sayings) / len(turns))) + sayings
