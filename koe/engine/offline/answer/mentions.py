"""An answer's words on a term: who says it, how it is written, what means the same without it."""

from collections.abc import Mapping

from koe.engine.offline.answer.nouns import Cards, counted
from koe.language.text import Language


def mentions(cards: Cards, language: Language) -> list[str]:
    """Customers who say the term, and what else was counted of it."""
    if "mention.term" not in cards:
        return []
    return [_said(cards, language), *(_OF_MENTIONS[language][id] for id in _OF_MENTIONS["en"] if id in cards)]


def _said(cards: Cards, language: Language) -> str:
    if language == "en":
        who = counted(cards, "mention.accounts", "accounts")
        where = counted(cards, "mention.conversations", "conversations")
        return f'Customers of {who} say "{{f:mention.term}}" in {where}.'
    return (
        "「{f:mention.term}」という言葉は、{f:mention.accounts}社のお客さまが"
        "{f:mention.conversations}件の会話で口にしています。"
    )


_OF_MENTIONS: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "mention.lost": (
            "商談では、失注{f:mention.lost}件、受注{f:mention.won}件、進行中{f:mention.open}件です。"
        ),
        "mention.variants": "数えた書き方: {f:mention.variants}。",
        "near.conversations": "この言葉はなくても意味の近い会話が、ほかに{f:near.conversations}件あります。",
    },
    "en": {
        "mention.lost": "Deals: {f:mention.lost} lost, {f:mention.won} won, {f:mention.open} open.",
        "mention.variants": "Words counted: {f:mention.variants}.",
        "near.conversations": "Conversations near in meaning, without the word: {f:near.conversations}.",
    },
}
