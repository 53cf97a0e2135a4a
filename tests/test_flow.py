"""The weekly flow on Prefect's embedded server: run for real once, in a process of its own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent.parent / "sample"
PATIENCE_S = 400


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the first lines of the sample, a folder that is gone and a channel that is down."""
    home = tmp_path_factory.mktemp("flow") / "koe"
    data = home.parent / "data"
    data.mkdir()
    for name in ("tickets", "calls", "deals"):
        lines = (SAMPLE / f"{name}.jsonl").read_text("utf-8").splitlines()[:20]
        (data / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    home.mkdir(mode=0o700)
    (home / "koe.toml").write_text(
        f"[sources.shop]\ntype = 'files'\npath = '{data}'\n"
        f"[sources.closed]\ntype = 'files'\npath = '{data.parent / 'nowhere'}'\n"
        "[channels.hook]\ntype = 'webhook'\nurl = 'http://127.0.0.1:9/'\nsecret = 'of the hook'\n",
        "utf-8",
    )
    return home


@pytest.fixture(scope="module")
def ran(home: Path) -> subprocess.CompletedProcess[str]:
    """`koe weekly --json` over two weeks, ended."""
    return run_weekly(home, "--week", "2026-W39", "--since", "2026-W38", "--json")


def run_weekly(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in its own process group, reaped with all its children."""
    command = [sys.executable, "-m", "koe.cli", "--home", str(home), "weekly", *arguments]
    with (home / "out").open("w+") as out, (home / "err").open("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True)
        try:
            code = process.wait(PATIENCE_S)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, code, (home / "out").read_text(), (home / "err").read_text())


@pytest.mark.slow
def test_a_week_is_pulled_read_and_reported(home: Path, ran: subprocess.CompletedProcess[str]) -> None:
    assert ran.returncode == 2, ran.stderr
    told = json.loads(ran.stdout)
    assert (told["week"], told["state"], told["also"]) == ("2026-W39", "published", ["2026-W38"])
    facts = json.loads((home / "reports" / "2026-W38" / "facts.json").read_text("utf-8"))
    assert facts["coverage"]["conversations"] == sum(facts["coverage"]["states"].values()) > 10


@pytest.mark.slow
def test_what_fails_is_named_and_stops_nothing(ran: subprocess.CompletedProcess[str]) -> None:
    assert len(ran.stdout.splitlines()) == 1
    source, channel = ran.stderr.splitlines()
    assert source.startswith("koe: 取り込めませんでした：closed:")
    assert channel.startswith("koe: 届けられませんでした：2026-W39: hookへの送付（経営・全員）：")


@pytest.mark.slow
def test_the_digest_stands_beside_the_flow_run_as_artifacts(
    home: Path, ran: subprocess.CompletedProcess[str]
) -> None:
    with sqlite3.connect(home / "prefect" / "prefect.db") as database:
        kinds = dict(database.execute("SELECT key, type FROM artifact WHERE key IS NOT NULL"))
        states = {name for (name,) in database.execute("SELECT state_type FROM flow_run")}
        (biggest,) = database.execute("SELECT max(length(parameters)) FROM flow_run").fetchone()
    assert kinds["digest-2026-w39"] == "markdown"
    assert kinds["top-complaints-2026-w39"] == "table"
    assert "report-2026-w39" in kinds
    assert states == {"COMPLETED"}
    assert biggest < 1000


@pytest.mark.slow
def test_no_customers_word_reaches_prefects_database_unmasked(
    home: Path, ran: subprocess.CompletedProcess[str]
) -> None:
    stored = b"".join(path.read_bytes() for path in (home / "prefect").rglob("*") if path.is_file())
    for name in ("野々村 誠", "office@fujimiya.example.com", "080-0000-2073"):
        assert name.encode() not in stored
