"""Companies that a question names by the first words of their names."""

from datetime import date

import pytest

from koe.ask.question.begun import beginnings
from koe.ask.question.named import with_accounts
from koe.ask.question.plans import Setting, planned
from koe.engine.base import Query
from koe.engine.offline import OfflineEngine
from koe.workspace import Workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import told, write

NAMES = {
    "A1": "Quernmore Joinery Works",
    "A2": "Harbour Lights Dental",
    "A3": "Penhallow Farm",
    "A4": "Penhallow Stores",
    "A5": "Zetrix Partners",
    "A6": "Thornwick Ltd",
}
SAID = {"A2": "We print from Zetrix every day", "A1": "The kiosk is slow"}


@pytest.fixture
def companies(workspace: Workspace) -> Workspace:
    rows = [
        row
        for n, (own, name) in enumerate(NAMES.items(), 1)
        for row in told(f"T-{n}", own, "2026-09-07T01:00:00Z", account_name=name)
    ]
    write(workspace, rows)
    said = {f"files:T-{n}": [("customer", SAID.get(own, "—"))] for n, own in enumerate(NAMES, 1)}
    write_turns(workspace, said)
    return workspace


def read(ws: Workspace, question: str) -> Query:
    query = planned(OfflineEngine(), question, Setting(date(2026, 9, 14), "en", ()))
    with ws.ledger.connect() as conn:
        return with_accounts(conn, ws, question, query)


@pytest.mark.parametrize(
    ("question", "accounts"),
    [
        pytest.param("Why did Quernmore not sign?", ("A1",), id="the first word"),
        pytest.param("What happened with Quernmore Joinery?", ("A1",), id="the first two"),
        pytest.param("what does quernmore complain about?", ("A1",), id="in small letters"),
        pytest.param("What does Harbour Lights complain about?", ("A2",), id="words of English as a name"),
        pytest.param("Who complains about the harbour screen?", (), id="words of English as such"),
        pytest.param("Harbour screens are slow for whom?", (), id="the first word of the question"),
        pytest.param("Why did Penhallow not sign?", (), id="two companies begin so"),
        pytest.param("Who has trouble with Zetrix?", (), id="others say it too"),
        pytest.param("Why did Thornwick not sign?", ("A6",), id="without the legal form, as before"),
    ],
)
def test_a_company_is_known_by_what_its_name_begins_with(
    companies: Workspace, question: str, accounts: tuple[str, ...]
) -> None:
    assert read(companies, question).accounts == accounts


def test_the_words_of_the_beginning_are_no_matter(companies: Workspace) -> None:
    assert read(companies, "What does Quernmore say about the kiosk?").words == ("kiosk",)


def test_whole_names_and_short_words_are_no_beginnings() -> None:
    assert beginnings({"mow lawns": {"A1"}, "velmark": {"A2"}, "velmark foods": {"A3"}}) == {}
