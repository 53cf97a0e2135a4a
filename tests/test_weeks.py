"""Weeks on the company's clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.errors import SetupError
from koe.weeks import monday, period_between, period_of, shift, week_of, weeks_between

TOKYO = ZoneInfo("Asia/Tokyo")
ZONES = [TOKYO, ZoneInfo("UTC"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        pytest.param("2026-09-20T23:59:59+09:00", "2026-W38", id="the last second of Sunday"),
        pytest.param("2026-09-21T00:00:00+09:00", "2026-W39", id="the first of Monday"),
        pytest.param("2026-09-20T15:00:00+00:00", "2026-W39", id="Sunday in UTC is Monday in Tokyo"),
        pytest.param("2027-01-03T12:00:00+09:00", "2026-W53", id="a 53rd week that ends in January"),
        pytest.param("2027-01-04T00:00:00+09:00", "2027-W01", id="the first week after it"),
    ],
)
def test_a_moment_falls_in_the_week_of_the_companys_clock(moment: str, week: str) -> None:
    assert week_of(datetime.fromisoformat(moment), TOKYO) == week


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES)
)
def test_a_moment_lies_in_the_period_of_its_week_and_in_no_other(moment: datetime, zone: ZoneInfo) -> None:
    week = week_of(moment, zone)
    start, end = period_of(week, zone)
    assert start <= moment < end
    assert period_of(shift(week, 1), zone).start == end


def test_a_week_in_which_clocks_change_is_an_hour_longer() -> None:
    start, end = period_of("2026-W44", ZoneInfo("America/New_York"))
    assert end - start == timedelta(days=7, hours=1)


@pytest.mark.parametrize("wrong", ["2026-36", "2026-W54", "W36", "2026-W00", "２０２６-W36x", ""])
def test_what_is_no_week_is_refused_with_the_right_form(wrong: str) -> None:
    with pytest.raises(SetupError, match="2026-W36"):
        monday(wrong)


def test_weeks_between_counts_both_ends_over_a_new_year() -> None:
    assert weeks_between("2026-W52", "2027-W02") == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]


def test_a_period_of_days_includes_its_last_day() -> None:
    start, end = period_between(date(2026, 9, 1), date(2026, 9, 30), TOKYO)
    assert (start, end) == (
        datetime(2026, 8, 31, 15, tzinfo=UTC),
        datetime(2026, 9, 30, 15, tzinfo=UTC),
    )
