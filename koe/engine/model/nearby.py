"""Which of many known themes a model is shown: the largest, and those nearest to what is asked about."""

from collections.abc import Sequence

import numpy as np

from koe.engine.base import KnownTheme, Unsettled
from koe.themes.likeness import MARKS, unit

__all__ = ["nearest_themes"]

MOST = 120
LARGEST = 40
"""Shown whatever they are near to: a vector does not see that two languages say the same."""


def nearest_themes(findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[KnownTheme]:
    """At most `MOST` of the themes that stand for themselves, the largest first."""
    alive = [item for item in themes if item.theme.merged_into is None]
    ranked = sorted(alive, key=lambda item: (-item.members, item.theme.id))
    if len(ranked) <= MOST:
        return ranked
    rest = ranked[LARGEST:]
    said = unit(np.stack([item.vector[MARKS:] for item in findings]))
    stands = unit(np.stack([item.centroid[MARKS:] for item in rest]))
    near = np.round((said @ stands.T).max(axis=0), 5)
    order = sorted(range(len(rest)), key=lambda n: (-near[n], n))[: MOST - LARGEST]
    return [*ranked[:LARGEST], *(rest[n] for n in sorted(order))]
