"""A model that answers every verb in its schema, by rule: what `tests.model_server` plays when all is well.

What a customer says first is a complaint, all findings of a kind are one theme, and the week's words are
left to the computed digest.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["answer_of", "good_model"]

_HEAD = re.compile(r"^### (\d+) ", re.MULTILINE)
_SAID = re.compile(r"^(\d+) customer\| (.+)$", re.MULTILINE)
_LINE = re.compile(r"^(\d+)\| ", re.MULTILINE)


def good_model(body: Mapping[str, Any]) -> str:
    """The answer's text to a chat body of koe's."""
    return json.dumps(answer_of(body), ensure_ascii=False)


def answer_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a chat body of koe's."""
    user = body["messages"][1]["content"]
    verb = body["response_format"]["json_schema"]["name"]
    if verb == "find":
        return {"records": _records(user)}
    if verb == "settle":
        places = [int(n) for n in _LINE.findall(user.partition("Findings:")[2])]
        return {"themes": [{"known": 0, "name": "一つのこと", "findings": places}]}
    if verb == "plan":
        return _plan(body["response_format"]["json_schema"]["schema"])
    if verb == "answer":
        return {"answerable": False, "sentences": []}
    return {"sentences": []}


def _records(user: str) -> list[dict[str, Any]]:
    parts = _HEAD.split(user)
    return [
        {"record": int(n), "findings": _findings(text)}
        for n, text in zip(parts[1::2], parts[2::2], strict=True)
    ]


def _findings(text: str) -> list[dict[str, Any]]:
    said = [(int(turn), words.strip()) for turn, words in _SAID.findall(text) if len(words.strip()) > 7]
    return [
        {"turn": turn, "quote": words, "kind": "complaint", "statement": words[:60], "severity": 2}
        for turn, words in said[:1]
    ]


def _plan(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The first value that each field may have, and the question's kind as a list."""
    empty = {"array": [], "string": "", "boolean": False, "integer": 0}
    made = {
        name: (field["enum"][-1] if "enum" in field else empty[field["type"]])
        for name, field in schema["properties"].items()
    }
    return {**made, "ask": "list", "kinds": ["complaint"]}
