"""Names of new themes: of the headings that the group's words offer, the one nearest to all that it says."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from koe.engine.base import Unsettled
from koe.engine.offline.plain_form import plain
from koe.engine.offline.settle_headings import LONGEST, SHORTEST, Heading, headings_of, is_vague
from koe.engine.offline.settle_headings_en import LONGEST as LONGEST_EN
from koe.engine.offline.settle_headings_en import headings_en
from koe.language.stopwords import EN, JA_NOUNS, JA_VERBS
from koe.language.sudachi import Token, tokenize
from koe.language.text import language_of
from koe.mask.placeholder import PLACEHOLDER
from koe.themes.likeness import MARKS, describe
from koe.themes.words import key_of, words_of

VOICES = 40
"""Most findings whose words are weighed for one name."""
OFFERS = 60
"""Most headings that are weighed for one name."""
SHARED = 0.6
"""What a noun that all of the group say adds to a heading, beside its nearness of at most 1."""
COVERED = 0.7
"""What it adds that all others of the group say one of its words."""
VAGUE = 0.15
BARE = 0.1
OPEN = 0.1
LED = 0.1
CUT = 0.25
"""What speaks against a heading: a vague predicate, none, one that ends no sentence, a topic, a clause cut
short."""
_GENERAL = frozenset(EN) | frozenset(JA_NOUNS) | frozenset(JA_VERBS)
_NAMED = re.compile(rf"{PLACEHOLDER.pattern}(?:さん|様|氏)?")
_CLAUSE = re.compile(r"[、，,。．.!?！？…「」『』()（）\n]+")
_EDGES = " 。、．，.,!！?？・~〜ー-「」『』()（）'…"


class Offer(NamedTuple):
    """A name that the group's words offer, with its nouns and what speaks against it."""

    name: str
    nouns: tuple[str, ...]
    against: float


def name_of(members: Sequence[Unsettled], taken: Collection[str]) -> str:
    """The best heading in the words of the group that no theme is named by yet."""
    quotes = [_NAMED.sub(" ", item.finding.quote) for item in members[:VOICES]]
    found = {offer.name: offer for quote in reversed(quotes) for offer in offers_of(quote)}
    offers = [found[name] for name in sorted(found)][:OFFERS]
    if not offers:
        return _shortened(quotes[0])
    said = [_terms(quote) for quote in quotes]
    shares = _shares(said)
    nearness = _nearness([offer.name for offer in offers], members)
    marks = [
        near
        + SHARED * max((shares[noun] for noun in offer.nouns), default=0.0)
        + COVERED * _covered(offer.name, said)
        - offer.against
        for near, offer in zip(nearness, offers, strict=True)
    ]
    order = sorted(
        range(len(offers)), key=lambda n: (-round(marks[n], 3), len(offers[n].name), offers[n].name)
    )
    return next((offers[n].name for n in order if offers[n].name not in taken), offers[order[0]].name)


def offers_of(quote: str) -> list[Offer]:
    """The names that a quote offers."""
    if language_of(quote) == "ja":
        return [Offer(item.name, item.nouns, _against(item)) for item in headings_of(tokenize(quote))]
    return [Offer(name, _stems(name), 0.0 if whole else CUT) for name, whole in headings_en(quote)]


def _against(item: Heading) -> float:
    if not item.predicate:
        return BARE
    return VAGUE * is_vague(item) + OPEN * (not item.closes) + LED * ("は" in item.name)


def _stems(name: str) -> tuple[str, ...]:
    return tuple(key_of(token) for token in tokenize(name) if token.pos[0] == "word")


def _terms(text: str) -> frozenset[str]:
    """The words that carry a text's matter, in normal form, in English as stems."""
    return frozenset(key_of(token) for token in words_of(text) if token.normal not in _GENERAL)


def _shares(said: Sequence[frozenset[str]]) -> defaultdict[str, float]:
    """The share of the group that has a word; what one alone says counts nothing."""
    counts = Counter(word for words in said for word in words)
    return defaultdict(float, {word: (n - 1) / len(said) for word, n in counts.items()})


def _covered(name: str, said: Sequence[frozenset[str]]) -> float:
    """The share of the group that has a word of the name, less the one who offers it."""
    own = _terms(name)
    return max(sum(bool(own & words) for words in said) - 1, 0) / len(said)


def _nearness(names: Sequence[str], members: Sequence[Unsettled]) -> Sequence[float]:
    middle = np.mean([item.vector[MARKS:] for item in members], axis=0, dtype=np.float64)
    points = describe([(name, name) for name in names])[:, MARKS:].astype(np.float64)
    lengths = np.maximum(np.linalg.norm(points, axis=1) * max(float(np.linalg.norm(middle)), 1e-9), 1e-9)
    return [float(value) for value in np.round(points @ middle / lengths, 3)]


def _shortened(quote: str) -> str:
    """The beginning of a quote that offers no heading, cut between words."""
    if language_of(quote) != "ja":
        name = " ".join(quote.strip(_EDGES).split()[:LONGEST_EN]).strip(_EDGES)
        return name[:1].upper() + name[1:]
    clauses = [plain(tokens) for part in _CLAUSE.split(quote) if (tokens := _headless(part))]
    whole = [clause for clause in clauses if SHORTEST < len(clause) <= LONGEST]
    if whole:
        return max(whole, key=len)
    name = ""
    for token in _headless(_CLAUSE.sub("", quote)):
        if len(name) + len(token.surface) > LONGEST:
            break
        name += token.surface
    return name.strip(_EDGES)


def _headless(clause: str) -> list[Token]:
    """The words of a clause without conjunctions and interjections before them."""
    tokens = tokenize(clause)
    while tokens and tokens[0].pos[0] in ("接続詞", "感動詞", "補助記号", "placeholder"):
        tokens = tokens[1:]
    return tokens
