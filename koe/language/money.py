"""How a currency is written behind a sum: one way in a language, in tables, sentences and answers alike."""

from koe.language.text import Language

__all__ = ["behind"]

_JAPANESE = {"JPY": "円", "USD": "ドル", "EUR": "ユーロ", "GBP": "ポンド"}


def behind(currency: str, language: Language) -> str:
    """What stands right behind a sum: `円`, ` JPY`, ` CHF` in both languages; nothing where none is known."""
    if language == "ja" and currency in _JAPANESE:
        return _JAPANESE[currency]
    return f" {currency}" if currency else ""
