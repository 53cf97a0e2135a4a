"""koe in front of a server that others wrote: llama-cpp-python's, with a tiny model of random weights.

`KOE_LLAMA_PYTHON` names an interpreter that has `llama-cpp-python[server]` and `gguf`. The model knows
nothing: what it says is noise in the form of the schema, which is what these tests are about.
"""

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connectors import folder_source
from koe.ask import ask
from koe.engine import pick_engine
from koe.engine.model.find import check, find_calls
from koe.engine.model.opening import open_caller
from koe.engine.model.reading import bare_json
from koe.engine.model.schemas import Found, problem_of
from koe.export import export
from koe.find import load_masked, unread
from koe.ledger.exchange import journal as rows
from koe.ledger.exchange import meaning
from koe.ledger.intake import pull
from koe.ledger.schema import passage
from koe.publish import published
from koe.settings import Settings
from koe.street import embed_new, find_new, index_new, mask_new, walk, weeks_with_data
from koe.workspace import Workspace, open_workspace
from tests.good_model import good_model
from tests.model_server import ModelServer
from tests.test_model_earlier import told, write

PYTHON = os.environ.get("KOE_LLAMA_PYTHON")
STARTS_S = 90.0
WIDE = 64
"""Numbers of a vector of the model."""
pytestmark = pytest.mark.skipif(PYTHON is None, reason="KOE_LLAMA_PYTHON names no interpreter")
TICKETS = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server, which is ended with the module."""
    assert PYTHON is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("llama")
    command = [PYTHON, str(Path(__file__).parent / "foreign_server.py"), str(port), str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={"PATH": os.environ["PATH"]})
        try:
            _wait(f"http://127.0.0.1:{port}", process, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text("utf-8", "replace")[-2_000:]
        try:
            with urllib.request.urlopen(f"{address}/v1/models", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8", "replace")[-2_000:])


def opened(home: Path, base_url: str, **settings: Any) -> Workspace:
    """A workspace whose model is the server."""
    named = {"model": "openai:tiny", "api_key": "k", "call_timeout_s": 300.0, "patience_s": 900.0, "tries": 2}
    return open_workspace(
        Settings(home=home, **{**named, "base_url": base_url, "concurrency": 1, **settings})
    )


def taken_in(ws: Workspace, folder: Path) -> None:
    """A few tickets, pulled and masked."""
    pull(ws, folder_source(write(folder, told(TICKETS)), ws.settings))
    mask_new(ws)


def written(ws: Workspace) -> Sequence[Any]:
    """The journal's rows."""
    with ws.ledger.connect() as conn:
        return list(conn.execute(sa.select(rows).order_by(rows.c.key)))


def test_findings_come_in_the_schema_and_none_that_is_made_up_stands(server: str, tmp_path: Path) -> None:
    ws = opened(tmp_path / "koe", f"{server}/v1")
    taken_in(ws, tmp_path / "data")
    engine = pick_engine(ws)
    find_new(ws, engine)
    journal = written(ws)
    answers = [json.loads(row.answer) for row in journal]
    ended = [one for one in answers if one["finish"] == "stop"]
    assert ended
    assert all(one["tokens_in"] > 1_000 and one["tokens_out"] > 0 for one in answers)
    fits = [problem_of(Found, bare_json(one["content"])) is None for one in ended]
    assert sum(fits) >= 0.8 * len(fits)
    assert list(export(ws, "findings", None, None)) == []
    states = {row["state"] for row in export(ws, "conversations", None, None)}
    assert states <= {"nothing", "failed"}
    assert "nothing" in states
    assert unread(ws, engine) == []
    find_new(ws, engine)
    assert written(ws) == journal


def test_themes_words_and_answers_are_noise_too_and_nothing_of_it_is_published(
    server: str, tmp_path: Path
) -> None:
    with ModelServer(good_model) as good:
        ws = opened(tmp_path / "koe", good.url)
        taken_in(ws, tmp_path / "data")
        find_new(ws, pick_engine(ws))
    ws = opened(tmp_path / "koe", f"{server}/v1")
    engine, weeks = pick_engine(ws), weeks_with_data(ws)
    walk(ws, engine, weeks)
    given = published(ws, weeks[-1])
    assert given is not None
    said = ask(ws, engine, "一覧の画面はどうなっていますか", "2026-11-22")
    for text in [said.answer, *(one.text for one in given[1].sentences)]:
        assert not re.search(r"[{}\[\]]", text)
    assert given[1].state == "degraded"
    verbs = {row.verb for row in written(ws)}
    assert verbs >= {"find", "settle", "compose", "plan"}
    before = written(ws)
    walk(ws, engine, weeks)
    assert ask(ws, engine, "一覧の画面はどうなっていますか", "2026-11-22") == said
    assert written(ws) == before


def test_a_server_that_knows_no_schema_is_named_by_one_line(server: str, tmp_path: Path) -> None:
    ws = opened(tmp_path / "koe", f"{server}/plain/v1", tries=1)
    taken_in(ws, tmp_path / "data")
    find_new(ws, pick_engine(ws))
    reasons = {row["reason"] for row in export(ws, "conversations", None, None)}
    assert reasons == {"unreachable: The provider failed (HTTP 500, 'internal_server_error')."}


def test_any_json_object_is_checked_by_koe_alone(server: str, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"response_format": "object", "parameters": {"max_tokens": 200}}
    ws = opened(tmp_path / "koe", f"{server}/plain/v1", **settings)
    taken_in(ws, tmp_path / "data")
    with ws.ledger.connect() as conn:
        some = load_masked(conn, [f"files:T-{n}" for n in range(TICKETS)])
    (reply,) = open_caller(ws).ask(find_calls(some), check)
    assert reply.text is None
    assert reply.failure in ("invalid", "truncated")
    assert reply.reason.endswith(".")
    assert written(ws)[0].tokens_out <= 200


def test_passages_get_vectors_of_the_server(server: str, tmp_path: Path) -> None:
    settings = {"embeddings": "openai:tiny-embeddings", "embeddings_base_url": f"{server}/v1"}
    ws = open_workspace(Settings(home=tmp_path / "koe", call_timeout_s=300.0, **settings))
    taken_in(ws, tmp_path / "data")
    index_new(ws)
    embed_new(ws)
    with ws.ledger.connect() as conn:
        vectors = list(conn.scalars(sa.select(meaning.c.vector)))
        passages = conn.scalar(sa.select(sa.func.count()).select_from(passage))
    assert len(vectors) == passages == TICKETS
    assert {len(vector) for vector in vectors} == {2 * WIDE}
    assert len(set(vectors)) == TICKETS


def test_a_vector_for_every_token_is_no_vector_of_a_passage(server: str, tmp_path: Path) -> None:
    settings = {"embeddings": "openai:tiny-unpooled", "embeddings_base_url": f"{server}/v1"}
    ws = open_workspace(Settings(home=tmp_path / "koe", tries=1, **settings))
    taken_in(ws, tmp_path / "data")
    index_new(ws)
    embed_new(ws)
    with ws.ledger.connect() as conn:
        assert list(conn.scalars(sa.select(meaning.c.vector))) == []
    assert {row.state for row in written(ws)} == {"failed"}
