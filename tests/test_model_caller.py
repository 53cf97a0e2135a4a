"""A call to a model over real HTTP: what every way of answering and of failing comes to."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from koe.errors import SetupError
from tests.model_calls import GOOD, caller_for, calls, check
from tests.model_server import Act, ModelServer, completion, html, status

FENCED = f"```json\n{GOOD}\n```"


@pytest.mark.parametrize(
    ("script", "requests"),
    [
        pytest.param([GOOD], 1, id="an answer"),
        pytest.param([FENCED], 1, id="an answer in a fence"),
        pytest.param([f"<think>hm {{}}</think>\n{GOOD}"], 1, id="an answer after thoughts"),
        pytest.param([f"Sure! {GOOD}", GOOD], 2, id="prose, then mended"),
        pytest.param(['{"other": 1}', GOOD], 2, id="another schema, then mended"),
        pytest.param(["[1, 2]", GOOD], 2, id="a list, then mended"),
        pytest.param([Act(None), GOOD], 2, id="nothing, then mended"),
        pytest.param([Act(choices=False), GOOD], 2, id="no choices, then mended"),
        pytest.param([Act(GOOD, usage={})], 1, id="no usage"),
        pytest.param([html(), GOOD], 2, id="a page instead of JSON"),
        pytest.param([html(502), GOOD], 2, id="a page of a gateway"),
        pytest.param([Act(GOOD, cut=True), GOOD], 2, id="a body that is cut"),
        pytest.param([Act(raw=b'{"id": "x", "cho'), GOOD], 2, id="JSON that is cut"),
        pytest.param([Act(raw=b"[" * 100_000), GOOD], 2, id="JSON without end"),
        pytest.param([Act(raw=b'{"error": {"message": "busy"}}'), GOOD], 2, id="an error with status 200"),
        pytest.param([Act(drop=True), GOOD], 2, id="a line that drops"),
        pytest.param([status(429, "rate_limit_exceeded", retry_after="0"), GOOD], 2, id="too many requests"),
        *[pytest.param([status(code), GOOD], 2, id=str(code)) for code in (408, 409, 425, 500, 503, 529)],
    ],
)
def test_what_can_be_mended_is(tmp_path: Path, script: list[Act | str], requests: int) -> None:
    with ModelServer(script) as server:
        reply = caller_for(server, tmp_path).ask(calls(1), check)[0]
        assert (reply.text, reply.failure) == (GOOD, None)
        assert len(server.calls) == requests


@pytest.mark.parametrize(
    ("script", "failure", "requests"),
    [
        pytest.param([Act(None, refusal="I would rather not")], "refused", 1, id="refusal"),
        pytest.param([Act('{"said": "', finish="length")], "truncated", 1, id="cut at the limit"),
        pytest.param([status(400, "context_length_exceeded")], "truncated", 1, id="too long a request"),
        pytest.param([status(413)], "truncated", 1, id="too large a request"),
        pytest.param([Act("", finish="content_filter")], "filtered", 1, id="filtered answer"),
        pytest.param([status(400, "content_filter")], "filtered", 1, id="filtered request"),
        pytest.param(["I am only a model."], "invalid", 2, id="prose twice"),
        pytest.param(['{"other": 1}'], "invalid", 2, id="another schema twice"),
        pytest.param([Act(None)], "invalid", 2, id="nothing twice"),
        pytest.param([status(500)], "unreachable", 3, id="500 for ever"),
        pytest.param([html()], "unreachable", 3, id="a page for ever"),
        pytest.param([Act(drop=True)], "unreachable", 3, id="no line for ever"),
        pytest.param([status(400, "strange")], "invalid", 1, id="a rejected request"),
    ],
)
def test_what_cannot_be_mended_is_named(
    tmp_path: Path, script: list[Act | str], failure: str, requests: int
) -> None:
    with ModelServer(script) as server:
        reply = caller_for(server, tmp_path).ask(calls(1), check)[0]
        assert (reply.text, reply.failure) == (None, failure)
        assert reply.reason.endswith(".")
        assert len(server.calls) == requests


@pytest.mark.parametrize(
    ("act", "says"),
    [
        pytest.param(status(401, "invalid_api_key"), "key is not accepted", id="401"),
        pytest.param(status(403), "key is not accepted", id="403"),
        pytest.param(status(404, "model_not_found"), "no such model", id="404"),
        pytest.param(status(429, "insufficient_quota"), "no credit", id="quota"),
        pytest.param(status(402), "no credit", id="402"),
        pytest.param(status(400, "unsupported_value"), "KOE_SEND_TEMPERATURE", id="a parameter it lacks"),
    ],
)
def test_what_only_a_person_can_mend_stops_at_once(tmp_path: Path, act: Act, says: str) -> None:
    with ModelServer([act]) as server:
        with pytest.raises(SetupError, match=says):
            caller_for(server, tmp_path, concurrency=2).ask(calls(30), check)
        assert len(server.calls) <= 4


def test_requests_that_are_all_rejected_stop_the_run(tmp_path: Path) -> None:
    with ModelServer([status(400, "strange")]) as server:
        with pytest.raises(SetupError, match="rejected the request"):
            caller_for(server, tmp_path, concurrency=1).ask(calls(9), check)
        assert len(server.calls) == 3


def test_one_rejected_request_does_not_stop_the_others(tmp_path: Path) -> None:
    def play(body: Any) -> Act | str:
        return status(400, "strange") if body["messages"][1]["content"].endswith(" 5") else GOOD

    with ModelServer(play) as server:
        replies = caller_for(server, tmp_path, concurrency=1).ask(calls(8), check)
    assert [n for n, reply in enumerate(replies) if reply.text is None] == [5]


def test_the_reason_goes_back_as_a_message_of_its_own(tmp_path: Path) -> None:
    with ModelServer(['{"other": 1}', GOOD]) as server:
        caller_for(server, tmp_path).ask(calls(1), check)
        first, second = (call["messages"] for call in server.calls)
    assert second[:2] == first
    assert [message["role"] for message in second] == ["system", "user", "user"]
    assert "'said' is missing" in second[2]["content"]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(Act(GOOD, after_s=30), id="a slow thinker"),
        pytest.param(Act(GOOD * 99, drip_s=0.05), id="a body that drips"),
        pytest.param(Act(GOOD, drip_s=0.05, drip_head=True), id="a header that drips"),
    ],
)
def test_the_time_of_a_call_is_bounded(tmp_path: Path, act: Act) -> None:
    with ModelServer([act]) as server:
        caller = caller_for(server, tmp_path, call_timeout_s=0.4, tries=2)
        caller.ask([], check)
        start = time.monotonic()
        reply = caller.ask(calls(1), check)[0]
        took = time.monotonic() - start
        assert (reply.failure, len(server.calls)) == ("unreachable", 2)
    assert took < 10


def test_patience_ends_the_tries(tmp_path: Path) -> None:
    with ModelServer([status(503, retry_after="2")]) as server:
        reply = caller_for(server, tmp_path, patience_s=1.0, tries=20).ask(calls(1), check)[0]
        assert (reply.failure, len(server.calls)) == ("unreachable", 1)


def test_no_more_calls_are_under_way_than_the_settings_say(tmp_path: Path) -> None:
    with ModelServer([Act(GOOD, after_s=0.05)]) as server:
        replies = caller_for(server, tmp_path, concurrency=3).ask(calls(15), check)
        assert len(server.calls) == 15
        assert server.peak == 3
    assert all(reply.text == GOOD for reply in replies)


def test_half_a_character_in_an_answer_is_stored(tmp_path: Path) -> None:
    """Cut emoji come as lone surrogates, which no database takes."""
    with ModelServer([GOOD]) as server:
        whole = completion({}, Act('{"said": "aX"}'))
        server.script = [Act(raw=json.dumps(whole).replace("X", "\\ud83d").encode())]
        first = caller_for(server, tmp_path).ask(calls(1), check)
        assert first[0].text == '{"said": "a?"}'
        assert caller_for(server, tmp_path).ask(calls(1), check) == first


def test_replies_come_in_the_order_of_the_calls(tmp_path: Path) -> None:
    def play(body: Any) -> Act:
        n = int(body["messages"][1]["content"].split()[-1])
        return Act(f'{{"said": "{n}"}}', after_s=0.1 if n % 3 == 0 else 0.0)

    with ModelServer(play) as server:
        replies = caller_for(server, tmp_path).ask(calls(12), check)
    assert [reply.text for reply in replies] == [f'{{"said": "{n}"}}' for n in range(12)]


def test_the_same_call_twice_is_asked_once(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        replies = caller_for(server, tmp_path).ask([*calls(1), *calls(1)], check)
        assert len(server.calls) == 1
    assert [reply.text for reply in replies] == [GOOD, GOOD]
