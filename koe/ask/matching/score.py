"""How well passages fit a question's words: shared words and near ones, character pairs, vectors."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from koe.ask.matching.concepts import is_same_matter
from koe.ask.rows.units import Units
from koe.language import vectors
from koe.language.sudachi import JAPANESE, Token
from koe.language.tokens import index_tokens
from koe.language.vectors import Floats, embed

NEAR = 0.3
"""Cosine of two words from which on one says something of the other."""

SAME_MATTER = 0.7
"""How alike two words are that speak of one matter."""


class Sought(NamedTuple):
    """A question's words as index tokens: a word each, and all pairs of characters, Latin words whole."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    text: str
    asked: tuple[str, ...]
    """What of the question is read as it stands, with the small words between."""


def sought_of(words: Sequence[str], text: str | None = None, asked: Sequence[str] = ()) -> Sought:
    """The words as the index writes them; `text` has them as a person wrote them, `asked` the question."""
    tokens = [index_tokens("", [Token(word, word, ("名詞",), 0, len(word))]) for word in words]
    pairs = (token for some in tokens for token in some[1:] or some[:1])
    said = text or " ".join(words)
    return Sought(
        tuple(some[0] for some in tokens), tuple(dict.fromkeys(pairs)), said, tuple(asked) or (said,)
    )


class Fit(NamedTuple):
    """How passages fit, each row one."""

    cover: Floats
    """Passages x words: how far the passage has the word, times the word's share of all the words' weight."""
    pairs: Floats
    """The weighed share of the pairs of characters."""
    cosine: Floats

    @property
    def near(self) -> Floats:
        """The weighed share of the words that each passage has or comes near to."""
        return np.asarray(self.cover.sum(axis=1), np.float32)


def fit(sought: Sought, units: Units) -> Fit:
    """How well each passage fits the words, in the order of the units."""
    tokens = [unit.tokens for unit in units.units]
    rarity = rarity_of(sought, units)
    cosine = np.maximum(0, units.vectors @ embed([sought.text])[0])
    return Fit(covered(sought.words, tokens, rarity), _pairs(sought.pairs, tokens, rarity), cosine)


def rarity_of(sought: Sought, units: Units) -> dict[str, float]:
    """How much each word and pair tells: the fewer passages have it, the more."""
    wanted = {*sought.words, *sought.pairs}
    spread = Counter(token for unit in units.units for token in unit.tokens & wanted)
    return {token: math.log(1 + units.total / (0.5 + spread[token])) for token in sorted(wanted)}


def shares_of(sought: Sought, units: Units) -> Floats:
    """Each word's share of the weight of all; their sum is one."""
    rarity = rarity_of(sought, units)
    weight = np.array([rarity[word] for word in sought.words], np.float32)
    return np.asarray(weight / max(float(weight.sum()), 1e-6), np.float32)


def nearness(words: Sequence[str], texts: Sequence[Set[str]], rarity: Mapping[str, float]) -> Floats:
    """The share of the words, weighed by rarity, that each text has or comes near to."""
    return np.asarray(covered(words, texts, rarity).sum(axis=1), np.float32)


def covered(words: Sequence[str], texts: Sequence[Set[str]], rarity: Mapping[str, float]) -> Floats:
    """Texts x words: how far each text has each word, times the word's share of all the weight."""
    known = sorted({token for text in texts for token in text if token[:1] == "w"})
    alike = _alike(words, known)
    place = {token: n for n, token in enumerate(known)}
    weight = np.array([rarity[word] for word in words], np.float32)
    out = np.zeros((len(texts), len(words)), np.float32)
    for n, text in enumerate(texts):
        own = [place[token] for token in text if token in place]
        if own:
            out[n] = alike[:, own].max(axis=1)
    return np.asarray(out * weight / max(float(weight.sum()), 1e-6), np.float32)


def _alike(words: Sequence[str], known: Sequence[str]) -> Floats:
    """Words x known words: 1 for the same, SAME_MATTER or the cosine above NEAR, stretched, for others."""
    cosines = _word_vectors(words) @ _word_vectors(known).T
    alike = np.clip((cosines - NEAR) / (1 - NEAR), 0, 1)
    place = {token: n for n, token in enumerate(known)}
    for n, word in enumerate(words):
        for other, at in place.items():
            if is_same_matter(word, other):
                alike[n, at] = max(alike[n, at], SAME_MATTER)
        if word in place:
            alike[n, place[word]] = 1
    return np.asarray(alike, np.float32)


def _word_vectors(tokens: Sequence[str]) -> Floats:
    """The chiVe vectors of Japanese words at length 1; zeros for all others."""
    table = vectors._table()
    rows = [vectors._row_of(token[1:]) if JAPANESE.search(token) else -1 for token in tokens]
    out = np.zeros((len(tokens), vectors.WORDS), np.float32)
    known = [n for n, row in enumerate(rows) if row >= 0]
    out[known] = table.vectors[[rows[n] for n in known]]
    return vectors._unit(out)


def _pairs(pairs: Sequence[str], texts: Sequence[Set[str]], rarity: Mapping[str, float]) -> Floats:
    """The share of the pairs of characters, weighed by rarity, that each text has."""
    total = max(sum(rarity[pair] for pair in pairs), 1e-6)
    return np.array([sum(rarity[p] for p in pairs if p in text) / total for text in texts], np.float32)
