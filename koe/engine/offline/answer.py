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
        written = ["Words counted: {f:mention.variants}."] if "mention.variants" in cards else []
        return [
            'Customers of {f:mention.accounts} accounts say "{f:mention.term}" '
            "in {f:mention.conversations} conversations.",
            "By outcome: {f:mention.lost} lost deals, {f:mention.won} won deals, "
            "{f:mention.open} open deals.",
            *written,
        ]
    written = ["数えた書き方: {f:mention.variants}。"] if "mention.variants" in cards else []
    return [
        "「{f:mention.term}」という言葉は、{f:mention.accounts}社のお客さまが"
        "{f:mention.conversations}件の会話で口にしています。",
        "商談では、失注{f:mention.lost}件、受注{f:mention.won}件、進行中{f:mention.open}件です。",
        *written,
    ]


def _topic(cards: Cards, language: Language) -> list[str]:
    if "all.name" not in cards:
        return []
    if language == "en":
        lead = '"{f:all.name}": {f:all.accounts} accounts, {f:all.conversations} conversations'
        return [lead + (", {f:all.deals} deals." if "all.deals" in cards else ".")]
    lead = "「{f:all.name}」にあたる声は{f:all.accounts}社、{f:all.conversations}件の会話にあります"
    return [lead + ("（商談{f:all.deals}件）。" if "all.deals" in cards else "。")]


def _total(cards: Cards, language: Language) -> list[str]:
    if "total.accounts" not in cards:
        return []
    if language == "en":
        return ["That is {f:total.accounts} accounts in {f:total.conversations} conversations, by theme:"]
    return [
        "あてはまる声は合わせて{f:total.accounts}社、{f:total.conversations}件の会話にあります。多い順に:"
    ]


def _top(cards: Cards, language: Language) -> list[str]:
    places = [f"top.{place}" for place in range(1, 11) if f"top.{place}.name" in cards]
    if language == "en":
        return [
            f"· {{f:{p}.name}} ({{f:{p}.accounts}} accounts, {{f:{p}.conversations}} conversations)"
            for p in places
        ]
    return [f"・{{f:{p}.name}}（{{f:{p}.accounts}}社、{{f:{p}.conversations}}件の会話）" for p in places]


def _names(cards: Cards, language: Language) -> list[str]:
    return [*_list(cards, language, "names"), *_list(cards, language, "deal_ids")]


def _list(cards: Cards, language: Language, id: str) -> list[str]:
    if f"all.{id}" not in cards:
        return []
    more = f"all.{id}.more" in cards
    if language == "en":
        word = "accounts" if id == "names" else "deals"
        tail = f", and {{f:all.{id}.more}} {word} more" if more else ""
        return [f"{word.capitalize()}: {{f:all.{id}}}{tail}."]
    word, unit = ("会社", "社") if id == "names" else ("商談", "件")
    tail = f"、ほか{{f:all.{id}.more}}{unit}" if more else ""
    return [f"{word}: {{f:all.{id}}}{tail}。"]


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
    moves = _DIRECTIONS[language].get(str(cards["trend"].value), "") if "trend" in cards else ""
    unit = " accounts" if language == "en" else "社"
    joint = ", " if language == "en" else "、"
    series = joint.join(f"{{f:label.{card.label}}}: {{f:{card.id}}}{unit}" for card in weeks)
    lead, end = ("By week: ", ".") if language == "en" else ("週ごとの社数は ", "。")
    return [moves + lead + series + end]


_DIRECTIONS: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "rising": "会社の数は増えています。",
        "falling": "会社の数は減っています。",
        "steady": "会社の数は横ばいです。",
    },
    "en": {
        "rising": "The number of accounts is rising. ",
        "falling": "The number of accounts is falling. ",
        "steady": "The number of accounts is steady. ",
    },
}


def _days(cards: Cards, language: Language) -> list[str]:
    if "last.day" not in cards:
        return []
    if language == "en":
        return ["First said on {f:first.day}, last on {f:last.day}."]
    return ["最初の声は{f:first.day}、最後の声は{f:last.day}です。"]


def _replies(cards: Cards, language: Language) -> list[str]:
    replies = [card for card in cards.values() if card.id.startswith("reply.")]
    words = "Answered: " if language == "en" else "回答: "
    return [f"{words}{{f:{card.id}}}" for card in replies]


def _terms(cards: Cards, language: Language) -> list[str]:
    places = [f"word.{place}" for place in range(1, 11) if f"word.{place}.term" in cards]
    if language == "en":
        return [
            f'"{{f:{p}.term}}": {{f:{p}.lost}} lost deals, {{f:{p}.won}} won deals'
            + (" (a hint only)" if cards[f"{p}.term"].label == "hint" else "")
            for p in places
        ]
    return [
        f"「{{f:{p}.term}}」: 失注{{f:{p}.lost}}件、受注{{f:{p}.won}}件"
        + ("（参考）" if cards[f"{p}.term"].label == "hint" else "")
        for p in places
    ]


_PARTS: tuple[Callable[[Cards, Language], list[str]], ...] = (
    _mention,
    _topic,
    _total,
    _top,
    _terms,
    _weeks,
    _days,
    _outcomes,
    _names,
    _replies,
)
