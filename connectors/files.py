"""The `files` source: a folder with tickets.jsonl, calls.jsonl, deals.jsonl, and CSV files by a map.

A file cannot say what changed, so each pull lists a stream anew when one of its files has changed, and
what the new listing lacks is gone. An unchanged file costs its SHA-256. Memory holds one page and the
ids. A file that was there before and is missing now stops the pull: it may be a disk that is not
mounted. An empty file says that there is nothing left.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from connectors.base import Cursor, Item, Page, Skipped
from connectors.csv_rows import read_csv, read_ids
from connectors.file_format import Origin, conversation_of, created_at_of, deal_of, id_of
from connectors.json_lines import Found, read_jsonl
from koe.errors import RetryError, SetupError, SkipError
from koe.records import Conversation, ConversationKind, Deal
from koe.settings import CsvMap, SourceSettings
from koe.weeks import week_of

STREAMS = ("deals", "tickets", "calls")
PAGE_ITEMS = 500
PAGE_CHARACTERS = 8_000_000
FORMAT = "1"
"""Goes up when the same file is to be read differently, so that it is listed again."""
_CREATED = re.compile(r'"created_at"\s*:\s*"([^"\\]{8,40})"')
_LEADING_ID = re.compile(r'\s*\{\s*"id"\s*:\s*"([^"\\]+)"')
_KINDS: dict[str, ConversationKind] = {"tickets": "ticket", "calls": "call"}


class File(NamedTuple):
    """One file of a stream; `columns` is the map of a CSV file, None for koe's own format."""

    name: str
    path: Path
    columns: CsvMap | None


class Progress(NamedTuple):
    """A listing of a stream: which one, and how many records were read and used."""

    listing: str
    files: tuple[File, ...]
    at: int = 0
    used: int = 0


class FilesSource:
    """A folder of files as a source. With a mark, its streams stand beside those of other folders."""

    page_items = PAGE_ITEMS

    def __init__(self, name: str, settings: SourceSettings, zone: ZoneInfo, mark: str = "") -> None:
        self.name = name
        self.streams = tuple(f"{stream}@{mark}" if mark else stream for stream in STREAMS)
        self._folder = settings.path.expanduser()
        self._csv = settings.csv
        self._origin = Origin(name, zone)

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[Page]:
        """The pages of a stream that the cursor lacks; none when its files are as they were.

        Raises SetupError when a file is missing or not readable, RetryError when one changes meanwhile.
        """
        stream = stream.partition("@")[0]
        files = self._files(stream, cursor or {})
        try:
            before = _stamps(files)
            progress = self._resume(files, cursor or {})
            if progress is not None:
                yield from self._list(stream, progress)
                if _stamps(files) != before:
                    raise RetryError(
                        f"A file of {stream} in {str(self._folder)!r} changed while it was read."
                    )
        except OSError as error:
            raise SetupError(f"{error.filename!r} cannot be read: {error.strerror}.") from None

    def _files(self, stream: str, cursor: Cursor) -> tuple[File, ...]:
        """The files of a stream that are there. Raises SetupError for one that should be."""
        own = self._own(stream)
        mapped = [File(m.path, self._folder / m.path, m) for m in self._csv if m.records == stream]
        if not self._csv and not any(self._own(name).path.is_file() for name in STREAMS):
            names = ", ".join(f"{name}.jsonl" for name in STREAMS)
            raise SetupError(f"{str(self._folder)!r} has none of {names}. Name the folder that has them.")
        expected = [*mapped, *([own] if own.name in json.loads(cursor.get("files", "[]")) else [])]
        for file in expected:
            if not file.path.is_file():
                raise SetupError(
                    f"{str(file.path)!r} is missing. Put it back; or leave an empty file there to "
                    "withdraw what came from it."
                )
        return (*([own] if own.path.is_file() else []), *mapped)

    def _own(self, stream: str) -> File:
        return File(f"{stream}.jsonl", self._folder / f"{stream}.jsonl", None)

    def _resume(self, files: tuple[File, ...], cursor: Cursor) -> Progress | None:
        """Where to go on, or None when there is nothing to list."""
        if not files:
            return None
        listing = _digest(files, self._origin.zone)
        if cursor.get("listing") != listing:
            return Progress(listing, files)
        return None if cursor["done"] else Progress(listing, files, int(cursor["at"]), int(cursor["used"]))

    def _list(self, stream: str, progress: Progress) -> Iterator[Page]:
        best = self._best_places(stream, progress.files)
        found = islice(self._read(progress.files), progress.at, None)
        for batch, is_last in _batches(found, self.page_items):
            page = self._page(stream, batch, best)
            progress = progress._replace(
                at=progress.at + len(batch), used=progress.used + len(page.items) + len(page.kept)
            )
            yield _placed(page, progress, is_last)

    def _page(self, stream: str, batch: Iterable[Found], best: Mapping[str, str]) -> Page:
        """A batch as records, and what of it cannot be used."""
        items: list[Item] = []
        skipped: list[Skipped] = []
        kept: list[str] = []
        for found in batch:
            try:
                record = self._understand(stream, found)
                first = best.get(record.external_id, found.place)
                if first != found.place:
                    raise SkipError(f"id {record.external_id[:40]!r} stands in {first} too, which is newer")
                items.append(Item(record, found.raw))
            except SkipError as error:
                skipped.append(Skipped(found.place, str(error), self._week(found)))
                kept += _named(found)
        return Page(tuple(items), {}, tuple(skipped), kept=tuple(kept))

    def _understand(self, stream: str, found: Found) -> Conversation | Deal:
        if found.fields is None:
            raise SkipError(found.trouble)
        if stream == "deals":
            return deal_of(found.fields, self._origin)
        return conversation_of(found.fields, _KINDS[stream], self._origin)

    def _week(self, found: Found) -> str | None:
        zone = self._origin.zone
        written = _CREATED.search(found.raw) if found.fields is None else None
        moment = created_at_of(found.fields or {"created_at": written and written[1]}, zone)
        return week_of(moment, zone) if moment else None

    def _best_places(self, stream: str, files: Iterable[File]) -> dict[str, str]:
        """Where the best record of each id stands that several lines have."""
        twice = _repeated(key for file in files for key in _ids_in(file))
        best: dict[str, tuple[tuple[Any, ...], str]] = {}
        for found in self._read(files) if twice else ():
            if found.fields and (key := id_of(found.fields)) in twice:
                with suppress(SkipError):
                    rank = _rank(self._understand(stream, found))
                    if key is not None and (key not in best or rank > best[key][0]):
                        best[key] = (rank, found.place)
        return {key: place for key, (_, place) in best.items()}

    def _read(self, files: Iterable[File]) -> Iterator[Found]:
        for file in files:
            if file.columns is None:
                yield from read_jsonl(file.path, file.name)
            else:
                for row in read_csv(file.path, file.columns, self._origin.zone):
                    yield Found(f"{file.name}:{row.line}", row.raw, row.fields, row.trouble)


