"""The words of a finding as numbers: what each means, and what tells how much it says of the matter."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.language.stems import stem
from koe.language.sudachi import Token, tokenize
from koe.language.text import Language
from koe.language.vectors import WORDS, Floats, word_vector
from koe.language.vectors_en import SIZE as ENGLISH
from koe.language.vectors_en import english_vector

__all__ = ["MEANINGS", "SIZES", "TRAITS", "Heard", "Meaning", "heard", "key_of", "words_of"]

Meaning = Callable[[Token], Floats | None]
SIZES: Mapping[Language, int] = {"ja": WORDS, "en": ENGLISH}
"""Numbers of a word's vector, by the language of the finding."""
TRAITS = 9
"""Numbers that say what kind of word it is: seven for its part of speech, then if it is quoted, how rare."""

_CONTENT = frozenset(["名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "word"])
_NEGATION = frozenset(["無い", "ない", "ず"])
_PARTS = {"名詞": 0, "動詞": 1, "形容詞": 2, "形状詞": 2, "副詞": 3, "接尾辞": 4, "word": 5}
_QUOTED, _RARE, _RAREST = 7, 8, 4.0


class Heard(NamedTuple):
    """The different words of some texts, one row each."""

    meanings: Floats
    """(words, size of a meaning)"""
    traits: Floats
    """(words, TRAITS)"""
    owners: NDArray[np.int64]
    """Which text each word stands in."""


def words_of(text: str) -> list[Token]:
    """The words of a text that carry its matter, function words left out and negations kept."""
    return [t for t in tokenize(text) if _is_content(t)]


def _is_content(token: Token) -> bool:
    if token.pos[:2] == ("名詞", "数詞"):
        return False
    return token.pos[0] in _CONTENT or token.normal in _NEGATION


def key_of(token: Token) -> str:
    """What a word is counted as: its normal form, in English its stem."""
    return stem(token.normal) if token.pos[0] == "word" else token.normal


def heard(
    told: Sequence[Sequence[Sequence[Token]]], rarity: Mapping[str, float], meaning: Meaning, size: int
) -> Heard:
    """The words that have a meaning of that size, for texts given as the words of (quote, turn)."""
    meanings, traits, owners = [], [], []
    for n, (quote, around) in enumerate(told):
        quoted = {key_of(token) for token in quote}
        for key, token in {key_of(token): token for token in [*quote[::-1], *around[::-1]]}.items():
            found = meaning(token)
            if found is not None:
                meanings.append(found)
                traits.append(_traits(token, key in quoted, rarity[key]))
                owners.append(n)
    rows = np.stack(meanings) if meanings else np.zeros((0, size), np.float32)
    return Heard(rows, np.array(traits, np.float32).reshape(-1, TRAITS), np.array(owners, np.int64))


def _traits(token: Token, quoted: bool, rarity: float) -> list[float]:
    row = [0.0] * TRAITS
    row[_PARTS.get(token.pos[0], 6)] = 1.0
    row[_QUOTED], row[_RARE] = float(quoted), rarity / _RAREST
    return row


def _japanese(token: Token) -> Floats | None:
    return word_vector(token.normal, token.surface)


def _english(token: Token) -> Floats | None:
    return english_vector(token.normal) if token.pos[0] == "word" else None


MEANINGS: Mapping[Language, Meaning] = {"ja": _japanese, "en": _english}
"""The vector of a word in a finding of that language; None for one nobody knows."""
