"""How much a text looks like a name that a person gives: its endings, what stands by what, common words.

Learned from the names that persons put over groups of sayings, against the runs of words that the sayings
themselves offer (`training/names.py`).
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.settle.headings_en import FUNCTION_WORDS
from koe.language.stems import stem
from koe.language.stopwords import JA_NOUNS, JA_VERBS
from koe.language.sudachi import Token, tokenize
from koe.language.text import Language
from koe.themes.words import MEANINGS

__all__ = ["WEIGHTS", "Looks", "likeness_of", "load_looks", "looks_of", "naming"]

WEIGHTS = Path(__file__).parent / "settle_like.json"
_CLOSED = frozenset(["助詞", "助動詞", "接尾辞", "接頭辞", "代名詞", "連体詞", "副詞"])
_WORD = re.compile(r"[^\W_]+(?:[-'’./&+][^\W_]+)*[%+#]*")
MOST = 4.0
"""Most that the looks of a name can say."""
_SHAPES = ("ing", "ed", "ly", "ion", "er", "s", "y")


class Looks(NamedTuple):
    """What persons' names look like in one language."""

    worth: Mapping[str, float]
    """What each look is worth; that of the empty one is added to all."""
    words: NDArray[np.float64]
    """(size of a meaning,): how near a word is to those that matters are named by, by its meaning."""


def likeness_of(name: str, looks: Looks, language: Language) -> float:
    """How far a text looks like a person's name for a matter; 0 is as much as not."""
    seen = looks_of(name, language)
    total = looks.worth.get("", 0.0) + sum(looks.worth.get(look, 0.0) for look in seen)
    return max(-MOST, min(MOST, total))


def naming(words: Sequence[Token], looks: Looks, language: Language) -> list[float]:
    """How near each word that has a meaning is to those that matters are named by."""
    found = [MEANINGS[language](word) for word in words]
    return [float(meaning.astype(np.float64) @ looks.words) for meaning in found if meaning is not None]


def looks_of(name: str, language: Language) -> list[str]:
    """What can be seen of a name: pairs of neighbours, and words in normal form, each once."""
    if language == "ja":
        tokens = tokenize(name)
        return _seen([_sort(token) for token in tokens], [token.normal for token in tokens])
    words = [word.lower() for word in _WORD.findall(name)]
    return _seen([_shape(word) for word in words], [stem(word) for word in words])


def _seen(sorts: Sequence[str], words: Sequence[str]) -> list[str]:
    pairs = [f"{one} {other}" for one, other in zip(["^", *sorts], [*sorts, "$"], strict=True)]
    ends = [f"= {word}" for word in words] + [f"{word} $" for word in words[-1:]]
    return sorted({*pairs, *ends})


def _sort(token: Token) -> str:
    """The word itself where it is a small one, else its part of speech."""
    if token.pos[0] in _CLOSED or token.normal in JA_NOUNS or token.normal in JA_VERBS:
        return token.normal
    form = token.pos[5].split("-")[0] if len(token.pos) > 5 else "*"
    return "/".join([*token.pos[:3], form])


def _shape(word: str) -> str:
    """The word itself where it is a small one, else its ending."""
    if word in FUNCTION_WORDS:
        return word
    if any(ch.isdigit() for ch in word):
        return "0"
    return next((f"-{end}" for end in _SHAPES if word.endswith(end) and len(word) > len(end) + 2), "-")


@cache
def load_looks() -> Mapping[Language, Looks]:
    """What each look is worth, by language; read once."""
    found = json.loads(WEIGHTS.read_text("utf-8"))
    return {
        language: Looks(found[language]["worth"], np.array(found[language]["words"], np.float64))
        for language in MEANINGS
    }
