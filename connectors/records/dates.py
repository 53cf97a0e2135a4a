"""Moments as people and their tools write them. Pure.

What can be read in two ways is refused, not guessed: `3/4/2026` needs the other dates of its column, or a
setting.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

Order = Literal["ymd", "mdy", "dmy"]
Orders = Mapping[str, Order]
"""What stands first in the dates of a field; under "" in those of all others."""
NO_ORDERS: Orders = MappingProxyType({})
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
    r"(?:[:分]\s*(?P<second>\d{1,2})?秒?)?(?:[.,](?P<fraction>\d{1,9}))?\s*(?P<after>[AP]\.?M\.?|午前|午後)?"
    r"\s*(?P<zone>Z|UTC|GMT|JST|日本時間)?\s*(?P<offset>[+-]\d{1,2}(?::?(?P<past>\d{2}))?)?(?:\s*\([^)]*\))?",
    re.I,
)
_BARE_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:\.\d+)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_RUN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SHORT_YEAR_FIRST = re.compile(r"['’‘](\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ERA = re.compile(
    r"(令和|平成|昭和|[RHS])\s*(元|\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.I
)
_UNORDERED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)")
_OF_DATES = frozenset("年月日時分秒曜火水木金土令和平成昭和午前後")
_PHONE = re.compile(r"\D*0\d(?:\D?\d){8,}\D*")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED_LATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]([A-Za-z]{3,9})\.?,?[\s-](\d{4})")


class AmbiguousDateError(ValueError):
    """A date whose numbers may change places; `orders` are those in which it is one."""

    def __init__(self, orders: Iterable[Order]) -> None:
        self.orders = tuple(orders)
        super().__init__("day and month may change places")


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


def clock_of(value: str) -> int | None:
    """The seconds of a time without a day, such as `10:02` or `0:01:23`; None for anything else."""
    match = _BARE_CLOCK.fullmatch(unicodedata.normalize("NFKC", value).strip())
    return (int(match[1] or 0) * 60 + int(match[2])) * 60 + int(match[3]) if match else None


def guess_order(values: Iterable[str]) -> Order | None:
    """The one order in which all dates of a column can be read; None where several can, or none.

    A year of two digits stands first only where a day of one digit stands last: `26/9/30` may be in 2030.
    """
    common: set[Order] = {"ymd", "mdy", "dmy"}
    is_day_last = False
    for value in values:
        if match := _UNORDERED.match(unicodedata.normalize("NFKC", value).strip()):
            fits = _readings(match)
            common &= fits.keys() or common
            is_day_last = is_day_last or _is_day_last(match, fits)
    return common.pop() if len(common) == 1 and (is_day_last or "ymd" not in common) else None


def orders_of(columns: Mapping[str, Iterable[str]], otherwise: Order | None) -> Orders:
    """What stands first in each column of a table: by its own dates, else by those of the other columns
    where they agree, else `otherwise`."""
    told = {field: order for field, cells in columns.items() if (order := guess_order(cells))}
    rest = next(iter(told.values())) if len(set(told.values())) == 1 else otherwise
    return told | ({"": rest} if rest else {})


def whole_year_first(value: str, order: Order | None) -> str:
    """A date such as 3/4/2026 with its year first, where the order tells it; anything else as it is."""
    text = unicodedata.normalize("NFKC", value).strip()
    match = _UNORDERED.match(text)
    fits = _readings(match) if match else {}
    return f"{fits[order].isoformat()}{text[match.end() :]}" if match and order in fits else value


def shape_of(value: str) -> str:
    """What stands in the cell of a date that is none, fit to be shown: other letters and numbers hidden."""
    text = " ".join(unicodedata.normalize("NFKC", value).split())[:30]
    if all(ch in _OF_DATES for ch in text if ch.isalpha()):
        return re.sub(r"\d", "0", text) if _PHONE.fullmatch(text) else text
    shown = "".join("●" if ch.isalpha() and ch not in "年月日時分秒" else ch for ch in text)
    return re.sub(r"\d", "0", shown) if sum(map(str.isdigit, shown)) > 6 else shown


def order_in(orders: Orders, field: str) -> Order | None:
    """What stands first in the dates of a field, or None."""
    return orders.get(field) or orders.get("")


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
    if written := match["offset"]:
        hours = int(written.removesuffix(match["past"] or "").strip("+-:"))
        minutes = hours * 60 + int(match["past"] or 0)
        return timedelta(minutes=-minutes if written[0] == "-" else minutes)
    return timedelta(minutes=_ZONES[match["zone"].upper()]) if match["zone"] else None


def _year_first(match: re.Match[str], _: Order | None) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _of_era(match: re.Match[str], _: Order | None) -> date:
    year = 1 if match[2] == "元" else int(match[2])
    return date(_ERAS[match[1].upper()] + year, int(match[3]), int(match[4]))


def _unordered(match: re.Match[str], order: Order | None) -> date:
    """The day in the given order; without one, the only day that the numbers can mean."""
    fits = _readings(match)
    if order in fits:
        return fits[order]
    is_of_use = order is not None and (order != "ymd" or len(match[4]) < 4)
    if is_of_use or not fits:
        raise ValueError("no date")
    if len(set(fits.values())) > 1 or ("ymd" in fits and not _is_day_last(match, fits)):
        raise AmbiguousDateError(fits)
    return next(iter(fits.values()))


def _readings(match: re.Match[str]) -> dict[Order, date]:
    """The days that three numbers can mean, by the order of reading them."""
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    tries: dict[Order, tuple[int, int, int]] = {"mdy": (third, first, second), "dmy": (third, second, first)}
    if len(match[4]) == 2:
        tries = {"ymd": (first, second, third), **tries}
    elif len(match[4]) == 1:
        tries = {"ymd": (first, second, third)} if len(match[1]) == 2 else {}
    whole = {order: (_whole_year(year), month, day) for order, (year, month, day) in tries.items()}
    return {order: date(*parts) for order, parts in whole.items() if _is_day(*parts)}


def _is_day_last(match: re.Match[str], fits: Mapping[Order, date]) -> bool:
    """Whether a year of two digits stands first beyond doubt; one below 20 may be of an era."""
    return len(match[4]) == 1 and "ymd" in fits and int(match[1]) >= 20


def _whole_year(year: int) -> int:
    return year if year > 99 else year + (1900 if year >= FIRST_YEAR % 100 else 2000)


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 0 < month <= 12 and 0 < day <= monthrange(year, month)[1]


def _short_year_first(match: re.Match[str], _: Order | None) -> date:
    return date(_whole_year(int(match[1])), int(match[2]), int(match[3]))


def _named(match: re.Match[str], _: Order | None) -> date:
    return date(int(match[3]), _month(match[1]), int(match[2]))


def _named_late(match: re.Match[str], _: Order | None) -> date:
    return date(int(match[3]), _month(match[2]), int(match[1]))


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Order | None], date]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_ERA, _of_era),
    (_SHORT_YEAR_FIRST, _short_year_first),
    (_UNORDERED, _unordered),
    (_NAMED, _named),
    (_NAMED_LATE, _named_late),
)
