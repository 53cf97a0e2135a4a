"""Models that think before they answer: room for it when it is needed, held by the wall, paid once."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from koe.engine.model import journal
from koe.engine.model.batch import Desk
from koe.engine.model.lines import read_line, request_line
from koe.engine.model.opening import open_caller
from koe.engine.model.reading import is_starved
from koe.engine.model.request import THINKING, Outcome, Request, spec_named, spec_of
from koe.engine.model.spend import this_week
from koe.ledger.exchange import journal as rows
from koe.model.by_file import take_in
from koe.settings import Settings
from koe.workspace import Workspace
from tests.killed import run_killed
from tests.model_calls import GOOD, QUICK, caller_for, calls, check, workspace_for
from tests.model_server import Act, ModelServer, status
from tests.test_model_journal import KILLED

OWN = 100
"""Tokens of an answer in `calls`."""
PRICES: dict[str, Any] = {"price_input": 0.0, "price_output": 1.0}


def usage(came: int, thought: int, total: int | None = None) -> dict[str, Any]:
    """A usage with thoughts in it."""
    told = {"prompt_tokens": 50, "completion_tokens": came, "total_tokens": total or 50 + came}
    return {**told, "completion_tokens_details": {"reasoning_tokens": thought}}


def thinker(needs: int) -> Any:
    """A model that thinks for so many tokens and then says something short."""

    def play(body: Mapping[str, Any]) -> Act:
        limit = int(body["max_completion_tokens"])
        if limit < needs + 10:
            return Act("", finish="length", usage=usage(limit, limit))
        return Act(GOOD, usage=usage(needs + 10, needs))

    return play


def limits(server: ModelServer) -> list[int]:
    """The most that each call allowed."""
    return [int(body["max_completion_tokens"]) for body in server.calls]


def spent(ws: Workspace) -> float:
    """Millionths of a dollar that this week has cost."""
    return journal.spent_usd(ws.ledger, this_week(ws.settings.zone)) * 1_000_000


def test_one_that_thought_all_up_is_asked_once_more_with_room(tmp_path: Path) -> None:
    with ModelServer(thinker(2_000)) as server:
        ws = workspace_for(server, tmp_path, concurrency=1, **PRICES)
        assert [reply.text for reply in open_caller(ws).ask(calls(3), check)] == [GOOD] * 3
        assert limits(server) == [OWN, OWN + THINKING, OWN + THINKING, OWN + THINKING]
        assert open_caller(ws).ask(calls(5), check)[4].text == GOOD
        assert limits(server)[4:] == [OWN + THINKING] * 2
    assert spent(ws) == pytest.approx(OWN + 5 * 2_010)


def test_a_second_run_makes_no_call(tmp_path: Path) -> None:
    with ModelServer(thinker(2_000)) as server:
        first = caller_for(server, tmp_path).ask(calls(3), check)
        asked = len(server.calls)
        assert caller_for(server, tmp_path).ask(calls(3), check) == first
        assert len(server.calls) == asked


def test_one_that_never_comes_to_an_answer_says_what_helps(tmp_path: Path) -> None:
    with ModelServer(thinker(10**6)) as server:
        for _ in range(2):
            reply = caller_for(server, tmp_path).ask(calls(1), check)[0]
            assert (reply.text, reply.failure) == (None, "starved")
            assert "KOE_THINKING_TOKENS" in reply.reason
        assert limits(server) == [OWN, OWN + THINKING]


def test_the_setting_is_kept_to_and_a_larger_one_asks_again(tmp_path: Path) -> None:
    with ModelServer(thinker(700)) as server:
        for tokens, failure in ((0, "starved"), (500, "starved"), (500, "starved"), (800, None)):
            reply = caller_for(server, tmp_path, thinking_tokens=tokens).ask(calls(1), check)[0]
            assert reply.failure == failure
        assert limits(server) == [OWN, OWN + 500, OWN + 800]


def test_what_was_answered_without_room_is_not_asked_again_with_it(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        caller_for(server, tmp_path).ask(calls(2), check)
        caller_for(server, tmp_path, thinking_tokens=9_000).ask(calls(2), check)
        assert limits(server) == [OWN, OWN]


def test_a_cut_answer_of_a_model_that_does_not_think_is_not_asked_again(tmp_path: Path) -> None:
    with ModelServer([Act('{"said": "', finish="length")]) as server:
        assert caller_for(server, tmp_path).ask(calls(1), check)[0].failure == "truncated"
        assert limits(server) == [OWN]


@pytest.mark.parametrize(
    ("outcome", "starved"),
    [
        pytest.param(Outcome("", "length"), True, id="nothing said"),
        pytest.param(Outcome(" \n", "max_tokens"), True, id="white space"),
        pytest.param(Outcome("<think>let me see, the", "length"), True, id="open thoughts in the text"),
        pytest.param(Outcome('{"a', "length", thought=60), True, id="thoughts took of the answer"),
        pytest.param(Outcome('{"a', "length", thought=60, room=500), False, id="thoughts within their room"),
        pytest.param(Outcome('{"a', "length"), False, id="a long answer"),
        pytest.param(Outcome("", "stop"), False, id="nothing, and done with it"),
        pytest.param(Outcome("", "model_context_window_exceeded"), False, id="no room in the model"),
        pytest.param(Outcome("", "length", "I would rather not"), False, id="a refusal"),
    ],
)
def test_more_room_is_given_where_it_helps(outcome: Outcome, starved: bool) -> None:
    assert is_starved(outcome) is starved


@pytest.mark.parametrize(
    ("name", "parameters", "room", "temperature"),
    [
        pytest.param("openai:gpt-4.1-mini", {}, 0, True, id="does not think"),
        pytest.param("openai:gpt-5-mini", {}, THINKING, False, id="a family that thinks"),
        pytest.param("azure_openai:openai/o4-mini", {}, THINKING, False, id="behind a path"),
        pytest.param("openai:gpt-5-chat-latest", {}, 0, True, id="its sister for chats"),
        pytest.param("openai:gpt-5.1", {"reasoning_effort": "none"}, 0, False, id="told not to"),
        pytest.param(
            "anthropic:claude",
            {"thinking": {"type": "enabled", "budget_tokens": 4_096}},
            4_096,
            False,
            id="budget",
        ),
        pytest.param("anthropic:claude", {"thinking": {"type": "adaptive"}}, THINKING, False, id="adaptive"),
        pytest.param("anthropic:claude", {"thinking": {"type": "disabled"}}, 0, True, id="disabled"),
    ],
)
def test_what_a_model_starts_with(name: str, parameters: Any, room: int, temperature: bool) -> None:
    spec = spec_of(Settings(model=name, parameters=parameters))
    assert (spec.room, spec.takes_temperature, spec.widens) == (room, temperature, True)
    fixed = spec_of(Settings(model=name, parameters=parameters, thinking_tokens=7))
    assert (fixed.room, fixed.widens) == (7, False)


def test_room_is_no_part_of_the_key_but_of_the_limit() -> None:
    plain = Request(calls(1)[0], spec_named("openai:gpt-5-mini"))
    wide = plain._replace(room=THINKING)
    assert plain.key == wide.key
    assert (plain.limit, wide.limit) == (OWN, OWN + THINKING)
    assert json.loads(request_line(wide))["body"]["max_completion_tokens"] == OWN + THINKING


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_a_limit_of_ones_own_holds_and_is_what_the_wall_reserves(tmp_path: Path, name: str) -> None:
    own = {"parameters": {name: 4_000}, **PRICES}
    with ModelServer([Act("", finish="length", usage={})]) as server:
        ws = workspace_for(server, tmp_path, max_usd=0.004, **own)
        failures = sorted(str(one.failure) for one in open_caller(ws).ask(calls(2), check))
        assert failures == ["starved", "unpaid"]  # either one may be the first at the wall
        assert [body[name] for body in server.calls] == [4_000]
    assert spent(ws) <= 4_000


def test_the_wall_holds_what_thinking_may_cost(tmp_path: Path) -> None:
    with ModelServer(thinker(2_000)) as server:
        ws = workspace_for(server, tmp_path, max_usd=(THINKING - 1) / 1e6, concurrency=1, **PRICES)
        assert open_caller(ws).ask(calls(1), check)[0].failure == "unpaid"
        assert (limits(server), spent(ws)) == ([OWN], pytest.approx(OWN))
        ws = workspace_for(server, tmp_path, max_usd=(THINKING + 2 * OWN) / 1e6, concurrency=1, **PRICES)
        assert open_caller(ws).ask(calls(1), check)[0].text == GOOD
    assert spent(ws) == pytest.approx(OWN + 2_010)


def test_what_a_try_cost_stays_counted_when_the_wider_one_fails(tmp_path: Path) -> None:
    def play(body: Mapping[str, Any]) -> Act:
        return thinker(2_000)(body) if body["max_completion_tokens"] == OWN else status(500)

    with ModelServer(play) as server:
        ws = workspace_for(server, tmp_path, **PRICES)
        assert open_caller(ws).ask(calls(1), check)[0].failure == "unreachable"
        assert spent(ws) == pytest.approx(OWN)
        server.script = thinker(2_000)
        assert open_caller(ws).ask(calls(1), check)[0].text == GOOD
    assert spent(ws) == pytest.approx(OWN + 2_010)


@pytest.mark.parametrize(
    ("told", "out", "thought"),
    [
        pytest.param(usage(300, 200), 300, 200, id="thoughts among what came out"),
        pytest.param(usage(100, 200, 350), 300, 200, id="thoughts apart from it"),
        pytest.param({"prompt_tokens": 50, "completion_tokens": 9, "total_tokens": 99}, 49, 40, id="unnamed"),
        pytest.param(usage(100, 900), 100, 100, id="more thoughts than tokens"),
    ],
)
def test_thoughts_are_paid_once(tmp_path: Path, told: dict[str, Any], out: int, thought: int) -> None:
    with ModelServer([Act(GOOD, usage=told)]) as server:
        ws = workspace_for(server, tmp_path, **PRICES)
        open_caller(ws).ask(calls(1), check)
    assert spent(ws) == pytest.approx(out)
    body = {"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}], "usage": told}
    outcome = read_line(
        json.dumps({"custom_id": "k", "response": {"status_code": 200, "body": body}})
    ).outcome
    assert outcome is not None
    assert (outcome.tokens_out, outcome.thought) == (out, thought)


def test_by_batch_the_next_one_has_the_room(tmp_path: Path) -> None:
    with ModelServer(thinker(2_000)) as server:
        ws = workspace_for(server, tmp_path, batch_discount=0.5, batch_poll_s=0.01, **PRICES)
        spec = spec_named("openai:loopback")
        Desk(ws).send([Request(call, spec) for call in calls(2)])
        Desk(ws).wait(time.monotonic() + 60)
        assert journal.has_thought(ws.ledger, spec.label)
        Desk(ws).send([Request(call, spec, room=THINKING) for call in calls(2)])
        Desk(ws).wait(time.monotonic() + 60)
        assert [reply.text for reply in open_caller(ws).ask(calls(2), check)] == [GOOD] * 2
        assert server.calls == []
    assert spent(ws) == pytest.approx((OWN + 2_010) * 2 * 0.5)


def test_an_answer_by_file_knows_with_what_room_it_was_asked(tmp_path: Path) -> None:
    with ModelServer([]) as server:
        ws = workspace_for(server, tmp_path / "koe")
        request = Request(calls(1)[0], spec_named("openai:loopback"), room=THINKING)
        journal.open_entry(ws.ledger, journal.Entry(request, 0.0, "2026-W47"), None)
        choice = {"message": {"content": ""}, "finish_reason": "length"}
        line = {"custom_id": request.key, "response": {"status_code": 200, "body": {"choices": [choice]}}}
        (tmp_path / "a.jsonl").write_text(json.dumps(line), "utf-8")
        assert take_in(ws, tmp_path / "a.jsonl").stored == 1
        assert open_caller(ws).ask(calls(1), check)[0].failure == "starved"
        assert server.calls == []
    with ws.ledger.connect() as conn:
        (answer,) = conn.scalars(sa.select(rows.c.answer))
    assert json.loads(answer)["room"] == THINKING


@pytest.mark.parametrize("name", ["model", "messages", "stream", "n", "tools"])
def test_what_koe_says_in_a_request_no_parameter_changes(name: str) -> None:
    with pytest.raises(ValueError, match=f"'{name}' is for koe to say"):
        Settings(model="openai:a", parameters={name: 3})


@pytest.mark.parametrize("place", [2, 4, 5, 6, 7, 8, 10])
def test_a_run_that_is_killed_while_it_widens_pays_what_one_that_is_not_does(
    tmp_path: Path, place: int
) -> None:
    with ModelServer(thinker(2_000)) as server:
        own = {"model": "openai:loopback", "concurrency": 1, "base_url": server.url, "api_key": "k"}
        run_killed(KILLED, tmp_path / "koe", place, {**QUICK, **PRICES, **own})
        ws = workspace_for(server, tmp_path / "koe", concurrency=1, **PRICES)
        assert [reply.text for reply in open_caller(ws).ask(calls(3), check)] == [GOOD] * 3
        assert len(server.calls) in (4, 5)
        whole = workspace_for(server, tmp_path / "whole", concurrency=1, **PRICES)
        open_caller(whole).ask(calls(3), check)
    assert spent(ws) == pytest.approx(spent(whole)) == pytest.approx(OWN + 3 * 2_010)
