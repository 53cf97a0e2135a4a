"""A week unlike the ones before it is held until a person has looked."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import folder_source
from koe import drift
from koe.drift import Share, is_unlike
from koe.engine import pick_engine
from koe.errors import SetupError
from koe.ledger.intake import pull
from koe.publish import approve, published
from koe.settings import Settings
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace, open_workspace

SAMPLE = Path(__file__).parent.parent / "sample"
WEEK = "2026-W38"


@pytest.mark.parametrize(
    ("now", "past", "unlike"),
    [
        pytest.param((2, 100), [(60, 100)] * 8, True, id="findings all but stop"),
        pytest.param((58, 100), [(60, 100)] * 8, False, id="an ordinary week"),
        pytest.param((8, 20), [(12, 20)] * 8, False, id="a small company's ordinary change"),
        pytest.param(
            (30, 100), [(20, 100), (60, 100), (35, 100), (70, 100)], False, id="weeks that always varied"
        ),
        pytest.param((100, 100), [(0, 100)] * 8, True, id="another language from one week to the next"),
        pytest.param(
            (10_000, 100_000), [(900, 10_000)] * 8, False, id="a tiny step is no drift however sure"
        ),
    ],
)
def test_what_is_called_unlike(now: tuple[int, int], past: list[tuple[int, int]], unlike: bool) -> None:
    assert is_unlike(Share(*now), [Share(*one) for one in past]) is unlike


@given(st.integers(1, 400), st.lists(st.integers(0, 100), min_size=4, max_size=8))
def test_a_week_at_the_mean_of_the_others_is_never_unlike(whole: int, parts: list[int]) -> None:
    past = [Share(part, 100) for part in parts]
    mean = sum(parts) / (100 * len(parts))
    assert not is_unlike(Share(round(mean * whole * 100), whole * 100), past)


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A published week of the sample that looks unlike the ones before it."""
    folder = tmp_path / "data"
    folder.mkdir()
    lines = (SAMPLE / "tickets.jsonl").read_text("utf-8").splitlines()[:9]
    (folder / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    pull(ws, folder_source(folder, ws.settings))
    monkeypatch.setattr("koe.drift.drifts", lambda ws, week: ("conversations with findings: 60% → 2%",))
    walk(ws, pick_engine(ws), weeks_with_data(ws))
    return ws


def pages(ws: Workspace) -> tuple[str, dict[str, object]]:
    """The week's page and its facts."""
    folder = ws.home / "reports" / WEEK
    return (folder / "digest.html").read_text("utf-8"), json.loads((folder / "facts.json").read_text("utf-8"))


def test_a_held_week_shows_numbers_and_why_but_no_prose(ws: Workspace) -> None:
    html, facts = pages(ws)
    assert "声が見つかった会話の割合: 60% → 2%" in html
    assert f"koe approve {WEEK}" in html
    assert facts["guard"]["state"] == "held"  # type: ignore[index]
    assert facts["digest"]["sentences"] == []  # type: ignore[index]
    assert facts["top_complaints"]


def test_an_approved_week_goes_out_and_is_not_held_again_for_the_same(ws: Workspace) -> None:
    approve(ws, WEEK, "tester")
    walk(ws, pick_engine(ws), [WEEK])
    given = published(ws, WEEK)
    assert given is not None
    assert (given[2].state, given[2].revision) == ("published", 1)
    html, facts = pages(ws)
    assert "koe approve" not in html
    assert facts["digest"]["sentences"]  # type: ignore[index]


def test_only_a_held_week_can_be_approved(ws: Workspace) -> None:
    approve(ws, WEEK, "tester")
    with pytest.raises(SetupError, match="is published"):
        approve(ws, WEEK, "tester")
    with pytest.raises(SetupError, match="has not been published"):
        approve(ws, "2026-W01", "tester")


def test_the_samples_weeks_are_not_called_unlike(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    pull(ws, folder_source(SAMPLE, ws.settings))
    walk(ws, pick_engine(ws), weeks_with_data(ws))
    assert [drift.drifts(ws, week) for week in weeks_with_data(ws)] == [()] * 8
