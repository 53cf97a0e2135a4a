"""Candidates as terms to test: one node per word, and one per group of words that mean one thing.

Blind to outcomes. A node that a wider one makes needless is dropped later, where both are known.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from koe.keywords.candidates import Candidate
from koe.keywords.everyday import is_everyday
from koe.keywords.synonyms import Concept, concept_of, shares_meaning, short_units
from koe.language import stopwords
from koe.language.stems import stem

__all__ = ["Node", "make_nodes"]


_PLURAL = re.compile(r"(?:'s|s'|(?<=[sxh])es|(?<!s)s)$")
LONG = 6
"""Letters that a plural has more than for its singular to count as well, with whatever else it begins."""
COVERED = 0.5
"""Part of a single character's deals that must have it in one and the same compound: 顔 of 顔認証."""


class Node(NamedTuple):
    """A term as it is counted and tested."""

    label: str
    variants: tuple[str, ...]
    words: int
    """How many words the label has; of two terms said in the same deals the longer one tells more."""
    phrase: bool
    """Written with a particle inside; a plain term said in the same deals is shown instead."""
    everyday: bool
    """Made of everyday words only, so that nothing short of a proof makes it worth showing."""
    derived: bool = False
    """Several words that one word has given; shown in a word's place only where it tells more."""


def make_nodes(candidates: Sequence[Candidate], min_deals: int) -> list[Node]:
    """Terms and groups of terms that at least `min_deals` deals could have, in a fixed order."""
    groups = [[candidate] for candidate in candidates]
    groups += [[noun] for candidate in candidates for noun in _nouns(candidate)]
    groups += (
        _synonyms(candidates) + _shared_units(candidates) + _irregular(candidates) + _derived(candidates)
    )
    wide = [group for group in groups if len(frozenset().union(*(c.deals for c in group))) >= min_deals]
    of_japan = 2 * sum(candidate.key.isascii() for candidate in candidates) < len(candidates)
    nodes = {node.variants: node for node in (_node(group, candidates, of_japan) for group in wide) if node}
    for group in _derived(candidates):
        node = _node(group, candidates, of_japan) if _is_wide(group, min_deals) else None
        if node:
            nodes.setdefault(node.variants, node._replace(derived=True))
    return [nodes[variants] for variants in sorted(nodes)]


def _is_wide(group: Sequence[Candidate], min_deals: int) -> bool:
    return len(frozenset().union(*(candidate.deals for candidate in group))) >= min_deals


def _nouns(candidate: Candidate) -> list[Candidate]:
    """An English stem's words apart, each with its plural: training is not the train that was late."""
    if not candidate.key.isascii() or "-" in candidate.key:
        return []
    apart: dict[str, Counter[str]] = defaultdict(Counter)
    for surface, count in candidate.surfaces.items():
        apart[_singular(surface)][surface] += count
    return [candidate._replace(surfaces=apart[key]) for key in sorted(apart)] if len(apart) > 1 else []


_PAST = {
    "paid": "pay", "said": "say", "built": "build", "bought": "buy", "sold": "sell", "sent": "send",
    "kept": "keep", "held": "hold", "lost": "lose", "spent": "spend", "taught": "teach", "written": "write",
    "wrote": "write", "drawn": "draw", "broken": "break", "broke": "break", "grown": "grow",
    "driven": "drive", "chosen": "choose", "chose": "choose", "hidden": "hide", "met": "meet",
    "left": "leave", "ran": "run", "taken": "take",
}  # fmt: skip
_DERIVED = re.compile(r"(?:[ai]tions?|ions?|ors?|ers?|ments?|ings?|[ae]nces?|ees?|ed|es|s)$")
_PAST_END = re.compile("|".join(f"{past}$" for past in sorted(_PAST, key=len, reverse=True)))


