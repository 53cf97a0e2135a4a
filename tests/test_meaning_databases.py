"""The model's vectors on SQLite and on PostgreSQL: they come, and they go with their passages."""

import sqlalchemy as sa

from koe.index.station import index_batch, unindexed
from koe.ledger.exchange import meaning, meaning_change
from koe.ledger.schema import conversation
from koe.ledger.withdrawal import withdraw
from koe.meaning.near import nearness, question
from koe.meaning.station import embed_new
from koe.workspace import Workspace
from tests.model_embedder import QUICK, embedder
from tests.model_server import ModelServer
from tests.talk import keys, put

pytest_plugins = ["tests.postgres"]


def test_vectors_come_and_go_with_their_passages_on_each_database(any_workspace: Workspace) -> None:
    with ModelServer(embedder()) as server:
        named = {"embeddings": "openai:loop", "embeddings_base_url": server.url, **QUICK}
        ws = Workspace(any_workspace.settings.model_copy(update=named))
        for n in range(12):
            put(ws, f"T-{n}", f"{n}番の印刷が止まります。")
        index_batch(ws, unindexed(ws.ledger))
        embed_new(ws)
        assert len(keys(ws, meaning)) == 12
        asked = question(ws, "printout")
        assert asked is not None
        with ws.ledger.connect() as conn:
            assert (nearness(conn, asked, list(range(1, 13))).cosine > 0.5).sum() > 8
        with ws.ledger.begin() as conn:
            withdraw(conn, conversation, [f"files:T-{n}" for n in range(5)])
        assert len(keys(ws, meaning)) == 7
        with ws.ledger.connect() as conn:
            assert conn.scalar(sa.select(sa.func.count()).select_from(meaning_change)) == 5
        embed_new(ws)
        with ws.ledger.connect() as conn:
            assert conn.scalar(sa.select(sa.func.count()).select_from(meaning_change)) == 0
        ws.close()
