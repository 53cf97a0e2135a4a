"""`koe deliver`: send a published week's editions through the configured channels; their part of doctor."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from koe.commands.opened import opened
from koe.commands.saying import said_in
from koe.errors import RetryError, SetupError

if TYPE_CHECKING:
    from koe.doctor import Check
    from koe.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Add the command to the front door."""
    app.command()(deliver)


def deliver(
    context: typer.Context,
    week: Annotated[str | None, typer.Argument(help="A published week; the newest by default.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only this channel.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Send also what went out before.")] = False,
) -> None:
    """Send a week's editions through the channels of koe.toml.

    What went out is not sent twice.
    """
    from connectors.channels.channel import open_channel, open_channels
    from koe.deliver import deliver as deliver_week
    from koe.publish import published_weeks
    from koe.weeks import monday

    with opened(context) as ws, ws.exclusive():
        wrong: list[str] = []
        if channel:
            channels = [open_channel(channel, ws.settings)]
        else:
            channels, wrong = open_channels(ws.settings)
        if not channels and not wrong:
            raise SetupError(
                "No channel is configured. Add [channels.NAME] to koe.toml; see docs/channels.md."
            )
        if week is not None:
            monday(week)
        weeks = published_weeks(ws)
        if not weeks and week is None:
            raise SetupError("No week has been published yet. Run: koe weekly")
        told = deliver_week(ws, channels, week or weeks[-1], again)
    own = ws.settings.language
    for line in (*(said_in(one, own) for one in wrong), *(one.line(own, said_in) for one in told)):
        typer.echo(line)
    if wrong or any(one.is_yours for one in told):
        raise typer.Exit(SetupError.exit_code)
    if any(one.is_left for one in told):
        raise typer.Exit(RetryError.exit_code)


def check_channels(ws: "Workspace") -> Iterator["Check"]:
    """Whether each channel is set up so that it can be used; nothing is sent."""
    if not ws.settings.channels:
        return
    from connectors.channels.channel import open_channel
    from koe.doctor import Check
    from koe.examined import examined_in

    words = examined_in(ws.settings.language)
    for name, one in sorted(ws.settings.channels.items()):
        try:
            open_channel(name, ws.settings)
            if one.type == "folder":
                _find_folder(ws.home / one.path.expanduser())
        except SetupError as error:
            yield Check(f"channel {name}", False, said_in(str(error), ws.settings.language))
            continue
        says = words.channel.format(type=one.type, editions=", ".join(one.editions))
        yield Check(f"channel {name}", True, says)


def _find_folder(path: Path) -> None:
    """Raises SetupError where the folder, or else the one it is made in, cannot be written."""
    there = path if path.exists() else path.parent
    if not (there.is_dir() and os.access(there, os.W_OK)):
        raise SetupError(f"{str(there)!r} is not there or cannot be written. Make it, or mount it.")
