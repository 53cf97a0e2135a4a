"""Facts: which complaints a week has, in which order, and how they move."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.facts import compute_facts, coverage
from koe.facts.trend import QUIET, trend_of
from koe.records import State
from koe.weeks import period_of
from koe.workspace import Workspace
from tests.small_ledger import said, small_week, theme, told, write
from tests.week_facts import MONDAY, complaint, facts_of


def test_complaints_rank_by_accounts_then_conversations_then_severity(workspace: Workspace) -> None:
    facts = facts_of(workspace, small_week())
    assert [(t.theme, t.accounts, t.conversations, t.previous_accounts) for t in facts.top_complaints] == [
        ("th_slow", 3, 3, 1),
        ("th_csv", 1, 2, 0),
        ("th_mail", 1, 1, 2),
    ]
    assert facts.complaints == facts.top_complaints


def test_one_account_that_writes_five_times_ranks_below_two_accounts(workspace: Workspace) -> None:
    rows = [theme("th_loud", "うるさい"), theme("th_two", "ふたり")]
    for n in range(5):
        rows += [*told(f"L{n}", "A1", MONDAY), said(f"l{n}", f"L{n}", "th_loud", severity=3)]
    for n in range(2):
        rows += [*told(f"W{n}", f"B{n}", MONDAY), said(f"w{n}", f"W{n}", "th_two", severity=1)]
    assert [t.theme for t in facts_of(workspace, rows).complaints] == ["th_two", "th_loud"]


def test_equal_counts_rank_by_severity_and_then_by_theme_id(workspace: Workspace) -> None:
    rows = [theme(id, id) for id in ("th_b", "th_a", "th_c")]
    for id, severity in (("th_b", 2), ("th_a", 2), ("th_c", 3)):
        rows += [*told(id, f"A{id}", MONDAY), said(f"f{id}", id, id, severity=severity)]
    assert [t.theme for t in facts_of(workspace, rows).complaints] == ["th_c", "th_a", "th_b"]


def test_of_equal_ones_that_comes_first_which_more_accounts_have_raised_in_the_weeks_before(
    workspace: Workspace,
) -> None:
    rows = [theme(id, id) for id in ("th_a", "th_b")]
    for id in ("th_a", "th_b"):
        rows += [*told(id, f"A{id}", MONDAY), said(f"f{id}", id, id, severity=2)]
    for n in range(2):
        rows += [*told(f"E{n}", f"B{n}", "2026-08-31T01:00:00Z"), said(f"e{n}", f"E{n}", "th_b", severity=1)]
    assert [t.theme for t in facts_of(workspace, rows).complaints] == ["th_b", "th_a"]


@pytest.mark.parametrize(
    ("at", "week"),
    [
        pytest.param("2026-09-13T14:59:59Z", "2026-W37", id="Sunday 23:59:59 in Tokyo"),
        pytest.param("2026-09-13T15:00:00Z", "2026-W38", id="Monday 00:00:00 in Tokyo"),
        pytest.param("2026-09-13T15:00:00.250Z", "2026-W38", id="a quarter second later"),
        pytest.param("2026-09-06T15:00:00Z", "2026-W37", id="Monday of the week itself"),
        pytest.param("2026-09-06T14:59:59.999Z", "2026-W36", id="a millisecond before it"),
    ],
)
def test_a_week_ends_on_the_clock_of_the_company(workspace: Workspace, at: str, week: str) -> None:
    write(workspace, [theme("th_a", "a"), *told("T", "A1", at), said("f", "T", "th_a")])
    counted = {w: compute_facts(workspace, w).volumes.tickets for w in ("2026-W36", "2026-W37", "2026-W38")}
    assert counted == {w: int(w == week) for w in counted}
    assert coverage(workspace, period_of(week, workspace.settings.zone)).conversations == 1


def test_a_mail_sent_twice_counts_once_and_comes_in_twice(workspace: Workspace) -> None:
    facts = facts_of(
        workspace,
        [
            theme("th_a", "a"),
            *told("T-1", "A1", "2026-09-07T01:00:00Z"),
            *told("T-2", "A1", "2026-09-07T02:00:00Z", duplicate_of="files:T-1"),
            said("f1", "T-1", "th_a"),
            said("f2", "T-2", "th_a"),
        ],
    )
    only = complaint(facts, "th_a")
    assert (only.accounts, only.conversations, only.findings) == (1, 1, ("f1",))
    assert facts.volumes.tickets == 2
    assert facts.coverage.duplicates == 1


def test_a_mail_repeated_in_the_next_week_counts_in_the_first_one_alone(workspace: Workspace) -> None:
    rows = [
        theme("th_a", "a"),
        *told("T-1", "A1", "2026-09-07T01:00:00Z"),
        *told("T-2", "A1", "2026-09-14T02:00:00Z", duplicate_of="files:T-1"),
        said("f1", "T-1", "th_a"),
        said("f2", "T-2", "th_a"),
    ]
    facts = facts_of(workspace, rows, "2026-W38")
    assert facts.complaints == ()
    assert facts.gone[0].previous_accounts == 1


def test_a_repeated_mail_stands_in_for_one_that_was_withdrawn(workspace: Workspace) -> None:
    facts = facts_of(
        workspace,
        [
            theme("th_a", "a"),
            *told("T-1", "A1", "2026-09-01T01:00:00Z", withdrawn=True),
            *told("T-2", "A1", "2026-09-07T02:00:00Z", duplicate_of="files:T-1"),
            said("f1", "T-1", "th_a"),
            said("f2", "T-2", "th_a"),
        ],
    )
    assert complaint(facts, "th_a").findings == ("f2",)


def test_withdrawn_conversations_count_nowhere_but_in_the_coverage(workspace: Workspace) -> None:
    rows = [theme("th_a", "a"), *told("T", "A1", MONDAY, withdrawn=True), said("f", "T", "th_a")]
    facts = facts_of(workspace, [*rows, *told("T-2", "A2", MONDAY, state="nothing")])
    assert facts.complaints == () and facts.quotes == ()
    assert facts.volumes.tickets == 1
    assert facts.coverage.states[State.WITHDRAWN] == 1


def test_a_merged_theme_counts_as_its_target_over_any_chain(workspace: Workspace) -> None:
    facts = facts_of(
        workspace,
        [
            theme("th_a", "a", merged_into="th_b"),
            theme("th_b", "b", merged_into="th_c"),
            theme("th_c", "c"),
            *told("T-1", "A1", MONDAY),
            *told("T-2", "A2", MONDAY),
            said("f1", "T-1", "th_a"),
            said("f2", "T-2", "th_c"),
        ],
    )
    assert [(t.theme, t.name, t.accounts) for t in facts.complaints] == [("th_c", "c", 2)]
    assert {card.theme for card in facts.quotes} == {"th_c"}


def test_a_theme_is_new_only_when_nothing_merged_into_it_is_older(workspace: Workspace) -> None:
    facts = facts_of(
        workspace,
        [
            theme("th_old", "a", merged_into="th_b"),
            theme("th_b", "b"),
            theme("th_c", "c"),
            *told("T-0", "A1", "2026-05-01T01:00:00Z"),
            *told("T-1", "A1", MONDAY),
            said("f0", "T-0", "th_old"),
            said("f1", "T-1", "th_b"),
            said("f2", "T-1", "th_c"),
        ],
    )
    assert {t.theme: t.trend for t in facts.complaints} == {"th_b": "steady", "th_c": "new"}


@pytest.mark.parametrize(
    ("history", "seen_earlier", "trend"),
    [
        pytest.param((3,), False, "steady", id="the ledger's first week has nothing to compare with"),
        pytest.param((0, 2), False, "new", id="first heard this week"),
        pytest.param((0, 2), True, "steady", id="heard before the window"),
        pytest.param((1, 0), False, "gone", id="nobody this week"),
        pytest.param((0, 1, 2, 2, 4, 4, 5, 6), False, "rising", id="a climb over weeks"),
        pytest.param((0, 0, 0, 0, 0, 0, 1, 4), False, "rising", id="a jump"),
        pytest.param((5, 5, 4, 4, 3, 2, 2, 1), False, "falling", id="a fall over weeks"),
        pytest.param((3, 3, 3, 3, 3, 3, 3, 3), False, "steady", id="the same every week"),
        pytest.param((1, 4, 1, 0, 1, 1, 2, 1), False, "steady", id="noise"),
        pytest.param((2, 3), False, "steady", id="one more after one week says nothing"),
        pytest.param((0, 6, 5, 5, 5, 5, 5, 5), False, "steady", id="risen long ago"),
        pytest.param((0, 0, 0, 0, 0, 1, 5, 3), False, "steady", id="a climb, but fewer than last week"),
        pytest.param((0, 0, 0, 0, 0, 1, 4, 4), False, "rising", id="a climb, as many as last week"),
        pytest.param((8, 7, 7, 6, 5, 4, 1, 2), False, "steady", id="a fall, but more than last week"),
    ],
)
def test_the_trend_rule(history: tuple[int, ...], seen_earlier: bool, trend: str) -> None:
    assert trend_of(history, seen_earlier) == trend


@pytest.mark.parametrize(
    ("history", "trend"),
    [
        pytest.param((2, 1, 0, 2, 1, 2, 1, 0), "steady", id="one quiet week"),
        pytest.param((2, 1, 0, 2, 1, 0, 0, 0), "steady", id="three quiet weeks"),
        pytest.param((1, 1, 0, 2, 0, 0, 0, 0), "gone", id="four quiet weeks after four accounts"),
        pytest.param((1, 1, 0, 1, 0, 0, 0, 0), "steady", id="too few asked before"),
        pytest.param((9, 0, 0, 0, 0), "gone", id="a short history"),
        pytest.param((2, 2, 2, 2, None, 0, 0, 0), "steady", id="a week of the silence was not read"),
        pytest.param((2, None, 0, 0), "steady", id="nothing since the week that was not read"),
    ],
)
def test_a_question_is_gone_after_four_weeks_and_not_before(
    history: tuple[int | None, ...], trend: str
) -> None:
    assert trend_of(history, True, QUIET) == trend


def test_one_quiet_week_takes_no_question_off_the_list(workspace: Workspace) -> None:
    rows = [theme("th_q", "q", "question"), *told("T-0", "A1", MONDAY)]
    for n in range(2):
        rows += told(f"T-q{n}", f"A{n}", "2026-08-31T01:00:00Z")
        rows.append(said(f"q{n}", f"T-q{n}", "th_q", "question"))
    (asked,) = facts_of(workspace, rows).faq
    assert (asked.history[-1], asked.trend) == (0, "steady")


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_a_trend_never_contradicts_the_week_before(history: list[int]) -> None:
    trend = trend_of(history, seen_earlier=True)
    assert not (trend == "rising" and history[-1] < history[-2])
    assert not (trend == "falling" and history[-1] > history[-2])


def test_gone_complaints_are_those_of_the_week_before(workspace: Workspace) -> None:
    facts = facts_of(workspace, small_week())
    assert [(t.theme, t.trend, t.accounts, t.previous_accounts) for t in facts.gone] == [
        ("th_old", "gone", 0, 1)
    ]
