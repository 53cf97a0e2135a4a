"""Which candidates of the offline engine become quotes."""

import numpy as np
import pytest

from koe.engine.offline.find.context import ALONE
from koe.engine.offline.find.features import lay_out
from koe.engine.offline.find.spans import KINDS, pick

PRAISE = "一覧が見やすくて、みんな気に入っています。"
TROUBLE = "ただ、見積書の印刷に三分かかります。"


def picked(text: str, chance_of_all: float) -> list[str]:
    """The quotes where every candidate has some chance of a complaint and all of the text the best."""
    batch = lay_out([text], [ALONE[0]])
    chances = np.zeros((len(batch.starts), len(KINDS) + 1))
    is_all = (batch.ends - batch.starts) >= len(text)
    chances[:, 1] = np.where(is_all, chance_of_all, 0.5)
    return [text[one.start : one.end] for one in pick(batch, chances, 0.4)]


@pytest.mark.parametrize(
    "text",
    [
        PRAISE + TROUBLE,
        "All of us like the list. However, printing a quote takes three minutes.",
        "届くのは早くて助かります。しかし、箱が三つもつぶれていました。",
    ],
)
def test_no_quote_runs_over_the_turn_of_what_is_said(text: str) -> None:
    quotes = picked(text, 0.9)
    assert quotes
    assert not any("。" in quote[:-1] or ". " in quote[:-1] for quote in quotes)


def test_a_quote_may_hold_two_sentences_that_go_on() -> None:
    text = "見積書の印刷に三分かかります。月末はもっと遅いです。"
    assert picked(text, 0.9) == [text]
    assert picked("ただ、" + text, 0.9) == ["ただ、" + text]
