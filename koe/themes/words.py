"""The words of a finding as numbers: what each means, and what tells how much it says of the matter."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.stems import stem
from koe.sudachi import Token, tokenize
from koe.vectors import Floats, word_vector

__all__ = ["MEANING", "TRAITS", "Heard", "heard", "key_of", "meaning", "words_of"]

GLOSSARY = Path(__file__).parent / "glossary.txt"
MEANING = 300
"""Numbers of a word's vector."""
TRAITS = 9
"""Numbers that say what kind of word it is: seven for its part of speech, then if it is quoted, how rare."""

_CONTENT = frozenset(["名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "word"])
_NEGATION = frozenset(["無い", "ない", "ず"])
_PARTS = {"名詞": 0, "動詞": 1, "形容詞": 2, "形状詞": 2, "副詞": 3, "接尾辞": 4, "word": 5}
_QUOTED, _RARE, _RAREST = 7, 8, 4.0


class Heard(NamedTuple):
    """The different words of some texts, one row each."""

    meanings: Floats
    """(words, MEANING)"""
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


def heard(told: Sequence[Sequence[Sequence[Token]]], rarity: Callable[[str], float]) -> Heard:
    """The words that have a meaning, for texts given as the words of (quote, turn)."""
    meanings, traits, owners = [], [], []
    for n, (quote, around) in enumerate(told):
        quoted = {key_of(token) for token in quote}
        for key, token in {key_of(token): token for token in [*quote[::-1], *around[::-1]]}.items():
            found = meaning(token)
            if found is not None:
                meanings.append(found)
                traits.append(_traits(token, key in quoted, rarity(key)))
                owners.append(n)
    rows = np.stack(meanings) if meanings else np.zeros((0, MEANING), np.float32)
    return Heard(rows, np.array(traits, np.float32).reshape(-1, TRAITS), np.array(owners, np.int64))


def _traits(token: Token, quoted: bool, rarity: float) -> list[float]:
    row = [0.0] * TRAITS
    row[_PARTS.get(token.pos[0], 6)] = 1.0
    row[_QUOTED], row[_RARE] = float(quoted), rarity / _RAREST
    return row


def meaning(token: Token) -> Floats | None:
    """The vector of a word, of an English one by its meaning in Japanese; None for one nobody knows."""
    found = word_vector(token.normal, token.surface)
    return _english(key_of(token)) if found is None and token.normal.isascii() else found


@lru_cache(maxsize=8192)
def _english(key: str) -> Floats | None:
    found = [v for word in glossary().get(key, ()) if (v := word_vector(word)) is not None]
    if not found:
        return None
    mean = np.mean(found, axis=0, dtype=np.float64)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


@cache
def glossary() -> dict[str, tuple[str, ...]]:
    """The Japanese words for each English stem, in the order of the file."""
    found: dict[str, dict[str, None]] = {}
    for line in GLOSSARY.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, japanese = line.split(" = ")
            words = dict.fromkeys(token.normal for token in tokenize(japanese))
            for word in english.split():
                found.setdefault(stem(word.lower()), {}).update(words)
    return {key: tuple(words) for key, words in found.items()}
