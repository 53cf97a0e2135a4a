"""Making an edition: the published week, chosen and worded for one department."""

from collections.abc import Callable, Mapping
from datetime import date

from koe.editions import content, developers, management, sales, support
from koe.editions.around import surroundings
from koe.editions.material import Material
from koe.editions.shape import Edition, EditionName, Part
from koe.keywords import compute_keywords
from koe.publish import published
from koe.report.figures import span, week_title
from koe.website import load_pages
from koe.website.gaps import find_gaps
from koe.workspace import Workspace

__all__ = ["gather", "make_edition"]

_PARTS: Mapping[EditionName, Callable[[Material], tuple[Part, ...]]] = {
    "developers": developers.parts,
    "support": support.parts,
    "sales": sales.parts,
    "content": content.parts,
    "management": management.parts,
}
_SECTIONS: Mapping[EditionName, frozenset[str]] = {
    "developers": frozenset({"complaints", "feature_requests", "requests"}),
    "support": frozenset({"faq", "complaints"}),
    "sales": frozenset({"sales", "objections", "losses", "buying_reasons"}),
    "content": frozenset({"buying_reasons", "praise"}),
    "management": frozenset({"overview"}),
}
"""Sections of the digest that an edition quotes from."""
SENTENCES = 4


def gather(ws: Workspace, week: str) -> Material | None:
    """What the editions of a week are made from; None when it has not been published."""
    given = published(ws, week)
    if given is None:
        return None
    facts, digest, publication = given
    with ws.ledger.connect() as conn:
        around = surroundings(conn, (card.finding for card in facts.quotes))
    keywords = compute_keywords(ws, until=date.fromisoformat(facts.end))
    pages = load_pages(ws)
    gaps = find_gaps(pages, facts, keywords) if pages is not None else None
    return Material(facts, digest, publication, keywords, around, ws.settings.language, gaps)


def make_edition(material: Material, name: EditionName) -> Edition:
    """The edition of one department; the same material gives the same edition."""
    facts, language = material.facts, material.language
    title = f"{material.words.title} {week_title(facts.week, language)}"
    colon = "：" if language == "ja" else ": "
    return Edition(
        name=name,
        week=facts.week,
        revision=material.publication.revision,
        language=language,
        title=f"{material.phrases.titles[name]}{colon}{title}",
        period=span(facts.start, facts.end, language),
        summary=_summary(material, name),
        parts=tuple(part for part in _PARTS[name](material) if part.entries or part.none),
        footer=_footer(material),
        attachments=content.attachments(material) if name == "content" else (),
    )


def _summary(material: Material, name: EditionName) -> tuple[str, ...]:
    """Sentences that passed the guard and speak of what the edition is about."""
    if material.digest.state == "held":
        return ()
    said = [one.text for one in material.digest.sentences if one.section in _SECTIONS[name]]
    return tuple(said[:SENTENCES])


def _footer(material: Material) -> tuple[str, ...]:
    """What was read: the coverage of the week in one line, and how the numbers are made."""
    coverage, words = material.facts.coverage, material.words
    states = words.comma.join(
        f"{words.states[state]} {words.conversations(n)}" for state, n in coverage.states.items() if n
    )
    read = material.phrases.read.format(n=words.conversations(coverage.conversations), states=states)
    return (read, words.method)
