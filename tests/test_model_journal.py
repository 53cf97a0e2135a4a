"""The journal: no question is asked twice, no money is held twice, whatever happens in between."""

import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from koe.engine.model import journal
from koe.engine.model.caller import ModelCaller
from koe.engine.model.journal import Entry
from koe.engine.model.opening import open_caller
from koe.engine.model.request import Outcome, Request, Spec, spec_named
from koe.ledger.exchange import journal as rows
from koe.ledger.exchange import journal_about
from koe.ledger.schema import spend
from tests.killed import run_killed
from tests.model_calls import GOOD, QUICK, caller_for, calls, check, workspace_for
from tests.model_server import Act, ModelServer, status

pytest_plugins = ["tests.postgres"]
WEEK = "2026-W47"
PRICES = {"price_input": 1.0, "price_output": 2.0}


def ledger_of(caller: ModelCaller) -> sa.Engine:
    """The ledger behind a caller."""
    assert isinstance(caller.known, journal.Answers)
    return caller.known.ledger


def written(ledger: sa.Engine) -> list[dict[str, Any]]:
    """The journal's rows."""
    with ledger.connect() as conn:
        return [dict(row) for row in conn.execute(sa.select(rows).order_by(rows.c.key)).mappings()]


def spent(ledger: sa.Engine) -> float:
    """All that is paid or held."""
    with ledger.connect() as conn:
        return float(conn.scalar(sa.select(sa.func.sum(spend.c.usd))) or 0.0)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([GOOD], id="answers"),
        pytest.param(["prose"], id="answers that cannot be used"),
        pytest.param([Act(None, refusal="no")], id="refusals"),
        pytest.param([Act("{", finish="length")], id="cut answers"),
        pytest.param([Act("", finish="content_filter")], id="filtered answers"),
        pytest.param([status(400, "context_length_exceeded")], id="requests too long"),
    ],
)
def test_a_second_run_makes_no_call_and_says_the_same(tmp_path: Path, script: list[Act | str]) -> None:
    with ModelServer(script) as server:
        first = caller_for(server, tmp_path).ask(calls(3), check)
        asked = len(server.calls)
        assert caller_for(server, tmp_path).ask(calls(3), check) == first
        assert len(server.calls) == asked


def test_what_was_not_reached_is_asked_again(tmp_path: Path) -> None:
    with ModelServer([status(500)] * 3 + [GOOD]) as server:  # type: ignore[list-item]
        assert caller_for(server, tmp_path).ask(calls(1), check)[0].failure == "unreachable"
        assert caller_for(server, tmp_path).ask(calls(1), check)[0].text == GOOD


def test_an_answer_and_its_mending_both_stand(tmp_path: Path) -> None:
    with ModelServer(["prose", GOOD]) as server:
        caller = caller_for(server, tmp_path)
        caller.ask(calls(1), check)
    found = written(ledger_of(caller))
    assert sorted(row["answer"].count("prose") for row in found) == [0, 1]
    assert {row["state"] for row in found} == {"answered"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"system": "x"}, {"system": "y"}, id="system"),
        pytest.param({"user": "x"}, {"user": "y"}, id="user"),
        pytest.param({"prompt": "x"}, {"prompt": "y"}, id="prompt file"),
        pytest.param({"schema": {"a": 1}}, {"schema": {"a": 2}}, id="schema"),
        pytest.param({"temperature": 0.0}, {"temperature": 0.5}, id="temperature"),
        pytest.param({"max_tokens": 1}, {"max_tokens": 2}, id="length"),
    ],
)
def test_everything_that_decides_an_answer_is_in_the_key(one: dict[str, Any], other: dict[str, Any]) -> None:
    call, spec = calls(1)[0], spec_named("openai:a")
    assert Request(call._replace(**one), spec).key != Request(call._replace(**other), spec).key


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(spec_named("openai:b"), id="model"),
        pytest.param(spec_named("ollama:a"), id="provider"),
        pytest.param(spec_named("openai:a", "object"), id="form of the answer"),
        pytest.param(spec_named("openai:a", send_temperature=False), id="no temperature"),
        pytest.param(spec_named("openai:a", parameters={"seed": 7}), id="parameters"),
    ],
)
def test_another_model_is_another_key(spec: Spec) -> None:
    call = calls(1)[0]
    assert Request(call, spec).key != Request(call, spec_named("openai:a")).key
    assert Request(call, spec).key == Request(call._replace(about=("files:T-1",)), spec).key


def entry(n: int, usd: float, week: str = WEEK) -> Entry:
    """A question with money held for it."""
    return Entry(Request(calls(n + 1)[n], spec_named("openai:a")), usd, week)


def test_money_is_held_paid_and_given_back(any_ledger: sa.Engine) -> None:
    first, second = entry(0, 0.6), entry(1, 0.6)
    assert journal.open_entry(any_ledger, first, 1.0)
    assert not journal.open_entry(any_ledger, second, 1.0)
    journal.close(any_ledger, first.request.key, Outcome(GOOD, tokens_in=9), 0.1)
    assert spent(any_ledger) == pytest.approx(0.1)
    assert journal.open_entry(any_ledger, second, 1.0)
    journal.note(any_ledger, second.request.key, "nothing came", 0.0)
    assert journal.spent_usd(any_ledger, WEEK) == pytest.approx(0.1)


