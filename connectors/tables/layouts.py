"""Tables of a file, text or workbook: rows of cells with their line, and where the header may stand.

What a table looks like (delimiter, sheet, header rows) is not asked but tried: each candidate is a
Layout with a Header, and who knows which columns are wanted takes the first that has them.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple, TextIO

from connectors.records.json_lines import Maybe
from connectors.tables.workbooks import WORKBOOK_MARKS, sheet_names, sheet_rows
from connectors.text.encodings import Encoding, as_written, detect_encoding, opened_text, undecoded_at
from koe.errors import SetupError

FIELD_LIMIT = 16 * 1024 * 1024
"""Characters in one cell; csv's own limit is 131,072, which a long mail thread passes."""
DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe"}
HEAD_ROWS = 40
HEADER_DEPTH = 10
"""How many rows of titles and notes may stand above a header."""
_LINE_END = re.compile("\r\n|\r|\n")
_TOTAL = re.compile(r"(?:総?合計|小計|総計|累計|計|grand total|sub-?total|total)[:：]?\s*[\d,]*件?", re.I)


class Row(NamedTuple):
    """One row where it stands in its file; no cells where it cannot be read."""

    line: int
    cells: tuple[str, ...] | None
    trouble: str = ""
    maybe: Maybe = ()
    """Of one that cannot be read: the cells that may be its id; None where nobody can tell."""


class Layout(NamedTuple):
    """One way to read a file as a table, with its first rows."""

    encoding: Encoding | None
    delimiter: str
    sheet: str | None
    head: tuple[Row, ...]

    @property
    def how(self) -> str:
        """It in a few words for people."""
        if self.sheet is not None:
            return f"sheet {self.sheet!r}"
        name = self.encoding.name if self.encoding else ""
        return f"{name}, {DELIMITERS[self.delimiter]}"


class Header(NamedTuple):
    """Names of columns, and how many rows stand above the data, the header's own among them."""

    names: tuple[str, ...]
    rows: int


def layouts(path: Path, encoding: str | None = None, sheet: str | None = None) -> Iterator[Layout]:
    """Every way to read the file: one by sheet, or one by delimiter. Raises SetupError for none."""
    if _is_workbook(path):
        for name in sheet_names(path, sheet):
            head = tuple(Row(line, cells) for line, cells in islice(sheet_rows(path, name), HEAD_ROWS))
            yield Layout(None, "", name, head)
        return
    found = as_written(path, encoding) if encoding else detect_encoding(path)
    for delimiter in DELIMITERS:
        layout = Layout(found, delimiter, None, ())
        yield layout._replace(head=tuple(islice(rows_of(path, layout), HEAD_ROWS)))


def headers(head: Sequence[Row]) -> Iterator[Header]:
    """Where the header may be: each of the first rows, then each two of them as one."""
    rows = [row.cells or () for row in head[:HEADER_DEPTH]]
    for n, cells in enumerate(rows):
        if any(cells):
            yield Header(named(cells), n + 1)
    for n, (upper, lower) in enumerate(pairwise(rows)):
        if any(upper) and any(lower) and len(upper) == len(lower):
            joined = (below if below.strip() else above for above, below in zip(upper, lower, strict=True))
            yield Header(named(tuple(joined)), n + 2)


def data_rows(path: Path, layout: Layout, header: Header) -> Iterator[Row]:
    """The rows under the header that are not blank; what cannot be used among them says why."""
    width = len(header.names)
    for row in islice(rows_of(path, layout), header.rows, None):
        if row.cells is None:
            yield row
        elif any(cell.strip() for cell in row.cells):
            broken = _undecoded(row.line, row.cells, layout.encoding) if layout.encoding else ""
            yield Row(row.line, None, broken, None) if broken else _checked(row, row.cells, header, width)


def rows_of(path: Path, layout: Layout) -> Iterator[Row]:
    """Every row from the top. Raises SetupError where the encoding does not fit."""
    if layout.sheet is not None:
        yield from (Row(line, cells) for line, cells in sheet_rows(path, layout.sheet))
        return
    assert layout.encoding is not None
    try:
        with opened_text(path, layout.encoding) as file:
            yield from _split(file, layout.delimiter)
    except (UnicodeError, LookupError):
        raise SetupError(
            f"{path.name!r} cannot be read as {layout.encoding.name!r}. Save it as UTF-8, or mend `encoding`."
        ) from None


def plain(name: str) -> str:
    """A header as it is compared: NFKC, white space folded."""
    return " ".join(unicodedata.normalize("NFKC", name.lstrip("\ufeff")).split())


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Names of columns; the second of two with one name is `name#2`."""
    seen = Counter[str]()
    names = []
    for cell in cells:
        name = plain(cell)
        seen[name] += 1
        names.append(name if seen[name] == 1 or not name else f"{name}#{seen[name]}")
    return tuple(names)


def _split(file: TextIO, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(FIELD_LIMIT)
    rows = csv.reader(file, delimiter=delimiter, strict=True)
    while True:
        line = rows.line_num + 1
        try:
            cells = tuple(next(rows))
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, None, _trouble(error), None)
        else:
            yield Row(line, cells)


def _trouble(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "opens a quotation mark that is never closed; nothing from there on can be read"
    return f"is not valid CSV ({error})"


def _undecoded(line: int, cells: Sequence[str], encoding: Encoding) -> str:
    """What is said of a row with a byte that is none of its file's encoding, and its line."""
    text = "\0".join(cells) if encoding.is_damaged else ""
    at = undecoded_at(text, encoding)
    if at is None:
        return ""
    name = {"utf-8": "UTF-8", "cp932": "CP932", "euc_jp": "EUC-JP"}.get(encoding.name, encoding.name)
    below = len(_LINE_END.findall(text[:at]))
    return f"is not {name}" + f" (the byte is on line {line + below}; mend it there)" * (below > 0)


def _checked(row: Row, cells: tuple[str, ...], header: Header, width: int) -> Row:
    if cells and plain(cells[0]) == header.names[0] and named(cells) == header.names:
        return Row(row.line, None, "repeats the header")
    if is_total(cells):
        return Row(row.line, None, "is a row of totals")
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        filled = tuple(cell.strip() for cell in cells if cell.strip())
        trouble = f"has {len(cells)} cell{'s' * (len(cells) != 1)} where the header has {width}"
        return Row(row.line, None, trouble, filled if len(filled) > 1 else ())
    return row


def swallowed(cells: Sequence[str], layout: Layout, width: int) -> Iterator[Sequence[str]]:
    """Lines inside cells that have as many cells as the table, as where a quotation mark is never closed."""
    for cell in cells if layout.delimiter else ():
        for line in cell.splitlines()[1:] if cell.count(layout.delimiter) >= width - 1 else ():
            inner = line.split(layout.delimiter)
            if len(inner) == width:
                yield inner


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row sums up others: it says so first and leaves most cells blank."""
    filled = [cell for cell in cells if cell.strip()]
    is_sparse = 0 < len(filled) * 2 <= len(cells)
    return is_sparse and _TOTAL.fullmatch(plain(filled[0])) is not None


def _is_workbook(path: Path) -> bool:
    """Whether the file is a workbook by what it holds: many a `.xls` is text. Raises SetupError."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(WORKBOOK_MARKS):
        return True
    is_named = path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".xls")
    if is_named and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise SetupError(
            f"{path.name!r} is a web page named as a workbook. Open it in Excel and save it as .xlsx or .csv."
        )
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb") and head:
        raise SetupError(f"{path.name!r} is broken: it is not what its ending says. Export it again.")
    return False
