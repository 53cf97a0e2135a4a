"""What a report may say of nothing: that nobody complained is known only of conversations that were read."""

from koe.facts.shape import ThemeFacts, WeekFacts
from koe.facts.states import TO_READ, is_unread
from koe.report.words import Words

__all__ = [
    "as_read",
    "before",
    "before_count",
    "counted",
    "history",
    "moves",
    "new_among",
    "unread_note",
    "unread_weeks",
]


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


def history(facts: WeekFacts, theme: ThemeFacts) -> tuple[int | None, ...]:
    """A theme's accounts per week; None where nobody has read the week."""
    unread = unread_weeks(facts)
    return tuple(None if week in unread else n for week, n in zip(facts.weeks, theme.history, strict=True))


def before(facts: WeekFacts, theme: ThemeFacts, words: Words) -> str:
    """A theme's accounts in the week before, or why they are not known."""
    if len(facts.weeks) < 2:
        return words.no_previous
    was = history(facts, theme)[-2]
    return words.previous.format(n=words.not_read if was is None else words.accounts(was))


def before_count(facts: WeekFacts, theme: ThemeFacts) -> str:
    """The same as a bare figure."""
    known = [n for n in history(facts, theme)[-2:-1] if n is not None]
    return str(known[0]) if known else "–"


def moves(facts: WeekFacts, theme: ThemeFacts, words: Words) -> str:
    """Where a theme goes, and over how many weeks: those from the one after the last that nobody read."""
    unread = unread_weeks(facts)
    return words.trend(theme, sum(week > max(unread, default="") for week in facts.weeks))


def new_among(facts: WeekFacts, words: Words) -> str:
    """How many of the week's complaints are new, or that it is not known."""
    trends = [theme.trend for theme in facts.complaints]
    return words.trends["unknown"] if "unknown" in trends else words.new_of.format(n=trends.count("new"))
