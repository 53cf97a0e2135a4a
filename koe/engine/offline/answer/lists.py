"""An answer's words on accounts by name, and on each of several kinds."""

from collections.abc import Mapping

from koe.engine.offline.answer.nouns import Cards, counted
from koe.language.text import Language
from koe.records import FindingKind


def of_kinds(cards: Cards, language: Language) -> list[str]:
    """Each of several kinds by itself."""
    kinds = [kind for kind in FindingKind if f"kind.{kind}.accounts" in cards]
    if language == "en":
        return [
            f"{_KINDS[language][kind]}: {counted(cards, f'kind.{kind}.accounts', 'accounts')}, "
            f"{counted(cards, f'kind.{kind}.conversations', 'conversations')}."
            for kind in kinds
        ]
    return [
        f"{_KINDS[language][kind]}は{{f:kind.{kind}.accounts}}社、"
        f"{{f:kind.{kind}.conversations}}件の会話にあります。"
        for kind in kinds
    ]


_K = FindingKind
_KINDS: Mapping[Language, Mapping[FindingKind, str]] = {
    "ja": {
        _K.COMPLAINT: "苦情", _K.FEATURE_REQUEST: "要望", _K.QUESTION: "質問",
        _K.OBJECTION: "迷い・断り", _K.BUYING_REASON: "選ばれる理由", _K.PRAISE: "お褒め",
    },
    "en": {
        _K.COMPLAINT: "Complaints", _K.FEATURE_REQUEST: "Requests", _K.QUESTION: "Questions",
        _K.OBJECTION: "Objections", _K.BUYING_REASON: "Reasons to buy", _K.PRAISE: "Praise",
    },
}  # fmt: skip


def who_came(cards: Cards, language: Language) -> list[str]:
    """The accounts that get in touch most."""
    if "who.1.name" not in cards or "volumes.conversations" not in cards:
        return []
    head = ["会話の多い会社:"] if language == "ja" else []
    return [*head, *_lines_of_who(cards, language)]


def who(cards: Cards, language: Language) -> list[str]:
    """The accounts that say most."""
    return _lines_of_who(cards, language) if "volumes.conversations" not in cards else []


def _lines_of_who(cards: Cards, language: Language) -> list[str]:
    places = [f"who.{place}" for place in range(1, 11) if f"who.{place}.name" in cards]
    if language == "en":
        return [f"· {{f:{p}.name}}: {counted(cards, f'{p}.conversations', 'conversations')}" for p in places]
    return [f"・{{f:{p}.name}}: {{f:{p}.conversations}}件の会話" for p in places]


def names(cards: Cards, language: Language) -> list[str]:
    """The accounts and the deals by name, where they are told as a whole."""
    return [
        line
        for whole in ("all", "mention")
        for id in ("names", "deal_ids")
        if f"{whole}.{id}" in cards
        for line in _list(cards, language, f"{whole}.{id}")
    ]


def _list(cards: Cards, language: Language, id: str) -> list[str]:
    more, is_of_accounts = f"{id}.more" in cards, id.endswith(".names")
    if language == "en":
        word = "accounts" if is_of_accounts else "deals"
        tail = f", and {{f:{id}.more}} {word} more" if more else ""
        return [f"{word.capitalize()}: {{f:{id}}}{tail}."]
    word, unit = ("会社", "社") if is_of_accounts else ("商談", "件")
    tail = f"、ほか{{f:{id}.more}}{unit}" if more else ""
    return [f"{word}: {{f:{id}}}{tail}。"]
