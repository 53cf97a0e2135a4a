"""An answer as people read it, and the ways to say no."""

from datetime import date
from typing import Literal

from koe.ask.select import Span
from koe.ask.shape import Answer, Filters
from koe.engine.base import Query
from koe.text import Language

Reason = Literal["empty", "beyond", "outside", "nothing"]

_NO: dict[Language, dict[Reason, str]] = {
    "ja": {
        "empty": "まだ会話が取り込まれていないため、答えられません。",
        "beyond": "この質問に答える記録はデータにありません（会話には率や総数などの統計は含まれません）。",
        "outside": "その期間の記録はデータにないため、答えられません。",
        "nothing": "この質問に答える記録はデータにありません。",
    },
    "en": {
        "empty": "No conversations have been brought in yet, so there is no answer.",
        "beyond": "Nothing in the data answers this (conversations hold no rates or totals of that sort).",
        "outside": "The data has no conversations of that period, so there is no answer.",
        "nothing": "Nothing in the data answers this.",
    },
}


def refusal(query: Query, span: Span | None) -> Reason | None:
    """Why the question cannot be answered before anything is counted; None when it may be."""
    if span is None:
        return "empty"
    if query.beyond:
        return "beyond"
    since = date.fromisoformat(query.since) if query.since else date.min
    until = date.fromisoformat(query.until) if query.until else date.max
    return "outside" if until < span.first or since > span.last else None


def say_no(question: str, query: Query, reason: Reason) -> Answer:
    """An answer that says why there is none; it cites nothing."""
    return Answer(
        question=question,
        answerable=False,
        answer=_NO[query.language][reason],
        filters=Filters(**query.model_dump()),
    )
