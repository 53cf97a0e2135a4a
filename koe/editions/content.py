"""For the content team: the words of won and lost deals, and phrases as customers say them."""

from koe.editions.material import QUOTE_LIMIT, Material, entry_of
from koe.editions.shape import Attachment, Entry, Part, Voice
from koe.keywords.shape import Keyword, Side
from koe.report.safe import shorten

__all__ = ["attachments", "parts"]

WORDS = 8
PHRASES = 4
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def parts(material: Material) -> tuple[Part, ...]:
    """Keywords of both sides with their counts, then reasons to buy and praise."""
    facts, phrases = material.facts, material.phrases
    entries = (*facts.buying_reasons[:PHRASES], *facts.praise[:PHRASES])
    return (
        _keywords(material, "won", phrases.keywords_won),
        _keywords(material, "lost", phrases.keywords_lost),
        *_unused(material),
        Part(
            title=phrases.phrases,
            note=phrases.phrases_note,
            entries=tuple(entry_of(material, theme) for theme in entries),
            none=material.none("buying_reasons"),
        ),
    )


def _unused(material: Material) -> tuple[Part, ...]:
    """Words of won deals that the company's website does not use; nothing where no site was read."""
    if material.gaps is None:
        return ()
    phrases = material.phrases
    shown = {word.term for word in material.keywords.of("won")[:WORDS]}
    words = tuple(
        entry.model_copy(update={"voices": ()}) if entry.title in shown else entry
        for entry in (_keyword(material, word) for word in material.gaps.unused[:WORDS])
    )
    return (Part(title=phrases.unused, note=phrases.unused_note, entries=words, none=phrases.no_unused),)


def attachments(material: Material) -> tuple[Attachment, ...]:
    """The keyword workbook, where there is a keyword to show."""
    if not material.keywords.keywords:
        return ()
    from koe.keywords import render

    body = render(material.keywords, "xlsx", material.language)
    return (Attachment(name="keywords.xlsx", media_type=SHEET, content=body),)


def _keywords(material: Material, side: Side, title: str) -> Part:
    report, phrases, words = material.keywords, material.phrases, material.words
    note = phrases.keywords_note.format(
        won=words.deals(report.deals_won), lost=words.deals(report.deals_lost)
    )
    return Part(
        title=title,
        note=note,
        entries=tuple(_keyword(material, word) for word in report.of(side)[:WORDS]),
        none=phrases.no_keywords,
    )


def _keyword(material: Material, word: Keyword) -> Entry:
    phrases = material.phrases
    tier = phrases.finding if word.tier == "finding" else phrases.hint
    return Entry(
        title=word.term,
        figures=(phrases.shares.format(won=word.deals_won, lost=word.deals_lost), tier),
        voices=tuple(
            Voice(text=shorten(quote.quote, QUOTE_LIMIT), source=quote.conversation)
            for quote in word.quotes[:1]
        ),
    )
