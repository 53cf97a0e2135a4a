"""An answer's words on deals: how they ended, in which trades, what they are worth."""

from collections.abc import Mapping

from koe.engine.offline.answer.nouns import Cards, counted
from koe.language.money import behind
from koe.language.text import Language

MOST = 10
OUTCOMES: Mapping[Language, Mapping[str, str]] = {
    "ja": {"won": "受注", "lost": "失注", "open": "進行中"},
    "en": {"won": "won", "lost": "lost", "open": "open"},
}


def closed(cards: Cards, language: Language) -> list[str]:
    """Deals by outcome, with what they are worth where it was counted."""
    outcomes = [name for name in OUTCOMES[language] if f"volumes.{name}" in cards]
    if not outcomes:
        return []
    told = OUTCOMES[language]
    if language == "en":
        parts = ", ".join(f"{{f:volumes.{name}}} {told[name]}" for name in outcomes)
        return [f"Deals: {parts}.", *_rates(cards, language), *_sums(cards, language)]
    parts = "、".join(f"{told[name]}{{f:volumes.{name}}}件" for name in outcomes)
    return [f"商談は{parts}です。", *_rates(cards, language), *_sums(cards, language)]


def _rates(cards: Cards, language: Language) -> list[str]:
    """What share of the deals that ended did so as it was asked."""
    name = next((name for name in OUTCOMES[language] if f"rate.{name}" in cards), None)
    if name is None:
        return []
    told, slot = OUTCOMES[language][name], f"{{f:rate.{name}}}"
    if language == "en":
        return [f"Share of deals {told}: {slot}%, of those won or lost; open ones are left out."]
    return [f"{told}率は{slot}%です（受注と失注の合計に対する割合で、進行中の商談は含みません）。"]


def _sums(cards: Cards, language: Language) -> list[str]:
    return [*_amounts(cards, "volumes", language), *_means(cards, language)]


def worth(cards: Cards, language: Language) -> list[str]:
    """What the deals behind a matter are worth."""
    return _amounts(cards, "all", language)


def _amounts(cards: Cards, first: str, language: Language) -> list[str]:
    """Sums by currency; of deals without a currency the bare number."""
    ids = [id for name in OUTCOMES[language] for id in cards if _is_amount(id, first, name)]
    told = ("、" if language == "ja" else ", ").join(_amount(id, language) for id in ids)
    if not told:
        return []
    return [f"金額の合計: {told}。" if language == "ja" else f"Total amount: {told}."]


def _means(cards: Cards, language: Language) -> list[str]:
    """What a deal of each outcome is worth on average, by currency."""
    ids = [id for name in OUTCOMES[language] for id in cards if _is_amount(id, "volumes", name, "mean")]
    told = ("、" if language == "ja" else ", ").join(_amount(id, language) for id in ids)
    if not told:
        return []
    return [f"商談あたりの金額: {told}。" if language == "ja" else f"Average amount: {told}."]


def _is_amount(id: str, first: str, outcome: str, sort: str = "amount") -> bool:
    return id.startswith(f"{first}.{sort}.") and id.endswith(f".{outcome}")


def _amount(id: str, language: Language, joint: str = "") -> str:
    *_, currency, outcome = id.split(".")
    unit = "" if currency == "none" else behind(currency, language)
    return f"{OUTCOMES[language][outcome]}{joint} {{f:{id}}}{unit}"


def one_by_one(cards: Cards, language: Language) -> list[str]:
    """The deals one by one, the largest first."""
    places = [f"deal.{place}" for place in range(1, MOST + 1) if f"deal.{place}.name" in cards]
    lines = [line for place in places for line in _line(cards, place, language)]
    if not lines:
        return _unknown(cards, language)
    return [*_head(cards, language), *lines, *_more(cards, language), *_unknown(cards, language)]


def _head(cards: Cards, language: Language) -> list[str]:
    if "all.deals" not in cards or "all.name" in cards:
        return []
    if language == "en":
        whole = [counted(cards, f"all.{noun}", noun) for noun in ("deals", "accounts")]
        return [f"{whole[0]} from {whole[1]}, by amount:"]
    return ["あてはまる声のある商談は{f:all.deals}件、{f:all.accounts}社です。金額の順に:"]


