"""What is in a folder of files: which of them are read, as what, and what is said of the others.

koe's own JSON lines and mapped tables are asked for by name. Everything else is found: tables whose
columns leave no doubt, transcripts, mail. What cannot be read is named with the next move.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from connectors.files.readings import assumed, found_of, how, left_out, list_rows
from connectors.mail.threads import MAIL_ENDINGS, read_mail
from connectors.records.dates import order_in, orders_of, whole_year_first
from connectors.records.file_format import Origin, id_of
from connectors.records.json_lines import Found, read_jsonl
from connectors.records.speakers import Voices
from connectors.tables.column_checks import Ways
from connectors.tables.columns import Guess
from connectors.tables.csv_rows import read_csv, read_ids, survey
from connectors.tables.sheets import guess_sheets
from connectors.talks.miitel import may_be_call
from connectors.talks.transcripts import Around, Facts, call_id, read_lists, read_transcript
from koe.errors import SetupError
from koe.settings import CsvMap, SourceSettings

STREAMS = ("deals", "tickets", "calls")
TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls")
TALKS = (".vtt", ".srt", ".txt", ".docx", ".json")
INSPECT = "run `koe files inspect` on it"
AGAIN = "export it again"
EMPTY = "is empty; what came from it before is withdrawn"


class Part(NamedTuple):
    """Files that give records of one stream together; mostly one file."""

    name: str
    paths: tuple[Path, ...]
    stream: str
    read: Callable[[], Iterator[Found]]
    spec: str = ""
    """Everything beside the files' bytes that decides what they give."""
    is_asked_for: bool = False
    """Known by name or map, so that it has to be there; anything else was found."""
    is_refused: bool = False
    """It gives nothing but the reason why it is not read."""
    said: tuple[str, ...] = ()
    """How it is read, where nobody had said so, and what of it is left out."""
    ids: Callable[[], Iterator[str]] | None = None
    """The ids of its records, where they cost less than reading them."""
    emptied: tuple[str, ...] = ()
    """Ids of the records that files gave which are empty now."""
    assumed: Callable[[], tuple[str, ...]] = tuple
    """What was taken for granted in reading it, a line each."""
    sheet: str | None = None
    """Of a workbook that nobody had given a map."""


