"""Commands that look after the workspace: settings, reindex, doctor."""

import json
from pathlib import Path
from typing import Annotated

import typer

from koe.commands.opened import opened
from koe.commands.saying import said_in

WRONG = 1


def add_to(app: typer.Typer) -> None:
    """Add the commands to the front door."""
    for command in (approve, settings, reindex, doctor):
        app.command()(command)


def approve(
    context: typer.Context,
    week: Annotated[str, typer.Argument(help="The held week, such as 2026-W36.")],
    by: Annotated[str, typer.Option(help="Who looked at it; kept in the ledger.")] = "",
) -> None:
    """Release a held week, once a person has looked at it.

    A week is held when it looks unlike the ones before it; its report says why.
    """
    from koe.publish import approve as release
    from koe.street import give_out, list_weeks

    with opened(context) as ws, ws.exclusive():
        release(ws, week, by)
        typer.echo(str(give_out(ws, week).folder / "digest.html"))
        list_weeks(ws)


def settings(context: typer.Context) -> None:
    """Print every setting with its value, secrets masked.

    What somebody has set comes first; what has no value is named in the last line.
    """
    from koe.settings import Settings, load_settings, show_settings

    loaded = load_settings(context.obj)
    given, own = loaded.model_fields_set, Settings.__annotations__
    values = show_settings(loaded)
    for name in sorted(values, key=lambda name: (name != "home", name not in given, name not in own)):
        if values[name] is not None:
            typer.echo(f"{name} = {json.dumps(values[name], ensure_ascii=False)}")
    if unset := [name for name, value in values.items() if value is None]:
        typer.echo(f"# not set: {', '.join(unset)}")


def reindex(
    context: typer.Context,
    embeddings: Annotated[
        bool, typer.Option("--embeddings", help="Also ask the model of KOE_EMBEDDINGS for all anew.")
    ] = False,
) -> None:
    """Build the index anew from the ledger; nothing is lost."""
    from koe.index import reindex as rebuild
    from koe.meaning.station import renew

    with opened(context) as ws, ws.exclusive():
        typer.echo(said_in(f"indexed {rebuild(ws)} passages", ws.settings.language))
        renew(ws, anew=embeddings)


def doctor(
    context: typer.Context,
    record: Annotated[
        Path | None, typer.Option(help="Also write what the sources answer, masked, into this folder.")
    ] = None,
) -> None:
    """Check workspace, sources and channels; say what to mend."""
    from koe.commands.channels import check_channels
    from koe.commands.sources import check_sources, record_sources
    from koe.commands.website import check_website
    from koe.doctor import examine
    from koe.examined import examined_in

    with opened(context) as ws:
        checks = [*examine(ws, said_in), *check_sources(ws), *check_channels(ws), *check_website(ws)]
        words = examined_in(ws.settings.language)
        for line in record_sources(ws, record) if record else ():
            typer.echo(line)
    for check in checks:
        typer.echo(f"{words.fine if check.ok else words.wrong} {words.headed(check.name)}: {check.says}")
    if not all(check.ok for check in checks):
        raise typer.Exit(WRONG)
