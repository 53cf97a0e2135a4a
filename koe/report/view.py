"""A week's facts and words, arranged for the page and for Markdown alike."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from koe.digest import Digest, Filled
from koe.errors import BugError
from koe.facts.shape import QuoteCard, RequestFacts, ThemeFacts, WeekFacts
from koe.language.text import Language
from koe.publish import Publication
from koe.records import Outcome
from koe.report.sums import closed, stakes
from koe.report.words import Words, words_in

__all__ = ["Part", "View", "arrange", "page_values"]

SHOWN = 12
"""Themes of one list that stand open; the rest is one click away."""
HISTORIES = 12
"""Themes in the table of weeks."""
_CLOSED: tuple[Outcome, ...] = ("won", "lost")


class Part(NamedTuple):
    """Sentences of the digest that belong together."""

    title: str
    sentences: tuple[Filled, ...]


class View(NamedTuple):
    """All that a report shows, in the order it shows it."""

    facts: WeekFacts
    digest: Digest
    publication: Publication
    changes: tuple[str, ...]
    parts: tuple[Part, ...]
    cards: Callable[[Sequence[str]], tuple[QuoteCard, ...]]
    """Quotes by the ids of their findings."""
    stakes: Callable[[RequestFacts], tuple[str, ...]]
    """Amounts of the deals that mention a theme, as `商談中 1,200,000円`."""
    closed: tuple[str, ...]
    """What the deals won and those lost in the week are worth, a line each."""
    histories: tuple[ThemeFacts, ...]
    held: tuple[str, ...]
    """Why the text is held back; empty when it is not."""
    refused: Mapping[str, int]
    silent: bool
    """Conversations came in, and nothing in them belongs in the report."""


def arrange(publication: Publication, facts: WeekFacts, digest: Digest, language: Language) -> View:
    """The week as a report shows it."""
    words = words_in(language)
    return View(
        facts=facts,
        digest=digest,
        publication=publication,
        changes=tuple(_change(line, words) for line in publication.changes),
        parts=_parts(digest, words),
        cards=_cards_by_id(facts),
        stakes=lambda theme: stakes(theme, language),
        closed=tuple(filter(None, (closed(facts, outcome, language) for outcome in _CLOSED))),
        histories=_histories(facts),
        held=tuple(_drift(line, words) for line in digest.held_for),
        refused=_refused(digest),
        silent=facts.coverage.conversations > 0 and not facts.quotes,
    )


def page_values(view: View) -> dict[str, object]:
    """The view by the names that templates use."""
    values = view._asdict()
    dropped = {reason: n for reason, n in sorted(view.facts.coverage.dropped.items()) if n}
    return {**values, "digest_parts": values.pop("parts"), "shown": SHOWN, "dropped": dropped}


def _parts(digest: Digest, words: Words) -> tuple[Part, ...]:
    """Sentences in their order, one part per run of the same section."""
    shown = () if digest.state == "held" else digest.sentences
    runs = groupby(shown, key=lambda sentence: sentence.section)
    return tuple(Part(words.sections.get(section, ""), tuple(run)) for section, run in runs)


def _cards_by_id(facts: WeekFacts) -> Callable[[Sequence[str]], tuple[QuoteCard, ...]]:
    by_id = {card.finding: card for card in facts.quotes}

    def cards(findings: Sequence[str]) -> tuple[QuoteCard, ...]:
        missing = [finding for finding in findings if finding not in by_id]
        if missing:
            raise BugError(f"The facts of {facts.week} name finding {missing[0]!r} and have no quote for it.")
        return tuple(by_id[finding] for finding in findings)

    return cards


def _histories(facts: WeekFacts) -> tuple[ThemeFacts, ...]:
    """Complaints of this week and the one before, most accounts over the weeks first."""
    known = (*facts.complaints, *facts.gone)
    return tuple(sorted(known, key=lambda theme: (-sum(theme.history), theme.name, theme.theme)))[:HISTORIES]


def _refused(digest: Digest) -> dict[str, int]:
    rules = [refusal.rule for refusal in digest.refusals]
    return {rule: rules.count(rule) for rule in sorted(set(rules))}


def _drift(line: str, words: Words) -> str:
    """A line of `Digest.held_for` with its name in the report's language."""
    name, _, rest = line.partition(": ")
    return f"{words.drifts.get(name, name)}: {rest}"


def _change(line: str, words: Words) -> str:
    """A line of `Publication.changes` with its first word in the report's language."""
    name, _, rest = line.partition(" ")
    bare = name.removesuffix(":")
    colon = ":" if name.endswith(":") else ""
    return f"{words.sections.get(bare, bare)}{colon} {rest}".strip()
