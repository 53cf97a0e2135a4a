"""Vectors of texts without a model: the mean of word vectors beside hashed character n-grams.

One space for both languages. The first 300 numbers are the mean of the chiVe vectors of a text's
Japanese words, the next 128 that of the vectors of its English words where it has no Japanese ones, and
zero otherwise; the other 512 count the character n-grams of its words, hashed with signs. Nothing is
fitted, so a vector never changes when other texts arrive. The choice was measured: `bench/vectors.py`
prints the figures.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.language import stopwords
from koe.language.hashing import word_hash
from koe.language.sudachi import JAPANESE, Token, tokenize
from koe.language.vectors_en import SIZE as ENGLISH
from koe.language.vectors_en import english_vector
from koe.language.vectors_ja import family, parts

__all__ = [
    "DIMENSION",
    "EMBEDDER",
    "Floats",
    "embed",
    "embed_tokens",
    "english_vector",
    "word_hash",
    "word_vector",
]

Floats = NDArray[np.float32]

EMBEDDER = "chive-minilm-ngram/2"
"""Name and version: vectors of another one are not comparable."""
WORDS = 300
"""Numbers of the chiVe block."""
NGRAMS = 512
"""Numbers of the hashed block."""
DIMENSION = WORDS + ENGLISH + NGRAMS
NGRAM_SHARE = 0.5
"""Weight of the hashed block beside the word vectors."""
STOP_SHARE = 0.3
"""Weight of an English stop word in the hashed block."""
DATA = Path(__file__).parent / "data"

_SILENT = frozenset(
    ["助詞", "助動詞", "補助記号", "記号", "空白", "接頭辞", "感動詞", "接続詞", "placeholder", "url"]
)
_CHUNK = 256


class _Table(NamedTuple):
    """chiVe, mapped from disk: sorted word hashes, each word's row, rows as bytes with their scale."""

    words: NDArray[np.uint64]
    rows: NDArray[np.uint16]
    vectors: NDArray[np.int8]
    scales: Floats


def embed(texts: Sequence[str]) -> Floats:
    """One row of length 1 for each text; a row of zeros where a text says nothing."""
    return embed_tokens([tokenize(text) for text in texts])


def embed_tokens(texts: Sequence[Sequence[Token]]) -> Floats:
    """The same as `embed`, for texts that are tokenized already."""
    chunks = [_embed_chunk(texts[at : at + _CHUNK]) for at in range(0, len(texts), _CHUNK)]
    return np.concatenate(chunks) if chunks else np.zeros((0, DIMENSION), np.float32)


@lru_cache(maxsize=8192)
def word_vector(normal: str, surface: str = "") -> Floats | None:
    """The word vector of a Japanese word, looked up by its normal form, then as written; of length 1."""
    found = _rows_of(normal, surface)
    if not found:
        return None
    vector: Floats = np.sum(_table().vectors[list(found)], axis=0, dtype=np.float32)
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


def _embed_chunk(texts: Sequence[Sequence[Token]]) -> Floats:
    told = [[token for token in tokens if _weight(token)] for tokens in texts]
    words = _unit(np.stack([_word_blocks(tokens, whole) for tokens, whole in zip(told, texts, strict=True)]))
    return _unit(np.hstack([words, NGRAM_SHARE * _unit(_ngram_block(told))]))


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def _weight(token: Token) -> float:
    """How much a token says: 0 for function and stop words, a little for English ones, 1 for the rest."""
    if token.pos[0] in _SILENT:
        return 0
    if token.pos[0] == "word":
        return STOP_SHARE if token.normal in stopwords.EN else 1
    return 0 if token.normal in stopwords.JA_NOUNS or token.normal in stopwords.JA_VERBS else 1


def _word_blocks(tokens: Sequence[Token], whole: Sequence[Token]) -> Floats:
    """Both blocks of word vectors; in English the short words belong to what was learned."""
    out = np.zeros(WORDS + ENGLISH, np.float32)
    out[:WORDS] = _word_block(tokens)
    if not out.any():
        out[WORDS:] = _english_block(whole)
    return out


def _english_block(tokens: Sequence[Token]) -> Floats:
    words = [token.normal for token in tokens if token.pos[0] == "word"]
    found = [row for word in words if (row := english_vector(word)) is not None]
    return np.sum(found, axis=0) if found else np.zeros(ENGLISH, np.float32)


def _word_block(tokens: Sequence[Token]) -> Floats:
    """The sum of the word vectors of the Japanese words, a word made of known parts counted once."""
    told = [rows for token in tokens if (rows := _rows_of(token.normal, token.surface))]
    found = [row for rows in told for row in rows]
    share = np.array([1 / len(rows) for rows in told for _ in rows], np.float32)
    table = _table()
    return np.asarray((table.scales[found] * share) @ table.vectors[found], dtype=np.float32)


@lru_cache(maxsize=65_536)
def _rows_of(normal: str, surface: str) -> tuple[int, ...]:
    """The rows that speak for a word: its own, else that of a verb of its family, else those of its parts."""
    if not JAPANESE.search(normal):
        return ()
    for word in (normal, surface, *family(normal)):
        row = _row_of(word) if word else -1
        if row >= 0:
            return (row,)
    return tuple(_row_of(part) for part in parts(normal, lambda part: _row_of(part) >= 0))


@lru_cache(maxsize=65_536)
def _row_of(word: str) -> int:
    """The row of a word's vector, or -1."""
    table = _table()
    key = np.uint64(word_hash(word))
    at = int(np.searchsorted(table.words, key))
    return int(table.rows[at]) if at < len(table.words) and table.words[at] == key else -1


def _ngram_block(texts: Sequence[Sequence[Token]]) -> Floats:
    """Each text's words as signed counts of their n-grams, each word of the same length."""
    words = [token for tokens in texts for token in tokens]
    if not words:
        return np.zeros((len(texts), NGRAMS), np.float32)
    grams = [_ngrams(token.normal, token.pos[0] == "word") for token in words]
    sizes = [len(places) for places, _ in grams]
    owners = np.repeat(np.arange(len(texts)), [len(tokens) for tokens in texts])
    places = np.concatenate([places for places, _ in grams]) + NGRAMS * np.repeat(owners, sizes)
    values = np.concatenate([values for _, values in grams])
    values *= np.repeat([float(_weight(token)) for token in words], sizes)
    counts = np.bincount(places, values, len(texts) * NGRAMS)
    return counts.astype(np.float32).reshape(len(texts), NGRAMS)


@lru_cache(maxsize=65_536)
def _ngrams(word: str, english: bool) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Place and sign of each n-gram of a word between its borders: 3 to 5 letters, 2 to 3 in Japanese."""
    shortest, longest = (3, 5) if english else (2, 3)
    grams = list(_grams(f" {word} ", shortest, longest))
    share = len(grams) ** -0.5
    hashes = np.array([word_hash(gram) for gram in grams], np.uint64)
    return (hashes % NGRAMS).astype(np.int64), np.where(hashes >> 63, share, -share)


def _grams(padded: str, shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, min(longest, len(padded)) + 1):
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]


@cache
def _table() -> _Table:
    names = ("words", "rows", "vectors", "scales")
    return _Table(*(np.load(DATA / f"chive_{name}.npy", mmap_mode="r") for name in names))
