"""Questions with a model for embeddings: what means the same is found; without it nothing changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from koe.ask import Answer, ask
from koe.ask.rows import units as asked_units
from koe.engine.offline import OfflineEngine
from koe.index import nearest
from koe.ledger.exchange import meaning
from koe.meaning.near import nearest as nearest_of
from koe.meaning.near import nearness, question
from koe.meaning.station import embed_new
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger
from tests.model_embedder import embedder, workspace_for
from tests.model_server import ModelServer, status

TODAY = "2026-11-22"
PARAPHRASE = "Who complains about printouts?"
"""Asks in English for what four customers said in Japanese."""


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer(embedder()) as running:
        yield running


@pytest.fixture(scope="module")
def company(server: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = workspace_for(server, tmp_path_factory.mktemp("ask") / "koe")
    fill_ledger(ws)
    embed_new(ws)
    return ws


def without(company: Workspace) -> Workspace:
    """The same ledger with the setting off."""
    return open_workspace(Settings(home=company.home))


def _ask(ws: Workspace, text: str) -> Answer:
    return ask(ws, OfflineEngine(), text, TODAY)


def test_what_says_it_in_other_words_is_found(company: Workspace) -> None:
    assert not _ask(without(company), PARAPHRASE).answerable
    answer = _ask(company, PARAPHRASE)
    assert answer.answerable
    assert set(answer.citations) == {"T-1", "T-2", "T-3", "T-8"}


def test_an_answer_found_so_quotes_the_customers_own_words(company: Workspace) -> None:
    from tests.asked_ledger import TURNS

    answer = _ask(company, PARAPHRASE)
    said = {id: " ".join(text for role, text in turns if role == "customer") for id, turns in TURNS.items()}
    assert answer.quotes
    assert all(quote.quote in said[quote.conversation] for quote in answer.quotes)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("納品書の印刷の苦情は何社ですか", id="complaint"),
        pytest.param("Who complains about the barcode reader pairing?", id="English"),
        pytest.param("「監査ログ」という言葉を使った会話は何件?", id="a word"),
        pytest.param("一番多い苦情は何ですか", id="the most frequent"),
    ],
)
def test_what_is_found_without_it_is_found_with_it(company: Workspace, text: str) -> None:
    assert _ask(company, text).citations == _ask(without(company), text).citations


@pytest.mark.parametrize("text", ["宇宙旅行の相談は?", "犬の散歩の苦情は何社?", "Who asks for helicopters?"])
def test_what_nobody_said_is_refused_with_it_too(company: Workspace, text: str) -> None:
    assert not _ask(company, text).answerable


def test_the_same_question_is_embedded_once_and_answered_alike(
    company: Workspace, server: ModelServer
) -> None:
    first = _ask(company, PARAPHRASE)
    made = len(server.requests)
    assert _ask(company, PARAPHRASE) == first
    assert len(server.requests) == made


def test_a_model_that_is_away_leaves_the_answer_of_the_own_vectors(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = "納品書の印刷が止まるのは何社?"
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        fill_ledger(ws)
        embed_new(ws)
        server.script, made = [status(503)], len(server.requests)
        assert _ask(ws, text) == _ask(without(ws), text)
        assert len(server.requests) == made + 2
    assert "without the model" in caplog.text
    assert "納品書" not in caplog.text


def test_a_question_with_something_personal_is_not_sent(company: Workspace, server: ModelServer) -> None:
    made = len(server.requests)
    _ask(company, "090-1234-5678 の印刷のトラブルは?")
    assert not any("090" in str(seen.body) for seen in server.requests[made:])


def test_nothing_is_asked_where_nothing_is_embedded(tmp_path: Path, server: ModelServer) -> None:
    ws = workspace_for(server, tmp_path)
    made = len(server.requests)
    assert question(ws, "印刷") is None
    assert len(server.requests) == made


def test_the_index_and_the_ledger_name_the_same_passages(
    company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = question(company, "printout")
    assert asked is not None
    exact = nearest_of(company, asked)
    monkeypatch.setattr(nearest, "EXACT", 0)
    monkeypatch.delattr(nearest, "_exact")
    assert nearest_of(company, asked) == exact


def test_in_a_ledger_too_large_to_compare_all_the_nearest_are_looked_at(
    company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked_units, "MOST", 1)
    assert set(_ask(company, PARAPHRASE).citations) == {"T-1", "T-2", "T-3", "T-8"}


def test_a_passage_without_a_vector_is_judged_by_the_own_one(company: Workspace) -> None:
    asked = question(company, "printout")
    assert asked is not None
    with company.ledger.connect() as conn:
        numbers: list[Any] = list(range(1, 40))
        found = nearness(conn, asked, numbers)
        known = conn.scalar(sa.select(sa.func.count()).select_from(meaning))
    assert sum(value == value for value in found.cosine.tolist()) == known
