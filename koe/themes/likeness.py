"""What a finding is about, as a vector whose inner products say how alike two findings are.

A vector is made of three blocks, scaled so that the inner product of two vectors is the learned sum of the
blocks' cosines: the word vectors of the quote and of the turn around it, each weighed by how much such a
word says of the matter and turned so that what tells the themes of one company apart counts most; the
quote's words, hashed, by how rare they are; and the quote's sense, read whole (`koe.themes.sense`). Because
the sum is linear, the mean link between two groups is the inner product of their mean vectors: a theme needs
no more than its centroid. `training/themes.py` learns the numbers in `likeness.npz`.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.language.sudachi import Token
from koe.language.text import Language, language_of
from koe.language.vectors import EMBEDDER, Floats, word_hash
from koe.themes.sense import FILES, SENSE, sense_of
from koe.themes.words import MEANINGS, SIZES, Heard, Meaning, heard, key_of, words_of

__all__ = ["DIMENSION", "LANGUAGES", "WORDED", "Floats", "Model", "describe", "load_model", "unit", "version"]

WEIGHTS = Path(__file__).parent / "likeness.npz"
LANGUAGES: tuple[Language, ...] = ("ja", "en")
TURNED = 100
"""Numbers of the block of turned word vectors."""
HASHED = 512
"""Numbers of the block of hashed words."""
BLOCKS = 3
MARKS = len(LANGUAGES)
"""The first numbers say the language: 1 for it and 0 for the other."""
READ = "quote, near, ticket's title; sense of the quote"
"""What is read of a finding; a change of it makes all vectors anew."""
WORDED = MARKS + TURNED + HASHED
"""Where what the words say ends and the sense of the whole begins."""
DIMENSION = WORDED + SENSE


class Model(NamedTuple):
    """What `training/themes.py` learned."""

    heed: dict[Language, Floats]
    """(size of a meaning,): how much a word says of the matter, by its meaning."""
    traits: dict[Language, Floats]
    """(9,): the same by what kind of word it is."""
    turn: dict[Language, Floats]
    """(size of a meaning, TURNED): the turning of word vectors."""
    words: NDArray[np.uint64]
    """Hashes of known words, sorted."""
    rarity: Floats
    """How rare each known word is, in nats."""
    unknown: float
    """How rare a word is that is not known."""
    scales: dict[Language, Floats]
    """(BLOCKS,): weight of each block."""
    borders: dict[Language, float]
    """Two groups whose mean link is above this are one theme."""
    means: dict[Language, Floats]
    """The mean vector of many companies' findings."""
    meanings: Mapping[Language, Meaning] = MEANINGS
    """What each word means."""


def describe(told: Iterable[tuple[str, str]], language: Language | None = None) -> Floats:
    """One row for each (quote, the turn it stands in); values as the ledger keeps them, in half precision.

    Each is read in its own language where none is given.
    """
    texts = list(told)
    words = [(words_of(quote), words_of(around)) for quote, around in texts]
    languages = [language or language_of(quote + around) for quote, around in texts]
    return vectors_of(load_model(), words, languages, [quote for quote, _ in texts])


def vectors_of(
    model: Model,
    told: Sequence[Sequence[Sequence[Token]]],
    languages: Sequence[Language],
    quotes: Sequence[str] = (),
) -> Floats:
    """The same with a given model, for texts in words already; without quotes their sense is left out."""
    rows = np.zeros((len(told), DIMENSION), np.float32)
    for language in LANGUAGES:
        own = [n for n, other in enumerate(languages) if other == language]
        if own:
            blocks = blocks_of(model, [told[n] for n in own], language)
            scaled = [w**0.5 * b for w, b in zip(model.scales[language], blocks, strict=False)]
            rows[own, LANGUAGES.index(language)] = 1
            rows[own, MARKS:WORDED] = np.hstack(scaled)
            if quotes:
                weight = model.scales[language][-1] ** 0.5
                rows[own, WORDED:] = weight * sense_of([quotes[n] for n in own], language)
    return rows.astype(np.float16).astype(np.float32)


def blocks_of(model: Model, told: Sequence[Sequence[Sequence[Token]]], language: Language) -> list[Floats]:
    """Rows of length 1: turned words, then hashed words of the quotes; the sense is a block by itself."""
    rarity = _rarities(model, told)
    words = heard(told, rarity, model.meanings[language], SIZES[language])
    hashed = _hashed([quote for quote, _ in told], rarity)
    return [unit(_turned(model, words, len(told), language)), unit(hashed)]


def words_heard(model: Model, told: Sequence[Sequence[Sequence[Token]]], language: Language) -> Heard:
    """The words of these texts with what each means."""
    return heard(told, _rarities(model, told), model.meanings[language], SIZES[language])


def _turned(model: Model, words: Heard, texts: int, language: Language) -> Floats:
    heed = words.meanings @ model.heed[language] + words.traits @ model.traits[language]
    sums = np.zeros((texts, SIZES[language]), np.float64)
    spoken, firsts = np.unique(words.owners, return_index=True)
    if len(spoken):
        weighed = np.logaddexp(0, heed)[:, None] * words.meanings
        sums[spoken] = np.add.reduceat(weighed, firsts, axis=0, dtype=np.float64)
    return np.asarray(sums @ model.turn[language], np.float32)


def _hashed(texts: Sequence[Sequence[Token]], rarity: Mapping[str, float]) -> Floats:
    out = np.zeros((len(texts), HASHED), np.float32)
    for n, tokens in enumerate(texts):
        for word, count in sorted(Counter(key_of(t) for t in tokens).items()):
            value = word_hash(word)
            out[n, value % HASHED] += (1 if value >> 63 else -1) * (1 + math.log(count)) * rarity[word]
    return out


def _rarities(model: Model, told: Sequence[Sequence[Sequence[Token]]]) -> dict[str, float]:
    """How rare each word of these texts is, in nats."""
    words = sorted({key_of(token) for texts in told for tokens in texts for token in tokens})
    return dict(zip(words, _looked_up(model, words), strict=True))


def _looked_up(model: Model, words: Sequence[str]) -> list[float]:
    keys = np.array([word_hash(word) for word in words], np.uint64)
    if not len(model.words):
        return [model.unknown] * len(keys)
    places = np.minimum(np.searchsorted(model.words, keys), len(model.words) - 1)
    known = model.words[places] == keys
    return [float(rare) for rare in np.where(known, model.rarity[places].astype(np.float64), model.unknown)]


def unit(rows: Floats) -> Floats:
    """The rows at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)


@cache
def version() -> str:
    """What the numbers and the word vectors are; vectors of another version are not comparable."""
    files = [WEIGHTS, *(FILES[language] for language in LANGUAGES)]
    told = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(told + f"{EMBEDDER} {READ}".encode()).hexdigest()[:12]


@cache
def load_model() -> Model:
    """The learned numbers, read once."""
    with np.load(WEIGHTS) as file:
        return Model(
            heed={lang: file[f"heed_{lang}"].astype(np.float32) for lang in LANGUAGES},
            traits={lang: file[f"traits_{lang}"].astype(np.float32) for lang in LANGUAGES},
            turn={lang: file[f"turn_{lang}"].astype(np.float32) for lang in LANGUAGES},
            words=file["words"],
            rarity=file["rarity"].astype(np.float32),
            unknown=float(file["unknown"]),
            scales={lang: file[f"scales_{lang}"] for lang in LANGUAGES},
            borders={lang: float(file[f"border_{lang}"]) for lang in LANGUAGES},
            means={lang: file[f"mean_{lang}"].astype(np.float32) for lang in LANGUAGES},
        )
