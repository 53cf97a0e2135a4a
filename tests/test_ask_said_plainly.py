"""Questions as people put them in a hurry: which filters they are, and what the answer begins with."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger

TODAY = "2026-09-30"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("plainly")) / "koe"))
    fill_ledger(ws)
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, TODAY)


def _values(answer: Answer) -> dict[str, int | str]:
    return {fact.id: fact.value for fact in answer.facts}


@pytest.mark.parametrize(
    "question", ["失注した案件はいくつ、全部でいくら？", "失注の商談は今いくつありますか。合計いくらですか"]
)
def test_how_many_deals_there_are_counts_deals(company: Workspace, question: str) -> None:
    values = _values(_ask(company, question))
    assert values["volumes.lost"] == 2
    assert "volumes.calls" not in values
    assert plan(question, (), TODAY).amount


@pytest.mark.parametrize(
    "question",
    ["How much was the combined value of all deals lost?", "How much is the amount of our lost deals?"],
)
def test_how_much_deals_are_together_is_their_amount(company: Workspace, question: str) -> None:
    answer = _ask(company, question)
    assert answer.filters.amount and _values(answer)["volumes.lost"] == 2


@pytest.mark.parametrize("question", ["成約率を知りたい", "What is our win rate?"])
def test_a_rate_is_told_without_a_list_of_all_deals(company: Workspace, question: str) -> None:
    values = _values(_ask(company, question))
    assert (values["volumes.won"], values["volumes.lost"]) == (1, 2)
    assert "all.deal_ids" not in values


@pytest.mark.parametrize("question", ["新しい苦情は？", "Any new complaints?"])
def test_what_is_new_is_what_the_newest_week_brought_where_no_period_is_named(
    company: Workspace, question: str
) -> None:
    answer = _ask(company, question)
    assert (answer.filters.since, answer.filters.until) == ("2026-09-21", "2026-09-24")
    assert answer.citations == ("T-4",)


def test_a_period_that_is_named_stays(company: Workspace) -> None:
    filters = _ask(company, "9月の新しい苦情は？").filters
    assert (filters.since, filters.until) == ("2026-09-01", "2026-09-30")


@pytest.mark.parametrize(
    "question",
    ["いちばん困っている会社はどこ？", "どこが一番困っている？", "どの会社が最も困っていますか"],
)
def test_who_is_in_most_trouble_is_told_by_account(company: Workspace, question: str) -> None:
    values = _values(_ask(company, question))
    assert values["who.1.name"] == "A2商店"
    assert not any(id.startswith("top.") for id in values)


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        pytest.param("What do the lost deals have in common?", "lost", id="English"),
        pytest.param("受注した商談に共通する点は？", "won", id="Japanese"),
        pytest.param("失注案件の共通点は？", "lost", id="as a noun"),
    ],
)
def test_what_deals_have_in_common_is_no_word_to_look_for(question: str, outcome: str) -> None:
    query = plan(question, (), TODAY)
    assert (query.outcome, query.words) == (outcome, ())


def test_things_of_the_product_that_are_called_so_still_are() -> None:
    assert plan("共通マスタの苦情は？", (), TODAY).words
    assert "案件" in plan("案件管理の要望は？", (), TODAY).words
    assert "条件" in plan("納品の条件についての苦情は？", (), TODAY).words


def test_two_periods_that_are_compared_come_first_with_their_lengths(company: Workspace) -> None:
    answer = _ask(company, "9月7日から9月20日までと9月21日から9月24日までで苦情はどちらが多い？")
    assert answer.answer.startswith("先の期間は")
    values = _values(answer)
    assert (values["span.before.days"], values["span.after.days"]) == (14, 4)
    assert "期間の長さが違います" in answer.answer


def test_periods_that_are_as_long_are_told_without_it(company: Workspace) -> None:
    answer = _ask(company, "9月7日の週と9月14日の週の苦情を比べて")
    assert "span.before" in _values(answer) and "span.before.days" not in _values(answer)
