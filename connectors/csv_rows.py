"""Rows of a CSV file as objects in koe's own file format, by a map of its columns.

Japanese exports come in five encodings and three delimiters; a fixed order of tries finds them where
statistics guess wrong (charset detection takes ordinary CP932 for cp1250 or gives up).
"""

import codecs
import csv
import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from zoneinfo import ZoneInfo

from connectors.file_format import parse_moment
from koe.errors import SetupError
from koe.settings import CsvMap

FIELD_LIMIT = 16 * 1024 * 1024
"""Characters in one cell; csv's own limit is 131,072, which a long mail thread passes."""
DELIMITERS = (",", "\t", ";")
ROLES = {
    "customer": "customer",
    "顧客": "customer",
    "お客様": "customer",
    "agent": "agent",
    "担当者": "agent",
    "other": "other",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ESCAPE = re.compile(rb"\x1b[$(][@BJI]")
_BLOCK = 1 << 20
_PER_TURN = ("speaker", "name", "at", "text")
_NESTED = {"account_id": ("account", "id"), "account_name": ("account", "name")}


class CsvRow(NamedTuple):
    """One row, or several of one conversation: where it starts, and its object or what is wrong."""

    line: int
    raw: str
    fields: dict[str, Any] | None
    trouble: str = ""


class _Cells(NamedTuple):
    line: int
    cells: dict[str, str] | None
    trouble: str = ""


def read_csv(path: Path, columns: CsvMap, zone: ZoneInfo) -> Iterator[CsvRow]:
    """Every record of the file, in the order they first appear.

    Raises SetupError when the encoding cannot be told or a mapped column is not there.
    """
    with _opened(path, columns) as file:
        rows = _cells(file, columns)
        yield from _grouped(rows, columns, zone) if _is_by_turn(columns) else _single(rows, columns)


def read_ids(path: Path, columns: CsvMap) -> Iterator[str]:
    """The id cell of every record that `read_csv` gives, without the work of reading it."""
    with _opened(path, columns) as file:
        cells = (row.cells["id"].strip() for row in _cells(file, columns) if row.cells is not None)
        yield from dict.fromkeys(filter(None, cells)) if _is_by_turn(columns) else cells


@contextmanager
def _opened(path: Path, columns: CsvMap) -> Iterator[TextIO]:
    encoding = columns.encoding or detect_encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield file
    except (UnicodeError, LookupError):
        raise SetupError(
            f"{columns.path!r} cannot be read as {encoding!r}. Save it as UTF-8, or mend `encoding`."
        ) from None


def detect_encoding(path: Path) -> str:
    """The file's encoding: by its mark, by escapes, else the first of UTF-8, CP932, EUC-JP that fits all.

    Raises SetupError when none fits, or when it reads as CP932 and EUC-JP alike.
    """
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if _ESCAPE.search(head):
        return "iso2022_jp_ext"
    fits = [name for name in ("utf-8", "cp932", "euc_jp") if _decodes(path, name)]
    if not fits or (fits == ["cp932", "euc_jp"] and _looks_half_width(head)):
        raise SetupError(f"The encoding of {path.name!r} cannot be told. Write `encoding = …` in its map.")
    return fits[0]


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(_BLOCK):
                pass
    except UnicodeError:
        return False
    return True


def _looks_half_width(head: bytes) -> bool:
    """Whether it is mostly half-width kana as CP932, which is how EUC-JP looks there."""
    letters = [ch for ch in head.decode("cp932", "replace") if not ch.isascii()]
    return sum("\uff61" <= ch <= "\uff9f" for ch in letters) * 10 > len(letters) * 3


def _cells(file: TextIO, columns: CsvMap) -> Iterator[_Cells]:
    """Rows as cells by field name, blank ones left out; the first row is the header."""
    csv.field_size_limit(FIELD_LIMIT)
    header = _header(file)
    if not header:
        return
    delimiter, at = _places(header, columns)
    width = len(_split(header, delimiter))
    rows = csv.reader(file, delimiter=delimiter, strict=True)
    before = len(header.splitlines()) + 1
    while True:
        line = rows.line_num + before
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Cells(line, None, _trouble(error))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(line, cells, width, at)


def _trouble(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "opens a quotation mark that is never closed; nothing from there on can be read"
    return f"is not valid CSV ({error})"


def _header(file: TextIO) -> str:
    """The first row, also where a column's name runs over several lines."""
    header = file.readline()
    while header.count('"') % 2 and (more := file.readline(_BLOCK)):
        header += more
    return header.lstrip("\ufeff")


def _row(line: int, cells: Sequence[str], width: int, at: Mapping[str, int]) -> _Cells:
    if len(cells) < width or any(cells[width:]):
        return _Cells(line, None, f"has {len(cells)} cells where the header has {width}")
    return _Cells(line, {field: cells[n] for field, n in at.items()})


def _places(header: str, columns: CsvMap) -> tuple[str, dict[str, int]]:
    """The delimiter that makes the mapped columns appear, and where each field stands."""
    missing: list[str] = []
    for delimiter in DELIMITERS:
        names = [_plain(name) for name in _split(header, delimiter)]
        wanted = {field: _plain(name) for field, name in columns.columns.items()}
        twice = [name for name, n in Counter(names).items() if n > 1 and name in wanted.values()]
        if twice:
            raise SetupError(f"{columns.path!r} has the column {twice[0]!r} twice. Rename one of them.")
        lacking = [name for name in wanted.values() if name not in names]
        if not lacking:
            return delimiter, {field: names.index(name) for field, name in wanted.items()}
        missing = min(missing or lacking, lacking, key=len)
    raise SetupError(f"{columns.path!r} has no column {missing[0]!r}. Mend its map in koe.toml.")


def _split(header: str, delimiter: str) -> list[str]:
    return next(csv.reader(header.splitlines(keepends=True), delimiter=delimiter))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _is_by_turn(columns: CsvMap) -> bool:
    return columns.records == "calls" or "speaker" in columns.columns


def _single(rows: Iterator[_Cells], columns: CsvMap) -> Iterator[CsvRow]:
    for row in rows:
        if row.cells is None:
            yield CsvRow(row.line, "", None, row.trouble)
        else:
            yield _object(row.line, [row.cells], columns)


def _grouped(rows: Iterator[_Cells], columns: CsvMap, zone: ZoneInfo) -> Iterator[CsvRow]:
    """Rows of one id brought together; they wait in a temporary database, not in memory."""
    first: dict[str, int] = {}
    with closing(sqlite3.connect("")) as store:
        store.execute("CREATE TABLE row (first INT, line INT, cells TEXT, PRIMARY KEY (first, line))")
        for row in rows:
            if row.cells is None:
                yield CsvRow(row.line, "", None, row.trouble)
                continue
            start = first.setdefault(row.cells["id"].strip() or f"\n{row.line}", row.line)
            store.execute("INSERT INTO row VALUES (?, ?, ?)", (start, row.line, json.dumps(row.cells)))
        for start, group in _groups(store):
            yield _object(start, _in_time(group, zone), columns)


def _groups(store: sqlite3.Connection) -> Iterator[tuple[int, list[dict[str, str]]]]:
    start, group = 0, list[dict[str, str]]()
    for first, cells in store.execute("SELECT first, cells FROM row ORDER BY first, line"):
        if group and first != start:
            yield start, group
            group = []
        start = first
        group.append(json.loads(cells))
    if group:
        yield start, group


def _in_time(group: list[dict[str, str]], zone: ZoneInfo) -> list[dict[str, str]]:
    """The rows by their time where each has a readable one, else as they stand."""
    try:
        return sorted(group, key=lambda cells: parse_moment(cells.get("at", ""), zone))
    except (ValueError, OverflowError):
        return group


def _object(line: int, group: Sequence[dict[str, str]], columns: CsvMap) -> CsvRow:
    raw = json.dumps(list(group), ensure_ascii=False)
    fields: dict[str, Any] = {"account": {}}
    for field in columns.columns:
        value = next((cells[field] for cells in group if cells[field].strip()), None)
        if field in _NESTED:
            fields["account"][_NESTED[field][1]] = value
        elif field not in _PER_TURN or columns.records == "deals":
            fields[field] = value
    if columns.records == "deals":
        stage = _plain(fields["outcome"] or "")
        return CsvRow(line, raw, fields | {"outcome": columns.outcomes.get(stage, stage)})
    fields["turns"] = [_turn(cells, columns) for cells in group]
    fields.setdefault("created_at", fields["turns"][0]["at"])
    return CsvRow(line, raw, fields)


def _turn(cells: Mapping[str, str], columns: CsvMap) -> dict[str, Any]:
    plain = {field: cells.get(field) for field in ("name", "at")}
    return plain | {"text": cells["text"], "speaker": _speaker(cells, columns)}


def _speaker(cells: Mapping[str, str], columns: CsvMap) -> str | None:
    if "speaker" not in columns.columns:
        return columns.speaker
    said = _plain(cells["speaker"])
    known = columns.speakers.get(said) or ROLES.get(said.lower())
    return known or columns.speakers.get("*")
