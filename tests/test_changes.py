"""What a revision says to be different is what customers did, not how a person sorted it."""

import pytest

from koe.changes import differences
from koe.facts import compute_facts
from koe.facts.shape import WeekFacts
from koe.report.view import _change
from koe.report.words import words_in
from koe.themes import merge, split
from koe.workspace import Workspace
from tests.small_ledger import WEEK, Row, said, theme, told, write

DAY = "2026-09-08T01:00:00+00:00"


def voice(n: int, account: str, theme_id: str) -> list[Row]:
    """One account with one complaint of a theme."""
    words = f"{theme_id} の {n} 番目の声です"
    return [*told(f"T-{n}", account, DAY), said(f"f{n}", f"T-{n}", theme_id, quote=words, statement=words)]


@pytest.fixture
def sorted_week(workspace: Workspace) -> Workspace:
    """Two themes; account A-2 speaks of both."""
    who = [("A-1", "th_a"), ("A-2", "th_a"), ("A-2", "th_b"), ("A-3", "th_b"), ("A-4", "th_b")]
    write(workspace, [theme("th_a", "切れる"), theme("th_b", "途切れる")])
    write(workspace, [row for n, (account, id) in enumerate(who) for row in voice(n, account, id)])
    return workspace


def changes(ws: Workspace, old: WeekFacts) -> tuple[str, ...]:
    new = compute_facts(ws, WEEK)
    with ws.ledger.connect() as conn:
        return differences(conn, old, new)


def test_a_merge_is_told_as_a_merge_and_not_as_growth(sorted_week: Workspace) -> None:
    old = compute_facts(sorted_week, WEEK)
    merge(sorted_week, "th_b", "th_a")
    assert changes(sorted_week, old) == ("merged: 途切れる → 切れる",)


def test_growth_beside_a_merge_is_counted_from_both(sorted_week: Workspace) -> None:
    old = compute_facts(sorted_week, WEEK)
    merge(sorted_week, "th_b", "th_a")
    write(sorted_week, voice(9, "A-9", "th_a"))
    assert "complaints 切れる: 4 → 5" in changes(sorted_week, old)


def test_a_split_is_no_decline(sorted_week: Workspace) -> None:
    old = compute_facts(sorted_week, WEEK)
    split(sorted_week, "th_b", ["f3", "f4"], "夜に途切れる")
    assert changes(sorted_week, old) == ()


def test_what_customers_add_is_told_as_before(sorted_week: Workspace) -> None:
    old = compute_facts(sorted_week, WEEK)
    write(sorted_week, voice(9, "A-9", "th_b"))
    assert "complaints 途切れる: 3 → 4" in changes(sorted_week, old)


def test_the_report_says_a_merge_in_its_language() -> None:
    assert _change("merged: A → B", words_in("ja")) == "統合したテーマ: A → B"
    assert _change("merged: A → B", words_in("en")) == "Themes merged: A → B"
