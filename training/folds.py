"""How find fares on trades it was not trained on: `python -m eval.find --folds` prints it."""

import numpy as np

from koe.engine.offline.find import kept_span
from koe.engine.offline.find_model import chances
from koe.engine.offline.find_spans import Pick, pick
from koe.text import Language
from training.find import STEPS, STRENGTH, THRESHOLD, candidates_of, fit, matrix, targets, to_weights
from training.rows import FOLDS, Row, fold_of, load_rows

__all__ = ["held_out"]


def held_out(language: Language, folds: int = FOLDS) -> list[tuple[Row, list[Pick]]]:
    """Each turn of the first `folds` folds with what a model found in it that never saw its trade."""
    rows = load_rows(language)
    fold = fold_of(rows)
    batch = candidates_of(rows)
    columns, wanted = matrix(batch, language), targets(rows, batch)
    where = np.array(fold)[batch.text]
    read: list[tuple[Row, list[Pick]]] = []
    for n in range(folds):
        seen = np.flatnonzero(where != n)
        fitted = fit(columns[seen], wanted[seen], STRENGTH[language], STEPS[language])
        kept = [row for row, f in zip(rows, fold, strict=True) if f == n]
        apart = candidates_of(kept)
        chance = chances(apart, language, to_weights(fitted, language))
        picks = pick(apart, chance, THRESHOLD[language])
        read += [(row, _kept(row, [one for one in picks if one.text == k])) for k, row in enumerate(kept)]
    return read


def _kept(row: Row, picks: list[Pick]) -> list[Pick]:
    """What the rules leave of the picks, as they would be proposed."""
    spans = [(one, kept_span(row.text, one)) for one in picks]
    return [one._replace(start=span.start, end=span.end) for one, span in spans if span is not None]
