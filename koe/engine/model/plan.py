"""Plan with a model: a question as a query, its matter as themes that stand, or as words to search by."""

from collections.abc import Sequence
from datetime import date, timedelta

from koe.engine.base import Query
from koe.engine.model.fence import one_line
from koe.engine.model.replies import ask_one
from koe.engine.model.schemas import Planned, problem_of, read_answer, schema_of
from koe.engine.model.shape import Call, Caller
from koe.language.text import language_of, normalize
from koe.model.prompts import load_prompt, render
from koe.records import FindingKind, Theme

__all__ = ["plan"]

MOST = 250
"""Themes that are shown: those that share a word with the question first, then in the order given."""
MOST_TOP = 10
_DAYS = ("since", "until", "against_since", "against_until")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def plan(caller: Caller, question: str, themes: Sequence[Theme], today: str) -> Query:
    """The question as filters. Raises PendingError, RetryError or SkipError where there is no answer."""
    shown = shown_themes(question, themes)
    text = ask_one(caller, _call(question, shown, date.fromisoformat(today)), check)
    return _query(read_answer(Planned, text), question, shown)


def check(call: Call, text: str) -> str | None:
    """What is wrong with an answer: not the schema, or a day that is none."""
    problem = problem_of(Planned, text)
    if problem:
        return problem
    answer = read_answer(Planned, text)
    wrong = [name for name in _DAYS if not _is_day(getattr(answer, name))]
    return f"{' and '.join(wrong)} must be YYYY-MM-DD or empty." if wrong else None


def shown_themes(question: str, themes: Sequence[Theme]) -> list[Theme]:
    """The themes that a model chooses from, in the order given."""
    if len(themes) <= MOST:
        return list(themes)
    from koe.language.tokens import index_tokens

    asked = set(index_tokens(question))
    order = sorted(range(len(themes)), key=lambda n: (not asked & set(index_tokens(themes[n].name)), n))
    return [themes[n] for n in sorted(order[:MOST])]


def calendar_of(today: date) -> str:
    """The days that questions count from, so that a model need not."""
    monday = _monday(today)
    latest = _monday(today - timedelta(days=1))
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    spans = {
        "this week": (monday, monday + timedelta(days=6)),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "the week of yesterday": (latest, latest + timedelta(days=6)),
        "the last 4 weeks": (latest - timedelta(days=21), latest + timedelta(days=6)),
        "the last 8 weeks": (latest - timedelta(days=49), latest + timedelta(days=6)),
        "this month": (first, today),
        "last month": (before.replace(day=1), before),
    }
    lines = [f"{name}: {start.isoformat()} to {end.isoformat()}" for name, (start, end) in spans.items()]
    return "\n".join([f"Today is {_WEEKDAYS[today.weekday()]} {today.isoformat()}.", *lines])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _call(question: str, themes: Sequence[Theme], today: date) -> Call:
    prompt = load_prompt("plan")
    lines = [f"{n}| {item.kind.value} | {one_line(item.name)}" for n, item in enumerate(themes, 1)]
    return Call(
        verb="plan",
        prompt=prompt.sha256,
        system=prompt.system,
        user=render(
            prompt,
            calendar=calendar_of(today),
            themes="\n".join(lines) or "(none)",
            question=one_line(question),
        ),
        schema=schema_of(Planned),
        temperature=prompt.temperature,
        max_tokens=1_000,
    )


def _query(answer: Planned, question: str, themes: Sequence[Theme]) -> Query:
    chosen = [themes[n - 1] for n in dict.fromkeys(answer.themes) if 1 <= n <= len(themes)]
    mentions = tuple(normalize(term).lower().strip() for term in answer.mentions if term.strip())
    kinds = [FindingKind(kind) for kind in FindingKind if kind.value in answer.kinds]
    return Query(
        ask=answer.ask,
        kinds=tuple(kinds),
        themes=() if mentions else tuple(theme.id for theme in chosen),
        outcome=None if answer.outcome == "any" else answer.outcome,
        conversation_kind=None if answer.channel == "any" else answer.channel,
        since=answer.since or None,
        until=answer.until or None,
        words=() if mentions else _words(answer.words, chosen),
        language=language_of(question),
        by_week=answer.by_week,
        first_seen=answer.first_seen,
        mentions=mentions,
        period_named=answer.period_named or bool(answer.since or answer.until),
        top=min(answer.top, MOST_TOP) if answer.top > 0 else None,
        counted=None if answer.counted == "any" else answer.counted,
        amount=answer.amount,
        by_stream=answer.by_stream,
        by_industry=answer.by_industry,
        against=_against(answer),
        replies=answer.replies,
        beyond=answer.beyond,
    )


def _against(answer: Planned) -> tuple[str | None, str | None] | None:
    days = (answer.against_since or None, answer.against_until or None)
    return days if any(days) else None


def _words(words: Sequence[str], themes: Sequence[Theme]) -> tuple[str, ...]:
    """The words in normal form, as they are searched by; a theme's own where the question has none."""
    from koe.language.tokens import content_words, tokenize

    told = " ".join(words) if words or not themes else themes[0].name
    return tuple(dict.fromkeys(content_words(tokenize(told))))


def _is_day(text: str) -> bool:
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
