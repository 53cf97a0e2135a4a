"""The caller: from a call to a reply, by way of the journal, the model, and one repair.

Where an outcome comes from when the journal has none is not its business: a live model, a batch, a file.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from koe.engine.model.reading import read_outcome
from koe.engine.model.request import Outcome, Request, Spec
from koe.engine.model.shape import Call, Check, Reply

__all__ = ["Fetch", "Known", "ModelCaller", "never"]

logger = logging.getLogger("koe.model")
UNUSABLE = "The answer could not be used, also when it was asked for again."
"""Said in place of what was wrong: that may hold words of the answer."""

Known = Callable[[Iterable[str]], Mapping[str, Outcome]]
"""Outcomes that stand already, by key."""
Fetch = Callable[[Request], Outcome | Reply]
"""The outcome of a request that nobody has made yet, or why there is none; where it has a `tells` that is
false, nothing is logged of those without an answer."""


def never() -> None:
    """Nothing to stop."""


class ModelCaller:
    """Implements `koe.engine.model.shape.Caller`."""

    def __init__(
        self, spec: Spec, known: Known, fetch: Fetch, workers: int = 1, stop: Callable[[], None] = never
    ) -> None:
        self.spec = spec
        self.model = spec.label
        self.known = known
        self._fetch = fetch
        self._workers = workers
        self._stop = stop
        self._tells = getattr(fetch, "tells", True)

    def ask(self, calls: Sequence[Call], check: Check) -> Sequence[Reply]:
        """A reply for each call, in the order given; the same call twice is asked once."""
        requests = [Request(call, self.spec) for call in calls]
        keys = [request.key for request in requests]
        known = self.known(keys)
        asked = dict(zip(keys, requests, strict=True))
        replies = {key: read_outcome(asked[key].call, known[key], check) for key in asked if key in known}
        open_keys = [key for key in asked if key not in replies or _may_mend(replies[key])]
        tasks = [partial(self._reply, asked[key], replies.get(key), check) for key in open_keys]
        replies |= self._all(tasks, open_keys)
        if self._tells:
            _say(calls, [replies[key] for key in keys])
        return [replies[key] for key in keys]

    def _all(self, tasks: Sequence[Callable[[], Reply]], keys: Sequence[str]) -> dict[str, Reply]:
        """Each task done, at most as many at a time as there are workers; the first error stops the rest."""
        if self._workers == 1 or len(tasks) < 2:
            return {key: task() for key, task in zip(keys, tasks, strict=True)}
        with ThreadPoolExecutor(min(self._workers, len(tasks)), "koe-model") as pool:
            futures = [pool.submit(task) for task in tasks]
            try:
                return {key: future.result() for key, future in zip(keys, futures, strict=True)}
            except BaseException:
                self._stop()
                for future in futures:
                    future.cancel()
                raise

    def _reply(self, request: Request, reply: Reply | None, check: Check) -> Reply:
        """The reply to a request; one that cannot be used is asked for once more with the reason."""
        if reply is None:
            outcome = self._fetch(request)
            if isinstance(outcome, Reply):
                return outcome
            reply = read_outcome(request.call, outcome, check)
        if not _may_mend(reply):
            return reply
        mended = request._replace(mend=reply.reason)
        outcome = self.known([mended.key]).get(mended.key) or self._fetch(mended)
        last = outcome if isinstance(outcome, Reply) else read_outcome(request.call, outcome, check)
        return last._replace(reason=UNUSABLE) if last.failure == "invalid" else last


def _say(calls: Sequence[Call], replies: Sequence[Reply]) -> None:
    """Tell how many calls have no answer, by reason."""
    without = zip(calls, replies, strict=True)
    counts = Counter((call.verb, reply.reason) for call, reply in without if reply.text is None)
    for (verb, reason), count in sorted(counts.items()):
        logger.info("%s: %d of %d calls have no answer: %s", verb, count, len(calls), reason)


def _may_mend(reply: Reply) -> bool:
    return reply.failure == "invalid"
