"""What deals are worth in sum, and beside each sum the deals that are in none."""

from collections.abc import Iterable, Mapping

from koe.facts.deals import unpriced
from koe.facts.shape import DealMention, RequestFacts, WeekFacts
from koe.language.text import Language
from koe.records import Outcome
from koe.report.figures import money
from koe.report.words import Words, words_in

__all__ = ["closed", "stakes", "worth"]

Sums = Mapping[str, Mapping[Outcome, float]]

_OUTCOMES: tuple[Outcome, ...] = ("open", "won", "lost")
_CLOSED: dict[Outcome, str] = {"won": "wins", "lost": "losses"}
"""First parts of the ids of the facts of a week."""


def stakes(theme: RequestFacts, language: Language) -> tuple[str, ...]:
    """What the deals that mention a theme are worth, as `商談中 1,200,000円`; last how many are in no sum."""
    return worth(theme.amounts, theme.deals, language)


def worth(sums: Sums, deals: Iterable[DealMention], language: Language) -> tuple[str, ...]:
    """The same of any deals with their sums by currency and outcome."""
    words = words_in(language)
    told = [
        f"{words.outcomes[outcome]} {_sum(sums[currency][outcome], currency, language)}"
        for currency in sorted(sums, key=_last)
        for outcome in _OUTCOMES
        if outcome in sums[currency]
    ]
    return _beside(told, sum(map(len, unpriced(deals).values())), words)


def closed(facts: WeekFacts, outcome: Outcome, language: Language) -> str:
    """What the deals won or lost in the week are worth: `lost, 3 deals: 1,200 USD`; empty where none is."""
    words, name = words_in(language), _CLOSED[outcome]
    values = {fact.id: fact.value for fact in facts.facts}
    count, stem = int(values.get(f"{name}.deals", 0)), f"{name}.amount."
    sums = {_currency(id, stem): amount for id, amount in values.items() if id.startswith(stem)}
    told = [_sum(sums[currency], currency, language) for currency in sorted(sums, key=_last)]
    parts = _beside(told, int(values.get(f"{name}.no_amount", 0)), words)
    line = words.closed.format(
        outcome=words.outcomes[outcome], n=words.deals(count), sums=words.comma.join(parts)
    )
    return line if count else ""


def _currency(id: str, stem: str) -> str:
    named = id.removeprefix(stem)
    return "" if named == "none" else named


def _last(currency: str) -> tuple[bool, str]:
    """The order of sums: that of no currency stands last."""
    return not currency, currency


def _sum(amount: float, currency: str, language: Language) -> str:
    """A sum with its currency, or with the remark that the deals name none."""
    figure = money(amount, currency, language)
    return figure if currency else words_in(language).no_currency.format(sum=figure)


def _beside(sums: list[str], count: int, words: Words) -> tuple[str, ...]:
    """The sums with how many deals are in none; that there is no amount where there is no sum at all."""
    if not count:
        return tuple(sums)
    return (*sums, words.in_no_sum.format(n=words.deals(count))) if sums else (words.amount_unknown,)
