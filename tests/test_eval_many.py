"""Many figures at once: a kind that is lost fails, and many kinds are not many chances of a false alarm."""

import random
from collections.abc import Sequence

from eval import baseline
from eval.baseline import Baseline
from eval.gate import Standing, holm, judge
from eval.shape import Row
from tests.test_gate import result_of, standing_of


def kinds_of(hits: Sequence[float]) -> tuple[Row, ...]:
    """Six kinds of thirty findings each, a conversation a finding."""
    kinds = ("complaint", "feature_request", "question", "objection", "buying_reason", "praise")
    return tuple(
        Row(
            family="findings",
            id=f"T-{n}",
            account=f"A-{n}",
            language="ja",
            kind=kinds[n % 6],
            counts=(1, 1, hit, hit),
        )
        for n, hit in enumerate(hits)
    )


def test_a_kind_that_is_lost_fails_by_itself() -> None:
    good = kinds_of([float(n % 5 > 0) for n in range(180)])
    accepted = baseline.with_result(Baseline(), result_of(good), "as it stands")
    worse = kinds_of([0.0 if n % 6 == 5 else float(n % 5 > 0) for n in range(180)])
    assert standing_of("findings.f1 praise", result_of(worse), accepted) is Standing.FAIL
    assert standing_of("findings.f1 complaint", result_of(worse), accepted) is Standing.PASS


def test_six_kinds_are_not_six_chances_of_a_false_alarm() -> None:
    alarms = 0
    for seed in range(4):
        dice = random.Random(seed)
        first, second = ([float(dice.random() < 0.6) for _ in range(180)] for _ in range(2))
        accepted = baseline.with_result(Baseline(), result_of(kinds_of(first)), "as it stands")
        one = accepted.of(result_of(kinds_of(second)))
        assert one is not None
        alarms += any(v.standing is Standing.FAIL for v in judge(result_of(kinds_of(second)), one, {}))
    assert alarms <= 1


def test_holms_steps_stop_at_the_first_that_may_be_chance() -> None:
    assert list(holm([0.001, 0.04, 0.02, 0.03])) == [True, False, False, False]
    assert list(holm([0.001, 0.01, 0.02, 0.03])) == [True, True, True, True]
    assert list(holm([])) == []
