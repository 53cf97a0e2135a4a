"""The day that "last week" and the like count from: when the last record is of days ago, and of long ago."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask, render
from koe.engine.offline import OfflineEngine
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger

MONDAY, WEDNESDAY, MONTHS_LATER = "2026-09-28", "2026-09-30", "2026-11-23"
"""The ledger's last record is of Thursday, 24 September."""
LAST, BEFORE = ("2026-09-21", "2026-09-27"), ("2026-09-14", "2026-09-20")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("today")) / "koe"))
    fill_ledger(ws)
    return ws


def _days(ws: Workspace, question: str, today: str) -> tuple[str | None, str | None]:
    filters = _ask(ws, question, today).filters
    return filters.since, filters.until


def _ask(ws: Workspace, question: str, today: str) -> Answer:
    return ask(ws, OfflineEngine(), question, today)


@pytest.mark.parametrize("today", [MONDAY, WEDNESDAY])
@pytest.mark.parametrize(
    "question", ["先週の苦情は?", "How many tickets came in last week?", "最新の週の苦情は?"]
)
def test_last_week_is_over_once_it_is_monday(company: Workspace, question: str, today: str) -> None:
    answer = _ask(company, question, today)
    assert answer.answerable and (answer.filters.since, answer.filters.until) == LAST


@pytest.mark.parametrize("question", ["今週の苦情は?", "How many tickets did we get this week?"])
def test_a_week_that_has_no_record_yet_has_no_answer(company: Workspace, question: str) -> None:
    answer = _ask(company, question, MONDAY)
    assert not answer.answerable and "2026-09-24" in answer.answer


@pytest.mark.parametrize("question", ["先週より増えた苦情は?", "Which complaints rose since last week?"])
def test_what_rose_since_last_week_is_seen_in_the_last_two_that_have_data(
    company: Workspace, question: str
) -> None:
    filters = _ask(company, question, WEDNESDAY).filters
    assert (filters.since, filters.until) == BEFORE
    assert filters.against == (LAST[0], "2026-09-24")


def test_of_data_that_end_long_ago_last_week_is_the_one_before_their_last_day(company: Workspace) -> None:
    assert _days(company, "先週の苦情は?", MONTHS_LATER) == BEFORE
    assert _days(company, "complaints this week", MONTHS_LATER) == LAST


def test_a_day_without_records_is_not_taken_for_the_last_one_that_has_some(company: Workspace) -> None:
    assert not _ask(company, "昨日の苦情は?", WEDNESDAY).answerable
    assert not _ask(company, "complaints yesterday", WEDNESDAY).answerable


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("What requests or complaints are new this week?", "Nothing has come in since", id="en"),
        pytest.param("今週の新しい苦情は?", "2026-09-28からの会話はまだない", id="ja"),
    ],
)
def test_what_is_new_in_a_week_without_records_is_of_the_newest_that_has_some(
    company: Workspace, question: str, told: str
) -> None:
    answer = _ask(company, question, MONDAY)
    assert (answer.filters.since, answer.filters.until) == (LAST[0], "2026-09-24")
    assert answer.citations == ("T-4",)
    assert answer.filters.silent_since == MONDAY and told in render(answer)


@pytest.mark.parametrize("question", ["Which problems were new last week?", "先週の新しい苦情は?"])
def test_what_was_new_in_a_week_is_of_themes_first_seen_in_it(company: Workspace, question: str) -> None:
    answer = _ask(company, question, WEDNESDAY)
    assert answer.filters.first_seen and answer.citations == ("T-4",)
    assert answer.filters.silent_since is None and "come in since" not in render(answer)
