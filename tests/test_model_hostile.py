"""Answers, usages and files that no provider should send: koe goes on, counts, and names what it left."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.engine import pick_engine
from koe.engine.model import journal
from koe.engine.model.lines import read_line
from koe.engine.model.opening import open_caller
from koe.engine.model.reading import read_outcome
from koe.engine.model.request import Outcome, Request, spec_named
from koe.engine.model.spend import this_week
from koe.export import export
from koe.model.by_file import Wanted, take_in, write_out
from koe.settings import Settings
from koe.street import find_new, weeks_with_data
from koe.workspace import Workspace
from tests.good_model import answer_of
from tests.model_calls import GOOD, calls, check, workspace_for
from tests.model_server import Act, ModelServer
from tests.test_model_earlier import answer_all, opened, told, write

PRICES: dict[str, Any] = {"price_input": 10.0, "price_output": 10.0}
MOST = 0.01
"""More than one question of `calls` costs."""


def used(came_in: Any, came_out: Any, **details: Any) -> dict[str, Any]:
    """A usage as a server tells it."""
    return {"prompt_tokens": came_in, "completion_tokens": came_out, "total_tokens": None, **details}


def spent(ws: Workspace) -> float:
    """What this week has cost."""
    return journal.spent_usd(ws.ledger, this_week(ws.settings.zone))


@pytest.mark.parametrize(
    "usage",
    [
        pytest.param(used(-5, -9), id="negative"),
        pytest.param(used(10**30, 10**30), id="larger than any integer"),
        pytest.param(used(float("nan"), float("inf")), id="no numbers"),
        pytest.param(used("many", "few"), id="words"),
        pytest.param(used(None, None), id="null"),
        pytest.param(used(40, None), id="half of it"),
        pytest.param(used(40, 4, prompt_tokens_details={"cached_tokens": 10**9}), id="more cached than sent"),
        pytest.param(used(40, 4, prompt_tokens_details={"cached_tokens": -(10**9)}), id="cached in debt"),
        pytest.param(used(40.5, 4.5), id="parts of tokens"),
    ],
)
def test_a_usage_that_cannot_be_costs_what_the_call_may_have(tmp_path: Path, usage: dict[str, Any]) -> None:
    with ModelServer([Act(GOOD, usage=usage)]) as server:
        ws = workspace_for(server, tmp_path, max_usd=1.0, **PRICES)
        assert open_caller(ws).ask(calls(1), check)[0].text == GOOD
        assert 0.0002 < spent(ws) < MOST
        assert len(server.calls) == 1


def with_words(**values: Any) -> Callable[[Mapping[str, Any]], str]:
    """A model whose findings have these values."""

    def play(body: Mapping[str, Any]) -> str:
        made = answer_of(body)
        for record in made.get("records", ()):
            for finding in record["findings"]:
                finding.update(values)
        return json.dumps(made)

    return play


def changed(before: str, after: str) -> Callable[[Mapping[str, Any]], str]:
    """A model whose answers have some bytes for others."""
    return lambda body: json.dumps(answer_of(body)).replace(before, after)


@pytest.mark.parametrize(
    ("play", "state"),
    [
        pytest.param(with_words(quote="\ud800x", statement="\udfff"), "failed", id="lone surrogates"),
        pytest.param(with_words(quote="\x00q\x00"), "nothing", id="NUL in a quote"),
        pytest.param(with_words(statement="a\x00b"), "read", id="NUL in a statement"),
        pytest.param(with_words(quote="あ" * 350_000), "failed", id="a quote of a megabyte"),
        pytest.param(lambda body: "[" * 100_000, "failed", id="nested without end"),
        pytest.param(lambda body: "```json\n" + "\n" * 300_000 + "x", "failed", id="a fence without end"),
        pytest.param(lambda body: "```\n" * 100_000, "failed", id="fences"),
        pytest.param(lambda body: "<think>" * 100_000, "failed", id="thoughts"),
        pytest.param(changed('"turn": 0', '"turn": ' + "9" * 5_000), "failed", id="a number of 5,000 digits"),
        pytest.param(changed('"record": 1', '"record": ' + "9" * 4_000), "failed", id="a record of them"),
        pytest.param(changed('"severity": 2', '"severity": 1e400'), "failed", id="more than a float"),
        pytest.param(with_words(turn=2**70), "read", id="a turn beyond integers"),
        pytest.param(with_words(turn=-1), "read", id="a turn before the first"),
        pytest.param(lambda body: "\ufeff" + json.dumps(answer_of(body)), "read", id="a byte order mark"),
        pytest.param(with_words(kind="comp\x00laint"), "nothing", id="a kind that is none"),
        pytest.param(with_words(severity=-(2**70)), "read", id="a severity below all"),
    ],
)
def test_an_answer_that_cannot_be_costs_no_more_than_itself(
    tmp_path: Path, play: Callable[[Mapping[str, Any]], str], state: str
) -> None:
    write(tmp_path / "data", told(2))
    with ModelServer(play) as server:
        ws = opened(server, tmp_path, call_timeout_s=60.0)
        find_new(ws, pick_engine(ws))
        assert [row["state"] for row in export(ws, "conversations", None, None)] == [state] * 2
        asked = len(server.calls)
        find_new(ws, pick_engine(ws))
        assert len(server.calls) == asked
    for row in export(ws, "findings", None, None):
        json.dumps(row, ensure_ascii=False).encode()
        assert (row["severity"], row["turn"]) in ((1, 0), (2, 0))


def test_what_is_far_longer_than_asked_for_is_not_worked_through() -> None:
    call = calls(1)[0]
    words = json.dumps({"said": "x" * 11 * call.max_tokens})
    reply = read_outcome(call, Outcome(words), check)
    assert (reply.failure, reply.reason) == ("invalid", "It is far longer than what was asked for.")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
MESSAGE = JSON | st.fixed_dictionaries({"content": JSON, "refusal": JSON})
CHOICE = JSON | st.fixed_dictionaries({"message": MESSAGE, "finish_reason": JSON})
NUMBERS = ("prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details")
BODY = JSON | st.fixed_dictionaries(
    {
        "choices": JSON | st.lists(CHOICE, max_size=2),
        "usage": JSON | st.fixed_dictionaries(dict.fromkeys(NUMBERS, JSON)),
        "error": JSON | st.fixed_dictionaries({"code": JSON, "type": JSON}),
    }
)
STATUS = st.sampled_from([200, 200, 400, 500]) | JSON
LINE = st.fixed_dictionaries(
    {"custom_id": JSON | st.just("k")},
    optional={
        "content": JSON,
        "usage": JSON,
        "error": JSON,
        "response": JSON | st.fixed_dictionaries({"status_code": STATUS, "body": BODY}),
    },
)


@given(LINE)
def test_a_line_is_an_answer_that_can_be_stored_or_a_clear_no(line: dict[str, Any]) -> None:
    try:
        answered = read_line(json.dumps(line))
    except ValueError as error:
        assert str(error) in {
            "it has no custom_id",
            "its custom_id is none of koe's",
        }
        return
    answered.key.encode()
    if answered.outcome is not None:
        outcome = answered.outcome
        for text in (outcome.content, outcome.finish, outcome.refusal):
            text.encode()
        counts = (outcome.tokens_in, outcome.tokens_cached, outcome.tokens_out, outcome.thought)
        assert all(0 <= count <= 2**31 - 1 for count in counts)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose questions lie in `q.jsonl`."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    write(tmp_path / "data", told(20))
    with ModelServer([]) as server:
        ws = opened(server, tmp_path, api_key=None, base_url=None)
    write_out(ws, tmp_path / "q.jsonl", Wanted(weeks_with_data(ws)))
    return ws


def test_an_output_file_of_another_run_is_named_in_one_line(asked: Workspace, tmp_path: Path) -> None:
    other = [json.dumps({"custom_id": f"{n:064x}", "content": "{}"}) for n in range(500)]
    (tmp_path / "other.jsonl").write_text("\n".join(other), "utf-8")
    taken = take_in(asked, tmp_path / "other.jsonl")
    assert (taken.stored, taken.known, len(taken.wrong)) == (0, 0, 1)
    assert "500 answers fit no question" in taken.wrong[0]


@pytest.mark.parametrize(
    "custom_id", [pytest.param("\ud800", id="surrogate"), pytest.param("\x00", id="NUL"), "x" * 10**6]
)
def test_an_id_that_no_database_takes_costs_its_line(
    asked: Workspace, tmp_path: Path, custom_id: str
) -> None:
    good = answer_all(tmp_path / "q.jsonl", tmp_path / "a.jsonl").read_text("utf-8")
    bad = json.dumps({"custom_id": custom_id, "content": "{}"})
    (tmp_path / "a.jsonl").write_text(f"{bad}\n{good}", "utf-8")
    taken = take_in(asked, tmp_path / "a.jsonl")
    assert taken.stored == good.count("\n")
    assert taken.wrong == ("line 1: its custom_id is none of koe's",)


def test_the_first_of_two_answers_counts_and_the_other_is_named(asked: Workspace, tmp_path: Path) -> None:
    key = json.loads((tmp_path / "q.jsonl").read_text("utf-8").splitlines()[0])["custom_id"]
    lines = [json.dumps({"custom_id": key, "content": text}) for text in ("first", "second", "first")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    taken = take_in(asked, tmp_path / "a.jsonl")
    assert taken.stored == 1
    assert [line.partition(":")[0] for line in taken.wrong] == ["line 2"]
    assert journal.find_answers(asked.ledger, [key])[key].content == "first"


def test_money_is_counted_once_when_the_clock_jumps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weeks = iter(["2026-W47", "2031-W02", "2026-W40", "2026-W47"])
    monkeypatch.setattr("koe.engine.model.spend.this_week", lambda zone: next(weeks))
    with ModelServer([Act(GOOD, cut=True)] * 3 + [Act(GOOD, usage={})]) as server:
        ws = workspace_for(server, tmp_path, tries=1, max_usd=MOST, **PRICES)
        replies = [open_caller(ws).ask(calls(1), check)[0] for _ in range(4)]
    assert [reply.failure for reply in replies] == ["unreachable"] * 3 + [None]
    each = [journal.spent_usd(ws.ledger, week) for week in ("2026-W40", "2026-W47", "2031-W02")]
    assert min(each) >= 0
    assert sum(each) == pytest.approx(each[1])
    assert each[1] == pytest.approx(4 * 0.00196)


def test_a_wall_that_is_moved_between_runs_holds_as_it_stands(tmp_path: Path) -> None:
    with ModelServer([Act(GOOD, usage={})]) as server:
        for wall in (0.005, 0.001, 0.0, 0.009, None):
            ws = workspace_for(server, tmp_path, max_usd=wall, **PRICES)
            before = spent(ws)
            replies = open_caller(ws).ask(calls(9), check)
            assert spent(ws) <= max(before, wall if wall is not None else 1.0)
            assert len(server.calls) == round(spent(ws) / 0.00196)
    assert [reply.text for reply in replies] == [GOOD] * 9
    assert len(server.calls) == 9


def test_prices_that_are_set_later_change_nothing_that_was_asked() -> None:
    plain = Settings(model="openai:a")
    priced = Settings(model="openai:a", max_usd=1.0, **PRICES)
    keys = {Request(calls(1)[0], spec_named(one.model or "")).key for one in (plain, priced)}
    assert len(keys) == 1


def test_a_question_that_two_runs_ask_at_once_is_paid_twice_and_counted_so(tmp_path: Path) -> None:
    others: list[Any] = []

    def play(body: Mapping[str, Any]) -> Act:
        if not others:
            others.append(None)
            others.append(open_caller(ws).ask(calls(1), check)[0])
        return Act(GOOD, usage={})

    with ModelServer(play) as server:
        ws = workspace_for(server, tmp_path, max_usd=1.0, **PRICES)
        first = open_caller(ws).ask(calls(1), check)[0]
        assert (first, len(server.calls)) == (others[1], 2)
        assert spent(ws) == pytest.approx(2 * 0.00196)


def test_what_another_run_was_answered_in_the_meantime_is_not_asked(tmp_path: Path) -> None:
    def play(body: Mapping[str, Any]) -> str:
        if len(server.calls) == 1:
            open_caller(workspace_for(server, tmp_path)).ask(calls(4), check)
        return GOOD

    with ModelServer(play) as server:
        ws = workspace_for(server, tmp_path, concurrency=2)
        caller = open_caller(ws)
        caller._workers = 1
        assert [reply.text for reply in caller.ask(calls(4), check)] == [GOOD] * 4
        assert len(server.calls) == 5
