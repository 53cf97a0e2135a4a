"""Commands about configured sources: pull, reread, and the sources' part of doctor."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from koe.commands.opened import opened
from koe.commands.pulled import holds, next_step
from koe.commands.saying import said_in
from koe.errors import KoeError, RetryError, SetupError

if TYPE_CHECKING:
    from koe.doctor import Check
    from koe.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Add the commands to the front door."""
    app.command()(reread)


def reread(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="A source of koe.toml that is asked over HTTP.")],
) -> None:
    """Understand anew what a source gave; nothing is pulled."""
    from connectors import open_source
    from connectors.http.vendor import VendorSource
    from koe.ledger.reread import reread as read_again

    with opened(context) as ws, ws.exclusive():
        one = open_source(source, ws.settings)
        if not isinstance(one, VendorSource):
            raise SetupError(f"{source!r} is a folder of files. Run: koe pull {source}")
        typer.echo(f"{source}: {read_again(ws, one).line(ws.settings.language, said_in)}")


def pull_each(ws: "Workspace", name: str | None, folder: Path | None) -> None:
    """Pull a folder, one source, or all of them; one that fails does not stop the others.

    Raises the first failure after all of them.
    """
    from connectors import folder_source, open_source

    if folder is not None:
        openers: list[Callable[[], Any]] = [partial(folder_source, folder, ws.settings)]
    else:
        names = [name] if name else sorted(ws.settings.sources)
        openers = [partial(open_source, one, ws.settings) for one in names]
    if not openers:
        raise SetupError("No source is configured. Name a folder: koe pull --from FOLDER")
    pulled = [_pulled(ws, opener) for opener in openers]
    failed = [one for one in pulled if isinstance(one, KoeError)]
    if any(one is True for one in pulled):
        typer.echo(next_step(ws))
    for error in failed[1:]:
        typer.echo(f"koe: {said_in(str(error), ws.settings.language)}", err=True)
    if failed:
        raise failed[0]


def _pulled(ws: "Workspace", opener: Callable[[], Any]) -> KoeError | bool:
    """Pull one source and say what came in: whether anything did, or why nothing could."""
    from koe.commands.files import nothing_used, told
    from koe.ledger.intake import pull

    try:
        source = opener()
        done = pull(ws, source)
        typer.echo(f"{source.name}: {done.line(ws.settings.language, said_in)}")
        if held := holds(ws, source.name):
            typer.echo(f"  {held}")
        for line in told(ws, source):
            typer.echo(f"  {line}")
        if failed := nothing_used(ws, source):
            return SetupError(failed)
    except (RetryError, SetupError) as error:
        return error
    return bool(done.new or done.changed)


def check_sources(ws: "Workspace") -> Iterator["Check"]:
    """What came of trying each configured source that is asked over HTTP."""
    if not ws.settings.sources:
        return
    from connectors import open_source
    from connectors.http.vendor import VendorSource
    from koe.doctor import Check
    from koe.examined import examined_in

    language = ws.settings.language
    for name in sorted(ws.settings.sources):
        try:
            source = open_source(name, ws.settings)
        except KoeError as error:
            yield Check(f"source {name}", False, said_in(str(error).removeprefix(f"{name}: "), language))
            continue
        if isinstance(source, VendorSource):
            for health in source.check():
                what = examined_in(language).tried.format(name=name, what=said_in(health.name, language))
                yield Check(f"source {what}", health.ok, said_in(health.says, language))


def record_sources(ws: "Workspace", folder: Path) -> Iterator[str]:
    """Write what the sources answer, masked, into a folder; a line for each source."""
    from connectors import open_source
    from connectors.http.recording import record
    from connectors.http.vendor import VendorSource

    for name in sorted(ws.settings.sources):
        source = open_source(name, ws.settings)
        if isinstance(source, VendorSource):
            yield said_in(f"{name}: {record(source, folder)} answers in {folder}", ws.settings.language)
