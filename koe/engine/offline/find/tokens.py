"""The words of a batch in one row, each as a few numbers: what the net of find reads.

Gaps of nothing stand before, between and behind the texts, wider than the net reaches, so that no text
depends on another. Training and reading use the same functions.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find.features import Batch
from koe.language.sudachi import Token
from koe.language.vectors import word_hash, word_vector

__all__ = [
    "BORDERS",
    "CALLS",
    "GAP",
    "GRAM_ROWS",
    "INFLECTION_ROWS",
    "MOST_GRAMS",
    "POS_ROWS",
    "VECTOR_UNIT",
    "WORD_ROWS",
    "Laid",
    "Traits",
    "japanese_vector",
    "lay_tokens",
    "traits_of",
]

Ints = NDArray[np.int64]

GAP = 8
"""Empty places between two texts."""
PARAGRAPH = 2
"""Empty places between two paragraphs."""
WORD_ROWS, POS_ROWS, INFLECTION_ROWS, GRAM_ROWS = 4096, 64, 128, 8192
CALLS, BORDERS = 3, 5
MOST_GRAMS = 12
VECTOR_UNIT = 400
"""What 1 of a Japanese word vector counts as."""


class Traits(NamedTuple):
    """A word as rows of tables."""

    word: int
    pos: int
    inflection: int
    grams: tuple[int, ...]


class Laid(NamedTuple):
    """The words of a batch in order, None where nothing stands, and where each clause lies among them."""

    tokens: list[Token | None]
    starts: Ints
    ends: Ints
    calls: Ints
    """0 where nothing stands, 1 in a ticket, 2 in a call."""
    borders: Ints
    """Before the first word of a clause 1 more than its border, else 0."""


def lay_tokens(batch: Batch, words: Sequence[Sequence[Token]]) -> Laid:
    """The words of all clauses, `words` those of each text."""
    tokens: list[Token | None] = [None] * GAP
    calls, borders = [0] * GAP, [0] * GAP
    starts: list[int] = []
    ends: list[int] = []
    owners = (np.searchsorted(np.array(batch.codes.starts), batch.clause_starts, side="right") - 1).tolist()
    before, at = -1, 0
    for clause, owner in zip(batch.clauses, owners, strict=True):
        gap = GAP if owner != before else PARAGRAPH if clause.border >= 3 else 0
        own, at = words[owner], 0 if owner != before else at
        if gap and before >= 0:
            tokens += [None] * gap
            calls += [0] * gap
            borders += [0] * gap
        while at < len(own) and own[at].start < clause.start:
            at += 1
        starts.append(len(tokens))
        while at < len(own) and own[at].start < clause.end:
            borders.append(0 if len(tokens) > starts[-1] else 1 + clause.border)
            tokens.append(own[at])
            calls.append(1 + int(batch.contexts[owner].is_call))
            at += 1
        if len(tokens) == starts[-1]:
            tokens.append(None)
            calls.append(0)
            borders.append(0)
        ends.append(len(tokens))
        before = owner
    tokens += [None] * GAP
    calls += [0] * GAP
    borders += [0] * GAP
    numbers = (np.array(some, np.int64) for some in (starts, ends, calls, borders))
    return Laid(tokens, *numbers)


@lru_cache(maxsize=32_768)
def traits_of(token: tuple[str, str, tuple[str, ...]]) -> Traits:
    """The rows of a word given as surface, normal form and part of speech."""
    surface, normal, pos = token
    inflection = word_hash("i" + "/".join(pos[4:6])) % INFLECTION_ROWS if len(pos) > 4 else 0
    return Traits(
        word_hash("w" + normal) % WORD_ROWS,
        word_hash("p" + "/".join(pos[:2])) % POS_ROWS,
        inflection,
        _grams(f"<{surface.lower()}>", pos[0] == "word"),
    )


def _grams(word: str, english: bool) -> tuple[int, ...]:
    shortest, longest = (3, 5) if english else (1, 3)
    sizes = range(shortest, longest + 1)
    grams = [word[at : at + size] for size in sizes for at in range(len(word) - size + 1)][: 2 * MOST_GRAMS]
    return tuple(sorted({word_hash("g" + gram) % GRAM_ROWS for gram in grams})[:MOST_GRAMS])


def japanese_vector(normal: str, surface: str) -> NDArray[np.int64] | None:
    """The word vector in whole numbers, or None."""
    vector = word_vector(normal, surface)
    return None if vector is None else np.rint(vector.astype(np.float64) * VECTOR_UNIT).astype(np.int64)
