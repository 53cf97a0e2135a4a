"""The ways to say no: why there is no answer, and what may be asked instead."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from koe.ask.question.plans import LONGEST
from koe.ask.question.written import as_written
from koe.ask.records.amounts import is_by_amount
from koe.ask.rows.select import Span, deals_wanted
from koe.ask.shape import Answer, Filters, Narrowed
from koe.engine.base import Query
from koe.engine.offline.plan.who import BY_OWNER, DENIED, LEFT_OPEN, TWO_MATTERS
from koe.language.text import Language, normalize
from koe.report.safe import shorten

__all__ = ["Reason", "refusal", "say_no"]

Reason = Literal[
    "empty", "long", "beyond", "unclear", "outside", "unread", "denied", "owners", "left", "two",
    "unanswered", "unheard", "unfit", "nothing",
]  # fmt: skip

_NO: dict[Language, dict[Reason, str]] = {
    "ja": {
        "empty": "まだ会話が取り込まれていないため、答えられません。",
        "long": "質問が長すぎて読み取れません。知りたいことを一文か二文で書いてください。",
        "unclear": "質問を読み取れません。「増えている苦情は?」のように言葉で書いてください。",
        "beyond": (
            "この質問にはデータからは答えられません。"
            "尋ねられるのは、お客さまが言ったことと、その件数や社数、商談の結果と金額です。"
        ),
        "outside": "その期間の記録はデータにないため、答えられません。",
        "unread": "まだどの週も読まれていないため、答えられません。先に koe weekly を実行してください。",
        "denied": "何かを言っていない会社を挙げることはできません。言っている会社を尋ねてください。",
        "owners": "担当者別には数えません。担当者の名前を挙げて、その人の商談を尋ねてください。",
        "left": "何に返答や対応が済んでいるかは数えません。事柄を挙げて、何と答えたかを尋ねてください。",
        "two": "何と何を比べるのかを読み取れません。一つずつ尋ねてください。",
        "unanswered": (
            "この件について、こちらから答えた記録はデータにありません。誰が話しているかは答えられます。"
        ),
        "unheard": (
            "この質問に答える記録はデータにありません。「{words}」に近いお客さまの発言が見つかりません。"
            "別の言葉で尋ねるか、範囲を広げてください。"
        ),
        "unfit": (
            "この質問に答える記録はデータにありません。あてはまる声や商談が一件もありません。"
            "期間や条件を広げて尋ねてください。"
        ),
        "nothing": "この質問に答える記録はデータにありません。",
    },
    "en": {
        "empty": "No conversations have been brought in yet, so there is no answer.",
        "long": "The question is too long to be read. Ask in a sentence or two.",
        "unclear": "No question can be made out. Ask in words, such as: which complaints are rising?",
        "beyond": (
            "This cannot be answered from the data. What can be asked is what customers said,"
            " how many said it, how deals ended and what they are worth."
        ),
        "outside": "The data has no conversations of that period, so there is no answer.",
        "unread": "No week has been read yet, so there is no answer. Run: koe weekly",
        "denied": "Who did not say a thing is not counted. Ask who did.",
        "owners": "Deals are not counted person by person. Name one, such as: deals won by …",
        "left": "What is answered or solved by now is not counted. Name a matter and ask what we answered.",
        "two": "What is to be held against what cannot be made out. Ask for one, then for the other.",
        "unanswered": "The data hold no answer of ours about this. Ask who speaks of it.",
        "unheard": (
            "Nothing in the data answers this. No customer's words come near to “{words}”."
            " Try another word, or ask of a wider scope."
        ),
        "unfit": (
            "Nothing in the data answers this. Not one finding or deal fits."
            " Ask of a wider period, or with fewer conditions."
        ),
        "nothing": "Nothing in the data answers this.",
    },
}
_UNSAID: dict[Language, str] = {
    "ja": "{no}お客さまの発言に「{words}」は出てきません。",
    "en": "{no} No customer says “{words}”.",
}
_UNSAID_THERE: dict[Language, str] = {
    "ja": "{no}質問の範囲では、お客さまの発言に「{words}」は出てきません。",
    "en": "{no} Within what was asked about, no customer says “{words}”.",
}
_SPAN: dict[Language, str] = {
    "ja": "{no}データにあるのは{first}から{last}までの会話です。",
    "en": "{no} The data hold conversations from {first} to {last}.",
}
_JOINTS: dict[Language, str] = {"ja": "」も「", "en": "” or “"}
LONGEST_NAME = 40


def refusal(question: str, query: Query, span: Span | None) -> Reason | None:
    """Why the question cannot be answered before anything is counted; None when it may be."""
    if span is None:
        return "empty"
    if len(question) > LONGEST:
        return "long"
    if query.beyond:
        return "beyond"
    if re.search(DENIED, normalize(question).lower()):
        return "denied"
    if re.search(BY_OWNER, normalize(question).lower()):
        return "owners"
    if re.search(LEFT_OPEN, normalize(question).lower()):
        return "left"
    if _weighs_two(question, query):
        return "two"
    if _asks_nothing(query):
        return "unclear"
    if query.period_named and not (query.since or query.until):
        return "outside"
    since = date.fromisoformat(query.since) if query.since else date.min
    until = date.fromisoformat(query.until) if query.until else date.max
    later = query.against[0] if query.against else None
    is_beyond = later is not None and date.fromisoformat(later) > span.last
    return "outside" if until < span.first or since > span.last or since > until or is_beyond else None


def _weighs_two(question: str, query: Query) -> bool:
    """Whether it holds two things against each other that are not told apart."""
    if isinstance(query, Narrowed) and (query.apart or query.compared):
        return query.apart
    is_told = query.against is not None or query.by_stream or query.ask == "compare" or query.themes
    is_asked = re.search(TWO_MATTERS, normalize(question).lower()) is not None
    return len(query.words) > 1 and not is_told and is_asked


def _asks_nothing(query: Query) -> bool:
    about = (
        query.words,
        query.mentions,
        query.kinds,
        query.accounts,
        query.outcome,
        query.period_named,
        query.counted,
    )
    of_records = query.amount or is_by_amount(query) or bool(deals_wanted(query)) or _names_talks(query)
    return query.ask == "passage" and not any(about) and not of_records


def _names_talks(query: Query) -> bool:
    return isinstance(query, Narrowed) and bool(query.conversations)


def say_no(
    question: str, query: Query, reason: Reason, unsaid: Sequence[str] = (), span: Span | None = None
) -> Answer:
    """An answer that says why there is none, which names no customer says, where the data end."""
    told = _NO[query.language][reason]
    if reason == "outside" and span:
        told = _SPAN[query.language].format(no=told, first=span.first, last=span.last)
    if reason == "unheard":
        told = told.format(words=shorten(as_written(question, query.words), LONGEST_NAME))
    if unsaid:
        words = _JOINTS[query.language].join(shorten(word, LONGEST_NAME) for word in unsaid)
        told = (_UNSAID_THERE if _is_part(query) else _UNSAID)[query.language].format(no=told, words=words)
    return Answer(
        question=question,
        answerable=False,
        answer=told,
        filters=Filters.model_validate(query.model_dump()),
    )


def _is_part(query: Query) -> bool:
    """Whether the question is asked of a part of the conversations."""
    return any((query.since, query.until, query.outcome, query.conversation_kind, query.accounts))
