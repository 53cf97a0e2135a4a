"""Names of new themes: of the headings that the group's words offer, the one that says most of the matter.

What a heading is worth is a sum over what can be seen of it: how near its sense is to that of the group, how
much it looks like a name that a person gives (`like`), whose words it has. The weights are learned
from groups of sayings that persons have named or stated in a few neutral words (`training/names.py`).
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from koe.engine.base import Unsettled
from koe.engine.offline.settle.headings import LONGEST, SHORTEST, Heading, headings_of
from koe.engine.offline.settle.headings_en import headings_en, shortened_en
from koe.engine.offline.settle.like import likeness_of, load_looks, naming
from koe.engine.offline.settle.plain_form import plain
from koe.engine.offline.settle.quoted import plainly
from koe.language.stopwords import EN, JA_NOUNS, JA_VERBS
from koe.language.sudachi import Token, tokenize
from koe.language.text import Language, language_of
from koe.records import FindingKind
from koe.themes.likeness import MARKS, WORDED, Floats, Model, load_model, unit, vectors_of, words_heard
from koe.themes.sense import sense_of
from koe.themes.words import key_of, words_of

WEIGHTS = Path(__file__).parent / "settle_names.json"
VOICES = 12
"""Most findings whose words a name is made of: those nearest to the middle of the group."""
OFFERS = 32
"""Most headings whose nearness is measured for one name."""
OF_KIND = frozenset(["wished", "denied", "adjective", "way", "how", "asking", "asked", "noun"])
"""What is worth more in names of one kind than in those of another."""
ALONE: Mapping[Language, float] = {"ja": 1.0, "en": 1.0}
"""How long a name is that stands alone: tens of characters, or three words."""
STEP = 1e-3
"""Worths are compared in these steps, so that the last bit of a sum decides nothing."""
PRIORS: Mapping[Language, Mapping[str, float]] = {
    "ja": {
        "like": 0.015,
        "one term": -0.03,
        "noun": -0.05,
        "noun の": -0.06,
        "closes": 0.02,
        "feature_request wished": 0.03,
        "question way": 0.03,
        "asked": -0.15,
        "question asked": 0.2,
        "alone": -0.08,
        "formal": -0.06,
        "short": -0.12,
        "adnominal": -0.03,
        "reason": -0.02,
        "condition": -0.03,
        "told": -0.03,
        "person": -0.05,
        "pointing": -0.04,
        "digits": -0.04,
        "spoken": -0.12,
        "effect": -0.08,
    },
    "en": {
        "like": 0.015,
        "one term": -0.03,
        "personal": -0.03,
        "inner": -0.03,
        "short": -0.12,
        "digits": -0.02,
        "timed": -0.04,
        "cleft": -0.03,
        "cut": -0.02,
        "before small": -0.03,
        "effect": -0.08,
        "torn": -0.05,
    },
}
"""What is added by judgement: it reads as a name and tells a matter, not what this does to people."""
_GENERAL = frozenset(EN) | frozenset(JA_NOUNS) | frozenset(JA_VERBS)
_CLAUSE = re.compile(r"[、，,。．.!?！？…「」『』()（）\n]+")
_EDGES = " 。、．，.,!！?？・~〜ー-「」『』()（）'…"

Weights = Mapping[str, float]


class Offer(NamedTuple):
    """A name that the group's words offer, with what can be seen of it."""

    name: str
    traits: Mapping[str, float]


def name_of(members: Sequence[Unsettled], taken: Collection[str]) -> str:
    """The best heading in the words of the group that no theme is named by yet."""
    members = _speakers(members)
    quotes = [plainly(item.finding.quote) for item in members]
    language = language_of("".join(quotes))
    weights = load_weights()[language]
    offers = offers_of(members, quotes, language, weights)
    if not offers:
        return next(filter(None, map(_shortened, quotes)), members[0].finding.quote.strip()[:LONGEST])
    order = best_of(offers, weights, language)
    return next((name for name in order if name not in taken), order[0])


