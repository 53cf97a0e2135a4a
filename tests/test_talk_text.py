"""Transcripts as meeting tools write them into text and WebVTT: each shape under its speakers."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.inspection import inspect
from connectors.files.source import FilesSource
from connectors.records.speakers import may_be_name
from connectors.talks.cues import read_vtt
from connectors.talks.text import read_talk
from koe.settings import Settings, SourceSettings

TALK = [("田中", "本日はよろしくお願いします。"), ("佐藤", "検索が遅いんです。"), ("田中", "承知しました。")]


def written(form: str, *times: str) -> str:
    """The talk, each utterance in a form of its name, its words and its time."""
    return "\n".join(
        form.format(who=who, words=words, at=at) for (who, words), at in zip(TALK, times, strict=False)
    )


CLOCKS = ("00:00:12", "00:00:20", "00:01:02")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(written("{at} {who}: {words}", "00:12", "00:20", "01:02"), id="time-name-colon"),
        pytest.param(
            written("{at}　{who}：{words}", "００：１２", "００：２０", "０１：０２"), id="wide-digits"
        ),
        pytest.param(written("[{at}] {who}\n{words}", *CLOCKS), id="time-name-then-words"),
        pytest.param(written("{at}\t{who}\t{words}", *CLOCKS), id="columns"),
        pytest.param(written("{at} | {who}\n{words}\n", "0:12", "0:20", "1:02"), id="bar"),
        pytest.param(written("{who}   {at}\n{words}\n", "0:12", "0:20", "1:02"), id="name-time"),
        pytest.param(written("{who} - {at}\n{words}", "00:12", "00:20", "01:02"), id="name-dash-time"),
        pytest.param(written("{who}({at}) {words}", *CLOCKS), id="name-time-in-brackets"),
        pytest.param(
            written("{who} ({at})\n{words}", "00:12 - 00:18", "00:20 - 00:30", "01:02 - 01:05"), id="spans"
        ),
        pytest.param(written("[{who}] ({at})\n{words}", *CLOCKS), id="name-in-brackets-time"),
        pytest.param(written("**{who}** ({at}): {words}", "0:12", "0:20", "1:02"), id="marks-of-markdown"),
        pytest.param(written("{who}   {at}\n{words}", "0 分 12 秒", "0 分 20 秒", "1 分 2 秒"), id="minutes"),
        pytest.param(written("{who}　{at}：{words}", "0分12秒", "0分20秒", "1分2秒"), id="minutes-colon"),
        pytest.param(written("[{at}] {who}: {words}", "12.0s", "20.0s", "62.0s"), id="seconds"),
    ],
)
def test_names_beside_times(text: str) -> None:
    found = read_talk(text)
    assert found is not None
    assert [(one.label, one.text) for one in found.heard.utterances] == TALK
    assert [one.start_s for one in found.heard.utterances] == [12.0, 20.0, 62.0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(written("{who}：{words}", *CLOCKS), id="colon"),
        pytest.param(written("（{who}）{words}", *CLOCKS), id="round-brackets"),
        pytest.param(written("[{who}]: {words}", *CLOCKS), id="brackets-and-colon"),
        pytest.param(written("○{who}　{words}", *CLOCKS), id="minutes-of-an-assembly"),
        pytest.param(written("{who}＞{words}", *CLOCKS), id="pointed"),
        pytest.param("\n\n".join(f"{who}\n{words}" for who, words in [*TALK, TALK[1]]), id="on-its-own-line"),
    ],
)
def test_names_without_times(text: str) -> None:
    found = read_talk(text)
    assert found is not None
    assert [(one.label, one.text) for one in found.heard.utterances][:3] == TALK


def labels(text: str) -> list[str]:
    found = read_talk(text)
    return [one.label for one in found.heard.utterances] if found else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "田中 0:03\nでは次の議題: 価格について\n佐藤 0:09\n例: 在庫の画面です\nURL: https://a.example\n",
            ["田中", "佐藤"],
            id="colons-in-a-text-with-times",
        ),
        pytest.param(
            "田中: はい\n佐藤: 遅いです\nつまり: 困っています\n結論: 解約します\n田中: 承知しました",
            ["田中", "佐藤", "田中"],
            id="words-that-are-no-names",
        ),
        pytest.param(
            "Kenji: Thanks\nYui: It is slow.\nMy point: we may leave\nKenji: I see",
            ["Kenji", "Yui", "Kenji"],
            id="english",
        ),
        pytest.param(
            "高井 健 が文字起こしを開始しました\n\n高井 健   0:03\nはい\n\n佐藤 0:09\n遅いです\n\n"
            "高井 健 が文字起こしを停止しました\n",
            ["高井 健", "佐藤"],
            id="what-a-tool-says-of-itself",
        ),
        pytest.param("課題\n遅い\n\n次回\n見積\n\n課題\n価格\n\n次回\n契約", [], id="headings-are-no-names"),
        pytest.param("○価格　高い\n○納期　遅い\n○価格　下げる\n", [], id="bullets-are-no-names"),
    ],
)  # fmt: skip
def test_what_is_no_speaker_stays_with_the_one_before(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_the_words_of_a_tool_are_nobodys() -> None:
    end = "会議は 00:32:10 に終了しました\nこの編集可能な文字起こしは自動生成されたものです。\n"
    found = read_talk(
        f"00:00:00\n\n高井 健: はい\n佐藤: 遅いです\n00:05:00\n\n佐藤: 困ります\n高井 健: はい\n{end}"
    )
    assert found is not None
    assert [(one.label, one.start_s, one.text) for one in found.heard.utterances] == [
        ("高井 健", 0.0, "はい"),
        ("佐藤", None, "遅いです\n困ります"),
        ("高井 健", None, "はい"),
    ]


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        pytest.param(
            "商談 - 2026/09/03 14:00 JST - 文字起こし\n参加者\n高井 健, 佐藤\n",
            "2026/09/03 14:00 JST",
            id="meet",
        ),
        pytest.param(
            "商談\n2026-09-03 14:00:12 | 32分10秒\nキーワード:\n検索\n", "2026-09-03 14:00:12", id="notta"
        ),
        pytest.param(
            "Meeting\nSeptember 3, 2026, 5:00AM\n32m 10s\n", "September 3, 2026, 5:00AM", id="teams"
        ),
    ],
)
def test_the_head_that_tools_write_says_when_and_is_no_speaker(head: str, moment: str) -> None:
    found = read_talk(f"{head}\n高井 0:03\nはい\n佐藤 0:09\n遅いです\n")
    assert found is not None
    assert found.facts["created_at"] == moment
    assert [one.label for one in found.heard.utterances] == ["高井", "佐藤"]


CUE = "{n}\n00:00:{n:02d}.000 --> 00:00:{n:02d}.500\n{text}\n"


def vtt(*lines: str) -> list[tuple[str, str]]:
    body = "WEBVTT\n\n" + "\n".join(CUE.format(n=n, text=text) for n, text in enumerate(lines, 1))
    return [(one.label, one.text) for one in read_vtt(body).utterances]


def test_a_zoom_name_may_hold_colons_and_a_sentence_with_one_is_no_name() -> None:
    name = "鈴木 花子 (株式会社テスト: 営業部)"
    assert vtt(
        f"{name}: はい。", "iPhone: 10:30からです: 遅い", "では次の議題: 価格です", f"{name}: ええ。"
    ) == [
        (name, "はい。"),
        ("iPhone", "10:30からです: 遅い\nでは次の議題: 価格です"),
        (name, "ええ。"),
    ]
    assert vtt("Dr. J. Smith: hello", "[SPEAKER_01]: hi") == [("Dr. J. Smith", "hello"), ("SPEAKER_01", "hi")]


def test_a_teams_voice_keeps_its_name_over_its_cues_and_colons_in_its_words() -> None:
    assert vtt(
        "<v 高井 健>本日は</v>", "<v 高井 健>ありがとう</v>", "<v Sato, Yui (港の本屋)>例: 在庫</v>"
    ) == [
        ("高井 健", "本日は\nありがとう"),
        ("Sato, Yui (港の本屋)", "例: 在庫"),
    ]


@pytest.mark.parametrize(
    "name", ["田中", "野中 凪", "さくら", "Kenji Takai", "iPhone", "話者1", "お客様", "佐藤さん"]
)
def test_names_read_as_names(name: str) -> None:
    assert may_be_name(name)


@pytest.mark.parametrize("words", ["では次の議題", "例", "つまり", "my point", "Note", "", "結論"])
def test_pieces_of_sentences_do_not(words: str) -> None:
    assert not may_be_name(words)


NAMES = st.sampled_from(["田中", "野中 凪", "Kenji", "話者 2", "お客様"])
WORDS = st.text(st.sampled_from("あ漢字ab、。<&(-"), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(NAMES, WORDS), min_size=2, max_size=6))
def test_what_is_written_with_times_comes_back_under_the_same_names(parts: list[tuple[str, str]]) -> None:
    text = "\n".join(f"[00:00:{n:02d}] {who}: {words}" for n, (who, words) in enumerate(parts))
    found = read_talk(text)
    assert found is not None
    lines = [(one.label, line) for one in found.heard.utterances for line in one.text.split("\n")]
    assert lines == parts


def test_inspect_asks_once_whose_the_speakers_of_all_files_are(tmp_path: Path) -> None:
    (tmp_path / "2026-09-03_港の本屋.txt").write_text("話者1 00:00\nはい\n話者2 00:05\n遅いです\n", "utf-8")
    (tmp_path / "2026-09-04_丘の製粉所.txt").write_text("高井 00:00\nはい\n佐藤 00:05\n遅いです\n", "utf-8")
    lines = list(inspect(tmp_path, Settings(home=tmp_path, language="en")))
    at = lines.index("Ours or the customer's? What these speakers say is not read until koe.toml says so:")
    assert lines[at + 1 :] == [
        "",
        '    agents = ["…"]  # those who are ours among "佐藤", "高井"',
        f'    # once, above: [sources.files] with path = "{tmp_path}"',
        "    [sources.files.talk]",
        '    speakers = { "話者1" = "…", "話者2" = "…" }  # "agent" is ours, "customer" theirs',
        "",
    ]
    told = "\n".join(inspect(tmp_path, Settings(home=tmp_path, language="en", agents=("高井",))))
    assert "among" not in told
    assert "  customer: 佐●\n  agent: 高●" in told


def test_inspect_proposes_those_speakers_as_ours_who_own_deals(tmp_path: Path) -> None:
    table = (
        "商談ID,会社名,金額,ステージ,営業担当,完了日\n"
        "D-1,港の本屋,100,受注,高井,2026-09-05\nD-2,丘の製粉所,200,失注,三枝,2026-09-06\n"
    )
    (tmp_path / "商談.csv").write_text(table, "utf-8")
    for name, whom in (("2026-09-03_港の本屋", "佐藤"), ("2026-09-04_丘の製粉所", "森")):
        talk = f"高井 00:00\nはい\n{whom} 00:05\n紙が薄いです\n"
        (tmp_path / f"{name}.txt").write_text(talk, "utf-8")
    lines = list(inspect(tmp_path, Settings(home=tmp_path, language="en")))
    assert '    agents = ["高井"]  # own deals; add who else is ours among "佐藤", "森"' in lines


def test_a_transcript_without_any_name_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "2026-09-03_港の本屋.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nはい\n", "utf-8")
    source = FilesSource("files", SourceSettings(path=tmp_path), ZoneInfo("Asia/Tokyo"))
    (page,) = source.pages("calls", None)
    assert [one.reason for one in page.skipped] == [
        "no speaker has a name, so nothing of it is read; export it again with the speakers' names"
    ]


@pytest.mark.parametrize("long", ["\n" * 100_000, "(" * 100_000, "1 分 " * 25_000, "a:" * 50_000])
def test_a_long_text_costs_no_more_than_its_length(long: str) -> None:
    found = read_talk(f"田中: はい\n佐藤: 遅いです\n田中: ええ{long}")
    assert found is not None
    assert found.heard.utterances[1].text == "遅いです"
    assert vtt("田中: はい", "佐藤: 遅い") == [("田中", "はい"), ("佐藤", "遅い")]
    assert (
        read_vtt(f"WEBVTT\n\n{CUE.format(n=1, text='田中: はい')}{long}")
        .utterances[0]
        .text.startswith("はい")
    )


@pytest.mark.parametrize(
    ("head", "begun"),
    [
        pytest.param("商談 - 2026/09/03 14:00 JST - 文字起こし", "2026-09-03T14:00", id="the same day"),
        pytest.param("商談 - 2026/08/01 14:00 JST - 文字起こし", "2026-09-03T00:00", id="another day"),
    ],
)
def test_a_head_says_the_time_of_the_day_that_the_name_says(tmp_path: Path, head: str, begun: str) -> None:
    (tmp_path / "2026-09-03_港の本屋.txt").write_text(f"{head}\n営業: はい\nお客様: 遅いです\n", "utf-8")
    zone = ZoneInfo("Asia/Tokyo")
    (page,) = FilesSource("files", SourceSettings(path=tmp_path), zone).pages("calls", None)
    assert [item.record.created_at.astimezone(zone).isoformat()[:16] for item in page.items] == [begun]


def test_why_the_only_transcript_is_not_read_is_not_covered_by_another_line(tmp_path: Path) -> None:
    (tmp_path / "商談.txt").write_text("営業: はい\nお客様: 遅いです\n", "utf-8")
    (page,) = FilesSource("files", SourceSettings(path=tmp_path), ZoneInfo("Asia/Tokyo")).pages("calls", None)
    ((place, reason),) = ((one.place, one.reason) for one in page.skipped)
    assert place == "商談.txt"
    assert reason.startswith("when it was is not known")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param(
            "Mori: How is the trial?\nHale: It halves our no-shows.", ["Mori", "Hale"], id="English"
        ),
        pytest.param(
            "森: いかがですか。\n\n原: 二重になるのが怖いです。\n電話もあるので。", ["森", "原"], id="kana"
        ),
        pytest.param("Alice: Hi\nBob: Hi", None, id="no sentences"),
        pytest.param("導入目的：業務を減らします。\n導入時期：四月の予定です。", None, id="a form"),
        pytest.param("議事録です。\n森: はい。\n原: はい。", None, id="words before the first"),
        pytest.param("森: いかがですか。\n森に電話する。", None, id="one person"),
    ],
)
def test_two_people_who_spoke_once_each_are_an_exchange(text: str, labels: list[str] | None) -> None:
    found = read_talk(text)
    assert (found and [one.label for one in found.heard.utterances]) == labels
