"""What every edition is made from, and the small pieces all of them share."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from koe.digest import Digest
from koe.editions.shape import Entry, Voice
from koe.editions.words import Phrases, phrases_in
from koe.facts.shape import QuoteCard, RequestFacts, ThemeFacts, WeekFacts
from koe.keywords.shape import KeywordReport
from koe.language.text import Language
from koe.publish import Publication
from koe.report.figures import day
from koe.report.safe import shorten
from koe.report.sums import stakes
from koe.report.unread import as_read, before, moves
from koe.report.words import Words, words_in
from koe.website.gaps import Gaps

__all__ = ["Material", "Surroundings", "entry_of", "voice_of", "voices_of"]

VOICES = 3
"""Quotes of one entry; the report has all of them."""
QUOTE_LIMIT = 240


class Surroundings(NamedTuple):
    """What stands around a finding in its conversation, masked."""

    context: str = ""
    """Sentences of the same turn next to the quote, the quote with them; empty where it stands alone."""
    reply: str = ""
    """What an agent answered; empty where nothing is to the point."""
    is_answered: bool = False
    """Whether an agent spoke behind it at all."""


class Material(NamedTuple):
    """One published week with what editions need beside its facts."""

    facts: WeekFacts
    digest: Digest
    publication: Publication
    keywords: KeywordReport
    around: Mapping[str, Surroundings]
    """By finding."""
    language: Language
    gaps: Gaps | None = None
    """What the company's website lacks; None where no site was read."""

    @property
    def words(self) -> Words:
        """The report's catalogue: units, trends, states."""
        return words_in(self.language)

    @property
    def phrases(self) -> Phrases:
        """The editions' own catalogue."""
        return phrases_in(self.language)

    def none(self, key: str) -> str:
        """What is said where a list of the report is empty, with its reservation where not all was read."""
        return as_read(self.facts, self.words, self.words.none[key])

    def cards(self, findings: Sequence[str]) -> list[QuoteCard]:
        """The quotes of these findings, in their order, one of each account first."""
        by_id = {card.finding: card for card in self.facts.quotes}
        cards = [by_id[finding] for finding in findings if finding in by_id]
        firsts = {card.voice: card for card in reversed(cards)}
        heads = [card for card in cards if firsts[card.voice] is card]
        return heads + [card for card in cards if card not in heads]


def voice_of(material: Material, card: QuoteCard) -> Voice:
    """A quote with its place."""
    kind = material.words.kinds[card.conversation_kind]
    source = f"{card.account} / {day(card.day, material.language)} / {kind} {card.conversation}"
    return Voice(text=shorten(card.quote, QUOTE_LIMIT), source=source)


def voices_of(material: Material, findings: Sequence[str]) -> tuple[Voice, ...]:
    """The first quotes of a theme, each account once before any speaks twice."""
    return tuple(voice_of(material, card) for card in material.cards(findings)[:VOICES])


def entry_of(
    material: Material,
    theme: ThemeFacts,
    voices: Callable[[Material, Sequence[str]], tuple[Voice, ...]] = voices_of,
) -> Entry:
    """A theme: its accounts against the week before, its trend, its deals, its words."""
    words = material.words
    figures = [
        words.accounts(theme.accounts),
        before(material.facts, theme, words),
        moves(material.facts, theme, words),
    ]
    if isinstance(theme, RequestFacts) and theme.deals:
        figures.append(material.phrases.deals_of.format(n=words.deals(len(theme.deals))))
        figures += stakes(theme, material.language)
    return Entry(
        title=theme.name,
        figures=tuple(figures),
        accounts=theme.account_names,
        voices=voices(material, theme.findings),
    )
