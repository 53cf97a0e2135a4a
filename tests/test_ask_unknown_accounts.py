"""Whoever is not known counts for himself, in an answer as in the facts of a week."""

import pytest

from koe.ask import Answer, ask
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.workspace import Workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import WEEK, said, theme, told, write

SAID = "監査ログが残らなくて困っています"


@pytest.fixture
def unknown(workspace: Workspace) -> Workspace:
    """One account that is known, with two tickets, and three tickets of nobody known, one of them twice."""
    days = {"T-1": "A1", "T-2": "A1", "T-3": "", "T-4": "", "T-5": ""}
    rows = [theme("th_log", "監査ログが残らない")]
    for n, (id, account) in enumerate(days.items(), 7):
        name = "港の本屋" if account else ""
        more = {"duplicate_of": "files:T-4"} if id == "T-5" else {}
        rows += told(id, account, f"2026-09-{n:02d}T01:00:00Z", account_name=name, **more)
        rows.append(said(f"f-{id}", id, "th_log", quote=SAID, end=len(SAID)))
    write(workspace, rows)
    write_turns(workspace, {f"files:{id}": [("customer", SAID)] for id in days})
    return workspace


def asked(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-09-14")


def test_an_answer_counts_as_many_accounts_as_the_facts(unknown: Workspace) -> None:
    (facts,) = compute_facts(unknown, WEEK).complaints
    answer = asked(unknown, "多い困りごとは?")
    values = {fact.id: fact.value for fact in answer.facts}
    assert (facts.accounts, facts.conversations) == (3, 4)
    assert (values["total.accounts"], values["total.conversations"]) == (3, 4)
    assert (values["all.names"], values["all.names.more"]) == ("港の本屋", 2)
    assert "会社: 港の本屋、ほか2社。" in answer.answer and "—" not in answer.answer
    assert [(values["repeat.1.name"], values["repeat.1.conversations"])] == [("港の本屋", 2)]
    assert "repeat.2.name" not in values


def test_what_came_in_is_counted_alike(unknown: Workspace) -> None:
    values = {fact.id: fact.value for fact in asked(unknown, "問い合わせは何件?").facts}
    assert values["volumes.accounts"] == 4


def test_a_word_is_counted_alike(unknown: Workspace) -> None:
    values = {fact.id: fact.value for fact in asked(unknown, "「監査ログ」と口にした会社は何社?").facts}
    assert values["mention.accounts"] == 4
