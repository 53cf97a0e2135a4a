"""A set, read by koe and scored: every row, figure, miss and broken promise."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from eval import judge as judging
from eval.bootstrap import interval
from eval.figures import MEASURES, Measure, count_of
from eval.labels import ROOT, LabelledSet, read_workspace
from eval.promises import check_all, gather, score_leaks
from eval.recorded import unanswered
from eval.said import load_said
from eval.scores import findings, keywords, masking, negatives, questions, stability, themes, weeks
from eval.shape import Figure, Opinions, Result, Row, Scored, Violation
from koe.engine import pick_engine
from koe.errors import SetupError
from koe.export import EXPORTS
from koe.keywords import compute_keywords
from koe.records import FindingKind
from koe.settings import Settings
from koe.weeks import period_between
from koe.workspace import Workspace

OFFLINE = "offline"
NEGATIVES = ("hard negatives kept out", "none where none is")
BROKEN_DOWN = {
    "findings": ("f1", "precision", "recall", *NEGATIVES),
    "masking": ("whole", "characters", "rightly"),
}


def evaluate(labelled: LabelledSet, engine: str = OFFLINE, runs: int = 3, judge: str | None = None) -> Result:
    """One set read and scored; `runs` counts the readings that have to be the same, altered ones apart.

    With none it is read once, and whether the next reading would be the same is not asked.
    """
    with read_workspace(labelled.records, open_engine(labelled, engine)) as ws:
        families, checked, violations = _scored(labelled, ws)
        lacking = tuple(unanswered(engine))
        again = stability.check(labelled, ws, runs) if runs else ([], [])
        judged = judge_findings(labelled, ws, judge) if judge else None
        name = pick_engine(ws).name
    rows = tuple(row for one in families for row in one.rows)
    return Result(
        set=labelled.name,
        asked=engine,
        engine=name,
        prompts=prompt_hashes(),
        rows=rows,
        figures=tuple(figures_of(rows)),
        misses=tuple(miss for one in families for miss in one.misses),
        unscored=(*lacking, *(line for one in families for line in one.unscored)),
        checked=(*checked, *again[0]),
        violations=(*violations, *again[1]),
        judged=judged,
    )


def check_name(asked: str) -> None:
    """Raises SetupError for a name that is no engine's, before anything is read."""
    if asked != OFFLINE and not all(asked.partition(":")):
        raise SetupError(f"{asked!r} is no engine. Name offline, provider:model or recorded:FILE.")


def open_engine(labelled: LabelledSet, asked: str) -> Settings:
    """The settings that read a set with the engine asked for: `offline`, `provider:model`, `recorded:FILE`.

    This is the one place where a name becomes an engine: `koe.engine.pick_engine` takes it from here.
    """
    return labelled.settings(None if asked == OFFLINE else asked)


def judge_findings(labelled: LabelledSet, ws: Workspace, asked: str) -> Opinions:
    """What a judge makes of the findings of a set that was read, beside what the labels say."""
    from koe.engine.model.opening import open_caller

    said = load_said(ws)
    matched = findings.match(labelled, ws, said)
    names = {
        str(row["id"]): str(row["name"])
        for row in EXPORTS["themes"](ws, period_between(None, None, ws.settings.zone))
    }
    items = judging.items_of(matched, said, themes.stands_for(matched), names)
    bench = Workspace(open_engine(labelled, asked).model_copy(update={"home": ws.home}))
    try:
        caller = open_caller(bench)
        return Opinions(
            judge=caller.model, agreements=judging.agreements(items, judging.judge(caller, items))
        )
    finally:
        bench.close()


def _scored(labelled: LabelledSet, ws: Workspace) -> tuple[list[Scored], list[str], list[Violation]]:
    said = load_said(ws)
    matched = findings.match(labelled, ws, said)
    asked = questions.ask_all(labelled, ws)
    report = compute_keywords(ws)
    families = [
        findings.score(matched, said),
        negatives.score(labelled, matched, said),
        themes.score(matched, said),
        weeks.score(labelled, ws, themes.stands_for(matched)),
        keywords.score(labelled, report),
        questions.score(labelled, asked, said),
        masking.score(labelled, said),
    ]
    given = gather(labelled, ws, said, asked, report)
    return [*families, score_leaks(given)], *check_all(given)


def figures_of(rows: Sequence[Row]) -> list[Figure]:
    """Every figure the rows have something for: over all, then by kind or type, then by language."""
    found: list[Figure] = []
    for measure in MEASURES:
        mine = [row for row in rows if row.family == measure.family]
        for scope, some in _scopes(measure, mine).items():
            if figure := _figure(measure, scope, some):
                found.append(figure)
    return found


def _scopes(measure: Measure, rows: Sequence[Row]) -> dict[str, list[Row]]:
    scopes = {"all": list(rows)}
    family, _, part = measure.name.partition(".")
    if part in BROKEN_DOWN.get(family, ()):
        kinds = sorted({row.kind for row in rows} - {""}, key=_order)
        scopes |= {kind: [row for row in rows if row.kind == kind] for kind in kinds}
        languages = sorted({row.language for row in rows})
        if len(languages) > 1:
            scopes |= {name: [row for row in rows if row.language == name] for name in languages}
    return scopes


def _order(kind: str) -> tuple[int, str]:
    known = [str(one) for one in FindingKind]
    return (known.index(kind) if kind in known else len(known)), kind


def _figure(measure: Measure, scope: str, rows: Sequence[Row]) -> Figure | None:
    count = count_of(measure, rows)
    found = interval(measure, rows) if count else None
    if found is None:
        return None
    return Figure(
        name=measure.name,
        scope=scope,
        value=found.value,
        low=found.low,
        high=found.high,
        n=count,
        unit=measure.unit,
        drawn_by="account"
        if measure.family in ("findings", "negatives", "quiet", "themes", "masking")
        else "case",
    )


def prompt_hashes(folder: Path = ROOT / "prompts") -> dict[str, str]:
    """SHA-256 of each prompt file by its name."""
    return {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.md"))
        if path.stem != "README"
    }
