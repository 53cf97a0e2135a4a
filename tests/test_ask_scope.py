"""The line under an answer that says what was counted."""

from pathlib import Path

import pytest

from koe.ask import ask, render
from koe.ask.answer.scope import scope_of
from koe.ask.shape import Answer, AskFact, Filters
from koe.engine.offline import OfflineEngine
from koe.records import FindingKind
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("scope")) / "koe"))
    fill_ledger(ws)
    return ws


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param("9月14日の週の苦情は?", "数えた範囲: 苦情、2026-09-14から2026-09-20まで", id="week"),
        pytest.param("失注商談の懸念は?", "数えた範囲: 迷い・断り、失注した商談", id="lost"),
        pytest.param("complaints in tickets", "Counted: complaints; tickets", id="en"),
        pytest.param(
            "Which complaints rose since the week of September 14?",
            "Counted: complaints; 2026-09-14 to 2026-09-20 against 2026-09-21 to 2026-09-24",
            id="two weeks",
        ),
        pytest.param("9月7日の週の要望は?", "探した範囲: 要望、2026-09-07から2026-09-13まで", id="nothing"),
    ],
)
def test_what_was_counted_is_shown(company: Workspace, question: str, line: str) -> None:
    answer = ask(company, OfflineEngine(), question, "2026-11-22")
    assert line in render(answer).split("\n")


def test_where_everything_counts_there_is_no_line(company: Workspace) -> None:
    assert scope_of(ask(company, OfflineEngine(), "監査ログは?", "2026-11-22")) == ""


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param(
            {"language": "ja", "industries": ("介護",), "owners": ("山野",), "at_least": 1e6},
            "数えた範囲: 商談の業種が介護の会社、担当が山野の商談、金額1,000,000以上",
            id="deals",
        ),
        pytest.param(
            {"language": "en", "outcome": "won", "conversation_kind": "call", "since": "2026-10-01"},
            "Counted: won deals; closed from 2026-10-01",
            id="closed",
        ),
        pytest.param(
            {"language": "en", "kinds": (FindingKind.PRAISE,), "accounts": ("A1",), "until": "2026-10-01"},
            "Counted: praise; only the companies named; up to 2026-10-01",
            id="accounts",
        ),
    ],
)
def test_each_filter_is_named(fields: dict[str, object], line: str) -> None:
    told = [AskFact(id="volumes.won", label="", value=1, unit="deals")] if "outcome" in fields else []
    filters = Filters(ask="count", **fields)  # type: ignore[arg-type]
    answer = Answer(question="?", answerable=True, answer="", facts=tuple(told), filters=filters)
    assert scope_of(answer) == line


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("2025年の苦情は?", "2026-09-07から2026-09-24まで", id="ja"),
        pytest.param("Complaints in January 2025?", "from 2026-09-07 to 2026-09-24", id="en"),
        pytest.param("9月と12月の苦情を比べて", "2026-09-07から2026-09-24まで", id="a later period"),
    ],
)
def test_a_period_without_data_is_told_where_the_data_end(
    company: Workspace, question: str, says: str
) -> None:
    answer = ask(company, OfflineEngine(), question, "2026-11-22")
    assert not answer.answerable
    assert says in answer.answer


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param(
            {"language": "ja", "kinds": (FindingKind.PRAISE,), "loosely": True},
            "数えた範囲: お褒めとそれに近い声",
            id="kinds come near",
        ),
        pytest.param(
            {"language": "en", "deals": ("D-1",), "at_least": 5e3, "above": True, "currency": "GBP"},
            "Counted: of D-1; amount over 5,000 GBP",
            id="bounds",
        ),
        pytest.param(
            {"language": "en", "read_as": (("batery", "battery"),)},
            "“batery” was read as “battery”.",
            id="a slip alone",
        ),
    ],
)
def test_what_a_number_stands_for_is_named(fields: dict[str, object], line: str) -> None:
    filters = Filters.model_validate({"ask": "list", **fields})
    assert scope_of(Answer(question="", answerable=True, answer="", filters=filters)) == line


@pytest.mark.parametrize(
    "question", ["返信していない問い合わせは?", "未対応の苦情", "which complaints have we not answered?"]
)
def test_what_is_still_open_is_not_counted(company: Workspace, question: str) -> None:
    answer = ask(company, OfflineEngine(), question, "2026-11-22")
    assert not answer.answerable
    assert "済んでいるか" in answer.answer or "by now" in answer.answer
