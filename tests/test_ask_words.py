"""An answer whose every sentence the guard refuses is its quotes, not a crash."""

import pytest

from koe.ask.answer import words
from koe.ask.counting.figures import Found
from koe.ask.shape import AskQuote, Filters
from koe.engine.offline import OfflineEngine
from koe.guard import Verdict


def test_quotes_stand_alone_where_no_sentence_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "check", lambda *_: Verdict((), ()))
    quote = AskQuote(
        finding="f1",
        conversation="T-1",
        turn=0,
        quote="通知が届きません",
        kind="complaint",  # type: ignore[arg-type]
        theme_name="通知が届かない",
        account="青葉工業",
        day="2026-09-07",
    )
    found = Found(facts=(), citations=("T-1",), quotes=(quote,), filters=Filters(ask="passage"))
    answer = words.say(OfflineEngine(), "通知が届かない?", found)
    assert answer.answerable
    assert answer.quotes == (quote,)
    assert answer.citations == ("T-1",)
    assert answer.answer == "文章が検査を通らなかったため、引用だけを示します。"
