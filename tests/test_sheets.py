"""Workbooks with several sheets: those that leave no doubt are read, numbers that begin anew told apart."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from connectors import folder_source
from connectors.files.inspection import inspect
from koe.export import export
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.workspace import Workspace
from tests.test_file_exports import records

TICKETS = ("番号", "受付日", "会社名", "内容")
DEALS = ("案件番号", "会社名", "案件名", "結果", "金額")
Rows = list[tuple[Any, ...]]


def tickets(first: int, month: int, says: str) -> Rows:
    return [
        (n, datetime(2026, month, n), "港の本屋", f"{says}が遅くて困っています")
        for n in range(first, first + 3)
    ]


def book(folder: Path, sheets: dict[str, Rows], name: str = "台帳.xlsx") -> Path:
    path = folder / name
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/m/d"}) as made:
        for title, rows in sheets.items():
            sheet = made.add_worksheet(title)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    return path


def readings(folder: Path) -> str:
    return "\n".join(folder_source(folder, Settings(home=folder)).readings())


def test_tickets_of_one_sheet_and_deals_of_another_are_both_read(tmp_path: Path) -> None:
    deals: Rows = [DEALS, (1, "港の本屋", "導入", "受注", 5000), (2, "丘の製粉所", "導入", "失注", 300)]
    book(
        tmp_path,
        {"問い合わせ": [TICKETS, *tickets(1, 9, "検索")], "案件": deals, "集計": [("月", "件数"), (9, 3)]},
    )
    assert [one.external_id for one in records(tmp_path, "tickets")[0]] == ["1", "2", "3"]
    assert [one.external_id for one in records(tmp_path, "deals")[0]] == ["1", "2"]
    said = readings(tmp_path)
    assert "read as deals" in said
    assert "read as tickets" in said
    assert "not read: the sheets 集計" in said


def test_a_sheet_a_month_whose_numbers_begin_anew_loses_no_row(tmp_path: Path) -> None:
    book(tmp_path, {"9月": [TICKETS, *tickets(1, 9, "検索")], "10月": [TICKETS, *tickets(1, 10, "印刷")]})
    found, skipped = records(tmp_path, "tickets")
    ids = ["9月-1", "9月-2", "9月-3", "10月-1", "10月-2", "10月-3"]
    assert ([one.external_id for one in found], skipped) == (ids, [])
    assert "numbers begin anew on each sheet" in readings(tmp_path)


def test_a_sheet_a_month_whose_numbers_go_on_keeps_them(tmp_path: Path) -> None:
    book(tmp_path, {"9月": [TICKETS, *tickets(1, 9, "検索")], "10月": [TICKETS, *tickets(4, 10, "印刷")]})
    assert [one.external_id for one in records(tmp_path, "tickets")[0]] == ["1", "2", "3", "4", "5", "6"]
    assert "begin anew" not in readings(tmp_path)


@pytest.mark.parametrize("title", ["記入例", "Template", "コピー ～ 9月"])
def test_examples_and_copies_are_named_and_not_read(tmp_path: Path, title: str) -> None:
    book(tmp_path, {"9月": [TICKETS, *tickets(1, 9, "検索")], title: [TICKETS, *tickets(7, 9, "例")]})
    assert [one.external_id for one in records(tmp_path, "tickets")[0]] == ["1", "2", "3"]
    assert f"not read: the sheets {title}" in readings(tmp_path)


def test_a_line_names_the_sheet_that_it_stands_on(tmp_path: Path) -> None:
    bad = (9, "soon", "港の本屋", "検索が遅くて困っています")
    book(
        tmp_path, {"9月": [TICKETS, *tickets(1, 9, "検索")], "10月": [TICKETS, *tickets(4, 10, "印刷"), bad]}
    )
    ((place, _),) = records(tmp_path, "tickets")[1]
    assert place == "台帳.xlsx#10月:5"


def test_the_lines_to_paste_name_the_file_and_the_sheet(tmp_path: Path) -> None:
    path = book(
        tmp_path, {"9月": [TICKETS, *tickets(1, 9, "検索")], "10月": [TICKETS, *tickets(4, 10, "印刷")]}
    )
    lines = [line.strip() for line in inspect(path, Settings(home=tmp_path, language="en"))]
    assert lines.count('path = "台帳.xlsx"') == 2
    assert [line for line in lines if line.startswith("sheet =")] == ['sheet = "9月"', 'sheet = "10月"']
    assert lines.count("3 tickets can be read") == 2


def test_a_sheet_that_goes_takes_nothing_with_it(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    both = {"9月": [TICKETS, *tickets(1, 9, "検索")], "10月": [TICKETS, *tickets(4, 10, "印刷")]}
    book(folder, both)
    pull(workspace, folder_source(folder, workspace.settings))
    book(folder, {"9月": both["9月"]})
    done = pull(workspace, folder_source(folder, workspace.settings))
    assert done.withdrawn == 0
    assert len([*export(workspace, "conversations", None, None)]) == 6
