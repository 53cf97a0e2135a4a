"""The list of weeks: each with its first complaint, and the complaints across the weeks.

Weeks were given out under the themes of their day; here all are told by the themes as they are now.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from koe.facts.rows import Label
from koe.facts.shape import ThemeFacts, WeekFacts
from koe.language.text import Language
from koe.report.pages import render
from koe.report.unread import unread_weeks

__all__ = ["index_page"]

SHOWN = 12
AS_GIVEN: Mapping[str, Label] = MappingProxyType({})


class Line(NamedTuple):
    """A complaint across the weeks."""

    name: str
    accounts: tuple[int, ...]


class Told(NamedTuple):
    """A complaint of one week under the theme that it is now."""

    theme: str
    name: str
    accounts: int
    given: ThemeFacts | None
    """As the week gave it out; None where it was another theme then."""


def index_page(weeks: Sequence[WeekFacts], language: Language, labels: Mapping[str, Label] = AS_GIVEN) -> str:
    """The page that lists the weeks given, newest first; `labels` are their themes as they count now."""
    ordered = sorted(weeks, key=lambda facts: facts.week)
    told = {facts.week: told_now(facts, labels) for facts in ordered}
    lines = _lines(list(told.values()))
    values = {
        "weeks": tuple(reversed(ordered)),
        "firsts": {week: themes[0] for week, themes in told.items() if themes},
        "labels": tuple(facts.week for facts in ordered),
        "lines": lines,
        "unread": tuple(facts.week for facts in ordered if facts.week in unread_weeks(facts)),
        "most": max((max(line.accounts) for line in lines), default=0),
        "volume_pairs": [(facts.volumes.tickets, facts.volumes.calls) for facts in ordered],
        "volume_totals": [facts.volumes.tickets + facts.volumes.calls for facts in ordered],
    }
    return render("index.html.j2", language, values)


def told_now(facts: WeekFacts, labels: Mapping[str, Label]) -> list[Told]:
    """The complaints of a week by the themes as they are now, most accounts first."""
    parts: dict[str, list[ThemeFacts]] = {}
    for theme in facts.complaints:
        parts.setdefault(labels[theme.theme].id if theme.theme in labels else theme.theme, []).append(theme)
    voices = {card.finding: card.voice for card in facts.quotes}
    names = {id: labels[id].name if id in labels else some[0].name for id, some in parts.items()}
    told = [_told(names[id], id, some, voices) for id, some in parts.items()]
    return sorted(told, key=lambda one: -one.accounts)


def _told(name: str, id: str, parts: Sequence[ThemeFacts], voices: Mapping[str, str]) -> Told:
    """One theme out of those that it was: who spoke of several of them is one account."""
    if len(parts) == 1:
        return Told(id, name, parts[0].accounts, parts[0] if parts[0].theme == id else None)
    return Told(id, name, len({voices[one] for part in parts for one in part.findings}), None)


def _lines(weeks: Sequence[Sequence[Told]]) -> tuple[Line, ...]:
    """Complaints by their accounts in each week, under the newest name; most first."""
    counted = [{one.theme: one.accounts for one in told} for told in weeks]
    names = {one.theme: one.name for told in weeks for one in told}
    lines = [
        (theme, Line(name, tuple(week.get(theme, 0) for week in counted))) for theme, name in names.items()
    ]
    lines.sort(key=lambda pair: (-sum(pair[1].accounts), pair[1].name, pair[0]))
    return tuple(line for _, line in lines[:SHOWN])
