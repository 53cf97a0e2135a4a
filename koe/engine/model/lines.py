"""Requests and answers as lines of a file, in the form of OpenAI's Batch API.

A request: `{"custom_id", "method", "url", "body"}`, where `custom_id` is the journal's key. An answer is what
the API's output and error files hold, or shortly `{"custom_id", "content"}`.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from koe.engine.model.failures import Fault, of_status
from koe.engine.model.request import Outcome, Request, storable

__all__ = ["Answered", "read_line", "request_line"]

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
    if status != 200 or not isinstance(body, dict) or "choices" not in body:
        code = _code(body.get("error") if isinstance(body, dict) else None)
        return Answered(
            key, None, of_status(status if isinstance(status, int) and status != 200 else 502, code)
        )
    return Answered(key, outcome_of(body))


def outcome_of(completion: Mapping[str, Any]) -> Outcome:
    """What a chat completion says; an empty answer where it has no choice."""
    choice = (completion.get("choices") or [{}])[0]
    message = choice.get("message") or {}
    made = _of_content(message.get("content") or "", completion.get("usage"))
    return made._replace(
        finish=str(choice.get("finish_reason") or "stop"), refusal=str(message.get("refusal") or "")
    )


def _of_content(content: Any, usage: Any) -> Outcome:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    used = usage if isinstance(usage, dict) else {}
    return Outcome(storable(text)).used(
        used.get("prompt_tokens"),
        _detail(used, "prompt_tokens_details", "cached_tokens"),
        used.get("completion_tokens"),
        _detail(used, "completion_tokens_details", "reasoning_tokens"),
        used.get("total_tokens"),
    )


def _detail(used: Mapping[str, Any], group: str, name: str) -> Any:
    details = used.get(group)
    return details.get(name) if isinstance(details, dict) else None


def _code(error: Any) -> str:
    """An error's code, and never its words: they may repeat what was asked."""
    code = error.get("code") or error.get("type") if isinstance(error, dict) else None
    return code if isinstance(code, str) and code.replace("_", "").isalnum() else ""
