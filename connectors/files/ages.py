"""How new a file is: by the day in its name, else by when it was written, else by the name itself.

問い合わせ_20261026.csv   問い合わせ_1026.csv   tickets_2026-10-26_0912.csv   export_202610.csv
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DAY = re.compile(
    r"(?<!\d)(20\d\d)(?:(\d\d)(\d\d)|[-_./年](\d{1,2})[-_./月](\d{1,2})日?)"
    r"(?:(?!\d)|(?=\d{4}(?:\d\d)?(?!\d)))"
    r"(?:[ _T-]*((?:[01]\d|2[0-3])[-:：時]?[0-5]\d)(?:[0-5]\d)?(?![-_./]?\d))?"
)
"""A whole day, and the time of day where one follows."""
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_./年]?(0[1-9]|1[0-2]|[1-9](?=月))(?!\d)")
_NO_YEAR = re.compile(r"(?<!\d)(?:(\d\d)[-_.]?(\d\d)(?!\d)|(\d{1,2})月(\d{1,2})日)")


class Age(NamedTuple):
    """How new a file is; of two the greater one is newer."""

    day: str
    clock: str
    """The time of day that its name has behind the day; blank where it has none."""
    written: int
    name: str


def age_of(path: Path, zone: ZoneInfo) -> Age:
    """How new the file is. One with no day in its name counts on the day on which it was last written."""
    written = path.stat().st_mtime_ns
    last = datetime.fromtimestamp(written // 10**9, zone).date()
    name = unicodedata.normalize("NFKC", path.stem)
    day, clock = max(_whole_days(name), default=None) or (_shorter(name, last) or last, "")
    return Age(day.isoformat(), clock, written, unicodedata.normalize("NFC", path.name))


def _whole_days(name: str) -> Iterator[tuple[date, str]]:
    for found in _DAY.finditer(name):
        day = _day(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
        if day is not None:
            yield day, re.sub(r"\D", "", found[6] or "")


def _shorter(name: str, last: date) -> date | None:
    """The first day of the month in a name, or its day without a year: the latest before `last`."""
    if month := _MONTH.search(name):
        return date(int(month[1]), int(month[2]), 1)
    days = [_latest(int(one[1] or one[3]), int(one[2] or one[4]), last) for one in _NO_YEAR.finditer(name)]
    return max((day for day in days if day is not None), default=None)


def _latest(month: int, day: int, last: date) -> date | None:
    """The last such day until the day after `last`, as another clock may be ahead."""
    years = (_day(last.year + n, month, day) for n in (1, 0, -1))
    return next((one for one in years if one is not None and one <= last + timedelta(days=1)), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
