"""An answer as people read it."""

import logging
from collections.abc import Sequence

from koe.ask.answer.refusals import say_no
from koe.ask.answer.scope import scope_of
from koe.ask.counting.figures import Found
from koe.ask.counting.quotes import QUOTES
from koe.ask.shape import Answer, AskFact, AskQuote
from koe.engine.base import Engine, FactCard, Sentence
from koe.engine.offline import OfflineEngine
from koe.errors import BugError, KoeError, PendingError
from koe.guard import check, fill
from koe.guard.cards import OUTCOME
from koe.language.text import Language
from koe.records import Finding, FindingKind
from koe.report.safe import shorten, terminal

logger = logging.getLogger("koe.ask")

TRIES = 2
SHOWN = 30
"""Conversations that a terminal lists."""
WHOLE = ("all.conversations", "total.conversations")
"""Counts of conversations that the cited ones stand behind; a copy is cited and not counted."""


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


def _card(fact: AskFact) -> FactCard:
    """The fact as engines and the guard see it: per cents are shares of one there."""
    if fact.unit == "percent":
        return FactCard(id=fact.id, value=int(fact.value) / 100, unit="share", label=fact.label)
    return FactCard(id=fact.id, value=fact.value, unit=fact.unit, label=fact.label)


def _cards(found: Found) -> list[FactCard]:
    cards = [_card(fact) for fact in found.facts]
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
