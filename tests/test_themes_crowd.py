"""A week of more findings than are compared at once."""

import pytest

from koe.engine.offline.settle import grouping
from koe.workspace import Workspace
from tests.test_themes import settled, theme_of


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_week_that_is_taken_in_parts_finds_the_same_themes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(grouping, "MOST", most)
    settled(workspace)
    bank, prints, slow = (
        {theme_of(workspace, name) for name in names}
        for names in (("b1", "b2", "b3", "b4"), ("p1", "p2", "p3"), ("s1", "s2"))
    )
    assert [len(bank), len(prints), len(slow)] == [1, 1, 1]
    assert len(bank | prints | slow) == 3
