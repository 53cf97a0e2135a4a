"""What stands below an answer: what was set aside for it, and what nobody has read where it finds nothing.

The counts are those of the report's coverage, and its words for them as far as it has any.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.ask.answer.refusals import Reason
from koe.ask.rows.select import Row, cited, period_of_query
from koe.ask.shape import Answer, AskFact
from koe.engine.base import Query
from koe.facts.states import read_coverage, weeks_to_read
from koe.language.text import Language
from koe.records import Coverage, State
from koe.report.words import words_in
from koe.weeks import Period, week_of

__all__ = ["with_aside", "with_unread"]

_OF_DATA: frozenset[Reason] = frozenset({"empty", "outside", "unanswered", "unheard", "unfit", "nothing"})
"""Why there is no answer where more data could give one."""
_UNREAD: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "left": "{then}会話{came}件のうち{n}件をまだ読んでいません（{command}）。",
        "unplaced": (
            "{then}会話{came}件のうち{n}件は、誰がお客さまか分からず読んでいません（koe.toml の agents）。"
        ),
        "foreign": (
            "{then}会話{came}件のうち{n}件は、日本語でも英語でもないため読んでいません"
            "（KOE_MODEL で言語モデルを使うと読めます）。"
        ),
        "then": "その期間の",
    },
    "en": {
        "left": "Not read yet{then}: {n} of {came} ({command}).",
        "unplaced": (
            "Not read{then}, as nobody knows who the customer is: {n} of {came} (agents in koe.toml)."
        ),
        "foreign": (
            "Not read{then}, as neither in Japanese nor in English: {n} of {came} "
            "(a model reads them: KOE_MODEL)."
        ),
        "then": " of that period",
    },
}


def with_aside(answer: Answer, aside: Sequence[Row]) -> Answer:
    """The answer that says how much was set aside for it, as the report says it."""
    if not aside:
        return answer
    words = words_in(answer.filters.language)
    line = words.set_aside.format(n=words.findings(len(aside)))
    fact = AskFact(id="aside.findings", label="", value=len(aside), unit="findings", records=cited(aside))
    facts = (*answer.facts, fact) if answer.answerable else ()
    return answer.model_copy(update={"answer": f"{answer.answer}\n{line}", "facts": facts})


def with_unread(conn: sa.Connection, answer: Answer, reason: Reason, zone: ZoneInfo) -> Answer:
    """An answer that finds nothing, with what of the period asked about was not read and what to do next."""
    lines = [*_lines(conn, answer.filters, zone)] if reason in _OF_DATA else []
    line = words_in(answer.filters.language).gap.join(lines)
    return answer.model_copy(update={"answer": f"{answer.answer}\n{line}"}) if line else answer


def _lines(conn: sa.Connection, query: Query, zone: ZoneInfo) -> Iterator[str]:
    period, words = period_of_query(query, zone), words_in(query.language)
    covered = read_coverage(conn, period, _weeks_of(period, zone)).coverage
    came, forms = covered.conversations, _UNREAD[query.language]
    told = {
        "then": forms["then"] if query.since or query.until else "",
        "came": f"{came:,}" if query.language == "ja" else words.conversations(came),
        "command": _command(weeks_to_read(conn, period, zone)),
    }
    for name, n in _counts(covered).items():
        yield from [forms[name].format(n=n, **told)] if n else []
    yield from [words.skipped.format(n=words.lines(covered.skipped))] if covered.skipped else []
    yield from [words.undated.format(n=words.lines(covered.undated))] if covered.undated else []


def _counts(covered: Coverage) -> Mapping[str, int]:
    waiting = covered.states[State.LEFT] + covered.states[State.FAILED]
    unread = (State.UNPLACED, State.FOREIGN)
    return {"left": waiting, **{state.value: covered.states[state] for state in unread}}


def _command(weeks: Sequence[str]) -> str:
    """What reads the conversations of these weeks; empty where there are none."""
    if not weeks:
        return ""
    return f"koe weekly --week {weeks[-1]}" + (f" --since {weeks[0]}" if len(weeks) > 1 else "")


def _weeks_of(period: Period, zone: ZoneInfo) -> tuple[str, str]:
    """The first and the last week of the period; where it has no border all weeks are within."""
    last = period.end - timedelta(seconds=1)
    is_open = period.start.year == date.min.year, period.end.year == date.max.year
    return "" if is_open[0] else week_of(period.start, zone), "9" * 4 if is_open[1] else week_of(last, zone)
