"""The nouns of the street: frozen records that every station takes and gives."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from koe.language.text import Language

__all__ = [
    "Account",
    "Conversation",
    "ConversationKind",
    "Coverage",
    "Deal",
    "Engagement",
    "Finding",
    "FindingKind",
    "MaskedConversation",
    "MaskedTurn",
    "Outcome",
    "Role",
    "State",
    "Theme",
    "Turn",
    "conversation_id",
]

ConversationKind = Literal["ticket", "call"]
Role = Literal["customer", "agent", "other"]
Outcome = Literal["won", "lost", "open"]
Engagement = Literal["ticket", "sales_call", "call"]
Severity = Annotated[int, Field(ge=1, le=3)]


class FindingKind(StrEnum):
    """What one customer can have said."""

    COMPLAINT = "complaint"
    FEATURE_REQUEST = "feature_request"
    QUESTION = "question"
    OBJECTION = "objection"
    BUYING_REASON = "buying_reason"
    PRAISE = "praise"


class State(StrEnum):
    """What became of a conversation; each is in exactly one state."""

    READ = "read"
    """Read, with at least one finding."""
    NOTHING = "nothing"
    """Read, and nothing of the six kinds was in it."""
    EMPTY = "empty"
    """No customer said a word in it."""
    UNPLACED = "unplaced"
    """Nobody knows who of those who speak is the customer, so not a word of it was read."""
    FOREIGN = "foreign"
    """Customers speak, for the most part, a language that the engine does not read; a model reads it."""
    FAILED = "failed"
    """The engine could not read it; tried again next run, unless a model has said what it will say again."""
    LEFT = "left"
    """Not read yet, for budget or because a run was stopped."""
    WITHDRAWN = "withdrawn"
    """Deleted at its source; it counts nowhere, and its findings neither."""

    @property
    def is_to_read(self) -> bool:
        """Whether nobody knows what was said in it."""
        return self in (State.FAILED, State.LEFT, State.UNPLACED, State.FOREIGN)


class Record(BaseModel):
    """Base of all records: frozen, and strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Account(Record):
    """A company that is a customer or a prospect."""

    id: str
    name: str = ""


class Turn(Record):
    """One utterance, as the source gave it."""

    role: Role
    text: str
    name: str = ""
    at: AwareDatetime | None = None


class Conversation(Record):
    """One ticket or one call, unmasked; it never leaves the ledger in this form."""

    source: str
    external_id: str
    kind: ConversationKind
    account: Account
    created_at: AwareDatetime
    updated_at: AwareDatetime | None = None
    title: str = ""
    contact: str = ""
    status: str = ""
    tags: tuple[str, ...] = ()
    deal: str | None = None
    """External id of the deal the call belongs to, in the same source."""
    turns: tuple[Turn, ...]

    @property
    def id(self) -> str:
        """The ledger's name of it, unique over all sources."""
        return conversation_id(self.source, self.external_id)


class Deal(Record):
    """One opportunity."""

    source: str
    external_id: str
    account: Account
    outcome: Outcome
    name: str = ""
    owner: str = ""
    industry: str = ""
    stage: str = ""
    amount: float | None = None
    currency: str = ""
    opened_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    loss_reason: str | None = None

    @property
    def id(self) -> str:
        """The ledger's name of it, unique over all sources."""
        return conversation_id(self.source, self.external_id)


class MaskedTurn(Record):
    """One utterance after masking; the only form any later station sees."""

    n: int
    role: Role
    text: str
    at: datetime | None = None


class MaskedConversation(Record):
    """A conversation after masking, with what the engines need to know around it."""

    id: str
    external_id: str
    kind: ConversationKind
    account: str
    created_at: datetime
    title: str
    turns: tuple[MaskedTurn, ...]
    outcome: Outcome | None = None
    """Outcome of its deal, or None when it belongs to none."""


class Finding(Record):
    """One thing that one customer said, with the words that prove it."""

    id: str
    conversation: str
    kind: FindingKind
    statement: str
    quote: str
    turn: int
    start: int
    """Inclusive, in code points of the masked turn."""
    end: int
    """Exclusive, in code points of the masked turn."""
    severity: Severity
    engine: str
    theme: str | None = None


class Theme(Record):
    """What several findings have in common, under an id and a name that stay."""

    id: str
    kind: FindingKind
    name: str
    named_by: Literal["koe", "person"] = "koe"
    founded: str
    """The week it was first seen in."""
    merged_into: str | None = None


class Coverage(Record):
    """What became of everything that came in; the states but `withdrawn` add up to `conversations`."""

    conversations: int
    """Those that still stand, which are the ones that the volumes count."""
    states: dict[State, int]
    duplicates: int
    """Conversations that repeat another one word for word; read, but counted once."""
    skipped: int
    """Lines or records of the period that could not become a conversation, each named in the ledger."""
    undated: int = 0
    """The same without a date that can be read: they belong to no week and stand under every one."""
    dropped: dict[str, int]
    """Proposals that were dropped, by reason."""
    language: dict[Language, int]


def conversation_id(source: str, external_id: str) -> str:
    """The ledger's id of a source's record."""
    return f"{source}:{external_id}"
