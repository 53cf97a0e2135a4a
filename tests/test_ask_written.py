"""What an answer calls the matter it was asked about: the question's own words, whole."""

import pytest

from koe.ask.question.written import as_written
from koe.engine.offline.plan.filters import plan


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        pytest.param("荷物が届かないという苦情は何社?", "荷物が届かない", id="a denied verb"),
        pytest.param("ログインできないという苦情は?", "ログインできない", id="cannot"),
        pytest.param("残高が合わないって言ってるのどこ", "残高が合わない", id="as people talk"),
        pytest.param("画面が使いにくいと言われたのは", "画面が使いにくい", id="hard to use"),
        pytest.param("集計が楽になったという声は?", "集計が楽になった", id="a change"),
        pytest.param("動作が遅いです。何社ですか", "動作が遅い", id="polite"),
        pytest.param("納品書の印刷の苦情は?", "納品書の印刷", id="nouns"),
        pytest.param("納品書の苦情は9月に印刷で何件?", "納品書 印刷", id="filters between"),
        pytest.param("Who says that invoices are not sent twice?", "invoices are not sent twice", id="en"),
        pytest.param("Complaints about slow loading of the map?", "slow loading of the map", id="of"),
    ],
)
def test_the_matter_is_written_as_a_person_writes_it(question: str, topic: str) -> None:
    assert as_written(question, plan(question, (), "2026-11-09").words) == topic


def test_words_that_the_question_does_not_have_stand_as_they_are() -> None:
    assert as_written("納品書は?", ("印刷", "納品書")) == "納品書 印刷"
    assert as_written("???", ("印刷",)) == "印刷"
