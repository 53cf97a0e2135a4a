"""Trains the model of find and writes its weights: `OMP_NUM_THREADS=1 python -m training.find`.

A softmax regression over the candidates of all turns: each run of clauses is either one of the six
kinds (it overlaps a finding by at least half, as findings are judged) or none. Fitted by L-BFGS on one
thread, once on the turns alone and once on longer ones made of them, and averaged. Beside it small nets
over the words (`training/find_net.py`). Run again on the same machine it writes the same bytes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from koe.engine.offline.find import model
from koe.engine.offline.find.context import ALONE
from koe.engine.offline.find.features import (
    EDGE_ROWS,
    GRAMS,
    WORD_NUMBERS,
    Batch,
    Block,
    edges,
    flags,
    lay_out,
    places,
    senses,
    words_of,
)
from koe.engine.offline.find.grams import ngram_rows
from koe.engine.offline.find.net import Arrays
from koe.language.text import Language
from training.kept_masks import kept_mask
from training.masked import masked
from training.rows import KINDS, Row, joined, load_rows

__all__ = [
    "Fitted",
    "by_regression",
    "candidates_of",
    "fit",
    "learn_nets",
    "matrix",
    "mean",
    "targets",
    "taught",
    "to_weights",
]

STRENGTH: dict[Language, float] = {"ja": 5.0, "en": 3.0}
STEPS: dict[Language, int] = {"ja": 80, "en": 100}
THRESHOLD: dict[Language, float] = {"ja": 0.4, "en": 0.4}
NETS: dict[Language, int] = {"ja": 1, "en": 1}
"""How many nets, each from another seed."""
SHARE: dict[Language, float] = {"ja": 0.5, "en": 0.5}
"""How much of what is believed comes from the nets; 0 leaves them out."""
OVERLAP = 0.5
CLASSES = len(KINDS) + 1
Matrix = sp.csr_matrix
Floats = NDArray[np.float64]


class Part(NamedTuple):
    """A run of the matrix's columns that becomes one table of weights."""

    name: str
    width: int


class Fitted(NamedTuple):
    """One weight for each column and class, and one bias for each class."""

    weights: NDArray[np.float32]
    bias: Floats


def candidates_of(rows: Sequence[Row]) -> Batch:
    """All candidates of all turns."""
    return lay_out([row.text for row in rows], [row.context or ALONE[row.is_call] for row in rows])


def targets(rows: Sequence[Row], batch: Batch) -> NDArray[np.int64]:
    """For each candidate the class of the finding it overlaps by half, 0 for none."""
    shift = np.array(batch.codes.starts)[batch.text]
    spans = zip(
        batch.text.tolist(), (batch.starts - shift).tolist(), (batch.ends - shift).tolist(), strict=True
    )
    return np.array([_target(rows[text], start, end) for text, start, end in spans], np.int64)


def matrix(batch: Batch, language: Language) -> Matrix:
    """Candidates x columns, the columns in the order of `_parts`."""
    parts = [_gram_columns(batch, block) for block in GRAMS[language]]
    parts.append(_edge_columns(batch))
    parts.append(sp.csr_matrix(flags(batch, language) * np.float32(model.FLAG_WEIGHT)))
    if language == "ja":
        parts.append(sp.csr_matrix(senses(batch, words_of(batch)) * np.float32(model.SENSE_WEIGHT)))
    return sp.hstack(parts, format="csr", dtype=np.float32)


def fit(columns: Matrix, wanted: NDArray[np.int64], strength: float, steps: int) -> Fitted:
    """The weights that make the wanted classes most likely, kept small by their squares."""
    used = np.flatnonzero(np.bincount(columns.indices, minlength=columns.shape[1]))
    place = np.zeros(columns.shape[1], np.int64)
    place[used] = np.arange(len(used))
    left = sp.csr_matrix(
        (columns.data, place[columns.indices], columns.indptr), (columns.shape[0], len(used))
    )
    right = left.T.tocsr()
    rows = np.arange(len(wanted))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, bias = flat[:-CLASSES].reshape(-1, CLASSES).astype(np.float32), flat[-CLASSES:]
        scores = left @ weights + bias.astype(np.float32)
        norms = logsumexp(scores, axis=1)
        error = np.exp(scores - norms[:, None]).astype(np.float32)
        error[rows, wanted] -= 1
        value = strength * float((norms - scores[rows, wanted]).sum()) + 0.5 * float(
            (weights * weights).sum()
        )
        slope = strength * (right @ error) + weights
        return value, np.append(slope.ravel(), strength * error.sum(axis=0)).astype(np.float64)

    start = np.zeros((len(used) + 1) * CLASSES)
    options = {"maxiter": steps, "maxcor": 6, "ftol": 1e-6}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    weights = np.zeros((columns.shape[1], CLASSES), np.float32)
    weights[used] = best[:-CLASSES].reshape(-1, CLASSES)
    return Fitted(weights, best[-CLASSES:])


def mean(fits: Sequence[Fitted]) -> Fitted:
    """The model whose scores are the mean of the scores of several."""
    weights = sum((one.weights for one in fits), np.zeros_like(fits[0].weights)) / np.float32(len(fits))
    bias = sum((one.bias for one in fits), np.zeros_like(fits[0].bias)) / len(fits)
    return Fitted(np.asarray(weights, np.float32), bias)


