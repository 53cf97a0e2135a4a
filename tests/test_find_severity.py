"""Severity by stated rules: stopped, many, lost, long and leaving are grave; wishes and questions are not."""

import pytest

from koe.engine.offline.find.severity import severity_of
from koe.records import FindingKind

COMPLAINT, WISH, QUESTION = FindingKind.COMPLAINT, FindingKind.FEATURE_REQUEST, FindingKind.QUESTION
OBJECTION, PRAISE = FindingKind.OBJECTION, FindingKind.PRAISE


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("Nobody at the Leith branch can log in", id="nobody at a place can"),
        pytest.param("The whole ward is locked out of the rota", id="locked out"),
        pytest.param("It crashes when we print a label", id="crashes"),
        pytest.param("90 drivers have no route on their tablets", id="a number of people"),
        pytest.param("Three weeks of dosing notes are gone", id="data lost"),
        pytest.param("The clinic was billed twice for March", id="money lost"),
        pytest.param("This is the fourth time the feed has come back empty", id="the fourth time"),
        pytest.param("If it goes on we are cancelling our subscription", id="leaving"),
        pytest.param("品川の倉庫では誰もログインできません", id="誰もできない"),
        pytest.param("朝から受付業務が止まっています", id="仕事が止まる"),
        pytest.param("配送員40名の端末に経路が出てきません", id="人数"),
        pytest.param("先月分の記録が消えていました", id="データが消えた"),
        pytest.param("三月分が二重に引き落とされています", id="お金を失った"),
        pytest.param("同じ不具合はこれで四回目です", id="四回目"),
        pytest.param("このままでしたら解約します", id="解約"),
    ],
)
def test_stopped_work_many_people_loss_length_and_leaving_make_a_complaint_grave(quote: str) -> None:
    assert severity_of(COMPLAINT, quote) == 3


@pytest.mark.parametrize(
    "quote",
    [
        "Could we sign off timesheets in Teams? Our foremen never read mail and it must be quick",
        "日報をチャットから出せるようにしてほしいです。現場は毎日メールを全然見ません",
    ],
)
def test_a_wish_is_not_grave_for_a_strong_word(quote: str) -> None:
    assert severity_of(WISH, quote) == 2


@pytest.mark.parametrize(
    "quote", ["I never found it: where do I change the logo?", "写真は毎回どこで変えますか"]
)
def test_a_question_is_slight_unless_it_cannot_wait(quote: str) -> None:
    assert severity_of(QUESTION, quote) == 1
    assert severity_of(QUESTION, f"{quote} Urgent, 至急です") == 2


@pytest.mark.parametrize("quote", ["The label never matches the shelf", "棚の表示が商品名と合いません"])
def test_what_is_plainly_meant_is_in_the_middle(quote: str) -> None:
    assert severity_of(COMPLAINT, quote) == 2


@pytest.mark.parametrize("quote", ["The font is slightly blurred", "たまに少し文字がにじみます"])
def test_what_is_said_in_passing_is_slight(quote: str) -> None:
    assert severity_of(COMPLAINT, quote) == 1


def test_a_subject_line_that_cannot_wait_makes_what_happens_each_time_grave() -> None:
    quote = "The scanner reads the wrong shelf every morning"
    assert severity_of(COMPLAINT, quote, "Scanner") == 2
    assert severity_of(COMPLAINT, quote, "URGENT: scanner") == 3


@pytest.mark.parametrize(
    ("quote", "severity"),
    [
        ("Without a bilingual invoice it is a deal-breaker", 3),
        ("オンライン版だけなら論外です", 3),
        ("The yearly price is above our budget", 2),
        ("年額が予算を超えています", 2),
    ],
)
def test_what_decides_a_sale_is_grave(quote: str, severity: int) -> None:
    assert severity_of(OBJECTION, quote) == severity


def test_praise_is_never_grave() -> None:
    assert severity_of(PRAISE, "Your people saved us when everyone was locked out") == 2
