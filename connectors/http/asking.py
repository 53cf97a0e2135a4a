"""One question to a vendor and its answer: what a source builds and what it gets back."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from connectors.http.auth import Auth, Fixed
from connectors.http.limits import Rate
from koe.errors import RetryError, SetupError

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{1,59}")


TOO_LARGE = 413
"""The status of a RefusedError for a body over the limit."""


class RefusedError(SetupError):
    """The vendor understood the request and said no; carries its status."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class QuotaError(RetryError):
    """The vendor's allowance is used up; the pull ends here and the next one goes on."""


class Ask(NamedTuple):
    """One request. `path` begins with `/`, or is an address on one of the site's `hosts`."""

    method: str
    path: str
    params: Mapping[str, str] = {}
    body: Any = None
    """Sent as JSON."""
    form: Mapping[str, str] | None = None
    """Sent as a form."""
    lane: str = ""
    """Which of the site's rates it counts under, beside the general one."""
    allow: tuple[int, ...] = ()
    """Statuses of 4xx that are an answer, not an error."""
    is_text: bool = False
    """The answer is text, not JSON."""


class Answer(NamedTuple):
    """What came back: `body` is JSON as Python has it, or text, or None for an empty one."""

    status: int
    body: Any
    headers: Mapping[str, str]
    """Names in small letters."""


class Site(NamedTuple):
    """A vendor as one source reaches it."""

    name: str
    """The source's name, for messages."""
    base_url: str
    auth: Auth = Fixed({})
    rates: Mapping[str, Rate] = {}
    """By lane; `""` is the general one."""
    headers: Mapping[str, str] = {}
    hosts: tuple[str, ...] = ()
    """Other hosts that whole addresses may name; `.zoom.us` stands for every host under it."""
    is_quota: Callable[[Answer], bool] = lambda answer: False
    """Whether a 403 or 429 says that the day's allowance is used up."""


def segment(key: str) -> str:
    """An id as one part of a path, whatever is in it."""
    return quote(key, safe="").replace(".", "%2E") if key.strip(".") == "" else quote(key, safe="")


def parse_body(ask: Ask, status: int, content: bytes) -> Any:
    """The body as JSON, text or None. Raises ValueError where an answer's body is not what it should be."""
    if ask.is_text and status < 300:
        return content.decode("utf-8", "replace")
    if status == 204:
        return None
    try:
        return json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        if status >= 300:
            return None
        raise ValueError("the answer is not JSON") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def code_of(body: Any) -> str:
    """What the vendor calls the error, when it is a code and not a sentence."""
    if isinstance(body, list) and body:
        body = body[0]
    inner = body.get("errors") if isinstance(body, dict) else None
    first = inner[0] if isinstance(inner, list) and inner else None
    for one in (first, body):
        for key in ("error", "code", "errorCode", "type", "category"):
            found = one.get(key) if isinstance(one, dict) else None
            if isinstance(found, dict):
                found = found.get("code")
            is_number = isinstance(found, int) and not isinstance(found, bool)
            if is_number or (isinstance(found, str) and _CODE.fullmatch(found)):
                return f" {found}"
    return ""


def next_move(status: int) -> str:
    moves = {
        401: "The token is not valid or has expired. Put a new one into its variable.",
        403: "Give the token the right to read this, then pull again.",
        404: "Check base_url and the names in koe.toml.",
    }
    return moves.get(status, "What came in is kept. Look at the vendor's status page, or report this line.")
