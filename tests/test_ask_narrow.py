"""Questions kept to some deals: a trade, an owner, an amount, the largest."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask
from koe.ask.question.narrow import narrowed
from koe.ask.shape import Narrowed
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.ledger.schema import deal
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger

DEALS = {
    "D-1": ("介護", "山野 花子", 250_000), "D-2": ("marina", "Jo Reed", 1_000_000),
    "D-3": ("介護", "Jo Reed", 300_000),
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("narrow")) / "koe"))
    fill_ledger(ws)
    with ws.ledger.begin() as conn:
        for id, (industry, owner, amount) in DEALS.items():
            told = {"industry": industry, "owner": owner, "amount": amount, "currency": "JPY"}
            conn.execute(deal.update().where(deal.c.external_id == id).values(**told))
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


def _narrowed(ws: Workspace, question: str) -> Narrowed:
    with ws.ledger.connect() as conn:
        return narrowed(conn, question, plan(question, (), "2026-11-22"))


@pytest.mark.parametrize(
    ("question", "industries", "owners"),
    [
        pytest.param("介護業界の失注理由は?", ("介護",), (), id="trade"),
        pytest.param("介護業界の要望トップ3", ("介護",), (), id="trade and top"),
        pytest.param("介護のお客様の要望は", ("介護",), (), id="customers of a trade"),
        pytest.param("介護施設のお客様の要望は", ("介護",), (), id="houses of a trade"),
        pytest.param("介護の要望トップ3", ("介護",), (), id="requests of a trade"),
        pytest.param("what are the objections of marinas?", ("marina",), (), id="of a trade, en"),
        pytest.param("deals won by Jo Reed", (), ("Jo Reed",), id="won by"),
        pytest.param("介護の記録が残らないという苦情は?", (), (), id="a matter of the same word"),
        pytest.param("業界別の失注は?", (), (), id="by trade"),
        pytest.param("What did marinas ask for?", ("marina",), (), id="trade, en"),
        pytest.param("complaints about marinas", (), (), id="a matter, en"),
        pytest.param("山野さんが担当した商談は?", (), ("山野 花子",), id="owner"),
        pytest.param("山野のほうが安い?", (), (), id="a name that is no owner's"),
        pytest.param("Jo Reed's lost deals", (), ("Jo Reed",), id="owner, en"),
    ],
)
def test_trades_and_owners_are_known_where_the_words_around_say_so(
    company: Workspace, question: str, industries: tuple[str, ...], owners: tuple[str, ...]
) -> None:
    query = _narrowed(company, question)
    assert (query.industries, query.owners) == (industries, owners)


@pytest.mark.parametrize(
    ("question", "bounds"),
    [
        pytest.param("100万円以上の失注商談は?", (1_000_000, None), id="at least"),
        pytest.param("30万円未満の商談は?", (None, 300_000), id="under"),
        pytest.param("1,200,000円を超える受注は?", (1_200_000, None), id="with commas"),
        pytest.param("Lost deals worth over £5,000?", (5_000, None), id="en"),
        pytest.param("deals under 20k", (None, 20_000), id="thousands"),
        pytest.param("more than 5 complaints", (None, None), id="no amount"),
        pytest.param("5件以上の苦情は?", (None, None), id="a count"),
    ],
)
def test_amounts_that_bound_deals(
    company: Workspace, question: str, bounds: tuple[float | None, float | None]
) -> None:
    query = _narrowed(company, question)
    assert (query.at_least, query.at_most) == bounds


@pytest.mark.parametrize(
    ("question", "by_amount"),
    [
        pytest.param("要望のうち金額が大きい商談は", True, id="large amount"),
        pytest.param("失注商談の金額トップ5", True, id="top of the amounts"),
        pytest.param("金額が高いという不満は?", False, id="a price that is high"),
        pytest.param("Which requests come from the biggest deals?", True, id="biggest deals"),
        pytest.param("Which deals have the biggest complaints?", False, id="biggest complaints"),
    ],
)
def test_whether_the_largest_deals_are_asked_for(company: Workspace, question: str, by_amount: bool) -> None:
    assert _narrowed(company, question).by_amount == by_amount


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        pytest.param(
            "懸念のうち金額が大きい商談は",
            ["・D-3 (A7商店): 失注の金額は 300,000円", "・D-1 (A5商店): 失注の金額は 250,000円"],
            id="ja",
        ),
        pytest.param(
            "Which objections come from the biggest deals?",
            ["· D-3 (A7商店): lost 300,000 JPY", "· D-1 (A5商店): lost 250,000 JPY"],
            id="en",
        ),
    ],
)
def test_deals_behind_what_was_said_stand_by_amount(
    company: Workspace, question: str, lines: list[str]
) -> None:
    answer = _ask(company, question)
    assert answer.answer.split("\n")[1:] == lines
    assert answer.citations == ("C-1", "C-3")


@pytest.mark.parametrize(
    ("question", "cited", "lost"),
    [
        pytest.param("介護業界の失注理由は?", ("C-1", "C-3"), None, id="reasons of a trade"),
        pytest.param("Jo Reedさんの失注商談は?", ("C-3",), 1, id="an owner's"),
        pytest.param("金額が28万円以上の失注商談は?", ("C-3",), 1, id="by amount"),
        pytest.param("Which industries lose most often?", ("C-1", "C-3"), 2, id="trades that lose"),
    ],
)
def test_only_such_deals_are_counted(
    company: Workspace, question: str, cited: tuple[str, ...], lost: int | None
) -> None:
    answer = _ask(company, question)
    values = {fact.id: fact.value for fact in answer.facts}
    assert (answer.citations, values.get("volumes.lost")) == (cited, lost)


def test_what_the_deals_of_a_matter_are_worth_is_said(company: Workspace) -> None:
    assert "金額の合計: 失注 550,000円。" in _ask(company, "失注商談の懸念の金額は?").answer


@pytest.mark.parametrize("question", ["Jo Reed's lost deals", "deals won by Jo Reed"])
def test_the_whole_name_of_an_owner_is_taken(company: Workspace, question: str) -> None:
    assert _narrowed(company, question).words == ()


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("担当者別の失注件数", id="by owner"),
        pytest.param("who won the most deals?", id="who won most"),
        pytest.param("deals by sales rep", id="by rep"),
    ],
)
def test_our_own_people_are_not_held_against_each_other(company: Workspace, question: str) -> None:
    answer = _ask(company, question)
    assert not answer.answerable
    assert "名前を挙げて" in answer.answer or "Name one" in answer.answer


@pytest.mark.parametrize("question", ["受注率は?", "what is our win rate?"])
def test_for_a_rate_of_won_deals_both_counts_are_told(company: Workspace, question: str) -> None:
    values = {fact.id: fact.value for fact in _ask(company, question).facts}
    assert (values["volumes.won"], values["volumes.lost"]) == (1, 2)


@pytest.mark.parametrize(
    ("question", "id", "rate", "told"),
    [
        pytest.param("勝率を教えて", "rate.won", 33, "受注率は33%です", id="won"),
        pytest.param("失注率は?", "rate.lost", 67, "失注率は67%です", id="lost"),
        pytest.param("What is the loss rate?", "rate.lost", 67, "lost: 67%", id="lost, en"),
    ],
)
def test_a_rate_is_of_the_deals_that_ended(
    company: Workspace, question: str, id: str, rate: int, told: str
) -> None:
    answer = _ask(company, question)
    fact = next(fact for fact in answer.facts if fact.id == id)
    assert (fact.value, fact.unit, fact.records) == (rate, "percent", ("D-1", "D-2", "D-3"))
    assert told in answer.answer


def test_where_no_deal_ended_there_is_no_rate(company: Workspace) -> None:
    assert not any(fact.id.startswith("rate.") for fact in _ask(company, "2025年の受注率は?").facts)


@pytest.mark.parametrize("question", ["なぜA6商店は導入を決めた?", "why did A6商店 buy?"])
def test_an_account_is_known_where_other_words_take_its_name(company: Workspace, question: str) -> None:
    assert _ask(company, question).citations == ("C-2",)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param("D-1は何で負けた?", ("C-1",), id="deal"),
        pytest.param("why was D-3 lost?", ("C-3",), id="deal, en"),
        pytest.param("show me t-4", ("T-4",), id="conversation"),
        pytest.param("A5商店はなぜ失注した?", ("C-1",), id="account"),
    ],
)
def test_a_record_that_is_named_is_what_is_looked_at(
    company: Workspace, question: str, cited: tuple[str, ...]
) -> None:
    assert _ask(company, question).citations == cited


def test_deals_of_a_named_account_are_counted_alone(company: Workspace) -> None:
    values = {fact.id: fact.value for fact in _ask(company, "A5商店の失注した商談の金額は?").facts}
    assert (values["volumes.lost"], values["volumes.amount.JPY.lost"]) == (1, 250_000)


def test_two_trades_are_not_held_against_each_other(company: Workspace) -> None:
    answer = _ask(company, "介護とmarinaで要望はどう違う?")
    assert not answer.answerable and "一つずつ" in answer.answer
