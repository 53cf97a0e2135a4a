"""Two months or two matters held against each other, however the question puts it."""

from datetime import date

import pytest

from koe.ask.answer.refusals import refusal
from koe.ask.rows.select import Span
from koe.engine.base import Query
from koe.engine.offline.plan.filters import plan
from koe.records import FindingKind

SEPTEMBER, OCTOBER = ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31")


def _plan(question: str) -> Query:
    return plan(question, (), "2026-11-23")


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Compare September and October requests", id="no preposition"),
        pytest.param("September vs October requests", id="vs"),
        pytest.param("September & October requests", id="and as a sign"),
        pytest.param("Were there more requests in September or October?", id="or"),
        pytest.param("Did October have more requests than September?", id="than"),
        pytest.param("How did requests change from September to October?", id="from, to"),
        pytest.param("What is the difference in requests between September and October?", id="between"),
        pytest.param("October's requests against September's requests", id="whose"),
        pytest.param("9月と10月の要望を比べて", id="ja"),
        pytest.param("9月、10月の要望の件数は?", id="ja, a list"),
        pytest.param("9月か10月か、要望が多いのはどちら?", id="ja, which"),
    ],
)
def test_two_months_are_held_against_each_other(question: str) -> None:
    query = _plan(question)
    assert (query.since, query.until) == SEPTEMBER and query.against == OCTOBER
    assert (query.kinds, query.words) == ((FindingKind.FEATURE_REQUEST,), ())


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        pytest.param("requests between September and October", "2026-09-01", "2026-10-31", id="one span"),
        pytest.param("October requests", *OCTOBER, id="one month"),
        pytest.param("Which orders may have been lost, or may be late?", None, None, id="a verb"),
        pytest.param("Do customers march or may they wait?", None, None, id="verbs"),
    ],
)
def test_a_span_of_months_stays_one_and_a_verb_is_no_month(
    question: str, since: str | None, until: str | None
) -> None:
    query = _plan(question)
    assert (query.since, query.until, query.against) == (since, until, None)


@pytest.mark.parametrize(
    ("question", "two"),
    [
        pytest.param("Which is mentioned more, cold meals or late couriers?", True, id="mentioned more"),
        pytest.param("What comes up most: cold meals or late couriers?", True, id="comes up"),
        pytest.param("Are cold meals or late couriers reported more often?", True, id="behind"),
        pytest.param("Which is the bigger problem, cold meals or late couriers?", True, id="bigger"),
        pytest.param("冷めた料理と配達の遅れ、多いのはどちら?", True, id="ja, behind"),
        pytest.param("冷めた料理か配達の遅れか、どちらが多い?", True, id="ja, or"),
        pytest.param("どちらがよく言われますか?冷めた料理と配達の遅れ", True, id="ja, before"),
        pytest.param("冷めた料理より配達の遅れの方が多い?", True, id="ja, than"),
        pytest.param("Who asked for more menus or a longer list?", False, id="more of a thing"),
        pytest.param("Are cold meals reported more in October or September?", False, id="months"),
        pytest.param("Are cold meals reported more in tickets or calls?", False, id="streams"),
        pytest.param("先月より今月の方が多い苦情は?", False, id="ja, months"),
    ],
)
def test_two_matters_are_not_added_up(question: str, two: bool) -> None:
    told = refusal(question, _plan(question), Span(date(2026, 9, 1), date(2026, 11, 20)))
    assert (told == "two") == two
