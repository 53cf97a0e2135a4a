"""The shape of a week's facts: what `facts.json` holds, what the report draws and what prose may name."""

from typing import Literal

from pydantic import Field

from koe.records import Coverage, FindingKind, Outcome, Record

__all__ = [
    "Credit",
    "DealMention",
    "Fact",
    "Loss",
    "QuoteCard",
    "RequestFacts",
    "ThemeFacts",
    "Trend",
    "Volumes",
    "WeekFacts",
]

Trend = Literal["new", "rising", "falling", "steady", "gone", "unknown"]
"""The rule is that of `koe.facts.trend.trend_of`."""
Credit = Literal["product", "support", "person"]


class Fact(Record):
    """One computed value: the only source of numbers in prose."""

    id: str
    """Stable within the week, such as `complaint.th_k2x9.accounts`."""
    value: int | float
    unit: Literal["accounts", "conversations", "findings", "deals", "share", "currency", "weeks"]
    week: str
    records: tuple[str, ...] = ()
    """Source ids of the conversations (or deals) that were counted."""
    theme: str | None = None
    """The theme it speaks of; None for a figure of the whole week."""


class OfAccount(Record):
    """Something that belongs to an account."""

    account: str
    """Account as it may be shown: its name, or its pseudonym."""
    account_code: str = ""
    """Its pseudonym: one for one account, whatever names it goes by; two of one name have two."""

    @property
    def voice(self) -> str:
        """What it counts as."""
        return self.account_code or self.account


class QuoteCard(OfAccount):
    """A quote with where it stands; what opens under a claim."""

    finding: str
    conversation: str
    """The source's own id, the ledger's where two sources have it."""
    conversation_kind: Literal["ticket", "call"]
    day: str
    """ISO date on the company's clock."""
    turn: int
    kind: FindingKind
    statement: str
    quote: str
    severity: int
    theme: str | None = None
    """The theme it counts under, merges followed."""
    outcome: Outcome | None = None
    """Outcome of the deal its call belongs to."""


class ThemeFacts(Record):
    """One theme in one week."""

    theme: str
    name: str
    kind: FindingKind
    accounts: int
    conversations: int
    previous_accounts: int | None
    """Accounts in the week before; None where there is none, or nobody has read it."""
    history: tuple[int, ...]
    """Accounts per week, oldest first, this week last; as long as `WeekFacts.weeks`."""
    trend: Trend
    severity: int
    """The strongest among its findings."""
    account_names: tuple[str, ...]
    findings: tuple[str, ...]
    """Findings of this week (of all `weeks` in `faq`), strongest first."""
    credited: dict[Credit, int] = Field(default_factory=dict)
    """Praise only: accounts by whom they credit."""


class DealMention(OfAccount):
    """A deal whose calls carry findings of a theme."""

    deal: str
    outcome: Outcome
    amount: float | None
    currency: str


class RequestFacts(ThemeFacts):
    """A requested feature, an objection or a buying reason, with the deals that mention it."""

    deals: tuple[DealMention, ...] = ()
    amounts: dict[str, dict[Outcome, float]] = Field(default_factory=dict)
    """Sum of deal amounts by currency, then by outcome; each deal once."""


class Loss(Record):
    """A deal lost in the week: what was entered as its reason, and what the customer said."""

    deal: str
    account: str
    amount: float | None
    currency: str
    reason: str
    """The reason in the CRM, masked."""
    findings: tuple[str, ...]
    """What its calls say of the decision: objections, then what spoke for us; of each the newest first."""
    calls: int = 1
    """Conversations that belong to it; without one nothing is known of what the customer said."""


class Volumes(Record):
    """How many conversations the week has."""

    tickets: int
    calls: int


class WeekFacts(Record):
    """Everything counted for one week."""

    week: str
    start: str
    """First day, ISO date."""
    end: str
    """Last day, ISO date, inclusive."""
    timezone: str
    weeks: tuple[str, ...]
    """The weeks of every `history`, oldest first, at most eight."""
    volumes: Volumes
    volume_history: tuple[Volumes, ...]
    top_complaints: tuple[ThemeFacts, ...]
    """The three first of `complaints`."""
    complaints: tuple[ThemeFacts, ...]
    """By distinct accounts, then conversations, then severity, then accounts over the weeks shown."""
    gone: tuple[ThemeFacts, ...]
    """Complaints of the week before that nobody made this week."""
    feature_requests: tuple[RequestFacts, ...]
    objections: tuple[RequestFacts, ...]
    buying_reasons: tuple[RequestFacts, ...]
    faq: tuple[ThemeFacts, ...]
    """Questions over the weeks of `weeks`, by distinct accounts over that period."""
    praise: tuple[ThemeFacts, ...]
    losses: tuple[Loss, ...]
    wins: int
    coverage: Coverage
    facts: tuple[Fact, ...]
    quotes: tuple[QuoteCard, ...]
    """Every finding named above, once."""
    unsettled: int = 0
    """Findings of the week that have no theme yet; they are in the coverage and in no list above."""
    set_aside: int = 0
    """Findings of the week that speak for us in deals that were lost: no reason to buy, and no praise."""
    unread_weeks: tuple[str, ...] = ()
    """Those of `weeks` of which nothing has been read yet: what they count as 0 is not known."""

    @property
    def faq_candidates(self) -> tuple[ThemeFacts, ...]:
        """Of the questions those worth an entry: asked by several accounts, or asked this week."""
        return tuple(theme for theme in self.faq if theme.accounts > 1 or theme.history[-1])
