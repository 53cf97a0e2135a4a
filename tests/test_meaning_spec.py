"""Which model embeds, where it is reached, with what key: by settings, over real HTTP."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from koe.ledger.exchange import journal, meaning
from koe.ledger.schema import metadata
from koe.meaning.asking import MOST_TOKENS, Text, packs_of
from koe.meaning.spec import embedder_of, reached_by
from koe.settings import Settings, load_settings, show_settings
from tests.model_embedder import embedder, workspace_for
from tests.model_server import ModelServer, status
from tests.talk import put
from tests.test_meaning import counted, walk

OPENAI = {"embeddings": "openai:e"}


@pytest.fixture(autouse=True)
def _no_keys_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("settings", "base", "key"),
    [
        pytest.param({"api_key": "k"}, None, "k", id="the provider's own server"),
        pytest.param({"api_key": "k", "base_url": "http://a/v1"}, "http://a/v1", "k", id="the reader's"),
        pytest.param(
            {"model": "openai:m", "api_key": "k", "base_url": "http://a/v1", "embeddings_api_key": "e"},
            "http://a/v1", "e", id="the reader's server, a key of its own",
        ),
        pytest.param(
            {"api_key": "k", "base_url": "http://a/v1", "embeddings_base_url": "http://b/v1"},
            "http://b/v1", "none", id="another server never gets the reader's key",
        ),
        pytest.param(
            {"model": "anthropic:m", "api_key": "k", "base_url": "http://a", "embeddings_api_key": "e"},
            None, "e", id="the reader is of another provider",
        ),
        pytest.param(
            {"embeddings": "ollama:e", "model": "ollama:m", "base_url": "http://a:11434/"},
            "http://a:11434/v1", "none", id="Ollama's address as for reading",
        ),
        pytest.param({"embeddings": "ollama:e"}, "http://localhost:11434/v1", "none", id="Ollama at home"),
    ],
)  # fmt: skip
def test_address_and_key_fall_back_where_the_provider_is_the_same(
    settings: dict[str, Any], base: str | None, key: str
) -> None:
    made = Settings(**{**OPENAI, **settings})
    chosen = embedder_of(made)
    assert chosen is not None
    reached = reached_by(made, chosen)
    assert reached.base_url == base
    assert reached.api_key is not None
    assert reached.api_key.get_secret_value() == key


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"embeddings": "openai:f"}, id="name"),
        pytest.param({"embeddings_base_url": "http://b/v1"}, id="address"),
        pytest.param({"embeddings_dimensions": 256}, id="length"),
        pytest.param({"embeddings_passage_prefix": "passage: "}, id="prefix"),
    ],
)
def test_what_decides_a_vector_makes_another_embedder(other: dict[str, Any]) -> None:
    one, two = embedder_of(Settings(**OPENAI)), embedder_of(Settings(**{**OPENAI, **other}))
    assert one is not None
    assert two is not None
    assert one.id != two.id


def test_what_does_not_decide_a_vector_changes_nothing() -> None:
    more = {"embeddings_batch": 7, "embeddings_query_prefix": "query: ", "embeddings_api_key": "k"}
    assert embedder_of(Settings(**OPENAI)) == embedder_of(Settings(**{**OPENAI, **more}))


def test_a_password_in_an_address_is_not_noted() -> None:
    chosen = embedder_of(Settings(**OPENAI, embeddings_base_url="http://me:s3cret@host:9/v1?key=s3cret"))
    assert chosen is not None
    assert chosen.id == "openai:e at http://host:9/v1"


def test_the_settings_show_it_and_hide_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOE_EMBEDDINGS", "openai:e")
    monkeypatch.setenv("KOE_EMBEDDINGS_API_KEY", "s3cret")
    shown = show_settings(load_settings(tmp_path))
    assert shown["embeddings"] == "openai:e"
    assert "s3cret" not in str(shown)


def test_no_key_stands_in_the_ledger_or_in_what_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    script = [embedder()({"input": ["x"], "model": "e"}), status(401, "invalid_api_key")]
    with ModelServer(script) as server:
        ws = workspace_for(server, tmp_path, embeddings_api_key="sk-s3cret", embeddings_batch=1)
        put(ws, "T-1", "印刷が止まります。")
        put(ws, "T-2", "請求書が合いません。")
        walk(ws)
        assert server.requests[0].headers["authorization"] == "Bearer sk-s3cret"
    assert "not accepted" in caplog.text
    with ws.ledger.connect() as conn:
        rows = [row for table in metadata.sorted_tables for row in conn.execute(sa.select(table))]
    assert "s3cret" not in caplog.text + repr(rows)


def test_azure_is_asked_by_its_deployment(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        address = server.url.removesuffix("/v1")
        ws = workspace_for(
            server,
            tmp_path,
            embeddings="azure_openai:dep",
            embeddings_base_url=address,
            embeddings_api_key="k",
        )
        put(ws, "T-1", "印刷が止まります。")
        walk(ws)
        assert server.requests[0].path.startswith("/openai/deployments/dep/embeddings?api-version=")
        assert server.requests[0].headers["api-key"] == "k"
    assert counted(ws).embedded == 1


def test_ollama_is_asked_by_openais_way(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        address = server.url.removesuffix("/v1")
        ws = workspace_for(server, tmp_path, embeddings="ollama:e", embeddings_base_url=address)
        put(ws, "T-1", "印刷が止まります。")
        walk(ws)
        assert server.requests[0].path == "/v1/embeddings"


@pytest.mark.parametrize("most", [1, 2, 7, 100])
def test_packs_hold_every_text_once_in_order_within_both_limits(most: int) -> None:
    texts = [Text("あ" * size) for size in (1, 30_000, 30_000, 30_000, 90_000, 5, 200_000, 1, 1, 1)]
    packs = list(packs_of(texts, most))
    assert [text for pack in packs for text in pack] == texts
    assert all(len(pack) <= most for pack in packs)
    assert all(len(pack) == 1 or sum(len(t.sent) * 1.25 for t in pack) <= MOST_TOKENS for pack in packs)


def test_what_a_cut_off_run_left_in_the_journal_goes_when_all_is_embedded(tmp_path: Path) -> None:
    with ModelServer([status(503)]) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        put(ws, "T-2", "請求書が合いません。")
        walk(ws)
        with ws.ledger.connect() as conn:
            assert len(conn.execute(sa.select(journal)).all()) == 1
        server.script = embedder()
        walk(workspace_for(server, tmp_path, embeddings_batch=1))
    with ws.ledger.connect() as conn:
        assert conn.execute(sa.select(journal)).all() == []
        assert len(conn.execute(sa.select(meaning)).all()) == 2
