"""Questions that join two things: who said both, won deals against lost ones, one period against another."""

import pytest

from koe.ask import Answer, ask
from koe.ask.counting.both import is_of_both, is_of_most
from koe.ask.records.terms import compares_outcomes
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.workspace import Workspace
from tests.small_ledger import said, theme, told, write

SAID = (
    ("T-1", "A1", "07", "complaint"),
    ("T-2", "A1", "08", "feature_request"),
    ("T-3", "A2", "09", "complaint"),
    ("T-4", "A3", "16", "feature_request"),
)


@pytest.fixture
def three(workspace: Workspace) -> Workspace:
    rows = [theme("th_complaint", "地図が遅い"), theme("th_feature_request", "印刷したい", "feature_request")]
    for id, account, day, kind in SAID:
        rows += told(id, account, f"2026-09-{day}T01:00:00Z")
        rows += [said(f"f-{id}", id, f"th_{kind}", kind)]
    write(workspace, rows)
    return workspace


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-09-21")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("苦情も要望も出している会社は?", "「要望と苦情の両方」にあたる声は1社、2件", id="ja"),
        pytest.param("苦情と要望の両方を出した会社は何社?", "1社、2件", id="how many"),
        pytest.param(
            "Which customers both complained and asked for a feature?",
            '"both feature requests and complaints": 1 account, 2 conversations.',
            id="en",
        ),
    ],
)
def test_who_said_both_is_who_said_each(three: Workspace, question: str, told: str) -> None:
    answer = _ask(three, question)
    assert told in answer.answer
    assert answer.citations == ("T-1", "T-2")


@pytest.mark.parametrize(
    ("question", "is_both"),
    [
        pytest.param("苦情と要望を教えて", False, id="either"),
        pytest.param("苦情も要望も出した会社は?", True, id="both"),
        pytest.param("Complaints and requests in October?", False, id="either, en"),
    ],
)
def test_two_kinds_are_not_always_both(question: str, is_both: bool) -> None:
    assert is_of_both(question, plan(question, (), "2026-09-21")) == is_both


@pytest.mark.parametrize(
    ("question", "compares"),
    [
        pytest.param("失注商談と受注商談で話題はどう違う?", True, id="topics"),
        pytest.param("How do won and lost deals differ?", True, id="en"),
        pytest.param("失注と受注で懸念はどう違う?", False, id="of a kind"),
        pytest.param("失注した商談の話題は?", False, id="one outcome"),
    ],
)
def test_won_against_lost_is_told_by_their_words(question: str, compares: bool) -> None:
    assert compares_outcomes(question, plan(question, (), "2026-09-21")) == compares


def test_weeks_run_to_the_end_of_the_later_period(three: Workspace) -> None:
    answer = _ask(three, "9月7日の週と9月14日の週で要望の件数はどう変わった?")
    weeks = {fact.id: fact.value for fact in answer.facts if fact.id.startswith(("week.", "span."))}
    lengths = {"span.before.days": 7, "span.after.days": 3}
    assert weeks == {"week.2026-W37": 1, "week.2026-W38": 1, "span.before": 1, "span.after": 1, **lengths}


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        pytest.param("苦情が一番多い会社は?", ("・A2商店: 2件の会話", "・A1商店: 1件の会話"), id="ja"),
        pytest.param(
            "Which company complains the most?",
            ("· A2商店: 2 conversations", "· A1商店: 1 conversation"),
            id="en",
        ),
    ],
)
def test_who_complains_most_is_an_account(three: Workspace, question: str, lines: tuple[str, ...]) -> None:
    write(
        three, [*told("T-5", "A2", "2026-09-10T01:00:00Z"), said("f-5", "T-5", "th_complaint", "complaint")]
    )
    assert tuple(_ask(three, question).answer.split("\n")[1:]) == lines


@pytest.mark.parametrize(
    ("question", "by_account"),
    [
        pytest.param("一番多い苦情は?", False, id="a theme"),
        pytest.param("苦情の多い会社はどこ?", True, id="accounts"),
        pytest.param("一番多く苦情を言っている会社は?", True, id="accounts that say most"),
        pytest.param("誰が一番文句を言ってる?", True, id="who says most"),
        pytest.param("会社別の要望件数", True, id="by account"),
        pytest.param("who complains most?", True, id="who, en"),
        pytest.param("complaints by customer", True, id="by account, en"),
        pytest.param("Which complaints do customers raise most?", False, id="which, en"),
        pytest.param("What do customers complain about most?", False, id="a theme, en"),
        pytest.param("Customers with the most complaints", True, id="accounts, en"),
    ],
)
def test_most_by_whom_is_not_most_of_what(question: str, by_account: bool) -> None:
    assert is_of_most(question, plan(question, (), "2026-09-21")) == by_account


@pytest.mark.parametrize(
    ("question", "is_refused"),
    [
        pytest.param("地図が遅い苦情と印刷が薄い苦情と検索の苦情、どちらが多い?", True, id="ja, three"),
        pytest.param("Do more customers complain about maps, the index or printing?", True, id="en, three"),
        pytest.param("9月7日の週と9月14日の週で地図の苦情はどちらが多い?", False, id="two periods"),
        pytest.param("Which customers cannot see or print maps?", False, id="one matter"),
    ],
)
def test_three_matters_are_not_counted_as_one(three: Workspace, question: str, is_refused: bool) -> None:
    answer = _ask(three, question).answer
    assert ("何と何を比べる" in answer or "held against what" in answer) == is_refused
