"""The provider's Batch API: handed in, picked up later, joined by id, whatever state it ends in."""

import time
from pathlib import Path
from typing import Any

import openai
import pytest
import sqlalchemy as sa

from koe.engine.model import journal
from koe.engine.model.batch import Desk, parts
from koe.engine.model.lines import read_line
from koe.engine.model.opening import open_caller
from koe.engine.model.request import Outcome, Request, spec_named
from koe.engine.model.spend import at_most, this_week
from koe.errors import SetupError
from koe.ledger.exchange import journal as rows
from koe.model.budget import Prices
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.killed import run_killed
from tests.model_calls import GOOD, QUICK, calls, check, workspace_for
from tests.model_server import Act, ModelServer, status

PRICES: dict[str, Any] = {"price_input": 10.0, "price_output": 10.0, "batch_poll_s": 0.01}
HALF = Prices(5.0, 5.0, 5.0)


def asked(count: int) -> list[Request]:
    """Different requests."""
    return [Request(call, spec_named("openai:loopback")) for call in calls(count)]


def states(ws: Workspace) -> list[str]:
    """The journal's states."""
    with ws.ledger.connect() as conn:
        return list(conn.scalars(sa.select(rows.c.state).order_by(rows.c.key)))


def replies_of(ws: Workspace, count: int) -> list[str | None]:
    """What the caller says now to so many questions."""
    return [reply.text or reply.failure for reply in open_caller(ws).ask(calls(count), check)]