def _irregular(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """A verb with its irregular past, also behind a prefix: prepay and prepaid, oversold and oversell."""
    by_key = {candidate.key: candidate for candidate in candidates}
    found = []
    for candidate in candidates:
        past = _top(candidate)
        if past.isascii() and " " not in past and _PAST_END.search(past):
            base = _PAST_END.sub(lambda match: _PAST[match[0]], past)
            forms = [
                by_key[key] for key in dict.fromkeys((stem(base), *_hyphened(base, by_key))) if key in by_key
            ]
            found += [[candidate, *forms]] if forms else []
    return found


def _derived(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Words that one word has given: inspector, inspection and inspected."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        word = _top(candidate)
        if word.isascii() and word.isalpha():
            found[_DERIVED.sub("", word)].append(candidate)
    return [found[base] for base in sorted(found) if len(base) >= LONG and len(found[base]) > 1]


def _hyphened(word: str, by_key: Mapping[str, Candidate]) -> list[str]:
    return [key for key in by_key if "-" in key and key.replace("-", "") == stem(word)]


def _singular(surface: str) -> str:
    return surface[:-3] + "y" if surface.endswith("ies") else _PLURAL.sub("", surface)


def _shared_units(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Units that compounds share and that are no term themselves: 締め of 月締め and 締め日."""
    known = {surface for candidate in candidates for surface in candidate.surfaces}
    found: dict[str, set[str]] = defaultdict(set)
    homes: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.phrase or candidate.key.isascii():
            continue
        for unit in short_units(_top(candidate)):
            if len(unit) > 1 and not unit.isascii() and unit not in known and unit not in stopwords.JA_NOUNS:
                found[unit] |= candidate.deals
                homes[unit].add(candidate.key)
    return [
        [Candidate(unit, (unit,), Counter({unit: 1}), frozenset(found[unit]))]
        for unit in sorted(found)
        if len(homes[unit]) > 1
    ]


def _synonyms(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Groups of two and more candidates that mean the same, word for word."""
    if all(candidate.key.isascii() for candidate in candidates):
        return []
    concepts = {c.key: concept_of(_top(c)) for c in candidates if " " not in c.key}
    by_word: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        concept = concepts.get(candidate.key, ())
        for word in sorted(concept[0]) if concept else ():
            by_word[len(concept), word].append(candidate)
    found = (_alike(c, concepts, by_word) for c in candidates if concepts.get(c.key))
    unique = {tuple(c.key for c in group): group for group in found if len(group) > 1}
    return [unique[keys] for keys in sorted(unique)]


def _alike(
    candidate: Candidate,
    concepts: dict[str, Concept],
    by_word: dict[tuple[int, str], list[Candidate]],
) -> list[Candidate]:
    own = concepts[candidate.key]
    near = {c.key: c for word in own[0] for c in by_word[len(own), word]}
    return [near[key] for key in sorted(near) if shares_meaning(own, concepts[key])]


def _node(group: Sequence[Candidate], candidates: Sequence[Candidate], of_japan: bool) -> Node | None:
    by_use = sorted(group, key=lambda c: (-len(c.deals), -sum(c.surfaces.values()), c.key))
    written = [surface for c in by_use for surface in _surfaces(c)]
    variants = tuple(_unique((*written, *(_singular(one) for one in written if _is_plural(one)))))
    first = by_use[0]
    label = _longer(first, candidates) if len(_top(first)) == 1 else _label(first)
    everyday = len(_top(first)) > 1 and is_everyday(first.parts, foreign=of_japan)
    return Node(label, variants, max(len(concept_of(label)), 1), first.phrase, everyday) if label else None


def _is_plural(surface: str) -> bool:
    """Whether it is an English plural long enough for its singular to be searched from the front."""
    return surface.isascii() and len(surface) > LONG and surface.endswith("s") and not surface.endswith("ss")


def _label(candidate: Candidate) -> str:
    """How a term is shown: as it is mostly written, and a verb at its end in its plain form."""
    return candidate.key if candidate.phrase and len(candidate.surfaces) > 1 else _top(candidate)


def _longer(short: Candidate, candidates: Sequence[Candidate]) -> str:
    """The compound that a single character mostly stands in; empty when there is no such one."""
    mark = _top(short)
    inside = [
        c for c in candidates if len(c.parts) == 1 and len(c.key) > 1 and any(mark in s for s in c.surfaces)
    ]
    widest = max(inside, key=lambda c: (len(c.deals & short.deals), c.key), default=None)
    fits = widest is not None and len(widest.deals & short.deals) >= COVERED * len(short.deals)
    return _top(widest) if widest is not None and fits else ""


def _surfaces(candidate: Candidate) -> list[str]:
    return sorted(candidate.surfaces, key=lambda s: (-candidate.surfaces[s], s))


def _top(candidate: Candidate) -> str:
    return _surfaces(candidate)[0]


def _unique(surfaces: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(surfaces))