class FolderParts:
    """A folder as parts. Tables are looked into once for each version of them."""

    def __init__(self, settings: SourceSettings, origin: Origin, agents: tuple[str, ...] = ()) -> None:
        self.path = settings.path.expanduser()
        self._settings = settings
        self._origin = origin
        talk = settings.talk
        addresses = tuple(one for one in agents if "@" in one)
        names = tuple(one for one in agents if "@" not in one)
        self.voices = Voices(
            (*talk.agents, *names), talk.customers, talk.speakers, (*talk.domains, *addresses)
        )
        self._ways = Ways(settings.date_order, settings.outcomes)
        self._guesses: dict[tuple[str, int, int], tuple[Guess, ...] | str] = {}

    def parts(self) -> list[Part]:
        """Everything in the folder that gives records, or should and cannot."""
        asked = [*self._own(), *self._mapped()]
        taken = {part.name for part in asked}
        found = [path for path in self.files() if nfc(path.name) not in taken]
        return [*asked, *self._tables(found), *self._talks(found), *self._mails(found)]

    def lack(self) -> str:
        """What is said of a folder that has no part, with what it has instead."""
        names = ", ".join(f"{name}.jsonl" for name in STREAMS)
        others = self.others()
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        has = f" but {', '.join(others[:5])}{more}" if others else ""
        lacks = f"has none of {names}, and no table, transcript or mail{has}"
        return f"{str(self.path)!r} {lacks}. Name the folder that has them."

    def others(self) -> list[str]:
        """Names of files and folders that koe has no use for."""
        if not self.path.is_dir():
            return []
        own = {f"{stream}.jsonl" for stream in STREAMS}
        return [
            nfc(path.name) + "/" * path.is_dir()
            for path in sorted(self.path.iterdir(), key=_order)
            if not _is_hidden(path) and (path.is_dir() or not _is_known(path))
            if path.name not in own
        ]

    def files(self) -> list[Path]:
        """The files of the folder in order of their names, hidden ones left out."""
        if not self.path.is_dir():
            return []
        return sorted(
            (path for path in self.path.iterdir() if path.is_file() and not _is_hidden(path)), key=_order
        )

    def _own(self) -> Iterator[Part]:
        spec = json.dumps(self._order_spec(), ensure_ascii=False)
        for stream in STREAMS:
            name = f"{stream}.jsonl"
            path = self.path / name
            if path.is_file():
                read = partial(read_jsonl, path, name)
                yield Part(name, (path,), stream, read, spec, is_asked_for=True, said=_empty(name, path))

    def _mapped(self) -> Iterator[Part]:
        for columns in self._settings.csv:
            path = self._at(columns.path)
            name = f"{columns.path}#{columns.sheet}" if columns.sheet else columns.path
            yield self._table(name, path, columns)._replace(is_asked_for=True, said=_empty(name, path))

    def _at(self, name: str) -> Path:
        """The file of that name, also where the disk writes its letters in parts, as a Mac does."""
        path = self.path / name
        if path.is_file():
            return path
        same = (one for one in self.files() if nfc(one.name) == nfc(name))
        return next(same, path)

    def _table(self, name: str, path: Path, columns: CsvMap, prefix: str = "") -> Part:
        spec = json.dumps([prefix, columns.model_dump_json(), *self._order_spec(), *self._voice_spec()])
        read, ids = partial(self._rows, name, path, columns, prefix), partial(_ids, path, columns, prefix)
        taken = partial(assumed, path, columns, self._settings.date_order)
        return Part(name, (path,), columns.records, read, spec, ids=ids, assumed=taken)

    def _rows(self, name: str, path: Path, columns: CsvMap, prefix: str) -> Iterator[Found]:
        told = survey(path, columns, self._settings.date_order)
        for row in read_csv(path, columns, self._origin.zone, self.voices, told):
            place = f"{name}:{row.line}"
            yield found_of(place, row, columns, prefix)._replace(dates=told.orders)

    def _order_spec(self) -> list[object]:
        return [self._settings.date_order, sorted(self._settings.outcomes.items())]

    def _voice_spec(self) -> list[str]:
        return [self._settings.talk.model_dump_json(), json.dumps(self.voices)]

    def guess(self, path: Path, sheet: str | None = None) -> Guess | str:
        """What a table is taken for, or one sheet of it; or why it cannot be opened."""
        found = self._sheets(path)
        if isinstance(found, str):
            return found
        return next((one for one in found if sheet and one.place and one.place[0].sheet == sheet), found[0])

    def _sheets(self, path: Path) -> tuple[Guess, ...] | str:
        """What each sheet of a table is that is read; its first guess in any case."""
        stat = path.stat()
        key = (path.name, stat.st_mtime_ns, stat.st_size)
        if key not in self._guesses:
            try:
                self._guesses[key] = guess_sheets(path, nfc(path.name), self._origin.zone, self._ways)
            except SetupError as error:
                self._guesses[key] = str(error)
        return self._guesses[key]

    def _tables(self, found: list[Path]) -> Iterator[Part]:
        mapped = {columns.path for columns in self._settings.csv}
        for path in found:
            name = nfc(path.name)
            if path.suffix.lower() not in TABLES or name in mapped:
                continue
            what = self.guess(path)
            if isinstance(what, Guess) and what.kind == "list" and what.is_certain:
                continue
            if isinstance(what, Guess) and what.columns is not None:
                yield self._found_table(name, path, what, what.columns)
            else:
                yield _refused(path, what)
            sheets = self._sheets(path)
            for more in sheets[1:] if isinstance(sheets, tuple) else ():
                assert more.columns is not None
                yield self._found_table(f"{name}#{more.columns.sheet}", path, more, more.columns)

    def _found_table(self, name: str, path: Path, what: Guess, columns: CsvMap) -> Part:
        said = tuple(f"{name}: {line}" for line in (how(what), *left_out(what)))
        return self._table(name, path, columns, what.prefix)._replace(said=said, sheet=columns.sheet)

    def _talks(self, found: list[Path]) -> Iterator[Part]:
        paths = [path for path in found if _is_talk(path)]
        if not paths:
            return
        talk = self._settings.talk
        lists = self._lists(found)
        around = Around(self._origin.zone, self.voices, talk.names, talk.account or "", lists)
        for path in paths:
            name = nfc(path.name)
            is_empty = not path.stat().st_size
            known = lists.get(name.lower()) or lists.get(path.stem.lower()) or {}
            yield Part(
                name,
                (path,),
                "calls",
                (lambda: iter(())) if is_empty else partial(_one, path, name, around),
                json.dumps([*self._voice_spec(), dict(known)], ensure_ascii=False),
                said=_empty(name, path),
                emptied=(call_id(path, talk.names),) if is_empty else (),
            )

    def _lists(self, found: list[Path]) -> Mapping[str, Facts]:
        """What tables in the folder say of transcripts by their file's name."""
        rows: list[Facts] = []
        for path in found:
            what = self.guess(path) if path.suffix.lower() in TABLES else None
            if isinstance(what, Guess) and what.kind == "list" and what.is_certain:
                rows += self._dated([*list_rows(path, what)])
        return read_lists(rows)

    def _dated(self, rows: list[Facts]) -> list[Facts]:
        """The rows of a list with their dates in the one order that their column tells."""
        written = [row.get("created_at", "") for row in rows]
        order = order_in(orders_of({"created_at": written}, self._settings.date_order), "created_at")
        return [{**row, "created_at": whole_year_first(row.get("created_at", ""), order)} for row in rows]

    def _mails(self, found: list[Path]) -> Iterator[Part]:
        paths = tuple(path for path in found if path.suffix.lower() in MAIL_ENDINGS)
        if paths:
            talk = self._settings.talk
            read = partial(read_mail, paths, self._origin.zone, self.voices, talk.accounts)
            said = tuple(line for path in paths for line in _empty(nfc(path.name), path))
            yield Part("mail", paths, "tickets", read, json.dumps(self._voice_spec()), said=said)


