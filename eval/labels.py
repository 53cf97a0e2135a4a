"""A labelled set on disk, and a workspace that koe has read it into."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from connectors import folder_source
from koe.engine import pick_engine
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace, open_workspace

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample"
TRUTH = ROOT / "eval" / "sample_ja"


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_json(path: Path) -> Any:
    """The value of a JSON file."""
    return json.loads(path.read_text("utf-8"))


@contextmanager
def read_workspace(folder: Path = SAMPLE) -> Iterator[Workspace]:
    """A throw-away workspace in which koe has read the folder and published every week."""
    with TemporaryDirectory(prefix="koe-eval-") as home:
        ws = open_workspace(Settings(home=Path(home) / "koe"))
        pull(ws, folder_source(folder, ws.settings))
        walk(ws, pick_engine(ws.settings), weeks_with_data(ws))
        yield ws
        ws.close()
