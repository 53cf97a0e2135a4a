"""A labelled set begun from a ledger: masked, read back by koe, and scored."""

import json
from pathlib import Path

import pytest

from connectors import folder_source
from eval.labels import open_set, read_lines
from eval.new import new_set
from eval.run import evaluate
from koe.engine import pick_engine
from koe.errors import SetupError
from koe.ledger.intake import pull
from koe.street import find_new, mask_new
from koe.workspace import Workspace

COMPLAINTS = (
    "昨日から請求書の画面がとても重くて、開くのに三分かかって困っています。",
    "取り込みのボタンを押してもエラーになって、一件も登録できません。",
    "帳票の印刷が途中で止まってしまい、毎日やり直しになっていて困ります。",
)


@pytest.fixture
def read(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A workspace that has read three tickets and a call of a lost deal."""
    folder = tmp_path / "records"
    folder.mkdir()
    account = {"id": "A-1", "name": "青空商店"}
    rows = [
        {
            "id": f"T-{n}", "kind": "ticket", "created_at": f"2026-09-1{n}T10:00:00+09:00",
            "account": account, "contact": "柴崎 直子", "subject": "柴崎です",
            "turns": [{"speaker": "customer", "name": "柴崎 直子", "text": f"柴崎です。{text}"}],
        }
        for n, text in enumerate(COMPLAINTS)
    ]  # fmt: skip
    call = {**rows[0], "id": "C-1", "kind": "call", "deal_id": "D-1", "subject": "商談"}
    deal = {"id": "D-1", "account": account, "outcome": "lost", "owner": "柴崎 直子", "name": "青空商店 導入"}
    for name, some in (("tickets", rows), ("calls", [call]), ("deals", [deal])):
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / f"{name}.jsonl").write_text(body, "utf-8")
    pull(workspace, folder_source(folder, workspace.settings))
    mask_new(workspace)
    find_new(workspace, pick_engine(workspace))
    return workspace


def test_a_new_set_can_be_scored_and_agrees_with_its_own_draft(read: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    conversations, drafts = new_set(read, folder, 120)
    assert conversations == 4
    assert drafts >= 2
    result = evaluate(open_set(folder), runs=0)
    scores = {figure.name: figure.value for figure in result.figures if figure.scope == "all"}
    assert scores["findings.f1"] == scores["findings.f1 exact"] == 1
    assert result.violations == ()


def test_nothing_personal_is_written_into_a_new_set(read: Workspace, tmp_path: Path) -> None:
    new_set(read, tmp_path / "set", 120)
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "set").iterdir())
    assert "柴崎" not in written
    assert "青空商店" not in written
    assert read_lines(tmp_path / "set" / "deals.jsonl")[0]["outcome"] == "lost"


def test_the_same_conversations_are_chosen_each_time(read: Workspace, tmp_path: Path) -> None:
    sizes = [new_set(read, tmp_path / name, 2)[0] for name in ("a", "b")]
    assert sizes == [2, 2]
    for name in ("tickets.jsonl", "calls.jsonl", "findings.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_folder_in_use_and_an_empty_ledger_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no conversation"):
        new_set(workspace, tmp_path / "set", 5)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").write_text("x")
    with pytest.raises(SetupError, match="not empty"):
        new_set(workspace, tmp_path / "used", 5)
