"""Exports as people really send them: what of them is left out, and that nothing of it goes unsaid."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.inspection import inspect
from connectors.files.source import FilesSource
from connectors.records.dates import shape_of
from connectors.tables.columns import guess
from koe.cli import main
from koe.settings import CsvMap, Settings, SourceSettings

TOKYO = ZoneInfo("Asia/Tokyo")
HEADER = "番号,受付日,会社名,内容\n"


def pull(folder: Path, *maps: CsvMap) -> tuple[list[str], dict[str, str], tuple[str, ...]]:
    source = FilesSource("files", SourceSettings(path=folder, csv=maps), TOKYO)
    pages = [page for stream in source.streams for page in source.pages(stream, None)]
    skipped = {one.place: one.reason for page in pages for one in page.skipped}
    return [item.record.external_id for page in pages for item in page.items], skipped, source.readings()


def table(*dates: str) -> str:
    return HEADER + "".join(f"{n},{date},会社{n},検索が遅い\n" for n, date in enumerate(dates, 1))


def shown(path: Path) -> str:
    return "\n".join(inspect(path, Settings(home=path.parent, language="en")))


def test_one_date_without_a_year_costs_its_row_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table("2026/9/3", "9月5日", "2026/9/7").encode("cp932"))
    ids, skipped, _ = pull(tmp_path)
    assert ids == ["1", "3"]
    assert skipped == {
        "a.csv:3": "created_at: is not a date: '9月5日'; write it with its year, as 2026-09-05"
    }


def test_where_most_dates_cannot_be_read_the_map_to_paste_reads_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table("2026/9/3", "9月5日", "鈴木に聞く"), "utf-8")
    ids, skipped, _ = pull(tmp_path)
    assert (ids, list(skipped)) == ([], ["a.csv"])
    assert "column '受付日': 2 of 3 cells are no date that koe knows, such as '9月5日'" in skipped["a.csv"]
    told = shown(tmp_path / "a.csv")
    assert "To read it all the same, paste this" in told
    assert "鈴木" not in told
    columns = {"id": "番号", "created_at": "受付日", "account_name": "会社名", "text": "内容"}
    ids, skipped, _ = pull(tmp_path, CsvMap(path="a.csv", records="tickets", columns=columns))
    assert (ids, sorted(skipped)) == (["1"], ["a.csv:3", "a.csv:4"])


def test_a_column_without_any_date_is_not_offered_and_one_with_dates_is(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table("9月3日", "9月5日"), "utf-8")
    assert 'created_at = "…"  # 受付日 has no date' in shown(tmp_path / "a.csv")
    rows = "1,9月3日,2026/9/3,A,遅い\n2,9月5日,2026/9/5,B,遅い\n"
    (tmp_path / "b.csv").write_text("番号,受付日,うけつけ,会社名,内容\n" + rows, "utf-8")
    told = shown(tmp_path / "b.csv")
    assert 'created_at = "うけつけ"  # a guess' in told
    assert 'created_at = "受付日"' not in told


def test_blank_dates_are_counted_with_the_column_that_has_them(tmp_path: Path) -> None:
    rows = "1,,2026/9/1,A,遅い\n2,2026/9/9,2026/9/2,B,遅い\n3,-,2026/9/3,C,遅い\n"
    (tmp_path / "a.csv").write_text("番号,受付日,うけつけ,会社名,内容\n" + rows, "utf-8")
    ids, skipped, readings = pull(tmp_path)
    assert ids == ["2"]
    blank = "column '受付日' is blank: a row without its date is in no week"
    assert skipped == {"a.csv:2": blank, "a.csv:4": blank}
    said = "2 of 3 cells are blank, and their rows are left out; 'うけつけ' has dates there: write created_at"
    assert any(said in line for line in readings)


def test_a_pull_says_which_column_it_does_not_use(tmp_path: Path) -> None:
    rows = "".join(f"D-{n},会社{n},受注,{what}\n" for n, what in enumerate(("松", "竹", "梅"), 1))
    (tmp_path / "d.csv").write_text("案件番号,取引先名,フェーズ,金額\n" + rows, "utf-8")
    said = "d.csv: a column that could be amount is not used: few of its 3 cells are amounts"
    assert said in pull(tmp_path)[2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "is empty (0 bytes); export it again", id="no-bytes"),
        pytest.param(HEADER, "has no row under its header; export it again", id="header-alone"),
        pytest.param("\n \n", "has nothing but blank rows; export it again", id="blank-rows"),
        pytest.param("<!DOCTYPE html><p>Sign in", "is a web page and no table", id="web-page"),
    ],
)
def test_a_table_with_nothing_in_it_is_named_everywhere(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "e.csv").write_text(text, "utf-8")
    assert reason in pull(tmp_path)[1]["e.csv"]
    assert reason in shown(tmp_path / "e.csv")
    assert reason in shown(tmp_path)
    assert "To read it" not in shown(tmp_path)


def test_an_empty_transcript_and_an_empty_mapped_table_are_named(tmp_path: Path) -> None:
    for name in ("a.csv", "2026-09-03_港.vtt", "b.eml"):
        (tmp_path / name).touch()
    columns = {"id": "番号", "created_at": "受付日", "account_name": "会社名", "text": "内容"}
    readings = pull(tmp_path, CsvMap(path="a.csv", records="tickets", columns=columns))[2]
    assert [line.partition(":")[0] for line in readings] == ["a.csv", "2026-09-03_港.vtt", "b.eml"]
    assert all("is empty" in line for line in readings)


def test_speakers_of_a_table_stand_by_name_in_the_line_to_paste_alone(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},2026/9/{n},港の本屋,{who},遅い\n" for n, who in enumerate(("鈴木", "高橋", "弊社"), 1)
    )
    (tmp_path / "商談.csv").write_text("商談ID,日時,会社名,話者,発言\n" + rows, "utf-8")
    lines = shown(tmp_path).splitlines()
    (paste,) = (line for line in lines if "鈴木" in line)
    assert paste.strip().startswith('speakers = { "鈴木" = "…", "高橋" = "…" }')
    placed = "\n".join(inspect(tmp_path, Settings(home=tmp_path, language="en", agents=("鈴木", "高橋"))))
    assert "鈴木" not in placed
    assert "speakers are not known" not in placed


def test_rows_swallowed_by_a_quotation_mark_are_named(tmp_path: Path) -> None:
    text = (
        HEADER
        + '1,2026/9/1,A,"閉じない\n2,2026/9/2,B,遅い\n3,2026/9/3,C,遅い"\n4,2026/9/4,D,"a,b\nc,d,e,f"\n'
    )
    (tmp_path / "a.csv").write_text(text, "utf-8")
    ids, skipped, _ = pull(tmp_path)
    assert ids == ["4"]
    assert skipped["a.csv:2"].startswith("holds 2 lines that look like rows of this table")


def test_a_pipe_is_a_delimiter(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table("2026/9/1").replace(",", "|"), "utf-8")
    assert guess(tmp_path / "a.csv", "a.csv", TOKYO).how == "utf-8, pipe"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        pytest.param(("a.pdf", "古い.zip"), "mail but a.pdf, 古い.zip. Name the folder", id="other-files"),
        pytest.param(("empty.csv",), "can be read; see above why", id="empty"),
        pytest.param(("bad.csv",), "can be read; see above why", id="rows"),
    ],
)
def test_a_folder_of_which_nothing_can_be_read_ends_with_2(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    names: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setenv("KOE_LANGUAGE", "en")
    folder = tmp_path / "in"
    folder.mkdir()
    for name in names:
        (folder / name).write_text(HEADER + "1,,A,遅い\n2,,B,遅い\n" if name == "bad.csv" else "", "utf-8")
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(tmp_path / "ws"), "pull", "--from", str(folder)])
        assert ended.value.code == 2
        (line,) = capfd.readouterr().err.splitlines()
        assert said in line


def test_a_year_far_from_the_others_is_said(tmp_path: Path) -> None:
    days = [f"2026/9/{n}" for n in range(1, 9)]
    (tmp_path / "a.csv").write_text(table(*days, "2062/9/9"), "utf-8")
    said = (
        "column '受付日': 1 of 9 dates are ten years and more from the others, such as 2062-09-09: "
        "look at their year"
    )
    assert f"a.csv: {said}" in pull(tmp_path)[2]
    assert said in shown(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text(table(*days), "utf-8")
    assert "look at their year" not in shown(tmp_path / "a.csv")


@given(st.text())
def test_a_shape_hides_every_letter_that_no_date_has(text: str) -> None:
    left = [ch for ch in shape_of(text) if ch.isalpha()]
    assert set(left) <= set("年月日時分秒曜火水木金土令和平成昭和午前後")
