"""Names of themes: what a person would write as a heading, never cut in a word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koe.engine.base import Unsettled
from koe.engine.offline.settle_headings import LONGEST, headings_of
from koe.engine.offline.settle_headings_en import LONGEST as LONGEST_EN
from koe.engine.offline.settle_headings_en import headings_en
from koe.engine.offline.settle_names import name_of
from koe.language.sudachi import tokenize
from koe.records import Finding, FindingKind
from koe.themes.likeness import describe

JA = "在庫 が 届か ない 、 「 」 。 て 「まだ 3 ① ー 私 は すごく 遅い です"
EN = "the a export keeps ( freezing ) ' we , and it's 3 slow “ — so I wish"
PARTS_JA, PARTS_EN = JA.split(), EN.split()


def named(*quotes: str, taken: frozenset[str] = frozenset()) -> str:
    vectors = describe([(quote, quote) for quote in quotes])
    return name_of([Unsettled(_finding(q, n), vectors[n]) for n, q in enumerate(quotes)], taken)


def _finding(quote: str, n: int) -> Finding:
    place = {"id": str(n), "conversation": "c", "turn": 0, "start": 0, "end": max(len(quote), 1)}
    return Finding(
        **place, kind=FindingKind.COMPLAINT, statement=quote or "?", quote=quote, severity=1, engine="e"
    )


@pytest.mark.parametrize(
    ("quote", "heading"),
    [
        pytest.param("送料がまた合っていませんでした", "送料が合わない", id="denied"),
        pytest.param("画面の文字が小さくて困っています", "画面の文字が小さい", id="adjective"),
        pytest.param("在庫の数がずれてしまいます", "在庫の数がずれる", id="te-shimau"),
        pytest.param("見積書を一括で送りたいです", "見積書を一括で送りたい", id="wish"),
        pytest.param("配送先は三つまでしか登録できません", "配送先は三つまでしか登録できない", id="able"),
        pytest.param("レジが止まったんですけど", "レジが止まる", id="spoken"),
    ],
)
def test_a_quote_offers_a_heading(quote: str, heading: str) -> None:
    assert heading in [item.name for item in headings_of(tokenize(quote))]


@pytest.mark.parametrize(
    ("quote", "heading"),
    [
        pytest.param("So how do I change the opening hours?", "How to change the opening hours", id="how"),
        pytest.param("I wish it could print two labels at once", "Print two labels", id="wish"),
        pytest.param("honestly the till freezes, and we wait", "Till freezes", id="lead"),
        pytest.param("Is there any way to export the guest list", "Export the guest list", id="way"),
    ],
)
def test_an_english_quote_offers_a_heading(quote: str, heading: str) -> None:
    assert heading in [name for name, _ in headings_en(quote)]


def test_what_several_say_names_the_theme() -> None:
    quotes = ("朝いちばんで在庫の数がずれてて", "在庫の数がまた合いません", "棚卸しのたびに在庫の数が狂う")
    assert "在庫の数" in named(*quotes)


def test_a_name_that_is_taken_is_not_given_again() -> None:
    first = named("倉庫の検品が終わらないし、送料が合わない")
    assert named("倉庫の検品が終わらないし、送料が合わない", taken=frozenset([first])) != first


def test_the_order_of_findings_changes_no_name() -> None:
    quotes = ["在庫の数がずれる", "在庫の数が合わない", "棚の在庫がずれてしまう"]
    assert named(*quotes) == named(*reversed(quotes))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(PARTS_JA),
        max_size=14,
    )
)
def test_a_heading_is_short_and_whole(parts: list[str]) -> None:
    for item in headings_of(tokenize("".join(parts))):
        assert len(item.name) <= LONGEST
        assert not set(item.name) & set("、。「」()")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PARTS_EN)))
def test_an_english_heading_is_short_and_says_something(parts: list[str]) -> None:
    for name, _ in headings_en(" ".join(parts)):
        assert 2 <= len(name.split()) <= LONGEST_EN
        assert name[0] == name[0].upper()


def test_a_time_is_no_subject_of_a_heading() -> None:
    names = [item.name for item in headings_of(tokenize("朝は必ず精算が止まります"))]
    assert "精算が止まる" in names
    assert not [name for name in names if name.startswith("朝が")]
