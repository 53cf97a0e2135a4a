"""Rows of a table that are one record: turns of a call, and the rows of a table inside a record.

kintone writes a record once for each row of its inner tables, spreadsheets do the same by hand. Rows of one
id that differ in nothing but words are one record; others stay two with one id, and the newer counts.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

from connectors.records.json_lines import Maybe

WORDS = ("text", "answer")
"""Fields that the rows of one record may differ in."""
_Filled = tuple[str, ...]
"""The fields of a row that have something to compare, by name."""


class Row(NamedTuple):
    """One row by field."""

    line: int
    cells: Mapping[str, str]


class Cells(NamedTuple):
    """One row by field; none where it cannot be used, and why."""

    line: int
    cells: dict[str, str] | None
    trouble: str = ""
    maybe: Maybe = ()


def grouped(rows: Iterable[Cells]) -> Iterator[list[Row] | Cells]:
    """Rows of one id brought together, and each row that cannot be used; they wait in a temporary database,
    not in memory."""
    first: dict[str, int] = {}
    with closing(sqlite3.connect("")) as store:
        store.execute("CREATE TABLE row (first INT, line INT, cells TEXT, PRIMARY KEY (first, line))")
        for row in rows:
            if row.cells is None:
                yield row
                continue
            start = first.setdefault(row.cells["id"].strip() or f"\n{row.line}", row.line)
            store.execute("INSERT INTO row VALUES (?, ?, ?)", (start, row.line, json.dumps(row.cells)))
        yield from _in_order(store)


def _in_order(store: sqlite3.Connection) -> Iterator[list[Row]]:
    start, group = 0, list[Row]()
    for first, line, cells in store.execute("SELECT first, line, cells FROM row ORDER BY first, line"):
        if group and first != start:
            yield group
            group = []
        start = first
        group.append(Row(line, json.loads(cells)))
    if group:
        yield group


def folded(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of one id as records: each row goes to the first that it differs from in nothing but words."""
    records: list[list[Row]] = []
    places: dict[_Filled, dict[tuple[str, ...], int]] = {}
    for row in rows:
        filled = tuple(
            sorted(field for field, cell in row.cells.items() if field not in WORDS and cell.strip())
        )
        if filled not in places:
            places[filled] = {}
            for n, record in enumerate(records):
                places[filled].setdefault(_values(record[0], filled), n)
        at = places[filled].get(_values(row, filled))
        if at is not None:
            records[at].append(row)
            continue
        for fields, known in places.items():
            known.setdefault(_values(row, fields), len(records))
        records.append([row])
    return records


def _values(row: Row, fields: _Filled) -> tuple[str, ...]:
    return tuple(row.cells[field].strip() for field in fields)


def without_repeats(rows: Sequence[Row]) -> Iterator[Mapping[str, str]]:
    """The rows of a record, words that an earlier row has too left blank, and rows without any left out."""
    seen: set[str] = set()
    for n, (_, row) in enumerate(rows):
        new = {field: row[field] if row[field].strip() not in seen else "" for field in WORDS if field in row}
        seen.update(value.strip() for value in new.values())
        if n == 0 or any(value.strip() for value in new.values()):
            yield {**row, **new}
