"""A model for embeddings that fails: what is tried again, what stops, and that nothing else does."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connectors import folder_source
from koe.doctor import examine
from koe.engine.model.journal import spent_usd
from koe.engine.model.spend import this_week
from koe.errors import SetupError
from koe.index import check_index
from koe.index.search import search
from koe.index.station import index_batch, unindexed
from koe.ledger.exchange import journal
from koe.ledger.intake import pull
from koe.meaning.asking import Asker, Text
from koe.meaning.spec import embedder_of
from koe.meaning.station import embed_new, to_ask
from koe.model.estimate import estimate
from koe.model.estimate_table import table
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.model_embedder import SIZE, embedder, given, vector_of, workspace_for
from tests.model_server import Act, ModelServer, html, status
from tests.talk import put, put_many
from tests.test_meaning import counted, walk

WORDS = "印刷が止まります。"


def good(body: Any) -> Act:
    """What a model answers."""
    return embedder()(body)


def rows(*made: Any) -> Act:
    """An answer with these vectors, whatever was asked."""
    return given({"input": [], "model": "loop"}, made)


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(html(), id="a page"),
        pytest.param(html(502), id="a gateway's page"),
        pytest.param(status(500), id="500"),
        pytest.param(status(429, "rate_limit_exceeded", retry_after="0"), id="rate limit"),
        pytest.param(Act(drop=True), id="a dropped line"),
        pytest.param(rows()._replace(cut=True), id="a cut body"),
        pytest.param(rows(), id="no vector"),
        pytest.param(rows([1.0] * SIZE, [1.0] * SIZE), id="one vector too many"),
        pytest.param(rows([float("nan")] * SIZE), id="not a number"),
        pytest.param(rows([float("inf")] * SIZE), id="infinite"),
        pytest.param(rows([None] * SIZE), id="null for numbers"),
        pytest.param(rows("AAAA"), id="text for a vector"),
        pytest.param(rows([1.0]), id="one number"),
        pytest.param(rows([]), id="an empty vector"),
        pytest.param(rows([[1.0, 2.0]]), id="a vector for each token"),
        pytest.param(Act(raw=b'{"data": {}}'), id="no list"),
        pytest.param(Act(raw=b"[]"), id="a list"),
        pytest.param(Act(raw=b"[" * 100_000), id="a list in lists for ever"),
        pytest.param(rows([10**400] * SIZE), id="numbers that no float holds"),
        pytest.param(rows([1e308] * SIZE), id="numbers whose squares no float holds"),
        pytest.param(Act(raw=b'{"error": {"message": "busy"}}'), id="an error with status 200"),
        pytest.param(Act("hello"), id="a chat completion"),
    ],
)
def test_what_may_pass_is_tried_again(tmp_path: Path, bad: Act) -> None:
    answers = iter([bad])
    with ModelServer(lambda body: next(answers, None) or good(body)) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", WORDS)
        walk(ws)
        assert len(server.requests) == 2
    assert counted(ws).embedded == 1


@pytest.mark.parametrize(
    ("bad", "says", "requests"),
    [
        pytest.param(status(401), "KOE_EMBEDDINGS_API_KEY", 1, id="a wrong key"),
        pytest.param(status(404), "no such model.*KOE_EMBEDDINGS ", 1, id="an unknown model"),
        pytest.param(status(429, "insufficient_quota"), "no credit left", 1, id="no credit"),
        pytest.param(status(400, "unsupported_parameter"), "KOE_EMBEDDINGS_DIMENSIONS", 1, id="a parameter"),
        pytest.param(status(503), "HTTP 503", 4, id="down"),
        pytest.param(html(), "no vectors", 4, id="a page for ever"),
        pytest.param(Act(drop=True), "line.*broke", 4, id="no line for ever"),
    ],
)
def test_a_model_that_is_away_stops_nothing_and_goes_on_next_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, bad: Act, says: str, requests: int
) -> None:
    with ModelServer([bad]) as server:
        ws = workspace_for(server, tmp_path, embeddings_batch=1)
        for n in range(5):
            put(ws, f"T-{n}", f"{n}番の{WORDS}")
        walk(ws)
        assert len(server.requests) == requests
        assert unindexed(ws.ledger) == []
        assert len(search(ws, WORDS)) == 5
        assert check_index(ws).ok
    (line,) = caplog.messages
    assert "5 of 5 passages have no vector of openai:loop" in line
    assert re.search(says, line)
    assert WORDS not in line
    with ModelServer(good) as server:
        back = workspace_for(server, tmp_path, embeddings_base_url=server.url)
        embed_new(back)
        assert counted(back).embedded == 5


def test_a_slow_server_is_given_up_in_bounded_time(tmp_path: Path) -> None:
    with ModelServer(lambda body: good(body)._replace(drip_s=0.2)) as server:
        ws = workspace_for(server, tmp_path, call_timeout_s=0.4, patience_s=1.0, tries=2)
        put(ws, "T-1", WORDS)
        index_batch(ws, unindexed(ws.ledger))
        start = time.monotonic()
        embed_new(ws)
        assert time.monotonic() - start < 4 * 1.0
    assert counted(ws).missing == 1


@pytest.mark.parametrize("address", ["here", "http://", "http://[x", "http://h:99999/v1", "ftp://h"])
def test_an_address_that_is_none_is_one_line(tmp_path: Path, address: str) -> None:
    settings = Settings(home=tmp_path, language="en", embeddings="openai:e", embeddings_base_url=address)
    ws = open_workspace(settings)
    with pytest.raises(SetupError, match="KOE_EMBEDDINGS_BASE_URL"):
        embed_new(ws)
    assert next(one.says for one in examine(ws) if one.name == "embeddings").startswith("The address")


def test_one_batch_that_always_fails_does_not_hold_those_after_it(tmp_path: Path) -> None:
    def poisoned(body: Any) -> Act:
        return status(500) if "3番" in body["input"][0] else good(body)

    with ModelServer(poisoned) as server:
        ws = workspace_for(server, tmp_path, embeddings_batch=1)
        for n in range(8):
            put(ws, f"T-{n}", f"{n}番の{WORDS}")
        walk(ws)
    assert (counted(ws).embedded, counted(ws).missing) == (7, 1)


@pytest.mark.parametrize("size", [SIZE // 2, SIZE * 2])
def test_vectors_of_another_length_are_never_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    with ModelServer(lambda body: embedder(SIZE if "1番" in body["input"][0] else size)(body)) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", f"1番の{WORDS}")
        walk(ws)
        put(ws, "T-2", f"2番の{WORDS}")
        walk(workspace_for(server, tmp_path))
    assert (counted(ws).embedded, counted(ws).missing) == (1, 1)
    assert f"have {size} numbers and not {SIZE}" in caplog.text
    assert "koe reindex --embeddings" in caplog.text


def test_vectors_of_several_lengths_in_one_answer_are_no_answer(tmp_path: Path) -> None:
    def ragged(body: Any) -> Act:
        return given(body, [vector_of(text, SIZE + n) for n, text in enumerate(body["input"])])

    with ModelServer(ragged) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        assert len(server.requests) == 2
    assert counted(ws).embedded == 0


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param({"embeddings_base_url": None}, "needs a key.*KOE_EMBEDDINGS_API_KEY", id="no key"),
        pytest.param(
            {"embeddings": "azure_openai:e", "embeddings_base_url": None, "embeddings_api_key": "k"},
            "needs an address",
            id="no address",
        ),
        pytest.param({"max_usd": 1.0}, "KOE_PRICE_EMBEDDINGS", id="a wall without a price"),
    ],
)
def test_settings_that_do_not_fit_are_said_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], says: str
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    with ModelServer(good) as server:
        ws = workspace_for(server, tmp_path, **settings)
        put(ws, "T-1", WORDS)
        index_batch(ws, unindexed(ws.ledger))
        with pytest.raises(SetupError, match=says):
            embed_new(ws)
        assert server.requests == []


def test_the_budget_is_a_wall_and_what_it_leaves_is_embedded_later(tmp_path: Path) -> None:
    def uncounted(body: Any) -> Act:
        data = json.loads(good(body).raw or b"")
        return Act(raw=json.dumps(data | {"usage": None}).encode(), headers={})

    with ModelServer(uncounted) as server:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "tickets.jsonl").write_text("\n".join(map(_ticket, range(48))), "utf-8")
        ws = workspace_for(server, tmp_path, embeddings_batch=6, price_embeddings=1_000.0)
        pull(ws, folder_source(tmp_path / "in", ws.settings))
        (share,) = estimate(ws, [])
        assert (share.verb, share.calls, share.exact, server.requests) == ("embed", 8, True, [])
        assert "KOE_PRICE" not in "\n".join(table(ws, [share]))
        walled = workspace_for(
            server, tmp_path, embeddings_batch=6, price_embeddings=1_000.0, max_usd=share.usd / 2
        )
        embed_new(walled)
        assert 0 < len(server.requests) < 8
        assert 0 < spent(walled) <= share.usd / 2
        embed_new(walled)
        first = len(server.requests)
        embed_new(ws)
        assert (first, len(server.requests)) == (first, 8)
        assert spent(ws) == pytest.approx(share.usd)
    assert counted(ws).missing == 0
    assert list(to_ask(ws)) == []


def _ticket(n: int) -> str:
    turns = [{"speaker": "customer", "text": f"{n}番の{WORDS}"}]
    at = "2026-09-14T10:12:00+09:00"
    account = {"id": "A-1", "name": "ふじみ屋"}
    return json.dumps(
        {"id": f"T-{n}", "kind": "ticket", "created_at": at, "account": account, "turns": turns}
    )


def test_what_the_server_counts_is_what_is_paid(tmp_path: Path) -> None:
    with ModelServer(good) as server:
        ws = workspace_for(server, tmp_path, price_embeddings=1_000.0)
        put(ws, "T-1", WORDS)
        walk(ws)
    assert spent(ws) == pytest.approx(len(WORDS) * 1_000.0 / 1_000_000)


def test_an_answer_that_came_before_a_kill_is_not_paid_twice(tmp_path: Path) -> None:
    with ModelServer(good) as server:
        ws = workspace_for(server, tmp_path, price_embeddings=1_000.0)
        put(ws, "T-1", WORDS)
        index_batch(ws, unindexed(ws.ledger))
        (request,) = to_ask(ws)
        chosen = embedder_of(ws.settings)
        assert chosen is not None
        Asker(ws, chosen).ask([[Text(WORDS, ("files:T-1",))]])
        with ws.ledger.connect() as conn:
            assert list(conn.scalars(sa.select(journal.c.key))) == [request.key]
        embed_new(ws)
        assert len(server.requests) == 1
    assert counted(ws).embedded == 1
    assert spent(ws) == pytest.approx(len(WORDS) / 1_000)


def spent(ws: Workspace) -> float:
    """What this week has cost so far."""
    return spent_usd(ws.ledger, this_week(ws.settings.zone))
