"""The guard against corruptions of made weeks: a seeded portion of `python -m eval.guard`."""

from functools import cache

import pytest

from eval.guard import HARD, Table, run
from eval.share import wilson

SEED = 11


@cache
def measured() -> Table:
    return run(SEED, quick=True)


def test_no_corruption_that_breaks_a_hard_rule_passes() -> None:
    broken = [one for one in measured().passed if one.corruption in HARD]
    assert broken == []
    assert all(share.hits == share.n for share in measured().caught if share.must)


def test_at_least_95_in_100_of_the_rest_are_caught() -> None:
    soft = [share for share in measured().caught if not share.must]
    assert soft and all(share.value >= 0.95 for share in soft), soft


def test_nothing_untouched_is_refused() -> None:
    assert measured().alarms == ()
    assert sum(share.n for share in measured().quiet) >= 40


def test_every_sort_of_corruption_is_tried_often() -> None:
    drafts = {share.name: share.n for share in measured().caught if share.group == "draft"}
    assert set(HARD) < set(drafts)
    assert all(n >= 5 for n in drafts.values()), drafts
    assert sum(share.n for share in measured().caught) >= 400


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        pytest.param(60, 60, 0.940, 1.0, id="all"),
        pytest.param(0, 10, 0.0, 0.278, id="none"),
        pytest.param(5, 10, 0.237, 0.763, id="half"),
        pytest.param(0, 0, 0.0, 1.0, id="nothing tried"),
    ],
)
def test_the_interval_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=0.001)
