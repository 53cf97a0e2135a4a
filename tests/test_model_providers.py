"""The other providers over real HTTP, each in its own way of speaking, through LangChain's classes."""

import json
from pathlib import Path
from typing import Any

import pytest

from koe.engine.model.request import THINKING
from tests.model_calls import GOOD, SCHEMA, caller_for, calls, check
from tests.model_server import Act, ModelServer, html, status

ANTHROPIC = {
    "id": "m",
    "type": "message",
    "role": "assistant",
    "model": "claude",
    "content": [{"type": "text", "text": GOOD}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 10, "output_tokens": 5},
}
OLLAMA = {
    "model": "small",
    "created_at": "2026-01-01T00:00:00Z",
    "message": {"role": "assistant", "content": GOOD},
    "done": True,
    "done_reason": "stop",
    "prompt_eval_count": 10,
    "eval_count": 5,
}
GIVEN = {
    "anthropic:claude": Act(raw=json.dumps(ANTHROPIC).encode()),
    "ollama:small": Act(raw=json.dumps(OLLAMA).encode() + b"\n"),
    "azure_openai:deployed": Act(GOOD),
}
PATHS = {
    "anthropic:claude": "/v1/messages",
    "ollama:small": "/api/chat",
    "azure_openai:deployed": "/openai/deployments/deployed/chat/completions",
}
CUT = {
    "anthropic:claude": Act(raw=json.dumps(ANTHROPIC | {"stop_reason": "max_tokens"}).encode()),
    "ollama:small": Act(raw=json.dumps(OLLAMA | {"done_reason": "length"}).encode() + b"\n"),
    "azure_openai:deployed": Act(GOOD, finish="length"),
}


def asked(server: ModelServer, home: Path, model: str, **settings: Any) -> Any:
    """The reply to one call."""
    base = server.url.removesuffix("/v1")
    return caller_for(server, home, model=model, base_url=base, **settings).ask(calls(1), check)[0]


@pytest.fixture(autouse=True)
def _azure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")


@pytest.mark.parametrize("model", sorted(GIVEN))
def test_each_provider_is_asked_for_the_schema_in_its_own_way(tmp_path: Path, model: str) -> None:
    with ModelServer([GIVEN[model]]) as server:
        assert asked(server, tmp_path, model).text == GOOD
        (seen,) = server.requests
    assert seen.path.partition("?")[0] == PATHS[model]
    assert json.dumps(SCHEMA["properties"]) in json.dumps(seen.body)


@pytest.mark.parametrize("model", sorted(GIVEN))
@pytest.mark.parametrize(
    "first",
    [
        pytest.param(status(429, "busy", retry_after="0"), id="429"),
        pytest.param(status(503), id="503"),
        pytest.param(html(), id="a page"),
        pytest.param(Act(drop=True), id="no line"),
    ],
)
def test_each_provider_is_tried_again(tmp_path: Path, model: str, first: Act) -> None:
    with ModelServer([first, GIVEN[model]]) as server:
        assert asked(server, tmp_path, model).text == GOOD
        assert len(server.requests) == 2


@pytest.mark.parametrize("model", sorted(GIVEN))
def test_each_provider_says_when_an_answer_was_cut(tmp_path: Path, model: str) -> None:
    with ModelServer([CUT[model]]) as server:
        assert asked(server, tmp_path, model).failure == "truncated"


@pytest.mark.parametrize("model", sorted(GIVEN))
def test_each_provider_stands_under_the_deadline(tmp_path: Path, model: str) -> None:
    with ModelServer([GIVEN[model]._replace(after_s=30)]) as server:
        reply = asked(server, tmp_path, model, call_timeout_s=0.3, tries=1)
    assert (reply.failure, reply.reason) == ("unreachable", "The provider took too long.")


def test_anthropics_thoughts_have_room_and_stay_out_of_the_answer(tmp_path: Path) -> None:
    thought = {"type": "thinking", "thinking": "Is it {so}?", "signature": "s"}
    said = ANTHROPIC | {"content": [thought, *ANTHROPIC["content"]]}  # type: ignore[misc]
    thinking = {"thinking": {"type": "enabled", "budget_tokens": 2_048}}
    with ModelServer([Act(raw=json.dumps(said).encode())]) as server:
        reply = asked(server, tmp_path, "anthropic:claude", parameters=thinking)
        (seen,) = server.requests
    assert reply.text == GOOD
    assert seen.body["thinking"] == thinking["thinking"]
    assert seen.body["max_tokens"] == 100 + 2_048
    assert "temperature" not in seen.body


def test_ollama_is_told_whether_to_think(tmp_path: Path) -> None:
    with ModelServer([GIVEN["ollama:small"]]) as server:
        asked(server, tmp_path, "ollama:small", parameters={"think": False, "num_ctx": 9_000})
        (seen,) = server.requests
    assert seen.body["think"] is False
    assert seen.body["options"]["num_ctx"] == 9_000
    assert "think" not in seen.body["options"]


def test_ollamas_model_that_thought_all_up_gets_room(tmp_path: Path) -> None:
    empty = OLLAMA | {
        "done_reason": "length",
        "message": {"role": "assistant", "content": "", "thinking": "hm"},
    }
    acts = [Act(raw=json.dumps(body).encode() + b"\n") for body in (empty, OLLAMA)]
    with ModelServer(acts) as server:
        assert asked(server, tmp_path, "ollama:small").text == GOOD
        limits = [seen.body["options"]["num_predict"] for seen in server.requests]
    assert limits == [100, 100 + THINKING]
