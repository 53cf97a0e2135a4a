"""The sheets of a workbook that are read beside the one that says most: tickets here and deals there, a sheet
a month.

Numbers that begin anew on each sheet are told apart by the sheet's name.
"""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from connectors.tables.column_checks import Ways
from connectors.tables.columns import SAMPLE_ROWS, Guess, guess
from connectors.tables.layouts import data_rows

ANEW = "its numbers begin anew on each sheet, so each is known by its sheet's name and its number"
_NO_DATA = re.compile(
    r"記入例|入力例|記載例|サンプル|見本|テンプレ|雛形|ひな形|原本|コピー|バックアップ|sample|example|template|copy|backup",
    re.I,
)
"""Sheets that people keep beside their data."""


def guess_sheets(path: Path, name: str, zone: ZoneInfo, ways: Ways = Ways()) -> tuple[Guess, ...]:
    """What the table of a file is, and what the other sheets of it are that leave no doubt.

    Raises SetupError when there is none that can be opened.
    """
    first = guess(path, name, zone, ways)
    others = {
        sheet: guess(path, name, zone, ways, sheet)
        for sheet in first.other_sheets
        if not _NO_DATA.search(sheet)
    }
    more = [one for one in others.values() if one.columns is not None]
    read = {sheet for sheet, one in others.items() if one.columns is not None}
    left = tuple(sheet for sheet in first.other_sheets if sheet not in read)
    return _told_apart(path, (first._replace(other_sheets=left), *more)) if more else (first,)


def _told_apart(path: Path, found: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """The guesses, with a prefix to the numbers of those of a kind whose numbers are each other's too."""
    rows = [_by_id(path, one) for one in found]
    anew = {
        one.kind
        for n, one in enumerate(found)
        for m in range(n)
        if found[m].kind == one.kind and _begin_anew(rows[n], rows[m])
    }
    return tuple(_with_prefix(one) if one.kind in anew else one for one in found)


def _by_id(path: Path, one: Guess) -> dict[str, Sequence[str]]:
    if one.place is None or "id" not in one.fields or one.columns is None:
        return {}
    layout, header = one.place
    n = header.names.index(one.fields["id"].removesuffix("#1"))
    rows = islice(data_rows(path, layout, header), SAMPLE_ROWS)
    return {row.cells[n].strip(): row.cells for row in rows if row.cells is not None}


def _begin_anew(left: dict[str, Sequence[str]], right: dict[str, Sequence[str]]) -> bool:
    """Whether most numbers that both have stand before different rows."""
    both = left.keys() & right.keys()
    return 2 * sum(left[key] != right[key] for key in both) > len(both)


def _with_prefix(one: Guess) -> Guess:
    """The guess with its numbers told apart by the name of their sheet."""
    if one.columns is None or "id" not in one.fields:
        return one
    return one._replace(
        prefix=f"{one.columns.sheet}-", judged=one.judged._replace(notes=(*one.judged.notes, ANEW))
    )
