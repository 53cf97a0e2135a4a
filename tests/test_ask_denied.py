"""Questions of what does not work, and of a noun with a number of times before it, in Japanese."""

from pathlib import Path

import pytest

from koe.ask import ask
from koe.ask.matching.denied import denied_in
from koe.ask.question.written import as_written
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.index.station import index_batch
from koe.ledger import schema
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger, write_turns


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        pytest.param("倉庫の無線が届かないという声", {"届く"}, id="plain"),
        pytest.param("画面が開きませんでした", {"開く"}, id="polite and past"),
        pytest.param("棚が読めず困る", {"読む"}, id="zu"),
        pytest.param("設定しなくてもよい", set(), id="need not"),
        pytest.param("手が空かなければ", set(), id="a condition"),
        pytest.param("件数が少ない", set(), id="an adjective"),
        pytest.param("電話が減る", set(), id="nothing denied"),
    ],
)
def test_denied_verbs(text: str, verbs: set[str]) -> None:
    assert denied_in(text) == verbs


@pytest.mark.parametrize(
    ("question", "words", "topic"),
    [
        pytest.param(
            "窓口につながらないという会社は?", ("窓口", "繋がる"), "窓口につながらない", id="no connection"
        ),
        pytest.param("二重発注は何社?", ("重", "発注"), "二重発注", id="twice"),
        pytest.param(
            "伝票が二重に出ると言ったのは?", ("伝票", "重"), "伝票が二重", id="twice, with a particle"
        ),
    ],
)
def test_what_narrows_a_matter_stays_in_it(question: str, words: tuple[str, ...], topic: str) -> None:
    found = plan(question, (), "2026-11-09").words
    assert found == words
    assert as_written(question, found) == topic


def test_what_leads_to_a_lost_deal_is_no_matter() -> None:
    query = plan("失注につながった理由は?", (), "2026-11-09")
    assert (query.outcome, query.words) == ("lost", ())


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    fill_ledger(ws)
    turns = {
        "files:T-2": [("customer", "窓口の電話がまったくつながらないので、出荷が遅れました。")],
        "files:C-2": [("customer", "窓口の電話がいつでもすぐつながる、棚卸が半日で終わるのが決め手でした。")],
        "files:T-6": [("customer", "在庫の一覧を窓口の電話で聞いてもよい方法を教えてください。")],
    }
    with ws.ledger.begin() as conn:
        conn.execute(schema.turn.delete().where(schema.turn.c.conversation_id.in_(turns)))
        for id, [(_, text)] in turns.items():
            own = schema.finding.c.conversation_id == id
            conn.execute(
                schema.finding.update().where(own).values(quote=text, start=0, end=len(text), vector=None)
            )
    write_turns(ws, turns)
    index_batch(ws, [*turns])
    return ws


def _cited(ws: Workspace, question: str) -> set[str]:
    return {*ask(ws, OfflineEngine(), question, "2026-10-01").citations}


def test_who_is_glad_that_it_works_does_not_say_that_it_does_not(ws: Workspace) -> None:
    assert _cited(ws, "窓口の電話がつながらないと言っている会社は?") == {"T-2"}


def test_without_a_denial_all_who_speak_of_it_count(ws: Workspace) -> None:
    assert {"T-2", "C-2"} <= _cited(ws, "窓口の電話について話している会社は?")
