"""Files that koe finds by itself in a folder: what is read, what is said of the rest, what is shown."""

import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.files.inspection import inspect
from connectors.files.source import FilesSource
from koe.errors import SetupError
from koe.settings import Settings, SourceSettings

TOKYO = ZoneInfo("Asia/Tokyo")


def pull(folder: Path) -> tuple[list[str], list[tuple[str, str]], tuple[str, ...]]:
    source = FilesSource("files", SourceSettings(path=folder), TOKYO)
    pages = [page for stream in source.streams for page in source.pages(stream, None)]
    skipped = [(one.place, one.reason) for page in pages for one in page.skipped]
    return [item.record.external_id for page in pages for item in page.items], skipped, source.readings()


def test_a_certain_table_is_read_and_said_an_uncertain_one_names_the_next_move(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("番号,受付日,会社名,内容\n7,2026/1/2,港の本屋,遅い\n", "utf-8")
    (tmp_path / "b.csv").write_text("番号,会社名,内容\n8,川辺歯科,遅い\n", "utf-8")
    (tmp_path / "手順.pdf").write_bytes(b"%PDF")
    ids, skipped, readings = pull(tmp_path)
    assert ids == ["7"]
    assert skipped == [
        ("b.csv", "no column is known to be the date (created_at); run `koe files inspect` on it")
    ]
    assert readings == (
        "a.csv: read as tickets (utf-8, comma): "
        "account_name = 会社名, id = 番号, created_at = 受付日, text = 内容",
        "not read: 手順.pdf (save it as text)",
    )


def test_rows_without_a_number_are_known_by_what_they_say(tmp_path: Path) -> None:
    rows = ["2026/1/2,港の本屋,遅い", "2026/1/3,川辺歯科,落ちる"]
    (tmp_path / "a.csv").write_text("\n".join(["受付日,会社名,内容", *rows, ""]), "utf-8")
    ids = pull(tmp_path)[0]
    (tmp_path / "a.csv").write_text("\n".join(["受付日,会社名,内容", *reversed(rows), ""]), "utf-8")
    assert sorted(pull(tmp_path)[0]) == sorted(ids)
    assert all(one.startswith("row-") for one in ids)


def test_a_found_table_that_vanishes_takes_nothing_with_it(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"番号,受付日,会社名,内容\n{name},2026/1/2,港,遅い\n", "utf-8")
    source = FilesSource("files", SourceSettings(path=tmp_path), TOKYO)
    (first,) = source.pages("tickets", None)
    (tmp_path / "a.csv").unlink()
    (second,) = source.pages("tickets", first.cursor)
    assert (first.complete, second.complete) == (True, False)
    assert list(source.pages("tickets", second.cursor)) == []


def test_names_that_a_mac_writes_in_parts_are_shown_whole(tmp_path: Path) -> None:
    parts = unicodedata.normalize("NFD", "ガイド.csv")
    (tmp_path / parts).write_text("番号,会社名,内容\n8,川辺歯科,遅い\n", "utf-8")
    assert pull(tmp_path)[1][0][0] == "ガイド.csv"


def test_inspect_shows_columns_masked_examples_and_lines_to_paste(tmp_path: Path) -> None:
    text = "番号,会社名,お名前,内容,対応者\n8,川辺歯科,川辺恵,090-1234-5678に電話をください,田中\n"
    (tmp_path / "b.csv").write_bytes(text.encode("cp932"))
    shown = "\n".join(inspect(tmp_path / "b.csv", Settings(home=tmp_path, language="en")))
    assert shown.startswith("b.csv: tickets (cp932, comma)\n")
    assert "contact       ← お名前" in shown
    for said in ("川辺恵", "090-1234", "川辺歯科"):
        assert said not in shown
    assert "not used: 対応者" in shown
    assert "unclear: no column is known to be the date (created_at)" in shown
    assert '    [sources.files.csv.columns]\n    account_name = "会社名"\n' in shown
    assert '    created_at = "…"' in shown


def test_inspect_of_nothing_is_a_matter_of_setup(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="does not exist"):
        list(inspect(tmp_path / "none.csv", Settings(home=tmp_path, language="en")))


def test_what_is_not_read_names_a_next_step_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("番号,受付日,会社名,内容\n7,2026/1/2,港の本屋,遅い\n", "utf-8")
    (tmp_path / "2025").mkdir()
    for name in ("old.ZIP", "photo.png", "more.jsonl"):
        (tmp_path / name).write_bytes(b"x")
    assert pull(tmp_path)[2][-1] == (
        "not read: 2025/ (a folder: pull it by itself), more.jsonl (call it tickets.jsonl, calls.jsonl or "
        "deals.jsonl), old.ZIP (unpack it), photo.png"
    )


def test_a_file_in_the_place_of_its_folder_is_led_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("番号,受付日,会社名,内容\n7,2026/1/2,港の本屋,遅い\n", "utf-8")
    with pytest.raises(SetupError, match=r"is a file\. Name the folder it lies in: .*all files of it"):
        pull(tmp_path / "a.csv")
