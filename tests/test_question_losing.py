"""Why somebody did not buy is asked about losing, not about reasons to buy."""

from pathlib import Path

import pytest

from koe.ask import ask
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.ledger.schema import deal
from koe.records import FindingKind
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.asked_ledger import fill_ledger


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("Why did Bluebird Dairy not buy?", {"bluebird", "dairi"}, id="not buy"),
        pytest.param("Why didn't Bluebird Dairy sign?", {"bluebird", "dairi"}, id="didn't sign"),
        pytest.param("Why did they turn us down?", set(), id="turned down"),
        pytest.param("Who turned down our proposal, and why?", set(), id="who turned down"),
        pytest.param("Why have prospects never signed?", set(), id="never"),
        pytest.param("Reasons for not buying", set(), id="not buying"),
        pytest.param("Why did customers decide against us?", set(), id="against us"),
        pytest.param("Why did they say no?", set(), id="no"),
        pytest.param("Why did customers go with a competitor?", set(), id="a rival"),
        pytest.param("なぜ買わなかったのですか", set(), id="ja"),
        pytest.param("購入しなかった理由は?", set(), id="ja, purchase"),
        pytest.param("導入を見送った理由を教えて", set(), id="ja, put off"),
        pytest.param("なぜ導入を見送られたのですか", set(), id="ja, why put off"),
        pytest.param("契約に至らなかった理由は?", set(), id="ja, no contract"),
        pytest.param("受注できなかった理由は?", set(), id="ja, not won"),
        pytest.param("選ばれなかった理由は?", set(), id="ja, not chosen"),
        pytest.param("どうして契約してくれなかったの?", set(), id="ja, politely"),
        pytest.param("他社に決めた理由は?", set(), id="ja, a rival"),
    ],
)
def test_not_to_buy_is_to_lose(question: str, words: set[str]) -> None:
    query = plan(question, (), "2026-11-23")
    assert (query.outcome, query.kinds) == ("lost", (FindingKind.OBJECTION,))
    assert set(query.words) == words


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        pytest.param("Why did customers buy?", (FindingKind.BUYING_REASON,), id="bought"),
        pytest.param("なぜ購入したのですか", (FindingKind.BUYING_REASON,), id="bought, ja"),
        pytest.param("Why don't users sign in?", (), id="a door"),
        pytest.param("Who has not signed yet?", (), id="not yet"),
        pytest.param("商品を購入できないという苦情は?", (FindingKind.COMPLAINT,), id="cannot"),
        pytest.param("まだ契約していないお客様は?", (), id="not yet, ja"),
    ],
)
def test_to_buy_and_to_sign_in_are_not_to_lose(question: str, kinds: tuple[FindingKind, ...]) -> None:
    query = plan(question, (), "2026-11-23")
    assert (query.outcome, query.kinds) == (None, kinds)


@pytest.mark.parametrize(
    "question", ["なぜA7商店は買わなかったのですか", "Why did A7商店 not buy?", "A7商店が見送った理由は?"]
)
def test_a_company_that_did_not_buy_is_told_with_the_reason_on_record(tmp_path: Path, question: str) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    fill_ledger(ws)
    with ws.ledger.begin() as conn:
        conn.execute(deal.update().where(deal.c.external_id == "D-3").values(loss_reason="予算"))
    answer = ask(ws, OfflineEngine(), question, "2026-11-22")
    assert answer.answerable and "予算: 1" in answer.answer
    assert [quote.conversation for quote in answer.quotes] == ["C-3"]
