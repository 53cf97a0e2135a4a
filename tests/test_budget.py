"""The ninth rule: a budget is a wall, held before each call and kept over restarts."""

from pathlib import Path
from typing import Any

import pytest

from connectors import folder_source
from koe.engine import pick_engine
from koe.engine.model.journal import spent_usd
from koe.engine.model.opening import open_caller
from koe.engine.model.request import Request, spec_named
from koe.engine.model.spend import at_most, this_week
from koe.errors import SetupError
from koe.export import export
from koe.ledger.intake import pull
from koe.model.budget import Prices, prices_of, tokens_of
from koe.settings import Settings
from koe.street import find_new, mask_new
from koe.workspace import Workspace
from tests.good_model import good_model
from tests.model_calls import GOOD, caller_for, calls, check, workspace_for
from tests.model_server import Act, ModelServer, status

SAMPLE = Path(__file__).parent.parent / "sample"
TICKETS = 30
PRICES: dict[str, Any] = {"price_input": 10.0, "price_output": 10.0}
EACH = at_most(Request(calls(1)[0], spec_named("openai:loopback")), Prices(10.0, 10.0, 10.0))
"""What one question of `calls` costs at most."""
FULL: dict[str, Any] = {"prompt_tokens": 10**6, "completion_tokens": 100, "total_tokens": 10**6 + 100}
"""A usage far over what was held."""


def spent(ws: Workspace) -> float:
    """What this week has cost so far."""
    return spent_usd(ws.ledger, this_week(ws.settings.zone))


@pytest.mark.parametrize("covered", [0, 1, 4, 12])
def test_no_more_is_asked_than_the_budget_covers(tmp_path: Path, covered: int) -> None:
    with ModelServer([Act(GOOD, usage={})]) as server:
        ws = workspace_for(server, tmp_path, max_usd=EACH * (covered + 0.5), **PRICES)
        replies = open_caller(ws).ask(calls(20), check)
        assert len(server.calls) == covered
    assert [reply.failure for reply in replies].count("unpaid") == 20 - covered
    assert spent(ws) == pytest.approx(EACH * covered)


def test_what_is_not_used_of_a_call_is_there_for_the_next(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        ws = workspace_for(server, tmp_path, max_usd=EACH * 3, concurrency=2, **PRICES)
        replies = open_caller(ws).ask(calls(8), check)
        assert len(server.calls) > 3
    assert spent(ws) <= EACH * 3
    assert any(reply.text for reply in replies)


def test_a_restart_does_not_forget_what_was_spent(tmp_path: Path) -> None:
    with ModelServer([Act(GOOD, usage={})]) as server:
        for _ in range(3):
            caller = caller_for(server, tmp_path, max_usd=EACH * 4.5, **PRICES)
            caller.ask(calls(20), check)
        assert len(server.calls) == 4


def test_with_more_room_the_rest_is_asked_and_nothing_twice(tmp_path: Path) -> None:
    with ModelServer([Act(GOOD, usage={})]) as server:
        for max_usd in (EACH * 4.5, None):
            replies = caller_for(server, tmp_path, max_usd=max_usd, **PRICES).ask(calls(20), check)
        assert len(server.calls) == 20
    assert all(reply.text == GOOD for reply in replies)


def test_a_provider_that_counts_more_than_was_held_stops_the_run(tmp_path: Path) -> None:
    with ModelServer([Act(GOOD, usage=FULL)]) as server:
        ws = workspace_for(server, tmp_path, max_usd=5.0, concurrency=1, **PRICES)
        replies = open_caller(ws).ask(calls(5), check)
        assert len(server.calls) == 1
    assert [reply.failure for reply in replies] == [None] + ["unpaid"] * 4


def test_tries_that_may_have_been_counted_are(tmp_path: Path) -> None:
    with ModelServer([Act(GOOD, cut=True), Act(GOOD, cut=True), Act(GOOD, usage={})]) as server:
        ws = workspace_for(server, tmp_path, max_usd=EACH * 9, **PRICES)
        open_caller(ws).ask(calls(1), check)
    assert spent(ws) == pytest.approx(EACH * 3)


def test_what_an_earlier_run_paid_in_vain_stays_counted(tmp_path: Path) -> None:
    with ModelServer([Act(GOOD, cut=True)] * 3 + [Act(GOOD, usage={})]) as server:
        ws = workspace_for(server, tmp_path, max_usd=EACH * 9, **PRICES)
        assert open_caller(ws).ask(calls(1), check)[0].failure == "unreachable"
        assert spent(ws) == pytest.approx(EACH * 3)
        assert open_caller(ws).ask(calls(1), check)[0].text == GOOD
    assert spent(ws) == pytest.approx(EACH * 4)


def test_tries_that_were_turned_away_cost_nothing(tmp_path: Path) -> None:
    with ModelServer([status(429), status(500), status(503)]) as server:
        ws = workspace_for(server, tmp_path, max_usd=EACH * 9, **PRICES)
        assert open_caller(ws).ask(calls(1), check)[0].failure == "unreachable"
    assert spent(ws) == pytest.approx(0.0)


def test_a_wall_without_prices_is_refused() -> None:
    with pytest.raises(SetupError, match="KOE_PRICE_INPUT"):
        prices_of(Settings(model="openai:a", max_usd=1.0))
    with pytest.raises(SetupError, match="go together"):
        prices_of(Settings(model="openai:a", price_input=1.0))
    assert prices_of(Settings(model="ollama:a", max_usd=1.0)) == Prices(0, 0, 0)


def test_cached_tokens_have_their_own_price() -> None:
    prices = prices_of(Settings(model="openai:a", price_input=2.0, price_cached=0.5, price_output=8.0))
    assert prices is not None
    assert prices.usd(1_000_000, 250_000, 500_000) == pytest.approx(0.75 * 2 + 0.25 * 0.5 + 4)
    assert prices.off(0.5).usd(1_000_000, 0, 0) == pytest.approx(1.0)


def test_tokens_are_counted_on_the_high_side() -> None:
    assert tokens_of("word " * 100) >= 100
    assert tokens_of("音声を文字に起こす" * 10) >= 90


def test_what_the_budget_leaves_is_in_the_coverage_and_read_next_time(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    lines = (SAMPLE / "tickets.jsonl").read_text("utf-8").splitlines()[:TICKETS]
    (tmp_path / "data" / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    with ModelServer(good_model) as server:
        states = []
        for max_usd in (0.0, 0.2, 100.0):
            ws = workspace_for(server, tmp_path / "koe", max_usd=max_usd, batch_size=7, **PRICES)
            pull(ws, folder_source(tmp_path / "data", ws.settings))
            mask_new(ws)
            find_new(ws, pick_engine(ws))
            states.append([row["state"] for row in export(ws, "conversations", None, None)])
            assert spent(ws) <= max_usd
    assert set(states[0]) == {"left", "empty"}
    assert len(states[0]) == TICKETS
    assert 0 < states[1].count("left") < TICKETS
    assert states[2].count("left") == 0


def test_the_offline_engine_costs_nothing(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.settings.model is None
    assert pick_engine(workspace).name.startswith("offline")
