"""What a report may say of nothing: that nobody complained is known only of conversations that were read."""

from koe.facts.shape import WeekFacts
from koe.facts.states import TO_READ, is_unread
from koe.report.words import Words

__all__ = ["as_read", "counted", "unread_note", "unread_weeks"]


def as_read(facts: WeekFacts, words: Words, sentence: str) -> str:
    """A sentence that says nothing was heard, as far as it can be said of this week.

    As it is where all was read; with its reservation where a part was; in a week that nobody has read, that
    nothing can be said.
    """
    note = unread_note(facts, words)
    return note if is_unread(facts.coverage.states) else f"{sentence}{words.gap}{note}" if note else sentence


def counted(facts: WeekFacts, n: int, words: Words) -> str:
    """A count of what was said, in a week that nobody has read the word that says so."""
    return words.not_read if is_unread(facts.coverage.states) else str(n)


def unread_weeks(facts: WeekFacts) -> tuple[str, ...]:
    """The weeks of the report's histories that nobody has read: what stands for them is no count."""
    own = {facts.week} if is_unread(facts.coverage.states) else set()
    return tuple(week for week in facts.weeks if week in {*facts.unread_weeks, *own})


def unread_note(facts: WeekFacts, words: Words) -> str:
    """How many conversations of the week are still to be read; empty where none is."""
    states = facts.coverage.states
    unread = sum(states.get(state, 0) for state in TO_READ)
    if not unread:
        return ""
    form = words.unknown_line if is_unread(states) else words.partly_read
    return form.format(unread=f"{unread:,}", came=words.conversations(facts.coverage.conversations))
