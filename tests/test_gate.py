"""The gate: what it stops, what it lets pass, and what it says it cannot tell."""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from eval import baseline, readme
from eval.baseline import Accepted, Baseline
from eval.command import main
from eval.figures import MEASURES, Measure
from eval.gate import Standing, Verdict, compare, exit_code, judge, read_floors
from eval.junit import junit
from eval.page import page
from eval.run import figures_of, prompt_hashes
from eval.shape import Miss, Result, Row, Violation
from koe.errors import SetupError
from koe.model.prompts import prompt_folder

F1 = next(one for one in MEASURES if one.name == "findings.f1")
HOSTILE = '<img src=x onerror="alert(1)"> ```json {"complaints":0}``` =1+1'


def rows_of(counts: Sequence[tuple[float, ...]], per_account: int = 2) -> tuple[Row, ...]:
    """Findings' rows: (found, true, right, exact) per conversation."""
    return tuple(
        Row(family="findings", id=f"T-{n}", account=f"A-{n // per_account}", language="ja", counts=some)
        for n, some in enumerate(counts)
    )


def readings(size: int, right: float, noise: float, seed: int) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Two readings of the same conversations by one engine, which falters now and then."""
    draw = random.Random(seed)
    skill = [draw.random() < right for _ in range(size)]

    def read() -> tuple[Row, ...]:
        hits = [float(hit != (draw.random() < noise)) for hit in skill]
        return rows_of([(1, 1, hit, hit) for hit in hits])

    return read(), read()


def result_of(rows: Sequence[Row], *, prompts: dict[str, str] | None = None, broken: bool = False) -> Result:
    """A result with these rows."""
    rule = "quotes are verbatim"
    return Result(
        set="made",
        asked="offline",
        engine="offline-1",
        prompts={"find": "0" * 64} if prompts is None else prompts,
        rows=tuple(rows),
        figures=tuple(figures_of(rows)),
        misses=(Miss(family="findings", case="T-1", sort="missed", what=HOSTILE, mark=HOSTILE),),
        unscored=(),
        checked=(f"{rule}: 7",),
        violations=(Violation(rule=rule, what="finding x"),) if broken else (),
    )


def accepted_of(rows: Sequence[Row]) -> Accepted:
    """The rows as the accepted ones."""
    return Accepted(engine="offline-1", reason="before", prompts={"find": "0" * 64}, rows=tuple(rows))


def standings(verdicts: Sequence[Verdict]) -> dict[str, Standing]:
    """Each check by its name."""
    return {verdict.name: verdict.standing for verdict in verdicts}


GOOD = rows_of([(2, 2, 2, 1), (1, 2, 1, 0), (2, 1, 1, 1)] * 40)


def test_what_stands_passes() -> None:
    verdicts = judge(result_of(GOOD), accepted_of(GOOD), {"findings.f1": 0.5})
    assert exit_code(verdicts) == 0
    assert {verdict.standing for verdict in verdicts} == {Standing.PASS}


def test_a_broken_promise_fails_whatever_the_scores_are() -> None:
    verdicts = judge(result_of(GOOD, broken=True), accepted_of(GOOD), {})
    assert standings(verdicts)["quotes are verbatim"] is Standing.FAIL
    assert exit_code(verdicts) == 1


def test_a_prompt_changed_by_one_byte_fails() -> None:
    verdicts = judge(result_of(GOOD, prompts={"find": "0" * 63 + "1"}), accepted_of(GOOD), {})
    assert standings(verdicts)["prompts"] is Standing.FAIL


@pytest.mark.parametrize(
    "prompts",
    [pytest.param({}, id="gone"), pytest.param({"find": "0" * 64, "settle": "1"}, id="a new one")],
)
def test_prompts_that_came_or_went_fail(prompts: dict[str, str]) -> None:
    assert (
        standings(judge(result_of(GOOD, prompts=prompts), accepted_of(GOOD), {}))["prompts"] is Standing.FAIL
    )


def test_a_figure_under_its_floor_fails_even_when_the_baseline_is_as_low() -> None:
    verdicts = standings(judge(result_of(GOOD), accepted_of(GOOD), {"findings.f1": 0.99, "no such": 0.1}))
    assert verdicts["floor of findings.f1"] is Standing.FAIL
    assert verdicts["floor of no such"] is Standing.FAIL


def test_a_worse_rule_is_caught() -> None:
    worse = [row.model_copy(update={"counts": (row.counts[0], row.counts[1], 0, 0)} if n % 5 == 0 else {})
             for n, row in enumerate(GOOD)]  # fmt: skip
    verdict = compare(F1, "all", GOOD, worse)
    assert verdict.standing is Standing.FAIL
    assert "-" in verdict.says
    assert exit_code([verdict]) == 1


def test_a_better_rule_passes() -> None:
    better = [row.model_copy(update={"counts": (2, 2, 2, 2)}) for row in GOOD]
    assert compare(F1, "all", GOOD, better).standing is Standing.PASS


def test_a_loss_of_less_than_two_points_never_fails() -> None:
    slightly = [GOOD[0].model_copy(update={"counts": (2, 2, 1, 1)}), *GOOD[1:]]
    assert compare(F1, "all", GOOD, slightly).standing is Standing.PASS


def test_with_few_cases_it_says_that_it_cannot_tell() -> None:
    few = GOOD[:6]
    worse = [few[0].model_copy(update={"counts": (2, 2, 1, 1)}), *few[1:]]
    verdict = compare(F1, "all", few, worse)
    assert verdict.standing is Standing.UNSURE
    assert exit_code([verdict]) == 2


def test_what_was_scored_and_is_no_longer_fails() -> None:
    assert compare(F1, "all", GOOD, ()).standing is Standing.FAIL
    assert compare(F1, "all", rows_of([(0, 0, 0, 0)]), GOOD).standing is Standing.PASS


@pytest.mark.parametrize("noise", [0.02, 0.05])
def test_noise_is_not_taken_for_a_loss(noise: float) -> None:
    alarms = [
        compare(F1, "all", *readings(120, 0.6, noise, seed)).standing is Standing.FAIL for seed in range(60)
    ]
    assert sum(alarms) <= 6


def test_ten_points_lost_are_seen_nearly_always() -> None:
    seen = 0
    for seed in range(40):
        before, _ = readings(120, 0.8, 0.02, seed)
        draw = random.Random(1000 + seed)
        lost = {n for n, row in enumerate(before) if row.counts[2] and draw.random() < 0.125}
        after = [
            row.model_copy(update={"counts": (1, 1, 0, 0)}) if n in lost else row
            for n, row in enumerate(before)
        ]
        seen += compare(F1, "all", before, after).standing is Standing.FAIL
    assert seen >= 36


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_every_measure_can_be_compared(measure: Measure) -> None:
    labels = [("a", "1"), ("a", "1"), ("b", "2"), ("a", "2")]
    some = [
        Row(family=measure.family, id=str(n), account=f"A{n}", counts=(1, 1) * 6, labels=pair)
        for n, pair in enumerate(labels)
    ]
    assert compare(measure, "all", some, some).says == "+0.0 points [+0.0, +0.0]"


def test_accepting_writes_the_reason_and_gives_back_what_was_accepted(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline.save(baseline.with_result(Baseline(), result_of(GOOD), "a better rule for requests"), path)
    standing = baseline.load(path).of(result_of(GOOD))
    assert standing is not None
    assert standing.reason == "a better rule for requests"
    assert sorted(standing.rows, key=lambda row: row.id) == sorted(GOOD, key=lambda row: row.id)
    assert list(baseline.changes(standing, result_of(GOOD))) == []


def test_accepting_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.json", "b.json")]
    for path, some in zip(paths, (GOOD, tuple(reversed(GOOD))), strict=True):
        baseline.save(baseline.with_result(Baseline(), result_of(some), "why"), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_accepting_shows_each_case_that_changed() -> None:
    after = [*GOOD[1:], GOOD[0].model_copy(update={"counts": (2, 2, 0, 0)})]
    assert list(baseline.changes(accepted_of(GOOD), result_of(after))) == ["findings T-0: 2/2/2/1 → 2/2/0/0"]
    assert len(list(baseline.changes(None, result_of(GOOD)))) == len(GOOD)


def test_there_is_no_accepting_without_a_reason() -> None:
    with pytest.raises(SetupError, match="--reason"):
        baseline.with_result(Baseline(), result_of(GOOD), " ")
    assert main(["--accept"]) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--set", "/nowhere"], id="no such set"),
        pytest.param(["--no-such-option"], id="no such option"),
        pytest.param(["--runs", "0"], id="no reading"),
    ],
)
def test_what_cannot_be_run_is_neither_passed_nor_failed(arguments: list[str]) -> None:
    assert main(arguments) == 3


def test_every_floor_is_of_a_figure_that_exists() -> None:
    names = {measure.name for measure in MEASURES}
    for name in ("sample_ja", "sample_en"):
        floors = read_floors(name)
        assert floors
        assert set(floors) <= names
        assert all(0 < floor <= 1 for floor in floors.values())


def test_junit_counts_what_failed_and_what_cannot_be_told() -> None:
    verdicts = [
        Verdict("a", Standing.PASS, "fine"),
        Verdict("b", Standing.FAIL, HOSTILE),
        Verdict("c", Standing.UNSURE, "few"),
    ]
    suite = fromstring(junit([result_of(GOOD)], {"made": verdicts}))[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    assert suite.findall("testcase")[1][0].get("message") == HOSTILE
    scores = {one.get("name"): str(one.get("value")) for one in suite.iter("property")}
    assert scores["findings.f1"].endswith("findings") and scores["not scored"] == "0"


def test_the_page_shows_each_miss_and_runs_nothing_in_it() -> None:
    shown = page([result_of(GOOD, broken=True)], {"made": [Verdict("a", Standing.FAIL, HOSTILE)]})
    assert "<img" not in shown
    assert shown.count("&lt;img src=x onerror=") >= 3
    assert "broken 1 times" in shown
    assert "http" not in shown.replace("http-equiv", "")


def test_the_readmes_table_is_printed_without_reading_anything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--readme"]) == 0
    printed = capsys.readouterr().out.strip()
    assert printed.splitlines()[1].startswith("|---|")
    assert printed in readme.PATH.read_text("utf-8")


def test_a_table_is_put_between_the_marks_and_nothing_else_changes() -> None:
    text = f"before {readme.START}\nold\n{readme.END} after"
    assert readme.written(text, "new") == f"before {readme.START}\nnew\n{readme.END} after"
    assert readme.written(readme.written(text, "new"), "new") == readme.written(text, "new")


def test_a_prompt_changed_by_one_byte_fails_until_it_is_accepted(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(prompt_folder(), tmp_path / "prompts"))
    before = result_of(GOOD, prompts=prompt_hashes(folder))
    accepted = baseline.with_result(Baseline(), before, "as they stand")
    path = folder / "find.md"
    path.write_bytes(path.read_bytes()[:-1] + b" \n")
    changed = result_of(GOOD, prompts=prompt_hashes(folder))
    assert standing_of("prompts", changed, accepted) is Standing.FAIL
    accepted = baseline.with_result(accepted, changed, "a space more")
    assert standing_of("prompts", changed, accepted) is Standing.PASS


def standing_of(name: str, result: Result, accepted: Baseline) -> Standing:
    one = accepted.of(result)
    assert one is not None
    return next(verdict.standing for verdict in judge(result, one, {}) if verdict.name == name)
