"""Why deals were lost: what their records say beside what customers said."""

import json
from pathlib import Path

import pytest

from connectors import folder_source
from koe.ask import Answer, ask, render
from koe.ask.records.reason_parts import known_parts, parts_of
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.ledger.intake import pull
from koe.ledger.schema import deal
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger
from tests.small_ledger import deal as a_deal
from tests.small_ledger import write

REASONS = {
    "D-1": "監査ログ・予算",
    "D-3": "予算",
    "D-4": "予算は付いたが担当の田中様が退職し、話が立ち消えになったとのこと。",
    "D-5": "なし",
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("reasons")) / "koe"))
    fill_ledger(ws)
    write(ws, [a_deal(id, "A9", "lost", closed_at="2026-08-03T01:00:00Z") for id in ("D-4", "D-5")])
    with ws.ledger.begin() as conn:
        for id, reason in REASONS.items():
            conn.execute(deal.update().where(deal.c.external_id == id).values(loss_reason=reason))
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


def _values(answer: Answer) -> dict[str, int | str]:
    return {fact.id: fact.value for fact in answer.facts}


@pytest.mark.parametrize(
    "question", ["なぜ失注したのですか", "失注理由の内訳", "Why did we lose deals?", "loss reasons"]
)
def test_recorded_reasons_stand_beside_what_customers_said(company: Workspace, question: str) -> None:
    answer = _ask(company, question)
    values = _values(answer)
    assert (values["loss.lost"], values["loss.known"]) == (4, 3)
    assert (values["loss.1.name"], values["loss.1.deals"]) == ("予算", 2)
    assert values["total.accounts"] == 2
    assert "予算: 2" in answer.answer and "監査ログ: 1" in answer.answer


def test_a_reason_in_a_sentence_stays_whole_and_is_masked(company: Workspace) -> None:
    told = render(_ask(company, "失注理由は?"))
    assert "退職し、話が立ち消えになった" in told
    assert "田中" not in told


def test_each_reason_has_its_deals_behind_it(company: Workspace) -> None:
    facts = {fact.id: fact for fact in _ask(company, "失注理由は?").facts}
    assert facts["loss.1.deals"].records == ("D-1", "D-3")
    assert facts["loss.known"].records == ("D-1", "D-3", "D-4")


def test_a_matter_is_looked_for_in_the_reasons_too(company: Workspace) -> None:
    answer = _ask(company, "予算が理由の失注は何件?")
    assert _values(answer)["loss.named"] == 3
    assert "D-1、D-3、D-4" in answer.answer


def test_reasons_alone_are_an_answer_where_nothing_was_said(company: Workspace) -> None:
    answer = _ask(company, "8月に失注した理由は?")
    assert not answer.answerable
    answer = _ask(company, "担当者の退職が理由の失注は?")
    assert answer.answerable and _values(answer)["loss.named"] == 1


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        pytest.param("why do we lose?", "lost", id="we lose"),
        pytest.param("what do lost deals mention?", "lost", id="lost deals"),
        pytest.param("the most common loss reason", "lost", id="loss reason"),
        pytest.param("who lost their data?", None, id="data"),
        pytest.param("customers who lose connection", None, id="connection"),
        pytest.param("complaints about losing photos", None, id="photos"),
    ],
)
def test_what_customers_lose_is_no_deal(question: str, outcome: str | None) -> None:
    assert plan(question, (), "2026-11-22").outcome == outcome


@pytest.mark.parametrize("question", ["一番大きい失注商談とその理由は?", "biggest lost deals and why"])
def test_the_largest_deals_are_told_with_their_reasons(company: Workspace, question: str) -> None:
    answer = _ask(company, question)
    assert "D-3 (A7商店): 予算" in answer.answer


KNOWN = known_parts(["Price", "missing SSO", "timing", "価格", "機能不足", "時期", "CI", "CD", "I/O"])


@pytest.mark.parametrize(
    ("written", "reasons"),
    [
        ("Price; timing", ["Price", "timing"]),
        ("Price;\nno champion", ["Price", "no champion"]),
        ("price, rollout, and training", ["price", "rollout", "training"]),
        ("価格、機能不足（SSO）", ["価格", "機能不足（SSO）"]),
        ("価格\n担当者の交代", ["価格", "担当者の交代"]),
        ("時期・決裁", ["時期", "決裁"]),
        ("price / champion left", ["price", "champion left"]),
        ("price and missing SSO", ["price", "missing SSO"]),
        ("price, timing and missing SSO", ["price", "timing", "missing SSO"]),
        ("価格と機能不足", ["価格", "機能不足"]),
        ("価格及び時期と機能不足", ["価格", "時期", "機能不足"]),
        ("CI/CD", ["CI", "CD"]),
        ("price; timing; missing SSO; price; timing; missing SSO", ["price", "timing", "missing SSO"]),
    ],
)
def test_several_reasons_in_one_field_are_told_apart(written: str, reasons: list[str]) -> None:
    assert list(parts_of(written, KNOWN)) == reasons


@pytest.mark.parametrize(
    "written",
    [
        "price and stamina",
        "research and development froze",
        "機能不足（SSO、監査ログ）",
        "features (SSO; audit log)",
        "社内で検討したが、見送り",
        "価格が合わず、時期も未定",
        "価格とサポート",
        "ひとまず見送り",
        "セールス・フォース",
        "ISO/IEC",
        "I/O",
        "over 1,000 seats",
        "they liked it, but the budget was cut",
        "They liked the price and the timing, then the budget was cut by head office.",
        "価格は合意できたものの、時期を巡って先方の社内調整がつかず、最終的に今期の導入は見送りとなった",
    ],
)
def test_one_reason_stays_one(written: str) -> None:
    assert list(parts_of(written, KNOWN)) == [written]


def test_a_deal_counts_once_under_each_of_its_reasons(tmp_path: Path) -> None:
    rows = {
        "L-1": "Price",
        "L-2": "missing SSO",
        "L-3": "price and missing SSO",
        "L-4": "Price; timing",
        "L-5": "price and patience",
    }
    lines = [
        {
            "id": id,
            "account": {"id": f"A-{id}"},
            "outcome": "lost",
            "closed_at": "2026-08-03",
            "loss_reason": why,
        }
        for id, why in rows.items()
    ]
    (tmp_path / "deals.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    fill_ledger(ws)
    pull(ws, folder_source(tmp_path, ws.settings))
    facts = {fact.id: fact for fact in _ask(ws, "Why did we lose deals?").facts}
    told = {str(facts[f"loss.{n}.name"].value).lower(): facts[f"loss.{n}.deals"].records for n in range(1, 5)}
    assert told == {
        "price": ("L-1", "L-3", "L-4"),
        "missing sso": ("L-2", "L-3"),
        "price and patience": ("L-5",),
        "timing": ("L-4",),
    }
    assert facts["loss.known"].value == 5
