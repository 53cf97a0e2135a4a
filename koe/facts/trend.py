"""How a theme moves: compared with itself only, in distinct accounts a week."""

from collections.abc import Sequence
from itertools import takewhile
from math import sqrt

from koe.facts.shape import Trend

BACK = 4
"""Weeks whose mean this week is compared with."""
STEP = 1.0
"""Least difference to that mean, in accounts."""
QUIET = 4
"""Weeks without a question after which it counts as no longer asked."""
Z = 1.645
"""One-sided 5 % border of the slope."""


def trend_of(history: Sequence[int | None], seen_earlier: bool, silence: int = 1) -> Trend:
    """Where a theme goes, from its accounts per week, oldest first, this week last; None was not read.

    - `unknown`: this week or the one before was not read, or nobody is known to have spoken of it in an
      earlier week and one of these was not read;
    - `gone`: nobody this week; with a `silence` of more weeks (`QUIET` for a question, which few ask) nobody
      in that many, all of them read, and in the as many weeks before, added up, at least as many accounts:
      at a constant rate such a silence after four accounts comes by chance in one of sixteen cases;
    - `new`: nobody in any earlier week, and the ledger has an earlier week;
    - `rising`: the weeks climb more than a constant rate would let them (score test for a slope of
      Poisson counts, one-sided 5 %; Cox and Lewis 1966, eq. 3.3), this week stands at least one
      account above the mean of the (up to) four weeks before, and it is not below the last week, so
      that the word never contradicts the two figures it stands beside; `falling` the same downwards;
    - `steady`: all else, also in the ledger's first week, when there is nothing to compare with.

    Weeks climb or fall from the one after the last that was not read.

    Counts around a constant 1, 2, 3 or 5 accounts a week are called rising or falling in 4 to 5 of
    100 weeks (simulated, eight weeks of history). With fewer weeks only a steep change passes.
    """
    now, before = history[-1], history[:-1]
    if _is_gone(history, silence):
        return "gone"
    if now is None or None in before[-1:]:
        return "unknown"
    if not before:
        return "steady"
    if not seen_earlier and not any(before):
        return "unknown" if None in before else "new"
    return _direction(_since_unread(history))


def _is_gone(history: Sequence[int | None], silence: int) -> bool:
    lately, earlier = history[-silence:], history[-2 * silence : -silence]
    if silence == 1:
        return lately[0] == 0
    return list(lately) == [0] * silence and sum(n or 0 for n in earlier) >= silence


def _since_unread(history: Sequence[int | None]) -> list[int]:
    """The weeks at the end of which all were read."""
    return [n for n in takewhile(lambda n: n is not None, reversed(history)) if n is not None][::-1]


def _direction(history: Sequence[int]) -> Trend:
    if not any(history):
        return "steady"
    now, before = history[-1], history[:-1]
    above = now - sum(before[-BACK:]) / len(before[-BACK:])
    slope = _slope(history)
    if slope >= Z and above >= STEP and now >= before[-1]:
        return "rising"
    if slope <= -Z and above <= -STEP and now <= before[-1]:
        return "falling"
    return "steady"


def _slope(history: Sequence[int]) -> float:
    """Standardised sum of the weeks' numbers, each counted as often as accounts spoke in it."""
    weeks, total = len(history), sum(history)
    where = sum(week * count for week, count in enumerate(history))
    return (where - total * (weeks - 1) / 2) / sqrt(total * (weeks * weeks - 1) / 12)
