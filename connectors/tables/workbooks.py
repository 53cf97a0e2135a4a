"""Sheets of Excel workbooks as rows of text, by python-calamine (.xlsx, .xlsm, .xlsb, .xls).

A spreadsheet keeps every number as a fraction of fifteen digits: whole ones become whole again here,
and longer ones keep the form that shows they were rounded. A merged cell's value stands in all of it.
"""

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from koe.errors import SetupError

WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
EXACT = 1e15
"""From here on a spreadsheet has rounded a whole number."""
MERGED_LIMIT = 100_000
_HEAD = 1 << 16
_IS_1904 = re.compile(rb"""date1904=["'](?:1|true)["']""")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_YEARS_BETWEEN = 1462
"""Days from the first day of 1900 to that of 1904, as spreadsheets count."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
Cell = int | float | str | bool | time | date | datetime | timedelta


def sheet_names(path: Path, wanted: str | None = None) -> list[str]:
    """The visible sheets of the workbook, or the wanted one, also a hidden one. Raises SetupError."""
    found = _opened(path).sheets_metadata
    names = [sheet.name for sheet in found if sheet.visible == SheetVisibleEnum.Visible]
    if wanted is None:
        return names
    if wanted not in (sheet.name for sheet in found):
        known = ", ".join(map(repr, names))
        raise SetupError(f"{path.name!r} has no sheet {wanted!r} (there are: {known}). Mend `sheet`.")
    return [wanted]


def hidden_sheets(path: Path) -> list[str]:
    """The sheets that Excel does not show."""
    found = _opened(path).sheets_metadata
    return [sheet.name for sheet in found if sheet.visible != SheetVisibleEnum.Visible]


def sheet_rows(path: Path, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row of a sheet as text, with its number in Excel."""
    sheet = _opened(path).get_sheet_by_name(name)
    fills = _fills(sheet)
    left = (sheet.start or (0, 0))[1]
    values: dict[tuple[int, int], str] = {}
    for n, cells in enumerate(sheet.iter_rows()):
        texts = [as_text(cell) for cell in cells]
        for column, start in fills.get(n, {}).items():
            at = column - left
            if start == (n, column):
                values[start] = texts[at] if at < len(texts) else ""
            elif at < len(texts) and not texts[at]:
                texts[at] = values.get(start, "")
        yield n + 1, tuple(texts)


def is_from_1904(path: Path) -> bool:
    """Whether the workbook counts its days from 1904, as Excel on a Mac did."""
    try:
        with ZipFile(path) as parts, parts.open("xl/workbook.xml") as file:
            return _IS_1904.search(file.read(_HEAD)) is not None
    except (BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError):
        return False


def since_1900(cell: str) -> str:
    """A bare serial of such a workbook as Excel counts elsewhere; anything else as it is."""
    return f"{float(cell) + _YEARS_BETWEEN:.10g}" if _SERIAL.fullmatch(cell.strip()) else cell


def as_text(cell: Cell) -> str:
    """A cell as a person would write it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < EXACT else f"{cell:.15G}"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def _fills(sheet: CalamineSheet) -> dict[int, dict[int, tuple[int, int]]]:
    """For each row: the columns of merged cells, and where the value of each stands."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) <= MERGED_LIMIT:
            for row in range(top, bottom + 1):
                found.setdefault(row, {}).update(dict.fromkeys(range(left, right + 1), (top, left)))
    return found


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise _locked(path) from None
    except CalamineError:
        if _ENCRYPTED in path.read_bytes():
            raise _locked(path) from None
        raise SetupError(
            f"{path.name!r} is a workbook that cannot be read. Open it in Excel and save it again, or as CSV."
        ) from None


def _locked(path: Path) -> SetupError:
    return SetupError(f"{path.name!r} is locked by a password. Open it in Excel and save it without one.")
