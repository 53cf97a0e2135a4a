"""Which column of a table is what, guessed by headers; what stands in them is judged in column_checks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from connectors.tables.column_checks import Judged, Sample, Ways, judge
from connectors.tables.column_people import with_people
from connectors.tables.column_words import CALL, DEAL, LIST
from connectors.tables.layouts import Header, Layout, data_rows, headers, layouts
from koe.settings import CsvMap

Kind = Literal["tickets", "calls", "deals", "list"]
SAMPLE_ROWS = 300
_SIGNS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"[(【\[<].*?[)】\]>]")
_POLITE = re.compile(r"^(?:お(?=問)|ご(?=[質相要意]))")
_OF_DEAL = re.compile(r"^(?:deal|取引)\s+[-–]\s+")
"""How Pipedrive begins its headers."""
_FURTHER = re.compile(r"(?:必須|任意|全文)$")
_CALL_NAME = re.compile(r"商談|通話|会議|面談|応対|架電|call|meeting|transcript", re.I)
_CALL_HEADERS = re.compile(r"話者|発話|通話|商談日|面談日|会議|call|meeting", re.I)
_DEAL_SIGNS = frozenset(("amount", "loss_reason", "closed_at"))
_DEAL_NAMES = frozenset(
    ("案件id", "案件名", "商談id", "商談名", "取引id", "取引名", "dealid", "dealname", "opportunityname")
)
_TURN_FIELDS = ("speaker", "name", "at")


class Guess(NamedTuple):
    """What a table is taken for; `doubts` say why it is not read as it is."""

    kind: Kind | None
    fields: Mapping[str, str]
    """Header by field, also where it is not enough for a map."""
    columns: CsvMap | None
    how: str
    judged: Judged
    unused: tuple[str, ...] = ()
    """Headers that koe has no use for."""
    place: tuple[Layout, Header] | None = None
    """Where the table stands in its file."""

    other_sheets: tuple[str, ...] = ()
    """Visible sheets of the workbook that hold something beside this one; of all its guesses, unread ones."""
    prefix: str = ""
    """What stands before its numbers, as they begin anew on each sheet."""
    likely: Mapping[str, str] = MappingProxyType({})
    """Headers that could be what is missing."""

    @property
    def is_certain(self) -> bool:
        """Whether it can be read without being asked about."""
        return not self.judged.doubts and self.kind is not None


class _Candidate(NamedTuple):
    score: int
    kind: Kind
    fields: dict[str, int]
    layout: Layout
    header: Header


def guess(path: Path, name: str, zone: ZoneInfo, ways: Ways = Ways(), sheet: str | None = None) -> Guess:
    """What the table of a file is, or of one sheet of it. Raises SetupError when none can be opened."""
    found = _best(path, sheet) if path.stat().st_size else None
    if found is None:
        return Guess(None, {}, None, "", Judged((_nothing_in(path),)))
    rows = islice(data_rows(path, found.layout, found.header), SAMPLE_ROWS)
    cells = tuple(row.cells for row in rows if row.cells is not None)
    judged = judge(found.kind, _sample(found, cells), zone, ways)
    fields = {field: _written(found.header.names[n], found.header) for field, n in judged.fields.items()}
    unused = tuple(name for name in found.header.names if name and name not in fields.values())
    likely = {field: found.header.names[n] for field, n in judged.likely.items()}
    columns = None if judged.doubts or found.kind == "list" else _map(name, found, fields)
    place = (found.layout, found.header)
    return Guess(
        found.kind,
        fields,
        columns,
        found.layout.how,
        judged,
        unused,
        place,
        _other_sheets(path, found.layout) if sheet is None else (),
        likely=likely,
    )


def _sample(found: _Candidate, rows: Sequence[Sequence[str]]) -> Sample:
    """The rows with what their columns are taken for, people beside companies."""
    names, fields = found.header.names, found.fields
    if found.kind != "deals":
        cells = [[row[n] for row in rows if row[n].strip()] for n in range(len(names))]
        fields = with_people(fields, [key(name) for name in names], cells)
    return Sample(names, fields, rows)


def _nothing_in(path: Path) -> str:
    if not path.stat().st_size:
        return "is empty (0 bytes); export it again"
    if not any(cell.strip() for layout in layouts(path) for row in layout.head for cell in row.cells or ()):
        return "has nothing but blank rows; export it again"
    with path.open("rb") as file:
        if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return "is a web page and no table, as a vendor gives whose session has ended; export it again"
    return "no row has names of columns that koe knows"


def _other_sheets(path: Path, chosen: Layout) -> tuple[str, ...]:
    if chosen.sheet is None:
        return ()
    others = (one for one in layouts(path) if one.sheet != chosen.sheet)
    return tuple(one.sheet or "" for one in others if sum(any(row.cells or ()) for row in one.head) > 1)


def _written(name: str, header: Header) -> str:
    return f"{name}#1" if f"{name}#2" in header.names else name


def _map(name: str, found: _Candidate, fields: Mapping[str, str]) -> CsvMap:
    """The map of a table about which there is no doubt."""
    assert found.kind != "list"
    return CsvMap(
        path=name,
        records=found.kind,
        columns=dict(fields),
        sheet=found.layout.sheet,
    )


def _best(path: Path, sheet: str | None) -> _Candidate | None:
    """The layout and header whose names say most; the first of several that say as much."""
    best: _Candidate | None = None
    for layout in layouts(path, sheet=sheet):
        for header in headers(layout.head):
            found = _kind_of(header, path.name)
            if found and (best is None or found[0] > best.score):
                best = _Candidate(*found, layout, header)
    return best


def _kind_of(header: Header, name: str) -> tuple[int, Kind, dict[str, int]] | None:
    """The kind of records that a header has columns for, and how many of them."""
    talk, deal, files = (match(header.names, words) for words in (CALL, DEAL, LIST))
    if "outcome" not in deal and "stage" in deal:
        deal = deal | {"outcome": deal["stage"]}
    if "file" in files and len(files) > 1:
        return len(files) + 1, "list", files
    if "outcome" in deal and "text" not in talk and _DEAL_NAMES & {key(name) for name in header.names}:
        return len(deal), "deals", deal
    if "outcome" in deal and _DEAL_SIGNS & deal.keys() and not {"speaker", "text", "answer"} <= talk.keys():
        return len(deal), "deals", deal
    if len(talk) < 2 or not talk.keys() & {"text", "title", "created_at"}:
        return None
    is_call = bool(_CALL_NAME.search(name) or _CALL_HEADERS.search(" ".join(header.names)))
    if "speaker" in talk:
        return len(talk), "calls" if is_call else "tickets", talk
    fields = {field: n for field, n in talk.items() if field not in _TURN_FIELDS}
    return len(fields), "calls" if _CALL_NAME.search(name) and "answer" not in fields else "tickets", fields


def match(names: Sequence[str], words: Mapping[str, str]) -> dict[str, int]:
    """Field → column. A column goes to the field in whose words it stands first, a field to one column."""
    keys = [key(name) for name in names]
    ranked = sorted(
        (rank, at, field, keys.index(word))
        for at, (field, known) in enumerate(words.items())
        for rank, word in enumerate(dict.fromkeys(map(key, known.split())))
        if word in keys
    )
    found: dict[str, int] = {}
    for _, _, field, n in ranked:
        if field not in found and n not in found.values():
            found[field] = n
    return {field: found[field] for field in words if field in found}


def key(name: str) -> str:
    """A header as it is looked up: without case, signs, a polite お, and what stands in brackets."""
    text = _OF_DEAL.sub("", unicodedata.normalize("NFKC", name).lower())
    text = _SIGNS.sub("", _BRACKETS.sub("", text) or text)
    return _POLITE.sub("", _FURTHER.sub("", text) or text)
