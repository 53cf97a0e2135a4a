"""What says which vector index is the right one: a note in the ledger, and the same beside the files."""

import json
import zlib
from pathlib import Path
from typing import Literal, NamedTuple

import sqlalchemy as sa

from koe.index.shelf import OWN, Shelf
from koe.ledger.schema import note
from koe.ledger.upsert import upsert
from koe.records import Record

FORMAT = 3
"""Raised when what koe writes into the index changes."""
FILE = "manifest.json"
_BLOCK = 1 << 20


class Manifest(Record):
    """One built index; `place` is its folder, or its collection on a server."""

    format: int
    embedder: str
    dimension: int
    place: str


class Stamp(NamedTuple):
    """A file as it was left."""

    size: int
    changed: int
    checksum: int


class Sealed(Record):
    """An embedded index's own manifest; without `files` it was being written when koe last held it."""

    manifest: Manifest
    files: dict[str, Stamp] | None


def manifest_for(place: str, shelf: Shelf = OWN) -> Manifest:
    """The manifest of an index that this koe builds."""
    return Manifest(format=FORMAT, embedder=shelf.embedder, dimension=shelf.dimension, place=place)


def noted(conn: sa.Connection, shelf: Shelf = OWN) -> Manifest | None:
    """The index that the ledger holds for the right one."""
    body = conn.scalar(sa.select(note.c.value).where(note.c.key == shelf.name))
    return None if body is None else Manifest.model_validate_json(body)


def set_note(conn: sa.Connection, manifest: Manifest, shelf: Shelf = OWN) -> None:
    """Make this index the right one."""
    upsert(conn, note, [{"key": shelf.name, "value": manifest.model_dump_json()}])


def seal(folder: Path, manifest: Manifest, state: Literal["closed", "writing"]) -> None:
    """Write down how the files were left, or that they are being written."""
    before = _sealed(folder)
    known = before.files or {} if isinstance(before, Sealed) else {}
    files = {name: _stamp(path, known.get(name)) for name, path in _files(folder).items()}
    sealed = Sealed(manifest=manifest, files=files if state == "closed" else None)
    draft = folder / f".{FILE}"
    draft.write_text(sealed.model_dump_json(), "utf-8")
    draft.replace(folder / FILE)


def damage(folder: Path, manifest: Manifest, *, full: bool) -> str | None:
    """What is wrong with an embedded index's files; `full` reads those too that look untouched."""
    sealed = _sealed(folder)
    if not isinstance(sealed, Sealed):
        return sealed
    if sealed.manifest != manifest:
        return "it belongs to another ledger"
    if sealed.files is None:
        return None
    present = _files(folder)
    if missing := sorted(sealed.files.keys() - present.keys()):
        return f"the file {missing[0]} is missing"
    changed = (name for name, stamp in sorted(sealed.files.items()) if _differs(present[name], stamp, full))
    name = next(changed, None)
    return f"the file {name} is not as koe left it" if name else None


def was_cut_off(folder: Path) -> bool:
    """Whether the index was open when koe last held it: a run was killed."""
    sealed = _sealed(folder)
    return isinstance(sealed, Sealed) and sealed.files is None


def _differs(path: Path, stamp: Stamp, full: bool) -> bool:
    return _stamp(path, None if full else stamp)[::2] != stamp[::2]


def _stamp(path: Path, known: Stamp | None) -> Stamp:
    """The file's stamp; the checksum is taken over where size and time are those that are known."""
    seen = path.stat()
    if known and known[:2] == (seen.st_size, seen.st_mtime_ns):
        return known
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum = zlib.crc32(block, checksum)
    return Stamp(seen.st_size, seen.st_mtime_ns, checksum)


def _files(folder: Path) -> dict[str, Path]:
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(FILE))
    return {path.relative_to(folder).as_posix(): path for path in paths}


def _sealed(folder: Path) -> Sealed | str:
    """The manifest beside the files, or why there is none."""
    try:
        return Sealed.model_validate(json.loads((folder / FILE).read_bytes()))
    except FileNotFoundError:
        return "its folder or its manifest is gone"
    except ValueError:
        return "its manifest cannot be read"
