"""An edition in the forms that channels need: plain text, Markdown, HTML."""

import re
from collections.abc import Iterator
from pathlib import Path

from koe.editions.shape import Edition, Entry, Letter, Part, Voice
from koe.report.pages import render
from koe.report.safe import plain
from koe.report.words import words_in

__all__ = ["as_letter"]

TEMPLATES = Path(__file__).parent / "templates"
_GAPS = re.compile(r"\n{3,}")


def as_letter(edition: Edition) -> Letter:
    """The edition in every form; customers' words are escaped for each."""
    values = {"edition": edition}
    markdown = render("edition.md.j2", edition.language, values, TEMPLATES)
    return Letter(
        edition=edition,
        text="\n".join(_lines(edition)).strip() + "\n",
        markdown=_GAPS.sub("\n\n", markdown).strip() + "\n",
        html=render("edition.html.j2", edition.language, values, TEMPLATES),
    )


def _lines(edition: Edition) -> Iterator[str]:
    yield edition.title
    yield edition.period
    yield ""
    yield from (plain(sentence) for sentence in edition.summary)
    for part in edition.parts:
        yield from _part(part, edition)
    yield ""
    yield from (plain(line) for line in edition.footer)


def _part(part: Part, edition: Edition) -> Iterator[str]:
    mark = "■" if edition.language == "ja" else "##"
    yield from ("", f"{mark} {part.title}")
    if part.note:
        yield part.note
    for entry in part.entries:
        yield from _entry(entry, edition)
    if not part.entries:
        yield part.none


def _entry(entry: Entry, edition: Edition) -> Iterator[str]:
    mark = "・" if edition.language == "ja" else "- "
    figures = " / ".join(map(plain, entry.figures))
    yield f"{mark}{plain(entry.title)}" + (f" ({figures})" if figures else "")
    if entry.accounts:
        yield f"  {words_in(edition.language).comma.join(map(plain, entry.accounts))}"
    for voice in entry.voices:
        yield f"  {_voice(voice, edition)}"


def _voice(voice: Voice, edition: Edition) -> str:
    words = words_in(edition.language)
    label = f"{voice.label}: " if voice.label else ""
    source = f" — {plain(voice.source)}" if voice.source else ""
    return f"{label}{words.open_quote}{plain(voice.text)}{words.close_quote}{source}"
