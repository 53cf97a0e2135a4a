"""Which candidates become findings: the likeliest first, none over another."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find_features import Batch
from koe.records import FindingKind

__all__ = ["KINDS", "Pick", "pick"]

KINDS = tuple(FindingKind)


class Pick(NamedTuple):
    """A span of a text taken for one kind, in the text's own code points, end exclusive."""

    text: int
    start: int
    end: int
    kind: FindingKind
    chance: float


def pick(batch: Batch, chances: NDArray[np.float64], threshold: float) -> list[Pick]:
    """The picks of all texts, in the order of the texts and of their words.

    A candidate counts for its likeliest kind; of candidates that overlap the likeliest stays.
    """
    best = chances[:, 1:].argmax(axis=1)
    chance = chances[np.arange(len(chances)), best + 1]
    likely = np.flatnonzero(chance >= threshold)
    order = likely[np.lexsort((batch.ends[likely], batch.starts[likely], -chance[likely]))]
    taken: dict[int, list[Pick]] = {}
    for n in order.tolist():
        text = int(batch.text[n])
        shift = batch.offset(text)
        one = Pick(
            text,
            int(batch.starts[n]) - shift,
            int(batch.ends[n]) - shift,
            KINDS[best[n]],
            float(chance[n]),
        )
        if _is_free(one, taken.setdefault(text, [])):
            taken[text].append(one)
    return sorted(one for picks in taken.values() for one in picks)


def _is_free(one: Pick, others: Sequence[Pick]) -> bool:
    return all(one.end <= other.start or other.end <= one.start for other in others)
