"""A plugin with the fixtures `built` and `indexed`: a workspace with a built index, to be harmed."""

import shutil
from pathlib import Path

import pytest

from koe.index.station import index_batch, unindexed
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.talk import TICKETS, put_many


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a workspace whose tickets are indexed: enough for Chroma to write its graph."""
    home = tmp_path_factory.mktemp("built") / "koe"
    ws = open_workspace(Settings(home=home))
    put_many(ws, TICKETS // 48)
    index_batch(ws, unindexed(ws.ledger))
    ws.close()
    return home


@pytest.fixture
def indexed(built: Path, tmp_path: Path) -> Workspace:
    """A copy of it that may be harmed."""
    shutil.copytree(built, tmp_path / "koe")
    return open_workspace(Settings(home=tmp_path / "koe"))
