"""The offline engine groups by kind: what makes all questions alike does not make them one theme."""

from collections.abc import Sequence

from koe.engine.base import Unsettled
from koe.engine.offline.settle.grouping import STRICTER, settle
from koe.records import Finding, FindingKind, Severity
from koe.themes.likeness import describe

HOW = [
    "How do I add a second kiln to my account?",
    "How do I print the firing schedule?",
    "How do I get a refund for a broken shelf?",
    "How do I change the name on the invoice?",
]
SAME = ["How do I print the firing schedule?", "can the firing plan be printed somewhere"]


def told(quotes: Sequence[str], kind: FindingKind) -> list[Unsettled]:
    vectors = describe([(quote, quote) for quote in quotes])
    found = []
    for n, (quote, vector) in enumerate(zip(quotes, vectors, strict=True)):
        finding = Finding(
            id=f"f{n}", conversation=f"c{n}", turn=0, start=0, end=len(quote), kind=kind,
            quote=quote, statement=quote, severity=Severity(1), engine="test",
        )  # fmt: skip
        found.append(Unsettled(finding, vector))
    return found


def groups(quotes: Sequence[str], kind: FindingKind) -> list[int]:
    return [one.group for one in settle(told(quotes, kind), [])]


def test_how_to_do_different_things_is_not_one_question() -> None:
    assert len(set(groups(HOW, FindingKind.QUESTION))) >= 3


def test_one_question_in_other_words_is_one() -> None:
    assert len(set(groups(SAME, FindingKind.QUESTION))) == 1


def test_the_same_words_have_to_be_more_alike_as_questions_than_as_complaints() -> None:
    assert STRICTER[FindingKind.QUESTION] > 1
    assert len(set(groups(HOW, FindingKind.COMPLAINT))) < len(set(groups(HOW, FindingKind.QUESTION)))


def test_nothing_is_in_no_theme() -> None:
    assert settle([], []) == []
