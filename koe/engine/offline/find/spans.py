"""Which candidates become findings: the likeliest first, none over another, each as whole as can be."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find.features import Batch
from koe.records import FindingKind

__all__ = ["KINDS", "Pick", "pick"]

KINDS = tuple(FindingKind)


SENTENCE = 2
"""The border that begins one (`Clause.border`)."""
MOST_OF_IT = 0.5
"""A span that covers this share of its sentences is quoted as those sentences."""
LONGEST_QUOTE = 200
_TURNS = re.compile(
    r"(?:ただし?|しかし(?:ながら)?|とは[言い]え|一方(?:で)?|その反面|とはいうものの)[、,\s]|"
    r"(?:however|that said|having said that|mind you|on the other hand)\b",
    re.I,
)
"""How a sentence begins that turns against the one before: no quote holds both."""


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
    likely = np.flatnonzero((chance >= threshold) & ~_crosses(batch))
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
    return [one for text, picks in sorted(taken.items()) for one in _whole(batch, text, sorted(picks))]


def _crosses(batch: Batch) -> NDArray[np.bool_]:
    """Candidates over the beginning of a sentence that turns against the one before."""
    heads = np.flatnonzero(batch.borders >= SENTENCE)
    owner = np.searchsorted(batch.codes.starts, batch.clause_starts[heads], side="right") - 1
    turns = [
        int(batch.clause_starts[n])
        for n, text in zip(heads.tolist(), owner.tolist(), strict=True)
        if _TURNS.match(batch.texts[text], int(batch.clause_starts[n]) - batch.offset(text))
    ]
    turning = np.array(turns, np.int64)
    return np.searchsorted(turning, batch.starts, side="right") < np.searchsorted(turning, batch.ends)


def _whole(batch: Batch, text: int, picks: Sequence[Pick]) -> list[Pick]:
    """Each pick as its whole sentences where it covers most of them, as far as the next pick."""
    shift = batch.offset(text)
    inside = slice(*np.searchsorted(batch.clause_starts, [shift, shift + len(batch.texts[text])]).tolist())
    heads = np.flatnonzero(batch.borders[inside] >= SENTENCE)
    starts = batch.clause_starts[inside][heads] - shift
    ends = batch.clause_ends[inside][np.append(heads[1:], inside.stop - inside.start) - 1] - shift
    whole: list[Pick] = []
    for n, one in enumerate(picks):
        free = whole[-1].end if whole else 0
        limit = picks[n + 1].start if n + 1 < len(picks) else len(batch.texts[text])
        first = int(np.searchsorted(starts, one.start, side="right")) - 1
        last = int(np.searchsorted(ends, one.end))
        start, end = max(free, int(starts[first])), min(limit, int(ends[last]))
        fits = end - start <= LONGEST_QUOTE and one.end - one.start >= MOST_OF_IT * (end - start)
        whole.append(one._replace(start=start, end=end) if fits else one)
    return whole


def _is_free(one: Pick, others: Sequence[Pick]) -> bool:
    return all(one.end <= other.start or other.end <= one.start for other in others)
