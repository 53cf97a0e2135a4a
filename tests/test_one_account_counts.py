"""A company in three sources counts once, on both databases, and what changes its sources regroups it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa

from connectors.base import Page
from koe.ask import ask
from koe.doctor import examine
from koe.engine.offline import OfflineEngine
from koe.export import conversations
from koe.keywords.deals import load_deals
from koe.ledger import open_ledger, opening
from koe.ledger.accounts import account_key, regroup
from koe.ledger.intake import commit_page
from koe.settings import Settings
from koe.themes import list_themes
from koe.weeks import period_between
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import Row, deal, said, theme, told
from tests.test_one_account import COMPANY, FORMAL, ORG, SHOP, Arrival, standing, take, withdraw
from tests.week_facts import MONDAY, complaint, facts_of

pytest_plugins = ["tests.postgres"]

KEY = account_key(SHOP)
DESK: Arrival = ("desk", "A", ORG, SHOP, False)
CRM: Arrival = ("crm", "A", COMPANY, FORMAL, True)
TALK: Arrival = ("talk", "A", SHOP, SHOP, False)
OTHER: Arrival = ("crm", "B", "00100000000000BBB", SHOP, True)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    found = open_workspace(Settings(home=tmp_path, account_names="readable", language="en"))
    yield found
    found.close()


def company(*more: Row) -> list[Row]:
    """One company as a desk, a CRM and an inbox know it, with one complaint in each."""
    shop = {"account_name": SHOP, "account_key": KEY}
    return [
        theme("t1", "検索"),
        *told("T1", ORG, MONDAY, source="desk", **shop),
        *told("C1", COMPANY, MONDAY, source="crm", account_name=FORMAL, account_key=KEY),
        *told("C2", SHOP, MONDAY, source="talk", **shop),
        *(said(f"f{n}", one, "t1") for n, one in enumerate(("T1", "C1", "C2"))),
        *more,
    ]


def grouped(ws: Workspace) -> None:
    with ws.ledger.begin() as conn:
        regroup(conn, [(SHOP, KEY)])


def test_facts_and_themes_count_it_once_and_show_one_name(ws: Workspace) -> None:
    facts_of(ws, company())
    grouped(ws)
    found = complaint(facts_of(ws, []), "t1")
    assert (found.accounts, found.conversations, found.account_names) == (1, 3, (FORMAL,))
    assert [row.accounts for row in list_themes(ws)] == [1]
    assert {card.account for card in facts_of(ws, []).quotes} == {FORMAL}


def test_its_pseudonym_is_one_as_well(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path, account_names="pseudonym"))
    facts_of(ws, company())
    grouped(ws)
    assert len({card.account for card in facts_of(ws, []).quotes}) == 1
    ws.close()


@pytest.mark.parametrize(
    ("question", "conversations"),
    [
        pytest.param("何社から問い合わせがありましたか", 4, id="how many accounts"),
        pytest.param("港の本屋からの問い合わせは何件ありますか", 3, id="by name"),
    ],
)
def test_questions_count_it_once_and_find_all_of_it(ws: Workspace, question: str, conversations: int) -> None:
    facts_of(ws, company(*told("T9", "A9", MONDAY, account_name="丘の製粉所")))
    grouped(ws)
    answer = ask(ws, OfflineEngine(), question, "2026-11-22")
    assert len(answer.citations) == conversations
    values = {fact.id: fact.value for fact in answer.facts}
    assert values["volumes.accounts"] == (2 if conversations == 4 else 1)


def test_deals_of_two_sources_are_one_account_among_keywords(ws: Workspace) -> None:
    names = {"account_name": SHOP, "account_key": KEY}
    facts_of(ws, [deal("D1", COMPANY, "won", source="crm", **names), deal("D2", SHOP, "lost", **names)])
    grouped(ws)
    assert {one.account for one in load_deals(ws)} == {COMPANY}


def test_an_export_says_what_each_counts_as(ws: Workspace) -> None:
    take(ws, [DESK, CRM, TALK])
    rows = list(conversations(ws, period_between(None, None, ws.settings.zone)))
    assert [(row["account"], row["counts_as"]) for row in rows] == [(ORG, COMPANY), (SHOP, COMPANY)]


def test_a_doubtful_name_keeps_all_apart_and_the_doctor_says_so_once(ws: Workspace) -> None:
    take(ws, [DESK, CRM, TALK])
    assert [one for one in examine(ws) if one.name == "accounts"] == []
    take(ws, [OTHER])
    assert len(set(standing(ws).values())) == 4
    (check,) = (one for one in examine(ws) if one.name == "accounts")
    assert check.ok
    assert check.says.startswith("1 company name") and SHOP in check.says
    withdraw(ws, OTHER)
    assert set(standing(ws).values()) == {COMPANY}


def test_withdrawn_renamed_and_merged_accounts_regroup(any_workspace: Workspace) -> None:
    ws = any_workspace
    take(ws, [TALK, DESK, CRM])
    assert set(standing(ws).values()) == {COMPANY}
    withdraw(ws, CRM)
    assert set(standing(ws).values()) == {ORG}
    take(ws, [("desk", "A", ORG, "丘の製粉所", False)])
    assert standing(ws) == {"desk:TA": ORG, "talk:TA": SHOP}
    take(ws, [CRM, OTHER])
    assert len(set(standing(ws).values())) == 4
    commit_page(ws.ledger, "crm", "deals", Page((), {}, merged=(("DB", "DA"),)))
    assert standing(ws) == {"desk:TA": ORG, "talk:TA": COMPANY, "crm:DA": COMPANY}


def test_sources_that_come_in_at_once_are_seen_by_each_other(any_workspace: Workspace) -> None:
    ws = any_workspace
    pulls = [Thread(target=take, args=(ws, [one] * 3)) for one in (DESK, CRM, TALK)]
    for one in pulls:
        one.start()
    for one in pulls:
        one.join()
    assert standing(ws) == dict.fromkeys(("desk:TA", "talk:TA", "crm:DA"), COMPANY)


def test_an_older_ledger_learns_which_accounts_are_one(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = opening.HEAD
    monkeypatch.setattr(opening, "HEAD", "0010")
    older = open_ledger(ledger_url)
    row = (
        "INSERT INTO conversation (id, source, external_id, kind, account_id, account_name, account_key,"
        " created_at, version, withdrawn, stream, title)"
        " VALUES (:id, :source, :id, 'ticket', :account, :name, :key, '2026', 'v', :gone, '', '')"
    )
    with older.begin() as conn:
        for n, (source, account) in enumerate(
            (("desk", ORG), ("crm", COMPANY), ("talk", SHOP), ("talk", "9"))
        ):
            key = None if account == "9" else KEY
            values = {"id": str(n), "source": source, "account": account, "name": SHOP, "key": key}
            conn.execute(sa.text(row), values | {"gone": account == "9"})
    older.dispose()
    monkeypatch.setattr(opening, "HEAD", newest)
    engine = open_ledger(ledger_url)
    with engine.connect() as conn:
        found = list(conn.scalars(sa.text("SELECT account FROM conversation ORDER BY id")))
    engine.dispose()
    assert found == [COMPANY, COMPANY, COMPANY, "9"]
