"""Transcripts become calls: every voice under its own name, every cue counted, every unknown said."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Skipped
from connectors.files.source import FilesSource
from connectors.talks.cues import read_srt, read_vtt
from connectors.talks.text import read_talk
from koe.settings import SourceSettings
from koe.settings.sources import TalkSettings

TOKYO = ZoneInfo("Asia/Tokyo")
NAME = "2026-09-03_港の本屋_初回商談"
ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
田中 太郎: ご利用状況はいかがですか。

2
00:00:03.500 --> 00:00:08.000
野中 凪: 検索が遅くて困っています。

3
00:00:09.000 --> 00:00:12.000
毎回一分かかります。
"""


def read(folder: Path, **talk: Any) -> tuple[list[Any], list[Skipped]]:
    source = FilesSource("files", SourceSettings(path=folder, talk=TalkSettings(**talk)), TOKYO)
    pages = list(source.pages("calls", None))
    return [item.record for page in pages for item in page.items], [s for page in pages for s in page.skipped]


def said(heard: Any) -> list[tuple[str, float | None, str]]:
    return [tuple(one) for one in heard.utterances]


CUE = "00:00:01.000 --> 00:00:02.000"


@pytest.mark.parametrize(
    ("text", "heard", "trouble"),
    [
        pytest.param(
            f"WEBVTT\n\n{CUE}\n<v 田中>はい</v><v.loud 野中>遅いです</v>",
            [("田中", 1.0, "はい"), ("野中", 1.0, "遅いです")], (), id="28-two-voices-in-a-cue",
        ),
        pytest.param(
            f"WEBVTT\n\n{CUE}\nはい\nそうです", [("", 1.0, "はい\nそうです")], (),
            id="28-no-speakers",
        ),
        pytest.param(f"\ufeffWEBVTT\n\n{CUE}\n田中: はい", [("田中", 1.0, "はい")], (), id="28-mark"),
        pytest.param(f"{CUE}\n田中: はい", [("田中", 1.0, "はい")], (), id="28-no-first-line"),
        pytest.param(
            f"WEBVTT\n\n{CUE.replace('-->', '->')}\n田中: はい", [("田中", 1.0, "はい")], (),
            id="28-arrow",
        ),
        pytest.param(
            "WEBVTT\n\n00:01,5 --> 00:02.000\n田中: はい", [("田中", 1.5, "はい")], (),
            id="28-comma-and-point"
        ),
        pytest.param(
            f"WEBVTT\n\n{CUE}\nA: x\n\n00:00:01.500 --> 00:00:03.000\nB: y",
            [("A", 1.0, "x"), ("B", 1.5, "y")], (), id="28-overlap",
        ),
        pytest.param(
            "WEBVTT\n\n00:00:05.000 --> 00:00:02.000\nA: x", [("A", 5.0, "x")], (), id="28-end-before-start"
        ),
        pytest.param(
            "WEBVTT\n\n10:59:58.000 --> 10:59:59.000\nA: x", [("A", 39598.0, "x")], (), id="28-ten-hours"
        ),
        pytest.param(
            f"WEBVTT\n\n{CUE}\nA: x\n\nbad --> cue\ny", [("A", 1.0, "x")],
            ("1 of 2 cues are malformed and were not read",), id="28-malformed",
        ),
        pytest.param(f"WEBVTT\n\nNOTE a --> b\n\n{CUE}\nA: x", [("A", 1.0, "x")], (), id="note"),
        pytest.param(
            f"WEBVTT\n\nSTYLE\n::cue {{ }}\n\n1\n{CUE} align:start\nA: x &amp; <b>y</b><00:00:01.5>z",
            [("A", 1.0, "x & yz")], (), id="tags-and-settings",
        ),
        pytest.param(f"WEBVTT\r\n\r\n{CUE}\r\nA: x\r\n", [("A", 1.0, "x")], (), id="windows-line-ends"),
        pytest.param(f"WEBVTT\n\n{CUE}\nhttps://a.example", [("", 1.0, "https://a.example")], (), id="url"),
        pytest.param("WEBVTT", [], (), id="no-cues"),
    ],
)  # fmt: skip
def test_webvtt(text: str, heard: list[Any], trouble: tuple[str, ...]) -> None:
    found = read_vtt(text)
    assert (said(found), found.troubles) == (heard, trouble)


