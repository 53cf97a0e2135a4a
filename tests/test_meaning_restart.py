"""Embedding cut off at every point and started again: the same vectors, each paid for once."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from koe.index.station import index_batch, unindexed
from koe.ledger.exchange import meaning
from koe.meaning.station import embed_new
from koe.workspace import Workspace
from tests.killed import is_cut_off_at
from tests.model_embedder import embedder, workspace_for
from tests.model_server import ModelServer
from tests.talk import keys, put
from tests.test_meaning import vectors
from tests.test_meaning_failures import spent
from tests.test_meaning_index import health, in_second

POINTS = 14
"""Four for each of two calls, two for each of their answers, two for the index."""


def opened(server: ModelServer, home: Path) -> Workspace:
    """A workspace with six passages, to be embedded by two calls."""
    ws = workspace_for(server, home, embeddings_batch=3, concurrency=1, price_embeddings=1_000.0)
    for n in range(6):
        put(ws, f"T-{n}", f"{n}番の印刷が止まります。")
    index_batch(ws, unindexed(ws.ledger))
    return ws


def test_cut_off_at_any_point_and_started_again_all_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(embedder()) as server:
        clean = opened(server, tmp_path / "clean")
        embed_new(clean)
        wanted = {key: row.tobytes() for key, row in vectors(clean).items()}
        for point in range(POINTS + 1):
            ws = opened(server, tmp_path / f"koe{point}")
            before = len(server.requests)
            assert is_cut_off_at(point, partial(embed_new, ws), monkeypatch) == (point < POINTS)
            embed_new(ws)
            assert len(server.requests) - before in (2, 3)
            assert {key: row.tobytes() for key, row in vectors(ws).items()} == wanted
            assert spent(ws) == pytest.approx(spent(clean))
            assert in_second(ws) == keys(ws, meaning)
            assert health(ws).ok
            ws.close()


KILLED = """
import sys
from pathlib import Path
from koe.meaning.station import embed_new
from koe.settings import load_settings
from koe.workspace import open_workspace
embed_new(open_workspace(load_settings(Path(sys.argv[1]))))
"""


@pytest.mark.parametrize("at", [5, 13], ids=["an answer has not been moved", "the index is built"])
def test_killed_it_goes_on_where_it_was(tmp_path: Path, at: int) -> None:
    with ModelServer(embedder()) as server:
        ws = opened(server, tmp_path)
        ws.close()
        (tmp_path / "koe.toml").write_text(
            f'embeddings = "openai:loop"\nembeddings_base_url = "{server.url}"\n'
            "embeddings_batch = 3\nconcurrency = 1\nprice_embeddings = 1000.0\n",
            "utf-8",
        )
        code = [sys.executable, "-c", KILLED, str(tmp_path)]
        done = subprocess.run(code, env=os.environ | {"KOE_FAULT_AT": str(at)}, capture_output=True)
        assert done.returncode == -signal.SIGKILL
        made = len(server.requests)
        embed_new(ws)
        assert len(server.requests) == 2
        assert made in (1, 2)
    assert len(vectors(ws)) == 6
    assert in_second(ws) == keys(ws, meaning)
    assert health(ws).ok
