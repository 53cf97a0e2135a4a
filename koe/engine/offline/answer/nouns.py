"""A figure of an answer with its noun."""

from collections.abc import Mapping

from koe.engine.base import FactCard

Cards = Mapping[str, FactCard]

_NOUNS = {
    "accounts": "account",
    "conversations": "conversation",
    "deals": "deal",
    "tickets": "ticket",
    "calls": "call",
}


def counted(cards: Cards, id: str, noun: str) -> str:
    """A figure's slot with its English noun, one or many."""
    return f"{{f:{id}}} {_NOUNS[noun] if cards[id].value == 1 else noun}"
