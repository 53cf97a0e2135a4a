"""The list of weeks speaks of themes as they are now, whatever they were called when a week was given out."""

import pytest

from koe.compose import compose_guarded
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.publish import publish
from koe.street import list_weeks
from koe.themes import merge, rename
from koe.workspace import Workspace
from tests.report_page import Page
from tests.small_ledger import LONG_AGO, WEEK, said, theme, told, write
from tests.test_cli import koe

BEFORE, NOW = "2026-09-02T01:00:00Z", "2026-09-08T01:00:00Z"


def two_weeks(ws: Workspace) -> None:
    """A baker's two weeks, given out: one account spoke of both themes in the first."""
    rows = [theme("th_cold", "パンが冷めて届く"), theme("th_late", "配達が遅れる")]
    for n, (account, at, matter) in enumerate(
        [
            ("A1", BEFORE, "th_cold"),
            ("A1", BEFORE, "th_late"),
            ("A2", BEFORE, "th_late"),
            ("A3", NOW, "th_late"),
        ]
    ):
        rows += [*told(f"T{n}", account, at), said(f"f{n}", f"T{n}", matter)]
    write(ws, rows)
    for week in (LONG_AGO, WEEK):
        facts = compute_facts(ws, week)
        publish(ws, facts, compose_guarded(ws, OfflineEngine(), facts))


def index_of(ws: Workspace) -> str:
    list_weeks(ws)
    return (ws.home / "reports" / "index.html").read_text("utf-8")


def cells(html: str) -> list[str]:
    """The rows of the table of weeks, each as its text."""
    rows = html.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")
    return [" ".join(" ".join(Page(f"{row}</tr>").texts).split()) for row in rows if "<th" in row]


def test_a_theme_that_was_merged_has_no_row_of_its_own_and_nobody_counts_twice(workspace: Workspace) -> None:
    two_weeks(workspace)
    merge(workspace, "th_cold", "th_late")
    html = index_of(workspace)
    assert cells(html) == ["配達が遅れる 2 1"]
    assert "パンが冷めて届く" not in html


def test_a_theme_that_was_renamed_has_its_new_name_in_all_weeks(workspace: Workspace) -> None:
    two_weeks(workspace)
    rename(workspace, "th_late", "配達の遅れ")
    html = index_of(workspace)
    assert cells(html) == ["配達の遅れ 2 1", "パンが冷めて届く 1 0"]
    assert "配達が遅れる" not in html


@pytest.mark.parametrize("words", [("merge", "th_cold", "th_late"), ("rename", "th_late", "配達の遅れ")])
def test_the_commands_say_from_which_week_on_reports_are_made_anew(
    workspace: Workspace, capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    two_weeks(workspace)
    code, out, _ = koe(capfd, "--home", str(workspace.home), "themes", *words)
    assert code == 0 and out.rstrip().endswith(f"レポートに反映するには: koe weekly --since {LONG_AGO}")
