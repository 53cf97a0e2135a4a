"""What a model gave back, read: an answer that can be used, or why there is none."""

import json
import re

from koe.engine.model.request import Outcome
from koe.engine.model.shape import Call, Check, Reply

__all__ = ["TOO_LONG", "bare_json", "read_outcome"]

_FENCE = re.compile(r"\A\s*```[A-Za-z]*\s*\n(.*?)\n?\s*```\s*\Z", re.S)
_CUT = ("length", "max_tokens", "model_context_window_exceeded")
TOO_LONG = "request_too_long"
"""How a request ended that the model does not take for its length."""
_FILTERED = ("content_filter", "safety")
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.S)


def read_outcome(call: Call, outcome: Outcome, check: Check) -> Reply:
    """The answer when it passes its check, else the failure with its reason."""
    if outcome.refusal or outcome.finish == "refusal":
        return Reply(None, "refused", "The model refused to answer.")
    if outcome.finish in _FILTERED:
        return Reply(None, "filtered", "The provider's content filter held the answer back.")
    if outcome.finish == TOO_LONG:
        return Reply(None, "truncated", "The request is longer than the model takes.")
    if outcome.finish in _CUT:
        return Reply(None, "truncated", f"The answer was cut at {call.max_tokens} tokens.")
    text = bare_json(outcome.content)
    wrong = _not_json(text) or check(call, text)
    return Reply(None, "invalid", wrong) if wrong else Reply(text)


def bare_json(content: str) -> str:
    """The content without thoughts before it and a code fence around it."""
    content = _THOUGHTS.sub("", content)
    fenced = _FENCE.match(content)
    return (fenced[1] if fenced else content).strip()


def _not_json(text: str) -> str | None:
    if not text:
        return "It is empty; one JSON object is wanted."
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return "It is no JSON; one JSON object and nothing around it is wanted."
    return None if isinstance(value, dict) else "It is JSON, but no object."
