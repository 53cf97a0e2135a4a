"""Word files of meeting tools: their paragraphs are the lines of a transcript."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from connectors.files.source import FilesSource
from connectors.text.word_files import LIMIT, read_docx
from koe.errors import SetupError
from koe.settings import SourceSettings
from koe.settings.sources import TalkSettings
from tests.test_columns import TOKYO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BREAK, TAB = "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"
STOPS = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def write(path: Path, *paragraphs: str, head: str = "") -> None:
    body = "".join(f"<w:p>{one}</w:p>" for one in paragraphs)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")


def test_paragraphs_are_lines_and_what_was_deleted_is_not_there(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    write(
        tmp_path / "x.docx",
        run("a & ") + run("b"),
        STOPS + run("c") + TAB + run("d") + BREAK + run("e"),
        deleted,
    )
    assert read_docx(tmp_path / "x.docx") == "a & b\nc\td\ne\n"


def test_a_transcript_of_teams_in_word_is_a_call(tmp_path: Path) -> None:
    write(
        tmp_path / "2026-09-03_港の本屋_定例.docx",
        run("定例会議-20260903_140000-会議の録音"),
        run("2026年9月3日, 午前5:00"),
        run("32分 10秒"),
        run("高井 健 が文字起こしを開始しました"),
        run("高井 健") + run("   0:03") + BREAK + run("本日はありがとうございます。"),
        run("佐藤 結衣") + run("   0:15") + BREAK + run("検索が遅いんです。例: 在庫の画面"),
        run("高井 健 が文字起こしを停止しました"),
    )
    settings = SourceSettings(path=tmp_path, talk=TalkSettings(agents=("高井 健",)))
    (page,) = FilesSource("files", settings, TOKYO).pages("calls", None)
    (call,) = (item.record for item in page.items)
    assert [(turn.role, turn.name, turn.text) for turn in call.turns] == [
        ("agent", "高井 健", "本日はありがとうございます。"),
        ("customer", "佐藤 結衣", "検索が遅いんです。例: 在庫の画面"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"not a zip", "cannot be read; save it as text", id="no-zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cannot be read; save it as text", id="old-word"),
    ],
)
def test_what_is_no_word_file_says_so(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(SetupError, match=reason):
        read_docx(tmp_path / "x.docx")


def test_a_word_file_with_entities_or_without_end_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x.docx", run("a"), head='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')
    with pytest.raises(SetupError, match="cannot be read"):
        read_docx(tmp_path / "x.docx")
    write(tmp_path / "y.docx", " " * (LIMIT + 1))
    with pytest.raises(SetupError, match="is longer than 64 MiB"):
        read_docx(tmp_path / "y.docx")


def test_a_damaged_word_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x.docx", *(run(f"paragraph {n}") for n in range(99)))
    raw = bytearray((tmp_path / "x.docx").read_bytes())
    raw[60:90] = bytes(byte ^ 0xFF for byte in raw[60:90])
    (tmp_path / "x.docx").write_bytes(raw)
    with pytest.raises(SetupError, match="cannot be read"):
        read_docx(tmp_path / "x.docx")


@pytest.mark.parametrize("encoding", ["none-such", "shift_jis"])
def test_a_word_file_in_an_encoding_that_word_never_writes_is_refused(tmp_path: Path, encoding: str) -> None:
    write(tmp_path / "x.docx", run("a"), head=f'<?xml version="1.0" encoding="{encoding}"?>')
    with pytest.raises(SetupError, match="cannot be read"):
        read_docx(tmp_path / "x.docx")


def test_a_word_file_without_speakers_is_named_and_read_by_nobody(tmp_path: Path) -> None:
    write(tmp_path / "提案書.docx", run("ご提案"), run("価格: 100"))
    (page,) = FilesSource("files", SourceSettings(path=tmp_path), TOKYO).pages("calls", None)
    assert page.items == ()
    assert page.skipped[0].place == "提案書.docx"
    assert page.skipped[0].reason.startswith("has no speakers that can be told")
