"""What a new revision of a week says otherwise than the one before, like held against like.

A theme that a person made part of another, or took apart, has other findings without anybody having said
anything: so the older revision is counted anew under the themes as they stand, and that they came together
is a line of its own.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from koe.facts.rows import Label, labels_of
from koe.facts.shape import ThemeFacts, WeekFacts
from koe.themes.rows import pins_of

__all__ = ["differences"]

LISTS = ("complaints", "feature_requests", "objections", "buying_reasons", "faq", "praise")


class _Now(NamedTuple):
    """The themes of an older revision as they stand now."""

    ends: dict[str, Label]
    """By their ids, each as the theme it became part of."""
    pinned: dict[str, Label]
    """By finding, the theme that a person moved it to."""

    def theme_of(self, finding: str, theme: ThemeFacts) -> Label:
        """Where a finding of the theme counts now."""
        return self.pinned.get(finding, self.ends[theme.theme])


def differences(conn: sa.Connection, old: WeekFacts, new: WeekFacts) -> tuple[str, ...]:
    """What a new revision says otherwise, as `name: before → after`, in a fixed order; merges at the end.

    Accounts of themes that were merged or split since are those of the themes as they stand now.
    """
    now = _now(conn, old)
    pairs = {
        "conversations": (old.coverage.conversations, new.coverage.conversations),
        "tickets": (old.volumes.tickets, new.volumes.tickets),
        "calls": (old.volumes.calls, new.volumes.calls),
        "wins": (old.wins, new.wins),
        "losses": (len(old.losses), len(new.losses)),
        "quotes": (len(old.quotes), len(new.quotes)),
    }
    for name in LISTS:
        before, names = _as_now(old, name, now), _names(new, name, now)
        after = {theme.theme: theme.accounts for theme in _in(new, name)}
        for key in sorted(before.keys() | after.keys()):
            pairs[f"{name} {names[key]}"] = (before.get(key, 0), after.get(key, 0))
    moved = (f"{name}: {a} → {b}" for name, (a, b) in pairs.items() if a != b)
    return (*moved, *_merges(old, now))


def _in(facts: WeekFacts, name: str) -> tuple[ThemeFacts, ...]:
    found: tuple[ThemeFacts, ...] = getattr(facts, name)
    return found


def _now(conn: sa.Connection, old: WeekFacts) -> _Now:
    named = {theme.theme: theme for name in LISTS for theme in _in(old, name)}
    pins = pins_of(conn, (id for theme in named.values() for id in theme.findings))
    standing = labels_of(conn, {*named, *pins.values()})
    as_was = {id: Label(id, theme.name, theme.kind) for id, theme in named.items()}
    return _Now(as_was | standing, {id: standing[to] for id, to in pins.items() if to in standing})


def _names(new: WeekFacts, name: str, now: _Now) -> dict[str, str]:
    labels = (*now.ends.values(), *now.pinned.values())
    return {label.id: label.name for label in labels} | {one.theme: one.name for one in _in(new, name)}


def _as_now(old: WeekFacts, name: str, now: _Now) -> dict[str, int]:
    """Accounts of an older revision by the theme under which its findings count now."""
    voices = {card.finding: card.voice for card in old.quotes}
    accounts: dict[str, set[str]] = defaultdict(set)
    for theme in _in(old, name):
        for id in theme.findings:
            accounts[now.theme_of(id, theme).id].add(voices.get(id, id))
    return {id: len(told) for id, told in accounts.items()}


def _merges(old: WeekFacts, now: _Now) -> Iterator[str]:
    """A line on each theme of the older revision that has become part of another."""
    for theme in (theme for name in LISTS for theme in _in(old, name)):
        end = now.ends[theme.theme]
        if end.id != theme.theme:
            yield f"merged: {theme.name} → {end.name}"
