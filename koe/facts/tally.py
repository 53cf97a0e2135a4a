"""Themes counted by distinct accounts: what ranks, how it moves, which findings stand behind it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from koe.facts.rows import Label, Said, by_time
from koe.facts.shape import ThemeFacts
from koe.facts.trend import QUIET, trend_of
from koe.records import FindingKind

Rank = tuple[int, int, int, int, str]


class Tally(NamedTuple):
    """What was said of one theme in one period (a week, or the window for questions)."""

    kind: str
    label: Label
    said: tuple[Said, ...]
    """Findings of the period, strongest first."""
    history: tuple[tuple[Said, ...], ...]
    """Findings per week of the window, oldest first."""

    @property
    def accounts(self) -> int:
        """Distinct accounts in the period."""
        return accounts_in(self.said)

    @property
    def conversations(self) -> int:
        """Distinct conversations in the period, repeated ones once."""
        return len({one.told.voice for one in self.said})

    @property
    def severity(self) -> int:
        """The strongest severity; 1 when nothing was said."""
        return max((one.severity for one in self.said), default=1)

    @property
    def before(self) -> tuple[Said, ...]:
        """Findings of the week before."""
        return self.history[-2] if len(self.history) > 1 else ()


def accounts_in(said: Iterable[Said]) -> int:
    """Distinct accounts among the findings."""
    return len({one.told.account for one in said})


def tally_themes(
    said: Sequence[Said], labels: Iterable[Label], weeks: Sequence[str], over: Sequence[str]
) -> list[Tally]:
    """One tally per theme of these findings, all of one kind, ranked by what was said in the weeks `over`.

    By distinct accounts, then distinct conversations, then severity, then by the accounts of all `weeks`.
    """
    by_theme: dict[str, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(said, key=by_time):
        if one.theme is not None:
            by_theme[one.theme][one.told.week].append(one)
    names = {label.id: label for label in labels}
    tallies = [_tally(names[id], told, weeks, over) for id, told in by_theme.items()]
    return sorted(tallies, key=rank)


def _tally(label: Label, told: dict[str, list[Said]], weeks: Sequence[str], over: Sequence[str]) -> Tally:
    in_period = [one for week in over for one in told.get(week, ())]
    in_period.sort(key=lambda one: (-one.severity, *by_time(one)))
    kind = next(one.kind for each in told.values() for one in each)
    return Tally(kind, label, tuple(in_period), tuple(tuple(told.get(week, ())) for week in weeks))


def rank(tally: Tally) -> Rank:
    """Sort key: the strongest first."""
    lately = accounts_in(one for week in tally.history for one in week)
    return standing(tally.accounts, tally.conversations, tally.severity, lately, tally.label.id)


def standing(accounts: int, conversations: int, severity: int, lately: int, theme: str) -> Rank:
    """Sort key of a theme wherever themes are ranked: the strongest first.

    Of equally strong ones first the one that more accounts have raised `lately`, in all weeks of the window.
    """
    return -accounts, -conversations, -severity, -lately, theme


def theme_facts(
    tally: Tally, is_read: Sequence[bool], seen_earlier: bool, account_names: Sequence[str]
) -> ThemeFacts:
    """The tally as the facts hold it; `is_read` says of each week of the history whether it was read."""
    history = tuple(accounts_in(week) for week in tally.history)
    known = [n if read else None for n, read in zip(history, is_read, strict=True)]
    return ThemeFacts(
        theme=tally.label.id,
        name=tally.label.name,
        kind=FindingKind(tally.kind),
        accounts=tally.accounts,
        conversations=tally.conversations,
        previous_accounts=known[-2] if len(known) > 1 else None,
        history=history,
        trend=trend_of(known, seen_earlier, QUIET if tally.kind == FindingKind.QUESTION else 1),
        severity=tally.severity,
        account_names=tuple(account_names),
        findings=tuple(one.id for one in tally.said),
    )
