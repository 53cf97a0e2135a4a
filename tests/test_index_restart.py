"""The index station cut off at every point and started again."""

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from koe.index import check_index, reindex
from koe.index.station import index_batch, unindexed
from koe.ledger.schema import passage
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.killed import is_cut_off_at
from tests.talk import in_chroma, keys, put, waiting

pytest_plugins = ["tests.built_index"]


@pytest.mark.parametrize(("work", "points"), [("first", 6), ("more", 5), ("rebuild", 2)])
def test_cut_off_at_any_point_and_started_again_all_is_there(
    built: Path, tmp_path: Path, work: str, points: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = open_workspace(Settings(home=tmp_path / "clean"))
    _fill(clean, work, built)
    index_batch(clean, unindexed(clean.ledger))
    for point in range(points + 1):
        ws = open_workspace(Settings(home=tmp_path / f"koe{point}"))
        _fill(ws, work, built)
        assert is_cut_off_at(point, partial(_index, ws, work), monkeypatch) == (point < points)
        index_batch(ws, unindexed(ws.ledger))
        assert check_index(ws).ok
        assert keys(ws, passage) == keys(clean, passage) == in_chroma(ws)
        assert unindexed(ws.ledger) == []
        assert waiting(ws) == 0


def _index(ws: Workspace, work: str) -> None:
    if work == "rebuild":
        reindex(ws)
    else:
        index_batch(ws, unindexed(ws.ledger))


KILLED = """
import sys
from pathlib import Path
from koe.index.station import index_batch, unindexed
from koe.settings import Settings
from koe.workspace import open_workspace
ws = open_workspace(Settings(home=Path(sys.argv[1])))
index_batch(ws, unindexed(ws.ledger))
"""


def test_killed_with_vectors_written_and_not_noted_it_is_mended(indexed: Workspace) -> None:
    put(indexed, "N-1", "新しい相談です。棚卸しの画面が開きません。")
    indexed.close()
    code = [sys.executable, "-c", KILLED, str(indexed.home)]
    done = subprocess.run(code, env=os.environ | {"KOE_FAULT_AT": "3"}, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL
    assert "vectors written" in done.stderr
    assert waiting(indexed) == 1
    index_batch(indexed, unindexed(indexed.ledger))
    assert check_index(indexed).ok
    assert in_chroma(indexed) == keys(indexed, passage)


def _fill(ws: Workspace, work: str, built: Path) -> None:
    if work != "first":
        ws.close()
        shutil.rmtree(ws.home)
        shutil.copytree(built, ws.home)
        vars(ws).pop("ledger", None)
    put(ws, "T-0-0-0", "別の文になりました。", version="v2")
    put(ws, "N-1", "新しい相談です。棚卸しの画面が開きません。")
    if work == "rebuild":
        index_batch(ws, unindexed(ws.ledger))
