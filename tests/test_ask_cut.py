"""What an answer says of all it leaves out, and of what has come to an end."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask
from koe.engine.offline import OfflineEngine
from koe.index.station import index_batch
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger, write_turns
from tests.small_ledger import Row, said, theme, told, write

TODAY = "2026-11-22"
MATTERS = ("水漏れ", "騒音", "鍵", "駐輪場", "郵便受け", "照明", "ごみ置き場")


@pytest.fixture(scope="module")
def landlord(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Seven matters that tenants complain of, each one's own theme."""
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("landlord")) / "koe"))
    rows: list[Row] = []
    for n, matter in enumerate(MATTERS, 1):
        text = f"{matter}で困っています。"
        rows += [theme(f"th_{n}", matter), *told(f"T-{n}", f"A{n}", f"2026-09-{7 + n:02d}T01:00:00Z")]
        rows.append(said(f"f{n}", f"T-{n}", f"th_{n}", quote=text, end=len(text)))
    write(ws, rows)
    write_turns(
        ws, {f"files:T-{n}": [("customer", f"{m}で困っています。")] for n, m in enumerate(MATTERS, 1)}
    )
    index_batch(ws, [f"files:T-{n}" for n in range(1, len(MATTERS) + 1)])
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, TODAY)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("どんな苦情がありますか?", "ほかに2個のテーマがあります。", id="ja"),
        pytest.param("Which complaints are there?", "And 2 more themes, not listed here.", id="en"),
    ],
)
def test_a_list_that_is_cut_says_how_many_more_there_are(
    landlord: Workspace, question: str, told: str
) -> None:
    answer = _ask(landlord, question)
    (more,) = [fact for fact in answer.facts if fact.id == "top.more"]
    assert (more.value, len(more.records)) == (2, 2)
    assert told in answer.answer


def test_a_list_as_long_as_was_asked_for_is_not_cut(landlord: Workspace) -> None:
    answer = _ask(landlord, "苦情の上位3つは?")
    assert not [fact for fact in answer.facts if fact.id == "top.more"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param(
            "納品書の印刷の苦情は増えていますか", "ピークは2026-W38の1社で、2026-W39は0社です。", id="ja"
        ),
    ],
)
def test_what_rose_and_is_no_longer_heard_is_not_called_falling(
    tmp_path: Path, question: str, told: str
) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    fill_ledger(ws)
    answer = _ask(ws, question)
    assert told in answer.answer and "減って" not in answer.answer


def test_praise_of_a_matter_is_no_complaint_about_it(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    fill_ledger(ws)
    assert _ask(ws, "棚卸についての苦情は何社?").citations == ("T-4",)
    assert _ask(ws, "棚卸が選ばれる理由になったのは何社?").citations == ("C-2",)
