"""An answer as people read it, and the ways to say no."""

from datetime import date
from typing import Literal

from koe.ask.figures import Found
from koe.ask.select import Span
from koe.ask.shape import Answer, AskQuote, Filters
from koe.engine.base import Engine, FactCard, Query
from koe.guard.slots import Evidence, filled
from koe.records import Finding
from koe.report.safe import shorten, terminal
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


def say(engine: Engine, question: str, found: Found) -> Answer:
    """The answer in words, as far as the guard lets it through."""
    language = found.filters.language
    cards, findings = _cards(found), _findings(found)
    draft = engine.answer(question, cards, findings, language)
    evidence = Evidence.of(cards, findings)
    lines = [filled(sentence.text, evidence, language) for sentence in draft.sentences]
    return Answer(
        question=question,
        answerable=True,
        answer="\n".join(lines),
        facts=found.facts,
        citations=found.citations,
        quotes=found.quotes,
        filters=found.filters,
    )


def render(answer: Answer) -> str:
    """The answer for a terminal: words, quotes with where they stand, and what was cited."""
    words = _HEADINGS[answer.filters.language]
    blocks = [terminal(answer.answer)]
    if answer.quotes:
        blocks.append("\n".join(_line(quote) for quote in answer.quotes))
    if answer.citations:
        blocks.append(terminal(f"{words} {', '.join(answer.citations)}"))
    return "\n\n".join(blocks)


_HEADINGS: dict[Language, str] = {"ja": "根拠の会話:", "en": "Conversations:"}


def _line(quote: AskQuote) -> str:
    where = " ".join(part for part in (quote.conversation, quote.day, quote.account) if part)
    return terminal(f"  「{shorten(' '.join(quote.quote.split()))}」 {where}")


def _cards(found: Found) -> list[FactCard]:
    cards = [FactCard(id=fact.id, value=fact.value, unit=fact.unit, label=fact.label) for fact in found.facts]
    weeks = [card for card in cards if card.id.startswith("week.")]
    labels = [FactCard(id=f"label.{card.label}", value=card.label, unit="week", label="") for card in weeks]
    return [*cards, *labels]


def _findings(found: Found) -> list[Finding]:
    return [
        Finding(
            id=quote.finding,
            conversation=quote.conversation,
            kind=quote.kind,
            statement=quote.theme_name,
            quote=quote.quote,
            turn=quote.turn,
            start=0,
            end=len(quote.quote),
            severity=1,
            engine="",
        )
        for quote in found.quotes
        if quote.finding and quote.kind
    ]
