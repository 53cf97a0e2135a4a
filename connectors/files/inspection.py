"""What koe makes of a file or a folder, said in lines: how it is read, an example, what to set.

Nothing is taken in. Examples show how a cell looks, not what a person said or who they are. A speaker's
name stands whole in one place alone: the line to paste in which it is to be placed.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.base import Skipped
from connectors.files.inspected_table import hinted, table_lines
from connectors.files.not_read import not_read
from connectors.files.parts import TABLES, FolderParts, Part, nfc
from connectors.files.placing import to_ask
from connectors.files.source import of_files
from connectors.records.dates import NO_ORDERS
from connectors.records.file_format import Origin, conversation_of, deal_of
from connectors.records.json_lines import Found
from connectors.records.speakers import plain_name, role_of
from connectors.tables.columns import Guess
from connectors.talks.transcripts import PRINTED
from connectors.words.inspecting import Inspecting, inspecting_in
from koe.errors import SetupError, SkipError
from koe.records import Conversation, ConversationKind, Deal
from koe.settings import Settings, SourceSettings

READ_AT_MOST = 2000
SHOWN = 5
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
    parts, words = FolderParts(how, origin, settings.agents), inspecting_in(settings.language)
    mine = [part for part in parts.parts() if is_folder or path.name in {one.name for one in part.paths}]
    lists = [one for one in _lists(parts) if is_folder or one[0] == path]
    for place, what in lists:
        yield from table_lines(nfc(place.name), place, what, words)
    people = _People(set(), set())
    for part in mine:
        yield from _part(part, parts, origin, people, words)
    yield from to_ask(people.unknown - {""}, people.owners, folder, words)
    others = parts.others() if is_folder else []
    if others:
        yield not_read(others, len(others), words)
    if not mine and not lists:
        yield words.nothing_here.format(name=nfc(path.name))


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


def _part(
    part: Part, parts: FolderParts, origin: Origin, people: _People, words: Inspecting
) -> Iterator[str]:
    path = part.paths[0]
    what = parts.guess(path, part.sheet) if path.suffix.lower() in TABLES else None
    if isinstance(what, Guess):
        yield from table_lines(part.name, path, what, words, _unplaced(what, parts))
    elif what is not None:
        yield f"{part.name}: {words.said(what)}"
        return
    if not part.is_refused:
        yield from _results(part, _tried(part, origin, people), None if what else origin.zone, words)


def _unplaced(what: Guess, parts: FolderParts) -> tuple[str, ...]:
    """Speakers of a table whom neither their names nor the settings place."""
    return tuple(one for one in what.judged.speakers if role_of(one, parts.voices) is None)


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


def _results(part: Part, tried: _Tried, zone: ZoneInfo | None, words: Inspecting) -> Iterator[str]:
    """How many records there are; with a zone also who speaks in them and when."""
    wrong = words.cannot.format(n=len(tried.skipped)) if tried.skipped else ""
    head = "  " if zone is None else f"{part.name}: "
    count = words.counted(len(tried.records), part.stream)
    yield f"{head}{words.can_be_read.format(count=count)}{wrong}"
    notes = (*(part.said if zone is not None else ()), *part.assumed())
    yield from (f"  {words.note.format(line=words.said(line))}" for line in notes)
    talks = [one for one in tried.records if isinstance(one, Conversation)]
    tried.people.owners.update(one.owner for one in tried.records if isinstance(one, Deal))
    if zone is not None and talks and not part.is_asked_for:
        yield from _voices(talks, zone, words)
        tried.people.unknown.update(one.name for talk in talks for one in talk.turns if one.role == "other")
    yield from _listed("! {line}", tried.skipped, words)
    yield from _listed(words.note, tried.remarks, words)


def _listed(form: str, found: list[Skipped], words: Inspecting) -> Iterator[str]:
    """The first of what is said of places."""
    for one in found[:SHOWN]:
        yield f"  {form.format(line=f'{one.place}: {words.said(one.reason)}')}"
    if len(found) > SHOWN:
        yield f"  {words.more.format(n=len(found) - SHOWN)}"


def _voices(talks: list[Conversation], zone: ZoneInfo, words: Inspecting) -> Iterator[str]:
    """Who speaks, as which side; who is placed is only hinted at."""
    names = {(turn.role, turn.name) for talk in talks for turn in talk.turns}
    for role, said in words.roles.items():
        who = sorted(
            {hinted(name) if name else words.no_name for one, name in names if one == role}, key=plain_name
        )
        if who:
            yield f"  {said}: {words.joined(who[:8])}" + " …" * (len(who) > 8)
    accounts = sorted({talk.account.name or talk.account.id for talk in talks})
    days = sorted(talk.created_at.astimezone(zone).date().isoformat() for talk in talks)
    count = words.counted(len(accounts), "customers")
    yield f"  {words.customers_between.format(first=days[0], last=days[-1], count=count)}"
