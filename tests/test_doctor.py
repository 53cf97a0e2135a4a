"""`koe doctor` says what was left out, and where all of it stands."""

import re
from pathlib import Path

import pytest

from connectors import folder_source
from connectors.words.sentences import said_in
from koe.cli import main
from koe.doctor import examine
from koe.examined import EN, JA
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace

SLOT = re.compile(r"\{(\w+)\}")
HEADER = "番号,受付日,会社名,内容\n1,2026/9/3,港の本屋,遅い\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace whose reports are in English."""
    return open_workspace(Settings(home=tmp_path / "koe", language="en"))


def said(workspace: Workspace, folder: Path, rows: str) -> str:
    (folder / "a.csv").write_text(HEADER + rows, "utf-8")
    pull(workspace, folder_source(folder, workspace.settings))
    return next(check.says for check in examine(workspace) if check.name == "skipped")


def test_one_line_left_out_is_told_whole(workspace: Workspace, tmp_path: Path) -> None:
    told = said(workspace, tmp_path, ",2026/9/4,山田書店,遅い\n")
    assert told == "1 left out, the first a.csv:3: id: is empty. Mend them and pull again."


def test_of_several_the_rest_is_where_it_is_exported(workspace: Workspace, tmp_path: Path) -> None:
    told = said(workspace, tmp_path, ",2026/9/4,山田書店,遅い\n3,2026/9/5,,遅い\n")
    assert told.startswith("2 left out, the first a.csv:3: id: is empty.")
    assert told.endswith("(all: koe export skipped).")


def test_the_doctor_speaks_the_language_of_the_report(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ours = open_workspace(Settings(home=tmp_path / "ws"))
    (tmp_path / "a.csv").write_text(HEADER + ",2026/9/4,山田書店,遅い\n", "utf-8")
    pull(ours, folder_source(tmp_path, ours.settings))
    told = {check.name: check.says for check in examine(ours, said_in)}
    assert (
        told["skipped"] == "1件あります。最初は a.csv:3: id: 空です。直してから、もう一度取り込んでください。"
    )
    assert told["workspace"].endswith("（持ち主だけが読めます）")
    ours.close()
    with pytest.raises(SystemExit):
        main(["--home", str(tmp_path / "ws"), "doctor"])
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("正常   作業フォルダ: ")
    assert any(line.startswith("要対応 使えなかった記録: 1件あります。") for line in lines)


def test_both_languages_examine_the_same_things() -> None:
    english, japanese = EN._asdict(), JA._asdict()
    for name, text in english.items():
        if isinstance(text, str):
            assert set(SLOT.findall(text)) == set(SLOT.findall(japanese[name])), name
    assert {JA.headed(name) for name in ("source desk", "website")} == {"ソース desk", "サイト"}
    assert EN.headed("source desk") == "source desk"
