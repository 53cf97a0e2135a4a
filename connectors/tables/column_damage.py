"""What a spreadsheet has done to the cells of an export that went through it. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from connectors.records.dates import guess_order
from connectors.records.values import is_rounded
from connectors.tables.cells import DATE_FIELDS

_REAL_DATE = re.compile(r"\d{4}-\d\d-(\d\d)(?: \d\d:\d\d:\d\d)?")
SURE_DATES = 5
TURNED = "may have months and days turned over"


def damaged(cells: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is said of columns, by field, whose cells a spreadsheet has changed."""
    for field in ("id", "account_id", "deal_id"):
        yield from _numbers(field, cells.get(field, ()))
    for field in DATE_FIELDS:
        yield from _dates(field, cells.get(field, ()))


def _numbers(field: str, cells: Sequence[str]) -> Iterator[str]:
    rounded = sum(map(is_rounded, cells))
    if rounded:
        yield f"{field}: {rounded} were rounded by a spreadsheet (1.23E+15); export them as text"
    digits = [cell for cell in cells if re.fullmatch(r"\d+", cell)]
    if any(cell[0] == "0" for cell in digits) and len({len(cell) for cell in digits}) > 1:
        yield f"{field}: some begin with 0 and some are shorter; a spreadsheet may have eaten zeros"


def _dates(field: str, cells: Sequence[str]) -> Iterator[str]:
    """Excel makes 3/4/2026 a date in its own order, and leaves 4/13/2026 as text where that is none in it."""
    real = [match for cell in cells if (match := _REAL_DATE.fullmatch(cell.strip()))]
    left = [cell for cell in cells if guess_order([cell])]
    if left and len(real) >= SURE_DATES and all(int(match[1]) <= 12 for match in real):
        yield (
            f"{field}: {len(real)} dates {TURNED}, as a spreadsheet does that opens an export of another "
            f"country; {len(left)} it left as text. Export it again and do not open it before"
        )
