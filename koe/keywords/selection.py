"""Which terms stand for which: of two that are said in the same deals, one is shown."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from koe.keywords.candidates import Candidate
from koe.keywords.scoring import Scored

__all__ = ["compounds_in", "select", "with_compounds"]

SHARED = 0.6
"""Part of the smaller one's deals that two related terms must share for one to stand for both."""
MAX_VARIANTS = 12
"""Variants and compounds of a term at most, unless it has more variants of its own."""
_LINKS = re.compile(r"(?<=[^ぁ-ん])[のとを](?=[^ぁ-ん])")


def select(scored: Iterable[Scored]) -> list[Scored]:
    """The terms to show, strongest first: findings, hints, and last what the industry explains.

    A phrase absorbs its parts and a part its phrases, whichever leans more; a part that lives in other
    deals as well stays on its own.
    """
    kept: list[Scored] = []
    for one in sorted(scored, key=_rank):
        if not any(_is_same_side(one, other) and _is_absorbed(one, other) for other in kept):
            kept.append(one)
    return kept


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
    more = (s for s in longer if s not in own and any(variant in s for variant in own))
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
