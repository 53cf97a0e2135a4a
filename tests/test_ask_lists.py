"""Lists say who speaks of each theme; answers about one outcome or about news say that all of it is."""

from pathlib import Path

import pytest

from koe.ask import ask
from koe.engine.offline import OfflineEngine
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("lists")) / "koe"))
    fill_ledger(ws)
    return ws


def test_each_theme_of_a_list_names_its_accounts(company: Workspace) -> None:
    answer = ask(company, OfflineEngine(), "どんな苦情がどの会社から来ていますか", "2026-11-22")
    facts = {fact.id: fact for fact in answer.facts}
    assert facts["top.1.names"].value == "A1商店、A2商店"
    assert set(facts["top.1.names"].records) == set(facts["top.1.accounts"].records)
    assert facts["top.2.names"].value == "A3商店"
    assert "納品書の印刷がうまくいかない（2社、3件の会話）: A1商店、A2商店" in answer.answer


@pytest.mark.parametrize(
    ("question", "given", "left"),
    [
        pytest.param("失注商談で予算の懸念を挙げたのは?", {"outcome.lost": 1}, "outcome.won", id="lost"),
        pytest.param("9月21日の週にはじめて現れた苦情は?", {"news": "new"}, "outcome.lost", id="new"),
        pytest.param("納品書の印刷の苦情は何社ですか", {}, "news", id="neither"),
    ],
)
def test_a_limit_of_the_question_stands_among_its_figures(
    company: Workspace, question: str, given: dict[str, object], left: str
) -> None:
    values = {fact.id: fact.value for fact in ask(company, OfflineEngine(), question, "2026-11-22").facts}
    assert given.items() <= values.items()
    assert left not in values


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        pytest.param("苦情は何件で、要望は何件?", ("苦情は4社、5件", "要望は1社、1件"), id="ja"),
        pytest.param(
            "How many complaints and how many requests?",
            ("Complaints: 4 accounts, 5 conversations.", "Requests: 1 account, 1 conversation."),
            id="en",
        ),
    ],
)
def test_each_of_several_kinds_is_counted_by_itself(
    company: Workspace, question: str, lines: tuple[str, ...]
) -> None:
    told = ask(company, OfflineEngine(), question, "2026-11-22").answer
    assert all(line in told for line in lines)


@pytest.mark.parametrize("question", ["1番多い苦情は?", "１番多い苦情は?"])
def test_first_is_read_in_figures_too(company: Workspace, question: str) -> None:
    answer = ask(company, OfflineEngine(), question, "2026-11-22")
    assert answer.question == question and answer.filters.top == 1
