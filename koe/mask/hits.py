"""Hits: stretches of a text that something personal stands in, before they are settled."""

from collections.abc import Iterable
from typing import NamedTuple

from koe.language.text import ZERO_WIDTH, Folded, nfkc_view, normalize
from koe.mask.placeholder import MaskType

__all__ = ["Hit", "settle", "view_of"]

STRENGTH: dict[MaskType, int] = {
    "credential": 9,
    "email": 8,
    "card": 7,
    "mynumber": 7,
    "bank": 6,
    "phone": 5,
    "address": 4,
    "birth": 4,
    "company": 3,
    "person": 2,
}


class Hit(NamedTuple):
    """One stretch of the comparison view, start inclusive, end exclusive."""

    start: int
    end: int
    kind: MaskType


def settle(hits: Iterable[Hit], text: str) -> list[Hit]:
    """Hits that do not overlap, in order: the stronger kind wins, then the longer, then the earlier.

    What a weaker hit has left outside a stronger one stays masked when it holds a letter or digit.
    """
    taken: list[Hit] = []
    for hit in sorted(set(hits), key=lambda h: (-STRENGTH[h.kind], h.start - h.end, h.start)):
        taken += [
            rest for rest in _outside(hit, taken) if any(ch.isalnum() for ch in text[rest.start : rest.end])
        ]
    return sorted(taken)


def _outside(hit: Hit, taken: list[Hit]) -> list[Hit]:
    rests = [hit]
    for other in taken:
        if other.end <= hit.start or hit.end <= other.start:
            continue
        rests = [
            Hit(start, end, hit.kind)
            for rest in rests
            for start, end in (
                (rest.start, min(rest.end, other.start)),
                (max(rest.start, other.end), rest.end),
            )
            if start < end
        ]
    return rests


class _Widths(dict[int, str]):
    """Normal form of every character that keeps the text's length, found as it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = normalize(chr(code))
        return found


_WIDTHS = _Widths()


def view_of(text: str) -> Folded:
    """`nfkc_view` of the text, the short way when every character stays one character."""
    if text.isascii():
        return Folded(text, list(range(len(text))), list(range(1, len(text) + 1)))
    plain = text.translate(_WIDTHS)
    if len(plain) == len(text) and normalize(text) == plain and not ZERO_WIDTH.intersection(text):
        return Folded(plain, list(range(len(text))), list(range(1, len(text) + 1)))
    return _without_zero_width(nfkc_view(text))


def _without_zero_width(view: Folded) -> Folded:
    kept = [n for n, ch in enumerate(view.text) if ch not in ZERO_WIDTH]
    return Folded(
        "".join(view.text[n] for n in kept), [view.starts[n] for n in kept], [view.ends[n] for n in kept]
    )