def test_what_a_killed_run_held_is_taken_over(any_ledger: sa.Engine) -> None:
    for _ in range(3):
        assert journal.open_entry(any_ledger, entry(0, 0.6), 1.0)
    assert spent(any_ledger) == pytest.approx(0.6)
    assert journal.open_entry(any_ledger, entry(0, 0.6, "2026-W48"), 1.0)
    assert journal.spent_usd(any_ledger, WEEK) == pytest.approx(0.0)
    assert journal.spent_usd(any_ledger, "2026-W48") == pytest.approx(0.6)


def test_what_was_paid_for_nothing_stays_counted(any_ledger: sa.Engine) -> None:
    one = entry(0, 0.3)
    journal.open_entry(any_ledger, one, None)
    journal.note(any_ledger, one.request.key, "it took too long", 0.3)
    journal.open_entry(any_ledger, one, None)
    journal.close(any_ledger, one.request.key, Outcome(GOOD), 0.2)
    assert spent(any_ledger) == pytest.approx(0.5)


def test_threads_never_hold_more_than_the_wall(any_ledger: sa.Engine) -> None:
    held: list[bool] = []
    threads = [
        threading.Thread(target=lambda n=n: held.append(journal.open_entry(any_ledger, entry(n, 0.1), 1.0)))
        for n in range(25)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(held) == 10
    assert spent(any_ledger) == pytest.approx(1.0)
    assert sum(row["usd"] for row in written(any_ledger)) == pytest.approx(1.0)


def test_answers_of_many_keys_come_back(any_ledger: sa.Engine) -> None:
    entries = [entry(n, 0.0) for n in range(5)]
    for one in entries:
        journal.open_entry(any_ledger, one, None)
    text = '{"said": "はい ' + chr(0) + '"}'
    journal.close(any_ledger, entries[2].request.key, Outcome(text, tokens_cached=3), 0.0)
    found = journal.find_answers(any_ledger, [one.request.key for one in entries])
    assert found == {entries[2].request.key: Outcome(text, tokens_cached=3)}
    assert journal.count_answers(any_ledger, "openai:a") == 1


def test_cost_and_cached_tokens_count_once(tmp_path: Path) -> None:
    usage = {
        "prompt_tokens": 1_000_000,
        "completion_tokens": 100_000,
        "total_tokens": 1_100_000,
        "prompt_tokens_details": {"cached_tokens": 600_000},
    }
    prices = {"price_input": 2.0, "price_cached": 0.5, "price_output": 8.0}
    with ModelServer([Act(GOOD, usage=usage)]) as server:
        for _ in range(3):
            caller = caller_for(server, tmp_path, **prices)
            caller.ask(calls(1), check)
    (row,) = written(ledger_of(caller))
    assert (row["tokens_in"], row["tokens_cached"], row["tokens_out"]) == (1_000_000, 600_000, 100_000)
    assert row["usd"] == pytest.approx(0.4 * 2.0 + 0.6 * 0.5 + 0.1 * 8.0)
    assert spent(ledger_of(caller)) == pytest.approx(row["usd"])


KILLED = """
import sys
from pathlib import Path
from koe import faults
from koe.engine.model.opening import open_caller
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.model_calls import calls, check

ws = open_workspace(Settings(home=Path(sys.argv[1])))
caller = open_caller(ws)
ws.ledger
faults.arm(int(sys.argv[2]))
caller.ask(calls(3), check)
"""


@pytest.mark.parametrize("place", range(1, 13, 2))
def test_a_run_that_is_killed_in_a_call_ends_like_one_that_is_not(tmp_path: Path, place: int) -> None:
    with ModelServer([GOOD]) as server:
        own = {"model": "openai:loopback", "concurrency": 1, "base_url": server.url, "api_key": "k"}
        run_killed(KILLED, tmp_path / "koe", place, {**QUICK, **PRICES, **own})
        ws = workspace_for(server, tmp_path / "koe", concurrency=1, **PRICES)
        assert [reply.text for reply in open_caller(ws).ask(calls(3), check)] == [GOOD] * 3
        assert len(server.calls) <= 4
        whole = workspace_for(server, tmp_path / "whole", concurrency=1, **PRICES)
        open_caller(whole).ask(calls(3), check)
    assert written(ws.ledger) == written(whole.ledger)
    assert spent(ws.ledger) == pytest.approx(spent(whole.ledger))


def test_what_is_withdrawn_is_forgotten(any_ledger: sa.Engine) -> None:
    from koe.ledger.schema import conversation
    from koe.ledger.withdrawal import withdraw

    kept, gone = entry(0, 0.0), entry(1, 0.0)
    gone = gone._replace(request=gone.request._replace(call=gone.request.call._replace(about=("a", "b"))))
    for one in (kept, gone):
        journal.open_entry(any_ledger, one, None)
        journal.close(any_ledger, one.request.key, Outcome(GOOD), 0.0)
    with any_ledger.begin() as conn:
        withdraw(conn, conversation, ["b"])
    assert [row["key"] for row in written(any_ledger)] == [kept.request.key]
    with any_ledger.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(journal_about)) == 0
