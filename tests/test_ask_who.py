"""Figures beside an answer's counts: who says it repeatedly, first and last, in which trade, for how much."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from koe.ask import Answer, ask
from koe.ask.counting.count import name_records
from koe.ask.question.named import with_accounts
from koe.engine.base import Draft, FactCard, Query, Sentence
from koe.engine.offline import OfflineEngine
from koe.guard import check
from koe.ledger.schema import deal
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger
from tests.scripted_caller import finding_of
from tests.small_ledger import told, write
from tests.test_weigh import finding as row


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("who")) / "koe", account_names="readable"))
    fill_ledger(ws)
    trades = {"D-1": ("病院", 100), "D-2": ("倉庫", 250), "D-3": ("倉庫", 300)}
    with ws.ledger.begin() as conn:
        for id, (industry, amount) in trades.items():
            told = {"industry": industry, "amount": amount, "currency": "JPY"}
            conn.execute(deal.update().where(deal.c.external_id == id).values(**told))
    return ws


class Planner(OfflineEngine):
    """The offline engine with a plan that is given."""

    def __init__(self, **fields: Any) -> None:
        self.fields = {"ask": "list", "language": "ja"} | fields

    def plan(self, question: str, themes: object, today: str) -> Query:
        return Query(**self.fields)


def answered(ws: Workspace, **fields: Any) -> Answer:
    return ask(ws, Planner(**fields), "質問です", "2026-11-22")


def values(answer: Answer, *firsts: str) -> dict[str, int | str]:
    return {fact.id: fact.value for fact in answer.facts if fact.id.split(".")[0] in firsts}


def test_an_account_that_says_it_in_several_conversations_is_named_with_how_many(company: Workspace) -> None:
    answer = answered(company, themes=("th_print",))
    found = values(answer, "repeat")
    assert found["repeat.1.conversations"] == 2
    assert set(found) == {"repeat.1.name", "repeat.1.conversations"}
    records = next(fact.records for fact in answer.facts if fact.id == "repeat.1.conversations")
    assert set(records) <= {"T-2", "T-3", "T-8"}


def test_who_is_the_only_one_is_not_set_apart(company: Workspace) -> None:
    assert values(answered(company, themes=("th_stock",)), "repeat") == {}


def test_the_first_and_the_last_voice_are_named_with_their_day(company: Workspace) -> None:
    found = values(answered(company, themes=("th_print",)), "first", "last")
    assert found["first.day"] == "2026-09-07"
    assert found["last.day"] == "2026-09-16"
    assert found["first.name"] != found["last.name"]


def test_deals_are_told_apart_by_industry_where_it_is_asked_for(company: Workspace) -> None:
    asked = {"kinds": ("objection", "buying_reason"), "by_industry": True}
    assert values(answered(company, **asked), "industry") == {
        "industry.1.name": "倉庫", "industry.1.deals": 2, "industry.2.name": "病院", "industry.2.deals": 1,
    }  # fmt: skip
    assert values(answered(company, kinds=("objection",)), "industry") == {}


def test_industries_of_lost_deals_are_a_question_of_volume(company: Workspace) -> None:
    found = values(answered(company, outcome="lost", by_industry=True), "industry", "volumes")
    assert found == {
        "volumes.lost": 2, "industry.1.name": "倉庫", "industry.1.deals": 1,
        "industry.2.name": "病院", "industry.2.deals": 1,
    }  # fmt: skip


def test_what_the_deals_behind_a_matter_are_worth_is_summed_by_outcome(company: Workspace) -> None:
    amounts = [
        fact for fact in answered(company, kinds=("objection",), amount=True).facts if ".amount." in fact.id
    ]
    assert [(fact.id, fact.value) for fact in amounts] == [("all.amount.JPY.lost", 400)]
    assert amounts[0].records == ("D-1", "D-3")


def test_who_uses_a_word_is_named_with_the_deals_and_the_days(company: Workspace) -> None:
    found = values(
        answered(company, mentions=("監査ログ",), by_week=True), "mention", "first", "last", "week"
    )
    assert found["mention.deal_ids"] == "D-1、D-2"
    assert str(found["mention.names"]).count("、") == 1
    assert (found["first.day"], found["last.day"]) == ("2026-09-17", "2026-09-18")
    assert found["week.2026-W38"] == 2


@pytest.mark.parametrize(
    ("counted", "unit", "of_week"), [(None, "accounts", 1), ("tickets", "conversations", 2)]
)
def test_weeks_count_what_the_question_counts(
    company: Workspace, counted: str | None, unit: str, of_week: int
) -> None:
    answer = answered(company, themes=("th_print",), ask="trend", counted=counted)
    week = next(fact for fact in answer.facts if fact.id == "week.2026-W38")
    assert (week.unit, week.value) == (unit, of_week)


def test_each_quote_tells_its_day_and_what_became_of_its_deal(company: Workspace) -> None:
    for asked in ({"mentions": ("監査ログ",)}, {"kinds": ("objection", "buying_reason")}):
        told = {(one.conversation, one.day, one.outcome) for one in answered(company, **asked).quotes}
        assert ("C-1", "2026-09-17", "lost") in told
    tickets = answered(company, themes=("th_stock",)).quotes
    assert [(one.day, one.outcome) for one in tickets] == [("2026-09-22", None)]


def test_a_word_that_nobody_uses_has_no_names(company: Workspace) -> None:
    assert not answered(company, mentions=("気球",)).answerable


REPEAT = [FactCard(id="repeat.1.name", value="天文部", unit="name", label="")]
REPEAT += [FactCard(id="repeat.1.conversations", value=3, unit="conversations", label="天文部")]
TRADE = [FactCard(id="industry.1.name", value="学校", unit="name", label="")]
TRADE += [FactCard(id="industry.1.deals", value=3, unit="deals", label="学校")]
WORTH = [FactCard(id="all.amount.JPY.lost", value=900, unit="currency", label="")]


@pytest.mark.parametrize(
    ("text", "cards", "passes"),
    [
        pytest.param(
            "うち{f:repeat.1.name}だけで{f:repeat.1.conversations}件の会話です。", REPEAT, True, id="own"
        ),
        pytest.param("うち{f:repeat.1.conversations}件の会話です。", REPEAT, False, id="without its name"),
        pytest.param("{f:repeat.1.name}は{f:repeat.1.conversations}社です。", REPEAT, False, id="other unit"),
        pytest.param(
            "業種では{f:industry.1.name}が{f:industry.1.deals}件の商談です。", TRADE, True, id="trade"
        ),
        pytest.param("失注した商談の金額は{f:all.amount.JPY.lost}円です。", WORTH, True, id="money"),
        pytest.param("受注した商談の金額は{f:all.amount.JPY.lost}円です。", WORTH, False, id="of the others"),
        pytest.param("失注した商談の金額は{f:all.amount.JPY.lost}ドルです。", WORTH, False, id="other money"),
    ],
)
def test_the_guard_knows_these_figures(text: str, cards: list[FactCard], passes: bool) -> None:
    draft = Draft(sentences=(Sentence(text=text, cites=("f1",)),), language="ja")
    found = finding_of("f1", "c", "complaint", "星", "星が出ません")
    assert bool(check(draft, cards, [found]).passed) is passes


@pytest.mark.parametrize("name", ["A2商店", "港の書房"])
def test_an_account_goes_by_every_name_that_it_had(workspace: Workspace, name: str) -> None:
    write(workspace, told("T-1", "A2", "2026-09-15T01:00:00Z"))
    write(workspace, told("T-2", "A2", "2026-09-16T01:00:00Z", account_name="港の書房"))
    asked = Query(ask="list", language="ja", words=("印刷", "書房"))
    with workspace.ledger.connect() as conn:
        found = with_accounts(conn, workspace, f"{name}の印刷の苦情は?", asked)
    assert found.accounts == ("A2",)
    assert "印刷" in found.words


def test_an_account_that_changed_its_name_is_named_once() -> None:
    before, after, other = (row("a", None), row("b", None), row("c", None))
    rows = [before, other._replace(account="B", account_name="B"), after._replace(account_name="Z")]
    (names,) = name_records(rows, lambda one: one.account_name, "、")
    assert names.value == "Z、B"


def test_a_deal_of_another_source_with_the_same_id_is_another_deal(workspace: Workspace) -> None:
    fill_ledger(workspace)
    own = {"industry": "病院", "amount": 100, "currency": "JPY"}
    with workspace.ledger.begin() as conn:
        conn.execute(deal.update().where(deal.c.external_id == "D-1").values(**own))
        (row,) = conn.execute(sa.select(deal).where(deal.c.external_id == "D-1")).mappings().all()
        conn.execute(deal.insert().values({**row, "id": "crm:D-1", "source": "crm", "amount": 9_000}))
    facts = answered(workspace, kinds=("objection",), amount=True).facts
    assert [fact.value for fact in facts if ".amount." in fact.id] == [100]
