"""What the model sees of a text: every run of clauses that could be a quote, and its features.

Training and reading use the same functions. Everything is a whole number, so that sums are exact and
do not depend on what else stands in the batch.
"""

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find.context import Context, numbers_of
from koe.engine.offline.find.cues import ENGLISH, JAPANESE
from koe.engine.offline.find.grams import GAP, Codes, encode, hash_ranges
from koe.engine.offline.find.text import Clause, clauses
from koe.language.sudachi import Token
from koe.language.text import Language
from koe.mask.placeholder import without_codes

__all__ = [
    "EDGE_ROWS",
    "GRAMS",
    "MOST_CLAUSES",
    "WORD_NUMBERS",
    "Batch",
    "Block",
    "edges",
    "flags",
    "lay_out",
    "places",
    "senses",
    "words_of",
]

Ints = NDArray[np.int64]

MOST_CLAUSES = 6
MOST_SENTENCES = 2
LONGEST = 240
WINDOW = 90
"""Characters before and behind a span that are looked at."""
EDGE_ROWS = 2**15
EDGE_SIZES = (2, 3, 4)
WORD_NUMBERS = 300
SENSE_UNIT = 127
_LENGTHS = (10, 18, 26, 36, 50, 70, 100, 140)
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_ASKS = np.array([ord("?")], np.uint64)


class Block(NamedTuple):
    """One family of n-grams: where in a candidate, of which sizes, how heavy, how many table rows."""

    name: str
    sizes: tuple[int, ...]
    weight: float
    rows: int


_AROUND = (
    Block("first", (2, 3), 0.4, 2**15),
    Block("last", (2, 3), 0.4, 2**15),
    Block("before", (2, 3, 4), 0.4, 2**16),
    Block("after", (2, 3, 4), 0.4, 2**16),
)
GRAMS: Mapping[Language, tuple[Block, ...]] = {
    "ja": (Block("own", (1, 2, 3, 4), 1.0, 2**17), *_AROUND),
    "en": (Block("own", (2, 3, 4, 5, 6), 1.0, 2**17), *_AROUND),
}


class Batch(NamedTuple):
    """Texts with their clauses and candidates; a candidate is a run of clauses of one paragraph.

    `starts` and `ends` are places in `codes`; `offset` of a text turns them into its own code points.
    """

    texts: Sequence[str]
    contexts: Sequence[Context]
    codes: Codes
    clauses: list[Clause]
    clause_starts: Ints
    clause_ends: Ints
    borders: Ints
    block_first: Ints
    block_last: Ints
    text: Ints
    first: Ints
    last: Ints
    sentences: Ints
    starts: Ints
    ends: Ints

    def offset(self, text: int) -> int:
        """Where the text begins in the batch."""
        return self.codes.starts[text]


def lay_out(texts: Sequence[str], contexts: Sequence[Context]) -> Batch:
    """The texts with all their candidates, in the order of the texts; codes of what is masked say nothing."""
    texts = [without_codes(text) for text in texts]
    codes = encode(texts)
    found = [(n, clause) for n, text in enumerate(texts) for clause in clauses(text)]
    owner = np.array([n for n, _ in found], np.int64)
    cut = [clause for _, clause in found]
    shift = np.array(codes.starts, np.int64)[owner] if found else owner
    starts = np.array([clause.start for clause in cut], np.int64) + shift
    ends = np.array([clause.end for clause in cut], np.int64) + shift
    borders = np.array([clause.border for clause in cut], np.int64)
    head, tail = _blocks(owner, borders)
    runs = np.array(list(_runs(starts, ends, borders, tail)), np.int64).reshape(-1, 3)
    first, last = runs[:, 0], runs[:, 1]
    return Batch(
        texts, contexts, codes, cut, starts, ends, borders, head, tail,
        owner[first], first, last, runs[:, 2], starts[first], ends[last],
    )  # fmt: skip


def places(batch: Batch, name: str) -> tuple[Ints, Ints]:
    """The range of the batch that an n-gram block looks at, for each candidate; may be empty."""
    if name == "own":
        return batch.starts, batch.ends
    if name == "first":
        return batch.starts, batch.clause_ends[batch.first]
    if name == "last":
        return batch.clause_starts[batch.last], batch.ends
    if name == "before":
        head = batch.clause_starts[batch.block_first[batch.first]]
        return np.maximum(head, batch.starts - WINDOW), batch.starts
    tail = batch.clause_ends[batch.block_last[batch.first]]
    return batch.ends, np.minimum(tail, batch.ends + WINDOW)


def edges(batch: Batch) -> Ints:
    """Table rows of the letters at and around both ends of each candidate; EDGE_ROWS where too short."""
    columns: list[Ints] = []
    for size in EDGE_SIZES:
        starts, ends = batch.starts, batch.ends
        fits = ends - starts >= size
        inside = ((starts, starts + size, 700), (ends - size, ends, 800))
        outside = ((starts - size, starts, 900), (ends, ends + size, 1000))
        for a, b, salt in inside:
            columns.append(np.where(fits, hash_ranges(batch.codes, a, b, salt + size, EDGE_ROWS), EDGE_ROWS))
        for a, b, salt in outside:
            columns.append(hash_ranges(batch.codes, a, b, salt + size, EDGE_ROWS))
    return np.stack(columns, axis=1)


