"""In which language a question is answered, and read."""

from datetime import date
from pathlib import Path

import pytest

from koe.ask import ask
from koe.ask.question.plans import Setting, planned
from koe.engine.offline import OfflineEngine
from koe.index.station import index_batch
from koe.language.text import Language, language_of
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import said, theme, told, write


@pytest.mark.parametrize(
    ("question", "own", "answered"),
    [
        pytest.param("SSO", "ja", "ja", id="a name in a Japanese workspace"),
        pytest.param("SSO", "en", "en", id="a name in an English workspace"),
        pytest.param("Google Drive?", "ja", "ja", id="two names"),
        pytest.param("???", "ja", "ja", id="no letter"),
        pytest.param("Who asks for SSO?", "ja", "en", id="an English sentence"),
        pytest.param("解約", "en", "ja", id="a Japanese word"),
        pytest.param("SSOは?", "en", "ja", id="a name in Japanese"),
    ],
)
def test_a_question_that_is_no_sentence_is_answered_in_the_workspaces_language(
    question: str, own: Language, answered: Language
) -> None:
    query = planned(OfflineEngine(), question, Setting(date(2026, 11, 9), own, ()))
    assert query.language == answered


JAPANESE = {
    "T-1": "予約を転送するたびにOutlookが落ちて、毎回開き直しています。",
    "T-2": "Outlookの予定と部屋の予約が食い違って困ります。",
    "T-3": "受付の端末がすぐ眠ってしまい、来客を待たせています。",
    "T-4": "会議室の照明が勝手に消えて困っています。",
    "T-5": "空調の設定が毎朝もとに戻ってしまいます。",
}
ENGLISH = {
    "T-1": "Outlook crashes whenever we forward a booking.",
    "T-2": "The calendar in Outlook no longer matches the rooms.",
    "T-3": "The tablet at the front desk falls asleep while guests wait.",
    "T-4": "The lights in the meeting room go out by themselves.",
    "T-5": "The air conditioning forgets its settings every morning.",
}


@pytest.mark.parametrize("own", ["ja", "en"])
@pytest.mark.parametrize(
    "told_in", [pytest.param(JAPANESE, id="japanese"), pytest.param(ENGLISH, id="english")]
)
@pytest.mark.parametrize(
    "question", ["Outlook", "Who has trouble with Outlook?", "Outlookに困っている会社は?"]
)
def test_a_name_is_found_in_whatever_language_customers_say_it(
    tmp_path: Path, own: Language, told_in: dict[str, str], question: str
) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe", language=own))
    _tell(ws, told_in)
    answer = ask(ws, OfflineEngine(), question, "2026-09-14")
    assert answer.citations == ("T-1", "T-2")


def _tell(ws: Workspace, told_in: dict[str, str]) -> None:
    language = language_of(told_in["T-1"])
    rows = [theme("th_rooms", "部屋")]
    for n, (id, text) in enumerate(told_in.items(), 7):
        rows += told(id, f"A{n}", f"2026-09-{n:02d}T01:00:00Z", language=language)
        rows.append(said(f"f-{id}", id, None, quote=text, end=len(text)))
    write(ws, rows)
    write_turns(ws, {f"files:{id}": [("customer", text)] for id, text in told_in.items()})
    index_batch(ws, [f"files:{id}" for id in told_in])
