"""Which terms stand for which: of two that are said in the same deals, one is shown."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from koe.keywords.candidates import Candidate
from koe.keywords.counts import contains
from koe.keywords.scoring import Scored

__all__ = ["compounds_in", "select", "with_compounds"]

SHARED = 0.6
"""Part of the smaller one's deals that two related terms must share for one to stand for both."""
NEARLY = 0.75
"""Part of a word's lean and deals that its family or phrase must have to be shown in its place."""
MAX_VARIANTS = 12
"""Variants and compounds of a term at most, unless it has more variants of its own."""
_LINKS = re.compile(r"(?<=[^ぁ-ん])[のとを](?=[^ぁ-ん])")


def select(scored: Iterable[Scored]) -> list[Scored]:
    """The terms to show, strongest first: findings, hints, and last what the industry explains.

    A phrase absorbs its parts and a part its phrases, whichever leans more; a part that lives in other
    deals as well stays on its own.
    """
    kept: list[Scored] = []
    everything = sorted(scored, key=_rank)
    for one in everything:
        if not any(_is_same_side(one, other) and _is_absorbed(one, other) for other in kept):
            kept.append(one)
    whole = {one.node.variants: one for one in (_whole_of(one, everything) for one in kept)}
    return sorted(whole.values(), key=_rank)


def _whole_of(one: Scored, everything: Sequence[Scored]) -> Scored:
    """The term, or what says an English one better: all its inflections, the phrase it mostly stands in."""
    if not one.node.label.isascii():
        return one
    own = set(one.node.variants)
    families = [
        other
        for other in everything
        if own < set(other.node.variants) and _is_as_good(other, one) and other.deals.sum() >= one.deals.sum()
    ]
    if families:
        return families[0]
    phrases = [other for other in everything if _is_phrase_of(other, one) and _is_as_good(other, one)]
    return max(phrases, key=lambda other: (int(other.deals.sum()), other.z), default=one)


def _is_as_good(other: Scored, one: Scored) -> bool:
    better_tier = other.tier == "finding" or one.tier != "finding"
    enough = 1.0 if other.node.derived else NEARLY
    return _is_same_side(other, one) and better_tier and abs(other.z) >= enough * abs(one.z)


def _is_phrase_of(other: Scored, one: Scored) -> bool:
    """Whether an English phrase has the word and as good as all deals of it."""
    if " " in one.node.label or " " not in other.node.label:
        return False
    inside = any(contains(phrase, word) for phrase in other.node.variants for word in one.node.variants)
    return inside and int((one.deals & other.deals).sum()) >= NEARLY * int(one.deals.sum())


def compounds_in(candidates: Sequence[Candidate]) -> list[str]:
    """Every surface that may be shown beside a shorter one, the commonest first."""
    deals: Counter[str] = Counter()
    for candidate in candidates:
        for surface in candidate.surfaces:
            if candidate.phrase or _LINKS.search(surface) is None:
                deals[surface] += len(candidate.deals)
    return sorted(deals, key=lambda surface: (-deals[surface], len(surface), surface))


def with_compounds(one: Scored, longer: Sequence[str]) -> tuple[str, ...]:
    """The variants with the longer phrases they stand in, which change no count and show the use."""
    own = one.node.variants
    more = (s for s in longer if s not in own and any(contains(s, variant) for variant in own))
    return (*own, *islice(more, max(0, MAX_VARIANTS - len(own))))


def _rank(one: Scored) -> tuple[bool, bool, float, bool, int, int, str]:
    node, lean = one.node, -round(abs(one.z), 6)
    return (
        one.tier != "finding",
        one.by_industry,
        lean,
        node.phrase,
        -node.words,
        -len(node.label),
        node.label,
    )


def _is_same_side(one: Scored, other: Scored) -> bool:
    return (one.z > 0) == (other.z > 0)


def _is_absorbed(one: Scored, other: Scored) -> bool:
    if not any(a in b or b in a for a in one.node.variants for b in other.node.variants):
        return False
    both = int((one.deals & other.deals).sum())
    return bool(both >= SHARED * min(one.deals.sum(), other.deals.sum()))
