"""Which themes a question is about: the findings of each as one group, a passage without finding alone.

A group is weighed by what its passages have of the question's words. The weights are those of a choice
between the themes of a trade, over labelled turns of many trades, asked by a short paraphrase (English)
or by what another customer said of the matter (Japanese).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from koe.ask.matching.score import Fit
from koe.ask.rows.units import Unit
from koe.language.text import Language
from koe.language.vectors import Floats
from koe.records import FindingKind

__all__ = ["LEAST", "Group", "choose", "groups_of", "is_contrary", "is_related", "named", "strengths"]

K = FindingKind
Weights = tuple[float, float, float, float, float]

WEIGHTS: Mapping[Language, Weights] = {
    "ja": (2.3, 8.3, 3.5, 4.8, 2.8),
    "en": (3.1, 4.8, 0.0, 6.3, 7.0),
}
"""What counts: words that any of a group's passages has, the mean of what each has, pairs of characters of
the best, the mean cosine, the best cosine."""
ASKED = 6.5
"""What a group of findings of a kind that was asked for has beside that; of any kind where none was."""
RELATED = 3.0
"""What it has when its kind is one that is often taken for the one asked for."""
BARE = 0.0
"""What a passage has that holds no finding."""
_RELATED = (
    {K.COMPLAINT, K.OBJECTION}, {K.PRAISE, K.BUYING_REASON}, {K.COMPLAINT, K.FEATURE_REQUEST},
    {K.FEATURE_REQUEST, K.QUESTION}, {K.FEATURE_REQUEST, K.BUYING_REASON}, {K.FEATURE_REQUEST, K.OBJECTION},
)  # fmt: skip
_GLAD = frozenset({K.PRAISE, K.BUYING_REASON})
_CONTRARY: Mapping[FindingKind, frozenset[FindingKind]] = {
    K.COMPLAINT: _GLAD, K.OBJECTION: _GLAD, K.QUESTION: _GLAD, K.FEATURE_REQUEST: frozenset({K.PRAISE}),
    K.PRAISE: frozenset(K) - _GLAD, K.BUYING_REASON: frozenset({K.COMPLAINT, K.OBJECTION, K.QUESTION}),
}  # fmt: skip
"""By kind asked for, the kinds that are never counted as one: nobody complains by praising."""
LEAST: Mapping[Language, float] = {"ja": 5.8, "en": 1.9}
"""A question whose best group has less than this, its kind aside, is about something nobody said."""
MARGIN, NARROWER, NARROWEST = 1.6, 0.4, 0.3
"""How far below the best group others are taken: less for each finding that the best one has, because a
matter that made a large theme is all in it, and one that made none is scattered."""

ALL = 0.6
"""Share of a question's words, weighed, from which a passage is taken for itself."""

ALONE = 0.99
"""The same where the question has one word: the very word."""


class Group(NamedTuple):
    """Passages that stand or fall together."""

    kind: FindingKind | None
    """None for a passage that holds no finding."""
    findings: frozenset[str]
    places: tuple[int, ...]
    """Which of the passages."""
    whole: bool = True
    """Whether it stands for all findings of its theme."""


def groups_of(units: Sequence[Unit]) -> list[Group]:
    """Each theme's passages, each finding of no theme and each passage of no finding alone, in order."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    kinds: dict[tuple[str, str], FindingKind | None] = {}
    for n, unit in enumerate(units):
        for row in unit.findings:
            key = ("theme", row.theme) if row.theme else ("finding", row.id)
            places[key].append(n)
            ids[key].add(row.id)
            kinds.setdefault(key, row.kind)
        if not unit.findings:
            places["passage", str(n)], kinds["passage", str(n)] = [n], None
    return [Group(kinds[key], frozenset(ids[key]), tuple(dict.fromkeys(places[key]))) for key in places]


def strengths(
    groups: Sequence[Group], fit: Fit, kinds: Collection[FindingKind], language: Language
) -> Floats:
    """How well each group answers; minus infinity where it says too little, or the contrary."""
    weights = np.array(WEIGHTS[language], np.float32)
    signs = np.array([_signs(list(group.places), fit) for group in groups], np.float32)
    said = signs @ weights
    worth = np.array([_worth(group.kind, kinds) for group in groups])
    is_out = [is_contrary(group.kind, kinds) for group in groups]
    return np.where((said < LEAST[language]) | is_out, -np.inf, said + worth).astype(np.float32)


def _signs(places: list[int], fit: Fit) -> list[float]:
    cover, cosine = fit.cover[places], fit.cosine[places]
    return [
        float(cover.max(axis=0).sum()), float(cover.sum(axis=1).mean()), float(fit.pairs[places].max()),
        float(cosine.mean()), float(cosine.max()),
    ]  # fmt: skip


def _worth(own: FindingKind | None, asked: Collection[FindingKind]) -> float:
    if own is None:
        return BARE
    if not asked or own in asked:
        return ASKED
    return RELATED if is_related(own, asked) else 0.0


def is_related(own: FindingKind | None, asked: Collection[FindingKind]) -> bool:
    """Whether a kind is often taken for one of those asked for."""
    return any({own, kind} in _RELATED for kind in asked)


def is_contrary(own: FindingKind | None, asked: Collection[FindingKind]) -> bool:
    """Whether a kind is never any of those asked for."""
    return own is not None and bool(asked) and all(own in _CONTRARY[kind] for kind in asked)


def choose(groups: Sequence[Group], strength: Floats) -> list[int]:
    """The places of the best group, and of those that come as near to it as its size lets them."""
    if not groups:
        return []
    best = int(np.argmax(strength))
    if np.isneginf(strength[best]):
        return []
    least = float(strength[best]) - max(NARROWEST, MARGIN - NARROWER * len(groups[best].findings))
    return [n for n, one in enumerate(strength) if one >= least]


def named(units: Sequence[Unit], fit: Fit, kinds: Collection[FindingKind]) -> list[int]:
    """Passages that hold a finding of a kind asked for and have as good as all words of the question."""
    least = ALL if fit.cover.shape[1] > 1 else ALONE
    near = fit.near
    return [n for n, unit in enumerate(units) if near[n] >= least and _is_asked(unit, kinds)]


def _is_asked(unit: Unit, kinds: Collection[FindingKind]) -> bool:
    return any(not kinds or row.kind in kinds for row in unit.findings)
