"""Facts: what was read and what was not, and what holds for every figure."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koe.errors import BugError
from koe.facts import compute_facts
from koe.facts import states as states_module
from koe.ledger import schema
from koe.records import State
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import WEEK, Row, said, small_week, theme, told, write
from tests.week_facts import MONDAY, complaint, facts_of, value


def test_each_conversation_is_in_one_state_and_the_states_add_up(workspace: Workspace) -> None:
    rows = [*small_week(), *told("T-9", "A8", MONDAY, withdrawn=True)]
    counted = facts_of(workspace, rows).coverage
    assert counted.conversations == 11 == sum(counted.states.values()) - 1
    assert {state.value: n for state, n in counted.states.items()} == {
        "read": 7,
        "nothing": 1,
        "empty": 1,
        "unplaced": 0,
        "foreign": 0,
        "failed": 1,
        "left": 1,
        "withdrawn": 1,
    }


def test_what_was_withdrawn_is_counted_as_little_in_the_coverage_as_in_the_volumes(
    workspace: Workspace,
) -> None:
    facts = facts_of(workspace, [*small_week(), *told("T-9", "A8", MONDAY, withdrawn=True)])
    by_id = {fact.id: fact for fact in facts.facts}
    came_in = by_id["coverage.conversations"]
    assert came_in.value == by_id["volumes.conversations"].value == facts.coverage.conversations
    assert came_in.records == by_id["volumes.conversations"].records
    assert by_id["coverage.withdrawn"].records == ("T-9",)


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
