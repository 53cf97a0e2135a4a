"""Dates in the columns of a table: what tells their order, and what becomes of those nothing tells."""

import random
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors import folder_source
from connectors.files.inspection import inspect
from koe.settings import Settings

TOKYO = ZoneInfo("Asia/Tokyo")
HEADER = "番号,受付日,会社名,内容\n"


def pulled(folder: Path, text: str, **more: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Day by id of a table of tickets, and what is said of the rest."""
    (folder / "a.csv").write_text(HEADER + text, "utf-8")
    pages = list(folder_source(folder, Settings(home=folder, **more)).pages("tickets", None))
    days = {
        item.record.external_id: item.record.created_at.astimezone(TOKYO).date().isoformat()
        for page in pages
        for item in page.items
    }
    return days, [(one.place, one.reason) for page in pages for one in page.skipped]


def row(key: object, written: str) -> str:
    return f"{key},{written} 12:00,A,遅い\n"


def test_one_date_that_can_be_read_in_two_ways_costs_its_row_alone(tmp_path: Path) -> None:
    days, skipped = pulled(tmp_path, row(1, "2026/9/1") + row(2, "3/4/2026") + row(3, "R8.9.3"))
    assert days == {"1": "2026-09-01", "3": "2026-09-03"}
    assert skipped == [
        (
            "a.csv:3",
            "created_at: can be read in two ways: '3/4/2026 12:00'; "
            'write date_order = "mdy" or "dmy" into koe.toml',
        )
    ]


@pytest.mark.parametrize(
    ("sure", "day"), [pytest.param("4/13/2026", "2026-03-04", id="month"), ("13/4/2026", "2026-04-03")]
)
def test_the_sure_dates_of_a_column_tell_the_others_wherever_they_stand(
    tmp_path: Path, sure: str, day: str
) -> None:
    rows = [row(n, "3/4/2026") for n in range(400)] + [row("sure", sure)]
    expected = {str(n): day for n in range(400)} | {"sure": "2026-04-13"}
    for _ in range(2):
        days, skipped = pulled(tmp_path, "".join(rows))
        assert (days, skipped) == (expected, [])
        random.Random(7).shuffle(rows)


@pytest.mark.parametrize(
    ("order", "days"),
    [
        pytest.param(None, {}, id="nobody"),
        pytest.param("mdy", {"1": "2026-03-04", "2": "2004-03-05"}, id="month"),
        pytest.param("dmy", {"1": "2026-04-03", "2": "2004-05-03"}, id="day"),
        pytest.param("ymd", {"2": "2003-05-04"}, id="year"),
    ],
)
def test_where_no_date_tells_the_settings_do(tmp_path: Path, order: Any, days: dict[str, str]) -> None:
    found, _ = pulled(tmp_path, row(1, "3/4/2026") + row(2, "03/05/04"), date_order=order)
    assert found == days


def test_the_columns_own_dates_go_before_the_settings(tmp_path: Path) -> None:
    days, _ = pulled(tmp_path, row(1, "3/4/2026") + row(2, "4/13/2026"), date_order="dmy")
    assert days == {"1": "2026-03-04", "2": "2026-04-13"}


def test_a_setting_makes_an_unchanged_file_be_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + row(1, "3/4/2026"), "utf-8")
    before = [*folder_source(tmp_path, Settings(home=tmp_path)).pages("tickets", None)][-1].cursor
    assert [*folder_source(tmp_path, Settings(home=tmp_path)).pages("tickets", before)] == []
    settled = Settings(home=tmp_path, date_order="dmy")
    (page,) = folder_source(tmp_path, settled).pages("tickets", before)
    assert [item.record.external_id for item in page.items] == ["1"]


def test_inspect_says_how_many_and_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + row(1, "3/4/2026") + row(2, "2026/1/2"), "utf-8")
    lines = list(inspect(tmp_path / "a.csv", Settings(home=tmp_path, language="en")))
    assert any("1 of 2 dates can be read in two ways" in line for line in lines)
    assert '    dates = "…"  # "mdy" or "dmy" or "ymd": what stands first' in lines
    told = list(inspect(tmp_path / "a.csv", Settings(home=tmp_path, language="en", date_order="mdy")))
    assert "  2 tickets can be read" in told


def test_json_lines_take_their_order_from_the_settings(tmp_path: Path) -> None:
    line = '{"id": "1", "created_at": "3/4/2026", "account": {"id": "A"}, "turns": []}\n'
    (tmp_path / "tickets.jsonl").write_text(line, "utf-8")
    (page,) = folder_source(tmp_path, Settings(home=tmp_path, date_order="dmy")).pages("tickets", None)
    assert [item.record.created_at.month for item in page.items] == [4]


def test_times_without_a_day_order_the_turns_of_a_call(tmp_path: Path) -> None:
    rows = ["C-1,2026/9/3,A,00:00:20,お客様,遅いです", "C-1,2026/9/3,A,00:00:12,担当者,はい"]
    (tmp_path / "通話.csv").write_text(
        "\n".join(["通話ID,通話日,会社名,経過時間,話者,発話", *rows, ""]), "utf-8"
    )
    (page,) = folder_source(tmp_path, Settings(home=tmp_path)).pages("calls", None)
    (call,) = (item.record for item in page.items)
    assert [(turn.role, turn.text, turn.at) for turn in call.turns] == [
        ("agent", "はい", None),
        ("customer", "遅いです", None),
    ]
    assert page.skipped == ()


def test_dates_of_a_list_of_transcripts_are_told_by_the_others(tmp_path: Path) -> None:
    rows = "a.txt,3/4/2026 14:00,港の本屋\nb.txt,4/13/2026,川辺歯科\n"
    (tmp_path / "一覧.csv").write_text(f"ファイル名,商談日,会社名\n{rows}", "utf-8")
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("営業: はい\nお客様: 遅いです\n", "utf-8")
    (page,) = folder_source(tmp_path, Settings(home=tmp_path)).pages("calls", None)
    days = [item.record.created_at.astimezone(TOKYO).isoformat()[:16] for item in page.items]
    assert days == ["2026-03-04T14:00", "2026-04-13T00:00"]
