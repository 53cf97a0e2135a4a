"""Facts: requests, losses, questions and praise, with the deals behind them."""

import pytest

from koe.facts.praise import credited
from koe.workspace import Workspace
from tests.small_ledger import Row, call, deal, said, small_week, theme, told
from tests.week_facts import MONDAY, facts_of


def test_requests_name_each_deal_once_with_amounts_by_outcome(workspace: Workspace) -> None:
    again = [
        *call("C-9", "A1", "2026-09-10T05:00:00Z", "D-1"),
        said("f_x", "C-9", "th_sso", "feature_request"),
    ]
    request = facts_of(workspace, [*small_week(), *again]).feature_requests[0]
    assert [(d.deal, d.outcome) for d in request.deals] == [("D-2", "won"), ("D-1", "open")]
    assert request.amounts == {"JPY": {"won": 800_000.0, "open": 1_200_000.0}}
    assert request.conversations == 3


def test_a_ticket_of_an_account_with_a_deal_is_no_mention_by_the_deal(workspace: Workspace) -> None:
    rows = [
        theme("th_a", "a", "feature_request"),
        deal("D-1", "A1", "open", amount=10.0),
        *told("T-1", "A1", MONDAY, deal_id="files:D-1"),
        said("f1", "T-1", "th_a", "feature_request"),
    ]
    assert facts_of(workspace, rows).feature_requests[0].deals == ()


def test_amounts_are_added_by_currency_and_a_deal_without_one_adds_nothing(workspace: Workspace) -> None:
    rows: list[Row] = [theme("th_a", "a", "objection")]
    for id, amount, currency in (("D-1", 0.1, "USD"), ("D-2", 0.2, "USD"), ("D-3", None, "JPY")):
        rows += [deal(id, id, "lost", amount=amount, currency=currency)]
        rows += [*call(f"C{id}", id, MONDAY, id), said(f"f{id}", f"C{id}", "th_a", "objection")]
    objection = facts_of(workspace, rows).objections[0]
    assert objection.amounts == {"USD": {"lost": pytest.approx(0.3)}}
    assert len(objection.deals) == 3


def test_losses_carry_the_objections_of_all_their_calls_newest_first(workspace: Workspace) -> None:
    older = [
        *call("C-0", "A9", "2026-03-01T05:00:00Z", "D-3"),
        said("f_old", "C-0", "th_price", "objection", quote="高いと感じます"),
    ]
    facts = facts_of(workspace, [*small_week(), *older])
    assert [(loss.deal, loss.amount, loss.findings) for loss in facts.losses] == [
        ("D-3", 500_000.0, ("f_11", "f_old"))
    ]
    assert facts.wins == 1
    assert "f_old" in {card.finding for card in facts.quotes}
    assert facts.objections[0].conversations == 1


def test_the_reason_of_a_loss_is_masked(workspace: Workspace) -> None:
    reason = "担当の田中様より、090-1234-5678へ連絡がほしいとのこと"
    lost = deal("D-9", "A1", "lost", closed_at="2026-09-08T00:00:00Z", loss_reason=reason)
    shown = facts_of(workspace, [lost, *told("T", "A1", MONDAY)]).losses[0].reason
    assert "090" not in shown and "田中" not in shown and "連絡" in shown


def test_a_deal_that_was_deleted_or_closed_in_another_week_is_no_loss(workspace: Workspace) -> None:
    rows = [
        deal("D-1", "A1", "lost", closed_at="2026-09-08T00:00:00Z", withdrawn=True),
        deal("D-2", "A1", "lost", closed_at="2026-09-13T15:00:00Z"),
        *told("T", "A1", MONDAY),
    ]
    assert facts_of(workspace, rows).losses == ()


def test_questions_are_counted_over_the_window_by_accounts(workspace: Workspace) -> None:
    question = facts_of(workspace, small_week()).faq[0]
    assert (question.accounts, question.history, question.findings) == (2, (1, 1), ("f_p5", "f_7"))


def test_a_question_that_one_account_asked_weeks_ago_is_no_candidate(workspace: Workspace) -> None:
    rows = [
        theme("th_once", "一度だけ", "question"),
        theme("th_both", "二社から", "question"),
        theme("th_now", "今週", "question"),
        *told("P-1", "A1", "2026-09-01T01:00:00Z"),
        *told("P-2", "A2", "2026-09-01T01:00:00Z"),
        *told("T-1", "A3", MONDAY),
        said("f1", "P-1", "th_once", "question"),
        said("f2", "P-1", "th_both", "question"),
        said("f3", "P-2", "th_both", "question"),
        said("f4", "T-1", "th_now", "question"),
    ]
    facts = facts_of(workspace, rows)
    assert [one.theme for one in facts.faq] == ["th_both", "th_now", "th_once"]
    assert [one.theme for one in facts.faq_candidates] == ["th_both", "th_now"]


@pytest.mark.parametrize(
    ("quote", "credit"),
    [
        pytest.param("サポートの返信がいつも早くて助かります", "support", id="support"),
        pytest.param("Your support replied within minutes", "support", id="support in English"),
        pytest.param("[人名-k7q2a]さんの説明がわかりやすかったです", "person", id="a masked name"),
        pytest.param("担当の方がとても親切でした", "person", id="the one in charge"),
        pytest.param("画面が見やすくて気に入っています", "product", id="product"),
        pytest.param("The new dashboard is a joy to use", "product", id="product in English"),
    ],
)
def test_praise_says_whom_it_credits(quote: str, credit: str) -> None:
    assert credited("", quote) == credit
