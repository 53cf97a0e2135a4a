"""A trend says over how many weeks it holds, so that it does not read as a word on the last week."""

from pathlib import Path

import pytest

from koe.language.text import Language
from koe.report.terminal import summary
from koe.report.words import words_in
from tests.report_page import markdown_of, page_of
from tests.report_week import made_week


@pytest.mark.parametrize(
    ("language", "trend", "weeks", "said"),
    [
        pytest.param("ja", "steady", 8, "8週では目立った傾向なし", id="steady ja"),
        pytest.param("en", "steady", 8, "no clear trend over 8 weeks", id="steady en"),
        pytest.param("ja", "rising", 8, "8週で増加傾向", id="rising ja"),
        pytest.param("en", "falling", 3, "falling over 3 weeks", id="falling en"),
        pytest.param("en", "steady", 1, "no earlier week to compare with", id="first week en"),
        pytest.param("ja", "steady", 1, "比べる前の週なし", id="first week ja"),
        pytest.param("en", "new", 8, "new", id="new"),
        pytest.param("ja", "gone", 8, "聞かれなくなった（4週続けて質問なし）", id="gone"),
    ],
)
def test_a_trend_is_told_with_its_weeks(language: Language, trend: str, weeks: int, said: str) -> None:
    theme = made_week()[1].complaints[0].model_copy(update={"trend": trend, "history": (2,) * weeks})
    assert words_in(language).trend(theme, weeks) == said


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_says_it_so_beside_a_change_from_the_last_week(language: Language) -> None:
    publication, facts, digest = made_week()
    first = facts.complaints[0].model_copy(update={"trend": "steady", "accounts": 4, "previous_accounts": 2})
    others = facts.complaints[1:]
    facts = facts.model_copy(update={"complaints": (first, *others), "top_complaints": (first, *others[:2])})
    week = publication._replace(folder=Path("r")), facts, digest
    said = words_in(language).trend(first, len(first.history))
    assert str(len(first.history)) in said
    for page in (
        page_of(week, language),
        markdown_of(week, language),
        summary(facts, digest, week[0], language),
    ):
        assert said in page
