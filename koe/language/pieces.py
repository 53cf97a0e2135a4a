"""English words in pieces: cut greedily into the longest known ones (Schuster and Nakajima 2012)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["Pieces", "make_pieces"]

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


def make_pieces(names: Sequence[str]) -> Pieces:
    """The pieces of these names, numbered as they come."""
    return Pieces({name: n for n, name in enumerate(names)}, {})


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
