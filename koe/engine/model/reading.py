"""What a model gave back, read: an answer that can be used, or why there is none."""

import json
import re

from koe.engine.model.request import Outcome
from koe.engine.model.shape import Call, Check, Reply

__all__ = ["STARVED", "TOO_LONG", "bare_json", "is_starved", "read_outcome"]

_FENCE = re.compile(r"```[A-Za-z]*[ \t\r]*\n")
_SPENT = ("length", "max_tokens")
_CUT = (*_SPENT, "model_context_window_exceeded")
PER_TOKEN = 10
"""Characters that no token has on average: what is longer kept to no limit and is not worked through."""
TOO_LONG = "request_too_long"
"""How a request ended that the model does not take for its length."""
_FILTERED = ("content_filter", "safety")
STARVED = "The model thought until its tokens were used up. Give it more with KOE_THINKING_TOKENS."
_THOUGHTS = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.S)


def read_outcome(call: Call, outcome: Outcome, check: Check) -> Reply:
    """The answer when it passes its check, else the failure with its reason."""
    if outcome.refusal or outcome.finish == "refusal":
        return Reply(None, "refused", "The model refused to answer.")
    if outcome.finish in _FILTERED:
        return Reply(None, "filtered", "The provider's content filter held the answer back.")
    if outcome.finish == TOO_LONG:
        return Reply(None, "truncated", "The request is longer than the model takes.")
    if is_starved(outcome):
        return Reply(None, "starved", STARVED)
    if outcome.finish in _CUT:
        return Reply(None, "truncated", "The answer was cut for its length.")
    text = bare_json(outcome.content)
    wrong = _too_much(call, text) or _not_json(text) or check(call, text)
    return Reply(None, "invalid", wrong) if wrong else Reply(text)


def is_starved(outcome: Outcome) -> bool:
    """Whether a model thought until its tokens were used up, so that more of them would help."""
    spent = outcome.finish in _SPENT and not outcome.refusal
    return spent and (outcome.thought > outcome.room or not bare_json(outcome.content))


def bare_json(content: str) -> str:
    """The content without thoughts before it and a code fence around it."""
    content = _THOUGHTS.sub("", content.lstrip("\ufeff")).strip()
    fence = _FENCE.match(content)
    whole = fence is not None and content.endswith("```") and len(content) >= fence.end() + 3
    return content[fence.end() : -3].strip() if fence is not None and whole else content


def _too_much(call: Call, text: str) -> str | None:
    return "It is far longer than what was asked for." if len(text) > PER_TOKEN * call.max_tokens else None


def _not_json(text: str) -> str | None:
    if not text:
        return "It is empty; one JSON object is wanted."
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return "It is no JSON; one JSON object and nothing around it is wanted."
    return None if isinstance(value, dict) else "It is JSON, but no object."
