"""A week that was not read, or not to its end, is nowhere said to be without complaints."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from koe.editions import EDITIONS
from koe.editions.making import gather, make_edition
from koe.editions.rendering import as_letter
from koe.language.text import Language
from koe.publish import publish
from koe.records import State
from koe.report.index import index_page
from koe.report.terminal import summary
from koe.report.unread import as_read
from koe.report.view import arrange
from koe.report.words import words_in
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.report_page import markdown_of, page_of
from tests.report_week import Week, empty_week, made_week
from tests.small_ledger import told
from tests.week_facts import facts_of

NOBODY = {State.FAILED: 17, State.LEFT: 2, State.EMPTY: 1}
SOME = {State.FAILED: 2, State.LEFT: 1, State.NOTHING: 17}
NOT_READ = {
    "ja": "届いた会話20件のうち19件がまだ読めていないため、今は何とも言えません。",
    "en": "Not read yet: 19 of 20 conversations, so nothing can be said about this.",
}
PARTLY = {
    "ja": "今週、困りごとの声は見つかりませんでした。（届いた会話20件のうち3件はまだ読めていません）",
    "en": "No complaint was found this week. (Not read yet: 3 of 20 conversations.)",
}
both_languages = pytest.mark.parametrize("language", ["ja", "en"])


def week_of(states: Mapping[State, int]) -> Week:
    """A week with nothing in any of its lists, its conversations in these states."""
    publication, facts, digest = empty_week()
    coverage = facts.coverage.model_copy(update={"conversations": 20, "states": dict(states)})
    return publication, facts.model_copy(update={"coverage": coverage}), digest


def pages_of(week: Week, folder: Path, language: Language) -> dict[str, str]:
    """Everything that a person reads of a week, by its name."""
    publication, facts, digest = week
    ws = open_workspace(Settings.model_validate({"home": folder / "koe", "language": language}))
    publish(ws, facts, digest)
    material = gather(ws, facts.week)
    ws.close()
    assert material is not None
    letters = {name: as_letter(make_edition(material, name)) for name in EDITIONS}
    return {
        "digest.html": page_of(week, language),
        "digest.md": markdown_of(week, language).replace("\\", ""),
        "index.html": index_page([facts], language),
        "terminal": summary(facts, digest, publication, language),
        **{f"{name} text": letter.text for name, letter in letters.items()},
        **{f"{name} html": letter.html for name, letter in letters.items()},
    }


@both_languages
def test_of_a_week_that_nobody_read_no_page_says_that_there_was_nothing(
    tmp_path: Path, language: Language
) -> None:
    words = words_in(language)
    denials = [said for key, said in words.none.items() if key != "losses"]
    pages = pages_of(week_of(NOBODY), tmp_path, language)
    for name, page in pages.items():
        assert [said for said in (*denials, words.silent_week) if said in page] == [], name
        assert NOT_READ[language] in page, name


@both_languages
def test_of_a_week_read_in_part_the_sentence_has_its_reservation(tmp_path: Path, language: Language) -> None:
    pages = pages_of(week_of(SOME), tmp_path, language)
    told = [name for name, page in pages.items() if words_in(language).none["complaints"] in page]
    assert {"digest.html", "digest.md", "index.html", "terminal", "developers text"} <= set(told)
    for name in told:
        assert PARTLY[language] in pages[name], name


@both_languages
def test_of_a_week_read_to_its_end_the_sentence_stands_as_it_is(tmp_path: Path, language: Language) -> None:
    words = words_in(language)
    pages = pages_of(week_of({State.NOTHING: 18, State.EMPTY: 2}), tmp_path, language)
    reservation = words.partly_read.split("{")[0]
    for name in ("digest.html", "digest.md", "terminal", "developers text"):
        assert words.none["complaints"] in pages[name]
        assert reservation not in pages[name] and "読めていません" not in pages[name]


@both_languages
def test_deals_lost_are_known_without_reading(tmp_path: Path, language: Language) -> None:
    pages = pages_of(week_of(NOBODY), tmp_path, language)
    for name in ("digest.html", "digest.md", "sales text"):
        assert words_in(language).none["losses"] in pages[name]


@both_languages
def test_what_is_no_longer_heard_has_its_reservation_too(language: Language) -> None:
    publication, facts, digest = made_week()
    assert facts.gone
    coverage = facts.coverage.model_copy(update={"conversations": 20, "states": SOME})
    week = publication, facts.model_copy(update={"coverage": coverage}), digest
    note = words_in(language).partly_read.format(unread=3, came=words_in(language).conversations(20))
    for page in (page_of(week, language), markdown_of(week, language).replace("\\", "")):
        assert note in page.split(words_in(language).gone, 1)[1][:400]


def test_the_numbers_of_the_reservation_are_those_of_the_coverage() -> None:
    words, facts = words_in("en"), week_of(SOME)[1]
    assert as_read(facts, words, "Nothing.") == "Nothing. (Not read yet: 3 of 20 conversations.)"


@both_languages
def test_of_a_week_that_nobody_read_no_page_counts_its_complaints(tmp_path: Path, language: Language) -> None:
    words = words_in(language)
    pages = pages_of(week_of(NOBODY), tmp_path, language)
    label = pages["digest.html"].split(f"<dt>{words.themes_label}</dt>", 1)[1].split("</div>", 1)[0]
    assert words.not_read in label and "0" not in label
    row = next(line for line in pages["digest.md"].splitlines() if line.startswith("| 0 |"))
    assert row.split("|")[3].strip() == words.not_read


@both_languages
def test_weeks_that_nobody_read_stand_without_a_count_among_the_others(
    tmp_path: Path, language: Language
) -> None:
    publication, facts, digest = made_week()
    unread = facts.model_copy(update={"unread_weeks": facts.weeks[-3:-2]})
    mark = f'<span class="hidden">{words_in(language).not_read}</span>'
    lines = len(arrange(publication, facts, digest, language).histories)
    assert page_of((publication, unread, digest), language).count(mark) == lines
    assert mark not in page_of((publication, facts, digest), language)
    before = week_of(NOBODY)[1].model_copy(update={"week": "2026-W01", "weeks": ("2026-W01",)})
    assert index_page([before, facts], language).count(mark) == len(facts.complaints)
    assert "– →" in pages_of((publication, unread, digest), tmp_path, language)["management text"]


def test_which_weeks_nobody_has_read_is_told_by_the_ledger(workspace: Workspace) -> None:
    rows = [
        *told("P-1", "A1", "2026-09-01T01:00:00Z", state=None),
        *told("P-2", "A1", "2026-09-02T01:00:00Z", state="empty"),
        *told("T-1", "A1", "2026-09-07T01:00:00Z", state="nothing"),
        *told("T-2", "A1", "2026-09-08T01:00:00Z", state=None),
    ]
    assert facts_of(workspace, rows).unread_weeks == ("2026-W36",)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_belongs_to_no_week_is_said_with_where_it_is_listed(language: Language) -> None:
    line = words_in(language).undated.format(n="3")
    assert "3" in line
    assert line.index("koe export skipped") > line.index("3")
