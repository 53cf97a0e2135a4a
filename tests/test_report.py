"""The week's report: what it shows, and that it is the same each time."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from koe.errors import BugError
from koe.ground import Reason
from koe.guard import RULES
from koe.language.text import Language
from koe.records import State
from koe.report import Paths, write_index, write_report
from koe.report.charts import bar, columns, line, spark
from koe.report.figures import money, signed, span, week_label, week_title
from koe.report.files import write_whole
from koe.report.index import index_page
from koe.report.pages import TEMPLATES
from koe.report.terminal import summary
from koe.report.words import Words, words_in
from tests.report_page import Page, markdown_of, page_of
from tests.report_week import Week, empty_week, made_week


def written(week: Week, folder: Path, language: Language = "ja") -> Paths:
    publication, facts, digest = week
    return write_report(publication._replace(folder=folder), facts, digest, language)


def test_every_theme_and_every_quote_of_the_week_stands_in_the_page() -> None:
    _, facts, _ = week = made_week()
    text = "".join(Page(page_of(week)).texts)
    for theme in (*facts.complaints, *facts.gone, *facts.feature_requests, *facts.objections, *facts.faq):
        assert theme.name in text
    for card in facts.quotes:
        assert card.quote in text and card.conversation in text and card.account in text


def test_each_sentence_opens_the_quotes_it_cites() -> None:
    _, facts, digest = week = made_week()
    html = page_of(week)
    quotes = {card.finding: card.quote for card in facts.quotes}
    for sentence in digest.sentences:
        after = html.split(sentence.text, 1)[1].split('class="claim"', 1)[0]
        for finding in sentence.cites:
            assert quotes[finding] in after


def test_a_quote_names_conversation_account_day_kind_and_severity() -> None:
    html = page_of(made_week())
    caption = re.search(r"<figcaption>(<span>青葉クリニック.*?)</figcaption>", html, re.S)
    assert caption is not None
    assert re.sub(r"<[^>]+>|\s+", " ", caption[1]).split() == [
        "青葉クリニック", "11月2日（月）", "問い合わせ", "T-0101", "深刻度", "大",
    ]  # fmt: skip


def test_readers_find_their_part_by_its_anchor() -> None:
    page = Page(page_of(made_week()))
    anchors = set(page.values("id"))
    targets = [href.removeprefix("#") for href in page.values("href")]
    assert {"management", "developers", "support", "sales", "content", "coverage", "guard"} <= anchors
    assert set(targets) <= anchors
    assert len(anchors) == len(page.values("id"))


def test_headings_go_down_one_level_at_a_time_and_tables_have_captions() -> None:
    page = Page(page_of(made_week()))
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.tags.count("table") == page.tags.count("caption")
    assert page.tags.count("svg") == page.values("role").count("img")
    assert page.tags.count("svg") == page.tags.count("title") - 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_speaks_the_language_of_the_settings(language: Language) -> None:
    html = page_of(made_week(), language)
    words = words_in(language)
    assert f'<html lang="{language}">' in html
    for text in (words.title, words.overview, words.trust, words.sum_line.split("{n}")[1]):
        assert text in html
    foreign = 'lang="en"' if language == "ja" else 'lang="ja"'
    assert f"<blockquote {foreign}>" in html


def test_the_coverage_of_the_page_adds_up() -> None:
    _, facts, _ = week = made_week()
    shown = re.search(r'<div id="coverage">.*?</div>', page_of(week), re.S)
    assert shown is not None
    *states, total, deleted = [int(n) for n in re.findall(r">(\d+)件<", shown[0])]
    assert len(states) == len(State) - 1
    assert sum(states) == total == facts.coverage.conversations
    assert deleted == facts.coverage.states[State.WITHDRAWN]


def test_what_the_guard_took_out_is_counted_and_shown_nowhere(tmp_path: Path) -> None:
    paths = written(made_week(), tmp_path)
    for path in paths:
        assert "7社が怒っています" not in path.read_text("utf-8")
    assert json.loads(paths.facts.read_text("utf-8"))["guard"] == {
        "state": "guarded",
        "refused": {"number": 1},
        "held_for": [],
    }


def test_an_empty_week_says_so_in_every_section() -> None:
    text = "".join(Page(page_of(empty_week())).texts)
    words = words_in("ja")
    assert words.empty_week in text
    for said in words.none.values():
        assert said in text
        assert said in markdown_of(empty_week())


def test_a_week_of_conversations_without_findings_says_so() -> None:
    publication, facts, digest = empty_week()
    came = facts.coverage.model_copy(update={"conversations": 3, "states": {State.NOTHING: 3}})
    silent = (publication, facts.model_copy(update={"coverage": came}), digest)
    assert words_in("en").silent_week in page_of(silent, "en")


def test_a_revision_says_what_changed() -> None:
    publication, facts, digest = made_week()
    revised = publication._replace(revision=2, changes=("complaints 印刷: 1 → 2", "tickets: 41 → 42"))
    text = "".join(Page(page_of((revised, facts, digest))).texts)
    assert "第2版" in text and "困りごと 印刷: 1 → 2" in text and "問い合わせ: 41 → 42" in text
    assert "第1版" not in page_of((publication, facts, digest))


def test_the_same_week_gives_the_same_bytes_wherever_it_is_written(tmp_path: Path) -> None:
    first = written(made_week(), tmp_path / "one")
    second = written(made_week(), tmp_path / "two")
    for a, b in zip(first, second, strict=True):
        assert a.read_bytes() == b.read_bytes()
        assert str(tmp_path).encode() not in a.read_bytes()


def test_facts_json_holds_what_is_promised_with_sorted_keys(tmp_path: Path) -> None:
    text = written(made_week(), tmp_path).facts.read_text("utf-8")
    told = json.loads(text)
    assert told["week"] == "2026-W45" and told["revision"] == 1
    assert told["volumes"] == {"tickets": 42, "calls": 15}
    assert {"theme", "name", "accounts", "conversations", "previous_accounts", "findings"} <= set(
        told["top_complaints"][0]
    )
    assert told["coverage"]["states"]["read"] == 34
    assert told["digest"]["sentences"][1]["cites"]
    assert text == json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def test_a_finding_without_a_quote_is_a_bug_and_not_a_gap() -> None:
    publication, facts, digest = made_week()
    with pytest.raises(BugError, match="f_000"):
        page_of((publication, facts.model_copy(update={"quotes": facts.quotes[1:]}), digest))


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_whole(tmp_path / "a.txt", "old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "old")]


def test_the_terminal_names_the_top_three_a_quote_the_coverage_and_the_file() -> None:
    publication, facts, digest = made_week()
    told = summary(facts, digest, publication, "ja")
    for rank, theme in enumerate(facts.top_complaints, 1):
        assert f"{rank}. {theme.name}  {theme.accounts}社" in told
    assert "予約確定のメールが昨日から一通も届いておらず" in told
    assert (
        "届いた会話 55件：読んだもの 51（声あり 34）、読めていないもの 1、"
        "お客さまの発言がないもの 3。ほかに、元のシステムで削除されたもの 2\n"
    ) in told
    assert told.endswith("/nowhere/reports/2026-W45/digest.html")


def test_the_terminal_of_an_empty_week_is_short_and_plain() -> None:
    publication, facts, digest = empty_week()
    assert words_in("ja").empty_week in summary(facts, digest, publication, "ja")


def test_the_index_lists_the_weeks_newest_first_with_their_first_complaint(tmp_path: Path) -> None:
    _, facts, _ = made_week()
    last = facts.model_copy(update={"week": "2026-W44", "start": "2026-10-26", "end": "2026-11-01"})
    html = write_index(tmp_path, [facts, last], "ja").read_text("utf-8")
    assert Page(html).values("href")[1:] == ["2026-W45/digest.html", "2026-W44/digest.html"]
    assert html == index_page([last, facts], "ja")
    assert facts.top_complaints[0].name in html
    assert Page(html).tags.count("td") == 2 * len(facts.complaints)


def test_an_index_without_weeks_says_so() -> None:
    assert words_in("en").index_empty in index_page([], "en")


@pytest.mark.parametrize(
    ("amount", "currency", "ja", "en"),
    [
        pytest.param(1_944_000.0, "JPY", "1,944,000円", "1,944,000 JPY", id="yen"),
        pytest.param(1200.5, "USD", "1,200.50ドル", "1,200.50 USD", id="cents"),
        pytest.param(10.0, "CHF", "10 CHF", "10 CHF", id="another currency"),
        pytest.param(10.0, "", "10", "10", id="no currency"),
    ],
)
def test_money_is_written_as_its_readers_do(amount: float, currency: str, ja: str, en: str) -> None:
    assert money(amount, currency, "ja") == ja
    assert money(amount, currency, "en") == en


def test_days_and_weeks_are_written_as_their_readers_do() -> None:
    assert span("2026-12-28", "2027-01-03", "ja") == "2026年12月28日（月）〜2027年1月3日（日）"
    assert span("2026-12-28", "2027-01-03", "en") == "Mon 28 Dec 2026 – Sun 3 Jan 2027"
    assert week_title("2026-W05", "ja") == "2026年 第5週" and week_title("2026-W05", "en") == "Week 5, 2026"
    assert week_label("2026-W38", "ja") == "9/14" and week_label("2026-W38", "en") == "14 Sep"
    assert [signed(n) for n in (2, -1, 0)] == ["+2", "−1", "±0"]


def test_drawings_of_nothing_stand_and_have_a_title() -> None:
    for drawn in (bar(0, 0, 0, "<t>"), spark((), "<t>"), columns([(0, 0)], "<t>"), line((0,), "<t>")):
        assert "<title>&lt;t&gt;</title>" in drawn
        assert "nan" not in drawn and "inf" not in drawn


def test_every_reason_of_guard_and_ground_has_words() -> None:
    for language in ("ja", "en"):
        words = words_in(language)
        assert set(RULES) <= words.rules.keys()
        assert {str(reason) for reason in Reason} <= words.reasons.keys()
        assert set(State) == words.states.keys()


def test_both_languages_say_the_same_things() -> None:
    ja, en = words_in("ja"), words_in("en")
    for name in Words._fields:
        one, other = getattr(ja, name), getattr(en, name)
        assert type(one) is type(other)
        if isinstance(one, dict):
            assert one.keys() == other.keys(), name
        if isinstance(one, str):
            assert set(re.findall(r"\{\w+\}", one)) == set(re.findall(r"\{\w+\}", other)), name


def test_text_has_enough_contrast_in_light_and_dark() -> None:
    css = (TEMPLATES / "style.css").read_text("utf-8")
    palettes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in css.split(":root {")[1:3]]
    assert len(palettes) == 2
    for colours in palettes:
        for ink in ("ink", "soft", "accent"):
            for ground in ("page", "card", "fill"):
                assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground, colours)
        assert _contrast(colours["card"], colours["accent"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
