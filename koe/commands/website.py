"""`koe website`: read the company's own site and say what it lacks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from koe.commands.opened import opened
from koe.commands.saying import said_in
from koe.errors import SetupError
from koe.report.safe import terminal

if TYPE_CHECKING:
    from koe.doctor import Check
    from koe.facts.shape import ThemeFacts
    from koe.website.pages import Section
    from koe.workspace import Workspace

NONE = "  –"


def add_to(app: typer.Typer) -> None:
    """Add the command to the front door."""
    app.command()(website)


def website(
    context: typer.Context,
    again: Annotated[bool, typer.Option("--pull", help="Read the site again first.")] = False,
) -> None:
    """Say which winning words and which answers your website lacks."""
    with opened(context) as ws, ws.exclusive():
        if again or _is_unread(ws):
            for line in pull_website(ws):
                typer.echo(line)
        for line in _lines(ws):
            typer.echo(line)


def pull_website(ws: "Workspace") -> Iterator[str]:
    """Read the configured site into the ledger; yields what to tell."""
    from connectors.site.website import read_site
    from koe.website import keep_pages

    if ws.settings.website is None:
        raise SetupError('No website is set up. Add [website] with sitemap = "https://…" to koe.toml.')
    site = read_site(ws.settings.website, ws.home)
    count = keep_pages(ws, site.pages, site.complete)
    told = [
        f"website: {count} page{'' if count == 1 else 's'}",
        *(f"  left out: {one}" for one in site.skipped),
    ]
    yield from (said_in(line, ws.settings.language) for line in told)


def check_website(ws: "Workspace") -> Iterator["Check"]:
    """Whether the configured site's folder is there, or how many pages of its sitemap are known."""
    from koe.doctor import Check
    from koe.examined import examined_in
    from koe.website import load_pages

    site, words = ws.settings.website, examined_in(ws.settings.language)
    if site is None:
        return
    folder = ws.home / site.folder.expanduser() if site.folder else None
    if folder is not None and not folder.is_dir():
        yield Check("website", False, words.no_site.format(folder=repr(str(folder))))
        return
    says = words.site_unread if load_pages(ws) is None else words.site_read
    yield Check("website", True, says.format(place=folder or site.sitemap))


def _is_unread(ws: "Workspace") -> bool:
    from koe.website import load_pages

    return load_pages(ws) is None


def _lines(ws: "Workspace") -> Iterator[str]:
    from koe.editions.making import gather
    from koe.publish import published_weeks

    weeks = published_weeks(ws)
    material = gather(ws, weeks[-1]) if weeks else None
    if material is None or material.gaps is None:
        raise SetupError("No week has been published yet. Run: koe weekly")
    phrases, gaps = material.phrases, material.gaps
    yield f"\n{phrases.unused}"
    yield from [f"  {terminal(word.term)}" for word in gaps.unused] or [NONE]
    yield f"\n{phrases.unanswered_faq}"
    open_ones = [theme for theme in material.facts.faq_candidates if not gaps.entries[theme.theme]]
    yield from [f"  {terminal(theme.name)}" for theme in open_ones] or [NONE]
    yield f"\n{phrases.answered_faq}"
    yield from list(_answered(material.facts.faq_candidates, gaps.entries)) or [NONE]


def _answered(faq: "Sequence[ThemeFacts]", entries: "Mapping[str, Section | None]") -> Iterator[str]:
    for theme in faq:
        entry = entries[theme.theme]
        if entry is not None:
            yield f"  {terminal(theme.name)} — {terminal(entry.heading)} ({terminal(entry.url)})"
