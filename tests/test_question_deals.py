"""The sums and the order by which a question names deals, and what only looks like them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.engine.offline.plan.deals import AVERAGE, LARGEST, SMALLEST, bounds_of
from koe.engine.offline.plan.filters import plan
from koe.language.text import normalize


@pytest.mark.parametrize(
    ("question", "least", "most", "currency"),
    [
        pytest.param("50万円から100万円の商談", 5e5, 1e6, "JPY", id="span"),
        pytest.param("30～80万円の失注", 3e5, 8e5, "JPY", id="the unit of both"),
        pytest.param("1億5000万円以下の契約", None, 1.5e8, "JPY", id="two units"),
        pytest.param("三百万円以上の受注", 3e6, None, "JPY", id="kanji"),
        pytest.param("５０万円台の案件", 5e5, 6e5, "JPY", id="tier"),
        pytest.param("120万円台の案件", 1.2e6, 1.3e6, "JPY", id="a narrower tier"),
        pytest.param("20万円前後の商談", 1.8e5, 2.2e5, "JPY", id="about"),
        pytest.param("40万円の商談はどれ", 4e5, 4e5, "JPY", id="that sum"),
        pytest.param("金額が500000以上の案件", 5e5, None, "", id="no currency"),
        pytest.param("deals between £5k and £10k", 5e3, 1e4, "GBP", id="between"),
        pytest.param("$1-2 million contracts", 1e6, 2e6, "USD", id="the unit of both, en"),
        pytest.param("opportunities from 5,000 to 9,000 euros", 5e3, 9e3, "EUR", id="from to"),
        pytest.param("won deals worth at least 20k", 2e4, None, "", id="at least"),
        pytest.param("deals of £10k or more", 1e4, None, "GBP", id="or more"),
    ],
)
def test_a_sum_bounds_deals(question: str, least: float | None, most: float | None, currency: str) -> None:
    found = bounds_of(normalize(question).lower())
    assert (found.at_least, found.at_most, found.currency) == (least, most, currency)


@pytest.mark.parametrize(
    ("question", "above", "below"),
    [
        pytest.param("50万円を超える商談", True, False, id="over, ja"),
        pytest.param("50万円未満の商談", False, True, id="under, ja"),
        pytest.param("100万円以上200万円未満の案件", False, True, id="half open"),
        pytest.param("deals over £5k", True, False, id="over"),
        pytest.param("deals up to £5k", False, False, id="up to"),
    ],
)
def test_whether_the_sum_itself_counts_is_kept(question: str, above: bool, below: bool) -> None:
    found = bounds_of(question)
    assert (found.above, found.below) == (above, below)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("月額5万円以上は高いという声", id="a customer's sum"),
        pytest.param("who says that over £500 is too much?", id="a customer's sum, en"),
        pytest.param("100人以上の会社の商談", id="people"),
        pytest.param("2000万件以上を扱う商談", id="many things"),
        pytest.param("2026年10月から11月の失注商談", id="months"),
        pytest.param("lost deals from 2025 to 2026", id="years"),
        pytest.param("lost deals with over 3000 complaints", id="complaints"),
        pytest.param("more than 5 lost deals", id="a few"),
    ],
)
def test_what_is_no_sum_of_deals_bounds_nothing(question: str) -> None:
    assert bounds_of(question).spans == ()


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_span_is_read_the_same_from_either_end(one: int, two: int) -> None:
    found = bounds_of(f"{one}万円から{two}万円の商談")
    assert (found.at_least, found.at_most) == (min(one, two) * 1e4, max(one, two) * 1e4)


@pytest.mark.parametrize(
    ("question", "largest", "smallest", "average"),
    [
        pytest.param("金額の大きい商談はどれ", True, False, False, id="large"),
        pytest.param("一番大きい失注商談を三つ", True, False, False, id="largest lost"),
        pytest.param("最大の案件は?", True, False, False, id="greatest"),
        pytest.param("商談で一番金額が大きいのは?", True, False, False, id="behind"),
        pytest.param("大きい文字がほしいという商談", False, False, False, id="large letters"),
        pytest.param("金額が高いという不満", False, False, False, id="a complaint"),
        pytest.param("少額の商談は?", False, True, False, id="small"),
        pytest.param("平均受注額は?", False, False, True, id="average"),
        pytest.param("which deals are the biggest?", True, False, False, id="are the biggest"),
        pytest.param("top 3 lost deals by value", True, False, False, id="top by value"),
        pytest.param("top complaints in lost deals", False, False, False, id="top complaints"),
        pytest.param("cheapest won deals", False, True, False, id="cheapest"),
        pytest.param("average deal size", False, False, True, id="average, en"),
    ],
)
def test_the_order_that_deals_are_wanted_in(
    question: str, largest: bool, smallest: bool, average: bool
) -> None:
    found = [bool(re.search(pattern, question)) for pattern in (LARGEST, SMALLEST, AVERAGE)]
    assert found == [largest, smallest, average]


@pytest.mark.parametrize("question", ["top 3 lost deals by value", "total value of won deals"])
def test_what_deals_are_worth_is_nothing_that_customers_praise(question: str) -> None:
    query = plan(question, (), "2026-11-22")
    assert query.kinds == () and query.words == ()


@pytest.mark.parametrize(
    "question", ["商談" + "1" * 900, "deals " + "1," * 450, "deals between " + " " * 800]
)
def test_what_goes_on_for_ever_names_no_sum(question: str) -> None:
    assert bounds_of(question).spans == ()
