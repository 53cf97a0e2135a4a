"""First and last days by what names them: a week, a month, a part of one, a quarter, so many days back.

Each gives None for what no calendar has; a day without a year is the last one that has come.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
}  # fmt: skip


def number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def week_with(day: date | None) -> tuple[date, date] | None:
    if day is None:
        return None
    start = day - timedelta(days=day.weekday())
    return start, start + timedelta(days=6)


def iso_week(year: str | None, week: str, today: date) -> tuple[date, date] | None:
    try:
        start = date.fromisocalendar(int(year or today.year), int(week), 1)
    except ValueError:
        return None
    if year is None and start > today:
        start = date.fromisocalendar(today.year - 1, int(week), 1)
    return start, start + timedelta(days=6)


def month(year: str | None, month: int, today: date) -> tuple[date, date] | None:
    if not 1 <= month <= 12:
        return None
    in_year = int(year) if year else today.year - (month > today.month)
    return date(in_year, month, 1), date(in_year, month, monthrange(in_year, month)[1])


def day(year: str | None, month: int, day: str, today: date) -> date | None:
    try:
        found = date(int(year or today.year), month, int(day))
    except ValueError:
        return None
    return found if year or found <= today else found.replace(year=found.year - 1)


def ja_day(match: re.Match[str], today: date, group: int = 1) -> date | None:
    return day(match[group], int(match[group + 1]), match[group + 2], today)


def en_day(match: re.Match[str], today: date, group: int = 1) -> date | None:
    return day(match[group + 2], month_number(match[group]), match[group + 1], today)


def uk_day(match: re.Match[str], today: date, group: int = 1) -> date | None:
    return day(match[group + 2], month_number(match[group + 1]), match[group], today)


def month_number(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def back(today: date, days: int) -> tuple[date, date]:
    return today - timedelta(days=days - 1), today


def back_weeks(today: date, weeks: int) -> tuple[date, date]:
    yesterday = today - timedelta(days=1)
    end = yesterday + timedelta(days=6 - yesterday.weekday())
    return end - timedelta(days=7 * weeks - 1), end


def span(a: date | None, b: date | None) -> tuple[date, date] | None:
    return (min(a, b), max(a, b)) if a and b else None


def around(today: date, months: int) -> tuple[date, date] | None:
    index = today.year * 12 + today.month - 1 + months
    return month(str(index // 12), index % 12 + 1, today)


def months(
    year: str | None, first: int, last_year: str | None, last: int, today: date
) -> tuple[date, date] | None:
    """From one month to another; a year that is told of one of them tells that of the other."""
    wraps = int(first > last)
    if last_year is None and year is not None:
        last_year = str(int(year) + wraps)
    end = month(last_year, last, today)
    start = month(year or (str(end[0].year - wraps) if end else None), first, today)
    return span_of(start, end)


def until(month: tuple[date, date] | None) -> tuple[None, date] | None:
    return (None, month[1]) if month else None


def last_such_month(number: int, today: date) -> tuple[date, date] | None:
    """The last one that is over: "last December"."""
    return month(str(today.year - (number >= today.month)), number, today)


def one(day: date | None) -> tuple[date, date] | None:
    return (day, day) if day else None


def since(month: tuple[date, date] | None) -> tuple[date, None] | None:
    return (month[0], None) if month else None


def year(year: int) -> tuple[date, date] | None:
    return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9998 else None


def span_of(a: tuple[date, date] | None, b: tuple[date, date] | None) -> tuple[date, date] | None:
    return (min(a[0], b[0]), max(a[1], b[1])) if a and b else None


def last_week(month: tuple[date, date] | None) -> tuple[date, date] | None:
    return week_with(month[1]) if month else None


def first_week(month: tuple[date, date] | None) -> tuple[date, date] | None:
    return week_with(month[0]) if month else None


_PARTS = {
    "前半": (1, 15), "first half": (1, 15), "後半": (16, 31), "second half": (16, 31),
    "上旬": (1, 10), "beginning": (1, 10), "start": (1, 10), "early": (1, 10),
    "中旬": (11, 20), "middle": (11, 20), "mid": (11, 20),
    "下旬": (21, 31), "end": (21, 31), "late": (21, 31),
}  # fmt: skip


def part(month: tuple[date, date] | None, part: str) -> tuple[date, date] | None:
    if month is None:
        return None
    first, last = _PARTS[part]
    return month[0].replace(day=first), month[0].replace(day=min(last, month[1].day))


def quarter(year: str | None, number: int, today: date) -> tuple[date, date] | None:
    first = 3 * number - 2
    in_year = int(year) if year else today.year - (first > today.month)
    return span_of(month(str(in_year), first, today), month(str(in_year), first + 2, today))


def quarter_around(today: date, quarters: int) -> tuple[date, date] | None:
    ahead = 3 * quarters - (today.month - 1) % 3
    return span_of(around(today, ahead), around(today, ahead + 2))


def half(year: str | None, is_first: bool, today: date) -> tuple[date, date] | None:
    """April to September, or October to March; without a year the last one that has begun."""
    started = today.month >= 4 if is_first else today.month >= 10
    in_year = int(year) if year else today.year - (not started)
    if not 1 <= in_year <= 9998:
        return None
    return (
        (date(in_year, 4, 1), date(in_year, 9, 30))
        if is_first
        else (date(in_year, 10, 1), date(in_year + 1, 3, 31))
    )


def calendar_half(year: str | None, is_first: bool, today: date) -> tuple[date, date] | None:
    """January to June, or July to December; without a year the last one that has begun."""
    in_year = int(year) if year else today.year - (not is_first and today.month < 7)
    if not 1 <= in_year <= 9998:
        return None
    return (
        (date(in_year, 1, 1), date(in_year, 6, 30))
        if is_first
        else (date(in_year, 7, 1), date(in_year, 12, 31))
    )


def recent(month: int, day: int, today: date) -> date:
    """The last such day of the calendar that has come."""
    found = date(today.year, month, day)
    return found if found <= today else found.replace(year=today.year - 1)
