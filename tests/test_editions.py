"""Editions say the week's facts for one department each, and nothing else."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from koe.editions import EDITIONS, Edition, EditionName
from koe.editions.around import surroundings
from koe.editions.making import gather, make_edition
from koe.editions.material import Surroundings
from koe.editions.rendering import as_letter
from koe.editions.shape import Entry, Part, Voice
from koe.editions.support import _with_replies
from koe.ledger import schema
from koe.publish import publish
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.report_week import Week, hostile_week, made_week
from tests.small_ledger import said, theme, told, write

HOSTILE = "<img src=x onerror=alert(1)> <!channel> [a](http://evil.example) ![b](http://evil.example/b.png)"


def editions_of(tmp_path: Path, week: Week, language: str = "ja") -> dict[EditionName, Edition]:
    settings = Settings.model_validate({"home": tmp_path / "koe", "language": language})
    ws = open_workspace(settings)
    _, facts, digest = week
    publish(ws, facts, digest)
    material = gather(ws, facts.week)
    assert material is not None
    return {name: make_edition(material, name) for name in EDITIONS}


@pytest.fixture
def editions(tmp_path: Path) -> dict[EditionName, Edition]:
    return editions_of(tmp_path, made_week())


def voices(edition: Edition) -> Iterator[str]:
    for part in edition.parts:
        for entry in part.entries:
            yield from (voice.text for voice in entry.voices)


def test_every_quote_stands_in_the_weeks_facts(editions: dict[EditionName, Edition]) -> None:
    known = {card.quote for card in made_week()[1].quotes}
    shown = [text for edition in editions.values() for text in voices(edition)]
    assert len(shown) > 20
    assert [text for text in shown if text not in known] == []


def test_developers_read_the_top_complaints_in_their_order(editions: dict[EditionName, Edition]) -> None:
    facts = made_week()[1]
    top, requests = editions["developers"].parts
    assert [entry.title for entry in top.entries] == [theme.name for theme in facts.top_complaints]
    assert [entry.title for entry in requests.entries][:2] == [t.name for t in facts.feature_requests][:2]
    for entry, first in zip(top.entries, facts.top_complaints, strict=True):
        assert entry.accounts == first.account_names
        assert f"{first.accounts}社" in entry.figures


def test_every_number_of_an_edition_is_one_of_the_facts(editions: dict[EditionName, Edition]) -> None:
    body = made_week()[1].model_dump_json()
    known = set(re.findall(r"\d+", body.replace(",", "")))
    figures = [
        figure
        for edition in editions.values()
        for part in edition.parts
        for entry in part.entries
        for figure in entry.figures
    ]
    numbers = {number for figure in figures for number in re.findall(r"\d+", figure.replace(",", ""))}
    days = {str(day) for day in range(32)}
    counts = {str(len(theme.deals)) for theme in made_week()[1].feature_requests}
    assert numbers - known - days - counts == set()


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_edition_is_the_same_each_time(tmp_path: Path, name: EditionName, language: str) -> None:
    first = editions_of(tmp_path / "a", made_week(), language)[name]
    second = editions_of(tmp_path / "b", made_week(), language)[name]
    assert as_letter(first) == as_letter(second)
    assert first.language == language


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("name", EDITIONS)
def test_hostile_words_are_harmless_in_every_form(tmp_path: Path, name: EditionName) -> None:
    letter = as_letter(editions_of(tmp_path, hostile_week(HOSTILE))[name])
    tags = Tags()
    tags.feed(letter.html)
    assert tags.seen.isdisjoint({"img", "script", "a", "iframe", "form"})
    assert tags.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert "<img" not in letter.markdown
    assert "](http" not in letter.markdown.replace("\\]", "")


def test_a_held_week_shows_no_sentence_of_its_digest(tmp_path: Path) -> None:
    publication, facts, digest = made_week()
    held = digest.model_copy(update={"state": "held", "held_for": ("dropped proposals: 1",)})
    assert {edition.summary for edition in editions_of(tmp_path, (publication, facts, held)).values()} == {()}


def test_the_footer_adds_up_what_was_read(editions: dict[EditionName, Edition]) -> None:
    coverage = made_week()[1].coverage
    for edition in editions.values():
        assert f"{coverage.conversations}件" in edition.footer[0]


def test_support_reads_what_was_answered_so_far(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    asked = "請求書の宛名はどこで変えますか。"
    answer = "請求書の宛名は「設定」の「請求先」で変えられます。保存を押してください。"
    turns = [
        ("customer", f"お世話になります。{asked}急ぎです。"),
        (
            "agent",
            "ご連絡ありがとうございます。\n請求書の宛名は「設定」の「請求先」で変えられます。保存を押してください。",
        ),
    ]
    rows = [
        (schema.turn, {"conversation_id": "files:t1", "n": n, "role": role, "text": text})
        for n, (role, text) in enumerate(turns)
    ]
    write(ws, [*told("t1", "a1", "2026-09-15T01:00:00Z"), *rows, theme("th1", "宛名の変更", "question")])
    start = turns[0][1].index(asked)
    write(ws, [said("f1", "t1", "th1", "question", quote=asked, turn=0, start=start, end=start + len(asked))])
    with ws.ledger.connect() as conn:
        found = surroundings(conn, ["f1"])["f1"]
    assert found.reply == answer
    assert found.context == turns[0][1]


def test_a_courtesy_is_no_answer() -> None:
    from koe.editions.around import _to_the_point

    asked = "まるごと写すボタンはどこにありますか。"
    assert _to_the_point("ご不明な点がありましたら、お待ちしております。次回は来週です。", asked) == ""
    assert _to_the_point("I will get back to you about it.", "Could you look into it before the 20th?") == ""


def around_a_question(tmp_path: Path, asked: str, *after: tuple[str, str]) -> Surroundings:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    rows = [
        (schema.turn, {"conversation_id": "files:t1", "n": n, "role": role, "text": text})
        for n, (role, text) in enumerate([("customer", asked), *after])
    ]
    write(ws, [*told("t1", "a1", "2026-09-15T01:00:00Z"), *rows, theme("th1", "質問", "question")])
    write(ws, [said("f1", "t1", "th1", "question", quote=asked, turn=0, start=0, end=len(asked))])
    with ws.ledger.connect() as conn:
        return surroundings(conn, ["f1"])["f1"]


@pytest.mark.parametrize(
    ("asked", "after", "reply"),
    [
        pytest.param(
            "送料はどこまで無料ですか。",
            [("agent", "お問い合わせありがとうございます。本州のお届けには頂いておりません。")],
            "本州のお届けには頂いておりません。",
            id="in other words",
        ),
        pytest.param(
            "Do I need a second licence for the branch?",
            [("agent", "Thank you for writing. A single one is enough for all of your sites.")],
            "A single one is enough for all of your sites.",
            id="in other English words",
        ),
        pytest.param(
            "会員証は何日で届きますか。",
            [("customer", "急いでおります。"), ("agent", "会員証は三日ほどで届きます。")],
            "会員証は三日ほどで届きます。",
            id="behind a second letter",
        ),
    ],
)
def test_an_answer_needs_no_word_of_the_question(
    tmp_path: Path, asked: str, after: list[tuple[str, str]], reply: str
) -> None:
    assert around_a_question(tmp_path, asked, *after).reply == reply


def test_of_two_questions_an_answer_in_other_words_is_to_the_last(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    questions = ("駐車場はありますか。", "何時まで開いていますか？")
    turns = [("customer", "".join(questions)), ("agent", "日曜のみ十七時に閉めます。")]
    rows = [
        (schema.turn, {"conversation_id": "files:t1", "n": n, "role": role, "text": text})
        for n, (role, text) in enumerate(turns)
    ]
    write(ws, [*told("t1", "a1", "2026-09-15T01:00:00Z"), *rows, theme("th1", "質問", "question")])
    first, end = len(questions[0]), len(turns[0][1])
    write(ws, [said("f1", "t1", "th1", "question", quote=questions[0], turn=0, start=0, end=first)])
    write(ws, [said("f2", "t1", "th1", "question", quote=questions[1], turn=0, start=first, end=end)])
    with ws.ledger.connect() as conn:
        found = surroundings(conn, ["f1", "f2"])
    assert [found[id].reply for id in ("f1", "f2")] == ["", "日曜のみ十七時に閉めます。"]


def test_whether_an_agent_spoke_is_told_apart_from_whether_it_is_to_the_point(tmp_path: Path) -> None:
    asked = "会員証は何日で届きますか。"
    silent = around_a_question(tmp_path / "a", asked, ("customer", "急いでおります。"))
    asking = around_a_question(tmp_path / "b", asked, ("agent", "お名前をお知らせください。"))
    assert (silent.reply, silent.is_answered) == ("", False)
    assert (asking.reply, asking.is_answered) == ("", True)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_support_says_of_each_question_by_itself_that_nobody_answered(tmp_path: Path, language: str) -> None:
    settings = Settings.model_validate({"home": tmp_path / "koe", "language": language})
    ws = open_workspace(settings)
    _, facts, digest = made_week()
    publish(ws, facts, digest)
    material = gather(ws, facts.week)
    assert material is not None
    theme = max(facts.faq_candidates, key=lambda one: len(one.findings))
    first, second, *_ = [card.finding for card in material.cards(theme.findings)]
    around = {first: Surroundings(reply="はい。", is_answered=True), second: Surroundings()}
    sources = [
        voice.source
        for voice in _with_replies(material._replace(around=around), [first, second])
        if not voice.label
    ]
    assert material.phrases.unanswered not in sources[0]
    assert sources[1].endswith(material.phrases.unanswered)
    other = _with_replies(material._replace(around={first: Surroundings(is_answered=True)}), [first])
    assert other[0].source.endswith(material.phrases.besides)


@pytest.mark.parametrize(
    ("language", "note"),
    [("ja", "受注0件・失注0件の商談を比べました。"), ("en", "Compared: 0 deals won, 0 deals lost;")],
)
def test_the_deals_that_words_are_compared_over_are_named_once(
    tmp_path: Path, language: str, note: str
) -> None:
    content = editions_of(tmp_path, made_week(), language)["content"]
    assert content.parts[0].note.startswith(note)


def test_each_voice_of_the_markdown_stands_by_itself() -> None:
    voices = (Voice(text="q", source="T-1"), Voice(text="r", label="A"), Voice(text="s"))
    entry = Entry(title="E", figures=("1社",), voices=voices)
    edition = Edition(
        name="support", week="2026-W38", revision=1, language="en", title="T", period="P", summary=("S",),
        parts=(Part(title="One", entries=(entry, entry)), Part(title="Two", none="-")), footer=("F",),
    )  # fmt: skip
    lines = as_letter(edition).markdown.splitlines()
    quoted = [n for n, line in enumerate(lines) if line.startswith("> ") and "—" not in line]
    assert len(quoted) == 6 and all(lines[n - 1] == "" for n in quoted)
    assert all(lines[n - 1] == "" for n, line in enumerate(lines) if line.startswith("#") and n)
