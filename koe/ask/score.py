"""How well passages fit a question's words: shared words and near ones, character pairs, vectors.

The weights are those of a logistic regression over labelled customer turns of many trades, questions
made of what others said on the same matter, each trade judged by the others.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from koe import vectors
from koe.ask.concepts import concepts
from koe.ask.units import Units
from koe.sudachi import JAPANESE, Token
from koe.text import Language
from koe.tokens import index_tokens
from koe.vectors import Floats, embed

NEAR = 0.3
"""Cosine of two words from which on one says something of the other."""

SAME_MATTER = 0.7
"""How alike two words are that speak of one matter."""


class Sought(NamedTuple):
    """A question's words as index tokens: a word each, and all pairs of characters, Latin words whole."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    text: str


class Weights(NamedTuple):
    """What each sign of a fit counts, beside the same as a share of the best passage's."""

    near: float
    pairs: float
    cosine: float
    near_to_best: float
    pairs_to_best: float
    cosine_to_best: float
    start: float


WEIGHTS: Mapping[Language, Weights] = {
    "ja": Weights(3.07, 2.67, 0.76, 1.74, 0.55, 3.40, -7.52),
    "en": Weights(2.74, 0.0, 0.29, 1.78, 0.0, 1.03, -4.25),
}


def sought_of(words: Sequence[str]) -> Sought:
    """The words as the index writes them."""
    tokens = [index_tokens("", [Token(word, word, ("名詞",), 0, len(word))]) for word in words]
    pairs = (token for some in tokens for token in some[1:] or some[:1])
    return Sought(tuple(some[0] for some in tokens), tuple(dict.fromkeys(pairs)), " ".join(words))


class Fit(NamedTuple):
    """How passages fit, each row one: `strength` in log-odds, `near` the weighed share of words it has."""

    strength: Floats
    near: Floats


def fit(sought: Sought, units: Units, language: Language) -> Fit:
    """How well each passage fits the words, in the order of the units."""
    tokens = [unit.tokens for unit in units.units]
    rarity = rarity_of(sought, units)
    near = nearness(sought.words, tokens, rarity)
    pairs = _pairs(sought.pairs, tokens, rarity)
    cosine = np.maximum(0, units.vectors @ embed([sought.text])[0])
    weights = WEIGHTS[language]
    signals = (
        (near, weights.near, weights.near_to_best),
        (pairs, weights.pairs, weights.pairs_to_best),
        (cosine, weights.cosine, weights.cosine_to_best),
    )
    strength = np.full(len(tokens), weights.start, np.float32)
    for signal, own, to_best in signals:
        strength += own * signal + to_best * signal / max(float(signal.max(initial=0)), 1e-6)
    return Fit(strength, near)


def rarity_of(sought: Sought, units: Units) -> dict[str, float]:
    """How much each word and pair tells: the fewer passages have it, the more."""
    wanted = {*sought.words, *sought.pairs}
    spread = Counter(token for unit in units.units for token in unit.tokens & wanted)
    return {token: math.log(1 + units.total / (0.5 + spread[token])) for token in sorted(wanted)}


def nearness(words: Sequence[str], texts: Sequence[Set[str]], rarity: Mapping[str, float]) -> Floats:
    """The share of the words, weighed by rarity, that each text has or comes near to."""
    known = sorted({token for text in texts for token in text if token[:1] == "w"})
    alike = _alike(words, known)
    place = {token: n for n, token in enumerate(known)}
    weight = np.array([rarity[word] for word in words], np.float32)
    out = np.zeros(len(texts), np.float32)
    for n, text in enumerate(texts):
        own = [place[token] for token in text if token in place]
        if own:
            out[n] = alike[:, own].max(axis=1) @ weight
    return np.asarray(out / max(float(weight.sum()), 1e-6), np.float32)


def _alike(words: Sequence[str], known: Sequence[str]) -> Floats:
    """Words x known words: 1 for the same, SAME_MATTER or the cosine above NEAR, stretched, for others."""
    cosines = _word_vectors(words) @ _word_vectors(known).T
    alike = np.clip((cosines - NEAR) / (1 - NEAR), 0, 1)
    matters = concepts()
    place = {token: n for n, token in enumerate(known)}
    for n, word in enumerate(words):
        own = matters.get(word, frozenset())
        for other, at in place.items() if own else ():
            if own & matters.get(other, frozenset()):
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
