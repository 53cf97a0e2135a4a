"""What a model is told and what koe keeps to itself: the request's form, keys, and nobody else listening."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from koe.engine import pick_engine
from koe.engine.model.opening import open_caller
from koe.errors import KoeError, SetupError
from koe.settings import Settings, show_settings
from koe.workspace import open_workspace
from tests.model_calls import GOOD, QUICK, SCHEMA, caller_for, calls, check, workspace_for
from tests.model_server import Act, ModelServer, html, status

CANARY = "sk-canary-7Q2Z-never-to-be-seen"
ROOT = Path(__file__).parent.parent


def test_the_request_asks_for_the_schema_strictly(tmp_path: Path) -> None:
    with ModelServer([GOOD]) as server:
        caller_for(server, tmp_path, parameters={"seed": 7}).ask(calls(1), check)
        (body,) = server.calls
    assert body["response_format"]["json_schema"] == {"name": "find", "strict": True, "schema": SCHEMA}
    assert body["temperature"] == 0.0
    assert body["max_completion_tokens"] == 100
    assert body["seed"] == 7
    assert [message["role"] for message in body["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("settings", "form", "has_temperature"),
    [
        pytest.param({"response_format": "object"}, {"type": "json_object"}, True, id="any object"),
        pytest.param({"response_format": "text"}, None, True, id="words alone"),
        pytest.param({"send_temperature": False, "response_format": "text"}, None, False, id="told not to"),
        pytest.param({"model": "openai:gpt-5-mini", "response_format": "text"}, None, False, id="family"),
    ],
)
def test_servers_that_know_less_are_asked_for_less(
    tmp_path: Path, settings: dict[str, Any], form: dict[str, Any] | None, has_temperature: bool
) -> None:
    with ModelServer([GOOD]) as server:
        caller_for(server, tmp_path, **settings).ask(calls(1), check)
        (body,) = server.calls
    assert body.get("response_format") == form
    assert ("temperature" in body) == has_temperature
    assert '"said"' in body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param({"model": "acme:large"}, "no provider that koe knows: anthropic, azure", id="provider"),
        pytest.param({"model": "openai:gpt-4.1"}, "KOE_API_KEY or OPENAI_API_KEY", id="key"),
        pytest.param({"model": "anthropic:claude"}, "KOE_API_KEY or ANTHROPIC_API_KEY", id="another key"),
    ],
)
def test_what_is_missing_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], says: str
) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SetupError, match=says) as caught:
        pick_engine(open_workspace(Settings(home=tmp_path, **settings)))
    assert "\n" not in str(caught.value)


WITHOUT = """
import sys
from pathlib import Path

sys.modules["langchain_anthropic"] = None
from koe.engine.model.opening import open_caller
from koe.errors import SetupError
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.model_calls import calls, check

try:
    settings = Settings(home=Path(sys.argv[1]), model="anthropic:claude", api_key="k")
    open_caller(open_workspace(settings)).ask(calls(1), check)
except SetupError as error:
    print(error)
"""


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    """In a process of its own: LangChain remembers in its process what it has once imported."""
    command = [sys.executable, "-c", WITHOUT, str(tmp_path)]
    done = subprocess.run(command, env=_environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    assert "uv sync --extra anthropic" in done.stdout, done.stderr


def test_the_providers_own_variable_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    with ModelServer([GOOD]) as server:
        caller_for(server, tmp_path, api_key=None).ask(calls(1), check)
        assert server.requests[0].headers["authorization"] == f"Bearer {CANARY}"


ACTS = [
    pytest.param([GOOD], id="answer"),
    pytest.param([status(401, "invalid_api_key")], id="401"),
    pytest.param(
        [Act(status=401, error={"message": f"Incorrect key {CANARY}", "code": "x", "type": CANARY})],
        id="an error that repeats the key",
    ),
    pytest.param([status(500)], id="500"),
    pytest.param([html()], id="page"),
    pytest.param([Act(drop=True)], id="drop"),
    pytest.param([Act(raw=CANARY.encode())], id="a body that repeats the key"),
]


@pytest.mark.parametrize("script", ACTS)
def test_the_key_stands_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, script: list[Act | str]
) -> None:
    caplog.set_level(logging.DEBUG)
    said = ""
    with ModelServer(script) as server:
        ws = workspace_for(server, tmp_path, api_key=CANARY)
        try:
            said = repr(open_caller(ws).ask(calls(2), check))
        except KoeError as error:
            said = repr(error)
        assert CANARY in server.requests[0].headers["authorization"]
    ws.close()
    said += repr(ws.settings) + str(show_settings(ws.settings)) + ws.settings.model_dump_json()
    own = [record for record in caplog.records if record.name.startswith("koe")]
    said += "".join(record.getMessage() for record in own)
    assert CANARY not in said
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()


def test_the_key_is_in_no_file_of_a_flow(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    lines = (ROOT / "sample" / "tickets.jsonl").read_text("utf-8").splitlines()[:6]
    (tmp_path / "data" / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    home = tmp_path / "koe"
    home.mkdir()
    source = f"[sources.one]\ntype = 'files'\npath = {json.dumps(str(tmp_path / 'data'))}\n"
    (home / "koe.toml").write_text(source, "utf-8")
    with ModelServer([status(401)]) as server:
        named = {**QUICK, "model": "openai:any", "api_key": CANARY, "base_url": server.url}
        env = {f"KOE_{name.upper()}": str(value) for name, value in named.items()}
        command = [sys.executable, "-m", "koe.cli", "--home", str(home), "weekly"]
        done = subprocess.run(
            command, env={**_environment(), **env}, cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == 2, done.stderr
    assert "キーが受け付けられません" in done.stderr
    assert CANARY not in done.stdout + done.stderr
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any("prefect" in str(path) for path in files)
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


def _environment() -> dict[str, str]:
    import os

    return {name: value for name, value in os.environ.items() if not name.startswith("KOE_")}


def test_nobody_else_is_told_of_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection past loopback fails the test (tests/conftest.py); here is what would make one."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with ModelServer([GOOD]) as server:
        caller_for(server, tmp_path).ask(calls(1), check)
    from langsmith.utils import tracing_is_enabled

    assert tracing_is_enabled() is False
