"""What an answer holds."""

from typing import Literal

from koe.engine.base import Query
from koe.records import FindingKind, Outcome, Record


class AskFact(Record):
    """One counted value of an answer, with the conversations or deals behind it."""

    id: str
    label: str
    value: int | str
    unit: str
    records: tuple[str, ...] = ()


class AskQuote(Record):
    """A customer's words, verbatim, with where they stand."""

    conversation: str
    turn: int
    quote: str
    finding: str | None = None
    kind: FindingKind | None = None
    theme_name: str = ""
    account: str = ""
    day: str = ""
    outcome: Outcome | None = None
    """Of its deal, where it belongs to one."""


class Narrowed(Query):
    """A query kept to some deals, by what the ledger knows of them."""

    industries: tuple[str, ...] = ()
    """Trades, as deals name them; of a ticket its account's."""
    owners: tuple[str, ...] = ()
    """Who is responsible for a deal."""
    deals: tuple[str, ...] = ()
    """Deals that the question names, as they are cited."""
    conversations: tuple[str, ...] = ()
    """Conversations that it names, as they are cited."""
    at_least: float | None = None
    at_most: float | None = None
    """What a deal is worth, both inclusive unless `above` or `below` says otherwise."""
    above: bool = False
    """A deal is worth more than `at_least`."""
    below: bool = False
    """It is worth less than `at_most`."""
    currency: str = ""
    """What the bounds are in; empty where the question does not say."""
    by_amount: bool = False
    """It wants the deals one by one, the largest first."""
    compared: tuple[str, ...] = ()
    """Two matters that it holds against each other, as it writes them."""
    apart: bool = False
    """It holds several trades against each other."""
    severe: bool = False
    """Only what weighs most with those who say it."""
    by_account: bool = False
    """It wants the accounts that get in touch most."""
    average: bool = False
    """It wants what a deal is worth on average."""
    rate: Literal["won", "lost"] | None = None
    """It wants what share of the deals that ended did so."""
    smallest: bool = False
    """It wants them the smallest first."""
    read_as: tuple[tuple[str, str], ...] = ()
    """Words of the question as they are written, each with what it was read as."""
    silent_since: str | None = None
    """The first day of the period it names, where that has no data yet and the newest week stands for it."""


class Filters(Narrowed):
    """The question as it was understood, with the themes that koe matched."""

    theme_names: tuple[str, ...] = ()
    loosely: bool = False
    """What was counted is partly of no kind asked for: nobody can tell kinds apart for sure."""


class Answer(Record):
    """A question with what was counted for it."""

    question: str
    answerable: bool
    answer: str
    facts: tuple[AskFact, ...] = ()
    citations: tuple[str, ...] = ()
    """The source's ids of every conversation that carries the answer."""
    quotes: tuple[AskQuote, ...] = ()
    filters: Filters
