"""What a person says of a finding sticks."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from connectors import folder_source
from koe import corrections
from koe.engine import pick_engine
from koe.errors import SetupError
from koe.export import export
from koe.ledger.intake import pull
from koe.ledger.schema import reading
from koe.publish import published
from koe.records import FindingKind
from koe.settings import Settings
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace, open_workspace

SAMPLE = Path(__file__).parent.parent / "sample"
WEEK = "2026-W38"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """A published week of the sample."""
    folder = tmp_path / "data"
    folder.mkdir()
    lines = (SAMPLE / "tickets.jsonl").read_text("utf-8").splitlines()[:9]
    (folder / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    pull(ws, folder_source(folder, ws.settings))
    walk(ws, pick_engine(ws), weeks_with_data(ws))
    return ws


def findings(ws: Workspace) -> dict[str, dict[str, object]]:
    """The exported findings by id."""
    return {row["id"]: row for row in export(ws, "findings", None, None)}


def read_again(ws: Workspace) -> None:
    """Forget every reading, so that the engine reads all of it anew."""
    with ws.ledger.begin() as conn:
        conn.execute(reading.delete())
    walk(ws, pick_engine(ws), [WEEK])


def test_a_rejected_finding_is_gone_also_after_another_reading(ws: Workspace) -> None:
    victim = next(iter(findings(ws)))
    corrections.reject(ws, victim, "tester")
    assert victim not in findings(ws)
    read_again(ws)
    assert victim not in findings(ws)
    given = published(ws, WEEK)
    assert given is not None
    assert (given[2].revision, victim in {card.finding for card in given[0].quotes}) == (2, False)
    assert given[0].coverage.dropped["rejected"] == 1


def test_a_fixed_kind_stays_and_finds_a_theme_of_that_kind(ws: Workspace) -> None:
    one = next(id for id, row in findings(ws).items() if row["kind"] == "complaint")
    corrections.fix(ws, one, FindingKind.PRAISE)
    walk(ws, pick_engine(ws), [WEEK])
    read_again(ws)
    row = findings(ws)[one]
    assert row["kind"] == "praise"
    kinds = {theme["id"]: theme["kind"] for theme in export(ws, "themes", None, None)}
    assert kinds[row["theme"]] == "praise"


def test_a_conversation_whose_only_finding_was_rejected_has_nothing(ws: Workspace) -> None:
    by_conversation: dict[object, list[str]] = {}
    for id, row in findings(ws).items():
        by_conversation.setdefault(row["conversation"], []).append(id)
    name, (only,) = next((name, ids) for name, ids in by_conversation.items() if len(ids) == 1)
    corrections.reject(ws, only)
    read_again(ws)
    states = {row["conversation"]: row["state"] for row in export(ws, "conversations", None, None)}
    assert states[name] == "nothing"


def test_an_unknown_finding_is_refused(ws: Workspace) -> None:
    with pytest.raises(SetupError, match="f_none"):
        corrections.reject(ws, "f_none")
    with ws.ledger.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(reading)) == 9
