"""Of a week that nobody has read no change is told: not in the facts, not on a page, not in words."""

from pathlib import Path

import pytest

from koe.compose import compose_guarded
from koe.engine.offline import OfflineEngine
from koe.facts.shape import WeekFacts
from koe.facts.trend import trend_of
from koe.language.text import Language
from koe.report.charts import line, spark
from koe.report.terminal import summary
from koe.report.words import words_in
from koe.workspace import Workspace
from tests.report_page import markdown_of, page_of
from tests.report_week import Week, made_week
from tests.small_ledger import said, theme, told
from tests.week_facts import facts_of

MONDAY = "2026-09-07T01:00:00Z"
both_languages = pytest.mark.parametrize("language", ["ja", "en"])


@pytest.mark.parametrize(
    ("history", "seen_earlier", "trend"),
    [
        pytest.param((None, 3), False, "unknown", id="the week before was not read"),
        pytest.param((0, 1, 2, 3, 4, 5, None, 6), False, "unknown", id="a climb up to it says nothing"),
        pytest.param((None, 0, 0, 3), False, "unknown", id="it may have been said in the first week"),
        pytest.param((None, 0, 0, 3), True, "rising", id="heard before the window, so only the rest counts"),
        pytest.param((2, None, 3, 3), False, "steady", id="heard in a week that was read"),
        pytest.param(
            (9, 9, None, 1, 1, 1, 1), False, "steady", id="what came before the gap is not compared"
        ),
        pytest.param((None, None), True, "unknown", id="this week was not read"),
        pytest.param((3, None), True, "unknown", id="nobody is known to be silent"),
        pytest.param((None, 0), True, "gone", id="silent"),
    ],
)
def test_the_trend_rule_where_weeks_were_not_read(
    history: tuple[int | None, ...], seen_earlier: bool, trend: str
) -> None:
    assert trend_of(history, seen_earlier) == trend


def two_weeks(workspace: Workspace, *, first: str | None) -> WeekFacts:
    """Two accounts complain in the second week; the conversation of the first was read as `first`."""
    rows = [
        theme("th_a", "遅い"),
        *told("P-1", "A1", "2026-08-31T01:00:00Z", state=first),
        *told("T-1", "A1", MONDAY),
        *told("T-2", "A2", MONDAY),
        said("f1", "T-1", "th_a"),
        said("f2", "T-2", "th_a"),
    ]
    return facts_of(workspace, rows)


def test_a_week_that_nobody_read_is_nothing_to_compare_with(workspace: Workspace) -> None:
    facts = two_weeks(workspace, first=None)
    (only,) = facts.complaints
    assert (facts.unread_weeks, only.trend, only.previous_accounts) == (("2026-W36",), "unknown", None)
    ids = {fact.id for fact in facts.facts}
    assert "complaint.th_a.accounts" in ids and "volumes.tickets.change" in ids
    assert not {
        id for id in ids if id.startswith("complaint") and id.endswith(("previous_accounts", "change"))
    }


def test_a_week_that_was_read_is(workspace: Workspace) -> None:
    (only,) = two_weeks(workspace, first="nothing").complaints
    assert (only.trend, only.previous_accounts) == ("new", 0)


def test_the_computed_words_claim_no_change_from_it(workspace: Workspace) -> None:
    told_ = compose_guarded(workspace, OfflineEngine(), two_weeks(workspace, first=None))
    text = "".join(sentence.text for sentence in told_.sentences)
    assert "「遅い」の2社" in text or "「遅い」で" in text or "2社" in text
    assert "初めて" not in text and "増え" not in text.replace("件増え", "")


def unread_before(weeks: int) -> Week:
    """The made week, with so many weeks before it not read."""
    publication, facts, digest = made_week()
    unread = facts.weeks[-1 - weeks : -1]
    lists = {
        name: tuple(t.model_copy(update={"trend": "unknown"}) for t in getattr(facts, name))
        for name in ("complaints", "top_complaints", "feature_requests", "objections", "buying_reasons")
    }
    return publication, facts.model_copy(update={**lists, "gone": (), "unread_weeks": unread}), digest


@both_languages
def test_every_page_says_that_the_week_before_was_not_read(language: Language) -> None:
    publication, facts, digest = unread_before(2)
    words = words_in(language)
    was = words.previous.format(n=words.not_read)
    week = publication._replace(folder=Path("r")), facts, digest
    html = page_of(week, language)
    for page in (html, markdown_of(week, language), summary(facts, digest, week[0], language)):
        assert was in page and words.trends["unknown"] in page
    assert words.new_of.format(n=0) not in html
    first = facts.complaints[0]
    row = next(one for one in markdown_of(week, language).splitlines() if one.startswith(f"| {first.name}"))
    assert [cell.strip() for cell in row.split("|")][2:4] == [str(first.accounts), "–"]


@both_languages
def test_a_trend_is_told_over_the_weeks_since_the_last_that_nobody_read(language: Language) -> None:
    publication, facts, digest = made_week()
    some = tuple(t.model_copy(update={"trend": "steady"}) for t in facts.complaints)
    facts = facts.model_copy(
        update={"complaints": some, "top_complaints": some[:3], "unread_weeks": facts.weeks[:3]}
    )
    words = words_in(language)
    page = markdown_of((publication, facts, digest), language)
    assert words.trend(some[0], 5) in page


def test_a_week_that_nobody_read_has_no_place_in_a_drawing() -> None:
    assert spark([1, None, 2], "t").count("<rect") == 2
    drawn = line([1, 2, None, 3, 1], "t")
    path = drawn.split('class="line" d="', 1)[1].split('"', 1)[0]
    assert path.count("M") == 2
    assert line([None], "t") == ""
