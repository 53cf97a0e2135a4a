"""What model calls cost: prices from the settings, and how many tokens a text is at most.

Prices change and differ by contract, so koe knows none by itself. Tokens are counted from the characters,
on the high side: what is reserved before a call is more than what is paid after it.
"""

import math
from typing import NamedTuple

from koe.errors import SetupError
from koe.settings.models import ModelSettings

__all__ = ["FREE", "Prices", "prices_of", "tokens_of"]

PER = 1_000_000
_ASCII_PER_TOKEN = 3.0
_TOKENS_PER_OTHER = 1.25
_AROUND = 16
"""Tokens of the frame of a request."""


class Prices(NamedTuple):
    """USD per million tokens."""

    input: float
    cached: float
    output: float

    def usd(self, tokens_in: int, tokens_cached: int, tokens_out: int) -> float:
        """What these tokens cost; `tokens_cached` are part of `tokens_in`."""
        fresh = max(0, tokens_in - tokens_cached)
        return (fresh * self.input + tokens_cached * self.cached + tokens_out * self.output) / PER

    def off(self, share: float) -> "Prices":
        """The prices less a share of them."""
        return Prices(*(price * (1 - share) for price in self))


FREE = Prices(0.0, 0.0, 0.0)


def prices_of(settings: ModelSettings) -> Prices | None:
    """The prices of the settings; None where none are stated.

    A model on a machine of one's own (`ollama`) is free unless the settings say otherwise. Raises SetupError
    when there is a wall and no price to measure with, or only one of the two that are needed.
    """
    fresh, given = settings.price_input, settings.price_output
    if fresh is None and given is None:
        if (settings.model or "").startswith("ollama:"):
            return FREE
        if settings.max_usd is not None:
            raise SetupError(
                "A budget needs prices. Set KOE_PRICE_INPUT and KOE_PRICE_OUTPUT, in USD per million tokens."
            )
        return None
    if fresh is None or given is None:
        raise SetupError("KOE_PRICE_INPUT and KOE_PRICE_OUTPUT go together. Set both, or none.")
    return Prices(fresh, fresh if settings.price_cached is None else settings.price_cached, given)


def tokens_of(*texts: str) -> int:
    """How many tokens the texts are, on the high side: three ASCII characters to one, 1.25 to any other."""
    ascii_only = sum(sum(map(str.isascii, text)) for text in texts)
    others = sum(map(len, texts)) - ascii_only
    return math.ceil(ascii_only / _ASCII_PER_TOKEN + others * _TOKENS_PER_OTHER) + _AROUND
