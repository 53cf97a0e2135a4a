"""Requests and answers as lines of a file, in the form of OpenAI's Batch API.

A request: `{"custom_id", "method", "url", "body"}`, where `custom_id` is the journal's key. An answer is what
the API's output and error files hold, or shortly `{"custom_id", "content"}`.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from koe.engine.model.failures import Fault, of_status, word_of
from koe.engine.model.request import Outcome, Request, storable

__all__ = ["Answered", "read_line", "request_line"]

LONGEST_ID = 128
URL = "/v1/chat/completions"


class Answered(NamedTuple):
    """A line of an answer file."""

    key: str
    outcome: Outcome | None
    fault: Fault | None = None
    """Why there is no outcome."""


def request_line(request: Request) -> str:
    """A request as one line; whoever gets it can answer it without knowing koe."""
    line = {"custom_id": request.key, "method": "POST", "url": URL, "body": request.body}
    return json.dumps(line, ensure_ascii=False)


def read_line(text: str) -> Answered:
    """The answer in a line. Raises ValueError, saying what the line is instead, when it holds none."""
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON") from None
    if not isinstance(line, dict) or not isinstance(line.get("custom_id"), str):
        raise ValueError("it has no custom_id")
    key = line["custom_id"]
    if len(key) > LONGEST_ID or not key.isprintable():
        raise ValueError("its custom_id is none of koe's")
    if "content" in line:
        return Answered(key, _of_content(line["content"], line.get("usage")))
    if "url" in line and "response" not in line:
        raise ValueError("it is a request, not an answer")
    return _of_response(key, line)


def _of_response(key: str, line: Mapping[str, Any]) -> Answered:
    response = line.get("response")
    if not isinstance(response, dict):
        code = _code(line.get("error"))
        return Answered(key, None, Fault("again", f"The batch has no answer ({code or 'no reason given'})."))
    body = response.get("body", response)
    status = response.get("status_code", 200)
    if status != 200 or not isinstance(body, dict) or not isinstance(body.get("choices"), list):
        code = _code(body.get("error") if isinstance(body, dict) else None)
        return Answered(
            key, None, of_status(status if isinstance(status, int) and status != 200 else 502, code)
        )
    return Answered(key, outcome_of(body))


def outcome_of(completion: Mapping[str, Any]) -> Outcome:
    """What a chat completion says; an empty answer where it has no choice."""
    choice = _dict(next(iter(completion.get("choices") or ()), None))
    message = _dict(choice.get("message"))
    made = _of_content(message.get("content") or "", completion.get("usage"))
    return made._replace(
        finish=storable(str(choice.get("finish_reason") or "stop")),
        refusal=storable(str(message.get("refusal") or "")),
    )


def _of_content(content: Any, usage: Any) -> Outcome:
    text = content if isinstance(content, str) else _joined(content)
    used = _dict(usage)
    return Outcome(storable(text)).used(
        used.get("prompt_tokens"),
        _detail(used, "prompt_tokens_details", "cached_tokens"),
        used.get("completion_tokens"),
        _detail(used, "completion_tokens_details", "reasoning_tokens"),
        used.get("total_tokens"),
    )


def _detail(used: Mapping[str, Any], group: str, name: str) -> Any:
    return _dict(used.get(group)).get(name)


def _joined(content: Any) -> str:
    """An answer that comes in parts of text as one; any other as JSON."""
    parts = [_dict(part).get("text") for part in content] if isinstance(content, list) else []
    whole = "".join(part for part in parts if isinstance(part, str))
    return whole or json.dumps(content, ensure_ascii=False)


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _code(error: Any) -> str:
    """An error's code, and never its words: they may repeat what was asked."""
    code = _dict(error).get("code") or _dict(error).get("type")
    return word_of(code)
