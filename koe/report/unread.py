"""What a report may say of nothing: that nobody complained is known only of conversations that were read."""

from koe.facts.shape import WeekFacts
from koe.records import State
from koe.report.words import Words

__all__ = ["as_read", "unread_note"]

_UNREAD = (State.FAILED, State.LEFT)
_READ = (State.READ, State.NOTHING)


def as_read(facts: WeekFacts, words: Words, sentence: str) -> str:
    """A sentence that says nothing was heard, as far as it can be said of this week.

    As it is where all was read; with its reservation where a part was; in a week that nobody has read, that
    nothing can be said.
    """
    note = unread_note(facts, words)
    return f"{sentence}{words.gap}{note}" if note and _count(facts, _READ) else note or sentence


def unread_note(facts: WeekFacts, words: Words) -> str:
    """How many conversations of the week are still to be read; empty where none is."""
    unread = _count(facts, _UNREAD)
    if not unread:
        return ""
    form = words.partly_read if _count(facts, _READ) else words.unknown_line
    return form.format(unread=f"{unread:,}", came=words.conversations(facts.coverage.conversations))


def _count(facts: WeekFacts, states: tuple[State, ...]) -> int:
    return sum(facts.coverage.states.get(state, 0) for state in states)
