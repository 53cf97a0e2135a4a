"""Killed anywhere and started again, the result is that of one clean run."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
TICKETS = 6
CALLS = 2


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `tests.restart_walks` saw over a corner of the sample."""
    home = tmp_path_factory.mktemp("restart")
    (home / "data").mkdir()
    for name, keep in (("tickets", TICKETS), ("calls", CALLS), ("deals", None)):
        lines = (ROOT / "sample" / f"{name}.jsonl").read_text("utf-8").splitlines()
        (home / "data" / f"{name}.jsonl").write_text("\n".join(lines[:keep]) + "\n", "utf-8")
    command = [sys.executable, "-m", "tests.restart_walks", str(home / "data"), str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=550)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.slow
def test_killed_at_any_place_and_started_again_ends_like_a_clean_run(told: dict[str, Any]) -> None:
    assert told["places"] > 20
    assert told["killed once"] == {}


@pytest.mark.slow
def test_killed_twice_ends_like_a_clean_run(told: dict[str, Any]) -> None:
    assert told["killed twice"] == {}


@pytest.mark.slow
def test_a_run_over_the_same_data_changes_nothing(told: dict[str, Any]) -> None:
    assert told["clean, again"] == [[0], []]
