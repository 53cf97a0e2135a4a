"""Everything that can go wrong between koe and a provider, as what to do next.

`again`: the same request may work later. `stop`: asking further makes no sense until somebody changes
something. `bad`: this one request will never work. A provider's own words are never repeated: they may
hold a key or a customer's text.
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple

from koe.engine.model.shape import Failure

__all__ = ["GARBAGE", "MEND", "NO_CONNECTION", "Fault", "fault_of", "of_status", "retry_after_s", "word_of"]

GARBAGE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What clients raise at an answer that is none of the provider's."""
_BROKE = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance")
_TOO_LONG = ("context_length_exceeded", "string_above_max_length", "request_too_large")
_HELD_BACK = ("content_filter", "invalid_prompt", "content_policy_violation", "data_inspection_failed")
_MISSET = (
    "unsupported_parameter",
    "unsupported_value",
    "unknown_parameter",
    "invalid_json_schema",
    "invalid_type",
)
NO_CONNECTION = "No connection to the provider could be made."
MEND = "Look at KOE_RESPONSE_FORMAT, KOE_SEND_TEMPERATURE and KOE_PARAMETERS."
_TRANSIENT = (408, 409, 425, 429)


class Fault(NamedTuple):
    """One failure of a request."""

    then: Literal["again", "stop", "bad"]
    reason: str
    """A clear sentence without anything of the provider's own words but its code."""
    failure: Failure = "unreachable"
    retry_after_s: float | None = None
    billed: bool = False
    """Whether the provider may have counted it all the same: it was sent whole and no error came back."""


def fault_of(error: BaseException) -> Fault:
    """What an error of a provider's client comes to; any error that is not of a status is a broken line."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return of_status(status, _code(error), _field(error), retry_after_s(_headers(error)))
    if isinstance(error, GARBAGE):
        return Fault("again", "The provider answered with something that is no completion.", billed=True)
    names = {one.__name__ for one in _chain(error)}
    if any("ConnectTimeout" in name or "ConnectError" in name for name in names):
        return Fault("again", NO_CONNECTION)
    if any("Timeout" in name for name in names):
        return Fault("again", "The provider took too long.", billed=True)
    return Fault("again", "The line to the provider broke.", billed=True)


def of_status(status: int, code: str = "", field: str = "", wait_s: float | None = None) -> Fault:
    """What an HTTP status comes to, with the provider's code and the field that it names."""
    said = f"HTTP {status}" + (f", {code!r}" if code else "")
    if code in _BROKE or status == 402:
        return Fault("stop", f"the account has no credit left ({said}). Fill it up, then start again.")
    if code in _HELD_BACK:
        return Fault("bad", f"The provider's content filter held the request back ({said}).", "filtered")
    if code in _TOO_LONG or status == 413:
        return Fault("bad", f"The request is longer than the model takes ({said}).", "truncated")
    if status in (401, 403):
        return Fault("stop", f"the key is not accepted ({said}). Check KOE_API_KEY or the provider's own.")
    if status == 404:
        return Fault("stop", f"there is no such model there ({said}). Check KOE_MODEL and KOE_BASE_URL.")
    if code in _MISSET:
        what = f" for {field!r}" if field else ""
        return Fault("stop", f"the model does not take the request{what} ({said}). {MEND}")
    if status in _TRANSIENT or status >= 500:
        return Fault("again", f"The provider failed ({said}).", retry_after_s=wait_s)
    return Fault("bad", f"The provider rejected the request ({said}).", "invalid")


def retry_after_s(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """The seconds a provider asks to wait, told as (milli)seconds or a date; None when it is silent."""
    if (wait := _number(headers.get("retry-after-ms"))) is not None:
        return wait / 1000
    said = headers.get("retry-after")
    if said is None or (wait := _number(said)) is not None:
        return wait if said is not None else None
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _headers(error: BaseException) -> Mapping[str, str]:
    response = getattr(error, "response", None)
    found: Mapping[str, str] = getattr(response, "headers", None) or {}
    return found


def _code(error: BaseException) -> str:
    code = getattr(error, "code", None) or _in_body(error, "code") or _in_body(error, "type")
    return word_of(code)


def _field(error: BaseException) -> str:
    return word_of(getattr(error, "param", None) or _in_body(error, "param"))


def word_of(value: Any) -> str:
    """A code as providers write them; anything that could be a sentence is left out."""
    text = str(value) if isinstance(value, (str, int)) else ""
    plain = text.replace("_", "").replace(".", "").replace("-", "")
    return text if len(text) <= 48 and text.isascii() and plain.isalnum() else ""


def _in_body(error: BaseException, field: str) -> Any:
    body = getattr(error, "body", None)
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            return None
    inner = body.get("error", body) if isinstance(body, dict) else None
    return inner.get(field) if isinstance(inner, dict) else None


def _chain(error: BaseException | None) -> list[type[BaseException]]:
    """The types of an error and of what caused it, their bases too."""
    found: list[type[BaseException]] = []
    while error is not None and len(found) < 100:
        found += type(error).__mro__[:-2]
        error = error.__cause__ or error.__context__
    return found
