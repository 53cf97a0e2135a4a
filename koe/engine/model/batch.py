"""OpenAI's Batch API: requests go as a file, answers come as a file, within a day and at a lower price.

What was sent stands in the journal with the batch's id, so that any later run takes up where this one
stopped. A batch carries a mark of ours from before it is made: one that was made when the run was killed
is found again by it, not sent twice.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from koe import faults
from koe.engine.model import journal
from koe.engine.model.deadline import deadline
from koe.engine.model.door import Door
from koe.engine.model.failures import fault_of
from koe.engine.model.lines import URL, Answered, read_line, request_line
from koe.engine.model.provider import Provider
from koe.engine.model.request import Request, spec_of
from koe.engine.model.sending import lasting
from koe.engine.model.spend import at_most, this_week
from koe.errors import RetryError, SetupError
from koe.model.budget import FREE, prices_of

if TYPE_CHECKING:
    from koe.workspace import Workspace

__all__ = ["Desk", "Sent"]

LINES, BYTES = 50_000, 100_000_000
"""The most that one file may hold."""
MARK = "koe"
COMING = "new:"
"""What stands in place of a batch's id before there is one."""
_OVER = ("completed", "expired", "cancelled", "failed")
Value = TypeVar("Value")


class Sent(NamedTuple):
    """What became of requests that were to be sent."""

    sent: int
    unpaid: int
    held: int
    """Held back at the last door."""


