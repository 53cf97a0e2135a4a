"""The caller: from a call to a reply, by way of the journal, the model, and one repair.

A model that thinks may use up its tokens before it answers. Then it is asked once more with room to think,
and every later question has that room at once.

Where an outcome comes from when the journal has none is not its business: a live model, a batch, a file.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Literal

from koe.engine.model.journal import Asked
from koe.engine.model.reading import is_starved, read_outcome
from koe.engine.model.request import THINKING, Outcome, Request, Spec
from koe.engine.model.shape import Call, Check, Earlier, Reply

__all__ = ["Fetch", "Known", "ModelCaller", "never"]

logger = logging.getLogger("koe.model")
UNUSABLE = "The answer could not be used, also when it was asked for again."
"""Said in place of what was wrong: that may hold words of the answer."""

Known = Callable[[Iterable[str]], Mapping[str, Outcome]]
"""Outcomes that stand already, by key; where it has an `about`, also what was asked of a conversation."""
Fetch = Callable[[Request], Outcome | Reply]
"""The outcome of a request that nobody has made yet, or why there is none; where it has a `tells` that is
false, nothing is logged of those without an answer."""


About = Callable[[str, str, Iterable[str]], Sequence[Asked]]


def never() -> None:
    """Nothing to stop."""


def nothing(prompt: str, model: str, ids: Iterable[str]) -> Sequence[Asked]:
    """Nothing was asked before."""
    return ()


class ModelCaller:
    """Implements `koe.engine.model.shape.Caller`."""

    def __init__(
        self, spec: Spec, known: Known, fetch: Fetch, workers: int = 1, stop: Callable[[], None] = never
    ) -> None:
        self.spec = spec
        self.model = spec.label
        self.known = known
        self.room = spec.room
        self._about: About = getattr(known, "about", nothing)
        self._fetch = fetch
        self._workers = workers
        self._stop = stop
        self._tells = getattr(fetch, "tells", True)

    def ask(self, calls: Sequence[Call], check: Check) -> Sequence[Reply]:
        """A reply for each call, in the order given; the same call twice is asked once."""
        requests = [Request(call, self.spec) for call in calls]
        keys = [request.key for request in requests]
        asked = dict(zip(keys, requests, strict=True))
        known = self.known(keys)
        tasks = [partial(self._reply, request, known.get(key), check) for key, request in asked.items()]
        replies = self._all(tasks, list(asked))
        if self._tells:
            _say(calls, [replies[key] for key in keys])
        return [replies[key] for key in keys]

    def earlier(self, like: Call, check: Check) -> Sequence[Earlier]:
        """What was asked before of any conversation that `like` is about, with its prompt, of this model."""
        asked = self._about(like.prompt, self.model, like.about)
        calls = [like._replace(user=one.user, max_tokens=one.max_tokens, about=()) for one in asked]
        pairs = zip(calls, asked, strict=True)
        same = [(call, one) for call, one in pairs if Request(call, self.spec).key == one.key]
        known = self.known([one.key for _, one in same])
        return [Earlier(call, self._stands(call, one, known.get(one.key), check)) for call, one in same]

    def _stands(
        self, call: Call, asked: Asked, outcome: Outcome | None, check: Check
    ) -> Literal["answered", "coming", "open"]:
        if outcome is None:
            return "coming" if asked.is_coming else "open"
        reply = read_outcome(call, outcome, check)
        if reply.failure == "invalid":
            mended = self.known([Request(call, self.spec, reply.reason).key])
            reply = next((read_outcome(call, one, check) for one in mended.values()), reply)
        return "open" if reply.text is None else "answered"

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

    def _reply(self, request: Request, known: Outcome | None, check: Check) -> Reply:
        """The reply to a request; one that cannot be used is asked for once more with the reason."""
        outcome = self._outcome(request, known)
        reply = outcome if isinstance(outcome, Reply) else read_outcome(request.call, outcome, check)
        if outcome is reply or reply.failure != "invalid":
            return reply
        mended = request._replace(mend=reply.reason)
        outcome = self._outcome(mended, self.known([mended.key]).get(mended.key))
        last = outcome if isinstance(outcome, Reply) else read_outcome(request.call, outcome, check)
        return last._replace(reason=UNUSABLE) if last.failure == "invalid" else last

    def _outcome(self, request: Request, known: Outcome | None) -> Outcome | Reply:
        """What the model gave back; where it thought its tokens up, what it gives with more of them."""
        outcome = known or self._asked(request)
        if isinstance(outcome, Reply):
            return outcome
        if self.spec.widens and (outcome.thought or is_starved(outcome)):
            self.room = max(self.room, THINKING)
        return self._asked(request) if is_starved(outcome) and outcome.room < self.room else outcome

    def _asked(self, request: Request) -> Outcome | Reply:
        request = request._replace(room=self.room)
        outcome = self._fetch(request)
        return (
            outcome if isinstance(outcome, Reply) else outcome._replace(room=max(outcome.room, request.room))
        )


def _say(calls: Sequence[Call], replies: Sequence[Reply]) -> None:
    """Tell how many calls have no answer, by reason."""
    without = zip(calls, replies, strict=True)
    counts = Counter((call.verb, reply.reason) for call, reply in without if reply.text is None)
    for (verb, reason), count in sorted(counts.items()):
        logger.info("%s: %d of %d calls have no answer: %s", verb, count, len(calls), reason)
