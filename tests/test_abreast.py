"""A backlog taken in side by side is the same ledger as one taken in alone."""

import os
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from bench.generate import write_folder
from connectors import folder_source
from koe import abreast
from koe.engine.offline import OfflineEngine
from koe.errors import RetryError
from koe.index import check_index
from koe.ledger.intake import pull
from koe.ledger.schema import conversation, metadata
from koe.mask.station import unmasked
from koe.settings import load_settings
from koe.street import batches, take_in
from koe.workspace import Workspace, open_workspace

CONVERSATIONS = 40
WRITTEN = ("conversation", "turn", "mask_span", "passage", "reading", "finding")


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with conversations that no station has seen."""
    home = tmp_path_factory.mktemp("abreast")
    write_folder(home / "data", CONVERSATIONS, 2)
    ws = _opened(home / "koe")
    pull(ws, folder_source(home / "data", ws.settings))
    assert len(ws.key) > 0
    ws.close()
    return home / "koe"


def test_two_processes_and_one_write_the_same_rows(
    pulled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abreast, "MANY", 1)
    ledgers = []
    for processes in (1, 2):
        ws = _opened(Path(shutil.copytree(pulled, tmp_path / str(processes))))
        take_in(ws, OfflineEngine(), processes)
        assert check_index(ws).ok
        ledgers.append(_rows(ws))
        ws.close()
    assert ledgers[0] == ledgers[1]
    assert all(ledgers[0][name] for name in WRITTEN if name != "mask_span")


def test_a_small_backlog_starts_no_process(
    pulled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(abreast, "ProcessPoolExecutor", refuse)
    ws = _opened(Path(shutil.copytree(pulled, tmp_path / "small")))
    take_in(ws, OfflineEngine(), 2)
    assert unmasked(ws.ledger) == []


def _die(ids: object, reads: bool) -> None:
    os._exit(9)


def test_a_worker_that_is_killed_is_said_and_the_next_run_goes_on(
    pulled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = _opened(Path(shutil.copytree(pulled, tmp_path / "killed")))
    with monkeypatch.context() as patch:
        patch.setattr(abreast, "MANY", 1)
        patch.setattr(abreast, "_through_here", _die)
        with pytest.raises(RetryError, match="Run it again"):
            take_in(ws, OfflineEngine(), 2)
    take_in(ws, OfflineEngine(), 1)
    assert unmasked(ws.ledger) == []


def test_an_engine_that_is_asked_elsewhere_has_its_backlog_masked_and_indexed_only(
    pulled: Path, tmp_path: Path
) -> None:
    class Other:
        name = "other"

    ws = _opened(Path(shutil.copytree(pulled, tmp_path / "other")))
    abreast.take_in(ws, Other(), batches(unmasked(ws.ledger), 10), 1)  # type: ignore[arg-type]
    rows = _rows(ws)
    assert rows["passage"] and not rows["reading"]
    with ws.ledger.connect() as conn:
        left = conn.scalars(
            sa.select(conversation.c.id).where(
                conversation.c.indexed.is_distinct_from(conversation.c.version)
            )
        ).all()
    assert left == []


def _opened(home: Path) -> Workspace:
    home.mkdir(exist_ok=True)
    (home / "koe.toml").write_text("batch_size = 7\n", "utf-8")
    return open_workspace(load_settings(home))


def _rows(ws: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with ws.ledger.connect() as conn:
        return {
            name: [
                tuple(row)
                for row in conn.execute(
                    sa.select(metadata.tables[name]).order_by(*metadata.tables[name].primary_key.columns)
                )
            ]
            for name in WRITTEN
        }
