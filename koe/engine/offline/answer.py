"""An answer in words by templates: every number and every name is a slot."""

from collections.abc import Callable, Mapping, Sequence

from koe.engine.base import Draft, FactCard, Sentence
from koe.records import Finding
from koe.text import Language

Cards = Mapping[str, FactCard]


def answer(
    question: str, facts: Sequence[FactCard], findings: Sequence[Finding], language: Language
) -> Draft:
    """Sentences over the facts that were counted; what was not counted is not spoken of."""
    cards = {card.id: card for card in facts}
    cites = tuple(finding.id for finding in findings)
    texts = [text for part in _PARTS for text in part(cards, language)]
    return Draft(sentences=tuple(Sentence(text=text, cites=cites) for text in texts), language=language)


def _mention(cards: Cards, language: Language) -> list[str]:
    if "mention.term" not in cards:
        return []
    if language == "en":
        return [
            'Customers say "{f:mention.term}" in {f:mention.conversations} conversations: '
            "{f:mention.lost} lost deals and {f:mention.won} won deals."
        ]
    return [
        "「{f:mention.term}」という言葉をお客さまが口にした会話は{f:mention.conversations}件、"
        "商談では失注{f:mention.lost}件、受注{f:mention.won}件です。"
    ]


def _theme(cards: Cards, language: Language) -> list[str]:
    if "all.name" not in cards:
        return []
    deals = "all.deals" in cards
    if language == "en":
        tail = ", among them {f:all.deals} deals" if deals else ""
        return ['"{f:all.name}": {f:all.accounts} accounts, {f:all.conversations} conversations' + tail + "."]
    tail = "、うち商談は{f:all.deals}件" if deals else ""
    return [f"「{{f:all.name}}」は{{f:all.accounts}}社、{{f:all.conversations}}件の会話に出ています{tail}。"]


def _total(cards: Cards, language: Language) -> list[str]:
    if "all.name" in cards or "all.accounts" not in cards:
        return []
    if language == "en":
        return ["That is {f:all.accounts} accounts in {f:all.conversations} conversations, by theme:"]
    return ["あてはまる声は{f:all.accounts}社、{f:all.conversations}件の会話にあります。"]


def _top(cards: Cards, language: Language) -> list[str]:
    places = [f"top.{place}" for place in range(1, 10) if f"top.{place}.name" in cards]
    if language == "en":
        return [
            f"- {{f:{p}.name}} ({{f:{p}.accounts}} accounts, {{f:{p}.conversations}} conversations)"
            for p in places
        ]
    return [f"・{{f:{p}.name}}（{{f:{p}.accounts}}社、{{f:{p}.conversations}}件）" for p in places]


def _names(cards: Cards, language: Language) -> list[str]:
    if "all.names" not in cards:
        return []
    return ["Accounts: {f:all.names}."] if language == "en" else ["声を寄せた会社: {f:all.names}。"]


def _outcomes(cards: Cards, language: Language) -> list[str]:
    if "outcome.won" not in cards:
        return []
    if language == "en":
        return ["By outcome: {f:outcome.lost} lost deals, {f:outcome.won} won deals."]
    return ["商談の結果では、失注{f:outcome.lost}件、受注{f:outcome.won}件です。"]


def _weeks(cards: Cards, language: Language) -> list[str]:
    weeks = [card for card in cards.values() if card.id.startswith("week.")]
    if not weeks:
        return []
    unit = " accounts" if language == "en" else "社"
    series = [f"{{f:label.{card.label}}}: {{f:{card.id}}}{unit}" for card in weeks]
    joined = ", ".join(series) if language == "en" else "、".join(series)
    moves = _DIRECTIONS[language].get(str(cards["trend"].value), "") if "trend" in cards else ""
    return [
        moves
        + ("By week: " if language == "en" else "週ごとの社数は ")
        + joined
        + ("." if language == "en" else "。")
    ]


_DIRECTIONS: Mapping[Language, Mapping[str, str]] = {
    "ja": {"rising": "増えています。", "falling": "減っています。", "steady": "横ばいです。"},
    "en": {"rising": "It is rising. ", "falling": "It is falling. ", "steady": "It is steady. "},
}


def _last(cards: Cards, language: Language) -> list[str]:
    if "last.day" not in cards:
        return []
    return ["The last one is of {f:last.day}."] if language == "en" else ["最後の声は{f:last.day}です。"]


def _words(cards: Cards, language: Language) -> list[str]:
    if "words.list" not in cards:
        return []
    if language == "en":
        return ["Words they use more than the other side: {f:words.list}."]
    return ["もう一方の商談より多く使われる言葉: {f:words.list}。"]


def _passages(cards: Cards, language: Language) -> list[str]:
    if "passages.conversations" not in cards:
        return []
    if language == "en":
        return ["No theme is about this; {f:passages.conversations} conversations hold these words."]
    return ["これを主題にした声はありませんが、言葉が出てくる会話が{f:passages.conversations}件あります。"]


_PARTS: tuple[Callable[[Cards, Language], list[str]], ...] = (
    _mention,
    _theme,
    _total,
    _weeks,
    _last,
    _passages,
    _outcomes,
    _names,
    _top,
    _words,
)