class Desk:
    """The place where batches are handed in and their answers are picked up."""

    def __init__(self, ws: "Workspace") -> None:
        self.ws = ws
        self.spec = spec_of(ws.settings)
        if self.spec.provider != "openai":
            raise SetupError(
                f"KOE_MODEL={self.spec.label!r} has no Batch API that koe knows. "
                "Leave --batch out, or answer by file: koe batch export FILE"
            )
        provider = Provider(self.spec, ws.settings)
        if provider.key is None:
            raise SetupError(f"KOE_MODEL={self.spec.label!r} needs a key: set KOE_API_KEY or OPENAI_API_KEY.")
        self.client = provider.client()
        self.prices = (prices_of(ws.settings) or FREE).off(ws.settings.batch_discount)
        self.door = Door(ws)

    def send(self, requests: Sequence[Request]) -> Sent:
        """Hand in what the budget covers, in as few batches as hold it."""
        passed = [one for one in requests if self.door(one) is None]
        sent = 0
        for part in parts(passed):
            mark = COMING + _mark([one for one, _ in part])
            paid = [(one, line) for one, line in part if self._hold(one, mark)]
            if paid:
                self._hand_in(mark, "".join(line + "\n" for _, line in paid))
            sent += len(paid)
        return Sent(sent, len(passed) - sent, len(requests) - len(passed))

    def pick_up(self) -> int:
        """Store what finished batches brought; how many answers are still to come.

        What a batch ended without is free to be asked again.
        """
        coming = 0
        for batch, keys in journal.in_batches(self.ws.ledger).items():
            found = self._find(batch, keys)
            if found is None:
                continue
            if found.status not in _OVER:
                coming += len(keys)
                continue
            self._store(found, keys)
        return coming

    def wait(self, until: float) -> int:
        """Pick up until nothing is to come or the time (`time.monotonic`) is over; how many still are."""
        while (coming := self.pick_up()) and time.monotonic() < until:
            time.sleep(min(self.ws.settings.batch_poll_s, max(0.0, until - time.monotonic())))
        return coming

    def _hold(self, request: Request, mark: str) -> bool:
        week = this_week(self.ws.settings.zone)
        entry = journal.Entry(request, at_most(request, self.prices), week, mark)
        return journal.open_entry(self.ws.ledger, entry, self.ws.settings.max_usd)

    def _hand_in(self, mark: str, content: str) -> None:
        name = mark.removeprefix(COMING)
        file = self._patiently(
            lambda: self.client.files.create(file=(f"{name}.jsonl", content.encode()), purpose="batch")
        )
        faults.point("batch: before it is made")
        made = self._patiently(
            lambda: self.client.batches.create(
                input_file_id=file.id, endpoint=URL, completion_window="24h", metadata={MARK: name}
            ),
            tries=1,
        )
        faults.point("batch: made, not noted")
        journal.rename_batch(self.ws.ledger, mark, made.id)

    def _find(self, batch: str, keys: Sequence[str]) -> Any:
        """The batch, or the one that was made under a mark; None when it was never made."""
        if not batch.startswith(COMING):
            return self._patiently(lambda: self.client.batches.retrieve(batch))
        name = batch.removeprefix(COMING)
        for one in self._patiently(lambda: list(self.client.batches.list(limit=100))):
            if (one.metadata or {}).get(MARK) == name:
                journal.rename_batch(self.ws.ledger, batch, one.id)
                return one
        for key in keys:
            journal.note(self.ws.ledger, key, "The batch was never made.", 0.0)
        return None

    def _store(self, batch: Any, keys: Sequence[str]) -> None:
        left = set(keys)
        for answered in self._answers(batch):
            if answered.key in left:
                left.discard(answered.key)
                self._close(answered)
        for key in sorted(left):
            journal.note(self.ws.ledger, key, f"The batch ended as {batch.status!r} without it.", 0.0)
        if batch.status == "failed":
            codes = sorted({str(error.code) for error in (batch.errors.data if batch.errors else ()) or ()})
            raise SetupError(
                f"The provider refused the batch {batch.id!r} ({', '.join(codes) or 'no reason given'}). "
                "See its page there, or leave --batch out."
            )

    def _answers(self, batch: Any) -> Iterator[Answered]:
        for file in filter(None, (batch.output_file_id, batch.error_file_id)):
            text = self._patiently(lambda file=file: self.client.files.content(file).text)  # type: ignore[misc]
            for line in text.split("\n"):
                if line.strip():
                    try:
                        yield read_line(line)
                    except ValueError:
                        continue  # without a custom_id it belongs to no request; that one is noted as left

    def _close(self, answered: Answered) -> None:
        ledger, fault = self.ws.ledger, answered.fault
        outcome = answered.outcome or (lasting(fault) if fault else None)
        if outcome is not None:
            used = (outcome.tokens_in, outcome.tokens_cached, outcome.tokens_out)
            is_told = all((used[0], used[2])) or answered.outcome is None
            journal.close(ledger, answered.key, outcome, self.prices.usd(*used) if is_told else None)
        else:
            journal.note(ledger, answered.key, fault.reason if fault else "No answer.", 0.0)

    def _patiently(self, act: Callable[[], Value], tries: int | None = None) -> Value:
        """What a call of the API gives; raises SetupError or, when it keeps failing, RetryError."""
        settings = self.ws.settings
        for n in range(tries or settings.tries):
            try:
                with deadline(settings.call_timeout_s):
                    return act()
            except self.client_errors as error:
                fault = fault_of(error)
            if fault.then == "stop":
                raise SetupError(f"KOE_MODEL={self.spec.label!r}: {fault.reason}")
            if fault.then == "bad":
                break
            time.sleep(min(60.0, fault.retry_after_s or settings.retry_wait_s * 2.0**n))
        raise RetryError(
            f"{fault.reason} The batch goes on; run koe weekly --batch again.", fault.retry_after_s
        )

    @property
    def client_errors(self) -> tuple[type[Exception], ...]:
        """What the API's client raises."""
        import openai

        return (openai.OpenAIError, OSError, ValueError, TypeError)


def parts(requests: Sequence[Request]) -> Iterator[list[tuple[Request, str]]]:
    """The requests with their lines, in as many files as they take."""
    part: list[tuple[Request, str]] = []
    size = 0
    for request in requests:
        line = request_line(request)
        length = len(line.encode()) + 1
        if part and (len(part) == LINES or size + length > BYTES):
            yield part
            part, size = [], 0
        part.append((request, line))
        size += length
    if part:
        yield part


def _mark(requests: Sequence[Request]) -> str:
    keys = "\n".join(sorted(request.key for request in requests))
    return f"koe-{hashlib.sha256(keys.encode()).hexdigest()[:24]}"
