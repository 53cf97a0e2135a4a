"""What is said of a table that is read: as what, what of it is left out, and what was taken for granted."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from connectors.records.dates import Order
from connectors.records.json_lines import Found
from connectors.tables.column_checks import NOT_USED, said_of_outcomes
from connectors.tables.column_damage import TURNED
from connectors.tables.column_dates import FAR, LEFT_OUT
from connectors.tables.columns import Guess
from connectors.tables.csv_rows import CsvRow, survey
from connectors.tables.layouts import data_rows
from connectors.tables.sheets import ANEW
from connectors.talks.transcripts import Facts
from koe.errors import SetupError
from koe.settings import CsvMap


def how(what: Guess) -> str:
    """How a table without a map is read, in one line."""
    fields = ", ".join(f"{field} = {name}" for field, name in what.fields.items())
    return f"read as {what.kind} ({what.how}): {fields}"


def left_out(what: Guess) -> Iterator[str]:
    """What of a table that is read is left out, with the next move."""
    if what.other_sheets:
        names = ", ".join(what.other_sheets[:8])
        yield f"not read: the sheets {names}; name each in a map with `sheet`"
    told, marks = ("hold words", "no column is a company", ANEW), (TURNED, LEFT_OUT, FAR, NOT_USED)
    yield from (n for n in what.judged.notes if n.startswith(told) or any(mark in n for mark in marks))
    if what.judged.outcomes:
        yield said_of_outcomes(what.judged.outcomes)


def assumed(path: Path, columns: CsvMap, otherwise: Order | None) -> tuple[str, ...]:
    """What only the whole column of amounts tells; of a table that cannot be read, reading it says why."""
    if "amount" not in columns.columns or not path.is_file():
        return ()
    with suppress(SetupError):
        said = survey(path, columns, otherwise).money.said
        return tuple(f"column {columns.columns['amount']!r}: {line}" for line in said)
    return ()


def found_of(place: str, row: CsvRow, columns: CsvMap, prefix: str) -> Found:
    """A row of a table as a record to be understood, its number behind the prefix of its sheet."""
    maybe = row.maybe and tuple(f"{prefix}{key}" for key in row.maybe)
    if row.fields is None:
        return Found(place, row.raw, None, row.trouble, maybe=maybe)
    fields = {**row.fields, "id": row.fields["id"] and f"{prefix}{row.fields['id']}"}
    if header := _undated(fields, columns):
        blank = f"column {header!r} is blank: a row without its date is in no week"
        return Found(place, row.raw, None, blank, maybe=(fields["id"],) if fields["id"] else ())
    return Found(place, row.raw, fields, row.trouble, maybe=maybe)


def _undated(fields: Mapping[str, Any], columns: CsvMap) -> str | None:
    """The header of the date that a row of a conversation lacks."""
    is_dated = columns.records == "deals" or fields.get("created_at")
    return None if is_dated else columns.columns.get("created_at")


def list_rows(path: Path, what: Guess) -> Iterator[Facts]:
    """The rows of a list of transcripts by field."""
    if what.place is None:
        return
    layout, header = what.place
    at = {field: header.names.index(name.removesuffix("#1")) for field, name in what.fields.items()}
    for row in data_rows(path, layout, header):
        if row.cells is not None:
            yield {field: row.cells[n].strip() for field, n in at.items()}
