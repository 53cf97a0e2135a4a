"""Sayings of one theme, and the name that the offline engine gives to it."""

from koe.engine.base import Unsettled
from koe.engine.offline.settle.names import name_of
from koe.records import Finding, FindingKind
from koe.themes.likeness import describe


def told(*quotes: str, kind: str = "complaint") -> list[Unsettled]:
    vectors = describe([(quote, quote) for quote in quotes])
    return [Unsettled(_finding(q, n, kind), vectors[n]) for n, q in enumerate(quotes)]


def named(*quotes: str, taken: frozenset[str] = frozenset(), kind: str = "complaint") -> str:
    return name_of(told(*quotes, kind=kind), taken)


def _finding(quote: str, n: int, kind: str) -> Finding:
    place = {"id": str(n), "conversation": "c", "turn": 0, "start": 0, "end": max(len(quote), 1)}
    return Finding(
        **place, kind=FindingKind(kind), statement=quote or "?", quote=quote, severity=1, engine="e"
    )
