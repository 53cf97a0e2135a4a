"""The seam between koe and whatever understands language.

An engine proposes; it never counts, never makes up an id and sees masked text only. What it gives
back is checked by `koe.ground`, `koe.themes` and `koe.guard`, the same for every engine.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, runtime_checkable

from pydantic import Field

from koe.language.text import Language
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

if TYPE_CHECKING:
    from koe.themes.likeness import Floats

__all__ = [
    "Ask",
    "Assignment",
    "Counted",
    "Draft",
    "Engine",
    "FactCard",
    "FindResult",
    "Gathering",
    "KnownTheme",
    "Prompted",
    "Proposal",
    "Query",
    "Sentence",
    "Unsettled",
    "WholeBacklog",
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
    left: bool = False
    """Not read yet: its answer is still to come, or there was no budget for it. It stays unread."""
    dropped: Mapping[str, int] = {}
    """What it answered that could not even be a proposal, by reason."""
    foreign: bool = False
    """Most of it is in a language that this engine does not read; what it proposes is of the rest."""


class Unsettled(NamedTuple):
    """A finding that has no theme yet."""

    finding: Finding
    vector: "Floats"
    """What it says and the turn around it, as `koe.themes.likeness` makes it."""


class KnownTheme(NamedTuple):
    """A theme that stands, as an engine sees it."""

    theme: Theme
    centroid: "Floats"
    """Mean vector of its members, in the space of `Unsettled.vector`."""
    members: int
    """How many findings the centroid is the mean of."""
    examples: tuple[str, ...] = ()
    """Statements of a few findings of the last weeks, newest first."""


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
    theme: str | None = None
    """The theme it speaks of; None for a figure of no single theme."""


class Sentence(Record):
    """One sentence of a draft, with slots: numbers `{f:id}`, quotes `{q:finding}`, theme names `{t:theme}`.

    A number slot is filled bare (`.change` without its sign: the words say up or down); the unit
    follows it in words. A quote slot gets its quotation marks when it is filled.
    """

    text: str
    cites: tuple[str, ...] = ()
    """Findings that carry the claim, by id."""
    section: str = ""


class Draft(Record):
    """What `compose` and `answer` give back, before the guard."""

    sentences: tuple[Sentence, ...]
    language: Language
    refuses: bool = False
    """The engine says that what it was given does not answer the question."""


Counted = Literal["accounts", "conversations", "tickets", "calls", "deals"]
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
    first_seen: bool = False
    """Only themes that were first seen in the period."""
    mentions: tuple[str, ...] = ()
    """Terms whose very use is asked for, as in "how many deals say 'audit log'"."""
    period_named: bool = False
    """The question named a period; without one everything counts."""
    top: int | None = None
    """How many themes are asked for, as in "the top three"; None where it is not said."""
    replies: bool = False
    """The question wants to know what agents answered."""
    counted: Counted | None = None
    """What the question wants a number of; None where it does not say."""
    amount: bool = False
    """It wants the deals' amounts."""
    by_stream: bool = False
    """It compares tickets with calls."""
    by_industry: bool = False
    """It wants the deals told apart by industry."""
    against: tuple[str | None, str | None] | None = None
    """First and last day of a second, later period that the first is compared with."""
    beyond: bool = False
    """It asks for something that conversations do not hold, such as a rate or a download figure."""


class Engine(Protocol):
    """Who does the five things that need language."""

    name: str
    """Name and version; findings carry it, and a change of it means reading again."""

    def find(self, conversations: Sequence[MaskedConversation]) -> Sequence[FindResult]:
        """What customers said in each conversation, in the order given."""
        ...

    def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> Sequence[Assignment]:
        """Which known theme each finding joins, or which new ones they found together; all of one kind."""
        ...

    def compose(
        self,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The week in words, numbers as slots and claims with citations.

        `reasons` says what the guard refused in the draft before this one.
        """
        ...

    def plan(self, question: str, themes: Sequence[Theme], today: str) -> Query:
        """The question as filters."""
        ...

    def answer(
        self,
        question: str,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The answer in words, numbers as slots and claims with citations; `reasons` as in `compose`."""
        ...


@runtime_checkable
class WholeBacklog(Protocol):
    """An engine that settles all weeks that are open together, because each asking of it takes its time."""

    settles_whole_backlog: Literal[True]


@runtime_checkable
class Gathering(Protocol):
    """An engine that sees when themes that stand have turned out to be one."""

    def gather(self, themes: Sequence[KnownTheme]) -> Sequence[Sequence[str]]:
        """Ids of themes that are one, each id in one group at most; all of one kind."""
        ...


@runtime_checkable
class Prompted(Protocol):
    """An engine that asks a model with prompt files."""

    unreviewed: tuple[str, ...]
    """Those of its prompts that no eval run has accepted as they stand."""
