"""Workbooks become the same records as CSV files; what Excel did to them is named."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import Skipped
from connectors.files.source import FilesSource
from connectors.tables.workbooks import as_text, hidden_sheets, sheet_names, sheet_rows
from koe.errors import SetupError
from koe.settings import CsvMap, SourceSettings
from tests.locked import locked_workbook

TOKYO = ZoneInfo("Asia/Tokyo")
HEADER = ["番号", "受付日時", "会社名", "内容"]
MAP = CsvMap(
    path="b.xlsx",
    records="tickets",
    columns={"id": "番号", "created_at": "受付日時", "account_name": "会社名", "text": "内容"},
)


def book(folder: Path, **sheets: list[list[Any]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(folder / "b.xlsx")
    return made


def read(folder: Path, columns: CsvMap = MAP) -> tuple[list[Any], list[Skipped]]:
    pages = list(
        FilesSource("crm", SourceSettings(path=folder, csv=(columns,)), TOKYO).pages("tickets", None)
    )
    return [item.record for page in pages for item in page.items], [s for page in pages for s in page.skipped]


def test_numbers_dates_and_text_are_what_excel_shows(tmp_path: Path) -> None:
    day = datetime(2026, 1, 2, 9, 5)
    book(tmp_path, 表=[HEADER, [1, day, "港の本屋", "遅い"], ["00123", 46024.5, "川辺歯科", 48]])
    items, skipped = read(tmp_path)
    assert skipped == []
    assert [(one.external_id, one.turns[0].text) for one in items] == [("1", "遅い"), ("00123", "48")]
    assert [one.created_at.astimezone(TOKYO).isoformat() for one in items] == [
        "2026-01-02T09:05:00+09:00",
        "2026-01-02T12:00:00+09:00",
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(1.0, "1", id="26-whole-number"),
        pytest.param(0.1, "0.1", id="26-fraction"),
        pytest.param(1.23e15, "1.23E+15", id="25-rounded-id"),
        pytest.param(1234567890123456.0, "1.23456789012346E+15", id="25-sixteen-digits"),
        pytest.param(True, "TRUE", id="26-truth"),
        pytest.param(date(2026, 1, 2), "2026-01-02", id="26-day"),
        pytest.param(datetime(2026, 1, 2, 9, 5), "2026-01-02 09:05:00", id="26-moment"),
        pytest.param(time(9, 5), "09:05:00", id="26-time"),
        pytest.param("㈱髙﨑", "㈱髙﨑", id="26-text"),
    ],
)
def test_a_cell_as_text(cell: Any, text: str) -> None:
    assert as_text(cell) == text


def test_the_sheet_is_the_first_visible_one_with_the_columns_unless_it_is_named(tmp_path: Path) -> None:
    row = ["1", "2026/1/2", "港の本屋", "遅い"]
    made = book(tmp_path, 表紙=[["一覧"]], 隠し=[HEADER, row], 本=[["一覧"], [], HEADER, ["2", *row[1:]]])
    made["隠し"].sheet_state = "hidden"
    made.save(tmp_path / "b.xlsx")
    assert (sheet_names(tmp_path / "b.xlsx"), hidden_sheets(tmp_path / "b.xlsx")) == (
        ["表紙", "本"],
        ["隠し"],
    )
    assert [one.external_id for one in read(tmp_path)[0]] == ["2"]
    assert [one.external_id for one in read(tmp_path, MAP.model_copy(update={"sheet": "隠し"}))[0]] == ["1"]
    with pytest.raises(SetupError, match=r"has no sheet '無い' \(there are: '表紙', '本'\)"):
        read(tmp_path, MAP.model_copy(update={"sheet": "無い"}))


def test_a_merged_cell_counts_for_all_of_it_also_in_a_header_of_two_rows(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        表=[
            ["番号", "受付日時", "顧客", None, "内容"],
            [None, None, "会社名", "担当", None],
            [1, "2026/1/2", "港の本屋", "野中", "遅い"],
            [2, "2026/1/3", None, "森", "落ちる"],
        ],
    )
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "C3:C4"):
        made["表"].merge_cells(cells)
    made.save(tmp_path / "b.xlsx")
    items, skipped = read(tmp_path)
    assert [(one.external_id, one.account.name) for one in items] == [("1", "港の本屋"), ("2", "港の本屋")]
    assert skipped == []


def test_the_place_of_a_row_is_its_number_in_excel(tmp_path: Path) -> None:
    book(tmp_path, 表=[[], ["一覧"], HEADER, ["1", "?", "A", "x"], [], ["合計", None, None, None]])
    assert [(one.place, one.reason) for one in read(tmp_path)[1]][:2] == [
        ("b.xlsx:4", "created_at: is not a date: '?'; write it with its year, as 2026-09-05"),
        ("b.xlsx:6", "is a row of totals"),
    ]


def test_a_formula_without_a_stored_value_is_a_blank_that_is_named(tmp_path: Path) -> None:
    book(tmp_path, 表=[HEADER, [1, "=TODAY()", "A", "x"], [2, "2026/1/2", "A", "y"]])
    items, skipped = read(tmp_path)
    assert [one.external_id for one in items] == ["2"]
    reason = "column '受付日時' is blank: a row without its date is in no week"
    assert [(one.place, one.reason) for one in skipped] == [("b.xlsx:2", reason)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(locked_workbook(), "is locked by a password", id="26-password"),
        pytest.param(b"PK\x03\x04junk", "is a workbook that cannot be read", id="26-broken"),
        pytest.param(b"<html><table>", "is a web page named as a workbook", id="26-html"),
        pytest.param("番号,内容\n".encode(), "is broken: it is not what its ending says", id="26-csv"),
    ],
)
def test_a_workbook_that_cannot_be_opened_is_one_clear_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "b.xlsx").write_bytes(content)
    with pytest.raises(SetupError, match=rf"'b\.xlsx' {said}"):
        read(tmp_path)


def test_an_xls_that_is_text_is_read_as_text(tmp_path: Path) -> None:
    text = "番号\t受付日時\t会社名\t内容\n1\t2026/1/2\t港の本屋\t遅い\n"
    (tmp_path / "b.xls").write_bytes(text.encode("cp932"))
    assert [one.external_id for one in read(tmp_path, MAP.model_copy(update={"path": "b.xls"}))[0]] == ["1"]


def test_a_workbook_is_a_zip_whatever_its_ending_says(tmp_path: Path) -> None:
    book(tmp_path, 表=[HEADER, ["1", "2026/1/2", "A", "x"]])
    (tmp_path / "b.xlsx").rename(tmp_path / "b.csv")
    assert zipfile.is_zipfile(tmp_path / "b.csv")
    assert len(read(tmp_path, MAP.model_copy(update={"path": "b.csv"}))[0]) == 1


TEXTS = st.text(st.sampled_from("あ漢字abc ①㈱髙,;\n👨‍👩‍👧〜"), min_size=1, max_size=20).filter(
    lambda text: text.strip() == text and not text.startswith("=")
)


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_text_written_into_a_sheet_comes_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("book")
    book(folder, 表=[["内容"], *([text] for text in texts)])
    assert [cells[0] for _, cells in sheet_rows(folder / "b.xlsx", "表")] == ["内容", *texts]
