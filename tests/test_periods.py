"""The period a question speaks of, in Japanese and English."""

from datetime import date

import pytest

from koe.engine.offline.plan.periods import days_of

TODAY = date(2026, 11, 9)
"""A Monday."""


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        pytest.param("9月の苦情は?", "2026-09-01", "2026-09-30", id="month"),
        pytest.param("１２月の苦情は?", "2025-12-01", "2025-12-31", id="a month to come is last year's"),
        pytest.param("2026年8月の上位", "2026-08-01", "2026-08-31", id="year and month"),
        pytest.param("9月から10月の要望", "2026-09-01", "2026-10-31", id="months"),
        pytest.param("2026年の第40週", "2026-09-28", "2026-10-04", id="week number"),
        pytest.param("complaints in 2026-W40", "2026-09-28", "2026-10-04", id="ISO week"),
        pytest.param("what happened in week 40", "2026-09-28", "2026-10-04", id="week 40"),
        pytest.param("10月5日の週に", "2026-10-05", "2026-10-11", id="week of a day"),
        pytest.param("the week of October 7", "2026-10-05", "2026-10-11", id="week of a day in English"),
        pytest.param("10月1日から10月15日まで", "2026-10-01", "2026-10-15", id="from day to day"),
        pytest.param("from October 1 to October 15", "2026-10-01", "2026-10-15", id="days in English"),
        pytest.param("10月以降", "2026-10-01", None, id="since a month"),
        pytest.param("since October", "2026-10-01", None, id="since a month in English"),
        pytest.param("10月後半の苦情", "2026-10-16", "2026-10-31", id="half of a month"),
        pytest.param("10月の最終週", "2026-10-26", "2026-11-01", id="last week of a month"),
        pytest.param("the last week of October", "2026-10-26", "2026-11-01", id="the same in English"),
        pytest.param("the week of 5 October", "2026-10-05", "2026-10-11", id="day before month"),
        pytest.param("since 5 October", "2026-10-05", None, id="since a day before its month"),
        pytest.param("Q3", "2026-07-01", "2026-09-30", id="quarter"),
        pytest.param("上期の要望", "2026-04-01", "2026-09-30", id="half of a business year"),
        pytest.param("お盆明けから", "2026-08-17", None, id="after the holidays"),
        pytest.param("直近2週間", "2026-10-26", "2026-11-08", id="last weeks"),
        pytest.param("in the last two weeks", "2026-10-26", "2026-11-08", id="last two weeks"),
        pytest.param("最終週に", "2026-11-02", "2026-11-08", id="final week"),
        pytest.param("先週の苦情", "2026-11-02", "2026-11-08", id="last week"),
        pytest.param("先月は?", "2026-10-01", "2026-10-31", id="last month"),
        pytest.param("来月の苦情", "2026-12-01", "2026-12-31", id="next month"),
        pytest.param("complaints in September", "2026-09-01", "2026-09-30", id="month in English"),
        pytest.param("in September 2025", "2025-09-01", "2025-09-30", id="month and year in English"),
        pytest.param("2025年の苦情", "2025-01-01", "2025-12-31", id="year"),
        pytest.param("遅いという苦情", None, None, id="none"),
        pytest.param("9/15から9/30の要望", "2026-09-15", "2026-09-30", id="slashes"),
        pytest.param("10月1日から15日の苦情", "2026-10-01", "2026-10-15", id="one month"),
        pytest.param("deals between 1 and 15 October", "2026-10-01", "2026-10-15", id="one month, en"),
        pytest.param("complaints October 1-15", "2026-10-01", "2026-10-15", id="month first"),
        pytest.param("complaints since 10/1", "2026-10-01", None, id="since, slashes"),
        pytest.param("2025/10/5の苦情", "2025-10-05", "2025-10-05", id="slashes with the year"),
        pytest.param("24/7のサポート", None, None, id="round the clock"),
        pytest.param("objections of marinas", None, None, id="a word that begins like a month"),
        pytest.param("requests for decimals", None, None, id="another one"),
        pytest.param("complaints in Sept.", "2026-09-01", "2026-09-30", id="a month cut short"),
        pytest.param(
            "2025年10月から2026年1月までの受注", "2025-10-01", "2026-01-31", id="months of two years"
        ),
        pytest.param("11月から2月の苦情", "2025-11-01", "2026-02-28", id="over the new year"),
        pytest.param("December 2025 to February 2026", "2025-12-01", "2026-02-28", id="no word before it"),
        pytest.param("8月末までに出た要望", None, "2026-08-31", id="up to the end of a month"),
        pytest.param("until the end of August", None, "2026-08-31", id="the same in English"),
        pytest.param("until June 15", None, "2026-06-15", id="up to a day"),
        pytest.param("tickets from last December", "2025-12-01", "2025-12-31", id="last December"),
        pytest.param("in the first half of 2026", "2026-01-01", "2026-06-30", id="half of a year"),
        pytest.param("H2 2025 complaints", "2025-07-01", "2025-12-31", id="H2"),
        pytest.param("October feature requests", "2026-10-01", "2026-10-31", id="a month before a kind"),
        pytest.param("may I know who complained", None, None, id="may is no month here"),
    ],
)
def test_the_days_of_a_question(question: str, since: str | None, until: str | None) -> None:
    days = days_of(question, TODAY)
    assert (days.since and days.since.isoformat(), days.until and days.until.isoformat()) == (since, until)


@pytest.mark.parametrize(
    "question", ["2026年13月の苦情", "第99週の苦情", "week 0 complaints", "2月30日の苦情"]
)
def test_a_period_that_cannot_be_is_named_and_open(question: str) -> None:
    days = days_of(question, TODAY)
    assert days.spans
    assert days.since is None
    assert days.until is None


def test_the_words_of_a_period_are_where_the_span_says() -> None:
    (span,) = days_of("苦情は９月に増えた?", TODAY).spans
    assert "苦情は9月に増えた?"[slice(*span)] == "9月"