def to_weights(fitted: Fitted, language: Language, nets: Sequence[Arrays] = ()) -> model.Weights:
    """The fitted weights as tables of whole numbers, and nets beside them."""
    tables: dict[str, NDArray[np.int16]] = {}
    steps: dict[str, float] = {}
    at = 0
    for part in _parts(language, len(fitted.weights)):
        block = fitted.weights[at : at + part.width]
        wide = part.name in (model.FLAGS, model.SENSES)
        tables[part.name], steps[part.name] = _rounded(block, 2047 if wide else 127)
        at += part.width
    tables[model.BIAS], steps[model.BIAS] = _rounded(fitted.bias, 2047)
    return model.Weights(tables, steps, THRESHOLD[language], nets, SHARE[language])


def _target(row: Row, start: int, end: int) -> int:
    best, kind = OVERLAP, 0
    for label in row.labels:
        shared = min(end, label.end) - max(start, label.start)
        ratio = shared / (max(end, label.end) - min(start, label.start))
        if ratio >= best:
            best, kind = ratio, label.kind + 1
    return kind


def _parts(language: Language, width: int) -> list[Part]:
    parts = [Part(block.name, block.rows) for block in GRAMS[language]]
    parts.append(Part(model.EDGES, EDGE_ROWS))
    behind = [Part(model.SENSES, 2 * WORD_NUMBERS)] if language == "ja" else []
    rest = width - sum(part.width for part in (*parts, *behind))
    return [*parts, Part(model.FLAGS, rest), *behind]


def _gram_columns(batch: Batch, block: Block) -> Matrix:
    starts, ends = places(batch, block.name)
    owners: list[NDArray[np.int64]] = []
    columns: list[NDArray[np.int64]] = []
    for size in block.sizes:
        table = ngram_rows(batch.codes, size, model.SALTS[block.name], block.rows)
        many = np.maximum(0, ends - starts - size + 1)
        owner = np.repeat(np.arange(len(starts)), many)
        offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        owners.append(owner)
        columns.append(table[starts[owner] + offset])
    owner, column = np.concatenate(owners), np.concatenate(columns)
    count = np.maximum(np.bincount(owner, minlength=len(starts)), 1)
    values = (block.weight / np.sqrt(count)).astype(np.float32)[owner]
    return sp.csr_matrix((values, (owner, column)), (len(starts), block.rows), dtype=np.float32)


def _edge_columns(batch: Batch) -> Matrix:
    rows = edges(batch)
    keep = rows < EDGE_ROWS
    owner = np.repeat(np.arange(len(rows)), keep.sum(axis=1))
    values = np.full(len(owner), model.EDGE_WEIGHT, np.float32)
    return sp.csr_matrix((values, (owner, rows[keep])), (len(rows), EDGE_ROWS), dtype=np.float32)


def _rounded(values: NDArray[np.float32] | Floats, most: int) -> tuple[NDArray[np.int16], float]:
    step = float(np.abs(values).max()) / most or 1.0
    whole = np.rint(np.asarray(values, np.float64) / step).astype(np.int16)
    return whole, step


def taught(rows: Sequence[Row], language: Language) -> model.Weights:
    """The weights that these turns teach, alone and joined to longer ones, and nets."""
    return by_regression(rows, language)._replace(nets=learn_nets(rows, language))


def by_regression(rows: Sequence[Row], language: Language) -> model.Weights:
    """The weights without nets."""
    sums = mean([_taught(rows, language), _taught(joined(rows, language), language)])
    return to_weights(sums, language)


def learn_nets(rows: Sequence[Row], language: Language) -> list[Arrays]:
    """One net for each seed."""
    from training.find_net import learn

    return [learn(rows, language, seed) for seed in range(NETS[language])]


def _taught(rows: Sequence[Row], language: Language) -> Fitted:
    batch = candidates_of(rows)
    return fit(matrix(batch, language), targets(rows, batch), STRENGTH[language], STEPS[language])


def write_weights(trained: dict[Language, model.Weights]) -> None:
    """Write all weights into the file that ships, the same bytes for the same weights."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for language, weights in sorted(trained.items()):
        for name, table in sorted(weights.tables.items()):
            narrow = int(np.abs(table).max()) <= 127
            arrays[f"{language}/{name}"] = table.astype(np.int8) if narrow else table
        for name, step in sorted(weights.steps.items()):
            arrays[f"{language}/step:{name}"] = np.float64(step)  # type: ignore[assignment]
        arrays[f"{language}/threshold:"] = np.float64(weights.threshold)  # type: ignore[assignment]
        arrays[f"{language}/share:"] = np.float64(weights.share)  # type: ignore[assignment]
        for n, net in enumerate(weights.nets):
            arrays |= {f"{language}/net{n}/{name}": table for name, table in sorted(net.items())}
    np.savez_compressed(model.WEIGHTS, **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    write_weights(
        {language: taught(masked(load_rows(language), kept_mask), language) for language in ("en", "ja")}
    )