def test_what_is_handed_in_is_picked_up_and_not_asked_again(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        ws = workspace_for(server, tmp_path, **PRICES)
        assert Desk(ws).send(asked(5)) == (5, 0, 0)
        assert Desk(ws).wait(time.monotonic() + 5) == 0
        assert replies_of(ws, 5) == [GOOD] * 5
        assert server.calls == []
        assert len(server.batches.batches) == 1


def test_every_answer_goes_to_its_own_question(tmp_path: Path) -> None:
    def play(body: Any) -> str:
        return f'{{"said": "{body["messages"][1]["content"]}"}}'

    with ModelServer(play) as server:
        ws = workspace_for(server, tmp_path, **PRICES)
        Desk(ws).send(asked(5))
        Desk(ws).wait(time.monotonic() + 5)
        assert replies_of(ws, 5) == [f'{{"said": "question {n}"}}' for n in range(5)]


def test_the_next_run_takes_up_what_is_still_to_come(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        server.batches.looks = 3
        ws = workspace_for(server, tmp_path, **PRICES)
        Desk(ws).send(asked(4))
        assert Desk(ws).pick_up() == 4
        assert replies_of(ws, 4) == ["pending"] * 4
        assert Desk(ws).pick_up() == 4
        assert Desk(ws).pick_up() == 0
        assert replies_of(ws, 4) == [GOOD] * 4
        assert server.calls == []


def test_a_line_that_failed_is_asked_again(tmp_path: Path) -> None:
    def play(body: Any) -> Act | str:
        return status(500) if body["messages"][1]["content"].endswith(" 2") and not server.calls else GOOD

    with ModelServer(play) as server:
        ws = workspace_for(server, tmp_path, **PRICES)
        Desk(ws).send(asked(4))
        Desk(ws).wait(time.monotonic() + 5)
        assert sorted(states(ws)) == ["answered", "answered", "answered", "failed"]
        assert replies_of(ws, 4) == [GOOD] * 4
        assert len(server.calls) == 1


def test_a_line_that_is_always_held_back_is_not(tmp_path: Path) -> None:
    with ModelServer([status(400, "context_length_exceeded")]) as server:
        ws = workspace_for(server, tmp_path, **PRICES)
        Desk(ws).send(asked(1))
        Desk(ws).wait(time.monotonic() + 5)
        assert replies_of(ws, 1) == ["truncated"]
        assert server.calls == []


def test_what_an_expired_batch_never_came_to_is_free_again(tmp_path: Path) -> None:
    late = asked(4)[1].key
    with ModelServer([GOOD]) as server:
        server.batches.ends, server.batches.unanswered = "expired", lambda key: key == late
        ws = workspace_for(server, tmp_path, **PRICES)
        Desk(ws).send(asked(4))
        Desk(ws).wait(time.monotonic() + 5)
        assert states(ws).count("failed") == 1
        server.batches.ends = "completed"
        server.batches.unanswered = lambda key: False
        assert Desk(ws).send(asked(4)[1:2]).sent == 1
        Desk(ws).wait(time.monotonic() + 5)
        assert replies_of(ws, 4) == [GOOD] * 4
        assert server.calls == []


def test_a_batch_that_is_refused_stops_the_run(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        server.batches.ends = "failed"
        ws = workspace_for(server, tmp_path, **PRICES)
        Desk(ws).send(asked(2))
        with pytest.raises(SetupError, match="refused the batch"):
            Desk(ws).wait(time.monotonic() + 5)
        assert states(ws) == ["failed", "failed"]
        assert journal.spent_usd(ws.ledger, this_week(ws.settings.zone)) == pytest.approx(0.0)


def test_a_batch_costs_less_and_stands_before_the_same_wall(tmp_path: Path) -> None:
    each = at_most(asked(1)[0], HALF)
    with ModelServer(
        [Act(GOOD, usage={"prompt_tokens": 20, "completion_tokens": 10, "total_tokens": 30})]
    ) as server:
        ws = workspace_for(server, tmp_path, max_usd=each * 3.5, **PRICES)
        assert Desk(ws).send(asked(5)) == (3, 2, 0)
        assert journal.spent_usd(ws.ledger, this_week(ws.settings.zone)) == pytest.approx(each * 3)
        Desk(ws).wait(time.monotonic() + 5)
    assert journal.spent_usd(ws.ledger, this_week(ws.settings.zone)) == pytest.approx(3 * HALF.usd(20, 0, 10))


def test_what_is_not_masked_goes_into_no_batch(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        ws = workspace_for(server, tmp_path, **PRICES)
        bad = Request(calls(1, "090-1234-5678")[0], spec_named("openai:loopback"))
        assert Desk(ws).send([*asked(2), bad]) == (2, 0, 1)
        sent = next(iter(server.batches.files.values())).decode()
    assert "090-1234-5678" not in sent


KILLED = """
import sys
from pathlib import Path
from koe import faults
from koe.engine.model.batch import Desk
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.test_model_batch import asked

ws = open_workspace(Settings(home=Path(sys.argv[1])))
desk = Desk(ws)
ws.ledger
faults.arm(int(sys.argv[2]))
desk.send(asked(2))
"""


@pytest.mark.parametrize("place", range(1, 7))
def test_a_run_that_is_killed_while_handing_in_neither_loses_nor_repeats(tmp_path: Path, place: int) -> None:
    with ModelServer([GOOD]) as server:
        settings = {**QUICK, **PRICES, "model": "openai:loopback", "base_url": server.url, "api_key": "k"}
        run_killed(KILLED, tmp_path / "koe", place, settings)
        ws = workspace_for(server, tmp_path / "koe", **PRICES)
        Desk(ws).pick_up()
        coming = {key for keys in journal.in_batches(ws.ledger).values() for key in keys}
        Desk(ws).send([one for one in asked(2) if one.key not in coming])
        assert Desk(ws).wait(time.monotonic() + 5) == 0
        assert replies_of(ws, 2) == [GOOD] * 2
        assert server.calls == []
        assert len(server.batches.batches) == 1


def test_only_openai_has_batches(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path, model="ollama:small"))
    with pytest.raises(SetupError, match="koe batch export"):
        Desk(ws)


def test_files_hold_no_more_than_the_provider_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koe.engine.model.batch.LINES", 3)
    assert [len(part) for part in parts(asked(8))] == [3, 3, 2]
    monkeypatch.setattr("koe.engine.model.batch.BYTES", 1_500)
    sizes = [sum(len(line.encode()) + 1 for _, line in part) for part in parts(asked(8))]
    assert all(size <= 1_500 for size in sizes)


def test_openais_own_client_reads_the_loopback_server(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        client = openai.OpenAI(api_key="k", base_url=server.url, max_retries=0)
        made = client.chat.completions.create(model="a", messages=[{"role": "user", "content": "b"}])
        assert made.choices[0].message.content == GOOD
        client.close()


@pytest.mark.parametrize(
    ("line", "content"),
    [
        pytest.param('{"custom_id": "k", "content": "{}"}', "{}", id="short, text"),
        pytest.param('{"custom_id": "k", "content": {"a": "い"}}', '{"a": "い"}', id="short, object"),
        pytest.param(
            '{"custom_id": "k", "response": {"status_code": 200, "body": {"choices": [{"message": '
            '{"content": "{}"}, "finish_reason": "stop"}]}}, "error": null}',
            "{}",
            id="the API's line",
        ),
        pytest.param('{"custom_id": "k", "response": {"choices": []}}', "", id="no choice"),
    ],
)
def test_an_answer_line_is_read(line: str, content: str) -> None:
    answered = read_line(line)
    assert (answered.key, answered.outcome) == ("k", Outcome(content))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("{", "no JSON", id="broken"),
        pytest.param("[]", "no custom_id", id="a list"),
        pytest.param('{"content": "x"}', "no custom_id", id="without an id"),
        pytest.param('{"custom_id": "k", "url": "/v1", "body": {}}', "a request", id="a request"),
    ],
)
def test_what_is_no_answer_is_said(line: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_line(line)
