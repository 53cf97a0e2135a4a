"""What koe makes of a file or a folder, said in lines: how it is read, an example, what to set.

Nothing is taken in. Examples show how a cell looks, not what a person said or who they are. A speaker's
name stands whole in one place alone: the line to paste in which it is to be placed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.base import Skipped
from connectors.files.not_read import not_read
from connectors.files.parts import TABLES, FolderParts, Part, nfc
from connectors.files.placing import to_ask, toml
from connectors.files.source import of_files
from connectors.records.dates import NO_ORDERS, shape_of
from connectors.records.file_format import Origin, conversation_of, deal_of
from connectors.records.json_lines import Found
from connectors.records.outcomes import advice
from connectors.records.speakers import ROLES, is_generic, plain_name, role_of
from connectors.tables.cells import DATE_FIELDS
from connectors.tables.column_checks import NOT_KNOWN
from connectors.tables.columns import Guess
from connectors.tables.workbooks import WORKBOOK_MARKS, hidden_sheets
from connectors.talks.transcripts import PRINTED
from koe.errors import SetupError, SkipError
from koe.language.text import clean
from koe.records import Conversation, ConversationKind, Deal
from koe.settings import Settings, SourceSettings

READ_AT_MOST = 2000
SHOWN = 5
SPEAKERS = 20
NO_NAME = "(no name)"
_PEOPLE = ("contact", "surname", "name", "owner", "speaker", "email", "file", "account_name", "account_id")
_WORDS = ("text", "answer", "title", "loss_reason", "tags")
_KINDS: Mapping[str, ConversationKind] = {"tickets": "ticket", "calls": "call"}


class _People(NamedTuple):
    """Who stands in the parts of a folder."""

    unknown: set[str]
    """Speakers of whom nobody can tell whose they are."""
    owners: set[str]
    """Who of us has a deal."""


class _Tried(NamedTuple):
    """What became of the first records of a part."""

    records: list[Conversation | Deal]
    skipped: list[Skipped]
    remarks: list[Skipped]
    """What one should know of records that can be read."""
    people: _People
    """Of all parts."""


def inspect(path: Path, settings: Settings) -> Iterator[str]:
    """Lines on a file, or on every file of a folder. Raises SetupError when there is nothing there."""
    path = path.expanduser()
    if not path.exists():
        raise SetupError(f"{str(path)!r} does not exist. Name a file or a folder.")
    is_folder = path.is_dir()
    folder = path if is_folder else path.parent
    how = _as_configured(folder, settings)
    orders = {"": how.date_order} if how.date_order else NO_ORDERS
    origin = Origin("files", settings.zone, orders, how.outcomes)
    parts = FolderParts(how, origin, settings.agents)
    mine = [part for part in parts.parts() if is_folder or path.name in {one.name for one in part.paths}]
    lists = [one for one in _lists(parts) if is_folder or one[0] == path]
    for place, what in lists:
        yield from _table(nfc(place.name), place, what)
    people = _People(set(), set())
    for part in mine:
        yield from _part(part, parts, origin, people)
    yield from to_ask(people.unknown - {""}, people.owners, folder)
    others = parts.others() if is_folder else []
    if others:
        yield not_read(others, most=len(others))
    if not mine and not lists:
        yield f"{nfc(path.name)}: nothing here is a table, a transcript, mail or koe's own JSON lines"


def _as_configured(folder: Path, settings: Settings) -> SourceSettings:
    """The settings of the source that reads this folder, where there is one."""
    for source in settings.sources.values():
        if isinstance(source, SourceSettings):
            found = of_files(source, settings)
            if found.path.resolve() == folder.resolve():
                return found.model_copy(update={"path": folder})
    return of_files(SourceSettings(path=folder.resolve()), settings)


def _lists(parts: FolderParts) -> Iterator[tuple[Path, Guess]]:
    for path in parts.files():
        what = parts.guess(path) if path.suffix.lower() in TABLES else None
        if isinstance(what, Guess) and what.kind == "list" and what.is_certain:
            yield path, what


def _part(part: Part, parts: FolderParts, origin: Origin, people: _People) -> Iterator[str]:
    path = part.paths[0]
    what = parts.guess(path, part.sheet) if path.suffix.lower() in TABLES else None
    if isinstance(what, Guess):
        yield from _table(part.name, path, what, _unplaced(what, parts))
    elif what is not None:
        yield f"{part.name}: {what}"
        return
    if not part.is_refused:
        yield from _results(part, _tried(part, origin, people), None if what else origin.zone)


def _unplaced(what: Guess, parts: FolderParts) -> tuple[str, ...]:
    """Speakers of a table whom neither their names nor the settings place."""
    return tuple(one for one in what.judged.speakers if role_of(one, parts.voices) is None)


def _table(name: str, path: Path, what: Guess, unplaced: tuple[str, ...] = ()) -> Iterator[str]:
    kind = {"list": "a list of transcripts", None: "not known"}.get(what.kind, str(what.kind))
    yield f"{name}: {kind}" + f" ({what.how})" * bool(what.how)
    for field, header in what.fields.items():
        shown = " · ".join(dict.fromkeys(_shown(field, cell) for cell in what.judged.examples.get(field, ())))
        yield f"  {field:<13} ← {_padded(header)}  {shown}".rstrip()
    if what.unused:
        yield f"  not used: {', '.join(what.unused[:12])}" + " …" * (len(what.unused) > 12)
    notes = (one for one in what.judged.notes if unplaced or NOT_KNOWN not in one)
    yield from (f"  note: {note}" for note in notes)
    hidden = hidden_sheets(path) if _is_workbook(path) else []
    if hidden:
        yield f"  note: hidden sheets are not read: {', '.join(hidden)}"
    if what.other_sheets:
        yield f"  note: not read: the sheets {', '.join(what.other_sheets)}; name each in a map with `sheet`"
    yield from (f"  unclear: {doubt}" for doubt in what.judged.doubts)
    if what.kind != "list":
        yield from _to_paste(name, path, what, unplaced)


def _to_paste(name: str, path: Path, what: Guess, unplaced: tuple[str, ...]) -> Iterator[str]:
    """The map as lines of koe.toml; where something is missing, with a place for it."""
    if what.kind is None or not what.judged.examples:
        return
    lines = [*map_lines(nfc(path.name), what, unplaced)]
    if any('= "…"' in line or line.endswith("# a guess") for line in lines):
        yield "  To read it, mend this:"
    elif what.is_certain:
        yield "  It is read like this as it is. To say it yourself:"
    else:
        yield "  To read it all the same, paste this; each row that cannot be used is then named:"
    yield ""
    yield f"    # once, above: [sources.files] with path = {toml(str(path.parent.resolve()))}"
    yield from (f"    {line}" for line in lines)
    yield ""


def map_lines(name: str, what: Guess, unplaced: tuple[str, ...] = ()) -> Iterator[str]:
    """`koe.toml` lines of a guess."""
    yield "[[sources.files.csv]]"
    yield f"path = {toml(name)}"
    yield f"records = {toml(what.kind or 'tickets')}"
    if what.place and what.place[0].sheet:
        yield f"sheet = {toml(what.place[0].sheet)}"
    if what.judged.is_unsettled:
        yield 'dates = "…"  # "mdy" or "dmy" or "ymd": what stands first'
    if what.judged.outcomes:
        yield f"{advice(what.judged.outcomes)}  # won, lost or open"
    if unplaced:
        roles = ", ".join(f'{toml(one)} = "…"' for one in unplaced[:SPEAKERS])
        yield f'speakers = {{ {roles} }}  # "agent" is ours, "customer" theirs; "*" is everybody else'
    yield "[sources.files.csv.columns]"
    for field, header in what.fields.items():
        if field not in what.likely:
            dateless = field in what.judged.dateless
            yield f'{field} = "…"  # {header} has no date' if dateless else f"{field} = {toml(header)}"
    yield from (f"{field} = {toml(header)}  # a guess" for field, header in what.likely.items())
    for doubt in what.judged.doubts:
        lacking = re.match(r"no column is known to be .*\((\w+)\)", doubt)
        if lacking and lacking[1] not in what.likely:
            yield f'{lacking[1]} = "…"'


def _tried(part: Part, origin: Origin, people: _People) -> _Tried:
    tried = _Tried([], [], [], people)
    try:
        for found in islice(part.read(), READ_AT_MOST):
            _try(found, part, origin, tried)
    except SetupError as error:
        tried.skipped.append(Skipped(part.name, str(error)))
    return tried


def _try(found: Found, part: Part, origin: Origin, tried: _Tried) -> None:
    own = origin._replace(dates=found.dates or origin.dates)
    try:
        if found.fields is None:
            raise SkipError(found.trouble)
        is_deal = part.stream == "deals"
        record = (
            deal_of(found.fields, own) if is_deal else conversation_of(found.fields, _KINDS[part.stream], own)
        )
        tried.records.append(record)
    except SkipError as error:
        tried.skipped.append(Skipped(found.place, str(error)))
    tried.remarks.extend(Skipped(found.place, said.replace(PRINTED, "")) for said in found.said)


def _results(part: Part, tried: _Tried, zone: ZoneInfo | None) -> Iterator[str]:
    """How many records there are; with a zone also who speaks in them and when."""
    wrong = f", {len(tried.skipped)} cannot" if tried.skipped else ""
    head = "  " if zone is None else f"{part.name}: "
    yield f"{head}{_n(len(tried.records), part.stream)} can be read{wrong}"
    yield from (f"  note: {line}" for line in (*(part.said if zone is not None else ()), *part.assumed()))
    talks = [one for one in tried.records if isinstance(one, Conversation)]
    tried.people.owners.update(one.owner for one in tried.records if isinstance(one, Deal))
    if zone is not None and talks and not part.is_asked_for:
        yield from _voices(talks, zone)
        tried.people.unknown.update(one.name for talk in talks for one in talk.turns if one.role == "other")
    yield from _listed("!", tried.skipped)
    yield from _listed("note:", tried.remarks)


def _n(number: int, nouns: str) -> str:
    return f"{number} {nouns if number != 1 else nouns.removesuffix('s')}"


def _listed(mark: str, found: list[Skipped]) -> Iterator[str]:
    """The first of what is said of places."""
    yield from (f"  {mark} {one.place}: {one.reason}" for one in found[:SHOWN])
    if len(found) > SHOWN:
        yield f"  … and {len(found) - SHOWN} more"


def _padded(header: str) -> str:
    """A header with spaces up to a common width; a Japanese letter is two wide."""
    wide = sum(unicodedata.east_asian_width(ch) in "WF" for ch in header)
    return header + " " * (16 - len(header) - wide)


def _voices(talks: list[Conversation], zone: ZoneInfo) -> Iterator[str]:
    """Who speaks, as which side; who is placed is only hinted at."""
    names = {(turn.role, turn.name or NO_NAME) for talk in talks for turn in talk.turns}
    for role in ("customer", "agent", "other"):
        who = sorted({_hinted(name) for one, name in names if one == role}, key=plain_name)
        if who:
            yield f"  {role}: {', '.join(who[:8])}" + " …" * (len(who) > 8)
    accounts = sorted({talk.account.name or talk.account.id for talk in talks})
    days = sorted(talk.created_at.astimezone(zone).date().isoformat() for talk in talks)
    yield f"  {days[0]} – {days[-1]}, {_n(len(accounts), 'customers')}"


def _shown(field: str, cell: str) -> str:
    """A cell as an example: what a person said or is called is only hinted at."""
    text = " ".join(clean(cell).split())
    if field in _PEOPLE:
        return _hinted(text)
    if field in _WORDS:
        return f"{text[:1]}● ({_n(len(text), 'characters')})"
    return shape_of(text) if field in DATE_FIELDS else text[:24]


def _hinted(name: str) -> str:
    """The first sign of a name; all of what is a side or a number in place of one."""
    is_said = is_generic(name) or name == NO_NAME or plain_name(name) in ROLES
    return name if is_said else f"{name[:1]}●"


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8).startswith(WORKBOOK_MARKS)
