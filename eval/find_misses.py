"""How findings go wrong: at a wrong border, of a wrong kind, both, not found at all, or not there."""

from collections import Counter
from collections.abc import Sequence

from eval.find_spans import OVERLAP, Span, overlap, pairs

__all__ = ["breakdown", "explained"]

WAYS = ("right", "border", "kind", "border and kind", "missed", "spurious")


def breakdown(found: Sequence[Span], true: Sequence[Span]) -> Counter[str]:
    """How many true findings are right, or wrong in which way, and how many found ones touch none left.

    A true finding that is not right is laid to the found one left over that touches it most, one of its
    own kind first.
    """
    ways: Counter[str] = Counter(dict.fromkeys(WAYS, 0))
    for place in sorted({span.place for span in (*found, *true)}):
        some = [span for span in found if span.place == place]
        wanted = [span for span in true if span.place == place]
        ways += _in_turn(some, wanted)
    return ways


def explained(ways: Counter[str]) -> str:
    """One line: the ways, and what F1 would be if one way alone were always right."""
    true = sum(ways[way] for way in WAYS if way != "spurious")
    found = true - ways["missed"] + ways["spurious"]
    whole = max(1, found + true)
    mended = {way: 2 * (ways["right"] + ways[way]) / whole for way in ("border", "kind")}
    told = ", ".join(f"{way} {ways[way]}" for way in WAYS)
    return f"{told}; F1 with every border right {mended['border']:.3f}, every kind {mended['kind']:.3f}"


def _in_turn(found: Sequence[Span], true: Sequence[Span]) -> Counter[str]:
    paired = pairs(found, true)
    left = [span for span in found if span not in {a for a, _ in paired}]
    ways = Counter({"right": len(paired)})
    touched: set[Span] = set()
    for span in true:
        if span not in {b for _, b in paired}:
            near = [one for one in left if overlap(one, span, any_kind=True) > 0]
            best = max(
                near, key=lambda one: (one.kind == span.kind, overlap(one, span, True), one), default=None
            )
            ways[_way(best, span)] += 1
            touched |= {best} if best else set()
    ways["spurious"] += len([span for span in left if span not in touched])
    return ways


def _way(best: Span | None, span: Span) -> str:
    if best is None:
        return "missed"
    if best.kind == span.kind:
        return "border"
    return "kind" if overlap(best, span, any_kind=True) >= OVERLAP else "border and kind"
