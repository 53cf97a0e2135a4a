"""What a text is about, read whole by a small encoder: sayings of one matter lie near each other.

The layers of all-MiniLM-L6-v2 (Wang et al. 2020), taught on sayings of one matter in different words
(`training/sense.py`). English is read in its pieces. Japanese is read in Sudachi's words, each put where its
English gloss lies and turned there by its chiVe vector, so that a word never taught means something, too.
One text at a time, and rounded, so that no text depends on another.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.language.encoder_graph import normed, session_of
from koe.language.pieces import Pieces, make_pieces
from koe.language.sudachi import tokenize
from koe.language.text import Language
from koe.language.vectors import word_vector
from koe.mask.placeholder import PLACEHOLDER

__all__ = ["FILES", "LONGEST", "SENSE", "SPECIAL", "Reader", "Word", "sense_of", "unpacked", "word_of"]

FILES: Mapping[Language, Path] = {
    language: Path(__file__).with_name(f"sense_{language}.npz") for language in ("ja", "en")
}
SENSE = 128
"""Numbers of a text's sense."""
LONGEST = 96
"""Pieces or words of a text that are read."""
SPECIAL = ("[CLS]", "[SEP]", "[UNK]")
"""The first and the last of a text, and what is not known."""
NOTHING = 2
"""Rows of a text of which no word is left: its first and its last."""
DIGITS = 3
"""Decimals that are kept; what lies behind them may differ between machines."""
_KNOWN, _WORDS = 4096, 20_000
"""Texts whose sense is kept ready, and words; what is kept changes no result."""

SMALL = ("place", "side", "norm", "most", "turn", "head", "last")
"""Tables that numpy reads; the layers are the graph's."""

Floats = NDArray[np.float32]
Tables = Mapping[str, NDArray[Any]]


class Word(NamedTuple):
    """A Japanese word as the encoder knows it, and as it is looked up in chiVe."""

    name: str
    normal: str
    surface: str


class Reader(NamedTuple):
    """The numbers by name, the pieces or words, how a text is begun, and what the layers make of that."""

    tables: Mapping[str, NDArray[Any]]
    pieces: Pieces
    begun: Callable[[str], Floats]
    """(words, width): a text's pieces or words, each before any other is heard, between [CLS] and [SEP]."""
    heard: Callable[[Floats], Floats]


def sense_of(texts: Sequence[str], language: Language) -> Floats:
    """(texts, SENSE): a row of length 1 for each, nearly; a row of zeros for a text without words."""
    rows = [_read(text, language) for text in texts]
    return np.stack(rows) if rows else np.zeros((0, SENSE), np.float32)


@lru_cache(maxsize=_KNOWN)
def _read(text: str, language: Language) -> Floats:
    if not text.strip():
        return np.zeros(SENSE, np.float32)
    reader = load_reader(language)
    begun, table = reader.begun(text), reader.tables
    if len(begun) == NOTHING:
        return np.zeros(SENSE, np.float32)
    state = begun + table["place"][: len(begun)] + table["side"][0]
    mean = reader.heard(normed(table, "norm", state)).mean(axis=0, dtype=np.float64) @ table["most"]
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32).round(DIGITS)


def _english(table: Tables, pieces: Pieces) -> Callable[[str], Floats]:
    """How English is begun: in pieces, what is masked being left out."""
    first, last, _ = (pieces.numbers[name] for name in SPECIAL)
    return lambda text: _rows(table, [first, *pieces.of(PLACEHOLDER.sub(" ", text))[:LONGEST], last])


def _japanese(table: Tables, numbers: Mapping[str, int]) -> Callable[[str], Floats]:
    """How Japanese is begun: in words."""
    first, last, unknown = _rows(table, [numbers[name] for name in SPECIAL])

    @lru_cache(maxsize=_WORDS)
    def begun(word: Word) -> Floats:
        row = _rows(table, [numbers[word.name]])[0] if word.name in numbers else unknown
        found = meaning(word)
        return row if found is None else np.asarray(row + found @ table["turn"], np.float32)

    def whole(text: str) -> Floats:
        words = [word_of(token.surface, token.normal, token.pos) for token in tokenize(text)[:LONGEST]]
        return np.stack([first, *map(begun, words), last])

    return whole


def word_of(surface: str, normal: str, pos: Sequence[str]) -> Word:
    """The word of a token."""
    return Word(f"{normal}\t{pos[0]}", normal, surface)


def meaning(word: Word) -> Floats | None:
    """What chiVe knows of a word, at length 1."""
    return word_vector(word.normal, word.surface)


def _rows(table: Tables, numbers: Sequence[int]) -> Floats:
    scale = table["word:scale"][numbers][:, None].astype(np.float32)
    return np.asarray(table["word"][numbers] * scale, np.float32)


@cache
def load_reader(language: Language) -> Reader:
    """The encoder of a language that ships with koe."""
    with np.load(FILES[language]) as file:
        return unpacked(dict(file), language)


def unpacked(arrays: Tables, language: Language) -> Reader:
    """The encoder of a file's arrays, with every small table in floats."""
    names = bytes(arrays["names"]).decode().split("\n")
    layers = sum(name.endswith(".asked") for name in arrays)
    table = {name: arrays[name] for name in ("word", "word:scale")}
    for name in SMALL:
        if name in arrays:
            table[name] = arrays[name].astype(np.float32)
        if f"{name}:scale" in arrays:
            table[name] = table[name] * arrays[f"{name}:scale"].astype(np.float32)
        if f"{name}:bias" in arrays:
            table[f"{name}:bias"] = arrays[f"{name}:bias"].astype(np.float32)
    pieces = make_pieces(names)
    begun = _english(table, pieces) if language == "en" else _japanese(table, pieces.numbers)
    return Reader(table, pieces, begun, session_of(arrays, layers))
