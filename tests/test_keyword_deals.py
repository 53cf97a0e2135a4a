"""Keywords: which conversations of a ledger count."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from koe.keywords import compute_keywords
from koe.keywords.deals import Utterance, make_voice
from koe.ledger.schema import conversation, deal, turn
from koe.workspace import Workspace
from tests.made_deals import FILLER, words


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """A ledger with deals of both outcomes, an open one, an agent's words and a ticket."""
    with workspace.ledger.begin() as conn:
        for n in range(20):
            outcome = "open" if n == 19 else "won" if n < 10 else "lost"
            _insert(conn, n, outcome)
    return workspace


def _insert(conn: sa.Connection, n: int, outcome: str) -> None:
    day = f"2026-10-{n + 1:02}T01:00:00Z"
    names = {
        "id": f"s:D{n}",
        "external_id": f"D{n}",
        "closed_at": day,
        "outcome": outcome,
        "industry": "小売",
    }
    empty = dict.fromkeys(("account_name", "name", "owner", "stage", "currency", "version"), "")
    conn.execute(deal.insert().values(source="s", account_id=f"A{n}", withdrawn=False, **names, **empty))
    spoken = [
        ("agent", "伴走します。"),
        ("customer", "監査ログが決め手です。" if outcome == "won" else FILLER[n % 6]),
    ]
    for kind in ("call", "ticket"):
        told = {"id": f"s:{kind}{n}", "external_id": f"{kind}{n}", "kind": kind, "deal_id": f"s:D{n}"}
        blank = {"account_name": "", "title": "", "withdrawn": False}
        row = {"source": "s", "account_id": f"A{n}", "created_at": day, "version": "1", "masked": "1"}
        conn.execute(conversation.insert().values(**told, **row, **blank))
        texts = spoken if kind == "call" else [("customer", "返品の窓口はどこですか。")]
        rows = [
            {"conversation_id": f"s:{kind}{n}", "n": m, "role": role, "text": text}
            for m, (role, text) in enumerate(texts)
        ]
        conn.execute(turn.insert(), rows)


def test_only_customers_in_calls_of_closed_deals_count(filled: Workspace) -> None:
    report = compute_keywords(filled)
    shown = words(report)
    assert (report.deals_won, report.deals_lost) == (10, 9)
    assert shown.get("監査ログ") == "finding" and not {"伴走", "返品", "窓口"} & set(shown)
    assert report.keywords[0].quotes[0].conversation == "call0"


def test_the_period_is_that_of_the_closing_day(filled: Workspace) -> None:
    report = compute_keywords(filled, date(2026, 10, 3), date(2026, 10, 15))
    assert (report.deals_won, report.deals_lost) == (8, 5)
    assert (report.since, report.until) == ("2026-10-03", "2026-10-15")


def test_a_withdrawn_call_counts_no_more(filled: Workspace) -> None:
    with filled.ledger.begin() as conn:
        conn.execute(sa.update(conversation).where(conversation.c.id == "s:call0").values(withdrawn=True))
    report = compute_keywords(filled)
    assert (report.deals_won, report.silent) == (9, 1)


def test_a_keyword_has_the_documented_fields(filled: Workspace) -> None:
    record = json.loads(compute_keywords(filled).keywords[0].model_dump_json())
    documented = (
        "term variants outcome deals_won deals_lost tier log_odds share_difference interval p p_adjusted "
        "explained_by quotes"
    )
    assert set(documented.split()) <= set(record)
    assert set(record["quotes"][0]) == {"conversation", "turn", "quote"}


def test_what_was_masked_is_no_word_of_the_customer() -> None:
    row = SimpleNamespace(id="D", outcome="won", account="A", account_name="", industry="")
    voice = make_voice(row, [Utterance("C", 0, "[電話-x7k2q]に[PERSON-abcde]が出ました")])  # type: ignore[arg-type]
    assert "電話" not in voice.text and "person" not in voice.text and "出ました" in voice.text
