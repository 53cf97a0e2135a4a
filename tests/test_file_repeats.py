"""One record in several files: exports that overlap, of which the newer one counts."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors import folder_source
from connectors.files.ages import age_of
from koe.settings import Settings

HEADER = "問い合わせ番号,受付日時,会社名,お問い合わせ内容\n"
ROWS = tuple(f"{n},2026/10/{n} 9:18,店{n},動きません{n}\n" for n in range(10, 15))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()


def put(folder: Path, name: str, *rows: str, written: float = NOON) -> None:
    (folder / name).write_bytes((HEADER + "".join(rows)).encode("cp932"))
    os.utime(folder / name, (written, written))


def pulled(folder: Path, stream: str = "tickets") -> tuple[list[Any], list[str], list[str]]:
    """The records of a folder, what is said of those that were left out, and the notes."""
    pages = list(folder_source(folder, Settings(home=folder)).pages(stream, None))
    records = [item.record for page in pages for item in page.items]
    said = [f"{one.place} {one.reason}" for page in pages for one in page.skipped]
    return records, said, [note for page in pages for note in page.notes]


@pytest.mark.parametrize(
    ("older", "newer", "hours"),
    [
        pytest.param("問い合わせ_1026.csv", "問い合わせ_1102.csv", -5, id="days without a year"),
        pytest.param("問い合わせ_1228.csv", "問い合わせ_0104.csv", 0, id="over the turn of the year"),
        pytest.param("b_20261026.csv", "a_20261102.csv", -5, id="days"),
        pytest.param("b_2026-10-26_0912.csv", "a_2026-10-26_1700.csv", -5, id="times of one day"),
        pytest.param("b 10月9日.csv", "a 10月12日.csv", -5, id="days in Japanese"),
        pytest.param("b_202609.csv", "a_202610.csv", -5, id="months"),
        pytest.param("b_20261001-20261018.csv", "a_20261001-20261025.csv", -5, id="spans"),
        pytest.param("b_2026-10-01_2026-10-18.csv", "a_2026-10-01_2026-10-25.csv", -5, id="written spans"),
        pytest.param("old.csv", "export.csv", 5, id="without a day when it was written"),
        pytest.param("a.csv", "b.csv", 0, id="else by their names"),
    ],
)
def test_without_a_time_of_change_the_newer_file_counts(
    tmp_path: Path, older: str, newer: str, hours: int
) -> None:
    january = datetime(2027, 1, 5, tzinfo=UTC).timestamp()
    edited = ROWS[2].replace("動きません", "だめ")
    put(tmp_path, older, *ROWS, written=january)
    put(tmp_path, newer, *ROWS[:2], edited, *ROWS[3:], written=january + hours * 3600)
    records, said, notes = pulled(tmp_path)
    assert [one.turns[0].text for one in records if one.external_id == "12"] == ["だめ12"]
    assert (len(records), said) == (5, [])
    assert notes == ["tickets: 1 record stands in an older file in another form; the newer one is read"]


def test_what_overlapping_exports_say_alike_is_not_mentioned(tmp_path: Path) -> None:
    put(tmp_path, "問い合わせ_1019.csv", *ROWS[:3])
    put(tmp_path, "問い合わせ_1026.csv", *ROWS[:4])
    put(tmp_path, "問い合わせ_1102.csv", *ROWS[1:])
    records, said, notes = pulled(tmp_path)
    assert (len(records), said, notes) == (5, [], [])


def test_an_own_time_of_change_tells_before_the_files_do(tmp_path: Path) -> None:
    header = "番号,受付日,更新日,会社名,内容\n"
    for name, changed, words in (("a_1019.csv", 9, "新"), ("a_1026.csv", 5, "旧")):
        row = f"1,2026/9/1,2026/9/{changed},A,{words}\n"
        (tmp_path / name).write_text(header + row, "utf-8")
    records, said, notes = pulled(tmp_path)
    assert [one.turns[0].text for one in records] == ["新"]
    assert (said, len(notes)) == ([], 1)


def test_numbers_that_begin_anew_are_still_named(tmp_path: Path) -> None:
    put(tmp_path, "a_1019.csv", "1,2026/10/2 9:00,店,遅い\n")
    put(tmp_path, "a_1026.csv", "1,2026/10/20 9:00,店,落ちる\n")
    _, said, notes = pulled(tmp_path)
    assert (said, notes) == (["a_1019.csv:2 id '1' stands in a_1026.csv:2 too, which is newer"], [])


def test_a_deal_is_as_the_newer_export_has_it_whatever_day_was_planned(tmp_path: Path) -> None:
    header = "案件番号,会社名,フェーズ,完了予定日\n"
    (tmp_path / "案件_1019.csv").write_text(f"{header}D-1,A,商談中,2026/12/31\n", "utf-8")
    (tmp_path / "案件_1026.csv").write_text(f"{header}D-1,A,受注,2026/10/21\n", "utf-8")
    records, said, notes = pulled(tmp_path, "deals")
    assert ([one.outcome for one in records], said, len(notes)) == (["won"], [], 1)


def test_a_number_in_a_name_that_is_no_day_is_none(tmp_path: Path) -> None:
    for name in ("a_2025.csv", "a_1399.csv", "a_20261399.csv", "a_12345.csv"):
        put(tmp_path, name)
        assert age_of(tmp_path / name, ZoneInfo("UTC"))[:2] == ("2026-11-23", "")
