"""`koe website`: read the company's own site and say what it lacks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from koe.commands.opened import opened
from koe.errors import SetupError

if TYPE_CHECKING:
    from koe.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Add the command to the front door."""
    app.command()(website)


def website(
    context: typer.Context,
    again: Annotated[bool, typer.Option("--pull", help="Read the site again first.")] = False,
) -> None:
    """Which words of won deals your website does not use, and which questions it does not answer."""
    with opened(context) as ws, ws.exclusive():
        if again or _is_unread(ws):
            for line in pull_website(ws):
                typer.echo(line)
        for line in _lines(ws):
            typer.echo(line)


def pull_website(ws: "Workspace") -> Iterator[str]:
    """Read the configured site into the ledger; yields what to tell."""
    from connectors.website import read_site
    from koe.website import keep_pages

    if ws.settings.website is None:
        raise SetupError('No website is set up. Add [website] with sitemap = "https://…" to koe.toml.')
    site = read_site(ws.settings.website, ws.home)
    yield f"website: {keep_pages(ws, site.pages, site.complete)} pages"
    yield from (f"  left out: {line}" for line in site.skipped)


def _is_unread(ws: "Workspace") -> bool:
    from koe.website import load_pages

    return load_pages(ws) is None


def _lines(ws: "Workspace") -> Iterator[str]:
    from koe.editions.making import gather
    from koe.publish import published_weeks
    from koe.report.safe import terminal

    weeks = published_weeks(ws)
    material = gather(ws, weeks[-1]) if weeks else None
    if material is None or material.gaps is None:
        raise SetupError("No week has been published yet. Run: koe weekly")
    phrases, gaps = material.phrases, material.gaps
    yield f"\n{phrases.unused}"
    yield from (f"  {terminal(word.term)}" for word in gaps.unused)
    yield f"\n{phrases.unanswered_faq}"
    yield from (f"  {terminal(theme.name)}" for theme in material.facts.faq if not gaps.entries[theme.theme])
    yield f"\n{phrases.answered_faq}"
    for theme in material.facts.faq:
        entry = gaps.entries[theme.theme]
        if entry is not None:
            yield f"  {terminal(theme.name)} — {terminal(entry.heading)} ({terminal(entry.url)})"
