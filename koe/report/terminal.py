"""The week in a few lines of the terminal."""

from collections.abc import Iterator

from koe.digest import Digest
from koe.facts.shape import ThemeFacts, WeekFacts
from koe.facts.states import DONE, TO_READ
from koe.language.text import Language
from koe.publish import Publication
from koe.records import State
from koe.report.figures import span, week_title
from koe.report.safe import shorten, terminal
from koe.report.unread import as_read, before, moves
from koe.report.words import Words, words_in

__all__ = ["summary"]

QUOTE = 90
"""Characters of a quote that a terminal line shows."""


def summary(facts: WeekFacts, digest: Digest, publication: Publication, language: Language) -> str:
    """The week's first three complaints with a quote each, the coverage, and where the report lies.

    Plain text without a single escape sequence; print it as it is, without markup.
    """
    words = words_in(language)
    head = f"{words.title} {week_title(facts.week, language)} ({span(facts.start, facts.end, language)})"
    lines = [head, "", *_complaints(facts, words), "", _coverage(facts, words)]
    if digest.state in ("degraded", "held"):
        lines.append(words.digest_states[digest.state])
    if digest.state == "held":
        lines.append(words.held.format(week=facts.week))
    return "\n".join([*lines, f"{words.report}: {publication.folder / 'digest.html'}"])


def _complaints(facts: WeekFacts, words: Words) -> Iterator[str]:
    if not facts.top_complaints:
        yield _none(facts, words)
    for rank, theme in enumerate(facts.top_complaints, 1):
        was = before(facts, theme, words)
        yield (
            f"{rank}. {terminal(theme.name)}  {words.accounts(theme.accounts)} "
            f"({was}{words.comma}{moves(facts, theme, words)})"
        )
        yield from _first_quote(facts, theme, words)


def _none(facts: WeekFacts, words: Words) -> str:
    """Why no complaint is listed: nothing came in, not all of it was read, or nobody complained."""
    is_empty = facts.coverage.conversations == 0
    return words.empty_week if is_empty else as_read(facts, words, words.none["complaints"])


def _first_quote(facts: WeekFacts, theme: ThemeFacts, words: Words) -> Iterator[str]:
    for card in facts.quotes:
        if card.finding in theme.findings[:1]:
            said = shorten(terminal(card.quote), QUOTE)
            yield f"   {words.open_quote}{said}{words.close_quote} {terminal(card.conversation)}"


def _coverage(facts: WeekFacts, words: Words) -> str:
    states = facts.coverage.states
    unread = sum(states.get(state, 0) for state in TO_READ)
    line = words.read_line.format(
        came=words.conversations(facts.coverage.conversations),
        read=sum(states.get(state, 0) for state in DONE),
        found=states.get(State.READ, 0),
        unread=unread,
    )
    rest = {
        State.UNPLACED: words.unplaced_line,
        State.FOREIGN: words.foreign_line,
        State.EMPTY: words.unsaid_line,
        State.WITHDRAWN: words.withdrawn_line,
    }
    return line + "".join(form.format(n=states[one]) for one, form in rest.items() if states.get(one))
