"""ISO weeks in the company's time zone: Monday 00:00 to Monday 00:00, half-open."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from koe.errors import SetupError

WEEK = re.compile(r"(\d{4})-W(\d{2})")


class Period(NamedTuple):
    """A half-open span of time; `start` inclusive, `end` exclusive, both aware and in UTC."""

    start: datetime
    end: datetime


def week_of(moment: datetime, zone: ZoneInfo) -> str:
    """The ISO week (`2026-W36`) that an aware moment falls in, on the clock of `zone`."""
    year, week, _ = moment.astimezone(zone).isocalendar()
    return f"{year}-W{week:02d}"


def monday(week: str) -> date:
    """The Monday a week starts on. Raises SetupError for anything but an existing `YYYY-Www`."""
    match = WEEK.fullmatch(week)
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else _refuse(week)
    except ValueError:
        return _refuse(week)


def _refuse(week: str) -> date:
    raise SetupError(f"{week!r} is not an ISO week. Write it as 2026-W36.")


def period_of(week: str, zone: ZoneInfo) -> Period:
    """The span of one week, in UTC; 167 or 169 hours long where clocks change."""
    start = monday(week)
    return Period(_midnight(start, zone), _midnight(start + timedelta(days=7), zone))


def period_between(since: date | None, until: date | None, zone: ZoneInfo) -> Period:
    """From `since` 00:00 to the end of the day `until`; an absent border is open."""
    start = _midnight(since, zone) if since else datetime(1, 1, 1, tzinfo=UTC)
    end = _midnight(until + timedelta(days=1), zone) if until else datetime(9999, 1, 1, tzinfo=UTC)
    return Period(start, end)


def shift(week: str, weeks: int) -> str:
    """The week that lies `weeks` later (earlier when negative)."""
    year, number, _ = (monday(week) + timedelta(weeks=weeks)).isocalendar()
    return f"{year}-W{number:02d}"


def weeks_between(first: str, last: str) -> list[str]:
    """Every week from first to last, both inclusive, oldest first."""
    count = (monday(last) - monday(first)).days // 7
    return [shift(first, n) for n in range(count + 1)]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
