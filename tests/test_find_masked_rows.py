"""Find is taught on turns as it reads them: what is masked there is masked here, and labels move along."""

import pytest

from koe.engine.offline.find.context import Context
from training.masked import masked
from training.rows import Label, Row


def _row(text: str, *quotes: str, agent: str = "") -> Row:
    labels = tuple(Label(0, text.index(quote), text.index(quote) + len(quote)) for quote in quotes)
    return Row("r", "t", False, text, labels, Context(False, False, agent))


@pytest.mark.parametrize(
    ("text", "quotes", "read"),
    [
        pytest.param(
            "山田さんに電話090-1234-5678をかけても、画面が固まります。",
            ["画面が固まります。"],
            ["画面が固まります。"],
            id="behind",
        ),
        pytest.param(
            "画面が固まります。山田さんより", ["画面が固まります。"], ["画面が固まります。"], id="before"
        ),
        pytest.param(
            "はい。山田さんの説明が早い。",
            ["山田さんの説明が早い。"],
            ["[人名-xxxxx]さんの説明が早い。"],
            id="within",
        ),
        pytest.param(
            "Call Ms. Harper: slow. Tell Ms. Harper, the app is slow.",
            ["slow.", "the app is slow."],
            ["slow.", "the app is slow."],
            id="english, two",
        ),
        pytest.param(
            "画面が固まります。", ["画面が固まります。"], ["画面が固まります。"], id="nothing masked"
        ),
    ],
)
def test_labels_move_with_what_they_mark(text: str, quotes: list[str], read: list[str]) -> None:
    (row,) = masked([_row(text, *quotes)])
    assert [row.text[one.start : one.end] for one in row.labels] == read
    assert "山田" not in row.text and "Harper" not in row.text and "1234" not in row.text


def test_a_label_that_begins_within_something_masked_takes_all_of_it() -> None:
    text = "担当は山田太郎さんです"
    start = text.index("太郎")
    (row,) = masked([Row("r", "t", False, text, (Label(0, start, len(text)),))])
    assert row.text[row.labels[0].start :] == "[人名-xxxxx]さんです"


def test_what_the_agent_said_before_is_masked_too() -> None:
    (row,) = masked([_row("はい。", agent="山田さん、いかがですか。")])
    assert row.context is not None and row.context.agent == "[人名-xxxxx]さん、いかがですか。"
