"""Rows of a CSV file or a workbook as objects in koe's own file format, by a map of its columns."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from connectors.dates import NO_ORDERS, Order, Orders, order_in, orders_of, parse_moment
from connectors.speakers import Voices, role_of
from connectors.tables import Header, Layout, Row, data_rows, headers, layouts, plain
from koe.errors import SetupError
from koe.settings import CsvMap

NOBODY = Voices()
DATE_FIELDS = ("created_at", "updated_at", "at", "opened_at", "closed_at")
_PER_TURN = ("speaker", "name", "at", "text", "answer")
_NESTED = {"account_id": ("account", "id"), "account_name": ("account", "name")}


class CsvRow(NamedTuple):
    """One row, or several of one conversation: where it starts, and its object or what is wrong."""

    line: int
    raw: str
    fields: dict[str, Any] | None
    trouble: str = ""


class _Reading(NamedTuple):
    """How rows become objects."""

    columns: CsvMap
    zone: ZoneInfo
    voices: Voices
    orders: Orders


class _Cells(NamedTuple):
    line: int
    cells: dict[str, str] | None
    trouble: str = ""


def read_csv(
    path: Path, columns: CsvMap, zone: ZoneInfo, voices: Voices = NOBODY, orders: Orders = NO_ORDERS
) -> Iterator[CsvRow]:
    """Every record of the file, in the order they first appear.

    Raises SetupError when the encoding cannot be told or a mapped column is not there.
    """
    voices = voices._replace(speakers={**voices.speakers, **columns.speakers})
    reading = _Reading(columns, zone, voices, orders)
    rows = _cells(path, columns)
    yield from _grouped(rows, reading) if is_by_turn(columns) else _single(rows, reading)


def read_ids(path: Path, columns: CsvMap) -> Iterator[str]:
    """The id of every record that `read_csv` gives, without the work of reading it."""
    ids = (_id(row.cells) for row in _cells(path, columns) if row.cells is not None)
    yield from dict.fromkeys(filter(None, ids)) if is_by_turn(columns) else ids


def learn_orders(path: Path, columns: CsvMap, otherwise: Order | None) -> Orders:
    """What stands first in the dates of each column: as its map says, else as they tell, else `otherwise`."""
    if columns.dates:
        return {"": columns.dates}
    cells: dict[str, set[str]] = {field: set() for field in DATE_FIELDS if field in columns.columns}
    for row in _cells(path, columns):
        for field, seen in cells.items() if row.cells else ():
            seen.add((row.cells or {})[field].strip()[:12])
    orders = dict(orders_of(cells, otherwise))
    if "at" in orders and "created_at" not in cells:
        orders["created_at"] = orders["at"]
    return orders


def is_by_turn(columns: CsvMap) -> bool:
    """Whether a row is one turn, and rows of one id one conversation."""
    return columns.records == "calls" or "speaker" in columns.columns


def _cells(path: Path, columns: CsvMap) -> Iterator[_Cells]:
    """Rows as cells by field name."""
    if not path.stat().st_size:
        return
    layout, header = find_table(path, columns)
    names = [_nth(name) for name in header.names]
    at = {field: names.index(_nth(plain(name))) for field, name in columns.columns.items()}
    for row in data_rows(path, layout, header):
        yield _picked(row, at)


def _picked(row: Row, at: Mapping[str, int]) -> _Cells:
    if row.cells is None:
        return _Cells(row.line, None, row.trouble)
    return _Cells(row.line, {field: row.cells[n] for field, n in at.items()})


def find_table(path: Path, columns: CsvMap) -> tuple[Layout, Header]:
    """Where the mapped columns stand. Raises SetupError naming what is missing or stands twice."""
    wanted = [plain(name) for name in columns.columns.values()]
    best: tuple[int, Layout | None, str] = (len(wanted) + 1, None, wanted[0])
    for layout in layouts(path, columns.encoding, columns.sheet):
        for header in headers(layout.head):
            lacking = [name for name in wanted if _nth(name) not in map(_nth, header.names)]
            if not lacking:
                _refuse_twice(columns, wanted, header)
                return layout, header
            if len(lacking) < best[0]:
                best = (len(lacking), layout, lacking[0])
    raise SetupError(f"{columns.path!r} has no column {best[2]!r}. Mend its map in koe.toml.")


def _refuse_twice(columns: CsvMap, wanted: Sequence[str], header: Header) -> None:
    for name in wanted:
        if f"{name}#2" in header.names:
            raise SetupError(
                f"{columns.path!r} has the column {name!r} twice. Write {name + '#1'!r} or {name + '#2'!r} "
                "in its map, or rename one of them."
            )


def _nth(name: str) -> str:
    """`name#1` is the first column of that name, which bears no number."""
    return name.removesuffix("#1")


def _single(rows: Iterator[_Cells], reading: _Reading) -> Iterator[CsvRow]:
    for row in rows:
        if row.cells is None:
            yield CsvRow(row.line, "", None, row.trouble)
        else:
            yield _object(row.line, [row.cells], reading)


def _grouped(rows: Iterator[_Cells], reading: _Reading) -> Iterator[CsvRow]:
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
            yield _object(start, _in_time(group, reading), reading)


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


def _in_time(group: list[dict[str, str]], reading: _Reading) -> list[dict[str, str]]:
    """The rows by their time where each has a readable one, else as they stand."""
    order = order_in(reading.orders, "at")
    try:
        return sorted(group, key=lambda cells: parse_moment(cells.get("at", ""), reading.zone, order))
    except (ValueError, OverflowError):
        return group


def _object(line: int, group: Sequence[dict[str, str]], reading: _Reading) -> CsvRow:
    columns = reading.columns
    raw = json.dumps(list(group), ensure_ascii=False)
    fields: dict[str, Any] = {"account": {}, "id": _id(group[0]) or None}
    for field in columns.columns:
        value = next((cells[field] for cells in group if cells[field].strip()), None)
        if field in _NESTED:
            fields["account"][_NESTED[field][1]] = value
        elif field not in _PER_TURN or columns.records == "deals":
            fields[field] = value
    if columns.records == "deals":
        stage = plain(fields["outcome"] or "")
        return CsvRow(line, raw, fields | {"outcome": columns.outcomes.get(stage, stage)})
    fields["turns"] = [turn for cells in group for turn in _turns(cells, reading)]
    fields.setdefault("created_at", fields["turns"][0]["at"])
    return CsvRow(line, raw, fields)


def _id(cells: Mapping[str, str]) -> str:
    """The id cell; where the map has none, a name made of what the row says."""
    if "id" in cells:
        return cells["id"].strip()
    words = json.dumps(sorted(cells.items()), ensure_ascii=False)
    return f"row-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _turns(cells: Mapping[str, str], reading: _Reading) -> Iterator[dict[str, str | None]]:
    """What was said in a row, and what we answered where the same row has it."""
    plain_fields = {field: cells.get(field) for field in ("name", "at")}
    yield plain_fields | {"text": cells["text"], "speaker": _speaker(cells, reading)}
    if cells.get("answer", "").strip():
        yield {"text": cells["answer"], "speaker": "agent"}


def _speaker(cells: Mapping[str, str], reading: _Reading) -> str | None:
    if "speaker" not in reading.columns.columns:
        return reading.columns.speaker
    account = cells.get("account_name", "").strip()
    return role_of(cells["speaker"], reading.voices, account) if cells["speaker"].strip() else None
