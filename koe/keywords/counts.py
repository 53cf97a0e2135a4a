"""Counting deals so that anybody can check it: a deal counts when its text contains a variant."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from koe.keywords.deals import DealVoice

__all__ = ["contains", "count_deals", "find_variant"]

_LATIN = re.compile(r"[a-z0-9\u00c0-\u024f]")


def contains(text: str, variant: str) -> bool:
    """Whether a searchable text has a variant; where it begins or ends in Latin, as a whole word."""
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


def count_deals(deals: Sequence[DealVoice], variants: Sequence[str]) -> NDArray[np.bool_]:
    """Per deal whether its customer said one of the variants."""
    return np.fromiter((any(contains(deal.text, v) for v in variants) for deal in deals), bool, len(deals))


def _is_free(variant: str) -> bool:
    return not (_LATIN.match(variant[0]) or _LATIN.match(variant[-1]))


@lru_cache(maxsize=50_000)
def _bounded(variant: str) -> re.Pattern[str]:
    before = r"(?<![a-z0-9\u00c0-\u024f])" if _LATIN.match(variant[0]) else ""
    after = r"(?![a-z0-9\u00c0-\u024f])" if _LATIN.match(variant[-1]) else ""
    return re.compile(before + re.escape(variant) + after)
