"""An answer as people read it, and the ways to say no."""

import logging
import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from koe.ask.amounts import is_by_amount
from koe.ask.figures import Found
from koe.ask.plans import LONGEST
from koe.ask.quotes import QUOTES
from koe.ask.scope import scope_of
from koe.ask.select import Span, deals_wanted
from koe.ask.shape import Answer, AskFact, AskQuote, Filters
from koe.engine.base import Engine, FactCard, Query, Sentence
from koe.engine.offline import OfflineEngine
from koe.engine.offline.question_who import DENIED, TWO_MATTERS
from koe.errors import BugError, KoeError, PendingError
from koe.guard import check, fill
from koe.guard.cards import OUTCOME
from koe.language.text import Language, normalize
from koe.records import Finding, FindingKind
from koe.report.safe import shorten, terminal

logger = logging.getLogger("koe.ask")

TRIES = 2
SHOWN = 30
"""Conversations that a terminal lists."""
WHOLE = ("all.conversations", "total.conversations")
"""Counts of conversations that the cited ones stand behind; a copy is cited and not counted."""
Reason = Literal[
    "empty", "long", "beyond", "unclear", "outside", "unread", "denied", "two", "unanswered", "nothing"
]

_NO: dict[Language, dict[Reason, str]] = {
    "ja": {
        "empty": "まだ会話が取り込まれていないため、答えられません。",
        "long": "質問が長すぎて読み取れません。知りたいことを一文か二文で書いてください。",
        "unclear": "質問を読み取れません。知りたいことを言葉で書いてください。",
        "beyond": "この質問に答える記録はデータにありません（会話には率や総数などの統計は含まれません）。",
        "outside": "その期間の記録はデータにないため、答えられません。",
        "unread": "まだどの週も読まれていないため、答えられません。先に koe weekly を実行してください。",
        "denied": "何かを言っていない会社を挙げることはできません。言っている会社を尋ねてください。",
        "two": "二つの事柄を一度に比べることはできません。一つずつ尋ねてください。",
        "unanswered": "この件について、こちらから答えた記録はデータにありません。",
        "nothing": "この質問に答える記録はデータにありません。",
    },
    "en": {
        "empty": "No conversations have been brought in yet, so there is no answer.",
        "long": "The question is too long to be read. Ask in a sentence or two.",
        "unclear": "No question can be made out. Ask in words, such as: which complaints are rising?",
        "beyond": "Nothing in the data answers this (conversations hold no rates or totals of that sort).",
        "outside": "The data has no conversations of that period, so there is no answer.",
        "unread": "No week has been read yet, so there is no answer. Run: koe weekly",
        "denied": "Who did not say a thing is not counted. Ask who did.",
        "two": "Two matters are not weighed against each other at once. Ask for one, then for the other.",
        "unanswered": "The data hold no answer of ours about this.",
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
    """Whether it asks which of two matters is said more."""
    is_told = query.against is not None or query.by_stream or query.ask == "compare" or query.themes
    is_asked = re.search(TWO_MATTERS, normalize(question).lower()) is not None
    return len(query.words) > 1 and not is_told and is_asked


def _asks_nothing(query: Query) -> bool:
    about = (query.words, query.mentions, query.kinds, query.accounts, query.outcome, query.period_named)
    of_deals = query.amount or is_by_amount(query) or deals_wanted(query)
    return query.ask == "passage" and not any(about) and not of_deals


def say_no(
    question: str, query: Query, reason: Reason, unsaid: Sequence[str] = (), span: Span | None = None
) -> Answer:
    """An answer that says why there is none, which names no customer says, where the data end."""
    told = _NO[query.language][reason]
    if reason == "outside" and span:
        told = _SPAN[query.language].format(no=told, first=span.first, last=span.last)
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


def say(engine: Engine, question: str, found: Found) -> Answer:
    """The answer in words, as far as the guard lets it through; else the computed one."""
    language = found.filters.language
    cards, findings = _cards(found), _findings(found)
    sentences = _guarded(engine, question, cards, findings, language)
    if sentences is None:
        return say_no(question, found.filters, "nothing")
    if not sentences:
        sentences = _guarded(OfflineEngine(), question, cards, findings, language) or ()
    if not sentences:
        logger.warning("No sentence of the answer passed the guard; its quotes are shown alone.")
    told = "\n".join(one.text for one in fill(sentences, cards, findings, language))
    return Answer(
        question=question,
        answerable=True,
        answer=told or _QUOTES_ALONE[language],
        facts=found.facts,
        citations=found.citations,
        quotes=found.quotes[:QUOTES],
        filters=found.filters,
    )


_QUOTES_ALONE: dict[Language, str] = {
    "ja": "文章が検査を通らなかったため、引用だけを示します。",
    "en": "No sentence passed the check, so the quotes stand alone.",
}


def _guarded(
    engine: Engine,
    question: str,
    cards: Sequence[FactCard],
    findings: Sequence[Finding],
    language: Language,
) -> Sequence[Sentence] | None:
    """What passes of the engine's draft, or of its second one when nothing did; None when it refuses."""
    reasons: list[str] = []
    for _ in range(TRIES):
        try:
            draft = engine.answer(question, cards, findings, language, reasons)
        except (BugError, PendingError):
            raise
        except KoeError:
            return ()
        if draft.refuses:
            return None
        if draft.language == language:
            verdict = check(draft, cards, findings)
            if verdict.passed or engine.name == OfflineEngine.name:
                return verdict.passed
            reasons = [f"{one.rule}: {one.reason}: {one.text}" for one in verdict.refusals]
    return ()


def render(answer: Answer) -> str:
    """The answer for a terminal: words, quotes with where they stand, and what was cited."""
    heading = _HEADINGS[answer.filters.language]
    blocks = ["\n".join(terminal(line) for line in answer.answer.split("\n"))]
    if scope := scope_of(answer):
        blocks.append(terminal(scope))
    if answer.quotes:
        blocks.append("\n".join(_line(quote, answer.filters.language) for quote in answer.quotes))
    if answer.citations:
        blocks.append(terminal(f"{heading} {_cited(answer)}"))
    return "\n\n".join(blocks)


_HEADINGS: dict[Language, str] = {"ja": "根拠の会話:", "en": "Conversations:"}


def _cited(answer: Answer) -> str:
    """The first ids, and how many more there are or were counted; `--json` has all that are cited."""
    shown = ", ".join(answer.citations[:SHOWN])
    counted = _counted(answer)
    told = {*answer.citations, *(counted.records if counted else ())}
    more = len(told - set(answer.citations[:SHOWN]))
    copies = len(counted.records) - int(counted.value) if counted else 0
    is_english = answer.filters.language == "en"
    rest = f" … and {more} more" if is_english else f" … ほか{more}件"
    sent = (
        f" ({copies} sent again, not counted)"
        if is_english
        else f"（うち{copies}件は同じ文面の再送で、数に入れていません）"
    )
    return shown + (rest if more > 0 else "") + (sent if copies > 0 else "")


def _counted(answer: Answer) -> AskFact | None:
    """The conversations that the answer states as a whole, where it does."""
    return next((fact for fact in answer.facts if fact.id in WHOLE), None)


def _line(quote: AskQuote, language: Language) -> str:
    where = " ".join(part for part in (quote.conversation, quote.day, quote.account) if part)
    left, right = ("“", "”") if language == "en" else ("「", "」")
    return terminal(f"  {left}{shorten(' '.join(quote.quote.split()))}{right} {where}")


def _cards(found: Found) -> list[FactCard]:
    cards = [FactCard(id=fact.id, value=fact.value, unit=fact.unit, label=fact.label) for fact in found.facts]
    weeks = [card for card in cards if card.id.startswith("week.")]
    labels = [FactCard(id=f"label.{card.label}", value=card.label, unit="week", label="") for card in weeks]
    period = found.filters
    days = [
        FactCard(id=f"period.{name}", value=day, unit="day", label="")
        for name, day in (("since", period.since), ("until", period.until))
        if day
    ]
    voices = [
        FactCard(id=f"voice.{n}.name", value=quote.account, unit="name", label="")
        for n, quote in enumerate(found.quotes, 1)
        if quote.account
    ]
    spoken = [
        FactCard(id=f"voice.{n}.day", value=quote.day, unit="day", label="")
        for n, quote in enumerate(found.quotes, 1)
        if quote.account and quote.day
    ]
    outcomes = [
        FactCard(id=f"{OUTCOME}{one.id}", value=outcome, unit="outcome", label=one.id)
        for one, quote in zip(_findings(found), found.quotes, strict=True)
        if (outcome := found.filters.outcome or quote.outcome)
    ]
    return [*cards, *labels, *days, *voices, *spoken, *outcomes]


def _findings(found: Found) -> list[Finding]:
    """The words that are shown, as an engine may quote them; those of no finding count as what was asked."""
    kind = next(iter(found.filters.kinds), FindingKind.COMPLAINT)
    return [
        Finding(
            id=quote.finding or f"said.{n}",
            conversation=quote.conversation,
            kind=quote.kind or kind,
            statement=quote.theme_name,
            quote=quote.quote,
            turn=quote.turn,
            start=0,
            end=len(quote.quote),
            severity=1,
            engine="",
        )
        for n, quote in enumerate(found.quotes, 1)
    ]
