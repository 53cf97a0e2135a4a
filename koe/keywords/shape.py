"""The shape of a keyword report: what the pages, the workbook and `koe export keywords` show."""

from typing import Literal

from pydantic import Field

from koe.records import Record

__all__ = ["Keyword", "KeywordQuote", "KeywordReport", "Side", "Tier"]

Side = Literal["won", "lost"]
Tier = Literal["finding", "hint"]


class KeywordQuote(Record):
    """One sentence of a customer that has the term, verbatim."""

    conversation: str
    """The source's own id."""
    turn: int
    quote: str


class Keyword(Record):
    """A term that customers of one outcome use more than those of the other."""

    term: str
    variants: tuple[str, ...]
    """Every way it is written in the deals counted, NFKC and lower case, the commonest first.

    A deal counts when one of its customer turns contains one of them; Latin words from their beginning,
    short ones whole.
    """
    outcome: Side
    deals_won: int
    deals_lost: int
    tier: Tier
    """`finding` passes the correction for the number of terms tested, `hint` does not."""
    log_odds: float
    share_difference: float
    """Share among won deals minus share among lost deals."""
    interval: tuple[float, float]
    """90 % interval of the difference."""
    p: float
    p_adjusted: float
    explained_by: Literal["industry"] | None = None
    """The difference is that of the industries: within them nothing is left of it."""
    deals_needed: int | None = None
    """For a hint: about so many more closed deals, used alike, would make it a finding."""
    quotes: tuple[KeywordQuote, ...] = ()
    """At most three, each from another deal."""


class KeywordReport(Record):
    """The words of won deals against those of lost deals."""

    since: str | None
    """First closing day, ISO date, inclusive; None is open."""
    until: str | None
    """Last closing day, ISO date, inclusive; None is open."""
    deals_won: int
    """Closed deals with at least one customer turn in a call."""
    deals_lost: int
    silent: int
    """Closed deals of the period without a customer turn; they are not in the totals."""
    min_deals: int
    """Terms in fewer deals were not looked at."""
    tested: int
    """Terms in enough deals; p is adjusted for so many."""
    by_chance: float
    """How many hints would show if the words had nothing to do with the outcome."""
    message: Literal["ok", "nothing", "one_side", "no_deals"]
    """`nothing`: no term passes; `one_side`: only won or only lost deals; `no_deals`: none closed."""
    deals_needed: int | None = None
    """When nothing passes: about so many more closed deals until the strongest hint would."""
    keywords: tuple[Keyword, ...] = Field(default=())
    """Findings first, then by the strength of the lean; won and lost alternate in no fixed way."""

    def of(self, side: Side) -> tuple[Keyword, ...]:
        """The keywords of one side, strongest first."""
        return tuple(word for word in self.keywords if word.outcome == side)
