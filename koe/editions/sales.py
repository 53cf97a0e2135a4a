"""For sales: what makes customers hesitate, what made them buy, and whom to call."""

from collections import defaultdict
from collections.abc import Sequence

from koe.editions.material import VOICES, Material, entry_of, voice_of, voices_of
from koe.editions.shape import Entry, Part, Voice
from koe.facts.shape import QuoteCard, RequestFacts
from koe.records import FindingKind
from koe.report.figures import money

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
            entries=_reasons(material),
            none=material.none("buying_reasons"),
        ),
        Part(title=phrases.call, note=phrases.call_note, entries=_to_call(material)),
        losses(material),
    )


def _reasons(material: Material) -> tuple[Entry, ...]:
    """Reasons to buy in the words of customers whose deal was not lost."""
    entries = (entry_of(material, theme, _not_lost) for theme in material.facts.buying_reasons)
    return tuple(entry for entry in entries if entry.voices)[:THEMES]


def _not_lost(material: Material, findings: Sequence[str]) -> tuple[Voice, ...]:
    cards = [card for card in material.cards(findings) if card.outcome != "lost"]
    return tuple(voice_of(material, card) for card in cards[:VOICES])


def losses(material: Material) -> Part:
    """The deals lost in the week: the reason in the CRM beside what the customer said."""
    words, entries = material.words, []
    for loss in material.facts.losses:
        amount = money(loss.amount, loss.currency, material.language) if loss.amount is not None else ""
        reason = f"{words.crm_reason}{': ' if material.language == 'en' else '：'}{loss.reason}"
        figures = (amount or words.amount_unknown, reason if loss.reason else words.no_reason)
        entries.append(Entry(title=loss.account, figures=figures, voices=voices_of(material, loss.findings)))
    return Part(title=material.phrases.lost, entries=tuple(entries), none=words.none["losses"])


def _to_call(material: Material) -> tuple[Entry, ...]:
    """Accounts with an open deal that named a doubt or a wish this week; the largest amount first."""
    amounts = _open_amounts(material)
    said: dict[str, list[QuoteCard]] = defaultdict(list)
    for card in material.facts.quotes:
        if card.kind in _OPENINGS and card.outcome == "open" and card.voice in amounts:
            said[card.voice].append(card)
    order = sorted(said, key=lambda one: (-sum(amounts[one].values()), said[one][-1].account, one))
    return tuple(_account(material, said[one], amounts[one]) for one in order[:ACCOUNTS])


def _account(material: Material, cards: list[QuoteCard], amounts: dict[str, float]) -> Entry:
    """An account by its newest name, with the amounts of its open deals and what it said."""
    stakes = tuple(
        f"{material.words.outcomes['open']} {money(amount, currency, material.language)}"
        for currency, amount in sorted(amounts.items())
        if amount
    )
    return Entry(
        title=cards[-1].account,
        figures=stakes,
        voices=tuple(voice_of(material, card) for card in cards[:VOICES]),
    )


def _open_amounts(material: Material) -> dict[str, dict[str, float]]:
    """Amounts of open deals that speak in this week's lists, by account and currency, each deal once."""
    themes: tuple[RequestFacts, ...] = (*material.facts.objections, *material.facts.feature_requests)
    deals = {
        mention.deal: mention for theme in themes for mention in theme.deals if mention.outcome == "open"
    }
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for key in sorted(deals):
        mention = deals[key]
        found[mention.voice][mention.currency] += mention.amount or 0.0
    return found
