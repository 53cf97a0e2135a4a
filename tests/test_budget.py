"""The ninth rule: a budget is a wall, reserved before each call and kept over restarts."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors import folder_source
from koe.budget import Priced, reserve, spent_usd
from koe.engine.base import FindResult
from koe.engine.offline import OfflineEngine
from koe.export import export
from koe.ledger.intake import pull
from koe.records import MaskedConversation
from koe.settings import Settings
from koe.street import find_new, mask_new
from koe.workspace import Workspace, open_workspace

SAMPLE = Path(__file__).parent.parent / "sample"
TICKETS = 30


class CostlyEngine(OfflineEngine):
    """An engine at a dime a conversation that keeps count of what it was really asked to read."""

    name = "costly"

    def __init__(self) -> None:
        self.read: list[str] = []

    def price_usd(self, conversation: MaskedConversation) -> float:
        """A dime."""
        return 0.10

    def find(self, conversations: Sequence[MaskedConversation]) -> Sequence[FindResult]:
        """What the offline engine finds."""
        self.read += [conversation.id for conversation in conversations]
        return super().find(conversations)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty tickets."""
    lines = (SAMPLE / "tickets.jsonl").read_text("utf-8").splitlines()[:TICKETS]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path / "data"


def workspace_with(home: Path, folder: Path, max_usd: float | None) -> Workspace:
    """A workspace with everything masked and nothing read."""
    ws = open_workspace(Settings(home=home, max_usd=max_usd, batch_size=7))
    pull(ws, folder_source(folder, ws.settings))
    mask_new(ws)
    return ws


def states(ws: Workspace) -> list[str]:
    """The state of every conversation."""
    return [row["state"] for row in export(ws, "conversations", None, None)]


@pytest.mark.parametrize("max_usd", [0.0, 0.05, 0.10, 1.25, 2.95])
def test_no_more_is_read_than_the_budget_covers(tmp_path: Path, folder: Path, max_usd: float) -> None:
    ws, engine = workspace_with(tmp_path / "koe", folder, max_usd), CostlyEngine()
    find_new(ws, engine)
    assert len(engine.read) == int(max_usd * 10 + 1e-9)
    assert spent_usd(ws) <= max_usd
    assert states(ws).count("left") >= TICKETS - int(max_usd * 10 + 1e-9) - 1
    assert len(states(ws)) == TICKETS


def test_a_restart_does_not_forget_what_was_spent(tmp_path: Path, folder: Path) -> None:
    engine = CostlyEngine()
    for _ in range(3):
        ws = workspace_with(tmp_path / "koe", folder, 1.25)
        find_new(ws, engine)
        ws.close()
    assert len(engine.read) == 12


def test_with_more_room_the_rest_is_read_and_nothing_twice(tmp_path: Path, folder: Path) -> None:
    engine = CostlyEngine()
    for max_usd in (1.25, None):
        find_new(workspace_with(tmp_path / "koe", folder, max_usd), engine)
    assert len(engine.read) == len(set(engine.read))
    assert states(workspace_with(tmp_path / "koe", folder, None)).count("left") == 0


def test_a_new_week_has_a_new_budget(tmp_path: Path, folder: Path) -> None:
    ws, engine = workspace_with(tmp_path / "koe", folder, 0.25), CostlyEngine()
    ids = ["files:T-0001", "files:T-0002", "files:T-0003"]
    monday, next_monday = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
    assert reserve(ws, engine, ids, monday) == tuple(ids[:2])
    assert reserve(ws, engine, ids[2:], monday) == ()
    assert reserve(ws, engine, ids[2:], next_monday) == (ids[2],)


def test_the_offline_engine_costs_nothing(tmp_path: Path, folder: Path) -> None:
    ws = workspace_with(tmp_path / "koe", folder, 0.0)
    assert not isinstance(OfflineEngine(), Priced)
    find_new(ws, OfflineEngine())
    assert states(ws).count("left") == 0
