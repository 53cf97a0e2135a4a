"""Moments as people and their tools write them. Pure.

What can be read in two ways is refused, not guessed: `3/4/2026` needs a setting.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

Order = Literal["mdy", "dmy"]
FIRST_YEAR, LAST_YEAR = 1990, 2100
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "JST": 9 * 60, "日本時間": 9 * 60}
_DAY_ZERO = datetime(1899, 12, 30)
"""Day 0 of a spreadsheet, its invented 29 February 1900 already taken off."""
_WEEKDAY = re.compile(
    r"\(?(?:[月火水木金土日]曜日?|\([月火水木金土日祝・]+\)|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)\)?,?",
    re.I,
)
_TIME = re.compile(
    r"(?P<half>午前|午後|AM|PM)?\s*(?P<hour>\d{1,2})(?:[:時]\s*(?P<minute>\d{1,2})?)"
    r"(?:[:分]\s*(?P<second>\d{1,2})?秒?)?(?:[.,](?P<fraction>\d{1,9}))?\s*(?P<after>[AP]\.?M\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|JST|日本時間)?\s*(?P<offset>[+-]\d{2}:?\d{2})?(?:\s*\([^)]*\))?",
    re.I,
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_RUN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_ERA = re.compile(
    r"(令和|平成|昭和|[RHS])\s*(元|\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.I
)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED_LATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]([A-Za-z]{3,9})\.?,?[\s-](\d{4})")


class AmbiguousDateError(ValueError):
    """A day and a month that may change places."""


def parse_moment(value: str, zone: ZoneInfo, order: Order | None = None) -> datetime:
    """The moment a date names, in UTC; without an offset it is on the clock of `zone`.

    A local time that clocks skip counts on as if they had not; of one that comes twice it is the first.
    Raises ValueError, AmbiguousDateError for a day and month that need `order`.
    """
    text = " ".join(unicodedata.normalize("NFKC", value).split())
    is_iso = len(text) > 18 and text[4] == text[7] == "-" and text[10] == "T" and "(" not in text
    moment = datetime.fromisoformat(text) if is_iso else _written(text, order)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("year out of range")
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def guess_order(values: Iterable[str]) -> Order | None:
    """Whether days or months stand first in dates of one column, where some can only be read in one way."""
    firsts, seconds = set[bool](), set[bool]()
    for value in values:
        if match := _YEAR_LAST.match(unicodedata.normalize("NFKC", value).strip()):
            firsts.add(int(match[1]) > 12)
            seconds.add(int(match[2]) > 12)
    if (True in firsts) == (True in seconds):
        return None
    return "dmy" if True in firsts else "mdy"


def _written(text: str, order: Order | None) -> datetime:
    """The moment of a form that people and spreadsheets write; ISO 8601 is what is left."""
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(seconds=round(float(text) * 86400))
    if run := _RUN.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in run.groups())
        return datetime(year, month, day, hour, minute, second)
    plain = " ".join(_WEEKDAY.sub(" ", text).split())
    for pattern, read in _FORMS:
        if match := pattern.match(plain):
            return _at(read(match, order), plain[match.end() :].lstrip(" T,"))
    return datetime.fromisoformat(text)


def _at(day: date, clock: str) -> datetime:
    """A day at what stands behind it. Raises ValueError for anything but a time."""
    moment = datetime(day.year, day.month, day.day)
    if not clock:
        return moment
    match = _TIME.fullmatch(clock)
    if not match:
        raise ValueError("no time")
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    half = (match["half"] or match["after"] or "").upper().replace(".", "")
    if half:
        hour = _of_half_day(hour, half in ("午後", "PM"))
    if not ((hour < 24 and minute < 60 and second < 60) or (hour, minute, second) == (24, 0, 0)):
        raise ValueError("no time")
    micros = int((match["fraction"] or "").ljust(6, "0")[:6])
    moment += timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micros)
    offset = _offset(match)
    return moment if offset is None else moment.replace(tzinfo=timezone(offset))


def _of_half_day(hour: int, is_afternoon: bool) -> int:
    """12 AM is midnight and 12 PM noon; 午後0時 is noon too, and 午後15時 is what it says."""
    if hour > 12:
        return hour
    return hour % 12 + 12 * is_afternoon


def _offset(match: re.Match[str]) -> timedelta | None:
    written = (match["offset"] or "").replace(":", "")
    if written:
        minutes = int(written[1:3]) * 60 + int(written[3:5])
        return timedelta(minutes=-minutes if written[0] == "-" else minutes)
    return timedelta(minutes=_ZONES[match["zone"].upper()]) if match["zone"] else None


def _year_first(match: re.Match[str], _: Order | None) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _of_era(match: re.Match[str], _: Order | None) -> date:
    year = 1 if match[2] == "元" else int(match[2])
    return date(_ERAS[match[1].upper()] + year, int(match[3]), int(match[4]))


def _year_last(match: re.Match[str], order: Order | None) -> date:
    first, second, year = (int(part) for part in match.groups())
    if order is None and first != second:
        if first <= 12 and second <= 12:
            raise AmbiguousDateError("day and month may change places")
        order = "dmy" if first > 12 else "mdy"
    day, month = (first, second) if order == "dmy" else (second, first)
    return date(year, month, day)


def _named(match: re.Match[str], _: Order | None) -> date:
    return date(int(match[3]), _month(match[1]), int(match[2]))


def _named_late(match: re.Match[str], _: Order | None) -> date:
    return date(int(match[3]), _month(match[2]), int(match[1]))


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Order | None], date]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_ERA, _of_era),
    (_YEAR_LAST, _year_last),
    (_NAMED, _named),
    (_NAMED_LATE, _named_late),
)
