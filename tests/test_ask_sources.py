"""Two sources that give the same ids: each conversation and each deal counts, and is cited, for itself."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask
from koe.ask.counting.who import count_industries, deals_of
from koe.ask.rows.select import select_findings
from koe.engine.base import Query
from koe.engine.offline import OfflineEngine
from koe.errors import SetupError
from koe.settings import Settings
from koe.show import show_conversation
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import Row, call, deal, said, write
from tests.week_facts import MONDAY

SAID = "監査ログが残らないと導入できません"
BOTH = ("desk:7", "files:7")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two lost deals `9`, each with a call `7`, of two sources; and a call and a deal that only one has."""
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("two")) / "koe"))
    for source, account in (("files", "A1"), ("desk", "A2")):
        own = {"source": source, "industry": "小売"}
        write(ws, [_of(source, deal("9", account, "lost", **own))])
        rows = call("7", account, MONDAY, "9", source=source, state=None)
        write(ws, [_of(source, row) for row in rows])
        write(ws, [_of(source, said(f"f-{source}", "7", None, "objection", quote=SAID, end=len(SAID)))])
    write(ws, [deal("8", "A3", "lost"), *call("6", "A3", MONDAY, "8", state=None)])
    write_turns(ws, {id: [("customer", SAID)] for id in (*BOTH, "files:6")})
    return ws


def _of(source: str, row: Row) -> Row:
    """The same row as of another source."""
    table, values = row
    return table, {
        name: value.replace("files:", f"{source}:") if isinstance(value, str) else value
        for name, value in values.items()
    }


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


def test_a_word_is_counted_in_the_conversations_and_deals_of_each_source(two: Workspace) -> None:
    answer = _ask(two, "「監査ログ」と口にした商談は失注と受注でそれぞれ何件?")
    values = {fact.id: fact.value for fact in answer.facts}
    assert (values["mention.lost"], values["mention.conversations"]) == (3, 3)
    assert answer.citations == ("6", *BOTH)
    assert sorted(quote.conversation for quote in answer.quotes) == ["6", *BOTH]


@pytest.mark.parametrize(
    ("question", "id", "cited"),
    [
        pytest.param("通話は何件ありますか", "volumes.calls", 3, id="calls"),
        pytest.param("失注した商談は何件ありますか", "volumes.lost", 3, id="deals"),
    ],
)
def test_what_came_in_cites_as_many_as_it_counts(two: Workspace, question: str, id: str, cited: int) -> None:
    answer = _ask(two, question)
    (fact,) = [one for one in answer.facts if one.id == id]
    assert fact.value == len(fact.records) == len(answer.citations) == cited


def test_findings_and_deals_of_one_id_are_two(two: Workspace) -> None:
    with two.ledger.connect() as conn:
        rows = select_findings(conn, Query(ask="count"), two.settings.zone)
        (_, industries) = count_industries(deals_of(conn, rows))
    assert [(row.conversation, row.deal) for row in rows] == [("desk:7", "desk:9"), ("files:7", "files:9")]
    assert (industries.value, industries.records) == (2, ("desk:9", "files:9"))


def test_a_conversation_is_shown_by_what_it_is_cited_by(two: Workspace) -> None:
    with pytest.raises(SetupError, match="koe show desk:7 or: koe show files:7"):
        show_conversation(two, "7")
    for cited in BOTH:
        assert SAID in show_conversation(two, cited)
