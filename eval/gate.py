"""The gate: may this version of koe stand beside the one that was accepted?

A broken promise, a prompt that was not accepted, or a figure under its floor fails. So does a loss that is
both significant (one-sided 95 %, paired over accounts) and over two points. A loss that is neither shown
nor ruled out is "not enough data to tell".
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from eval.baseline import Accepted
from eval.bootstrap import Interval, difference
from eval.figures import MEASURES, Measure, count_of, value_of
from eval.shape import Result, Row

FLOORS = Path(__file__).parent / "floors.toml"
SMALL = 0.02
"""A loss up to here never fails."""
TOLERATED = 0.05
"""A loss that has to be ruled out, else there is not enough data to tell."""
ENOUGH = 30
"""Findings of a language from which on it is looked at by itself."""


class Standing(StrEnum):
    """How one check came out."""

    PASS = "pass"
    FAIL = "fail"
    UNSURE = "not enough data to tell"


class Verdict(NamedTuple):
    """One check of the gate."""

    name: str
    standing: Standing
    says: str


Floors = Mapping[str, float]


def read_floors(name: str, path: Path = FLOORS) -> Floors:
    """The floors of a set by figure; empty for a set that has none."""
    return dict(tomllib.loads(path.read_text("utf-8")).get(name, {}))


def judge(result: Result, accepted: Accepted, floors: Floors) -> list[Verdict]:
    """Every check of the gate, the promises first."""
    return [
        *_promises(result),
        _prompts(result, accepted),
        *_floors(result, floors),
        *(
            compare(measure, scope, old, new)
            for measure in MEASURES
            if measure.soft
            for scope, old, new in _views(measure, accepted.rows, result.rows)
        ),
    ]


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """0 when everything passed, 1 when anything failed, 2 when something cannot be told."""
    standings = {verdict.standing for verdict in verdicts}
    return 1 if Standing.FAIL in standings else 2 if Standing.UNSURE in standings else 0


def compare(measure: Measure, scope: str, old: Sequence[Row], new: Sequence[Row]) -> Verdict:
    """Whether a figure has lost against the accepted one."""
    name = measure.name if scope == "all" else f"{measure.name} {scope}"
    if value_of(measure, old) is None:
        return Verdict(name, Standing.PASS, "was not scored when it was accepted")
    change = difference(measure, old, new)
    if change is None:
        return Verdict(name, Standing.FAIL, "was scored when it was accepted and is no longer")
    points = f"{100 * change.value:+.1f} points [{100 * change.low:+.1f}, {100 * change.high:+.1f}]"
    return Verdict(name, _standing(change), points)


def _standing(change: Interval) -> Standing:
    if change.value < -SMALL and change.high < 0:
        return Standing.FAIL
    lost = change.value < 0 and (change.value < -SMALL or change.low < -TOLERATED)
    return Standing.UNSURE if lost else Standing.PASS


def _views(
    measure: Measure, old: Sequence[Row], new: Sequence[Row]
) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """The rows of a figure in both, over all and for findings per language, where there are enough."""
    before, after = ([row for row in rows if row.family == measure.family] for rows in (old, new))
    if before:
        yield "all", before, after
    languages = sorted({row.language for row in before})
    if measure.name == "findings.f1" and len(languages) > 1:
        for name in languages:
            some = [[row for row in rows if row.language == name] for rows in (before, after)]
            if count_of(measure, some[0]) >= ENOUGH:
                yield name, some[0], some[1]


def _promises(result: Result) -> Iterator[Verdict]:
    for line in result.checked:
        rule, _, count = line.rpartition(": ")
        broken = [violation.what for violation in result.violations if violation.rule == rule]
        standing = Standing.FAIL if broken else Standing.PASS
        yield Verdict(rule, standing, "; ".join(broken) or f"held {count} times")


def _prompts(result: Result, accepted: Accepted) -> Verdict:
    names = sorted({*result.prompts, *accepted.prompts})
    other = [name for name in names if result.prompts.get(name) != accepted.prompts.get(name)]
    if other:
        return Verdict("prompts", Standing.FAIL, f"not accepted: {', '.join(other)}")
    return Verdict("prompts", Standing.PASS, f"{len(names)} as accepted")


def _floors(result: Result, floors: Floors) -> Iterator[Verdict]:
    values = {figure.name: figure.value for figure in result.figures if figure.scope == "all"}
    for name, floor in floors.items():
        value = values.get(name)
        stands = value is not None and value >= floor
        says = f"{value:.3f}" if value is not None else "not scored"
        yield Verdict(
            f"floor of {name}", Standing.PASS if stands else Standing.FAIL, f"{says}, floor {floor:.3f}"
        )
