"""The seam between koe and whatever understands language.

An engine proposes; it never counts, never makes up an id and sees masked text only. What it gives
back is checked by `koe.ground`, `koe.themes` and `koe.guard`, the same for every engine.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from pydantic import Field

from koe.records import (
    ConversationKind,
    Finding,
    FindingKind,
    MaskedConversation,
    Outcome,
    Record,
    Severity,
    Theme,
)
from koe.text import Language

__all__ = [
    "Ask",
    "Assignment",
    "Draft",
    "Engine",
    "FactCard",
    "FindResult",
    "Proposal",
    "Query",
    "Sentence",
]


class Proposal(Record):
    """A finding as an engine proposes it: a quote still to be grounded."""

    kind: FindingKind
    statement: str
    quote: str
    turn: int
    severity: Severity


class FindResult(NamedTuple):
    """What an engine found in one conversation; `failed` says why it could not read it."""

    conversation: str
    proposals: Sequence[Proposal]
    failed: str | None = None


class Assignment(NamedTuple):
    """A finding's theme: the id of a known one, or None to found a new one with those that share `group`."""

    finding: str
    theme: str | None
    group: int
    name: str
    """Name for the new theme; empty when `theme` is given."""


class FactCard(Record):
    """One computed value as an engine sees it when it writes; `{f:id}` in its prose is filled from here."""

    id: str
    value: float | int | str
    unit: str
    label: str


class Sentence(Record):
    """One sentence of a draft: numbers as `{f:id}` slots, quotes as `{q:finding}` slots."""

    text: str
    cites: tuple[str, ...] = ()
    """Findings that carry the claim, by id."""
    section: str = ""


class Draft(Record):
    """What `compose` and `answer` give back, before the guard."""

    sentences: tuple[Sentence, ...]
    language: Language


Ask = Literal["count", "trend", "reasons", "compare", "list", "passage", "keywords"]


class Query(Record):
    """A question as filters: what to count, over what, and how to answer."""

    ask: Ask
    kinds: tuple[FindingKind, ...] = ()
    themes: tuple[str, ...] = ()
    outcome: Outcome | None = None
    conversation_kind: ConversationKind | None = None
    since: str | None = None
    """First day, ISO date, inclusive."""
    until: str | None = None
    """Last day, ISO date, inclusive."""
    accounts: tuple[str, ...] = ()
    words: tuple[str, ...] = Field(
        default=(), description="content words of the question that no filter took"
    )
    language: Language = "ja"
    by_week: bool = False
    """The question wants the figures week by week."""


class Engine(Protocol):
    """Who does the five things that need language."""

    name: str
    """Name and version; findings carry it, and a change of it means reading again."""

    def find(self, conversations: Sequence[MaskedConversation]) -> Sequence[FindResult]:
        """What customers said in each conversation, in the order given."""
        ...

    def settle(self, findings: Sequence[Finding], themes: Sequence[Theme]) -> Sequence[Assignment]:
        """Which known theme each finding joins, or which new ones they found together."""
        ...

    def compose(self, facts: Sequence[FactCard], findings: Sequence[Finding], language: Language) -> Draft:
        """The week in words, numbers as slots and claims with citations."""
        ...

    def plan(self, question: str, themes: Sequence[Theme], today: str) -> Query:
        """The question as filters."""
        ...

    def answer(
        self, question: str, facts: Sequence[FactCard], findings: Sequence[Finding], language: Language
    ) -> Draft:
        """The answer in words, numbers as slots and claims with citations."""
        ...
