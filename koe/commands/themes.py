"""`koe themes …`: what a person decides about themes, which sticks."""

from typing import TYPE_CHECKING, Annotated

import typer

from koe.commands import lacking
from koe.commands.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from koe.themes import ThemeRow
    from koe.themes.telling import Telling
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
    from koe.themes import list_themes

    if kind is not None:
        check_kind(kind)
    with opened(context) as ws:
        rows = list_themes(ws, kind)
        if json_lines:
            for row in rows:
                typer.echo(json.dumps(row.model_dump(mode="json"), ensure_ascii=False))
            return
        if not rows:
            lacking.say(lacking.nothing_read(ws) or _none(kind), ws.settings.language)
        for line in _table(ws, rows):
            typer.echo(line)


def _table(ws: "Workspace", rows: "Sequence[ThemeRow]") -> "Iterator[str]":
    """A line for each theme, then one for each two that look alike."""
    from koe.engine.offline import OfflineEngine
    from koe.report.safe import terminal
    from koe.themes import look_alikes, names_within
    from koe.themes.telling import telling_in

    words, within = telling_in(ws.settings.language), names_within(ws)
    for row in rows:
        others = words.within.format(names=words.between.join(within[row.id])) if row.id in within else ""
        told = row.model_dump() | {"kind": words.kinds[row.kind], "name": terminal(row.name + others)}
        yield words.row.format(**told)
    shown = {row.id for row in rows}
    for theme, other in look_alikes(ws, OfflineEngine()):
        if {theme, other} <= shown:
            yield words.look_alike.format(theme=theme, other=other)


def _none(kind: str | None) -> str:
    if kind is None:
        return "What was read holds no theme yet. Next: koe weekly, for weeks not read so far"
    return f"There is no theme of the kind {kind}. Next: koe themes list, for all kinds"


@app.command()
def gather(context: typer.Context) -> None:
    """Let all themes of koe's own that look alike become one."""
    from koe.engine.offline import OfflineEngine
    from koe.themes import gather as bring_together
    from koe.themes.telling import telling_in

    with opened(context) as ws, ws.exclusive():
        gone = bring_together(ws, OfflineEngine())
        typer.echo(telling_in(ws.settings.language).gathered[gone != 1].format(n=gone))


@app.command()
def rename(context: typer.Context, theme: Theme, name: Name) -> None:
    """Give a theme another name; koe never changes it back."""
    from koe import themes
    from koe.themes.telling import telling_in

    with opened(context) as ws, ws.exclusive():
        id = themes.id_called(ws, theme)
        themes.rename(ws, id, name)
        words = telling_in(ws.settings.language)
        typer.echo(words.renamed.format(theme=id, name=name, follow=_follow(ws, id, words)))


@app.command()
def merge(
    context: typer.Context,
    theme: Theme,
    into: Annotated[str, typer.Argument(help="The theme that stays, by its id or its name.")],
) -> None:
    """Make one theme part of another; what comes later follows."""
    from koe import themes
    from koe.themes.telling import telling_in

    with opened(context) as ws, ws.exclusive():
        gone, kept = themes.id_called(ws, theme), themes.id_called(ws, into)
        themes.merge(ws, gone, kept)
        words = telling_in(ws.settings.language)
        typer.echo(words.merged.format(theme=gone, other=kept, follow=_follow(ws, kept, words)))


def _follow(ws: "Workspace", theme: str, words: "Telling") -> str:
    """What to run so that every report follows which has the theme."""
    from koe.themes import first_week

    week = first_week(ws, theme)
    return words.follow.format(since=words.since.format(week=week) if week else "")


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
