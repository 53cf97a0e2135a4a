"""The scores as a table that is read on a terminal."""

from collections.abc import Iterator, Sequence

from eval.gate import Standing, Verdict, exit_code
from eval.judge import lines_of as judge_lines
from eval.shape import Figure, Result

FAMILIES = {
    "findings": "what customers said: one-to-one with the truth, same kind, half of the characters shared",
    "themes": "what belongs together, on the findings that were found",
    "weeks": "the three first complaints of each week",
    "keywords": "words of won and lost deals",
    "questions": "questions answered",
    "masking": "personal data",
    "digest": "the week in words",
}


def lines_of(result: Result) -> Iterator[str]:
    """The whole table of one set."""
    yield f"{result.set}, read by {result.engine}"
    yield f"{'':34}{'score':>7}  {'95 % interval':<15}{'n':>6}"
    for family, title in FAMILIES.items():
        some = [figure for figure in result.figures if figure.name.partition(".")[0] == family]
        if some:
            yield f"\n{family}: {title}"
            yield from map(_line, some)
    yield from _promises(result)
    if result.judged:
        yield f"\njudged by {result.judged.judge}, against the labels (advice, never a gate)"
        yield from judge_lines(result.judged.agreements)
    if result.unscored:
        yield f"\nnot scored: {len(result.unscored)}"
        yield from (f"  {line}" for line in result.unscored)
    yield f"\nmisses: {len(result.misses)}; read them one by one with --html FILE"


def _line(figure: Figure) -> str:
    part = figure.name.partition(".")[2]
    name = f"  {part}" if figure.scope == "all" else f"      {figure.scope}"
    between = f"{figure.low:.3f} – {figure.high:.3f}"
    return f"{name:<34}{figure.value:>7.3f}  {between:<15}{figure.n:>6,} {figure.unit}"


def _promises(result: Result) -> Iterator[str]:
    yield "\nwhat must always hold, and how often it was checked"
    broken = [violation.rule for violation in result.violations]
    for line in result.checked:
        name, _, count = line.rpartition(": ")
        wrong = _times(broken, name)
        yield f"  {name:<50}{count:>6}  {f'BROKEN {wrong} times' if wrong else 'held'}"
    yield from (f"    {violation.rule}: {violation.what}" for violation in result.violations)


def _times(broken: Sequence[str], rule: str) -> int:
    return sum(one == rule for one in broken)


def verdict_lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What the gate says, what did not pass first, and its last word."""
    order = (Standing.FAIL, Standing.UNSURE, Standing.PASS)
    yield "the gate"
    for verdict in sorted(verdicts, key=lambda one: order.index(one.standing)):
        yield f"  {verdict.standing:<24}{verdict.name:<44}{verdict.says}"
    yield {0: "passed", 1: "FAILED", 2: "not enough data to tell"}[exit_code(verdicts)]
