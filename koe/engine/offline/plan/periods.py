"""The period a question speaks of, in Japanese and English, as first and last day."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from koe.engine.offline.plan import calendar_days as days
from koe.engine.offline.plan.period_rules import EN_MONTH_OF, RULES
from koe.language.text import normalize


class Days(NamedTuple):
    """First and last day, both inclusive; None is open. `spans` are the words that said so.

    Words that name no possible period (the 13th month) leave both open and their span behind.
    """

    since: date | None
    until: date | None
    spans: tuple[tuple[int, int], ...] = ()


_HELD_APART = re.compile(
    rf"(\b(?:compar\w+|differ\w*|changed?)\b[^.?!]{{0,40}}?)\b(between|from)(?=\s+{EN_MONTH_OF}\s+(?:and|to)\s)"
)
"""The word that makes one span of two months, where they are held against each other."""


def days_of(question: str, today: date) -> Days:
    """The days that the question names, relative ones as seen from `today`; of several the first rule's.

    `spans` count in the normalised question (`normalize` of `koe.language.text`, lower case). A half
    (上期) is one of a business year that begins in April, in English one of the calendar, as quarters are.
    """
    return next(iter(all_days_of(question, today)), Days(None, None))


def all_days_of(question: str, today: date) -> list[Days]:
    """Every period that the question names, in the order of the rules; no word is read twice."""
    text = _HELD_APART.sub(lambda m: m[1] + "in".ljust(len(m[2])), normalize(question).lower())
    found: list[Days] = []
    for pattern, reads in RULES:
        while match := re.search(pattern, text):
            found.append(Days(*(reads(match, today) or (None, None)), (match.span(),)))
            text = text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]
    return found


def following(days: Days) -> Days:
    """The period of the same length behind; behind a whole month the next one. Both its ends are known."""
    return _moved(days, 1)


def preceding(days: Days) -> Days:
    """The period of the same length before; before a whole month the one before."""
    return _moved(days, -1)


def _moved(given: Days, step: int) -> Days:
    if given.since is None or given.until is None:
        return given
    if days.around(given.since, 0) == (given.since, given.until):
        month = days.around(given.since, step)
        return Days(month[0], month[1], given.spans) if month else given
    length = (given.until - given.since).days + 1
    shift = timedelta(days=step * length)
    return Days(given.since + shift, given.until + shift, given.spans)
