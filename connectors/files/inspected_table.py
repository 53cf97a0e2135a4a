"""What koe makes of a table, said in lines: its columns with examples, what is unclear, what to paste."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from connectors.files.parts import nfc
from connectors.files.placing import toml
from connectors.records.dates import shape_of
from connectors.records.outcomes import advice
from connectors.records.speakers import ROLES, is_generic, plain_name
from connectors.tables.cells import DATE_FIELDS
from connectors.tables.column_checks import NOT_KNOWN
from connectors.tables.columns import Guess
from connectors.tables.workbooks import WORKBOOK_MARKS, hidden_sheets
from connectors.words.inspecting import EN, Inspecting
from koe.language.text import clean

__all__ = ["hinted", "map_lines", "table_lines"]

SPEAKERS = 20
_PEOPLE = ("contact", "surname", "name", "owner", "speaker", "email", "file", "account_name", "account_id")
_WORDS = ("text", "answer", "title", "loss_reason", "tags")


def table_lines(
    name: str, path: Path, what: Guess, words: Inspecting, unplaced: tuple[str, ...] = ()
) -> Iterator[str]:
    """What a table is taken for, and the lines that say otherwise; `unplaced` are speakers nobody knows."""
    yield f"{name}: {words.kinds[what.kind or '']}" + _how(what, words)
    for field, header in what.fields.items():
        cells = what.judged.examples.get(field, ())
        shown = " · ".join(dict.fromkeys(_shown(field, cell, words) for cell in cells))
        yield f"  {field:<13} ← {_padded(header)}  {shown}".rstrip()
    if what.unused:
        yield f"  {words.not_used.format(names=words.joined(what.unused[:12]))}" + " …" * (
            len(what.unused) > 12
        )
    yield from (f"  {words.note.format(line=note)}" for note in _notes(path, what, words, unplaced))
    yield from (f"  {words.unclear.format(line=words.said(doubt))}" for doubt in what.judged.doubts)
    if what.kind != "list":
        yield from _to_paste(path, what, words, unplaced)


def _how(what: Guess, words: Inspecting) -> str:
    return words.how.format(how=words.said(what.how)) if what.how else ""


def _notes(path: Path, what: Guess, words: Inspecting, unplaced: tuple[str, ...]) -> Iterator[str]:
    """What one should know of the table, and of the sheets beside it."""
    yield from (words.said(note) for note in what.judged.notes if unplaced or NOT_KNOWN not in note)
    hidden = hidden_sheets(path) if _is_workbook(path) else []
    if hidden:
        yield words.hidden.format(names=words.joined(hidden))
    if what.other_sheets:
        names = ", ".join(what.other_sheets)
        yield words.said(f"not read: the sheets {names}; name each in a map with `sheet`")


def _to_paste(path: Path, what: Guess, words: Inspecting, unplaced: tuple[str, ...]) -> Iterator[str]:
    """The map as lines of koe.toml; where something is missing, with a place for it."""
    if what.kind is None or not what.judged.examples:
        return
    lines = [*map_lines(nfc(path.name), what, unplaced, words)]
    if any('= "…"' in line or line.endswith(f"# {words.a_guess}") for line in lines):
        yield f"  {words.to_mend}"
    elif what.is_certain:
        yield f"  {words.as_it_is}"
    else:
        yield f"  {words.all_the_same}"
    yield ""
    yield f"    # {words.once_above.format(path=toml(str(path.parent.resolve())))}"
    yield from (f"    {line}" for line in lines)
    yield ""


def map_lines(
    name: str, what: Guess, unplaced: tuple[str, ...] = (), words: Inspecting = EN
) -> Iterator[str]:
    """`koe.toml` lines of a guess."""
    yield "[[sources.files.csv]]"
    yield f"path = {toml(name)}"
    yield f"records = {toml(what.kind or 'tickets')}"
    if what.place and what.place[0].sheet:
        yield f"sheet = {toml(what.place[0].sheet)}"
    if what.judged.is_unsettled:
        yield f'dates = "…"  # {words.order}'
    if what.judged.outcomes:
        yield f"{advice(what.judged.outcomes)}  # {words.outcomes}"
    if unplaced:
        roles = ", ".join(f'{toml(one)} = "…"' for one in unplaced[:SPEAKERS])
        yield f"speakers = {{ {roles} }}  # {words.speakers}"
    yield "[sources.files.csv.columns]"
    yield from _columns(what, words)


def _columns(what: Guess, words: Inspecting) -> Iterator[str]:
    """The columns of a map: what is known, what is a guess, and what somebody has to fill in."""
    for field, header in what.fields.items():
        if field not in what.likely:
            no_date = words.no_date.format(header=header)
            dateless = field in what.judged.dateless
            yield f'{field} = "…"  # {no_date}' if dateless else f"{field} = {toml(header)}"
    yield from (f"{field} = {toml(header)}  # {words.a_guess}" for field, header in what.likely.items())
    for doubt in what.judged.doubts:
        lacking = re.match(r"no column is known to be .*\((\w+)\)", doubt)
        if lacking and lacking[1] not in what.likely:
            yield f'{lacking[1]} = "…"'


def _padded(header: str) -> str:
    """A header with spaces up to a common width; a Japanese letter is two wide."""
    wide = sum(unicodedata.east_asian_width(ch) in "WF" for ch in header)
    return header + " " * (16 - len(header) - wide)


def _shown(field: str, cell: str, words: Inspecting) -> str:
    """A cell as an example: what a person said or is called is only hinted at."""
    text = " ".join(clean(cell).split())
    if field in _PEOPLE:
        return hinted(text)
    if field in _WORDS:
        return words.hinted.format(sign=text[:1], count=words.counted(len(text), "characters"))
    return shape_of(text) if field in DATE_FIELDS else text[:24]


def hinted(name: str) -> str:
    """The first sign of a name; all of what is a side or a number in place of one."""
    is_said = is_generic(name) or plain_name(name) in ROLES
    return name if is_said else f"{name[:1]}●"


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8).startswith(WORKBOOK_MARKS)
