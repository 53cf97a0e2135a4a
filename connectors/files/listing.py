"""Where the listing of a folder's stream stands, and what it proves at its end."""

import json
from typing import NamedTuple

from connectors.base import Page, Skipped
from connectors.files.parts import Part
from connectors.records.file_format import id_of
from connectors.records.json_lines import Found

FORMAT = "9"
"""Goes up when the same file is to be read differently, so that it is listed again."""
COUNTS = ("at", "used", "good", "hidden", "older", "cut")


class Progress(NamedTuple):
    """A listing: which one, and how many records were read, used, and taken in (not only kept)."""

    listing: str
    parts: tuple[Part, ...]
    lost: tuple[str, ...] = ()
    """Files found earlier that are gone or cannot be read now."""
    at: int = 0
    used: int = 0
    good: int = 0
    hidden: int = 0
    """What could not be read and may be records that nobody can name."""
    older: int = 0
    """States of records that another file has in a newer one."""
    cut: int = 0
    """Tickets of which an earlier mail or a card below was left out."""


def placed(page: Page, progress: Progress, is_last: bool) -> Page:
    """The page with its cursor. A listing of which nothing, or not all, could be read proves nothing gone."""
    is_useless = is_last and progress.at > 0 and progress.used == 0
    names = [part.name for part in progress.parts if not part.is_refused]
    cursor = {
        "v": FORMAT,
        "listing": progress.listing,
        "files": json.dumps(sorted({*names, *progress.lost}), ensure_ascii=False),
        **{name: str(getattr(progress, name)) for name in COUNTS},
        "done": "yes" if is_last else "",
    }
    gone = tuple(key for part in progress.parts for key in part.emptied) if is_last else ()
    note = Skipped(progress.parts[0].name, "has no record that can be used, so nothing was withdrawn")
    is_said = any(one.place == note.place for one in page.skipped)
    return page._replace(
        cursor=cursor,
        listing=progress.listing,
        complete=is_last and not (is_useless or progress.lost or progress.hidden),
        gone=gone,
        skipped=page.skipped + ((note,) if is_useless and not is_said else ()),
        notes=_notes(progress) if is_last and not is_useless else (),
    )


def _notes(progress: Progress) -> tuple[str, ...]:
    notes: list[str] = []
    stream = progress.parts[0].stream
    if progress.hidden:
        n = "1 line" if progress.hidden == 1 else f"{progress.hidden} lines"
        said = f"{n} cannot be read and may hold records, so nothing was withdrawn. Mend it, then pull again"
        notes.append(f"{stream}: {said}")
    if progress.older:
        n = "1 record stands" if progress.older == 1 else f"{progress.older} records stand"
        notes.append(f"{stream}: {n} in an older file in another form; the newer one is read")
    if progress.cut:
        n = "1 ticket" if progress.cut == 1 else f"{progress.cut} tickets"
        notes.append(f"{stream}: of {n} the mail it answers, or the card below it, was left out")
    return tuple(notes)


def ids_maybe(found: Found) -> list[str]:
    """The ids that a record which cannot be used may have, as far as they can be made out."""
    if found.fields is None:
        return [key for key in (id_of({"id": one}) for one in found.maybe or ()) if key]
    key = id_of(found.fields)
    return [key] if key else []
