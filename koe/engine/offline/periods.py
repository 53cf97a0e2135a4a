"""The period a question speaks of, in Japanese and English, as first and last day."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from koe.text import normalize


class Days(NamedTuple):
    """First and last day, both inclusive; None is open. `spans` are the words that said so.

    Words that name no possible period (the 13th month) leave both open and their span behind.
    """

    since: date | None
    until: date | None
    spans: tuple[tuple[int, int], ...] = ()


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EN_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
}  # fmt: skip
_COUNT = r"(\d+|[一二三四五六七八]|one|two|three|four|five|six|seven|eight)"
_JA_DAY = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
_EN_DAY = rf"{_EN_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?"


def days_of(question: str, today: date) -> Days:
    """The days that the question names, relative ones as seen from `today`; the first rule that fits wins.

    `spans` count in the normalised question (`koe.text.normalize`, lower case).
    """
    text = normalize(question).lower()
    for pattern, reads in _RULES:
        match = re.search(pattern, text)
        if match:
            days = reads(match, today)
            return Days(*(days or (None, None)), (match.span(),))
    return Days(None, None)


_Read = Callable[[re.Match[str], date], tuple[date | None, date | None] | None]


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _week_with(day: date | None) -> tuple[date, date] | None:
    if day is None:
        return None
    start = day - timedelta(days=day.weekday())
    return start, start + timedelta(days=6)


def _iso_week(year: str | None, week: str, today: date) -> tuple[date, date] | None:
    try:
        start = date.fromisocalendar(int(year or today.year), int(week), 1)
    except ValueError:
        return None
    if year is None and start > today:
        start = date.fromisocalendar(today.year - 1, int(week), 1)
    return start, start + timedelta(days=6)


def _month(year: str | None, month: int, today: date) -> tuple[date, date] | None:
    if not 1 <= month <= 12:
        return None
    in_year = int(year) if year else today.year - (month > today.month)
    return date(in_year, month, 1), date(in_year, month, monthrange(in_year, month)[1])


def _day(year: str | None, month: int, day: str, today: date) -> date | None:
    try:
        found = date(int(year or today.year), month, int(day))
    except ValueError:
        return None
    return found if year or found <= today else found.replace(year=found.year - 1)


def _ja_day(match: re.Match[str], today: date, group: int = 1) -> date | None:
    return _day(match[group], int(match[group + 1]), match[group + 2], today)


def _en_day(match: re.Match[str], today: date, group: int = 1) -> date | None:
    return _day(match[group + 2], _month_number(match[group]), match[group + 1], today)


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _back(today: date, days: int) -> tuple[date, date]:
    return today - timedelta(days=days - 1), today


def _back_weeks(today: date, weeks: int) -> tuple[date, date]:
    yesterday = today - timedelta(days=1)
    end = yesterday + timedelta(days=6 - yesterday.weekday())
    return end - timedelta(days=7 * weeks - 1), end


def _span(a: date | None, b: date | None) -> tuple[date, date] | None:
    return (min(a, b), max(a, b)) if a and b else None


def _around(today: date, months: int) -> tuple[date, date] | None:
    index = today.year * 12 + today.month - 1 + months
    return _month(str(index // 12), index % 12 + 1, today)


_RULES: tuple[tuple[str, _Read], ...] = (
    (rf"{_JA_DAY}\s*(?:から|~|-|–|より)\s*{_JA_DAY}", lambda m, t: _span(_ja_day(m, t), _ja_day(m, t, 4))),
    (
        rf"(?:from|between)\s+{_EN_DAY}\s+(?:to|and|until|through)\s+{_EN_DAY}",
        lambda m, t: _span(_en_day(m, t), _en_day(m, t, 4)),
    ),
    (
        r"(\d{4})-(\d{2})-(\d{2})\s*(?:から|~|to|and|until)\s*(\d{4})-(\d{2})-(\d{2})",
        lambda m, t: _span(_day(m[1], int(m[2]), m[3], t), _day(m[4], int(m[5]), m[6], t)),
    ),
    (r"(\d{1,2})月\s*(?:から|~|-)\s*(\d{1,2})月", lambda m, t: _months(m, t)),
    (r"(?:(\d{4})年の?)?第(\d{1,2})週", lambda m, t: _iso_week(m[1], m[2], t)),
    (r"(?:(\d{4})-)?\bw(\d{1,2})\b(?!-)", lambda m, t: _iso_week(m[1], m[2], t)),
    (r"\bweek\s+(\d{1,2})\b(?:\s+of\s+(\d{4}))?", lambda m, t: _iso_week(m[2], m[1], t)),
    (rf"{_JA_DAY}の?(?:ある)?(?:週|からの?(?:1|一)週間)", lambda m, t: _week_with(_ja_day(m, t))),
    (
        rf"week\s+(?:of|starting|beginning|from)\s+(?:the\s+)?{_EN_DAY}",
        lambda m, t: _week_with(_en_day(m, t)),
    ),
    (
        r"week\s+(?:of|starting|beginning)\s+(\d{4})-(\d{2})-(\d{2})",
        lambda m, t: _week_with(_day(m[1], int(m[2]), m[3], t)),
    ),
    (rf"{_JA_DAY}\s*(?:以降|から)", lambda m, t: (_ja_day(m, t), None)),
    (rf"{_JA_DAY}\s*(?:まで|以前)", lambda m, t: (None, _ja_day(m, t))),
    (rf"since\s+{_EN_DAY}", lambda m, t: (_en_day(m, t), None)),
    (rf"(?:until|before)\s+{_EN_DAY}", lambda m, t: (None, _en_day(m, t))),
    (_JA_DAY, lambda m, t: _one(_ja_day(m, t))),
    (r"(\d{4})-(\d{2})-(\d{2})", lambda m, t: _one(_day(m[1], int(m[2]), m[3], t))),
    (rf"\b{_EN_DAY}\b", lambda m, t: _one(_en_day(m, t))),
    (r"(?:(\d{4})年)?(\d{1,2})月(?:以降|から)", lambda m, t: _since(_month(m[1], int(m[2]), t))),
    (r"(?:(\d{4})年)?(\d{1,2})月(?!\d|日|分)", lambda m, t: _month(m[1], int(m[2]), t)),
    (rf"since\s+{_EN_MONTH}(?:\s+(\d{{4}}))?\b", lambda m, t: _since(_month(m[2], _month_number(m[1]), t))),
    (
        rf"\b(?:in|during|for|of)\s+{_EN_MONTH}(?:\s+(\d{{4}}))?(?=\W|$)",
        lambda m, t: _month(m[2], _month_number(m[1]), t),
    ),
    (rf"(?:直近|最近|過去|この|ここ)の?{_COUNT}週間?", lambda m, t: _back_weeks(t, _number(m[1]))),
    (rf"(?:last|past|previous|recent)\s+{_COUNT}\s+weeks", lambda m, t: _back_weeks(t, _number(m[1]))),
    (
        rf"(?:直近|最近|過去|この|ここ)の?{_COUNT}(?:か|ヶ|カ|ケ|箇)月",
        lambda m, t: _back(t, 30 * _number(m[1])),
    ),
    (rf"(?:last|past|previous)\s+{_COUNT}\s+months", lambda m, t: _back(t, 30 * _number(m[1]))),
    (rf"(?:直近|最近|過去|この|ここ)の?{_COUNT}日間?", lambda m, t: _back(t, _number(m[1]))),
    (rf"(?:last|past)\s+{_COUNT}\s+days", lambda m, t: _back(t, _number(m[1]))),
    (
        r"最終週|最後の週|最新の週|直近の?週|the (?:final|latest|most recent) week",
        lambda m, t: _week_with(t - timedelta(days=1)),
    ),
    (r"今週|this week", lambda m, t: _week_with(t)),
    (r"先々週", lambda m, t: _week_with(t - timedelta(days=14))),
    (r"先週|前の週|last week|previous week", lambda m, t: _week_with(t - timedelta(days=7))),
    (r"先月|last month|previous month", lambda m, t: _around(t, -1)),
    (r"来月|next month", lambda m, t: _around(t, 1)),
    (r"来週|next week", lambda m, t: _week_with(t + timedelta(days=7))),
    (r"今月|this month", lambda m, t: _around(t, 0)),
    (
        r"(\d{4})年(?!の?\d{1,2}月)|\bin (\d{4})\b",
        lambda m, t: (date(int(m[1] or m[2]), 1, 1), date(int(m[1] or m[2]), 12, 31)),
    ),
)


def _months(match: re.Match[str], today: date) -> tuple[date, date] | None:
    first, last = _month(None, int(match[1]), today), _month(None, int(match[2]), today)
    return (first[0], last[1]) if first and last else None


def _one(day: date | None) -> tuple[date, date] | None:
    return (day, day) if day else None


def _since(month: tuple[date, date] | None) -> tuple[date, None] | None:
    return (month[0], None) if month else None
