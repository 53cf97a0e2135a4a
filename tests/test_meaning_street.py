"""The whole street with a model for embeddings: passages get vectors, reports stay what they are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from connectors import folder_source
from koe.engine import pick_engine
from koe.ledger.intake import pull
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace
from tests.model_embedder import embedder, texts_of, workspace_for
from tests.model_server import Act, ModelServer, status
from tests.test_meaning import counted

TICKETS = (
    ("T-1", "谷口工房", "帳票の印刷が途中で止まって困っています。"),
    ("T-2", "ふじみ屋", "帳票の印刷が遅くて毎朝困っています。090-1234-5678 に電話をください。"),
    ("T-3", "みどり丘", "在庫の一覧をCSVで書き出せるようにしてほしいです。"),
)


def _walked(server: ModelServer, home: Path, **settings: str | None) -> tuple[Workspace, dict[str, bytes]]:
    """A workspace that walked the street, and the files of its reports."""
    folder = home / "in"
    folder.mkdir(parents=True)
    lines = [
        {
            "id": id,
            "created_at": "2026-09-08T10:00:00+09:00",
            "account": {"id": f"A-{id}", "name": name},
            "turns": [{"speaker": "customer", "text": text}],
        }
        for id, name, text in TICKETS
    ]
    (folder / "tickets.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    ws = workspace_for(server, home / "koe", pseudonym_key="a test's key", **settings)
    pull(ws, folder_source(folder, ws.settings))
    walk(ws, pick_engine(ws), weeks_with_data(ws))
    files = sorted(path for path in (ws.home / "reports").rglob("*") if path.is_file())
    return ws, {str(path.relative_to(ws.home)): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    "played",
    [pytest.param(None, id="a model that answers"), pytest.param(status(503), id="one that is away")],
)
def test_reports_are_the_same_with_and_without_a_model_for_embeddings(
    tmp_path: Path, played: Act | None
) -> None:
    with ModelServer([played] if played else embedder()) as server:
        _, without = _walked(server, tmp_path / "off", embeddings=None)
        assert server.requests == []
        ws, reports = _walked(server, tmp_path / "on")
        assert len(server.requests) == (2 if played else 1)
    assert reports == without
    assert len(reports) > 3
    assert counted(ws).embedded == (0 if played else counted(ws).passages)


def test_masked_text_alone_is_sent(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        _walked(server, tmp_path)
        sent = "\n".join(texts_of(server))
    assert "帳票の印刷が遅くて" in sent
    assert "090" not in sent


OFF = """
import sys
from pathlib import Path
from koe.ask import ask
from koe.engine.offline import OfflineEngine
from koe.settings import Settings
from koe.street import embed_new
from koe.workspace import open_workspace
ws = open_workspace(Settings(home=Path(sys.argv[1])))
embed_new(ws)
ask(ws, OfflineEngine(), "印刷の苦情は?", "2026-11-22")
print([name for name in ("openai", "httpx2", "langchain_core", "chromadb") if name in sys.modules])
"""


def test_without_the_setting_no_client_is_imported(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OFF, str(tmp_path / "koe")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
