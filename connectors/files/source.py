"""The `files` source: a folder with koe's own JSON lines, tables, transcripts and mail.

A file cannot say what changed, so each pull lists a stream anew when one of its files has changed, and
what the new listing lacks is gone. An unchanged file costs its SHA-256. Memory holds one page and the
ids. A file that koe was told of and that is missing now stops the pull: it may be a disk that is not
mounted. A file that koe found by itself may go: what it gave stays. An empty file says that there is
nothing left.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from zoneinfo import ZoneInfo

from connectors.base import Cursor, Item, Page, Skipped
from connectors.files.ages import age_of
from connectors.files.listing import COUNTS, FORMAT, Progress, ids_maybe, placed
from connectors.files.not_read import not_read
from connectors.files.parts import STREAMS, FolderParts, Part, ids_of
from connectors.files.repeats import Best, best_of, is_older_state
from connectors.records.dates import NO_ORDERS
from connectors.records.file_format import Origin, conversation_of, created_at_of, deal_of, id_of, lost_parts
from connectors.records.json_lines import Found
from connectors.text.cell_mail import own_turns, untagged
from connectors.words.inspecting import inspecting_in
from koe.errors import RetryError, SetupError, SkipError
from koe.language.text import Language
from koe.records import Conversation, ConversationKind, Deal
from koe.settings import Settings, SourceSettings
from koe.weeks import week_of

PAGE_ITEMS = 500
PAGE_CHARACTERS = 8_000_000
_CREATED = re.compile(r'"created_at"\s*:\s*"([^"\\]{8,40})"')
_KINDS: dict[str, ConversationKind] = {"tickets": "ticket", "calls": "call"}


def of_files(source: SourceSettings, settings: Settings) -> SourceSettings:
    """The settings of a folder with what holds for all folders."""
    more = {
        "path": settings.home / source.path.expanduser(),
        "date_order": source.date_order or settings.date_order,
        "outcomes": {**settings.outcomes, **source.outcomes},
    }
    return source.model_copy(update=more)


class FilesSource:
    """A folder of files as a source. With a mark, its streams stand beside those of other folders."""

    page_items = PAGE_ITEMS

    def __init__(
        self,
        name: str,
        settings: SourceSettings,
        zone: ZoneInfo,
        mark: str = "",
        agents: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.streams = tuple(f"{stream}@{mark}" if mark else stream for stream in STREAMS)
        orders = {"": settings.date_order} if settings.date_order else NO_ORDERS
        self._origin = Origin(name, zone, orders, settings.outcomes)
        self._folder = FolderParts(settings, self._origin, agents)
        self.path = self._folder.path

    def readings(self, language: Language = "en") -> tuple[str, ...]:
        """How files are read that nobody had given a map, and what the folder has beside them."""
        said: list[str] = []
        for part in self._folder.parts():
            said += [*part.said, *(f"{part.name}: {line}" for line in part.assumed())]
        words = inspecting_in(language)
        others = self._folder.others()
        if others:
            said.append(not_read(others, 5, words))
        return tuple(map(words.said, said))

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[Page]:
        """The pages of a stream that the cursor lacks; none when its files are as they were.

        Raises SetupError when a file is missing or not readable, RetryError when one changes meanwhile.
        """
        stream = stream.partition("@")[0]
        try:
            parts, lost = self._parts(stream, cursor or {})
            before = _stamps(parts)
            progress = self._resume(parts, lost, cursor or {})
            if progress is not None:
                yield from self._list(stream, progress)
                if _stamps(parts) != before:
                    raise RetryError(
                        f"A file of {stream} in {str(self._folder.path)!r} changed while it was read."
                    )
        except OSError as error:
            raise SetupError(f"{error.filename!r} cannot be read: {error.strerror}.") from None

    def _parts(self, stream: str, cursor: Cursor) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        """What gives a stream, and the names of what was found before and is lost.

        Raises SetupError for a file that was asked for and is missing, and where there is none at all.
        """
        every = self._folder.parts()
        if not every and not self._folder.path.exists():
            raise SetupError(
                f"{str(self._folder.path)!r} does not exist. Name the folder that has the files."
            )
        if not every and not self._folder.path.is_dir():
            raise SetupError(
                f"{str(self._folder.path)!r} is a file. Name the folder it lies in: "
                f"{str(self._folder.path.parent)!r} (all files of it are read)."
            )
        if not every:
            raise SetupError(self._folder.lack())
        own = tuple(part for part in every if part.stream == stream)
        known = {part.name for part in own if not part.is_refused}
        earlier = set(json.loads(cursor.get("files", "[]"))) - known
        wanted = [path for part in own if part.is_asked_for for path in part.paths if not path.is_file()]
        wanted += [self._folder.path / name for name in sorted(earlier) if name == f"{stream}.jsonl"]
        if wanted:
            raise SetupError(
                f"{str(wanted[0])!r} is missing. Put it back; or leave an empty file there to "
                "withdraw what came from it."
            )
        return own, tuple(sorted(earlier))

    def _resume(self, parts: tuple[Part, ...], lost: tuple[str, ...], cursor: Cursor) -> Progress | None:
        """Where to go on, or None when there is nothing to list."""
        if not parts:
            return None
        listing = _digest(parts, lost, self._origin.zone)
        if cursor.get("listing") != listing:
            return Progress(listing, parts, lost)
        counts = (int(cursor.get(name, 0)) for name in COUNTS)
        return None if cursor["done"] else Progress(listing, parts, lost, *counts)

    def _list(self, stream: str, progress: Progress) -> Iterator[Page]:
        best = self._best_places(stream, progress.parts)
        found = islice(self._read(progress.parts), progress.at, None)
        for batch, is_last in _batches(found, self.page_items):
            page, older, cut = self._page(stream, batch, best)
            progress = progress._replace(
                at=progress.at + len(batch),
                used=progress.used + len(page.items) + len(page.kept),
                good=progress.good + len(page.items),
                hidden=progress.hidden + sum(found.maybe is None for found in batch),
                older=progress.older + older,
                cut=progress.cut + cut,
            )
            yield placed(page, progress, is_last)

    def _page(self, stream: str, batch: Iterable[Found], best: Mapping[str, Best]) -> tuple[Page, int, int]:
        """A batch as records and what of it cannot be used; how many are older states, how many were cut."""
        items: list[Item] = []
        skipped: list[Skipped] = []
        kept: list[str] = []
        older = cut = 0
        for found in batch:
            try:
                record = self._understand(stream, found)
                first = best.get(record.external_id)
                if first is not None and first.place != found.place:
                    older += is_older_state(record, found.age, first)
                    continue
                plain = _of_ticket(untagged, record)
                own = _of_ticket(own_turns, plain)
                cut += own is not plain
                items.append(Item(own, found.raw))
                said = [*found.said, *filter(None, lost_parts(found.fields or {}, record))]
                if said:
                    skipped.append(Skipped(found.place, "; ".join(said), self._week(found)))
            except SkipError as error:
                skipped.append(Skipped(found.place, str(error), self._week(found)))
                kept += ids_maybe(found)
        return Page(tuple(items), {}, tuple(skipped), kept=tuple(kept)), older, cut

    def _understand(self, stream: str, found: Found) -> Conversation | Deal:
        if found.fields is None:
            raise SkipError(found.trouble)
        if stream == "deals":
            return deal_of(found.fields, self._of(found))
        return conversation_of(found.fields, _KINDS[stream], self._of(found))

    def _of(self, found: Found) -> Origin:
        return self._origin._replace(dates=found.dates or self._origin.dates)

    def _week(self, found: Found) -> str | None:
        zone = self._origin.zone
        written = _CREATED.search(found.raw) if found.fields is None else None
        moment = created_at_of(found.fields or {"created_at": written and written[1]}, self._of(found))
        return week_of(moment, zone) if moment else None

    def _read(self, parts: Iterable[Part]) -> Iterator[Found]:
        """Every record of the parts, with how new its file is."""
        for part in parts:
            age = max(age_of(path, self._origin.zone) for path in part.paths)
            yield from (found._replace(age=age) for found in part.read())

    def _best_places(self, stream: str, parts: Iterable[Part]) -> dict[str, Best]:
        """The best record of each id that several lines have."""
        twice = _repeated(key for part in parts for key in ids_of(part))
        best: dict[str, Best] = {}
        for found in self._read(parts) if twice else ():
            if found.fields and (key := id_of(found.fields)) in twice:
                with suppress(SkipError):
                    record = self._understand(stream, found)
                    one = best_of(record, found)
                    if key is not None and (key not in best or one.rank > best[key].rank):
                        best[key] = one
        return best


def _of_ticket(
    read: Callable[[Conversation], Conversation], record: Conversation | Deal
) -> Conversation | Deal:
    """The record, a ticket as it is read."""
    return read(record) if isinstance(record, Conversation) and record.kind == "ticket" else record


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


def _repeated(keys: Iterable[str | None]) -> set[str | None]:
    once: set[str | None] = {None}
    twice: set[str | None] = set()
    for key in keys:
        (twice if key in once else once).add(key)
    return twice - {None}


def _digest(parts: Iterable[Part], lost: Iterable[str], zone: ZoneInfo) -> str:
    """SHA-256 of everything that decides what a listing gives."""
    said = [FORMAT, str(zone), *lost]
    for part in parts:
        for path in part.paths:
            with path.open("rb") as content:
                said += [part.name, path.name, hashlib.file_digest(content, "sha256").hexdigest()]
        said.append(part.spec)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _stamps(parts: Iterable[Part]) -> list[tuple[int, int]]:
    stats = (path.stat() for part in parts for path in part.paths)
    return [(stat.st_mtime_ns, stat.st_size) for stat in stats]
