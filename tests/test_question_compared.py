"""Two months or two matters held against each other, however the question puts it."""

from datetime import date

import pytest

from koe.ask.answer.refusals import refusal
from koe.ask.question.compared import Side, sides_of, with_compared
from koe.ask.rows.select import Span
from koe.ask.shape import Narrowed
from koe.engine.base import Query
from koe.engine.offline.plan.filters import plan
from koe.records import FindingKind

SPAN = Span(date(2026, 9, 1), date(2026, 11, 20))
COLD_LATE, COLD_LATE_JA = ("cold meals", "late couriers"), ("冷めた料理", "配達の遅れ")
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
    ("question", "names"),
    [
        pytest.param("Which is mentioned more, cold meals or late couriers?", COLD_LATE, id="mentioned more"),
        pytest.param("What comes up most: cold meals or late couriers?", COLD_LATE, id="comes up"),
        pytest.param("Are cold meals or late couriers reported more often?", COLD_LATE, id="behind"),
        pytest.param("Which is the bigger problem, cold meals or late couriers?", COLD_LATE, id="bigger"),
        pytest.param(
            "Do more guests complain about cold meals or about late couriers?", COLD_LATE, id="about"
        ),
        pytest.param("Are there more complaints about cold meals than late couriers?", COLD_LATE, id="than"),
        pytest.param("Do cold meals get more complaints than late couriers?", COLD_LATE, id="get more than"),
        pytest.param(
            "Are cold meals mentioned more often than late couriers?", COLD_LATE, id="more often than"
        ),
        pytest.param(
            "How many more customers complain about cold meals than about late couriers?",
            COLD_LATE,
            id="by how many",
        ),
        pytest.param(
            "Between cold meals and late couriers, which is reported more?", COLD_LATE, id="between"
        ),
        pytest.param("Compare complaints about cold meals with late couriers", COLD_LATE, id="compare"),
        pytest.param("Is there more praise for cold meals or for late couriers?", COLD_LATE, id="praise"),
        pytest.param("cold meals vs. late couriers", COLD_LATE, id="versus"),
        pytest.param("冷めた料理と配達の遅れ、多いのはどちら?", COLD_LATE_JA, id="ja, behind"),
        pytest.param("冷めた料理か配達の遅れか、どちらが多い?", COLD_LATE_JA, id="ja, or"),
        pytest.param("どちらがよく言われますか?冷めた料理と配達の遅れ", COLD_LATE_JA, id="ja, before"),
        pytest.param(
            "苦情になったのは冷めた料理と配達の遅れのどちらですか", COLD_LATE_JA, id="ja, which one"
        ),
        pytest.param("冷めた料理より配達の遅れの方が多い?", COLD_LATE_JA, id="ja, than"),
        pytest.param("冷めた料理の苦情は配達の遅れより多いですか", COLD_LATE_JA, id="ja, than, plain"),
        pytest.param("冷めた料理の苦情が多い?それとも配達の遅れの苦情?", COLD_LATE_JA, id="ja, or else"),
        pytest.param("冷めた料理と配達の遅れの苦情を比べて", COLD_LATE_JA, id="ja, compare"),
        pytest.param(
            "料理が冷めるのと配達が遅れるのでは、どちらの苦情が多いですか",
            ("料理が冷める", "配達が遅れる"),
            id="ja, clauses",
        ),
        pytest.param(
            "味が薄いという声と容器が割れるという声、どちらが多く届いていますか",
            ("味が薄い", "容器が割れる"),
            id="ja, voices",
        ),
    ],
)
def test_two_matters_are_told_apart(question: str, names: tuple[str, str]) -> None:
    sides = _sides(question)
    assert sides is not None and tuple(side.name for side in sides) == names
    assert refusal(question, with_compared(question, _query(question)), SPAN) is None


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How many had cold or late meals?", id="one matter"),
        pytest.param("Are cold or late meals getting more common?", id="a trend"),
        pytest.param("Who asked for more menus or a longer list?", id="more of a thing"),
        pytest.param("Do guests want more menus or more tables?", id="more of two things"),
        pytest.param("Are there more complaints about cold meals than before?", id="than before"),
        pytest.param("Do guests complain that a courier takes longer than an hour?", id="longer than"),
        pytest.param("Do guests complain that they pay more than the menu says?", id="pay more than"),
        pytest.param("Are cold meals reported more in October or September?", id="months"),
        pytest.param("Are cold meals reported more in tickets or calls?", id="streams"),
        pytest.param("Do won deals mention the menu more than lost deals?", id="outcomes"),
        pytest.param("Are there more requests for menus or complaints about couriers?", id="two kinds"),
        pytest.param("Which of our customers complain more about meals or couriers?", id="which customers"),
        pytest.param("Who complains more about meals or couriers?", id="who"),
        pytest.param("料理と配達について教えて", id="ja, a list"),
        pytest.param("どの会社が料理と配達のどちらの苦情を多く言っている?", id="ja, which company"),
        pytest.param("料理と配達のどちらについても話している会社は?", id="ja, both"),
        pytest.param("料理か配達のどちらかで困っている会社は何社?", id="ja, either"),
        pytest.param("料理と容器が合わないという苦情はどちらの店が多い?", id="ja, which shop"),
        pytest.param("9月と10月では冷めた料理の苦情はどちらが多い?", id="ja, months"),
        pytest.param("受注と失注では料理の話はどちらが多い?", id="ja, outcomes"),
        pytest.param("問い合わせと商談では料理の話はどちらが多い?", id="ja, streams"),
        pytest.param("前より冷めた料理の苦情の方が多い?", id="ja, than before"),
        pytest.param("他社より料理が高いという声は多い?", id="ja, dearer"),
        pytest.param("先月より今月の方が多い苦情は?", id="ja, than last month"),
    ],
)
def test_what_holds_no_two_matters_against_each_other(question: str) -> None:
    assert _sides(question) is None


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Which is mentioned more, the meals, the couriers or the menu?", id="three"),
        pytest.param("料理と配達と容器ではどちらが多い?", id="ja, three"),
    ],
)
def test_more_than_two_are_not_added_up(question: str) -> None:
    assert _sides(question) is None
    assert refusal(question, _query(question), SPAN) == "two"


@pytest.mark.parametrize(
    ("question", "alone", "words"),
    [
        pytest.param(
            "In October, do more customers complain about cold meals or that couriers are late?",
            (
                "do more customers complain about cold meals?",
                "do more customers complain that couriers are late?",
            ),
            (("cold", "meal"), ("courier", "late")),
            id="each as a question",
        ),
        pytest.param(
            "Which courier trouble is reported more, wrong doors or broken boxes?",
            ("reported more, wrong doors?", "reported more, broken boxes?"),
            (("wrong", "door", "courier"), ("broken", "box", "courier")),
            id="what is said of both",
        ),
    ],
)
def test_either_matter_is_a_question_of_its_own(
    question: str, alone: tuple[str, str], words: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    sides = _sides(question)
    assert sides is not None
    assert all(side.question.endswith(end) for side, end in zip(sides, alone, strict=True))
    assert tuple(side.words for side in sides) == words


def test_a_whole_letter_holds_no_two_matters_against_each_other() -> None:
    question = "which is reported more, cold meals or late couriers?"
    assert _sides(question) is not None
    assert _sides(f"{'we talked about this at length yesterday. ' * 20}{question}") is None


def _query(question: str) -> Narrowed:
    return Narrowed(**_plan(question).model_dump())


def _sides(question: str) -> tuple[Side, Side] | None:
    return sides_of(question, _query(question))
