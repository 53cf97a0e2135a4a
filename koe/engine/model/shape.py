"""The seam inside the model engine: what the five verbs ask, and what comes back.

A verb makes calls and reads replies; a caller sends them, keeps the journal and the budget, and knows
every way in which a provider fails. Neither knows the other's business.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

Verb = Literal["find", "settle", "compose", "plan", "answer"]
Failure = Literal[
    "refused", "truncated", "starved", "filtered", "invalid", "unreachable", "unsent", "unpaid", "pending"
]
"""Why a call has no answer. `refused` and `filtered`: the model or its provider would not; `truncated`: the
answer was cut; `starved`: it thought until nothing was left for an answer; `invalid`: no JSON of the schema,
also after one repair; `unreachable`: retries and time are used up; `unsent`: the last door held it back;
`unpaid`: the budget does not cover it; `pending`: its answer is still to come, by batch or file. With
`unpaid` and `pending` a conversation stays unread (`FindResult.left`); with the others it has failed."""


class Call(NamedTuple):
    """One question to a model; everything that decides the answer stands in it."""

    verb: Verb
    prompt: str
    """SHA-256 of the prompt file."""
    system: str
    """The long fixed part, the same for every call of a verb, so that a provider can cache it."""
    user: str
    schema: Mapping[str, Any]
    """JSON schema of the answer, strict: every key required, nothing else allowed."""
    temperature: float
    max_tokens: int
    """The most that the answer may take; a budget reserves it."""
    about: tuple[str, ...] = ()
    """Conversations whose words stand in it, by id: when one is withdrawn, the journal forgets the call."""


class Reply(NamedTuple):
    """What came of a call: the JSON text of an answer that passed its check, or why there is none."""

    text: str | None
    failure: Failure | None = None
    reason: str = ""
    """One clear sentence about the failure, without a customer's words."""


class Earlier(NamedTuple):
    """A question that was asked before, word for word."""

    call: Call
    stands: Literal["answered", "coming", "open"]
    """An answer that can be used is there, or a batch will bring it; else it may be asked again."""


Check = Callable[[Call, str], str | None]
"""What is wrong with an answer's JSON text, as a model is told it once; None when it can be used."""


class Caller(Protocol):
    """Who brings calls to a model and answers back."""

    model: str
    """Model and parameters, as findings carry them."""

    def ask(self, calls: Sequence[Call], check: Check) -> Sequence[Reply]:
        """A reply for each call, in the order given; an answer that stands in the journal costs nothing.

        Raises SetupError where asking further makes no sense: no quota, a wrong key, an unknown model.
        """
        ...

    def earlier(self, like: Call, check: Check) -> Sequence[Earlier]:
        """What was asked before of any conversation that `like` is about, with its prompt, of this model."""
        ...
