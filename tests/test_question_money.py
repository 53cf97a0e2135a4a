"""What deals are worth: of one, of each, of those lost over a matter; and what no deal says."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.ledger.schema import conversation, deal
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger

DEALS = {"D-1": ("Harbor Marina", 250_000, "予算"), "D-2": ("", 1_000_000, ""), "D-3": ("", 300_000, "予算")}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("money")) / "koe"))
    fill_ledger(ws)
    with ws.ledger.begin() as conn:
        for id, (name, amount, reason) in DEALS.items():
            told = {"amount": amount, "currency": "JPY", "loss_reason": reason, "industry": "marina"}
            conn.execute(deal.update().where(deal.c.external_id == id).values(**told))
            if name:
                for table, own in ((deal, deal.c.id), (conversation, conversation.c.deal_id)):
                    conn.execute(table.update().where(own == f"files:{id}").values(account_name=name))
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


@pytest.mark.parametrize(
    "question",
    [
        "How much is the Harbor Marina deal worth?",
        "What is the Harbor Marina deal worth?",
        "Harbor Marinaの商談はいくら?",
    ],
)
def test_one_deal_is_told_with_its_amount_and_its_company_s_name_is_no_trade(
    company: Workspace, question: str
) -> None:
    answer = _ask(company, question)
    assert "D-1 (Harbor Marina)" in answer.answer and "250,000" in answer.answer
    assert "D-2" not in answer.answer and answer.filters.industries == ()


@pytest.mark.parametrize(
    "question",
    [
        "Which deals did we lose and for how much?",
        "失注した商談とその金額は?",
        "どの商談をいくらで失注しましたか",
    ],
)
def test_deals_asked_for_with_their_amounts_are_told_one_by_one(company: Workspace, question: str) -> None:
    answer = _ask(company, question)
    assert all(word in answer.answer for word in ("D-1", "250,000", "D-3", "300,000", "550,000"))


@pytest.mark.parametrize(
    "question", ["How much revenue did we lose to 予算?", "予算が理由で失った売上はいくら?"]
)
def test_what_was_lost_over_a_matter_is_summed(company: Workspace, question: str) -> None:
    values = {fact.id: fact.value for fact in _ask(company, question).facts}
    assert values["loss.named"] == 2 and values["loss.amount.JPY.lost"] == 550_000


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        pytest.param("How much did we lose?", "lost", id="lost"),
        pytest.param("What is the revenue of our won deals?", "won", id="of won deals"),
        pytest.param("How much are our open deals worth?", "open", id="open"),
        pytest.param("売上をいくら失いましたか", "lost", id="lost, ja"),
        pytest.param("受注はいくら?", "won", id="won, ja"),
    ],
)
def test_money_of_deals_is_asked_for(question: str, outcome: str) -> None:
    query = plan(question, (), "2026-11-22")
    assert (query.amount, query.beyond, query.outcome, query.words) == (True, False, outcome, ())


@pytest.mark.parametrize(
    "question",
    [
        "What is our annual revenue?",
        "How much is the basic plan?",
        "売上はいくら?",
        "What is the weather like?",
    ],
)
def test_what_no_deal_says_is_declined_with_what_can_be_asked(company: Workspace, question: str) -> None:
    answer = _ask(company, question)
    assert not answer.answerable
    assert "what they are worth" in answer.answer or "商談の結果と金額" in answer.answer


def test_a_customer_s_lost_data_are_no_money(company: Workspace) -> None:
    assert plan("データを失ったという苦情は?", (), "2026-11-22").outcome is None
    assert not plan("How much value do customers see?", (), "2026-11-22").amount
