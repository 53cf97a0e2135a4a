"""For sales: what makes customers hesitate, what made them buy, and whom to call."""

from collections import defaultdict
from collections.abc import Sequence

from koe.editions.material import VOICES, Material, entry_of, voice_of, voices_of
from koe.editions.shape import Entry, Part
from koe.facts.deals import amounts
from koe.facts.shape import DealMention, QuoteCard, RequestFacts
from koe.records import FindingKind
from koe.report.figures import money
from koe.report.sums import closed, worth

__all__ = ["losses", "parts"]

THEMES = 5
ACCOUNTS = 8
_OPENINGS = (FindingKind.OBJECTION, FindingKind.FEATURE_REQUEST)


def parts(material: Material) -> tuple[Part, ...]:
    """Objections, reasons to buy as words to use, accounts to call, deals lost."""
    facts, phrases = material.facts, material.phrases
    return (
        Part(
            title=phrases.objections,
            note=phrases.objections_note,
            entries=tuple(entry_of(material, theme) for theme in facts.objections[:THEMES]),
            none=material.none("objections"),
        ),
        Part(
            title=phrases.reasons_won,
            note=phrases.reasons_note,
            entries=tuple(entry_of(material, theme) for theme in facts.buying_reasons[:THEMES]),
            none=material.none("buying_reasons"),
        ),
        Part(title=phrases.call, note=phrases.call_note, entries=_to_call(material)),
        losses(material),
    )


def losses(material: Material) -> Part:
    """The deals lost in the week: the reason in the CRM beside what the customer said."""
    words, entries = material.words, []
    for loss in material.facts.losses:
        amount = money(loss.amount, loss.currency, material.language) if loss.amount is not None else ""
        reason = f"{words.crm_reason}{': ' if material.language == 'en' else '：'}{loss.reason}"
        figures = (amount or words.amount_unknown, reason if loss.reason else words.no_reason)
        entries.append(Entry(title=loss.account, figures=figures, voices=voices_of(material, loss.findings)))
    note = closed(material.facts, "lost", material.language)
    return Part(title=material.phrases.lost, note=note, entries=tuple(entries), none=words.none["losses"])


def _to_call(material: Material) -> tuple[Entry, ...]:
    """Accounts with an open deal that named a doubt or a wish this week; the largest amount first."""
    deals = _open_deals(material)
    worths = {one: sum(deal.amount or 0.0 for deal in some) for one, some in deals.items()}
    said: dict[str, list[QuoteCard]] = defaultdict(list)
    for card in material.facts.quotes:
        if card.kind in _OPENINGS and card.outcome == "open" and card.voice in deals:
            said[card.voice].append(card)
    order = sorted(said, key=lambda one: (-worths[one], said[one][-1].account, one))
    return tuple(_account(material, said[one], deals[one]) for one in order[:ACCOUNTS])


def _account(material: Material, cards: list[QuoteCard], deals: Sequence[DealMention]) -> Entry:
    """An account by its newest name, with the amounts of its open deals and what it said."""
    return Entry(
        title=cards[-1].account,
        figures=worth(amounts(deals), deals, material.language),
        voices=tuple(voice_of(material, card) for card in cards[:VOICES]),
    )


def _open_deals(material: Material) -> dict[str, list[DealMention]]:
    """Open deals that speak in this week's lists, by account, each deal once."""
    themes: tuple[RequestFacts, ...] = (*material.facts.objections, *material.facts.feature_requests)
    deals = {
        mention.deal: mention for theme in themes for mention in theme.deals if mention.outcome == "open"
    }
    found: dict[str, list[DealMention]] = defaultdict(list)
    for key in sorted(deals):
        found[deals[key].voice].append(deals[key])
    return found
