"""How fast a vendor may be asked, and how long it asks us to wait."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

LONGEST_WAIT_S = 900.0
MARGIN = 1.02
"""How much slower than allowed we ask, because two clocks never agree."""
_EPOCH_FROM = 1_000_000_000
"""A number above it is a moment in seconds since 1970, one below it is a count of seconds."""


class Clock(NamedTuple):
    """Time as a connector sees it; tests give it one that does not pass by itself."""

    now: Callable[[], float] = time.time
    """Seconds since 1970."""
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Rate(NamedTuple):
    """At most `requests` in any `per_s` seconds."""

    requests: int
    per_s: float


class Bucket:
    """Tokens that come back at an even pace: `wait` returns when the next request may go."""

    def __init__(self, rate: Rate, clock: Clock) -> None:
        self._gap_s = rate.per_s / rate.requests * MARGIN
        self._clock = clock
        self._next = float("-inf")

    def wait(self) -> None:
        """Sleep until a request may be sent, and take its place."""
        now = self._clock.ticks()
        if self._next > now:
            self._clock.sleep(self._next - now)
        self._next = max(self._next, self._clock.ticks()) + self._gap_s

    def hold(self, seconds: float) -> None:
        """Let nothing go for so long."""
        self._next = max(self._next, self._clock.ticks() + seconds)


def asked_wait_s(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds the vendor asks us to wait, 0 to 900; None where it says nothing that makes sense.

    `Retry-After` counts first, in seconds or as a date; then the reset of a rate limit.
    """
    for name in ("retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"):
        wait = _wait_s(headers.get(name, "").strip(), now)
        if wait is not None:
            return min(wait, LONGEST_WAIT_S)
    return None


def is_used_up(headers: Mapping[str, str]) -> bool:
    """Whether a rate limit's header says that no request is left until its reset."""
    names = ("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining")
    return any(headers.get(name, "").strip() == "0" for name in names)


def _wait_s(text: str, now: float) -> float | None:
    """Seconds from now; None for what is no number and no date, and for what is below zero."""
    try:
        number = float(text)
    except ValueError:
        moment = _moment(text)
        return None if moment is None else max(moment.timestamp() - now, 0.0)
    if not 0 <= number < float("inf"):
        return None
    return max(number - now, 0.0) if number > _EPOCH_FROM else number


def _moment(text: str) -> datetime | None:
    """A date as HTTP writes it, or as ISO 8601."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
            moment.timestamp()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
