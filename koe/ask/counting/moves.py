"""Which themes more, or fewer, accounts speak of than before, for a question that asks which rise or fall."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

import sqlalchemy as sa

from koe.ask.counting.count import count_parts, rank_themes
from koe.ask.counting.figures import TOP, Found, names_of
from koe.ask.counting.quotes import day_of, quotes_of
from koe.ask.rows.select import Row, Span, cited
from koe.ask.shape import AskFact, Filters
from koe.engine.base import Query
from koe.engine.offline.plan.moves import FALLERS, RISERS
from koe.engine.offline.plan.periods import Days, preceding
from koe.language.text import normalize
from koe.workspace import Workspace

__all__ = ["Move", "figure_of_moves", "in_two", "move_asked"]

Move = Literal["more", "fewer"]
WEEKS = 4
"""Weeks that are compared with as many before them, where the question names no period."""


def move_asked(question: str, query: Query) -> Move | None:
    """Which way the themes go that a question asks for; None where it asks for none, or of one matter."""
    text = normalize(question).lower()
    more, fewer = bool(re.search(RISERS, text)), bool(re.search(FALLERS, text))
    if more == fewer or query.words or query.themes or query.mentions:
        return None
    return "more" if more else "fewer"


def in_two(query: Query, span: Span) -> Query:
    """The query with a period and the one before it: its own and what came before, or the last weeks."""
    if query.against is not None:
        before, later = (_days_of(*days, span) for days in ((query.since, query.until), query.against))
    elif query.until:
        later = _days_of(query.since, query.until, span)
        before = preceding(later)
    else:
        later = _last_weeks(_days_of(query.since, None, span))
        before = preceding(later)
    first, second = (_within(days, span) for days in (before, later))
    return query.model_copy(update={"since": first[0], "until": first[1], "against": second})


def _days_of(since: str | None, until: str | None, span: Span) -> Days:
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    first = first or span.first
    return Days(first if last else max(first, span.first), last or max(first, span.last))


def _within(days: Days, span: Span) -> tuple[str, str]:
    """Its first and last day as far as there are data; a period without any stays as it is."""
    since, until = days.since or span.first, days.until or span.last
    is_apart = until < span.first or since > span.last
    return (str(since), str(until)) if is_apart else (str(max(since, span.first)), str(min(until, span.last)))


def _last_weeks(own: Days) -> Days:
    """The last weeks of a period, as many as there are before them in it."""
    since, until = own.since or date.min, own.until or date.max
    end = until + timedelta(days=6 - until.weekday())
    weeks = (end - since).days // 7 + 1
    return Days(end + timedelta(days=1) - timedelta(weeks=max(1, min(WEEKS, weeks // 2))), end)


class _Theme(NamedTuple):
    """A theme's findings in the two periods."""

    id: str
    before: list[Row]
    after: list[Row]

    @property
    def step(self) -> int:
        """By how many accounts it moves."""
        return _voices(self.after) - _voices(self.before)


def figure_of_moves(
    conn: sa.Connection, ws: Workspace, query: Query, rows: Sequence[Row], move: Move
) -> Found:
    """The themes that move that way, the most first, with their accounts in both periods, which are named."""
    names = names_of(conn, rows)
    spans = _spans(query)
    parts = {name: [row for row in rows if _is_in(day_of(row, ws), days)] for name, days in spans.items()}
    sign = 1 if move == "more" else -1
    moved = [one for one in _themes(parts, names) if one.step * sign > 0]
    ranked = sorted(moved, key=lambda one: (-one.step * sign, -_voices(one.after), one.id))
    shown = ranked[: query.top or TOP]
    days = [fact for name, (since, until) in spans.items() for fact in _days(name, since, until)]
    facts: list[AskFact] = [*days, *count_parts(parts, "span"), _way(move, bool(shown))]
    facts += [fact for place, one in enumerate(shown, 1) for fact in _line(place, one, names[one.id])]
    told = [row for one in shown for row in (*one.before, *one.after)] or [*parts["before"], *parts["after"]]
    quoted = [row for one in shown for row in (one.after or one.before)[-1:]]
    quotes = quotes_of(ws, quoted, names)
    return Found(Filters(**query.model_dump()), tuple(facts) if told else (), cited(told), quotes)


def _spans(query: Query) -> Mapping[str, tuple[str, str]]:
    since, until = query.against or (None, None)
    return {"before": (query.since or "", query.until or "9"), "after": (since or "", until or "9")}


def _is_in(day: str, days: tuple[str, str]) -> bool:
    return days[0] <= day <= days[1]


def _themes(parts: Mapping[str, Sequence[Row]], names: Mapping[str, str]) -> list[_Theme]:
    groups = {name: dict(rank_themes(rows, names)) for name, rows in parts.items()}
    ids = sorted({*groups["before"], *groups["after"]})
    return [_Theme(id, groups["before"].get(id, []), groups["after"].get(id, [])) for id in ids]


def _voices(rows: Sequence[Row]) -> int:
    return len({row.voice for row in rows})


def _way(move: Move, any_moved: bool) -> AskFact:
    return AskFact(id="moves", label="", value=move if any_moved else f"none {move}", unit="text")


def _days(name: str, since: str, until: str) -> list[AskFact]:
    return [
        AskFact(id=f"span.{name}.{end}", label="", value=day, unit="day")
        for end, day in (("since", since), ("until", until))
    ]


def _line(place: int, one: _Theme, name: str) -> list[AskFact]:
    parts = {"before": one.before, "after": one.after}
    named = AskFact(id=f"move.{place}.name", label="", value=name, unit="name", records=cited(one.after))
    return [
        named,
        *(
            AskFact(
                id=f"move.{place}.{part}", label=name, value=_voices(rows), unit="accounts",
                records=cited(rows),
            )
            for part, rows in parts.items()
        ),
    ]  # fmt: skip
