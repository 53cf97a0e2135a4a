"""The computed digest says nothing of what nobody has read."""

import pytest

from koe.compose import compose_guarded
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.workspace import Workspace
from tests.small_ledger import WEEK, said, theme, told, write


def sections(ws: Workspace) -> list[str]:
    digest = compose_guarded(ws, OfflineEngine(), compute_facts(ws, WEEK))
    return [one.text for one in digest.sentences]


@pytest.mark.parametrize(("state", "is_told"), [("failed", False), ("nothing", True)])
def test_a_week_is_called_silent_only_where_it_was_read(
    workspace: Workspace, state: str, is_told: bool
) -> None:
    write(workspace, told("T", "A1", "2026-09-07T01:00:00Z", state=state))
    assert any("取り上げる声はありませんでした" in text for text in sections(workspace)) == is_told


@pytest.mark.parametrize(("state", "is_told"), [("failed", False), ("nothing", True)])
def test_a_theme_is_called_gone_only_where_the_week_was_read(
    workspace: Workspace, state: str, is_told: bool
) -> None:
    rows = [theme("th_a", "印刷がずれる"), theme("th_b", "保存が遅い")]
    rows += [*told("P", "A1", "2026-09-01T01:00:00Z"), said("f", "P", "th_a")]
    rows += [*told("Q", "A2", "2026-09-07T01:00:00Z"), said("g", "Q", "th_b")]
    write(workspace, [*rows, *told("R", "A3", "2026-09-07T02:00:00Z", state=state)])
    assert any("聞かれなくなりました" in text for text in sections(workspace)) == is_told
