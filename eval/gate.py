"""The gate: may this version of koe stand beside the one that was accepted?

A broken promise, a prompt that was not accepted, or a figure under its floor fails. So does a loss that is
both significant (one-sided, paired over accounts) and over two points. The figures of a set, and findings'
F1 per language and per kind, are many chances of a false alarm: together they get the 5 % of one, by Holm's
steps (Holm 1979). A loss that is neither shown nor ruled out is "not enough data to tell".
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from eval.baseline import Accepted
from eval.bootstrap import Change, difference
from eval.figures import MEASURES, Measure, count_of, value_of
from eval.shape import Result, Row

FLOORS = Path(__file__).parent / "floors.toml"
SMALL = 0.02
"""A loss up to here never fails."""
TOLERATED = 0.05
"""A loss that has to be ruled out, else there is not enough data to tell."""
ENOUGH = 30
"""Findings of a language from which on it is looked at by itself."""
SHOWN = 3
"""Breaks of one promise that are named; the page has all."""
ENOUGH_OF_A_KIND = 15
"""The same of a kind."""
LEVEL = 0.05
"""Chance that a version as good as the accepted one fails on any of a set's figures."""


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
        *_soft(result, accepted),
    ]


class _Compared(NamedTuple):
    """One figure now and when it was accepted; `change` is None where it cannot be compared."""

    name: str
    change: Change | None
    otherwise: Verdict | None = None


def _soft(result: Result, accepted: Accepted) -> Iterator[Verdict]:
    """Every figure against the accepted one, significance corrected for how many they are."""
    compared = [
        _compared(measure, scope, old, new)
        for measure in MEASURES
        if measure.soft
        for scope, old, new in _views(measure, accepted.rows, result.rows)
    ]
    shown = holm([one.change.p for one in compared if one.change])
    for one in compared:
        yield one.otherwise or _verdict(one, is_shown=next(shown))


def holm(chances: Sequence[float], level: float = LEVEL) -> Iterator[bool]:
    """Which of several tests stay significant, in the order given, when all together may err that often."""
    order = sorted(range(len(chances)), key=lambda n: (chances[n], n))
    kept: set[int] = set()
    for place, n in enumerate(order):
        if chances[n] > level / (len(order) - place):
            break
        kept.add(n)
    return iter([n in kept for n in range(len(chances))])


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """0 when everything passed, 1 when anything failed, 2 when something cannot be told."""
    standings = {verdict.standing for verdict in verdicts}
    return 1 if Standing.FAIL in standings else 2 if Standing.UNSURE in standings else 0


def compare(measure: Measure, scope: str, old: Sequence[Row], new: Sequence[Row]) -> Verdict:
    """Whether one figure has lost against the accepted one, looked at by itself."""
    one = _compared(measure, scope, old, new)
    return one.otherwise or _verdict(one, is_shown=one.change is not None and one.change.p <= LEVEL)


def _compared(measure: Measure, scope: str, old: Sequence[Row], new: Sequence[Row]) -> _Compared:
    name = measure.name if scope == "all" else f"{measure.name} {scope}"
    if value_of(measure, old) is None:
        return _Compared(name, None, Verdict(name, Standing.PASS, "was not scored when it was accepted"))
    change = difference(measure, old, new)
    gone = Verdict(name, Standing.FAIL, "was scored when it was accepted and is no longer")
    return _Compared(name, change, None if change else gone)


def _verdict(one: _Compared, *, is_shown: bool) -> Verdict:
    assert one.change is not None
    value, low, high, p = one.change
    says = f"{100 * value:+.1f} points [{100 * low:+.1f}, {100 * high:+.1f}]"
    if value < -SMALL and is_shown:
        return Verdict(one.name, Standing.FAIL, f"{says}, p = {p:.3f}")
    is_lost = value < 0 and (value < -SMALL or low < -TOLERATED)
    return Verdict(one.name, Standing.UNSURE if is_lost else Standing.PASS, says)


def _views(
    measure: Measure, old: Sequence[Row], new: Sequence[Row]
) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """The rows of a figure in both, over all and for F1 per language and per kind, where there are enough."""
    before, after = ([row for row in rows if row.family == measure.family] for rows in (old, new))
    if before:
        yield "all", before, after
    if measure.name != "findings.f1":
        return
    for enough, part in ((ENOUGH, _language), (ENOUGH_OF_A_KIND, _kind)):
        names = sorted({part(row) for row in before} - {""})
        for name in names if len(names) > 1 else ():
            some = [[row for row in rows if part(row) == name] for rows in (before, after)]
            if count_of(measure, some[0]) >= enough:
                yield name, some[0], some[1]


def _language(row: Row) -> str:
    return row.language


def _kind(row: Row) -> str:
    return row.kind


def _promises(result: Result) -> Iterator[Verdict]:
    for line in result.checked:
        rule, _, count = line.rpartition(": ")
        broken = [violation.what for violation in result.violations if violation.rule == rule]
        standing = Standing.FAIL if broken else Standing.PASS
        more = [f"and {len(broken) - SHOWN} more"] if len(broken) > SHOWN else []
        yield Verdict(rule, standing, "; ".join([*broken[:SHOWN], *more]) or f"held {count} times")


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