def flags(batch: Batch, language: Language) -> NDArray[np.float32]:
    """Whole numbers about each candidate: its shape and place, and the cues in it and around it."""
    cues = _cues(batch, str, JAPANESE) if language == "ja" else _cues(batch, _lower, ENGLISH)
    columns = [*_shape(batch), *cues]
    around = np.array([numbers_of(one) for one in batch.contexts], np.int64)[batch.text]
    return np.asarray(np.hstack([np.stack(columns, axis=1), around]), np.float32)


def words_of(batch: Batch) -> list[list[Token]]:
    """The words of each text; none of a text that has no clause."""
    from koe.language.sudachi import tokenize

    said = set(_owners(batch))
    return [tokenize(text) if n in said else [] for n, text in enumerate(batch.texts)]


def senses(batch: Batch, words: Sequence[Sequence[Token]]) -> NDArray[np.float32]:
    """The mean word vector of each candidate and of the rest of its paragraph, as whole numbers to 127."""
    rows = np.rint(_word_vectors(batch, words).astype(np.float64) * 1024).astype(np.int64)
    sums = np.concatenate([np.zeros((1, WORD_NUMBERS), np.int64), np.cumsum(rows, axis=0)])
    own = sums[batch.last + 1] - sums[batch.first]
    head, tail = batch.block_first[batch.first], batch.block_last[batch.first]
    rest = sums[tail + 1] - sums[head] - own
    return np.hstack([_unit(own), _unit(rest)])


def _word_vectors(batch: Batch, words: Sequence[Sequence[Token]]) -> NDArray[np.float32]:
    """The mean word vector of each clause."""
    from koe.language.vectors import embed_tokens

    own = [
        [token for token in words[n] if clause.start <= token.start and token.end <= clause.end]
        for n, clause in zip(_owners(batch), batch.clauses, strict=True)
    ]
    return np.asarray(embed_tokens(own)[:, :WORD_NUMBERS], np.float32)


def _unit(sums: Ints) -> NDArray[np.float32]:
    lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True).astype(np.float64))
    return np.asarray(np.rint(SENSE_UNIT * sums / np.maximum(lengths, 1.0)), np.float32)


def _owners(batch: Batch) -> list[int]:
    borders = np.array(batch.codes.starts, np.int64)
    return [int(n) for n in np.searchsorted(borders, batch.clause_starts, side="right") - 1]


def _blocks(owner: Ints, borders: Ints) -> tuple[Ints, Ints]:
    """For each clause the first and the last clause of its paragraph."""
    size = len(owner)
    opens = np.ones(size, bool)
    opens[1:] = (owner[1:] != owner[:-1]) | (borders[1:] >= 3)
    heads = np.flatnonzero(opens)
    tails = np.append(heads[1:], size) - 1 if size else heads
    which = np.cumsum(opens) - 1
    return heads[which], tails[which]


def _runs(starts: Ints, ends: Ints, borders: Ints, tails: Ints) -> Iterator[tuple[int, int, int]]:
    begin, stop, marks, limits = starts.tolist(), ends.tolist(), borders.tolist(), tails.tolist()
    for first in range(len(begin)):
        sentences = 1
        for last in range(first, min(first + MOST_CLAUSES, limits[first] + 1)):
            sentences += last > first and marks[last] >= 2
            if sentences > MOST_SENTENCES or (last > first and stop[last] - begin[first] > LONGEST):
                break
            yield first, last, sentences


def _shape(batch: Batch) -> list[NDArray[np.int64]]:
    head, tail = batch.block_first[batch.first], batch.block_last[batch.first]
    call = np.array([one.is_call for one in batch.contexts], np.int64)[batch.text]
    more = batch.last < tail
    before = batch.borders[batch.first]
    behind = np.where(more, batch.borders[np.minimum(batch.last + 1, len(batch.borders) - 1)], 3)
    count, size = batch.last - batch.first + 1, batch.ends - batch.starts
    around = batch.clause_ends[tail] - batch.clause_starts[head]
    whole = (before >= 2) & (behind >= 2)
    asks = np.isin(batch.codes.codes[batch.ends - 1], _ASKS)
    columns = [call, 1 - call, batch.first > head, more, asks, count == tail - head + 1, head == tail]
    columns += [whole, whole & (batch.sentences == 1), batch.sentences == 2]
    columns += [side == level for side in (before, behind) for level in range(4)]
    columns += [count == n for n in range(1, MOST_CLAUSES)]
    columns += [np.digitize(size, _LENGTHS) == n for n in range(len(_LENGTHS) + 1)]
    columns += [np.digitize(around, _LENGTHS[2:]) == n for n in range(len(_LENGTHS) - 1)]
    return [np.asarray(column, np.int64) for column in columns]


def _lower(text: str) -> str:
    """Latin letters in lower case, in their places."""
    return text.translate(_LOWER)


def _cues(
    batch: Batch, made: Callable[[str], str], cues: Mapping[str, re.Pattern[str]]
) -> Iterator[NDArray[np.int64]]:
    joined = made("\n" * GAP + ("\n" * GAP).join(batch.texts) + "\n" * GAP)
    before, behind = places(batch, "before"), places(batch, "after")
    for cue in cues.values():
        hits = np.zeros(len(joined) + 1, np.int64)
        np.add.at(hits, [match.start() + 1 for match in cue.finditer(joined)], 1)
        sums = np.cumsum(hits)
        own = sums[batch.ends] - sums[batch.starts]
        yield np.minimum(own, 1)
        yield np.minimum(own, 3) - np.minimum(own, 1)
        yield np.minimum(sums[before[1]] - sums[before[0]], 1)
        yield np.minimum(sums[behind[1]] - sums[behind[0]], 1)
