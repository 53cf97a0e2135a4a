"""`koe deliver`: send a published week's editions through the configured channels."""

from typing import Annotated

import typer

from koe.commands.opened import opened
from koe.errors import SetupError

NOT_ALL = 75


def add_to(app: typer.Typer) -> None:
    """Add the command to the front door."""
    app.command()(deliver)


def deliver(
    context: typer.Context,
    week: Annotated[str | None, typer.Argument(help="A published week; the newest by default.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only this channel.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Send also what went out before.")] = False,
) -> None:
    """Send a week's editions through the channels of koe.toml; what went out is not sent twice."""
    from connectors.channel import open_channel, open_channels
    from koe.deliver import deliver as deliver_week
    from koe.publish import published_weeks

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
        weeks = published_weeks(ws)
        if not weeks and week is None:
            raise SetupError("No week has been published yet. Run: koe weekly")
        told = deliver_week(ws, channels, week or weeks[-1], again)
    for line in (*wrong, *(one.line() for one in told)):
        typer.echo(line)
    if wrong or any(one.outcome in ("failed", "unsure") for one in told):
        raise typer.Exit(NOT_ALL)
