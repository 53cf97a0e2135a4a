"""From rows to figures: each is a formula over the weighted sums of its family's rows.

A formula takes the sums of the counts, or for themes the labels with their weights, and gives a share
between 0 and 1, or None when there is nothing to divide by.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.pairs import grouping
from eval.shape import Row

Floats = NDArray[np.float64]
Formula = Callable[[Floats], float | None]


class Measure(NamedTuple):
    """One figure's name, where its rows are, how they become a number."""

    name: str
    family: str
    formula: Formula | None
    """Over the sums of the counts; None where labels are compared."""
    unit: str
    n: int = 0
    """Which count says how many cases there are; -1 for the number of rows."""
    soft: bool = True
    """Whether the gate looks at it."""


def ratio(top: int, bottom: int) -> Formula:
    """The share of one count in another."""
    return lambda sums: float(sums[top] / sums[bottom]) if sums[bottom] else None


def rest(top: int, bottom: int) -> Formula:
    """One minus that share."""
    return lambda sums: 1 - float(sums[top] / sums[bottom]) if sums[bottom] else None


def f1(right: int) -> Formula:
    """Harmonic mean of precision and recall; the counts begin with found and true."""
    return lambda sums: float(2 * sums[right] / (sums[0] + sums[1])) if sums[0] + sums[1] else None


FOUND, TRUE, RIGHT, EXACT = range(4)
MEASURES = (
    Measure("findings.f1", "findings", f1(RIGHT), "findings", TRUE),
    Measure("findings.precision", "findings", ratio(RIGHT, FOUND), "found", FOUND),
    Measure("findings.recall", "findings", ratio(RIGHT, TRUE), "findings", TRUE),
    Measure("findings.f1 exact", "findings", f1(EXACT), "findings", TRUE, soft=False),
    Measure("findings.hard negatives kept out", "negatives", ratio(0, 1), "hard negatives", 1),
    Measure("findings.none where none is", "quiet", ratio(0, 1), "conversations", 1),
    Measure("themes.rand", "themes", None, "findings", -1),
    Measure("themes.pair recall", "themes", None, "findings", -1, soft=False),
    Measure("themes.pair precision", "themes", None, "findings", -1, soft=False),
    Measure("weeks.top-3 exact", "weeks", ratio(0, 3), "weeks", 3),
    Measure("weeks.top-3 named", "weeks", ratio(1, 3), "weeks", 3),
    Measure("weeks.order", "weeks", ratio(2, 3), "weeks", 3),
    Measure("keywords.precision", "keywords.top", ratio(0, 1), "places", 1),
    Measure("keywords.recall", "keywords.term", ratio(0, 1), "terms", 1),
    Measure("keywords.counts exact", "keywords.count", ratio(0, 1), "keywords", 1),
    Measure("keywords.decoys kept out", "keywords.decoy", rest(0, 1), "decoys", 1),
    Measure("questions.counts", "questions", ratio(0, 1), "counts", 1),
    Measure("questions.facts", "questions", ratio(2, 3), "facts", 3),
    Measure("questions.citation precision", "questions", ratio(4, 5), "answers", 5),
    Measure("questions.citation recall", "questions", ratio(6, 7), "questions", 7),
    Measure("questions.answered", "questions", ratio(8, 9), "answerable", 9),
    Measure("questions.abstained", "questions", ratio(10, 11), "unanswerable", 11),
    Measure("masking.whole", "masking", ratio(1, 0), "strings", 0),
    Measure("masking.characters", "masking", ratio(3, 2), "characters", 2),
    Measure("masking.rightly", "masking", rest(4, 5), "masks", 5),
    Measure("masking.stays in", "leaks", ratio(0, 1), "strings", 1),
    Measure("digest.top themes named", "digest", ratio(0, 1), "themes", 1),
)


Weighed = Callable[[Floats], float | None]
"""The figure when each account counts as often as its weight says."""


def weighed(measure: Measure, rows: Sequence[Row], accounts: Mapping[str, int]) -> Weighed:
    """The figure of rows of its family as a function of the accounts' weights."""
    places = np.array([accounts[row.account] for row in rows], dtype=np.int64)
    formula = measure.formula
    if formula is None:
        return grouping(measure.name, rows, places)
    sums = np.zeros((len(accounts), len(rows[0].counts) if rows else 1))
    np.add.at(sums, places, np.array([row.counts for row in rows], dtype=np.float64))
    return lambda weights: formula(weights @ sums)


def value_of(measure: Measure, rows: Sequence[Row]) -> float | None:
    """The figure of rows of its family; None when there is nothing to divide by."""
    accounts = accounts_of(rows)
    return weighed(measure, rows, accounts)(np.ones(len(accounts))) if rows else None


def accounts_of(rows: Sequence[Row]) -> dict[str, int]:
    """Each account of the rows with its number, in order."""
    return {account: n for n, account in enumerate(sorted({row.account for row in rows}))}


def count_of(measure: Measure, rows: Sequence[Row]) -> int:
    """How many cases the figure stands on."""
    return len(rows) if measure.n < 0 else int(sum(row.counts[measure.n] for row in rows))
