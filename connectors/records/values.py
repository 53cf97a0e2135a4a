"""Values of koe's file format, each as people and spreadsheets write it → as it is kept. Pure.

What cannot be used raises PydanticCustomError, whose words name it and never show a customer's.
"""

import re
import unicodedata

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from connectors.records.amounts import currency_written, parse_amount
from connectors.records.dates import AmbiguousDateError, order_in, parse_moment, shape_of
from connectors.records.outcomes import advice, outcome_of
from koe.language.text import clean

_ROUNDED_ID = re.compile(r"\d(?:\.\d+)?E\+\d+", re.I)


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


def as_maybe_amount(value: object) -> object:
    """The number of an amount; None for what is none, which costs no deal and is told by who made it."""
    number = parse_amount(value) if isinstance(value, str) else value
    if not isinstance(number, int | float) or isinstance(number, bool):
        return None
    return float(number) if abs(number) < 1e15 else None


def as_currency(value: object) -> object:
    text = as_line(value)
    return currency_written(text) if isinstance(text, str) else text


def as_tags(value: object) -> object:
    if isinstance(value, str):
        value = re.split(r"[,、;，\s]+", value)
    if isinstance(value, list) and all(isinstance(tag, str) for tag in value):
        return tuple(filter(None, (as_line(tag) for tag in value)))
    return () if value is None else value
