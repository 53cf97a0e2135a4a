"""A caller whose model answers by a function, for what the verbs make of answers."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from koe.engine.base import Unsettled
from koe.engine.model.shape import Call, Check, Earlier, Reply
from koe.records import Finding
from koe.themes.likeness import DIMENSION


class Scripted:
    """A caller whose model answers by a function, checked as a caller does; it keeps what it was asked."""

    model = "scripted"

    def __init__(self, play: Any) -> None:
        self.play = play
        self.calls: list[Call] = []

    def ask(self, calls: Sequence[Call], check: Check) -> list[Reply]:
        self.calls += calls
        return [self._reply(call, check) for call in calls]

    def earlier(self, like: Call, check: Check) -> list[Earlier]:
        return []

    def _reply(self, call: Call, check: Check) -> Reply:
        said = self.play(call)
        if isinstance(said, Reply):
            return said
        text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        wrong = check(call, text)
        return Reply(None, "invalid", wrong) if wrong else Reply(text)


def without(failure: Any) -> Any:
    """Plays no answer, for this reason."""
    return lambda call: Reply(None, failure, "It would not.")


def unsettled(*said: str, kind: str = "complaint") -> list[Unsettled]:
    """Findings that say this."""
    zeros = np.zeros(DIMENSION, np.float32)
    return [
        Unsettled(finding_of(f"f{n}", f"c{n}", kind, text, f"{text}のです"), zeros)
        for n, text in enumerate(said)
    ]


def finding_of(id: str, conversation: str, kind: str, statement: str, quote: str) -> Finding:
    """A finding at the start of its turn."""
    place = {"turn": 0, "start": 0, "end": len(quote), "severity": 2, "engine": "e"}
    names = {"id": id, "conversation": conversation, "kind": kind, "statement": statement, "quote": quote}
    return Finding.model_validate(names | place)
