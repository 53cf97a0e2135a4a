"""The weights of find and what they make of a batch: for each candidate the chance of each kind."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find.encoder import read_closely
from koe.engine.offline.find.features import (
    GRAMS,
    Batch,
    Block,
    edges,
    flags,
    places,
    senses,
    words_of,
)
from koe.engine.offline.find.grams import ngram_rows
from koe.engine.offline.find.net import Arrays, log_chances, log_softmax, mixed
from koe.engine.offline.find.tokens import lay_tokens
from koe.language.sudachi import Token
from koe.language.text import Language

__all__ = [
    "BIAS",
    "EDGES",
    "EDGE_WEIGHT",
    "FLAGS",
    "FLAG_WEIGHT",
    "SENSES",
    "SENSE_WEIGHT",
    "WEIGHTS",
    "Weights",
]
__all__ += ["chances", "load_weights"]

WEIGHTS = Path(__file__).with_name("find_model.npz")
EDGES, FLAGS, SENSES, BIAS = "edges", "flags", "senses", "bias"
EDGE_WEIGHT = 0.15
FLAG_WEIGHT = 0.3
SENSE_WEIGHT = 1.0 / 127

Scores = NDArray[np.float64]


class Weights(NamedTuple):
    """One language's weights: tables of whole numbers with the step each counts in, and nets."""

    tables: Mapping[str, NDArray[np.int16]]
    steps: Mapping[str, float]
    threshold: float
    nets: Sequence[Arrays] = ()
    share: float = 0.0
    """How much of what is believed comes from the nets."""
    closely: bool = False
    """Whether the encoder reads what these find anything in."""


def chances(batch: Batch, language: Language, weights: Weights) -> Scores:
    """Candidates x 7: the chance that it is none, and of each kind, in the order of FindingKind."""
    told = flags(batch, language)
    chance = _at_first(batch, told, language, weights)
    return read_closely(batch, told, chance) if weights.closely else chance


def _at_first(batch: Batch, told: NDArray[np.float32], language: Language, weights: Weights) -> Scores:
    """What the regression and the nets say."""
    words = words_of(batch)
    sums = log_softmax(_sums(batch, words, told, language, weights))
    if not weights.nets:
        return mixed([sums], [1.0])
    laid = lay_tokens(batch, words)
    heard = [log_chances(batch, laid, told, net) for net in weights.nets]
    share = weights.share / len(heard)
    return mixed([sums, *heard], [1 - weights.share, *[share] * len(heard)])


def _sums(
    batch: Batch,
    words: Sequence[Sequence[Token]],
    told: NDArray[np.float32],
    language: Language,
    weights: Weights,
) -> Scores:
    """What n-grams, edges, cues and word vectors say of each candidate, added up."""
    scores = np.tile(weights.tables[BIAS].astype(np.float64) * weights.steps[BIAS], (len(batch.first), 1))
    for block in GRAMS[language]:
        scores += (
            block.weight * weights.steps[block.name] * _of_grams(batch, block, weights.tables[block.name])
        )
    table = np.vstack([weights.tables[EDGES], np.zeros((1, scores.shape[1]), np.int16)]).astype(np.int64)
    scores += EDGE_WEIGHT * weights.steps[EDGES] * table[edges(batch)].sum(axis=1)
    scores += FLAG_WEIGHT * weights.steps[FLAGS] * _times(told, weights.tables[FLAGS])
    if SENSES in weights.tables:
        scores += SENSE_WEIGHT * weights.steps[SENSES] * _times(senses(batch, words), weights.tables[SENSES])
    return scores


def _of_grams(batch: Batch, block: Block, table: NDArray[np.int16]) -> Scores:
    """The sum of the weights of the n-grams in each candidate's range, over the root of their number."""
    starts, ends = places(batch, block.name)
    total = np.zeros((len(starts), table.shape[1]), np.int64)
    count = np.zeros(len(starts), np.int64)
    for size in block.sizes:
        rows = ngram_rows(batch.codes, size, SALTS[block.name], block.rows)
        sums = np.zeros((len(rows) + 1, table.shape[1]), np.int32)
        np.cumsum(table[rows], axis=0, dtype=np.int32, out=sums[1:])
        many = np.maximum(0, ends - starts - size + 1)
        stops = np.minimum(starts + many, len(rows))
        total += sums[stops] - sums[np.minimum(starts, len(rows))]
        count += many
    return np.asarray(total / np.sqrt(np.maximum(count, 1))[:, None], np.float64)


SALTS = {"own": 1, "first": 2, "last": 3, "before": 4, "after": 5}


def _times(values: NDArray[np.float32], table: NDArray[np.int16]) -> Scores:
    """The product, exact because both sides are whole numbers."""
    return np.asarray(values.astype(np.float64) @ table.astype(np.float64))


@cache
def load_weights() -> Mapping[Language, Weights]:
    """The weights that ship with koe, by language."""
    with np.load(WEIGHTS) as file:
        arrays = dict(file)
    return {"ja": _of("ja", arrays), "en": _of("en", arrays)._replace(closely=True)}


def _of(language: Language, arrays: Mapping[str, NDArray[np.int16]]) -> Weights:
    own = {name.partition("/")[2]: table for name, table in arrays.items() if name.startswith(language)}
    nets: dict[str, dict[str, NDArray[np.generic]]] = {}
    for name, table in own.items():
        if "/" in name:
            nets.setdefault(name.partition("/")[0], {})[name.partition("/")[2]] = table
    plain = {name: table for name, table in own.items() if "/" not in name}
    steps = {
        name.partition(":")[2]: float(value) for name, value in plain.items() if name.startswith("step:")
    }
    tables = {name: table for name, table in plain.items() if ":" not in name}
    share = float(plain.get("share:", 0.0))
    return Weights(tables, steps, float(plain["threshold:"]), [nets[key] for key in sorted(nets)], share)
