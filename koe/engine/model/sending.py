"""Sending a request: past the last door, against the wall, tried again while that makes sense."""

import random
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from koe.engine.model.failures import MEND, Fault
from koe.engine.model.provider import Provider, ProviderError
from koe.engine.model.reading import TOO_LONG
from koe.engine.model.request import Outcome, Request
from koe.engine.model.shape import Reply
from koe.engine.model.spend import Wall
from koe.errors import SetupError

__all__ = ["Sender", "lasting"]

LONGEST_WAIT_S = 60.0
"""No provider is waited for longer between two tries, whatever it asks for."""
REJECTED_BEFORE_STOP = 3
"""So many requests rejected, and none ever answered: the settings are wrong, not the requests."""

_gates: dict[tuple[str, str | None, int], threading.BoundedSemaphore] = {}
_gates_lock = threading.Lock()


class _Ended(NamedTuple):
    """How the tries of a request ended."""

    outcome: Outcome | None
    fault: Fault | None
    lost: int
    """Tries that brought nothing and may have been counted."""


class Sender:
    """Brings requests to a provider, from as many threads as like."""

    def __init__(self, provider: Provider, wall: Wall, door: Callable[[Request], str | None]) -> None:
        self.provider = provider
        self.wall = wall
        self.door = door
        self._stop = threading.Event()
        self._gate = _gate(provider)
        self._count = threading.Lock()
        self._answered = self._rejected = 0

    def __call__(self, request: Request) -> Outcome | Reply:
        """The outcome, or why there is none. Raises SetupError where asking further makes no sense."""
        if self._stop.is_set():
            return Reply(None, "unreachable", "The run was stopped.")
        if held := self.door(request):
            return Reply(None, "unsent", held)
        if not self.wall.hold(request):
            return Reply(None, "unpaid", f"The budget of {self.wall.max_usd:g} USD a week is used up.")
        ended = _Ended(None, None, 0)
        try:
            ended = self._tried(request)
        finally:
            self._settle(request, ended)
        if ended.outcome is not None:
            return ended.outcome
        return self._failed(ended.fault)

    def stop(self) -> None:
        """Let no further request out, and no waiting one wait on."""
        self._stop.set()

    def _tried(self, request: Request) -> _Ended:
        settings = self.provider.settings
        until = time.monotonic() + settings.patience_s
        lost = 0
        for n in range(settings.tries):
            try:
                with self._gate:
                    outcome = self.provider.send(
                        request, min(settings.call_timeout_s, until - time.monotonic())
                    )
                return _Ended(outcome, None, lost)
            except ProviderError as error:
                fault = error.fault
            lost += fault.billed
            if fault.then != "again":
                outcome_of_it = lasting(fault)
                return _Ended(outcome_of_it, None if outcome_of_it else fault, lost)
            wait = _wait_s(n, fault, settings.retry_wait_s)
            if n + 1 == settings.tries or time.monotonic() + wait >= until:
                break
            if fault.billed and not self.wall.hold_more(request, lost + 1):
                break
            if self._stop.wait(wait):
                break
        return _Ended(None, fault, lost)

    def _settle(self, request: Request, ended: _Ended) -> None:
        if ended.outcome is not None:
            self.wall.pay(request, ended.outcome, ended.lost)
        else:
            reason = ended.fault.reason if ended.fault else "The call was broken off."
            self.wall.give_up(request, reason, ended.lost)
        with self._count:
            self._answered += ended.outcome is not None
            self._rejected += ended.fault is not None and ended.fault.then == "bad"

    def _failed(self, fault: Fault | None) -> Reply:
        assert fault is not None
        all_rejected = not self._answered and self._rejected >= REJECTED_BEFORE_STOP
        if fault.then == "stop" or (fault.then == "bad" and all_rejected):
            self.stop()
            mend = "" if fault.then == "stop" else f" {MEND}"
            raise SetupError(f"KOE_MODEL={self.provider.spec.label!r}: {fault.reason}{mend}")
        return Reply(None, fault.failure, fault.reason)


def lasting(fault: Fault) -> Outcome | None:
    """A request that the provider will always hold back or find too long has that as its answer."""
    finish = {"filtered": "content_filter", "truncated": TOO_LONG}.get(fault.failure)
    return Outcome("", finish) if fault.then == "bad" and finish else None


def _wait_s(tried: int, fault: Fault, first_s: float) -> float:
    """What the provider asks for, else twice as long each time, a minute at most."""
    own = first_s * 2.0**tried * random.uniform(0.75, 1.25)
    asked = fault.retry_after_s
    return min(LONGEST_WAIT_S, own if asked is None else asked)


def _gate(provider: Provider) -> threading.BoundedSemaphore:
    """One gate for everybody in this process who asks the same model."""
    settings = provider.settings
    key = (provider.spec.label, settings.base_url, settings.concurrency)
    with _gates_lock:
        return _gates.setdefault(key, threading.BoundedSemaphore(settings.concurrency))
