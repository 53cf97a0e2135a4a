"""What a model for embeddings adds to how passages fit: those that mean what is asked in other words.

Models differ in what cosine says "near", so none is compared with a number of koe's. A passage's rank by
the model stands for the own cosine of that rank; and what stands far above any two passages of the ledger
counts as having half of the words. Without a model the fit is what it was.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.ask.matching.score import Fit, Sought, shares_of
from koe.ask.rows.units import Units
from koe.language.vectors import Floats
from koe.meaning.near import Question, nearness

__all__ = ["Meant", "meant"]

STANDS_OUT = 4.0
"""Spreads above the median cosine of two passages from which a passage is about the question. Where customers
of one trade are asked for what those of another said (12,000 pairs, MiniLM), one is in two of a hundred."""
MEANT = 0.5
"""What such a passage has of the question's words."""


class Meant(NamedTuple):
    """How passages fit with what the model sees in it."""

    fit: Fit
    stands_out: bool
    """Whether the model sees any that is about the question."""


def meant(conn: sa.Connection, asked: Question | None, sought: Sought, units: Units, found: Fit) -> Meant:
    """The fit with what the model sees in it; as it was where there is no model."""
    if asked is None or not units.units:
        return Meant(found, stands_out=False)
    near = nearness(conn, asked, [unit.n for unit in units.units])
    out = np.nan_to_num(near.apart, nan=-np.inf) >= STANDS_OUT
    cover = np.where(out[:, None], np.maximum(found.cover, MEANT * shares_of(sought, units)), found.cover)
    fit = Fit(np.asarray(cover, np.float32), found.pairs, _fused(found.cosine, near.cosine))
    return Meant(fit, bool(out.any()))


def _fused(own: Floats, model: Floats) -> Floats:
    """The mean of the own cosine and of the one that has the rank which the model gives."""
    known = np.flatnonzero(~np.isnan(model))
    if not len(known):
        return own
    ranked = known[_order(model[known])]
    values = np.sort(own[known])[::-1]
    out = own.copy()
    out[ranked] = (own[ranked] + values) / 2
    return np.asarray(out, np.float32)


def _order(values: Floats) -> Sequence[int]:
    """Places from the highest to the lowest; what differs in the last bits stays in its order."""
    return list(np.argsort(-np.round(values, 5), kind="stable"))
