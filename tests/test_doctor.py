"""`koe doctor` says what was left out, and where all of it stands."""

from pathlib import Path

from connectors import folder_source
from koe.doctor import examine
from koe.ledger.intake import pull
from koe.workspace import Workspace

HEADER = "番号,受付日,会社名,内容\n1,2026/9/3,港の本屋,遅い\n"


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
