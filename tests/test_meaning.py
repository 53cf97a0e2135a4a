"""Passages embedded by a model, over real HTTP: what is sent, what is kept, what is never asked twice."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from koe.index.station import index_batch, unindexed
from koe.ledger.exchange import journal, journal_about, meaning
from koe.ledger.schema import conversation, passage
from koe.ledger.withdrawal import withdraw
from koe.meaning.spec import embedder_of
from koe.meaning.standing import Counts, counts, missing
from koe.meaning.station import embed_new
from koe.workspace import Workspace
from tests.model_embedder import SIZE, embedder, given, texts_of, vector_of, workspace_for
from tests.model_server import Act, ModelServer
from tests.talk import keys, put, put_many


def walk(ws: Workspace) -> None:
    """Index what is new, then have it embedded."""
    index_batch(ws, unindexed(ws.ledger))
    embed_new(ws)


def counted(ws: Workspace) -> Counts:
    """What the passages have of the model."""
    embedder = embedder_of(ws.settings)
    assert embedder is not None
    with ws.ledger.connect() as conn:
        return counts(conn, embedder)


def vectors(ws: Workspace) -> dict[str, np.ndarray[Any, Any]]:
    """The model's vectors by the passage's key."""
    with ws.ledger.connect() as conn:
        rows = conn.execute(sa.select(meaning.c.key, meaning.c.vector))
        return {row.key: np.frombuffer(row.vector, "<f2").astype(np.float32) for row in rows}


def test_every_passage_gets_the_vector_of_its_own_words(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path, embeddings_batch=7)
        put_many(ws)
        walk(ws)
        assert len(server.requests) == 7
        assert all(seen.body["encoding_format"] == "float" for seen in server.requests)
        assert all(len(seen.body["input"]) <= 7 for seen in server.requests)
    assert counted(ws) == Counts(48, 48, 0)
    with ws.ledger.connect() as conn:
        words = dict(conn.execute(sa.select(passage.c.key, passage.c.conversation_id)).tuples().all())
    found = vectors(ws)
    assert sorted(found) == keys(ws, passage)
    for key, row in found.items():
        said = next(text for text in texts_of(server) if _is_of(text, words[key]))
        wanted = np.array(vector_of(said))
        assert row @ (wanted / np.linalg.norm(wanted)) == pytest.approx(1, abs=1e-3)


def _is_of(text: str, conversation_id: str) -> bool:
    from tests.talk import PLACES, TROUBLES

    place, trouble = (int(part) for part in conversation_id.split("-")[1:3])
    return text.startswith(PLACES[place]) and TROUBLES[trouble][:8] in text


def test_a_second_run_and_another_process_make_no_call(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        made = len(server.requests)
        walk(ws)
        walk(workspace_for(server, tmp_path))
        assert len(server.requests) == made


def test_only_what_is_new_is_asked_for(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        put(ws, "N-1", "棚卸しの画面が開きません。")
        walk(ws)
        assert server.requests[-1].body["input"] == ["棚卸しの画面が開きません。"]


def test_what_agents_say_is_not_looked_for_and_not_asked_for(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        put(ws, "T-2", "担当より折り返します。", role="agent")
        walk(ws)
        assert texts_of(server) == ["印刷が止まります。"]
    assert counted(ws) == Counts(1, 1, 0)


def test_the_same_words_are_asked_for_once(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        for n in range(5):
            put(ws, f"T-{n}", "印刷が止まります。")
        walk(ws)
        put(ws, "T-9", "印刷が止まります。")
        walk(ws)
        assert texts_of(server) == ["印刷が止まります。"]
    assert counted(ws) == Counts(6, 6, 0)


def test_a_version_and_a_withdrawal_take_their_vectors_with_them(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        put(ws, "T-2", "請求書が合いません。")
        walk(ws)
        before = set(vectors(ws))
        put(ws, "T-1", "印刷がまた止まります。", version="v2")
        walk(ws)
        assert len(before & set(vectors(ws))) == 1
        with ws.ledger.begin() as conn:
            withdraw(conn, conversation, ["files:T-1", "files:T-2"])
        assert vectors(ws) == {}
        embed_new(ws)
        assert len(server.requests) == 2


def test_another_model_begins_anew_and_none_is_mixed(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        other = workspace_for(server, tmp_path, embeddings="openai:other", embeddings_dimensions=32)
        assert counted(other) == Counts(48, 0, 0)
        with other.ledger.connect() as conn:
            chosen = embedder_of(other.settings)
            assert chosen is not None
            assert len(missing(conn, chosen, 0, 100)) == 48
        walk(other)
        assert server.requests[-1].body["dimensions"] == 32
    assert {len(row) for row in vectors(other).values()} == {32}
    assert counted(ws).embedded == 0


def test_a_model_that_is_away_does_not_take_the_vectors_of_the_one_before(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        walk(ws)
    embed_new(workspace_for(server, tmp_path, embeddings="openai:misspelt"))
    assert counted(ws) == Counts(1, 1, 0)


def test_prefixes_stand_before_passages(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path, embeddings_passage_prefix="passage: ")
        put(ws, "T-1", "印刷が止まります。")
        walk(ws)
        assert texts_of(server) == ["passage: 印刷が止まります。"]


def test_only_the_setting_lets_anything_out(workspace: Workspace) -> None:
    put_many(workspace)
    walk(workspace)
    assert vectors(workspace) == {}


def test_what_the_last_door_holds_back_is_not_sent_and_holds_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "折り返しは 090-1234-5678 までお願いします。")
        put(ws, "T-2", "印刷が止まります。")
        walk(ws)
        assert texts_of(server) == ["印刷が止まります。"]
        walk(ws)
        assert len(server.requests) == 1
    assert counted(ws).missing == 1
    assert "last door" in caplog.text
    assert "090" not in caplog.text


def test_the_journal_keeps_neither_words_nor_vectors_once_they_stand(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        walk(ws)
    with ws.ledger.connect() as conn:
        assert conn.execute(sa.select(journal)).all() == conn.execute(sa.select(journal_about)).all() == []


def test_one_passage_that_the_model_does_not_take_holds_no_other(tmp_path: Path) -> None:
    def picky(body: Any) -> Act:
        if any("請求書" in text for text in body["input"]):
            return Act(status=400, error={"message": "no", "code": "bad_input"})
        return embedder()(body)

    with ModelServer(picky) as server:
        ws = workspace_for(server, tmp_path)
        for n in range(8):
            put(ws, f"T-{n}", f"{n}番の印刷が止まります。")
        put(ws, "T-9", "請求書が合いません。")
        walk(ws)
        assert counted(ws) == Counts(9, 8, 1)
        made = len(server.requests)
        walk(ws)
        assert len(server.requests) == made


@pytest.mark.parametrize("most", [1, 3, 32])
def test_a_server_that_takes_fewer_is_given_fewer(tmp_path: Path, most: int) -> None:
    def small(body: Any) -> Act:
        if len(body["input"]) > most:
            return Act(status=422, error={"message": "batch size", "type": "Validation"})
        return embedder()(body)

    with ModelServer(small) as server:
        ws = workspace_for(server, tmp_path, embeddings_batch=40, concurrency=1)
        put_many(ws, 3)
        walk(ws)
        refused = [seen for seen in server.requests if len(seen.body["input"]) > most]
        assert len(refused) <= 6
    assert counted(ws) == Counts(144, 144, 0)


def test_as_many_calls_go_out_together_as_may(tmp_path: Path) -> None:
    def slow(body: Any) -> Act:
        return embedder()(body)._replace(after_s=0.1)

    with ModelServer(slow) as server:
        ws = workspace_for(server, tmp_path, embeddings_batch=4, concurrency=3)
        put_many(ws)
        walk(ws)
        assert server.peak == 3
    assert counted(ws) == Counts(48, 48, 0)


def test_vectors_are_the_same_however_the_calls_were_cut(tmp_path: Path) -> None:
    found = []
    with ModelServer(embedder()) as server:
        for batch, workers in ((100, 1), (5, 4)):
            ws = workspace_for(server, tmp_path / str(batch), embeddings_batch=batch, concurrency=workers)
            put_many(ws)
            walk(ws)
            found.append({key: row.tobytes() for key, row in vectors(ws).items()})
    assert found[0] == found[1]


def test_no_usage_no_model_name_and_numbers_as_they_come_are_taken(tmp_path: Path) -> None:
    def bare(body: Any) -> Act:
        data = [{"index": n, "embedding": [1, 0, 2]} for n, _ in enumerate(body["input"])]
        return Act(raw=json.dumps({"data": data}).encode(), headers={"content-type": "application/json"})

    with ModelServer(bare) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        walk(ws)
    assert counted(ws).embedded == 1


def test_a_key_goes_only_to_the_server_it_was_given_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "s3cret")
    with ModelServer(lambda body: given(body, [[1.0] * SIZE for _ in body["input"]])) as server:
        ws = workspace_for(server, tmp_path, model="openai:gpt", api_key="s3cret too")
        put(ws, "T-1", "印刷が止まります。")
        walk(ws)
        assert server.requests[0].headers["authorization"] == "Bearer none"
        same = workspace_for(
            server, tmp_path / "same", embeddings_base_url=None, base_url=server.url, api_key="shared"
        )
        put(same, "T-1", "印刷が止まります。")
        walk(same)
        assert server.requests[1].headers["authorization"] == "Bearer shared"
