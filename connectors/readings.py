"""What is said of a table that is read: as what, what of it is left out, and what was taken for granted."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from connectors.column_checks import NOT_USED, said_of_outcomes
from connectors.column_damage import TURNED
from connectors.column_dates import FAR, LEFT_OUT
from connectors.columns import Guess
from connectors.csv_rows import survey
from connectors.dates import Order
from connectors.sheets import ANEW
from connectors.tables import data_rows
from connectors.transcripts import Facts
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


def list_rows(path: Path, what: Guess) -> Iterator[Facts]:
    """The rows of a list of transcripts by field."""
    if what.place is None:
        return
    layout, header = what.place
    at = {field: header.names.index(name.removesuffix("#1")) for field, name in what.fields.items()}
    for row in data_rows(path, layout, header):
        if row.cells is not None:
            yield {field: row.cells[n].strip() for field, n in at.items()}
