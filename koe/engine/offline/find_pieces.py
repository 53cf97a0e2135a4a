"""The words of a text in pieces, and these in windows: what the encoder of find reads.

Words are cut greedily into the longest known pieces (Schuster and Nakajima 2012), each clause by itself.
Training and reading use the same functions.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from koe.engine.offline.find_features import Batch

__all__ = [
    "CONTEXT",
    "KINDS",
    "LONGEST",
    "WINDOW",
    "Cut",
    "Pieces",
    "cut_text",
    "make_pieces",
]

WINDOW = 240
"""Pieces of a text that are read together."""
LONGEST = 200
"""Pieces of one clause that are read; what lies behind them is no quote."""
CONTEXT = 40
"""Pieces at the end of what was said before that are read with a text."""
KINDS = tuple(f"[unused{n}]" for n in range(6))
"""Pieces that say what a text is part of: a ticket or a call, of a deal or of none, or not known of which."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LETTERS = 100
"""Letters of the longest word that is cut; a longer one is no word."""
_KNOWN = 50_000
"""Words whose pieces are kept ready; what is kept changes no result."""


class Pieces(NamedTuple):
    """The number of each piece, and words met so far with their pieces."""

    numbers: Mapping[str, int]
    met: dict[str, tuple[int, ...]]

    def of(self, text: str) -> list[int]:
        """The pieces of a text, in order."""
        if len(self.met) > _KNOWN:
            self.met.clear()
        found: list[int] = []
        for word in _WORD.findall(text):
            own = self.met.get(word)
            if own is None:
                own = self.met[word] = _cut_word(word, self.numbers)
            found += own
        return found


class Cut(NamedTuple):
    """A text in windows of pieces, and where each of its clauses lies in the row of its own pieces."""

    windows: list[list[int]]
    ahead: list[int]
    """How many pieces of each window stand before the text's own; 1 more stands behind them."""
    starts: list[int]
    ends: list[int]


def make_pieces(names: Sequence[str]) -> Pieces:
    """The pieces of these names, numbered as they come."""
    return Pieces({name: n for n, name in enumerate(names)}, {})


def cut_text(batch: Batch, text: int, pieces: Pieces) -> Cut:
    """The clauses of one text of a batch in windows, each with what is known of what stands around it."""
    shift, end = batch.offset(text), batch.offset(text) + len(batch.texts[text])
    first, last = np.searchsorted(batch.clause_starts, [shift, end]).tolist()
    context = batch.contexts[text]
    said = pieces.of(context.agent)[-CONTEXT:]
    kind = KINDS[int(context.is_call) + (0 if context.is_sale is None else 2 + 2 * int(context.is_sale))]
    head = [*(pieces.numbers[name] for name in ("[CLS]", kind)), *said, pieces.numbers["[SEP]"]]
    made = Cut([], [], [], [])
    for n in range(first, last):
        quote = batch.texts[text][batch.clause_starts[n] - shift : batch.clause_ends[n] - shift]
        own = pieces.of(quote)[:LONGEST] or [pieces.numbers["[UNK]"]]
        if not made.windows or len(made.windows[-1]) + len(own) > WINDOW + len(head):
            made.windows.append(list(head))
            made.ahead.append(len(head))
        made.windows[-1].extend(own)
        made.starts.append(made.ends[-1] if made.ends else 0)
        made.ends.append(made.starts[-1] + len(own))
    for window in made.windows:
        window.append(pieces.numbers["[SEP]"])
    return made


def _cut_word(word: str, numbers: Mapping[str, int]) -> tuple[int, ...]:
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", word.lower())
        if unicodedata.category(letter) != "Mn"
    )
    found: list[int] = []
    at = len(bare) if len(bare) > _LETTERS else 0
    while at < len(bare):
        lead = "##" if at else ""
        end = next((end for end in range(len(bare), at, -1) if lead + bare[at:end] in numbers), None)
        if end is None:
            return (numbers["[UNK]"],)
        found.append(numbers[lead + bare[at:end]])
        at = end
    return tuple(found) or (numbers["[UNK]"],)
