"""One page with the scores and each miss, its words around it: so that a person can read why."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from eval.gate import Standing, Verdict
from eval.shape import Figure, Miss, Result
from eval.table import FAMILIES
from koe.report.pages import render

TEMPLATES = Path(__file__).parent


class Family(NamedTuple):
    """One family's figures and misses."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    misses: tuple[tuple[str, tuple[Miss, ...]], ...]
    """By sort."""


class Part(NamedTuple):
    """One set of the page."""

    result: Result
    families: tuple[Family, ...]
    broken: Mapping[str, int]
    verdicts: tuple[Verdict, ...]


def page(results: Sequence[Result], verdicts: Mapping[str, Sequence[Verdict]]) -> str:
    """The page, self-contained; every text is escaped."""
    parts = [_part(result, verdicts.get(result.set, ())) for result in results]
    return render("page.html.j2", "en", {"parts": parts}, TEMPLATES)


def _part(result: Result, verdicts: Sequence[Verdict]) -> Part:
    families = [_family(result, name, title) for name, title in FAMILIES.items()]
    rules = [violation.rule for violation in result.violations]
    shown = tuple(family for family in families if family.figures)
    return Part(result, shown, {rule: rules.count(rule) for rule in rules}, _worst_first(verdicts))


def _worst_first(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    order = (Standing.FAIL, Standing.UNSURE, Standing.PASS)
    return tuple(sorted(verdicts, key=lambda one: order.index(one.standing)))


def _family(result: Result, name: str, title: str) -> Family:
    figures = tuple(one for one in result.figures if one.name.partition(".")[0] == name)
    misses = sorted((one for one in result.misses if one.family == name), key=lambda one: one.sort)
    groups = tuple((sort, tuple(some)) for sort, some in groupby(misses, key=lambda one: one.sort))
    return Family(name, title, figures, groups)
