"""How findings go wrong, told apart: at the border, by kind, both, missed, not there."""

from eval.find_misses import breakdown, explained
from eval.find_spans import Span
from koe.records import FindingKind

_C, _O = FindingKind.COMPLAINT, FindingKind.OBJECTION


def span(start: int, end: int, kind: FindingKind = _C, turn: int = 0) -> Span:
    return Span(("c", turn), kind, start, end)


def test_each_true_finding_goes_wrong_in_one_way() -> None:
    true = [span(0, 10), span(20, 30), span(40, 50), span(60, 70), span(80, 90), span(0, 9, turn=1)]
    found = [
        span(0, 9),
        span(24, 44 - 8),
        span(41, 50, _O),
        span(66, 79, _O),
        span(95, 99),
        span(20, 30, _O, 1),
    ]
    ways = breakdown(found, true)
    assert ways == {"right": 1, "border": 1, "kind": 1, "border and kind": 1, "missed": 2, "spurious": 2}


def test_the_line_says_what_mending_one_way_would_give() -> None:
    line = explained(breakdown([span(0, 4)], [span(0, 10)]))
    assert "border 1" in line and "every border right 1.000, every kind 0.000" in line
