"""How find fares on trades it was not trained on: `python -m eval.find --folds` prints it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.base import FindResult
from koe.engine.offline.find.model import chances
from koe.engine.offline.find.reading import find, kept_span
from koe.engine.offline.find.spans import Pick, pick
from koe.language.text import Language
from training.conversations import Marked, load_conversations
from training.find import (
    STEPS,
    STRENGTH,
    THRESHOLD,
    Fitted,
    Matrix,
    candidates_of,
    fit,
    learn_nets,
    matrix,
    mean,
    targets,
    taught,
    to_weights,
)
from training.kept_masks import kept_mask
from training.masked import masked, masked_talk
from training.rows import CONVERSATION_FOLDS, FOLDS, Row, fold_of, joined, load_rows, rows_of

__all__ = ["held_out", "held_out_conversations"]


class _Taught(NamedTuple):
    """Candidates as columns, what each is, and the fold it is held out in."""

    columns: Matrix
    wanted: NDArray[np.int64]
    fold: NDArray[np.int64]


def held_out(language: Language, folds: int = FOLDS) -> list[tuple[Row, list[Pick]]]:
    """Each turn of the first `folds` folds with what a model found in it that never saw its trade."""
    rows = masked(load_rows(language), kept_mask)
    fold = fold_of(rows)
    taught = [_laid_out(some, language) for some in (rows, joined(rows, language))]
    read: list[tuple[Row, list[Pick]]] = []
    for n in range(folds):
        fitted = mean([_without(n, some, language) for some in taught])
        seen = [row for row, f in zip(rows, fold, strict=True) if f != n]
        kept = [row for row, f in zip(rows, fold, strict=True) if f == n]
        apart = candidates_of(kept)
        chance = chances(apart, language, to_weights(fitted, language, learn_nets(seen, language)))
        picks = pick(apart, chance, THRESHOLD[language])
        read += [(row, _kept(row, [one for one in picks if one.text == k])) for k, row in enumerate(kept)]
    return read


def held_out_conversations(language: Language, folds: int) -> list[tuple[Marked, FindResult]]:
    """The conversations of the first `folds` folds with what a model found that never saw their files."""
    marked = [masked_talk(one, kept_mask) for one in load_conversations(language)]
    files = sorted({one.file for one in marked})
    whole = {row.id for row in rows_of(marked)}
    turns = masked((row for row in load_rows(language) if row.id not in whole), kept_mask)
    read: list[tuple[Marked, FindResult]] = []
    for n in range(folds):
        apart = set(files[n::CONVERSATION_FOLDS])
        weights = taught([*turns, *rows_of([one for one in marked if one.file not in apart])], language)
        kept = [one for one in marked if one.file in apart]
        read += zip(kept, find([one.conversation for one in kept], {language: weights}), strict=True)
    return read


def _laid_out(rows: list[Row], language: Language) -> _Taught:
    batch = candidates_of(rows)
    where = np.array(fold_of(rows))[batch.text]
    return _Taught(matrix(batch, language), targets(rows, batch), where)


def _without(fold: int, taught: _Taught, language: Language) -> Fitted:
    seen = np.flatnonzero(taught.fold != fold)
    return fit(taught.columns[seen], taught.wanted[seen], STRENGTH[language], STEPS[language])


def _kept(row: Row, picks: list[Pick]) -> list[Pick]:
    """What the rules leave of the picks, as they would be proposed."""
    spans = [(one, kept_span(row.text, one)) for one in picks]
    return [one._replace(start=span.start, end=span.end) for one, span in spans if span is not None]
