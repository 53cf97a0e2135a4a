"""The Prefect server that a flow runs on: what is said where it is not there, and who waits for it."""

import os
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from koe.cli import app
from koe.errors import BusyError
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.loopback import serving


class Closed(BaseHTTPRequestHandler):
    """A server that is well and lets nobody in."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path.endswith("/health") else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing is said on stderr."""


def weekly_on(address: str, home: Path) -> subprocess.CompletedProcess[str]:
    """`koe weekly` on the Prefect server of this address."""
    command = [sys.executable, "-m", "koe.cli", "--home", str(home), "weekly"]
    env = {**os.environ, "PREFECT_API_URL": address, "KOE_LANGUAGE": "en"}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_a_server_that_does_not_answer_is_named_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{unused.getsockname()[1]}/api"
        done = weekly_on(f"http://koe:s3cret@{place}", tmp_path / "koe")
    assert done.returncode == 75, done.stderr
    (line,) = done.stderr.splitlines()
    assert f"'http://{place}/' of PREFECT_API_URL does not answer. Start it" in line
    assert "s3cret" not in line


def test_a_server_that_lets_nobody_in_is_for_somebody_to_change(tmp_path: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), Closed)
    with serving(server):
        done = weekly_on(f"http://127.0.0.1:{server.server_port}/api", tmp_path / "koe")
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert "answers 401. Set PREFECT_API_AUTH_STRING or PREFECT_API_KEY." in line


def test_while_the_server_starts_another_run_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def start(ws: Workspace) -> Any:
        with pytest.raises(BusyError), open_workspace(Settings(home=ws.home)).exclusive():
            pass
        seen.append(ws.home)
        return run

    def run(home: str, *_: object) -> Any:
        with open_workspace(Settings(home=Path(home))).exclusive():
            raise KeyboardInterrupt

    monkeypatch.setattr("koe.commands.weekly._flow", start)
    done = CliRunner().invoke(app, ["--home", str(tmp_path / "koe"), "weekly"])
    assert seen == [tmp_path / "koe"]
    assert done.exit_code == 130
