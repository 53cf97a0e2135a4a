"""English word vectors: a word's own where it is known, else the sum of those of its pieces.

Distilled from all-MiniLM-L6-v2 (`training/english.py`), so that the sum over a sentence comes near to what
that model says of it. A frequent word's vector is short, one that says much is long.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.language.hashing import word_hash

__all__ = ["DATA", "SIZE", "cut", "english_vector", "is_known"]

SIZE = 128
"""Numbers of a vector."""
LONGEST = 40
"""Letters of a word that is looked at; what is longer is no word."""
DATA = Path(__file__).parent / "data"
_RUN = re.compile(r"[a-z0-9]+")

Floats = NDArray[np.float32]


class _Table(NamedTuple):
    """Mapped from disk: sorted hashes of pieces, their rows as bytes and each row's scale."""

    pieces: NDArray[np.uint64]
    vectors: NDArray[np.int8]
    scales: Floats


@lru_cache(maxsize=65_536)
def english_vector(word: str) -> Floats | None:
    """The vector of a word, long where it says much; None where it has no known letters."""
    rows = [_row_of(piece) for piece in cut(word, lambda piece: _row_of(piece) >= 0)]
    if not rows:
        return None
    table = _table()
    return np.asarray(table.scales[rows] @ table.vectors[rows], np.float32)


def is_known(word: str) -> bool:
    """Whether the word as a whole has a vector; others are put together from pieces."""
    return _row_of(word.lower()) >= 0


def cut(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """The known pieces of a text: whole words, else the longest from the left, "##" before what goes on."""
    apart = unicodedata.normalize("NFD", text.lower())
    bare = "".join(ch for ch in apart if unicodedata.category(ch) != "Mn")
    return [piece for run in _RUN.findall(bare) for piece in _pieces(run[:LONGEST], is_known)]


def _pieces(run: str, is_known: Callable[[str], bool]) -> Iterator[str]:
    at = 0
    while at < len(run):
        lead = "##" if at else ""
        ends = range(len(run), at, -1)
        end = next((end for end in ends if is_known(lead + run[at:end])), None)
        if end is not None:
            yield lead + run[at:end]
        at = end or at + 1


def _row_of(piece: str) -> int:
    table = _table()
    key = np.uint64(word_hash(piece))
    at = int(np.searchsorted(table.pieces, key))
    return at if at < len(table.pieces) and table.pieces[at] == key else -1


@cache
def _table() -> _Table:
    return _Table(*(np.load(DATA / f"english_{name}.npy", mmap_mode="r") for name in _Table._fields))
