"""`koe show` of a deal: what it is worth, what became of it, its calls with their findings."""

import json
import re
from pathlib import Path

import pytest

from connectors import folder_source
from koe.engine import pick_engine
from koe.errors import SetupError
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.show_deal import show
from koe.showing import EN, JA
from koe.street import take_in
from koe.workspace import Workspace, open_workspace

SLOT = re.compile(r"\{(\w+)\}")
ACCOUNT = {"id": "A-1", "name": "川辺歯科"}
LOST = {
    "id": "D-1", "account": ACCOUNT, "outcome": "lost", "name": "川辺歯科 導入", "stage": "失注",
    "amount": "£8k", "opened_at": "2026-09-01", "closed_at": "2026-10-02",
    "loss_reason": "野中様(090-1234-5678)が高いと",
}  # fmt: skip
CALL = {
    "id": "C-1", "kind": "call", "created_at": "2026-09-15T13:00:00+09:00", "account": ACCOUNT,
    "deal_id": "D-1", "title": "初回商談", "turns": [
        {"speaker": "agent", "text": "いかがでしたか。"},
        {"speaker": "customer", "text": "検索が遅くて困っています。画面が固まって作業できません。"},
    ],
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace whose reports are in English."""
    return open_workspace(Settings(home=tmp_path / "koe", language="en"))


def shown(workspace: Workspace, folder: Path, deals: list[object], calls: list[object]) -> None:
    """The records pulled, masked and read."""
    for name, records in (("deals", deals), ("calls", calls)):
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in records)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    pull(workspace, folder_source(folder, workspace.settings))
    take_in(workspace, pick_engine(workspace))


def test_a_deal_is_shown_with_its_calls_and_what_was_said(workspace: Workspace, tmp_path: Path) -> None:
    shown(workspace, tmp_path, [LOST], [CALL])
    head, talk = show(workspace, "D-1").split("\n\n")
    first, name, reason = head.split("\n")
    assert first == "D-1  deal  lost (失注)  8,000 GBP  川辺歯科  2026-09-01 – 2026-10-02"
    assert name == "川辺歯科 導入"
    assert reason.startswith("lost because: ")
    assert "090-1234-5678" not in reason
    lines = talk.split("\n")
    assert lines[:2] == ["C-1  call  2026-09-15 13:00  川辺歯科  read  (named by its source)", "初回商談"]
    assert any("complaint" in line and "検索が遅くて困っています" in line for line in lines[2:])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({}, "no call names it", id="opened"),
        pytest.param(
            {"opened_at": None}, "does not say since when it is open (opened_at)", id="never opened"
        ),
    ],
)
def test_a_deal_without_a_conversation_says_why(
    workspace: Workspace, tmp_path: Path, change: dict[str, object], says: str
) -> None:
    shown(workspace, tmp_path, [LOST | change], [CALL | {"account": {"id": "B"}, "deal_id": None}])
    assert says in show(workspace, "D-1").split("\n\n")[-1]


def test_a_deal_without_an_amount_or_a_day_says_so(workspace: Workspace, tmp_path: Path) -> None:
    plain = {"id": "D-1", "account": ACCOUNT, "outcome": "won"}
    shown(workspace, tmp_path, [plain], [CALL | {"deal_id": None}])
    assert show(workspace, "D-1").startswith("D-1  deal  won  no amount  川辺歯科  no date\n")


def test_an_id_of_a_call_and_of_a_deal_shows_both(workspace: Workspace, tmp_path: Path) -> None:
    shown(workspace, tmp_path, [LOST | {"id": "7"}], [CALL | {"id": "7", "deal_id": "7"}])
    both = show(workspace, "7")
    assert both.index("7  call") < both.index("7  deal")
    assert show(workspace, "files:7") == both


def test_an_id_that_is_nobodys_says_where_ids_are(workspace: Workspace) -> None:
    with pytest.raises(SetupError, match=r"no conversation and no deal 'X-9'.*koe export conversations"):
        show(workspace, "X-9")


def test_no_person_of_a_deal_and_no_hidden_company_is_shown(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "ws", account_names="pseudonym")
    hidden = open_workspace(settings)
    shown(hidden, tmp_path, [LOST | {"stage": "失注 090-1234-5678"}], [CALL])
    said = show(hidden, "D-1")
    hidden.close()
    assert "川辺歯科" not in said
    assert "A-1" not in said
    assert "090-1234-5678" not in said


def test_a_deal_and_a_call_are_shown_in_the_language_of_the_report(tmp_path: Path) -> None:
    ours = open_workspace(Settings(home=tmp_path / "ws"))
    shown(ours, tmp_path, [LOST, LOST | {"id": "D-2", "stage": "交渉", "outcome": "open"}], [CALL])
    head, talk = show(ours, "D-1").split("\n\n")
    first, _, reason = head.split("\n")
    assert first == "D-1  商談  失注  8,000ポンド  川辺歯科  2026-09-01 ～ 2026-10-02"
    assert reason.startswith("失注理由：")
    lines = talk.split("\n")
    assert lines[0] == "C-1  通話  2026-09-15 13:00  川辺歯科  声あり  （元のデータの指定）"
    assert any(" 困りごと " in line and "検索が遅くて困っています" in line for line in lines[2:])
    assert show(ours, "C-1").split("\n")[0].endswith("声あり  D-1 失注（元のデータの指定）")
    alone = show(ours, "D-2").split("\n")
    assert alone[0].startswith("D-2  商談  商談中（交渉）")
    assert alone[-1].startswith("結び付いた会話はありません。") and "次へ: " in alone[-1]
    ours.close()


def test_both_languages_show_the_same_things() -> None:
    english, japanese = EN._asdict(), JA._asdict()
    for name, said in english.items():
        if isinstance(said, str):
            assert set(SLOT.findall(said)) == set(SLOT.findall(japanese[name])), name
        else:
            assert said.keys() == japanese[name].keys(), name