def _batches(found: Iterator[Found], size: int) -> Iterator[tuple[list[Found], bool]]:
    """Batches of at most `size` records and some megabytes, and whether it is the last, maybe empty one."""
    batch: list[Found] = []
    characters = 0
    for one in found:
        if len(batch) >= size or characters >= PAGE_CHARACTERS:
            yield batch, False
            batch, characters = [], 0
        batch.append(one)
        characters += len(one.raw)
    yield batch, True


def _placed(page: Page, progress: Progress, is_last: bool) -> Page:
    """The page with its cursor. A listing of which nothing could be used proves nothing gone."""
    is_useless = is_last and progress.at > 0 and progress.used == 0
    cursor = {
        "v": FORMAT,
        "listing": progress.listing,
        "files": json.dumps([file.name for file in progress.files], ensure_ascii=False),
        "at": str(progress.at),
        "used": str(progress.used),
        "done": "yes" if is_last else "",
    }
    note = (Skipped(progress.files[0].name, "has no record that can be used, so nothing was withdrawn"),)
    return page._replace(
        cursor=cursor,
        listing=progress.listing,
        complete=is_last and not is_useless,
        skipped=page.skipped + (note if is_useless else ()),
    )


def _named(found: Found) -> list[str]:
    """The id of a record that cannot be used, if it can be made out."""
    if found.fields is not None:
        key = id_of(found.fields)
    else:
        match = _LEADING_ID.match(found.raw)
        key = id_of({"id": match[1]}) if match else None
    return [key] if key else []


def _rank(record: Conversation | Deal) -> tuple[Any, ...]:
    """What is newer is more; the record's own text breaks ties, so that the order of lines does not."""
    if isinstance(record, Deal):
        moment = record.closed_at or datetime.min.replace(tzinfo=UTC)
        return moment, 0, record.model_dump_json()
    return record.updated_at or record.created_at, len(record.turns), record.model_dump_json()


def _ids_in(file: File) -> Iterator[str | None]:
    """The ids of a file's records, each as often as a record has it."""
    if file.columns is None:
        yield from (id_of(found.fields) for found in read_jsonl(file.path, file.name) if found.fields)
    else:
        yield from (id_of({"id": key}) for key in read_ids(file.path, file.columns))


def _repeated(keys: Iterable[str | None]) -> set[str | None]:
    once: set[str | None] = {None}
    twice: set[str | None] = set()
    for key in keys:
        (twice if key in once else once).add(key)
    return twice - {None}


def _digest(files: Iterable[File], zone: ZoneInfo) -> str:
    """SHA-256 of everything that decides what a listing gives."""
    parts = [FORMAT, str(zone)]
    for file in files:
        with file.path.open("rb") as content:
            parts += [file.name, hashlib.file_digest(content, "sha256").hexdigest()]
        parts.append(file.columns.model_dump_json() if file.columns else "")
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _stamps(files: Iterable[File]) -> list[tuple[int, int]]:
    return [(stat.st_mtime_ns, stat.st_size) for stat in (file.path.stat() for file in files)]
