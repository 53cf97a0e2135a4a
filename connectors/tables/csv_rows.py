"""Rows of a CSV file or a workbook as objects in koe's own file format, by a map of its columns."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from connectors.records.accounts import by_address, domain_of
from connectors.records.amounts import Money, money_in, priced, unit_in
from connectors.records.dates import (
    NO_ORDERS,
    AmbiguousDateError,
    Order,
    Orders,
    clock_of,
    order_in,
    orders_of,
    parse_moment,
)
from connectors.records.json_lines import Maybe
from connectors.records.speakers import Voices, role_of
from connectors.tables.cells import DATE_FIELDS, Mended
from connectors.tables.layouts import Header, Layout, data_rows, headers, layouts, plain, swallowed
from connectors.tables.row_groups import Cells, folded, grouped, without_repeats
from connectors.tables.workbooks import is_from_1904
from connectors.text.html_text import cell_of
from koe.errors import SetupError
from koe.settings import CsvMap

NOBODY = Voices()
HELD = "holds {} lines that look like rows of this table: a quotation mark in it is not closed; mend it"
UTC = ZoneInfo("UTC")
_LASTING = ("account_id", "account_name", "name", "opened_at")
_PER_TURN = ("speaker", "name", "at", "text", "answer")
_NESTED = {"account_id": ("account", "id"), "account_name": ("account", "name")}


class CsvRow(NamedTuple):
    """One row, or several of one conversation: where it starts, and its object or what is wrong."""

    line: int
    raw: str
    fields: dict[str, Any] | None
    trouble: str = ""
    maybe: Maybe = ()


class _Reading(NamedTuple):
    """How rows become objects."""

    columns: CsvMap
    zone: ZoneInfo
    voices: Voices
    orders: Orders
    money: Money


class Survey(NamedTuple):
    """What only all rows of a table tell."""

    orders: Orders = NO_ORDERS
    """What stands first in the dates of its columns."""
    has_repeats: bool = False
    """Whether rows of one id may be one record."""
    money: Money = Money()


def read_csv(
    path: Path, columns: CsvMap, zone: ZoneInfo, voices: Voices = NOBODY, survey: Survey = Survey()
) -> Iterator[CsvRow]:
    """Every record of the file, in the order they first appear.

    Raises SetupError when the encoding cannot be told or a mapped column is not there.
    """
    voices = voices._replace(speakers={**voices.speakers, **columns.speakers})
    reading = _Reading(columns, zone, voices, survey.orders, survey.money)
    rows = _cells(path, columns)
    if is_by_turn(columns) or survey.has_repeats:
        yield from _of_groups(rows, reading)
    else:
        yield from _of_rows(rows, reading)


def read_ids(path: Path, columns: CsvMap) -> Iterator[str]:
    """The id of every record that `read_csv` gives, without the work of reading it."""
    ids = (_id(row.cells) for row in _cells(path, columns) if row.cells is not None)
    yield from dict.fromkeys(filter(None, ids)) if is_by_turn(columns) else ids


def survey(path: Path, columns: CsvMap, otherwise: Order | None) -> Survey:
    """What stands first in the dates of each column, as its map says, else as they tell, else `otherwise`;
    and what the column of amounts tells of each of them."""
    dates: dict[str, set[str]] = {field: set() for field in DATE_FIELDS if field in columns.columns}
    ids = set[str]()
    amounts: list[str] = []
    has_repeats = False
    for row in _cells(path, columns):
        for field, seen in dates.items() if row.cells else ():
            seen.add((row.cells or {})[field].strip()[:12])
        key = (row.cells or {}).get("id", "").strip()
        has_repeats = has_repeats or key in ids
        ids.update([key] if key else [])
        amounts += filter(None, [(row.cells or {}).get("amount")])
    orders = dict(orders_of(dates, otherwise)) if not columns.dates else {"": columns.dates}
    if "at" in orders and "created_at" not in dates:
        orders["created_at"] = orders["at"]
    money = money_in(amounts, columns.columns.get("amount", ""), "currency" in columns.columns)
    return Survey(orders, has_repeats, money)


def is_by_turn(columns: CsvMap) -> bool:
    """Whether a row is one turn, and rows of one id one conversation."""
    return columns.records == "calls" or "speaker" in columns.columns


def _cells(path: Path, columns: CsvMap) -> Iterator[Cells]:
    """Rows as cells by field name."""
    if not path.stat().st_size:
        return
    layout, header = find_table(path, columns)
    names = [_nth(name) for name in header.names]
    at = {field: names.index(_nth(plain(name))) for field, name in columns.columns.items()}
    mended = Mended(
        layout.sheet is not None and is_from_1904(path), unit_in(columns.columns.get("amount", ""))
    )
    for row in data_rows(path, layout, header):
        if row.cells is None:
            maybe = row.maybe if "id" in at or not row.maybe else None
            yield Cells(row.line, None, row.trouble, maybe)
        else:
            held = _held(row.cells, layout, len(names), at) if len(names) > 2 else 0
            cells = {field: mended.cell(field, row.cells[n]) for field, n in at.items()}
            yield Cells(row.line, None, HELD.format(held), None) if held else Cells(row.line, cells)


def _held(cells: Sequence[str], layout: Layout, width: int, at: Mapping[str, int]) -> int:
    """How many lines inside a row's cells are like rows: with a date where the table has its own.

    In a table that has none, with an id and an outcome where it has them.
    """
    dated = [n for field, n in at.items() if field in DATE_FIELDS]
    marks = [n for field, n in at.items() if field in ("id", "outcome")]
    rows = swallowed(cells, layout, width)
    if dated:
        return sum(any(_is_date(inner[n]) for n in dated) for inner in rows)
    return sum(bool(marks) and all(inner[n].strip() for n in marks) for inner in rows)


def _is_date(cell: str) -> bool:
    try:
        parse_moment(cell.strip(), UTC)
    except AmbiguousDateError:
        return True
    except (ValueError, OverflowError):
        return False
    return True


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


def _of_rows(rows: Iterator[Cells], reading: _Reading) -> Iterator[CsvRow]:
    for row in rows:
        if row.cells is None:
            yield CsvRow(row.line, "", None, row.trouble, row.maybe)
        else:
            yield _object(row.line, [row.cells], reading)


def _of_groups(rows: Iterator[Cells], reading: _Reading) -> Iterator[CsvRow]:
    """Records of the rows of one id: turns in their time, or what is one record in several rows."""
    for group in grouped(rows):
        if isinstance(group, Cells):
            yield CsvRow(group.line, "", None, group.trouble, group.maybe)
        elif is_by_turn(reading.columns):
            yield _object(group[0].line, _in_time([row.cells for row in group], reading), reading)
        else:
            for record in folded(group):
                yield _object(record[0].line, [*without_repeats(record)], reading)


def _in_time(group: Sequence[Mapping[str, str]], reading: _Reading) -> Sequence[Mapping[str, str]]:
    """The rows by their time where each has a readable one, with a day or without, else as they stand."""
    order = order_in(reading.orders, "at")
    clocks = [clock_of(cells.get("at", "")) for cells in group]
    if None not in clocks:
        return [group[n] for n in sorted(range(len(group)), key=lambda n: clocks[n] or 0)]
    try:
        return sorted(group, key=lambda cells: parse_moment(cells.get("at", ""), reading.zone, order))
    except (ValueError, OverflowError):
        return group


def _object(line: int, group: Sequence[Mapping[str, str]], reading: _Reading) -> CsvRow:
    columns = reading.columns
    raw = json.dumps([dict(cells) for cells in group], ensure_ascii=False)
    fields: dict[str, Any] = {"account": {}, "id": _id(group[0]) or None}
    for field in columns.columns:
        value = next((cells[field] for cells in group if cells[field].strip()), None)
        if field in _NESTED:
            fields["account"][_NESTED[field][1]] = value
        elif field not in _PER_TURN or columns.records == "deals":
            fields[field] = value
    if columns.records == "deals":
        fields["closed_at"] = fields.get("closed_at") or fields.pop("lost_at", None)
        fields |= priced(fields.get("amount") or "", fields.get("currency") or "", reading.money)
        stage = plain(fields["outcome"] or "")
        return CsvRow(line, raw, fields | {"outcome": columns.outcomes.get(stage, stage)})
    if not any((fields["account"].get("id"), fields["account"].get("name"))):
        fields["account"] = _by_address(fields.get("email") or "", reading)
    fields["contact"] = _named(fields.get("surname"), fields.get("contact")) or fields.get("email")
    fields["turns"] = [turn for cells in group for turn in _turns(cells, reading)]
    fields.setdefault("created_at", fields["turns"][0]["at"])
    return CsvRow(line, raw, fields)


def _named(surname: str | None, name: str | None) -> str:
    """A person of two columns, the surname first where it is written in Chinese or Japanese letters."""
    first, last = (name or "").strip(), (surname or "").strip()
    if not last or last in first:
        return first
    return " ".join(filter(None, (last, first) if last[0] > "\u2e80" else (first, last)))


def _by_address(email: str, reading: _Reading) -> dict[str, str | None]:
    """The account of a row without a company; none where the address is one of ours."""
    ours = {one.rpartition("@")[2].strip().lower() for one in reading.voices.domains}
    return {} if domain_of(email) in ours else by_address(email)


def _id(cells: Mapping[str, str]) -> str:
    """The id cell; where the map has none, a name made of what the row says, or lastingly says of a deal."""
    if "id" in cells:
        return cells["id"].strip()
    if "outcome" in cells:
        own = {field: plain(cells.get(field, "")) for field in _LASTING}
        return f"deal-{hashlib.sha256(json.dumps(own).encode()).hexdigest()[:12]}"
    words = json.dumps(sorted(cells.items()), ensure_ascii=False)
    return f"row-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _turns(cells: Mapping[str, str], reading: _Reading) -> Iterator[dict[str, str | None]]:
    """What was said in a row, and what we answered where the same row has it."""
    at = cells.get("at")
    plain_fields = {"name": cells.get("name"), "at": None if at and clock_of(at) is not None else at}
    if cells["text"].strip() or not cells.get("answer", "").strip():
        yield plain_fields | {"text": cell_of(cells["text"]), "speaker": _speaker(cells, reading)}
    if cells.get("answer", "").strip():
        yield {"text": cell_of(cells["answer"]), "speaker": "agent"}


def _speaker(cells: Mapping[str, str], reading: _Reading) -> str | None:
    if "speaker" not in reading.columns.columns:
        return reading.columns.speaker
    account = cells.get("account_name", "").strip()
    return role_of(cells["speaker"], reading.voices, account) if cells["speaker"].strip() else None
