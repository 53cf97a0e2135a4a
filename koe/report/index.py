"""The list of weeks: each with its first complaint, and the complaints across the weeks."""

from collections.abc import Sequence
from typing import NamedTuple

from koe.facts.shape import WeekFacts
from koe.language.text import Language
from koe.report.pages import render
from koe.report.unread import unread_weeks

__all__ = ["index_page"]

SHOWN = 12


class Line(NamedTuple):
    """A complaint across the weeks."""

    name: str
    accounts: tuple[int, ...]


def index_page(weeks: Sequence[WeekFacts], language: Language) -> str:
    """The page that lists the weeks given, newest first."""
    ordered = sorted(weeks, key=lambda facts: facts.week)
    lines = _lines(ordered)
    values = {
        "weeks": tuple(reversed(ordered)),
        "labels": tuple(facts.week for facts in ordered),
        "lines": lines,
        "unread": tuple(facts.week for facts in ordered if facts.week in unread_weeks(facts)),
        "most": max((max(line.accounts) for line in lines), default=0),
        "volume_pairs": [(facts.volumes.tickets, facts.volumes.calls) for facts in ordered],
        "volume_totals": [facts.volumes.tickets + facts.volumes.calls for facts in ordered],
    }
    return render("index.html.j2", language, values)


def _lines(weeks: Sequence[WeekFacts]) -> tuple[Line, ...]:
    """Complaints by the accounts they were given out with, under the newest name; most first."""
    counted = [{theme.theme: theme.accounts for theme in facts.complaints} for facts in weeks]
    names = {theme.theme: theme.name for facts in weeks for theme in facts.complaints}
    lines = [
        (theme, Line(name, tuple(week.get(theme, 0) for week in counted))) for theme, name in names.items()
    ]
    lines.sort(key=lambda pair: (-sum(pair[1].accounts), pair[1].name, pair[0]))
    return tuple(line for _, line in lines[:SHOWN])
