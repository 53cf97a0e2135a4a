"""The vector index on a Chroma server, which several processes may use."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from koe.errors import RetryError
from koe.index import check_index, nearest, reindex
from koe.index import search as searching
from koe.index.search import search
from koe.index.station import index_batch, unindexed
from koe.index.store import drop_collection
from koe.ledger.exchange import meaning
from koe.ledger.schema import passage
from koe.meaning.station import renew
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.model_embedder import embedder, workspace_for
from tests.model_server import ModelServer
from tests.talk import in_chroma, keys, manifest_of, put, put_many
from tests.test_meaning import walk
from tests.test_meaning_index import health, in_second, manifest

START_TIMEOUT_S = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a running server."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    chroma = str(Path(sys.executable).with_name("chroma"))
    command = [chroma, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def served(server: str, tmp_path: Path) -> Workspace:
    """A workspace whose vectors are on the server."""
    ws = open_workspace(Settings(home=tmp_path / "koe", chroma_url=server))
    put_many(ws, 5)
    index_batch(ws, unindexed(ws.ledger))
    return ws


def test_a_server_holds_what_the_ledger_says(served: Workspace) -> None:
    assert in_chroma(served) == keys(served, passage)
    assert check_index(served).ok
    assert not (served.home / "index").exists()


def test_two_workspaces_share_a_server_and_not_an_index(served: Workspace, tmp_path: Path) -> None:
    other = open_workspace(Settings(home=tmp_path / "other", chroma_url=served.settings.chroma_url))
    put(other, "T-1", "印刷が止まります。")
    index_batch(other, unindexed(other.ledger))
    assert reindex(other) == 1
    assert in_chroma(other) == keys(other, passage)
    assert in_chroma(served) == keys(served, passage)


def test_an_index_that_is_gone_is_found_and_healed(served: Workspace) -> None:
    drop_collection(served, manifest_of(served).place)
    assert not check_index(served).ok
    index_batch(served, [])
    assert check_index(served).ok


def test_the_server_and_the_ledger_give_the_same_answers(
    served: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "DEPTH", 20)
    exact = search(served, "印刷が止まる")
    monkeypatch.setattr(nearest, "EXACT", 0)
    monkeypatch.delattr(nearest, "_exact")
    assert search(served, "印刷が止まる") == exact


def test_a_server_holds_the_vectors_of_a_model_beside_them(server: str, tmp_path: Path) -> None:
    with ModelServer(embedder()) as model:
        ws = workspace_for(model, tmp_path, chroma_url=server)
        put_many(ws)
        walk(ws)
        first = manifest(ws).place
        assert in_second(ws) == keys(ws, meaning) == in_chroma(ws)
        put(ws, "N-1", "棚卸しの画面が開きません。")
        walk(ws)
        renew(ws, anew=True)
    assert in_second(ws) == keys(ws, meaning)
    assert health(ws).ok
    assert manifest(ws).place.startswith("model-")
    assert manifest(ws).place != first
    assert check_index(ws).ok
    assert not (ws.home / "index").exists()


def test_a_chroma_server_that_is_away_can_be_tried_again(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe", chroma_url="http://127.0.0.1:9"))
    put(ws, "T-1", "印刷が止まります。")
    with pytest.raises(RetryError, match="Chroma server"):
        index_batch(ws, unindexed(ws.ledger))
    assert len(unindexed(ws.ledger)) == 1
