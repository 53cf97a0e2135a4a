"""The table of figures in README.md, made from the accepted baseline, so that it cannot say anything else."""

from collections.abc import Iterator, Mapping

from eval.baseline import Baseline
from eval.figures import MEASURES, Measure
from eval.labels import ROOT
from eval.run import figures_of
from eval.shape import Figure

PATH = ROOT / "README.md"
START, END = "<!-- figures -->", "<!-- /figures -->"
ROWS = {
    "findings.f1": "findings: F1 over all six kinds",
    "findings.precision": "findings: precision",
    "findings.recall": "findings: recall",
    "findings.hard negatives kept out": "findings: hard negatives kept out",
    "findings.none where none is": "findings: none in conversations that hold none",
    "themes.rand": "themes: adjusted Rand index, on findings found",
    "weeks.top-3 exact": "weeks: top-3 complaints exactly, in order",
    "weeks.order": "weeks: top-3 in order, one minus Kendall's distance",
    "weeks.top-3 named": "weeks: share of the top-3 that is named",
    "keywords.precision": "keywords: precision at the truth's size",
    "keywords.recall": "keywords: recall",
    "questions.counts": "questions: counts stated right",
    "questions.citation precision": "questions: citation precision",
    "questions.citation recall": "questions: citation recall",
    "questions.answered": "questions: answered where there is an answer",
    "questions.abstained": "questions: silent where there is none",
    "masking.whole": "masking: personal strings masked whole",
    "masking.rightly": "masking: masks that hide something personal",
    "masking.stays in": "masking: personal strings that stand in no output",
    "digest.top themes named": "digest: top themes named",
}


def table(baseline: Baseline, engine: str = "offline") -> str:
    """The Markdown table: one row per score, one column per set read by the engine."""
    figures = {
        key.partition("/")[0]: {one.name: one for one in figures_of(accepted.rows) if one.scope == "all"}
        for key, accepted in baseline.accepted.items()
        if key.endswith(f"/{engine}")
    }
    return "\n".join(_lines(figures))


def _lines(figures: Mapping[str, Mapping[str, Figure]]) -> Iterator[str]:
    yield f"| score (95 % interval; n) | {' | '.join(figures)} |"
    yield f"|---|{'---|' * len(figures)}"
    for measure in MEASURES:
        if measure.name in ROWS:
            yield f"| {ROWS[measure.name]} | {' | '.join(_cells(figures, measure))} |"


def _cells(figures: Mapping[str, Mapping[str, Figure]], measure: Measure) -> Iterator[str]:
    for some in figures.values():
        one = some.get(measure.name)
        yield f"{one.value:.2f} ({one.low:.2f} – {one.high:.2f}; {one.n} {one.unit})" if one else "–"


def written(text: str, lines: str) -> str:
    """A README with the table between its marks."""
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2] if END in rest else rest
    return f"{before}{START}\n{lines}\n{END}{after}"
