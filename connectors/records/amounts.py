"""Amounts as people and spreadsheets write them: number, currency, and what only a column tells. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

_CODES = (
    "JPY|USD|EUR|GBP|CHF|CNY|KRW|TWD|HKD|SGD|THB|VND|IDR|MYR|PHP|INR|AUD|NZD|CAD|BRL|MXN|SEK|NOK|DKK|PLN|CZK"
)
_SIGNS = {
    "日本円": "JPY", "円": "JPY", "¥": "JPY", "\\": "JPY", "yen": "JPY",
    "米ドル": "USD", "ドル": "USD", "US$": "USD", "U$": "USD", "dollars": "USD", "dollar": "USD",
    "AU$": "AUD", "A$": "AUD", "CA$": "CAD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD",
    "S$": "SGD", "R$": "BRL", "$": "USD",
    "ユーロ": "EUR", "€": "EUR", "euros": "EUR", "euro": "EUR",
    "ポンド": "GBP", "£": "GBP", "pounds": "GBP", "pound": "GBP", "人民元": "CNY", "RMB": "CNY",
    "ウォン": "KRW", "₩": "KRW", "₹": "INR",
}  # fmt: skip
_OF_SIGN = {sign.lower(): code for sign, code in _SIGNS.items()}
_CURRENCY = re.compile(
    rf"(?<![A-Za-z])(?:{_CODES}|{'|'.join(re.escape(s) for s in _SIGNS if s.isascii() and s[0].isalpha())})"
    rf"(?![A-Za-z])|{'|'.join(re.escape(s) for s in _SIGNS if not (s.isascii() and s[0].isalpha()))}",
    re.I,
)
_MONEY = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(百万|[千万億]|k|m|mn|thousand|million)?", re.I)
_UNITS = {
    "": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6,
}  # fmt: skip
_POINTS = re.compile(
    r"(?<!\d)[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.])|(?<!\d)[1-9]\d{0,2}(?:\.\d{3})+(?=,\d{1,2}(?!\d))"
)
"""Thousands told apart by points, as in 1.234.567 and 1.234,50."""
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
"""A thousand of those who write points so, and of the others a bit more than one."""
_BY_POINTS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?")
_BY_COMMAS = re.compile(r"\d,\d{3}(?!\d)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_SPACED = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_UNIT = re.compile(r"(百万|[千万億])円?\s*[)\]】,、/]|(?:百万|[千万億])円$")
_TAX = re.compile(r"\((?:税[抜込別]き?|外税|内税)\)|(?:税[抜込別]き?)$")
_BELOW_ZERO = re.compile(r"^[▲△−]\s*")
"""How Japanese books write an amount below zero."""


class Money(NamedTuple):
    """What only the whole column says of its amounts."""

    has_points: bool = False
    """Whether `1.200` is a thousand and more."""
    currency: str = ""
    """Of amounts that name none."""
    said: tuple[str, ...] = ()
    """What was assumed, a line each."""


def parse_amount(text: str, has_points: bool = False) -> float | None:
    """The number of an amount such as `¥1,980,000`, `▲500`, `120万円`, `£12k`, `1.234,50 €`; None for none.

    `1.200` is a thousand and more with a euro sign beside it or `has_points`, else a bit more than one.
    """
    bare = _bare(text)
    if (has_points or "EUR" in _named(text)) and _EITHER.fullmatch(bare):
        bare = bare.replace(".", "")
    bare = _DECIMAL_COMMA.sub(".", _POINTS.sub(lambda found: found[0].replace(".", ""), bare))
    found = _MONEY.fullmatch(bare.replace(",", "").removesuffix("-"))
    return float(Decimal(found[1]) * _UNITS[(found[2] or "").lower()]) if found else None


def currency_of(text: str) -> str:
    """The one currency that an amount, or a header of amounts, names; "" for none and for several."""
    named = _named(text)
    return named.pop() if len(named) == 1 else ""


def currency_written(text: str) -> str:
    """What stands in a field of currencies, as its code where it is one that koe knows."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return _OF_SIGN.get(plain.lower()) or (currency_of(plain) if _CURRENCY.match(plain) else "") or plain


def priced(amount: str, currency: str, money: Money) -> dict[str, object]:
    """An amount with its currency, as the cell says it and its column has to be read."""
    if not amount.strip():
        return {}
    number = parse_amount(amount, has_points=True) if money.has_points else None
    return {
        "amount": amount if number is None else number,
        "currency": currency.strip() or currency_of(amount) or money.currency,
    }


def unit_in(header: str) -> str:
    """The unit that a column of amounts says it counts in, such as 千 of `金額（千円）`; "" for none."""
    found = _UNIT.search(unicodedata.normalize("NFKC", header))
    return found[1] if found else ""


def money_in(cells: Iterable[str], header: str, has_own_currency: bool) -> Money:
    """What a column of amounts tells: whether points part thousands, and what is meant without a currency."""
    amounts = [cell for cell in cells if parse_amount(cell) is not None]
    points = [] if unit_in(header) else [*_pointed(amounts)]
    named = sorted({code for cell in amounts for code in _named(cell)})
    bare = sum(not _named(cell) for cell in amounts)
    own = "" if has_own_currency else currency_of(header) or (named[0] if len(named) == 1 else "")
    said = [_on_points(points)] if points else []
    if not has_own_currency and not currency_of(header):
        said += _on_currencies(named, bare)
    return Money(bool(points), own, tuple(said))


def _on_points(points: list[str]) -> str:
    written = points[0]
    return f"{written} is taken as {written.replace('.', ',')}, as no amount of the column says otherwise"


def _on_currencies(named: list[str], bare: int) -> Iterator[str]:
    if len(named) == 1 and bare:
        yield f"amounts without a currency ({bare}) are taken as {named[0]}, as the others are"
    elif len(named) > 1:
        rest = f"; {bare} of them {'names' if bare == 1 else 'name'} none" if bare else ""
        yield f"its amounts are in {', '.join(named)}, and each currency is summed for itself{rest}"


def _pointed(amounts: list[str]) -> list[str]:
    """Amounts such as 1.200, where nothing else in the column says that a point stands before decimals."""
    bare = [_bare(cell) for cell in amounts]
    dotted = [cell for cell in bare if "." in cell and not _unit_of(cell)]
    is_told = all(_BY_POINTS.fullmatch(cell) for cell in dotted) and not any(map(_has_commas, bare))
    return [cell for cell in dotted if _EITHER.fullmatch(cell)] if is_told else []


def _has_commas(bare: str) -> bool:
    return _BY_COMMAS.search(bare) is not None


def _unit_of(bare: str) -> str:
    found = _MONEY.fullmatch(bare.replace(",", ""))
    return (found[2] or "") if found else ""


def _bare(text: str) -> str:
    """An amount without currency, tax and spaces between its digits."""
    plain = unicodedata.normalize("NFKC", text)
    bare = _CURRENCY.sub("", _TAX.sub("", plain)).strip().removeprefix("約")
    return _SPACED.sub("", _BELOW_ZERO.sub("-", bare))


def _named(text: str) -> set[str]:
    """The currencies that stand in a text."""
    found = _CURRENCY.findall(unicodedata.normalize("NFKC", text))
    return {_OF_SIGN.get(one.lower(), one.upper()) for one in found}