def _line(cards: Cards, place: str, language: Language) -> list[str]:
    ids = [id for id in cards if id.startswith(f"{place}.amount.")]
    if language == "en":
        return [f"· {{f:{place}.name}}: {_amount(id, language)}" for id in ids]
    return [f"・{{f:{place}.name}}: {_amount(id, language, 'の金額は')}" for id in ids]


def _more(cards: Cards, language: Language, first: str = "deal") -> list[str]:
    if f"{first}.more" not in cards:
        return []
    if language == "en":
        return [f"Not listed here: {counted(cards, f'{first}.more', 'deals')} more."]
    return [f"ほかに{{f:{first}.more}}件の商談があります。"]


def _unknown(cards: Cards, language: Language) -> list[str]:
    if "deal.unknown" not in cards:
        return []
    if language == "en":
        return [f"Without an amount: {counted(cards, 'deal.unknown', 'deals')}."]
    return ["金額の記録がない商談は{f:deal.unknown}件です。"]


def losses(cards: Cards, language: Language) -> list[str]:
    """Why deals were lost, as their records say."""
    if "loss.named" in cards:
        return [_named(cards, language)]
    if "loss.known" not in cards:
        return []
    when = _CLOSED_THEN[language] if any(id.startswith("period.") for id in cards) else ""
    places = [f"loss.{place}" for place in range(1, MOST + 1) if f"loss.{place}.name" in cards]
    if language == "en":
        head = f"Deals lost{when}: {{f:loss.lost}}. With a reason on record: {{f:loss.known}}."
        lines = [f"· {{f:{p}.name}}: {counted(cards, f'{p}.deals', 'deals')}" for p in places]
    else:
        head = f"{when}失注した商談は{{f:loss.lost}}件で、うち{{f:loss.known}}件に理由の記録があります。"
        lines = [f"・{{f:{p}.name}}: {{f:{p}.deals}}件" for p in places]
    each = [f"lost.{place}.name" for place in range(1, MOST + 1) if f"lost.{place}.name" in cards]
    dot = "· " if language == "en" else "・"
    told = [f"{dot}{{f:{id}}}" for id in each]
    return [head, *lines, *_more_reasons(cards, language), *told, *_more(cards, language, "lost")]


def _named(cards: Cards, language: Language) -> str:
    """The deals whose recorded reason names the matter, with what they were worth where that is asked."""
    worth = [_amount(id, language) for id in cards if _is_amount(id, "loss", "lost")]
    if language == "en":
        deals = counted(cards, "loss.named", "deals")
        return f"On record as the reason of {'; '.join([f'{deals}: {{f:loss.deal_ids}}', *worth])}."
    return f"失注理由の記録にあるのは商談{{f:loss.named}}件です: {'、'.join(['{f:loss.deal_ids}', *worth])}。"


_CLOSED_THEN: Mapping[Language, str] = {"ja": "その期間に", "en": ", closed in that period"}


def _more_reasons(cards: Cards, language: Language) -> list[str]:
    if "loss.more" not in cards:
        return []
    return [
        "Reasons not listed here: {f:loss.more} more."
        if language == "en"
        else "ほかに{f:loss.more}通りの理由があります。"
    ]


def outcomes(cards: Cards, language: Language) -> list[str]:
    if not {"outcome.won", "outcome.lost"} <= cards.keys():
        return []
    if language == "en":
        return ["Deals by outcome: {f:outcome.lost} lost, {f:outcome.won} won."]
    return ["商談の結果では、失注{f:outcome.lost}件、受注{f:outcome.won}件です。"]


def industries(cards: Cards, language: Language) -> list[str]:
    places = [f"industry.{place}" for place in range(1, 11) if f"industry.{place}.name" in cards]
    if not places:
        return []
    if language == "en":
        parts = ", ".join(f"{{f:{p}.name}}: {counted(cards, f'{p}.deals', 'deals')}" for p in places)
        return [f"By industry: {parts}."]
    return [f"業界別の商談は {'、'.join(f'{{f:{p}.name}}: {{f:{p}.deals}}件' for p in places)}。"]
