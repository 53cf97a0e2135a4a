"""Spans of findings, how much two overlap, and which found one stands for which true one."""

from collections.abc import Sequence
from typing import NamedTuple

from koe.records import FindingKind

__all__ = ["OVERLAP", "Span", "overlap", "pairs"]

OVERLAP = 0.5
"""Shared characters over all characters of both, at least, for a found one to be right."""


class Span(NamedTuple):
    """A finding of the truth or of the engine; `place` names its conversation and turn."""

    place: tuple[str, int]
    kind: FindingKind
    start: int
    end: int


def pairs(found: Sequence[Span], true: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each true finding with the found one that overlaps it best, each used once."""
    fits = sorted(
        ((-overlap(a, b), a, b) for a in found for b in true if overlap(a, b) >= OVERLAP),
        key=lambda fit: (fit[0], fit[1], fit[2]),
    )
    used: set[Span] = set()
    paired: list[tuple[Span, Span]] = []
    for _, a, b in fits:
        if a not in used and b not in used:
            used |= {a, b}
            paired.append((a, b))
    return paired


def overlap(a: Span, b: Span, any_kind: bool = False) -> float:
    """Shared characters over all characters of both; 0 in different turns, or for different kinds."""
    if a.place != b.place or (a.kind != b.kind and not any_kind):
        return 0
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / (max(a.end, b.end) - min(a.start, b.start))
