"""The wall: money is held for a call before it is made, and settled to what was paid afterwards.

One wall stands before every call of every verb, also those that go by batch. Spending counts by ISO week
of the company's clock and stands in the ledger, so that a restart does not forget it.
"""

import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.engine.model import journal
from koe.engine.model.journal import Entry
from koe.engine.model.request import Outcome, Request, as_json
from koe.model.budget import FREE, Prices, tokens_of
from koe.weeks import week_of

__all__ = ["Wall", "at_most", "input_tokens", "paid", "this_week"]


class Wall:
    """The budget of one run, shared by its threads."""

    def __init__(
        self, ledger: sa.Engine, prices: Prices | None, max_usd: float | None, zone: ZoneInfo
    ) -> None:
        self.ledger = ledger
        self.prices = prices or FREE
        self.max_usd = max_usd
        self.zone = zone
        self._turn = threading.Condition()
        self._under_way = 0

    def hold(self, request: Request) -> bool:
        """Hold what a call costs at most; False when the budget does not cover it any more.

        While others are under way it waits for them: they give back what they did not use.
        """
        entry = Entry(request, at_most(request, self.prices), this_week(self.zone))
        with self._turn:
            while not journal.open_entry(self.ledger, entry, self.max_usd):
                if not self._under_way:
                    return False
                self._turn.wait()
            self._under_way += 1
        return True

    def hold_more(self, request: Request, tries: int) -> bool:
        """Hold as much again for one more try of a call that the provider may have counted already."""
        entry = Entry(request, at_most(request, self.prices) * tries, this_week(self.zone))
        with self._turn:
            return journal.open_entry(self.ledger, entry, self.max_usd)

    def pay(self, request: Request, outcome: Outcome, lost: int = 0) -> None:
        """Settle a call to what it cost; `lost` tries before it may have been counted whole."""
        usd = paid(request, outcome, self.prices) + lost * at_most(request, self.prices)
        try:
            journal.close(self.ledger, request.key, outcome, usd)
        finally:
            self._leave()

    def give_up(self, request: Request, reason: str, lost: int = 0) -> None:
        """Settle a call that has no answer."""
        try:
            journal.note(self.ledger, request.key, reason, lost * at_most(request, self.prices))
        finally:
            self._leave()

    def _leave(self) -> None:
        with self._turn:
            self._under_way -= 1
            self._turn.notify_all()


def this_week(zone: ZoneInfo) -> str:
    """The ISO week that money is spent in now."""
    return week_of(datetime.now(UTC), zone)


def at_most(request: Request, prices: Prices) -> float:
    """The most that one try of a request costs."""
    return prices.usd(input_tokens(request), 0, request.limit)


def input_tokens(request: Request) -> int:
    """The tokens that go in with a request, on the high side."""
    texts = [message["content"] for message in request.messages]
    return tokens_of(*texts, as_json(request.extra))


def paid(request: Request, outcome: Outcome, prices: Prices) -> float:
    """What a request cost; of what the server does not count, the most that it can have been."""
    came_in = outcome.tokens_in or input_tokens(request)
    nothing = outcome.tokens_in and not outcome.content
    came_out = outcome.tokens_out or (0 if nothing else request.limit)
    return prices.usd(came_in, outcome.tokens_cached, came_out)
