"""Which accounts a question names: by the whole name, and by what people call a company."""

from datetime import date

import pytest

from koe.ask.question.named import everyday, with_accounts
from koe.ask.question.plans import Setting, planned
from koe.engine.base import Query
from koe.engine.offline import OfflineEngine
from koe.workspace import Workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import deal, told, write

NAMES = {
    "A1": "株式会社潮風冷凍",
    "A2": "潮風冷凍輸送有限会社",
    "A3": "有限会社菊屋",
    "A4": "株式会社バーコード",
    "A5": "株式会社日和リネン",
    "A6": "Brackenfield Dairy Co., Ltd.",
    "A7": "Lantern Inc",
}
SAID = {"A1": "バーコードが読めません", "A2": "The lantern icon never goes out"}


@pytest.fixture
def companies(workspace: Workspace) -> Workspace:
    rows = [
        row
        for n, (own, name) in enumerate(NAMES.items(), 1)
        for row in told(f"T-{n}", own, "2026-09-07T01:00:00Z", account_name=name)
    ]
    write(workspace, [*rows, deal("D-1", "A9", "lost", account_name="合同会社北窓硝子")])
    said = {f"files:T-{n}": [("customer", SAID.get(own, "—"))] for n, own in enumerate(NAMES, 1)}
    write_turns(workspace, said)
    return workspace


def read(ws: Workspace, question: str) -> Query:
    query = planned(OfflineEngine(), question, Setting(date(2026, 9, 14), "ja", ()))
    with ws.ledger.connect() as conn:
        return with_accounts(conn, ws, question, query)


@pytest.mark.parametrize(
    ("question", "accounts"),
    [
        pytest.param("株式会社潮風冷凍からの問い合わせは何件?", ("A1",), id="a whole name"),
        pytest.param("潮風冷凍からの問い合わせは何件?", ("A1",), id="without the legal form"),
        pytest.param("潮風冷凍輸送の困りごとは?", ("A2",), id="not the one whose name begins so"),
        pytest.param("潮風冷凍と潮風冷凍輸送の困りごとは?", ("A1", "A2"), id="both"),
        pytest.param("菊屋さんの困りごとは?", ("A3",), id="a short name of a company"),
        pytest.param("菊屋の困りごとは?", (), id="a short name that may be anything"),
        pytest.param("バーコードの困りごとは?", (), id="a name that others say as a matter"),
        pytest.param("バーコードさんの困りごとは?", ("A4",), id="the same as a company"),
        pytest.param("日和リネンは何と言っている?", ("A5",), id="a name in two words"),
        pytest.param("株式会社日和リネン", ("A5",), id="nothing but a name"),
        pytest.param("北窓硝子はなぜ失注した?", ("A9",), id="one that has only a deal"),
        pytest.param("How many tickets came from Brackenfield Dairy?", ("A6",), id="english"),
        pytest.param("What are Brackenfield Dairy Co., Ltd.'s complaints?", ("A6",), id="english, whole"),
        pytest.param("complaints about the lantern", (), id="english, a matter"),
        pytest.param("What did Lantern ask for?", ("A7",), id="english, a company"),
        pytest.param("complaints about lanterns at sea", (), id="a piece of another word"),
    ],
)
def test_a_company_goes_by_what_people_call_it(
    companies: Workspace, question: str, accounts: tuple[str, ...]
) -> None:
    found = read(companies, question)
    assert found.accounts == accounts
    assert not accounts or found.words == ()


def test_what_is_asked_about_a_company_stays(companies: Workspace) -> None:
    assert read(companies, "潮風冷凍の冷凍庫の苦情は?").words == ("冷凍庫",)
    assert read(companies, "What does Brackenfield Dairy say about invoices?").words == ("invoic",)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("株式会社潮風冷凍", "潮風冷凍"),
        ("潮風冷凍(株)", "潮風冷凍"),
        ("医療法人社団 木もれび会", "木もれび会"),
        ("社会福祉法人さざなみ", "さざなみ"),
        ("brackenfield dairy co., ltd.", "brackenfield dairy"),
        ("lantern gmbh", "lantern"),
        ("株式会社", "株式会社"),
        ("cobalt", "cobalt"),
    ],
)
def test_a_legal_form_is_no_part_of_what_a_company_is_called(name: str, called: str) -> None:
    assert everyday(name) == called
