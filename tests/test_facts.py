"""Facts: what is counted, on a small ledger whose counts are known."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koe.errors import BugError
from koe.facts import compute_facts, coverage
from koe.facts import states as states_module
from koe.facts.praise import credited
from koe.facts.shape import ThemeFacts, WeekFacts
from koe.facts.trend import trend_of
from koe.ledger import schema
from koe.records import State
from koe.settings import Settings
from koe.weeks import period_of
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import WEEK, Row, call, deal, said, small_week, theme, told, write

MONDAY = "2026-09-07T01:00:00Z"


def facts_of(ws: Workspace, rows: list[Row], week: str = WEEK) -> WeekFacts:
    write(ws, rows)
    return compute_facts(ws, week)


def complaint(facts: WeekFacts, id: str) -> ThemeFacts:
    return next(one for one in facts.complaints if one.theme == id)


def value(facts: WeekFacts, id: str) -> float:
    return next(fact.value for fact in facts.facts if fact.id == id)


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
    ],
)
def test_the_trend_rule(history: tuple[int, ...], seen_earlier: bool, trend: str) -> None:
    assert trend_of(history, seen_earlier) == trend


def test_gone_complaints_are_those_of_the_week_before(workspace: Workspace) -> None:
    facts = facts_of(workspace, small_week())
    assert [(t.theme, t.trend, t.accounts, t.previous_accounts) for t in facts.gone] == [
        ("th_old", "gone", 0, 1)
    ]


def test_requests_name_each_deal_once_with_amounts_by_outcome(workspace: Workspace) -> None:
    again = [
        *call("C-9", "A1", "2026-09-10T05:00:00Z", "D-1"),
        said("f_x", "C-9", "th_sso", "feature_request"),
    ]
    request = facts_of(workspace, [*small_week(), *again]).feature_requests[0]
    assert [(d.deal, d.outcome) for d in request.deals] == [("D-2", "won"), ("D-1", "open")]
    assert request.amounts == {"JPY": {"won": 800_000.0, "open": 1_200_000.0}}
    assert request.conversations == 3


def test_a_ticket_of_an_account_with_a_deal_is_no_mention_by_the_deal(workspace: Workspace) -> None:
    rows = [
        theme("th_a", "a", "feature_request"),
        deal("D-1", "A1", "open", amount=10.0),
        *told("T-1", "A1", MONDAY, deal_id="files:D-1"),
        said("f1", "T-1", "th_a", "feature_request"),
    ]
    assert facts_of(workspace, rows).feature_requests[0].deals == ()


def test_amounts_are_added_by_currency_and_a_deal_without_one_adds_nothing(workspace: Workspace) -> None:
    rows: list[Row] = [theme("th_a", "a", "objection")]
    for id, amount, currency in (("D-1", 0.1, "USD"), ("D-2", 0.2, "USD"), ("D-3", None, "JPY")):
        rows += [deal(id, id, "lost", amount=amount, currency=currency)]
        rows += [*call(f"C{id}", id, MONDAY, id), said(f"f{id}", f"C{id}", "th_a", "objection")]
    objection = facts_of(workspace, rows).objections[0]
    assert objection.amounts == {"USD": {"lost": pytest.approx(0.3)}}
    assert len(objection.deals) == 3


def test_losses_carry_the_objections_of_all_their_calls_newest_first(workspace: Workspace) -> None:
    older = [
        *call("C-0", "A9", "2026-03-01T05:00:00Z", "D-3"),
        said("f_old", "C-0", "th_price", "objection", quote="高いと感じます"),
    ]
    facts = facts_of(workspace, [*small_week(), *older])
    assert [(loss.deal, loss.amount, loss.findings) for loss in facts.losses] == [
        ("D-3", 500_000.0, ("f_11", "f_old"))
    ]
    assert facts.wins == 1
    assert "f_old" in {card.finding for card in facts.quotes}
    assert facts.objections[0].conversations == 1


def test_the_reason_of_a_loss_is_masked(workspace: Workspace) -> None:
    reason = "担当の田中様より、090-1234-5678へ連絡がほしいとのこと"
    lost = deal("D-9", "A1", "lost", closed_at="2026-09-08T00:00:00Z", loss_reason=reason)
    shown = facts_of(workspace, [lost, *told("T", "A1", MONDAY)]).losses[0].reason
    assert "090" not in shown and "田中" not in shown and "連絡" in shown


def test_a_deal_that_was_deleted_or_closed_in_another_week_is_no_loss(workspace: Workspace) -> None:
    rows = [
        deal("D-1", "A1", "lost", closed_at="2026-09-08T00:00:00Z", withdrawn=True),
        deal("D-2", "A1", "lost", closed_at="2026-09-13T15:00:00Z"),
        *told("T", "A1", MONDAY),
    ]
    assert facts_of(workspace, rows).losses == ()


def test_questions_are_counted_over_the_window_by_accounts(workspace: Workspace) -> None:
    question = facts_of(workspace, small_week()).faq[0]
    assert (question.accounts, question.history, question.findings) == (2, (1, 1), ("f_p5", "f_7"))


@pytest.mark.parametrize(
    ("quote", "credit"),
    [
        pytest.param("サポートの返信がいつも早くて助かります", "support", id="support"),
        pytest.param("Your support replied within minutes", "support", id="support in English"),
        pytest.param("[人名-k7q2a]さんの説明がわかりやすかったです", "person", id="a masked name"),
        pytest.param("担当の方がとても親切でした", "person", id="the one in charge"),
        pytest.param("画面が見やすくて気に入っています", "product", id="product"),
        pytest.param("The new dashboard is a joy to use", "product", id="product in English"),
    ],
)
def test_praise_says_whom_it_credits(quote: str, credit: str) -> None:
    assert credited("", quote) == credit


def test_each_conversation_is_in_one_state_and_the_states_add_up(workspace: Workspace) -> None:
    rows = [*small_week(), *told("T-9", "A8", MONDAY, withdrawn=True)]
    counted = facts_of(workspace, rows).coverage
    assert counted.conversations == 12 == sum(counted.states.values())
    assert {state.value: n for state, n in counted.states.items()} == {
        "read": 7,
        "nothing": 1,
        "empty": 1,
        "failed": 1,
        "left": 1,
        "withdrawn": 1,
    }


def test_a_reading_of_an_older_version_leaves_the_conversation_to_be_read(workspace: Workspace) -> None:
    facts = facts_of(workspace, [*told("T", "A1", MONDAY, version="v2")])
    assert facts.coverage.states[State.LEFT] == 1


def test_states_that_do_not_add_up_are_a_bug(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    write(workspace, small_week())
    real = states_module._fates
    monkeypatch.setattr(states_module, "_fates", lambda conn, period: real(conn, period)[1:])
    with pytest.raises(BugError, match="does not add up"):
        compute_facts(workspace, WEEK)


def test_skips_drops_and_languages_are_counted(workspace: Workspace) -> None:
    def skip(place: str, week: str) -> Row:
        return schema.skip, {"source": "s", "stream": "t", "place": place, "reason": "r", "week": week}

    facts = facts_of(
        workspace,
        [
            *told("T-1", "A1", MONDAY, dropped='{"not_verbatim": 2}'),
            *told("T-2", "A1", MONDAY, dropped='{"not_verbatim": 1, "agent": 1}', language="en"),
            skip("a:1", WEEK),
            skip("a:2", "2026-W36"),
        ],
    )
    assert facts.coverage.skipped == 1
    assert facts.coverage.dropped == {"agent": 1, "not_verbatim": 3}
    assert facts.coverage.language == {"ja": 1, "en": 1}
    assert value(facts, "coverage.dropped") == 4


def test_every_fact_has_one_id_and_names_its_sources(workspace: Workspace) -> None:
    facts = facts_of(workspace, small_week())
    ids = [fact.id for fact in facts.facts]
    assert len(ids) == len(set(ids))
    by_id = {fact.id: fact for fact in facts.facts}
    assert by_id["complaint.th_slow.accounts"].records == ("T-1", "T-2", "T-3")
    assert by_id["complaint.th_mail.change"].value == -1
    assert by_id["complaint.th_mail.previous_accounts"].records == ("P-2", "P-3")
    assert by_id["feature_request.th_sso.amount.JPY.open"].records == ("D-1",)
    assert by_id["volumes.tickets"].value == 8
    assert by_id["coverage.left"].records == ("T-8",)


def test_every_finding_that_is_named_has_its_quote_once(workspace: Workspace) -> None:
    facts = facts_of(workspace, small_week())
    lists = (facts.complaints, facts.feature_requests, facts.objections, facts.buying_reasons, facts.faq)
    named = {id for themes in (*lists, facts.praise) for one in themes for id in one.findings}
    named |= {id for loss in facts.losses for id in loss.findings}
    cards = [card.finding for card in facts.quotes]
    assert named <= set(cards) and len(cards) == len(set(cards))
    card = next(card for card in facts.quotes if card.finding == "f_9")
    assert (card.conversation, card.day, card.outcome, card.account) == (
        "C-1",
        "2026-09-08",
        "open",
        "A1商店",
    )


def test_accounts_go_by_a_pseudonym_that_stays_where_names_are_not_readable(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path / "k", account_names="pseudonym"))
    first = facts_of(ws, small_week())
    body = first.model_dump_json()
    assert "商店" not in body
    assert compute_facts(ws, WEEK) == first
    assert len(complaint(first, "th_slow").account_names) == 3


def test_a_week_of_an_empty_ledger_has_zeros(workspace: Workspace) -> None:
    facts = compute_facts(workspace, WEEK)
    assert (facts.volumes.tickets, facts.complaints, facts.weeks) == (0, (), (WEEK,))
    assert value(facts, "volumes.conversations") == 0


def test_the_window_has_eight_weeks_and_starts_no_earlier_than_the_ledger(
    workspace: Workspace,
) -> None:
    facts = facts_of(workspace, [*told("T", "A1", "2026-01-05T01:00:00Z"), *told("U", "A1", MONDAY)])
    assert (facts.weeks[0], facts.weeks[-1], len(facts.weeks)) == ("2026-W30", WEEK, 8)
    assert compute_facts(workspace, "2026-W02").weeks == ("2026-W02",)


def test_an_unknown_account_is_nobody_elses_voice(workspace: Workspace) -> None:
    rows = [theme("th_a", "a")]
    for id in ("T-1", "T-2"):
        rows += [*told(id, "", MONDAY, account_name=""), said(f"f{id}", id, "th_a")]
    assert complaint(facts_of(workspace, rows), "th_a").accounts == 2


def test_findings_without_a_theme_are_counted_as_unsettled(workspace: Workspace) -> None:
    facts = facts_of(workspace, [*told("T", "A1", MONDAY), said("f", "T", None)])
    assert facts.unsettled == 1 and facts.complaints == ()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(small_week()))
def test_the_order_of_arrival_changes_no_byte(
    order: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> None:
    def body(rows: list[Row]) -> str:
        settings_ = Settings(home=tmp_path_factory.mktemp("w") / "k", pseudonym_key="x")  # type: ignore[arg-type]
        return facts_of(open_workspace(settings_), rows).model_dump_json()

    assert body(order) == body(small_week())


def test_a_week_costs_the_same_however_long_the_ledger_is(workspace: Workspace, tmp_path: Path) -> None:
    import sqlalchemy as sa

    def rows_read(ws: Workspace) -> int:
        read = 0

        def count(conn: Any, cursor: Any, *_: Any) -> None:
            nonlocal read
            read += 1

        sa.event.listen(ws.ledger, "after_cursor_execute", count)
        compute_facts(ws, WEEK)
        return read

    old = [row for n in range(300) for row in told(f"O{n}", "A1", f"2025-{n % 12 + 1:02d}-03T01:00:00Z")]
    long = open_workspace(Settings(home=tmp_path / "long"))
    window = [*told("W", "A1", "2026-07-21T01:00:00Z"), *small_week()]
    write(workspace, [*window, *told("O", "A1", "2025-01-03T01:00:00Z")])
    write(long, [*window, *old])
    assert rows_read(workspace) == rows_read(long) < 20