def _ids(path: Path, columns: CsvMap, prefix: str) -> Iterator[str]:
    yield from (f"{prefix}{key}" for key in read_ids(path, columns))


def ids_of(part: Part) -> Iterator[str | None]:
    """The ids of a part's records, each as often as a record has it."""
    if part.ids is not None:
        yield from (id_of({"id": key}) for key in part.ids())
    else:
        yield from (id_of(found.fields) for found in part.read() if found.fields)


def nfc(name: str) -> str:
    """A file's name with its letters whole, as people type it."""
    return unicodedata.normalize("NFC", name)


def _one(path: Path, name: str, around: Around) -> Iterator[Found]:
    yield read_transcript(path, name, around)


def _order(path: Path) -> str:
    return nfc(path.name)


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def _refused(path: Path, what: Guess | str) -> Part:
    """A table that is not read, which says why."""
    name = nfc(path.name)
    if isinstance(what, str):
        why, stream = what.replace(f"{path.name!r} ", "", 1), "tickets"
    else:
        hint = "" if what.judged.doubts[0].endswith(AGAIN) else f"; {INSPECT}"
        why = f"{what.judged.doubts[0]}{hint}"
        stream = what.kind if what.kind in STREAMS else "tickets"
    found = Found(name, "", None, why)
    return Part(name, (path,), stream, lambda: iter((found,)), why, is_refused=True)


def _empty(name: str, path: Path) -> tuple[str, ...]:
    return (f"{name}: {EMPTY}",) if path.is_file() and not path.stat().st_size else ()


def _is_talk(path: Path) -> bool:
    """A transcript by its ending; JSON when it may be a call, and when there is nothing in it any more."""
    ending = path.suffix.lower()
    return ending in TALKS and (ending != ".json" or not path.stat().st_size or may_be_call(path))


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in (*TABLES, *MAIL_ENDINGS) or _is_talk(path)
