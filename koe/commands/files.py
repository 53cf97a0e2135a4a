"""`koe files …`: what koe makes of files before it takes them in."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from koe.language.text import Language
from koe.progress import progress_in

if TYPE_CHECKING:
    from connectors.base import Source
    from koe.workspace import Workspace

SHOWN = 10
app = typer.Typer(help="Look at exports before they are pulled.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Look at exports before they are pulled."""


@app.command()
def inspect(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A file, or a folder of files.")],
) -> None:
    """Say how a file would be read, and the lines that change it."""
    from connectors.files.inspection import inspect as look_at
    from koe.settings import load_settings

    settings = load_settings(context.obj)
    lines = []
    for line in look_at(path, settings):
        lines.append(line)
        typer.echo(line)
    for line in where_settings_are(lines, settings.home, settings.language):
        typer.echo(line)


def where_settings_are(lines: Iterable[str], home: Path, language: Language) -> Iterator[str]:
    """Where koe.toml is, where one of the lines speaks of it."""
    if any("koe.toml" in line for line in lines):
        path = (home / "koe.toml").resolve()
        yield f"koe.toml: {path}" + ("" if path.exists() else progress_in(language).not_there)


def nothing_used(ws: "Workspace", source: "Source") -> str:
    """After a pull: the line for a folder of which nothing at all could be read, or ""."""
    from connectors.files.source import FilesSource
    from koe.ledger.reading import load_cursor

    if not isinstance(source, FilesSource):
        return ""
    with ws.ledger.connect() as conn:
        cursors = [load_cursor(conn, source.name, stream) or {} for stream in source.streams]
    found = sum(int(one.get("at", 0)) for one in cursors)
    if not found or any(int(one.get("good", one.get("used", 0))) for one in cursors):
        return ""
    folder = str(source.path)
    words = progress_in(ws.settings.language)
    return words.nothing_read.format(folder=repr(folder), path=shlex.quote(folder))


def told(ws: "Workspace", source: "Source") -> Iterator[str]:
    """After a pull: how files without a map were read, and the first of what could not be used."""
    from connectors.files.source import FilesSource

    if not isinstance(source, FilesSource):
        return
    language = ws.settings.language
    lines = [*source.readings(language), *_unused(ws, source.name, language)]
    yield from lines
    yield from where_settings_are(lines, ws.settings.home, language)


def _unused(ws: "Workspace", source: str, language: Language) -> Iterator[str]:
    """The first of what could not be used, or not wholly, a line for each reason."""
    from connectors.words.sentences import said_in
    from koe.ledger.reading import load_skips

    with ws.ledger.connect() as conn:
        skips = load_skips(conn, source=source)
    words = progress_in(language)
    by_reason: dict[str, list[str]] = {}
    for one in skips:
        by_reason.setdefault(one.reason, []).append(one.place)
    for reason, places in [*by_reason.items()][:SHOWN]:
        where = words.several.format(place=places[0], n=len(places) - 1) if len(places) > 1 else places[0]
        yield f"! {where}: {said_in(reason, language)}"
    if len(by_reason) > SHOWN:
        left = sum(map(len, [*by_reason.values()][SHOWN:]))
        yield words.left.format(n=left)