@pytest.mark.parametrize(
    ("text", "heard", "troubles"),
    [
        pytest.param(
            "1\n00:00:01,000 --> 00:00:02,000\n田中：はい\n\n2\n00:00:03.0 -> 00:00:04,000\nそうです\n",
            [("田中", 1.0, "はい\nそうです")], 0, id="28-srt",
        ),
        pytest.param(
            "1\n00:00:01,000 --> 00:00:02,000\nA: x\n\nfoo\n--> bar\nlost\n", [("A", 1.0, "x")], 1,
            id="28-srt-malformed"
        ),
        pytest.param("", [], 0, id="28-srt-empty"),
    ],
)  # fmt: skip
def test_srt(text: str, heard: list[Any], troubles: int) -> None:
    found = read_srt(text)
    assert (said(found), len(found.troubles)) == (heard, troubles)


WORDS = st.text(st.sampled_from("あ漢字ab 、？<&"), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(st.sampled_from(["田中", "野中 凪", "Bob"]), WORDS), min_size=1, max_size=6))
def test_what_is_written_as_webvtt_comes_back_under_the_same_names(parts: list[tuple[str, str]]) -> None:
    import html

    cues = [
        f"00:00:{n:02d}.000 --> 00:00:{n:02d}.500\n<v {who}>{html.escape(text, quote=False)}</v>"
        for n, (who, text) in enumerate(parts)
    ]
    found = read_vtt("WEBVTT\n\n" + "\n\n".join(cues))
    lines = [(one.label, line) for one in found.utterances for line in one.text.split("\n")]
    assert (lines, found.troubles) == (parts, ())


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        pytest.param(
            "営業 田中：本日は。\n野中：遅いです。\nとても。\n営業 田中：はい",
            [("営業 田中", None, "本日は。"), ("野中", None, "遅いです。\nとても。"),
             ("営業 田中", None, "はい")],
            id="colon",
        ),
        pytest.param(
            "[00:01:23] Speaker 1: hello\n[00:01:25] Speaker 2: hi",
            [("Speaker 1", 83.0, "hello"), ("Speaker 2", 85.0, "hi")], id="brackets",
        ),
        pytest.param(
            "田中 10:02\nこんにちは。\n\n野中 様 10:03\n遅いです。",
            [("田中", 602.0, "こんにちは。"), ("野中 様", 603.0, "遅いです。")], id="name-and-time",
        ),
        pytest.param(
            "00:01 田中\nはい\n00:05 野中\nええ", [("田中", 1.0, "はい"), ("野中", 5.0, "ええ")],
            id="time-name",
        ),
        pytest.param(
            "【営業】はい\n【顧客】遅い", [("営業", None, "はい"), ("顧客", None, "遅い")],
            id="black-brackets",
        ),
        pytest.param(
            "[田中] 00:02\nはい\n[野中] 00:03\nええ", [("田中", 2.0, "はい"), ("野中", 3.0, "ええ")],
            id="zoom-captions",
        ),
        pytest.param(
            "田中（00:01）：a\n野中(00:02): b", [("田中", 1.0, "a"), ("野中", 2.0, "b")],
            id="time-in-brackets",
        ),
    ],
)  # fmt: skip
def test_text_with_speakers(text: str, heard: list[Any]) -> None:
    found = read_talk(text)
    assert found is not None
    assert said(found.heard) == heard


@pytest.mark.parametrize(
    "text", ["ただのメモ。\n明日: 会議\n終わり", "担当: 田中\n金額: 100\n次回: 9/3", "", "User-agent: *"]
)
def test_a_text_without_speakers_is_no_transcript(text: str) -> None:
    assert read_talk(text) is None


