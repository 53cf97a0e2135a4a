"""Dates as people write them become moments, or are refused by name."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.records.dates import AmbiguousDateError, Order, guess_order, orders_of, parse_moment

TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("2026/1/2", "2026-01-02T00:00:00", id="25-slashes"),
        pytest.param("2026-01-02 9:05", "2026-01-02T09:05:00", id="25-short-hour"),
        pytest.param("46024.5", "2026-01-02T12:00:00", id="25-serial"),
        pytest.param("46024", "2026-01-02T00:00:00", id="25-serial-day"),
        pytest.param("令和8年11月22日", "2026-11-22T00:00:00", id="25-era"),
        pytest.param("R8.11.22", "2026-11-22T00:00:00", id="25-era-letter"),
        pytest.param("令和元年5月1日", "2019-05-01T00:00:00", id="25-era-first-year"),
        pytest.param("平成31年4月30日 18時30分", "2019-04-30T18:30:00", id="25-era-heisei"),
        pytest.param("㋿8年1月2日", "2026-01-02T00:00:00", id="25-era-one-letter"),
        pytest.param("2026年1月2日(金) 午後3時5分", "2026-01-02T15:05:00", id="25-afternoon"),
        pytest.param("2026年1月2日（金）午前0時5分", "2026-01-02T00:05:00", id="25-morning"),
        pytest.param("2026年1月2日金曜日", "2026-01-02T00:00:00", id="25-weekday"),
        pytest.param("2026/1/2 24:00", "2026-01-03T00:00:00", id="25-midnight"),
        pytest.param("２０２６／１／２　９：０５", "2026-01-02T09:05:00", id="25-full-width"),
        pytest.param("20260102", "2026-01-02T00:00:00", id="25-run"),
        pytest.param("20260102090500", "2026-01-02T09:05:00", id="25-run-time"),
        pytest.param("2026.1.2", "2026-01-02T00:00:00", id="25-dots"),
        pytest.param("2026-01-02 09:05:06.5 +0900", "2026-01-02T09:05:06.500000", id="25-offset"),
        pytest.param("2026-01-02 00:05 UTC", "2026-01-02T09:05:00", id="25-utc"),
        pytest.param("2026-01-02 09:05 JST", "2026-01-02T09:05:00", id="25-jst"),
        pytest.param("Jan 2, 2026 3:05 PM", "2026-01-02T15:05:00", id="25-english"),
        pytest.param("2 January 2026", "2026-01-02T00:00:00", id="25-english-late"),
        pytest.param("Fri, 02 Jan 2026 09:05:00 +0900", "2026-01-02T09:05:00", id="25-mail"),
        pytest.param("1/31/2026 12:30 AM", "2026-01-31T00:30:00", id="25-us-only-one-way"),
        pytest.param("31/1/2026", "2026-01-31T00:00:00", id="25-eu-only-one-way"),
        pytest.param("2/2/2026", "2026-02-02T00:00:00", id="25-same-either-way"),
        pytest.param("1/31/26 9:05", "2026-01-31T09:05:00", id="25-short-year-only-one-way"),
        pytest.param("26/1/2", "2026-01-02T00:00:00", id="25-short-year-with-a-short-day"),
        pytest.param("'26/1/2", "2026-01-02T00:00:00", id="25-short-year-behind-an-apostrophe"),
        pytest.param("’99.1.2", "1999-01-02T00:00:00", id="25-short-year-of-the-nineties"),
        pytest.param("2026/01/02 3:05:06 午後 GMT+9", "2026-01-02T15:05:06", id="25-google-forms"),
        pytest.param("2026/01/02 00:05:06 GMT+5:30", "2026-01-02T03:35:06", id="25-offset-of-half-hours"),
        pytest.param(
            "Fri Jan 02 2026 09:05:00 GMT+0900 (日本標準時)", "2026-01-02T09:05:00", id="25-a-browsers"
        ),
    ],
)
def test_a_date_is_read_on_the_companys_clock(written: str, meant: str) -> None:
    assert parse_moment(written, TOKYO).astimezone(TOKYO).replace(tzinfo=None).isoformat() == meant


@pytest.mark.parametrize("order", ["mdy", "dmy"])
def test_a_day_and_month_that_may_change_places_need_a_setting(order: Order) -> None:
    with pytest.raises(AmbiguousDateError):
        parse_moment("3/4/2026", TOKYO)
    day = parse_moment("3/4/2026", TOKYO, order).astimezone(TOKYO)
    assert (day.month, day.day) == ((3, 4) if order == "mdy" else (4, 3))


@pytest.mark.parametrize(
    ("order", "meant"),
    [
        pytest.param("ymd", "2003-04-05", id="year"),
        pytest.param("mdy", "2005-03-04", id="month"),
        pytest.param("dmy", "2005-04-03", id="day"),
    ],
)
def test_a_year_of_two_digits_may_stand_anywhere(order: Order, meant: str) -> None:
    with pytest.raises(AmbiguousDateError) as error:
        parse_moment("03/04/05", TOKYO)
    assert error.value.orders == ("ymd", "mdy", "dmy")
    assert parse_moment("03/04/05", TOKYO, order).astimezone(TOKYO).date().isoformat() == meant


def test_a_date_that_does_not_fit_the_order_it_is_said_to_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no date"):
        parse_moment("31/1/2026", TOKYO, "mdy")
    assert parse_moment("31/1/2026", TOKYO, "ymd") == parse_moment("2026/1/31", TOKYO)


@pytest.mark.parametrize(
    "written",
    ["never", "", "1/2", "08/1/2", "8/1/2", "2026-13-01", "2026/2/30", "12:30", "2026/1/2 25:61",
     "2026/1/2 foo", "12345678", "1.23E+15", "R99.1.1", "令和8年13月1日", "1789000000", "0026/1/2",
     "2026年1月"],
)  # fmt: skip
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_moment(written, TOKYO)


def test_a_time_that_clocks_skip_counts_on_and_one_that_comes_twice_is_the_first() -> None:
    assert parse_moment("2026-03-08 02:30", NEW_YORK) == parse_moment("2026-03-08 03:30", NEW_YORK)
    assert parse_moment("2026-11-01 01:30", NEW_YORK) == parse_moment("2026-11-01T01:30:00-04:00", NEW_YORK)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        pytest.param(["1/31/2026", "2/3/2026"], "mdy", id="american"),
        pytest.param(["31/1/2026", "2/3/2026"], "dmy", id="european"),
        pytest.param(["1/2/2026", "2/3/2026"], None, id="nobody-knows"),
        pytest.param(["31/1/2026", "1/31/2026"], None, id="both"),
        pytest.param(["2026/1/31"], None, id="year-first"),
        pytest.param(["9/23/26 10:12", "9/3/26"], "mdy", id="american-short"),
        pytest.param(["26/9/23", "26/9/24"], None, id="a-short-year-first-is-not-sure"),
        pytest.param(["26/9/23", "26/9/3"], "ymd", id="a-short-day-last-makes-it-so"),
        pytest.param(["26/9/3", "9/23/26"], None, id="short-years-first-and-last"),
        pytest.param(["31/9/26", "30/9/26"], None, id="a-day-that-is-none-tells-nothing"),
        pytest.param(["99/99/2026", "1/31/2026"], "mdy", id="numbers-that-are-no-date"),
    ],
)
def test_a_column_tells_the_order_of_its_dates(values: list[str], order: str | None) -> None:
    assert guess_order(values) == order


def test_columns_of_a_table_tell_each_other_where_they_agree() -> None:
    sure, unsure = ["1/31/2026"], ["3/4/2026"]
    assert orders_of({"a": sure, "b": unsure}, "dmy") == {"a": "mdy", "": "mdy"}
    assert orders_of({"a": sure, "b": ["31/1/2026"], "c": unsure}, None) == {"a": "mdy", "b": "dmy"}
    assert orders_of({"a": unsure}, "dmy") == {"": "dmy"}
    assert orders_of({"a": unsure}, None) == {}


MOMENTS = st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2099, 12, 30))


@given(MOMENTS)
def test_a_moment_comes_back_from_every_form_it_is_written_in(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    half, hour = ("午後", moment.hour - 12) if moment.hour >= 12 else ("午前", moment.hour)
    day = f"{moment.year}年{moment.month}月{moment.day}日"
    forms = [
        moment.isoformat(),
        f"{moment:%Y/%m/%d %H:%M}",
        f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute}",
        f"{day} {moment.hour}時{moment.minute}分",
        f"{day} {half}{hour}時{moment.minute}分",
        f"{moment:%b %d, %Y %I:%M %p}",
        f"{moment:%Y%m%d%H%M%S}",
    ]
    assert {parse_moment(form, TOKYO) for form in forms} == {moment.replace(tzinfo=TOKYO)}
