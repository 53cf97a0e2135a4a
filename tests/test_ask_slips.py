"""Slips of the pen: what nobody writes is read as what customers say, and the answer says so."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.ask import Answer, ask, render
from koe.ask.question.slips import is_one_off, read_as
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.index.station import index_batch
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import said, theme, told, write

TURNS = {
    "T-1": "表計算から取り込むと請求書の金額がずれます",
    "T-2": "シングルサインオンに対応してほしいです",
    "T-3": "サーバーが遅くて困っています",
    "T-4": "The battery of the scanner is empty by noon.",
    "T-5": "We would like to export the calendar.",
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("slips")) / "koe"))
    for n, (id, text) in enumerate(TURNS.items(), 1):
        write(ws, told(id, f"A{n}", f"2026-09-0{n}T01:00:00Z"))
        write(ws, [said(f"f-{id}", id, None, "complaint", quote=text, end=len(text))])
    write(ws, [theme("t", "t")])
    write_turns(ws, {f"files:{id}": [("customer", text)] for id, text in TURNS.items()})
    index_batch(ws, [f"files:{id}" for id in TURNS])
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


def _read(ws: Workspace, question: str) -> str:
    with ws.ledger.connect() as conn:
        return read_as(conn, question, plan(question, (), "2026-11-22").words).question


@pytest.mark.parametrize(
    ("question", "read"),
    [
        pytest.param("complaints about the batery", "complaints about the battery", id="missing"),
        pytest.param("complaints about the batttery", "complaints about the battery", id="too many"),
        pytest.param("complaints about the battary", "complaints about the battery", id="wrong"),
        pytest.param("who wants to exprot?", "who wants to export?", id="swapped"),
        pytest.param(
            "complants about the calender", "complaints about the calendar", id="a word of the question"
        ),
        pytest.param("waht do custmers want in Ocotber?", "what do customers want in october?", id="frame"),
        pytest.param("サ―バーの苦情は?", "サーバーの苦情は?", id="dash"),
        pytest.param("シングルサインンの要望は?", "シングルサインオンの要望は?", id="katakana"),
        pytest.param("ひょうけいさんの苦情は?", "表計算の苦情は?", id="hiragana"),
        pytest.param("せいきゅうしょがずれるという苦情", "請求書がずれるという苦情", id="hiragana, long"),
    ],
)
def test_a_slip_is_read_as_what_customers_say(company: Workspace, question: str, read: str) -> None:
    assert _read(company, question) == read


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("who asks for Batery?", id="a name"),
        pytest.param("complaints about the barcode", id="a word that nobody says"),
        pytest.param("who mentions zapier?", id="nothing near"),
        pytest.param("バーコードの不具合について教えてください", id="dictionary"),
        pytest.param("どのような苦情がありますか", id="plain hiragana"),
        pytest.param("先月より増えたものはどれですか", id="no matter"),
    ],
)
def test_what_is_no_slip_stays(company: Workspace, question: str) -> None:
    assert _read(company, question) == question


def test_the_answer_says_what_it_read_and_keeps_the_question(company: Workspace) -> None:
    answer = _ask(company, "complaints about the batery of our scanner")
    assert answer.question == "complaints about the batery of our scanner"
    assert answer.citations == ("T-4",)
    assert answer.filters.read_as == (("batery", "battery"),)
    assert "“batery” was read as “battery”." in render(answer)


def test_a_refusal_says_it_too(company: Workspace) -> None:
    answer = _ask(company, "先月のサ―バーの苦情は?")
    assert not answer.answerable
    assert "「サ―バー」は「サーバー」と読みました。" in render(answer)


@given(st.text("abcde", min_size=1, max_size=8), st.text("abcde", min_size=1, max_size=8))
def test_one_off_is_the_same_both_ways(one: str, other: str) -> None:
    assert is_one_off(one, other) == is_one_off(other, one)


@given(st.text("abcde", min_size=2, max_size=8), st.integers(0, 7))
def test_a_missing_letter_is_one_off(word: str, at: int) -> None:
    n = at % len(word)
    assert is_one_off(word[:n] + word[n + 1 :], word)