def test_a_customers_name_in_a_head_beside_a_company_is_the_persons() -> None:
    found = read_talk(
        "日時：2026年9月3日 14:00\nお客様名：野中 凪\n会社名：港の花屋\n\n営業：はい\n顧客：遅い\n"
    )
    assert found is not None
    assert (found.facts["account_name"], found.facts["contact"]) == ("港の花屋", "野中 凪")


def test_the_head_of_a_text_says_when_and_whose_it_was() -> None:
    found = read_talk("■日時：2026年9月3日 14:00\n場所：本社\n会社名：港の本屋\n\n営業：はい\n顧客：遅い\n")
    assert found is not None
    assert found.facts == {"created_at": "2026年9月3日 14:00", "account_name": "港の本屋"}


def test_a_folder_of_zoom_files_is_read_by_their_names(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.vtt").write_text(ZOOM, "utf-8")
    ((made,), skipped) = read(tmp_path, agents=["田中"])
    assert skipped == []
    assert (made.kind, made.account.name, made.title) == ("call", "港の本屋", "初回商談")
    assert made.created_at.astimezone(TOKYO).date().isoformat() == "2026-09-03"
    assert [(turn.role, turn.text) for turn in made.turns] == [
        ("agent", "ご利用状況はいかがですか。"),
        ("customer", "検索が遅くて困っています。\n毎回一分かかります。"),
    ]
    assert made.external_id.startswith("2026-09-03-")
    assert "港" not in made.external_id


def test_speakers_nobody_can_tell_are_other_and_the_line_says_what_to_set(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.vtt").write_text(ZOOM, "utf-8")
    ((made,), skipped) = read(tmp_path)
    assert {turn.role for turn in made.turns} == {"other"}
    assert [one.place for one in skipped] == [f"{NAME}.vtt"]
    assert skipped[0].reason.startswith("2 of 2 speakers: ours or the customer's?")
    assert "`agents`" in skipped[0].reason
    assert "野中" not in skipped[0].reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("商談.vtt", "when it was is not known", id="no-date"),
        pytest.param("2026-09-03.vtt", "which customer it was is not known", id="no-customer"),
    ],
)
def test_what_a_name_lacks_is_said_with_the_next_move(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_text(ZOOM, "utf-8")
    items, skipped = read(tmp_path)
    assert (items, skipped[0].place) == ([], name)
    assert skipped[0].reason.startswith(f"{reason}: name the file like 2026-09-03_会社名_商談.vtt")


def test_a_list_beside_the_files_says_what_each_is(tmp_path: Path) -> None:
    (tmp_path / "GMT20260903-050000_Recording.vtt").write_text(ZOOM, "utf-8")
    row = "GMT20260903-050000_Recording.vtt,2026/9/3 14:00,川辺歯科,D-7\n"
    (tmp_path / "一覧.csv").write_bytes(("ファイル名,商談日,会社名,案件ID\n" + row).encode("cp932"))
    ((made,), _) = read(tmp_path, agents=["田中"])
    assert (made.account.name, made.deal) == ("川辺歯科", "D-7")
    assert made.turns[1].at.astimezone(TOKYO).isoformat() == "2026-09-03T14:00:03.500000+09:00"


def test_an_emptied_transcript_withdraws_its_call_and_a_vanished_one_does_not(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.vtt").write_text(ZOOM, "utf-8")
    (tmp_path / "2026-09-04_川辺歯科.vtt").write_text(ZOOM, "utf-8")
    source = FilesSource("files", SourceSettings(path=tmp_path), TOKYO)
    (first,) = source.pages("calls", None)
    (tmp_path / "2026-09-04_川辺歯科.vtt").unlink()
    (later,) = source.pages("calls", first.cursor)
    assert (later.complete, later.gone) == (False, ())
    (tmp_path / "2026-09-04_川辺歯科.vtt").touch()
    (last,) = source.pages("calls", later.cursor)
    assert last.complete
    assert [
        item.record.external_id for item in first.items if item.record.account.name == "川辺歯科"
    ] == list(last.gone)
