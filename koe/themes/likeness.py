"""What a finding is about, as a vector whose inner products say how alike two findings are.

A vector is made of blocks, scaled so that the inner product of two vectors is the learned sum of the
blocks' cosines: chiVe word vectors turned so that what tells the themes of one company apart counts
most, and hashed words by how rare they are, for the quote and for the turn around it. Because the
sum is linear, the mean link between two groups is the inner product of their mean vectors: a theme
needs no more than its centroid. `training/themes.py` learns the numbers in `likeness.npz`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe import vectors
from koe.stems import stem
from koe.sudachi import Token, tokenize
from koe.text import Language, language_of
from koe.vectors import Floats, word_hash

__all__ = [
    "DIMENSION",
    "LANGUAGES",
    "Floats",
    "Model",
    "blocks_of",
    "describe",
    "load_model",
    "unit",
    "words_of",
]

WEIGHTS = Path(__file__).parent / "likeness.npz"
LANGUAGES: tuple[Language, ...] = ("ja", "en")
TURNED = 100
"""Numbers of a block of turned word vectors."""
HASHED = 512
"""Numbers of a block of hashed words."""
MARKS = len(LANGUAGES)
"""The first numbers say the language: 1 for it and 0 for the other."""
DIMENSION = MARKS + 2 * (TURNED + HASHED)

_CONTENT = frozenset(["名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "word"])
_NEGATION = frozenset(["無い", "ない", "ず"])


class Model(NamedTuple):
    """What `training/themes.py` learned."""

    turns: Floats
    """(2, 300, TURNED): the turning of word vectors, for quotes and for turns."""
    words: NDArray[np.uint64]
    """Hashes of known words, sorted."""
    rarity: Floats
    """How rare each known word is, in nats."""
    unknown: float
    """How rare a word is that is not known."""
    scales: dict[Language, Floats]
    """Weight of each of the four blocks."""
    borders: dict[Language, float]
    """Two groups whose mean link is above this are one theme."""
    means: dict[Language, Floats]
    """The mean vector of many companies' findings."""


def describe(told: Sequence[tuple[str, str]]) -> Floats:
    """One row for each (quote, the turn it stands in); values as the ledger keeps them, in half precision."""
    words = [(words_of(quote), words_of(around)) for quote, around in told]
    return vectors_of(load_model(), words, [language_of(quote + around) for quote, around in told])


def vectors_of(
    model: Model, told: Sequence[Sequence[Sequence[Token]]], languages: Sequence[Language]
) -> Floats:
    """The same with a given model, for texts that are in words already."""
    rows = np.zeros((len(told), DIMENSION), np.float32)
    blocks = blocks_of(model, told)
    for n, language in enumerate(languages):
        rows[n, LANGUAGES.index(language)] = 1
        scaled = [w**0.5 * block[n] for w, block in zip(model.scales[language], blocks, strict=True)]
        rows[n, MARKS:] = np.concatenate(scaled)
    return rows.astype(np.float16).astype(np.float32)


def words_of(text: str) -> list[Token]:
    """The words of a text that carry its matter, function words left out and negations kept."""
    return [t for t in tokenize(text) if _is_content(t)]


def _is_content(token: Token) -> bool:
    if token.pos[:2] == ("名詞", "数詞"):
        return False
    return token.pos[0] in _CONTENT or token.normal in _NEGATION


def blocks_of(model: Model, told: Sequence[Sequence[Sequence[Token]]]) -> list[Floats]:
    """Turned and hashed rows of length 1, first for the quotes, then for the turns."""
    blocks = []
    for side in (0, 1):
        texts = [pair[side] for pair in told]
        blocks.append(unit(vector_means(model, texts) @ model.turns[side]))
        blocks.append(unit(_hashed(model, texts)))
    return blocks


def vector_means(model: Model, texts: Iterable[Sequence[Token]]) -> Floats:
    """The mean word vector of each text, rare words first, of length 1."""
    table = vectors._table()
    out = []
    for tokens in texts:
        found = [(row, rarity(model, t.normal)) for t in tokens if (row := vectors._row(t)) >= 0]
        rows = [row for row, _ in found]
        vectors_ = unit(table.vectors[rows].astype(np.float32))
        out.append(np.array([weight for _, weight in found], np.float32) @ vectors_)
    return unit(np.stack(out)) if out else np.zeros((0, 300), np.float32)


def _hashed(model: Model, texts: Sequence[Sequence[Token]]) -> Floats:
    out = np.zeros((len(texts), HASHED), np.float32)
    for n, tokens in enumerate(texts):
        for word, count in sorted(Counter(key_of(t) for t in tokens).items()):
            value = word_hash(word)
            out[n, value % HASHED] += (1 if value >> 63 else -1) * (1 + math.log(count)) * rarity(model, word)
    return out


def key_of(token: Token) -> str:
    """What a word is counted as: its normal form, in English its stem."""
    return stem(token.normal) if token.pos[0] == "word" else token.normal


def rarity(model: Model, word: str) -> float:
    """How rare a word is, in nats."""
    key = np.uint64(word_hash(word))
    at = int(np.searchsorted(model.words, key))
    return float(model.rarity[at]) if at < len(model.words) and model.words[at] == key else model.unknown


def unit(rows: Floats) -> Floats:
    """The rows at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)


@cache
def load_model() -> Model:
    """The learned numbers, read once."""
    with np.load(WEIGHTS) as file:
        return Model(
            turns=file["turns"].astype(np.float32),
            words=file["words"],
            rarity=file["rarity"].astype(np.float32),
            unknown=float(file["unknown"]),
            scales={lang: file[f"scales_{lang}"] for lang in LANGUAGES},
            borders={lang: float(file[f"border_{lang}"]) for lang in LANGUAGES},
            means={lang: file[f"mean_{lang}"].astype(np.float32) for lang in LANGUAGES},
        )
