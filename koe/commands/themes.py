"""`koe themes …`: what a person decides about themes, which sticks."""

from typing import TYPE_CHECKING, Annotated

import typer

from koe.commands import lacking
from koe.commands.opened import opened

if TYPE_CHECKING:
    from koe.workspace import Workspace

app = typer.Typer(help="List, rename, merge or split themes; what you decide stays.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="What the theme is called from now on.")]
Theme = Annotated[str, typer.Argument(help="A theme's id or its name, as `koe themes list` shows it.")]


@app.command("list")
def show(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as complaint.")] = None,
    json_lines: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
) -> None:
    """List the themes: id, accounts, conversations, kind, name.

    Behind a name stand those of the themes that have become part of it. At the end stand themes that
    look alike: you decide whether they are one.
    """
    import json

    from koe.commands.findings import check_kind
    from koe.engine.offline import OfflineEngine
    from koe.report.safe import terminal
    from koe.themes import list_themes, look_alikes, names_within

    if kind is not None:
        check_kind(kind)
    with opened(context) as ws:
        within = names_within(ws)
        rows = list_themes(ws, kind)
        if not rows and not json_lines:
            lacking.say(lacking.nothing_read(ws) or _none(kind))
        for row in rows:
            if json_lines:
                typer.echo(json.dumps(row.model_dump(mode="json"), ensure_ascii=False))
            else:
                name = row.name + (f"  (with {', '.join(within[row.id])})" if row.id in within else "")
                typer.echo(
                    f"{row.id}  {row.accounts:>4}  {row.conversations:>4}  {row.kind:<16}{terminal(name)}"
                )
        shown = {row.id for row in rows}
        for theme, other in [] if json_lines else look_alikes(ws, OfflineEngine()):
            if {theme, other} <= shown:
                typer.echo(f"{theme} and {other} look alike: koe themes merge {theme} {other}")


def _none(kind: str | None) -> str:
    if kind is None:
        return "What was read holds no theme yet. Next: koe weekly, for weeks not read so far"
    return f"There is no theme of the kind {kind}. Next: koe themes list, for all kinds"


@app.command()
def gather(context: typer.Context) -> None:
    """Let all themes of koe's own that look alike become one."""
    from koe.engine.offline import OfflineEngine
    from koe.themes import gather as bring_together

    with opened(context) as ws, ws.exclusive():
        gone = bring_together(ws, OfflineEngine())
    typer.echo(f"{gone} theme{'' if gone == 1 else 's'} became part of another")


@app.command()
def rename(context: typer.Context, theme: Theme, name: Name) -> None:
    """Give a theme another name; koe never changes it back."""
    from koe import themes

    with opened(context) as ws, ws.exclusive():
        id = themes.id_called(ws, theme)
        themes.rename(ws, id, name)
        typer.echo(f"{id} is now called {name!r}. {_follow(ws, id)}")


@app.command()
def merge(
    context: typer.Context,
    theme: Theme,
    into: Annotated[str, typer.Argument(help="The theme that stays, by its id or its name.")],
) -> None:
    """Make one theme part of another; what comes later follows."""
    from koe import themes

    with opened(context) as ws, ws.exclusive():
        gone, kept = themes.id_called(ws, theme), themes.id_called(ws, into)
        themes.merge(ws, gone, kept)
        typer.echo(f"{gone} is part of {kept} now. {_follow(ws, kept)}")


def _follow(ws: "Workspace", theme: str) -> str:
    """What to run so that every report follows which has the theme."""
    from koe.themes import first_week

    week = first_week(ws, theme)
    since = f" --since {week}" if week else ""
    return f"Reports follow with: koe weekly{since}"


@app.command()
def split(
    context: typer.Context,
    theme: Theme,
    name: Annotated[str, typer.Argument(help="Name of the new theme.")],
    findings: Annotated[list[str], typer.Argument(help="Ids of the findings that move into it.")],
) -> None:
    """Move some findings of a theme into a new one; they stay there."""
    from koe import themes

    with opened(context) as ws, ws.exclusive():
        typer.echo(themes.split(ws, themes.id_called(ws, theme), findings, name))
