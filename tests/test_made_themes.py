"""Made-up companies for themes: the same for a seed, and scored as a reader of the week sees them."""

import pytest

from eval.made_themes import WEEKS, Told, company, scores_of
from koe.themes.words import words_of
from training.said import Said

QUOTES = {"a": "銀行の連携がまた切れました", "b": "請求書の印刷で端が欠けます", "c": "検索がとても遅いです"}


def said(theme: str, quote: str = "") -> Said:
    words = words_of(quote)
    return Said("trade", "complaint", theme, quote, quote, (words, words), words)


def group() -> list[Said]:
    return [said(theme, f"{quote}。{n}回目です") for theme, quote in QUOTES.items() for n in range(12)]


def test_a_seed_makes_the_same_company_and_another_seed_another() -> None:
    assert company(group(), "x") == company(group(), "x")
    assert company(group(), "x") != company(group(), "y")
    assert {one.week for one in company(group(), "x")} == set(range(WEEKS))
    assert sorted(one.said.quote for one in company(group(), "x")) == sorted(one.quote for one in group())


def told(themes: str) -> list[Told]:
    """One account for each letter, all in every week."""
    return [Told(week, n, said(theme)) for week in range(WEEKS) for n, theme in enumerate(themes)]


def after(labels: list[int], size: int) -> list[list[int]]:
    return [labels * (week + 1) for week in range(WEEKS) if len(labels) == size]


@pytest.mark.parametrize(
    ("themes", "labels", "scores"),
    [
        pytest.param("aaabbc", [0, 0, 0, 1, 1, 2], [1, 1, 0, 1], id="right"),
        pytest.param("aaabbc", [0, 0, 3, 1, 1, 2], [0, 2 / 3, 1, None], id="a-loud-theme-stands-twice"),
        pytest.param("aaabbc", [0, 0, 0, 0, 0, 0], [0, 1 / 3, 0, 0], id="all-one"),
    ],
)
def test_the_top_is_scored_by_what_each_theme_stands_for(
    themes: str, labels: list[int], scores: list[float | None]
) -> None:
    found = scores_of(told(themes), after(labels, len(themes)))
    for value, wanted in zip(found, scores, strict=True):
        assert wanted is None or value == pytest.approx(wanted)
