"""Values of koe's file format, each as people and spreadsheets write it → as it is kept. Pure.

What cannot be used raises PydanticCustomError, whose words name it and never show a customer's.
"""

import re
import unicodedata
from decimal import Decimal

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from connectors.dates import AmbiguousDateError, order_in, parse_moment, shape_of
from connectors.outcomes import advice, outcome_of
from koe.language.text import clean

_ROUNDED_ID = re.compile(r"\d(?:\.\d+)?E\+\d+", re.I)
_MONEY = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(百万|[千万億]|k|m|mn|thousand|million)?", re.I)
_UNITS = {
    "": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6,
}  # fmt: skip
_POINTS = re.compile(
    r"(?<!\d)[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.])|(?<!\d)[1-9]\d{0,2}(?:\.\d{3})+(?=,\d{1,2}(?!\d))"
)
"""Thousands told apart by points, as in 1.234.567 and 1.234,50."""
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}(?!\d)")
"""A thousand of those who write points so, and of the others a bit more than one."""
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_UNIT = re.compile(r"(百万|[千万億])円?\s*[)\]】,、/]|(?:百万|[千万億])円$")
_TAX = re.compile(r"\((?:税[抜込別]き?|外税|内税)\)|(?:税[抜込別]き?)$")
_CURRENCY = re.compile(r"[¥\\$€£円]|\b(?:JPY|USD|EUR|GBP)\b", re.I)
_BELOW_ZERO = re.compile(r"^[▲△−]\s*")
"""How Japanese books write an amount below zero."""


def as_moment(value: object, info: ValidationInfo) -> object:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise PydanticCustomError("date", "is not a date but of type {kind}", {"kind": type(value).__name__})
    shown = repr(shape_of(clean(value)))
    context = info.context or {}
    try:
        return parse_moment(value, context["zone"], order_in(context["dates"], info.field_name or ""))
    except AmbiguousDateError as error:
        says = "can be read in {ways} ways: {shown}; write date_order = {orders} into koe.toml"
        orders = " or ".join(f'"{order}"' for order in error.orders)
        ways = {2: "two", 3: "three"}.get(len(error.orders), "several")
        raise PydanticCustomError("date", says, {"shown": shown, "orders": orders, "ways": ways}) from None
    except (ValueError, OverflowError):
        raise PydanticCustomError(
            "date", "is not a date: {shown}; write it with its year, as 2026-09-05", {"shown": shown}
        ) from None


def as_maybe_moment(value: object, info: ValidationInfo) -> object:
    try:
        return as_moment(value, info)
    except PydanticCustomError:
        return None


def as_text(value: object) -> object:
    return "" if value is None else clean(value) if isinstance(value, str) else value


def as_line(value: object) -> object:
    text = as_text(value)
    return " ".join(text.strip().splitlines()) if isinstance(text, str) else text


def as_id(value: object) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    text = as_line(str(value) if whole else value)
    if text == "":
        raise PydanticCustomError("id", "is empty")
    if isinstance(text, str) and is_rounded(text):
        raise PydanticCustomError("id", "was rounded by a spreadsheet: {shown}", {"shown": repr(text)})
    return text


def as_maybe_id(value: object) -> object:
    return None if value in (None, "") else as_id(value)


def is_rounded(text: str) -> bool:
    """Whether a number is what a spreadsheet makes of one too long for it, such as 1.23E+15."""
    return _ROUNDED_ID.fullmatch(text.strip()) is not None


def as_role(value: object) -> object:
    if value is None:
        says = "is not known to be ours or the customer's; `koe files inspect` prints the line that says it"
        raise PydanticCustomError("role", says)
    return value.strip().lower() if isinstance(value, str) else value


def as_outcome(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    found = outcome_of(value, (info.context or {})["outcomes"])
    if found is None:
        shown = clean(unicodedata.normalize("NFKC", value)).strip()[:40]
        what = f"{shown!r} is unknown" if shown else "is blank"
        says = "{what}; write {line} into koe.toml (won, lost or open)"
        raise PydanticCustomError("outcome", says, {"what": what, "line": advice([shown])})
    return found


def as_amount(value: object) -> object:
    if value is None or value == "":
        return None
    number = parse_amount(value) if isinstance(value, str) else value
    if isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < 1e15:
        return float(number)
    if isinstance(value, str):
        says = "is not an amount: {shown}; write it as 1200 or 1200.50"
        raise PydanticCustomError("amount", says, {"shown": repr(shape_of(clean(value)))})
    raise PydanticCustomError("amount", "is not an amount")


def parse_amount(text: str) -> float | None:
    """The number of an amount such as `¥1,980,000`, `▲500`, `120万円`, `£12k`, `1.234,50 €`; None for none.

    `1.200` is a thousand and more where a euro sign stands beside it, else a bit more than one.
    """
    plain = unicodedata.normalize("NFKC", text)
    bare = _CURRENCY.sub("", _TAX.sub("", plain)).strip().removeprefix("約")
    if "€" in plain and _EITHER.fullmatch(bare):
        bare = bare.replace(".", "")
    bare = _DECIMAL_COMMA.sub(".", _POINTS.sub(lambda found: found[0].replace(".", ""), bare))
    found = _MONEY.fullmatch(_BELOW_ZERO.sub("-", bare).replace(",", "").removesuffix("-"))
    return float(Decimal(found[1]) * _UNITS[(found[2] or "").lower()]) if found else None


def unit_in(header: str) -> str:
    """The unit that a column of amounts says it counts in, such as 千 of `金額（千円）`; "" for none."""
    found = _UNIT.search(unicodedata.normalize("NFKC", header))
    return found[1] if found else ""


def as_tags(value: object) -> object:
    if isinstance(value, str):
        value = re.split(r"[,、;，\s]+", value)
    if isinstance(value, list) and all(isinstance(tag, str) for tag in value):
        return tuple(filter(None, (as_line(tag) for tag in value)))
    return () if value is None else value
