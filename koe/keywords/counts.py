"""Counting deals so that anybody can check it: a deal counts when its text contains a variant."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from koe.keywords.deals import DealVoice

__all__ = ["DealCount", "contains", "find_variant"]

OPEN = 5
"""Letters of a Latin word that may go on: audit finds auditor; a shorter one is found whole only."""
_LATIN = re.compile(r"[a-z0-9\u00c0-\u024f]")
_LAST_WORD = re.compile(r"[a-z0-9\u00c0-\u024f]+$")


def contains(text: str, variant: str) -> bool:
    """Whether a searchable text has a variant; in Latin letters from the beginning of a word."""
    return variant in text and (_is_free(variant) or _bounded(variant).search(text) is not None)


def find_variant(text: str, variants: Sequence[str]) -> tuple[int, int] | None:
    """Where the first of the variants stands in a searchable text, the longest there; end exclusive."""
    places = [
        (match.start(), -match.end()) for v in variants if v in text and (match := _bounded(v).search(text))
    ]
    if not places:
        return None
    start, end = min(places)
    return start, -end


class DealCount:
    """Counts variants over the same deals, each variant once."""

    def __init__(self, deals: Sequence[DealVoice]) -> None:
        self._texts = [deal.text for deal in deals]
        self._known: dict[str, NDArray[np.bool_]] = {}

    def __call__(self, variants: Sequence[str]) -> NDArray[np.bool_]:
        """Per deal whether its customer said one of the variants."""
        has = np.zeros(len(self._texts), dtype=bool)
        for variant in variants:
            has |= self._one(variant)
        return has

    def _one(self, variant: str) -> NDArray[np.bool_]:
        if variant not in self._known:
            found = (contains(text, variant) for text in self._texts)
            self._known[variant] = np.fromiter(found, bool, len(self._texts))
        return self._known[variant]


def _is_free(variant: str) -> bool:
    return not (_LATIN.match(variant[0]) or _LATIN.match(variant[-1]))


@lru_cache(maxsize=50_000)
def _bounded(variant: str) -> re.Pattern[str]:
    """The variant at the beginning of a word; its last word whole when it is short: plan, not planet."""
    before = rf"(?<!{_LATIN.pattern})" if _LATIN.match(variant[0]) else ""
    last = _LAST_WORD.search(variant)
    after = rf"(?!{_LATIN.pattern})" if last and len(last[0]) < OPEN else ""
    return re.compile(before + re.escape(variant) + after)
