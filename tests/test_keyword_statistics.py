"""Keywords: the statistics, against those of scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from koe.keywords.statistics import (
    Totals,
    adjust,
    compare_shares,
    deals_needed,
    evidence,
    fisher,
    log_odds,
    stratified,
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, Totals]:
    """A table of won and lost deals with and without a term."""
    totals = Totals(draw(st.integers(1, 60)), draw(st.integers(1, 60)))
    return draw(st.integers(0, totals.won)), draw(st.integers(0, totals.lost)), totals


def arrays(won: int, lost: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array([won]), np.array([lost])


@settings(deadline=None)
@given(tables())
def test_fishers_p_is_scipys(table: tuple[int, int, Totals]) -> None:
    won, lost, totals = table
    cells = [[won, totals.won - won], [lost, totals.lost - lost]]
    assert fisher(*arrays(won, lost), totals)[0] == pytest.approx(stats.fisher_exact(cells)[1], abs=1e-12)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_adjusted_p_values_are_scipys(values: list[float]) -> None:
    p = np.array(values)
    assert adjust(p) == pytest.approx(stats.false_discovery_control(p, method="bh"), abs=1e-12)


@settings(deadline=None)
@given(tables())
def test_log_odds_turn_their_sign_with_the_sides(table: tuple[int, int, Totals]) -> None:
    won, lost, totals = table
    one = log_odds(*arrays(won, lost), totals)
    other = log_odds(*arrays(lost, won), Totals(totals.lost, totals.won))
    assert one.z[0] == pytest.approx(-other.z[0]) and np.isfinite(one.value[0])


@settings(deadline=None)
@given(tables())
def test_an_interval_holds_its_difference(table: tuple[int, int, Totals]) -> None:
    gap, low, high = (float(x[0]) for x in compare_shares(*arrays(table[0], table[1]), table[2]))
    assert -1 - 1e-9 <= low <= gap <= high <= 1 + 1e-9


@pytest.mark.parametrize(
    ("totals", "shares"),
    [
        pytest.param(Totals(16, 15), (0.4, 0.05), id="a handful of deals"),
        pytest.param(Totals(20, 30), (0.5, 0.2), id="fifty deals"),
        pytest.param(Totals(60, 90), (0.36, 0.12), id="150 deals"),
        pytest.param(Totals(200, 300), (0.1, 0.1), id="no difference"),
    ],
)
def test_nine_in_ten_intervals_hold_the_true_difference(totals: Totals, shares: tuple[float, float]) -> None:
    rng = np.random.default_rng(7)
    won, lost = rng.binomial(totals.won, shares[0], 20_000), rng.binomial(totals.lost, shares[1], 20_000)
    _, low, high = compare_shares(won, lost, totals)
    truth = shares[0] - shares[1]
    assert 0.87 <= float(((low <= truth) & (truth <= high)).mean()) <= 0.94


@settings(max_examples=40, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=4))
def test_the_stratified_test_is_the_sum_over_all_tables(strata: list[tuple[int, int, Totals]]) -> None:
    small = [
        (min(a, 4), min(b, 4), Totals(max(min(t.won, 6), 4), max(min(t.lost, 6), 4))) for a, b, t in strata
    ]
    excess, p = stratified(small)
    parts = [
        [(x, float(stats.hypergeom(t.won + t.lost, t.won, a + b).pmf(x))) for x in range(t.won + 1)]
        for a, b, t in small
    ]
    sums: dict[int, float] = {0: 1.0}
    for part in parts:
        sums = {
            total: sum(sums.get(total - x, 0.0) * chance for x, chance in part)
            for total in range(max(sums) + max(x for x, _ in part) + 1)
        }
    seen = sum(a for a, _, _ in small)
    assert p == pytest.approx(
        min(1.0, sum(c for c in sums.values() if c <= sums[seen] * (1 + 1e-7))), abs=1e-9
    )
    assert excess == pytest.approx(seen - sum(x * chance for part in parts for x, chance in part))


def test_an_even_split_over_strata_leaves_no_excess() -> None:
    excess, p = stratified([(8, 2, Totals(8, 2)), (0, 0, Totals(2, 8))])
    assert excess == pytest.approx(0) and p == pytest.approx(1)


def test_the_division_that_tells_more_has_more_evidence() -> None:
    assert evidence([(8, 8), (0, 8)]) > evidence([(4, 8), (4, 8)])


def test_with_the_deals_it_asks_for_a_term_passes_four_times_in_five() -> None:
    totals, shares, alpha = Totals(20, 30), (0.5, 0.2), 0.001
    more = deals_needed(shares, totals, alpha)
    assert more is not None
    bigger = Totals((more + 50) * 2 // 5, (more + 50) * 3 // 5)
    rng = np.random.default_rng(3)
    won, lost = (rng.binomial(n, share, 2_000) for n, share in zip(bigger, shares, strict=True))
    assert 0.74 <= float((fisher(won, lost, bigger) <= alpha).mean()) <= 0.88


def test_equal_shares_never_become_a_finding() -> None:
    assert deals_needed((0.3, 0.3), Totals(20, 30), 0.01) is None
