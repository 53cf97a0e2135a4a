"""Facts of a ledger written row by row, and what tests look up in them."""

from koe.facts import compute_facts
from koe.facts.shape import ThemeFacts, WeekFacts
from koe.workspace import Workspace
from tests.small_ledger import WEEK, Row, write

MONDAY = "2026-09-07T01:00:00Z"


def facts_of(ws: Workspace, rows: list[Row], week: str = WEEK) -> WeekFacts:
    write(ws, rows)
    return compute_facts(ws, week)


def complaint(facts: WeekFacts, id: str) -> ThemeFacts:
    return next(one for one in facts.complaints if one.theme == id)


def value(facts: WeekFacts, id: str) -> float:
    return next(fact.value for fact in facts.facts if fact.id == id)