def _speakers(members: Sequence[Unsettled]) -> list[Unsettled]:
    """The findings nearest to the middle of the group, two in three of them, in an order that is theirs.

    What stands at the edge of a group is often of another matter, and its words name the group wrongly.
    """
    some = sorted(members, key=lambda item: (item.finding.quote, item.finding.id))
    points = unit(np.stack([item.vector[MARKS:] for item in some])).astype(np.float64)
    near = np.round(points @ points.mean(axis=0), 6)
    heard = min(VOICES, max(2, (2 * len(some) + 1) // 3))
    best = sorted(range(len(some)), key=lambda n: (-near[n], n))[:heard]
    return [some[n] for n in sorted(best)]


def best_of(offers: Sequence[Offer], weights: Weights, language: Language) -> list[str]:
    """The names that are offered, the best first."""
    worth = {offer.name: _worth(offer.traits, weights, language) for offer in offers}
    return sorted(worth, key=lambda name: (-worth[name], len(name), name))


def offers_of(
    members: Sequence[Unsettled],
    quotes: Sequence[str],
    language: Language,
    weights: Weights,
    most: int = OFFERS,
) -> list[Offer]:
    """The names that the quotes of a group offer, the likeliest where there are many, by name."""
    kind = members[0].finding.kind
    told = [item for quote in quotes for item in _headings(quote, language)]
    pairs = [(item, _seen(item, kind, language)) for item in told]
    pairs.sort(key=lambda pair: (_worth(pair[1], weights, language), pair[0].name, sorted(pair[0].marks)))
    found = {item.name: item for item, _ in pairs}
    seen = {item.name: traits for item, traits in pairs}
    best = sorted(list(dict.fromkeys(item.name for item, _ in reversed(pairs)))[:most])
    meant = _meant([found[name] for name in best], members, quotes, language)
    near = _sensed(best, members, quotes, language)
    return [Offer(name, {**seen[name], **meant[name], **near[name]}) for name in best]


def _headings(quote: str, language: Language) -> list[Heading]:
    """The headings of a quote with those of their words that carry its matter."""
    if language != "ja":
        return [item._replace(words=tuple(words_of(item.name))) for item in headings_en(quote)]
    matter = set(words_of(quote))
    found = headings_of(tokenize(quote))
    return [item._replace(words=tuple(word for word in item.words if word in matter)) for item in found]


def _seen(item: Heading, kind: FindingKind, language: Language) -> dict[str, float]:
    """What kind of name it is, and how long."""
    long = len(item.name) / 10 if language == "ja" else len(item.name.split()) / 3
    terms = len(_terms(item.words))
    traits = dict.fromkeys(sorted(item.marks), 1.0)
    traits |= {f"{kind.value} {mark}": 1.0 for mark in sorted(item.marks & OF_KIND)}
    looks = load_looks()[language]
    named = naming(item.words, looks, language) or [0.0]
    return {
        **traits,
        "long": long,
        "long²": long**2,
        "short": max(0.0, 1 - long / ALONE[language]),
        "one term": float(terms == 1),
        "terms": terms**0.5,
        "like": likeness_of(item.name, looks, language),
        "named": max(named),
        "named all": sum(named) / len(named),
        "named least": min(named),
    }


def _sensed(
    names: Sequence[str], members: Sequence[Unsettled], quotes: Sequence[str], language: Language
) -> dict[str, dict[str, float]]:
    """How near the sense of each name is to the middle of what is said, and to what is farthest from it."""
    said = _senses(members, quotes, language)
    middle = unit(said.mean(axis=0, keepdims=True))[0]
    near = sense_of(names, language).astype(np.float64)
    to_each = near @ said.T.astype(np.float64)
    return {
        name: {
            "sense": float(row @ middle),
            "sense least": float(each.min()),
            "sense most": float(each.max()),
        }
        for name, row, each in zip(names, near, to_each, strict=True)
    }


def _senses(members: Sequence[Unsettled], quotes: Sequence[str], language: Language) -> Floats:
    """Rows of length 1: the sense of each quote, as its vector has it or else read anew."""
    rows = unit(np.stack([item.vector[WORDED:] for item in members]))
    missing = [n for n, row in enumerate(rows) if not row.any()]
    if missing:
        rows[missing] = sense_of([quotes[n] for n in missing], language)
    return rows


def _meant(
    items: Sequence[Heading], members: Sequence[Unsettled], quotes: Sequence[str], language: Language
) -> dict[str, dict[str, float]]:
    """How near each name is to the middle of the group, how much of what is said it holds, who says it."""
    model = load_model()
    told, said = [list(item.words) for item in items], [words_of(quote) for quote in quotes]
    points = vectors_of(model, [(words, words) for words in told], [language] * len(told))[:, MARKS:WORDED]
    nearness = _nearness(points, members)
    weights = _weights(model, [*told, *said], language)
    usual = max(float(np.median(weights[len(told) :])), 1e-6)
    terms = [_terms(words) for words in said]
    shares = _shares(terms)
    found = {}
    for n, item in enumerate(items):
        own = _terms(item.words)
        found[item.name] = {
            "near": nearness[n],
            "held": float(weights[n]) / usual,
            "dense": float(weights[n]) / max(len(told[n]), 1),
            "shared": max((shares[word] for word in own), default=0.0),
            "covered": max(sum(bool(own & other) for other in terms) - 1, 0) / len(terms),
        }
    return found


def _nearness(points: Floats, members: Sequence[Unsettled]) -> list[float]:
    middle = np.mean([item.vector[MARKS:WORDED] for item in members], axis=0, dtype=np.float64)
    lengths = np.maximum(np.linalg.norm(points, axis=1) * max(float(np.linalg.norm(middle)), 1e-9), 1e-9)
    return [float(value) for value in points.astype(np.float64) @ middle / lengths]


def _weights(model: Model, told: Sequence[Sequence[Token]], language: Language) -> Floats:
    """How much the words of each text say of the matter, together."""
    words = words_heard(model, [(some, some) for some in told], language)
    heed = words.meanings @ model.heed[language] + words.traits @ model.traits[language]
    total = np.zeros(len(told), np.float32)
    np.add.at(total, words.owners, np.logaddexp(0, heed))
    return total


def terms_of(text: str) -> frozenset[str]:
    """The words that carry a text's matter, in normal form, in English as stems."""
    return _terms(words_of(text))


def _terms(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(key_of(token) for token in words if token.normal not in _GENERAL)


def _shares(said: Sequence[frozenset[str]]) -> defaultdict[str, float]:
    """The share of the group that has a word; what one alone says counts nothing."""
    counts = Counter(word for words in said for word in words)
    return defaultdict(float, {word: (n - 1) / len(said) for word, n in counts.items()})


def _worth(traits: Mapping[str, float], weights: Weights, language: Language) -> int:
    """What a name is worth, in steps."""
    priors = PRIORS[language]
    total = sum((weights.get(key, 0.0) + priors.get(key, 0.0)) * value for key, value in traits.items())
    return round(total / STEP)


@cache
def load_weights() -> Mapping[Language, Weights]:
    """What each trait of a name is worth, by language; read once."""
    found: Mapping[Language, Weights] = json.loads(WEIGHTS.read_text("utf-8"))
    return found


def _shortened(quote: str) -> str:
    """The beginning of a quote that offers no heading, cut between words."""
    if language_of(quote) != "ja":
        return shortened_en(quote) or quote.strip(_EDGES)
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
