"""An answer that finds nothing says what of the period nobody has read, and what to do next."""

import pytest

from koe.ask import Answer, ask
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.ledger import schema
from koe.records import State
from koe.workspace import Workspace
from tests.small_ledger import Row, call, said, theme, told, write

TODAY = "2026-09-16"


def _skipped(place: str, week: str | None) -> Row:
    return schema.skip, {"source": "s", "stream": "t", "place": place, "reason": "r", "week": week}


def _weeks() -> list[Row]:
    """A piano tuner's two weeks of which a part was read."""
    return [
        theme("th_tone", "調律がすぐ狂う"),
        *told("P-1", "A1", "2026-09-01T01:00:00Z"),
        said("f1", "P-1", "th_tone"),
        *told("P-2", "A2", "2026-09-02T01:00:00Z", state=None),
        *told("T-1", "A3", "2026-09-08T01:00:00Z"),
        said("f2", "T-1", "th_tone"),
        *told("T-2", "A4", "2026-09-09T01:00:00Z", state="failed"),
        *told("T-3", "A5", "2026-09-09T02:00:00Z", state=None),
        *told("T-4", "A6", "2026-09-09T03:00:00Z", state="nothing"),
        *call("C-1", "A7", "2026-09-10T01:00:00Z", None, state="unplaced"),
        _skipped("calls.csv:9", "2026-W37"),
        _skipped("old.csv:3", "2026-W36"),
    ]


def _ask(ws: Workspace, question: str, rows: list[Row]) -> Answer:
    write(ws, rows)
    return ask(ws, OfflineEngine(), question, TODAY)


def test_a_silent_answer_names_what_of_its_week_was_not_read_and_the_next_step(workspace: Workspace) -> None:
    answer = _ask(workspace, "先週のお褒めの声は？", _weeks())
    assert not answer.answerable
    assert answer.answer.splitlines()[1:] == [
        "その期間の会話5件のうち2件をまだ読んでいません（koe weekly --week 2026-W37）。"
        "その期間の会話5件のうち1件は、誰がお客さまか分からず読んでいません（koe.toml の agents）。"
        "使えなかった、または一部しか使えなかった記録が1行ありました（一覧は koe export skipped）。"
    ]


def test_its_counts_are_those_of_the_reports_coverage(workspace: Workspace) -> None:
    answer = _ask(workspace, "Any praise last week?", _weeks())
    coverage = compute_facts(workspace, "2026-W37").coverage
    assert (coverage.states[State.LEFT] + coverage.states[State.FAILED], coverage.conversations) == (2, 5)
    assert answer.answer.splitlines()[1:] == [
        "Not read yet of that period: 2 of 5 conversations (koe weekly --week 2026-W37). "
        "Not read of that period, as nobody knows who the customer is: 1 of 5 conversations "
        "(agents in koe.toml). 1 record could not be used, or not wholly: koe export skipped."
    ]


def test_without_a_period_it_is_all_that_came_in(workspace: Workspace) -> None:
    answer = _ask(workspace, "What praise have we heard?", [*_weeks(), _skipped("deals.csv:2", None)])
    (line,) = answer.answer.splitlines()[1:]
    assert "Not read yet: 3 of 7 conversations (koe weekly --week 2026-W37 --since 2026-W36)." in line
    assert "2 records could not be used" in line
    assert "1 record without a week" in line


def test_where_all_was_read_nothing_is_added(workspace: Workspace) -> None:
    rows = [theme("th_tone", "調律がすぐ狂う"), *told("P-1", "A1", "2026-09-08T01:00:00Z")]
    answer = _ask(workspace, "Any praise last week?", [*rows, said("f1", "P-1", "th_tone")])
    assert not answer.answerable
    assert "\n" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("解約率は何%ですか", id="no data would tell"),
        pytest.param("??", id="no question"),
        pytest.param("苦情がない会社は？", id="a question that koe does not take"),
    ],
)
def test_a_question_that_no_data_answer_is_told_nothing_of_them(workspace: Workspace, question: str) -> None:
    answer = _ask(workspace, question, _weeks())
    assert not answer.answerable
    assert "koe weekly" not in answer.answer and "koe export" not in answer.answer


def test_an_answer_says_nothing_of_it(workspace: Workspace) -> None:
    answer = _ask(workspace, "先週の苦情は？", _weeks())
    assert answer.answerable
    assert "読んでいません" not in answer.answer


def test_where_nothing_came_in_it_is_said_what_could_not_be_used(workspace: Workspace) -> None:
    answer = _ask(workspace, "Which complaints are there?", [_skipped("old.csv:3", "2026-W36")])
    assert answer.answer.splitlines()[1:] == [
        "1 record could not be used, or not wholly: koe export skipped."
    ]
