"""Statistics of two groups of deals: all vectorised over terms, exact where deals are few.

`won` and `lost` are how many won and lost deals have a term, as integer arrays of one length;
`Totals` is how many deals there are. Nothing here knows what a term is.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln, gammaln, ndtri

__all__ = [
    "LogOdds",
    "Totals",
    "adjust",
    "compare_shares",
    "deals_needed",
    "evidence",
    "fisher",
    "hypergeometric",
    "log_odds",
    "stratified",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

JEFFREYS = 0.5
_TIE = 1 + 1e-7
"""Tables as likely as the observed one count as extreme; this much room for rounding, as in R."""


class Totals(NamedTuple):
    """How many closed deals there are."""

    won: int
    lost: int


class LogOdds(NamedTuple):
    """Log odds ratio per term, positive where won deals use it more, and the same in standard errors."""

    value: Floats
    z: Floats


def log_odds(won: Ints, lost: Ints, totals: Totals) -> LogOdds:
    """The log odds ratio with a Jeffreys prior, and its z.

    log((a+½)(d+½) / ((b+½)(c+½))), variance the sum of the four reciprocals (Anscombe 1956; as a word
    measure Monroe, Colaresi and Quinn 2008, eq. 16 and 22, here over deals instead of tokens).
    """
    a, c = won + JEFFREYS, totals.won - won + JEFFREYS
    b, d = lost + JEFFREYS, totals.lost - lost + JEFFREYS
    value = np.log(a) + np.log(d) - np.log(b) - np.log(c)
    return LogOdds(value, value / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d))


def fisher(won: Ints, lost: Ints, totals: Totals) -> Floats:
    """Fisher's exact two-sided p: the chance, margins given, of tables no likelier than the observed one."""
    p = np.ones(len(won))
    support = won + lost
    for k in np.unique(support):
        at = np.flatnonzero(support == k)
        low, chances = hypergeometric(int(k), totals)
        p[at] = _tail(chances)[won[at] - low]
    return p


def adjust(p: Floats) -> Floats:
    """p values adjusted for a false discovery rate, in the order given (Benjamini and Hochberg 1995)."""
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def compare_shares(
    won: Ints, lost: Ints, totals: Totals, level: float = 0.90
) -> tuple[Floats, Floats, Floats]:
    """Share among won minus share among lost deals, with the lower and upper end of its interval.

    Two Jeffreys Beta intervals joined by the method of variance estimates recovery: the ends lie
    √((p₁−l₁)²+(u₂−p₂)²) below and √((u₁−p₁)²+(p₂−l₂)²) above (Newcombe 1998, method 10, with Jeffreys in
    place of Wilson limits; Brown, Cai and DasGupta 2001 for the Beta limits at 0 and n).
    """
    p1, l1, u1 = _jeffreys(won, totals.won, level)
    p2, l2, u2 = _jeffreys(lost, totals.lost, level)
    gap = p1 - p2
    return gap, gap - np.hypot(p1 - l1, u2 - p2), gap + np.hypot(u1 - p1, p2 - l2)


def stratified(strata: Sequence[tuple[int, int, Totals]]) -> tuple[float, float]:
    """Won deals beyond what each stratum's mix explains, and the exact two-sided p of that.

    Strata are (won, lost, totals) of one term. The Cochran–Mantel–Haenszel statistic Σ(aᵢ−E aᵢ) with its
    exact conditional distribution, the convolution of the strata's hypergeometrics (Gart 1970), because
    an industry has a handful of deals: no continuity correction is needed.
    """
    low, observed, expected, chances = 0, 0, 0.0, np.ones(1)
    for won, lost, totals in strata:
        start, part = hypergeometric(won + lost, totals)
        low, observed = low + start, observed + won
        expected += float((start + np.arange(len(part))) @ part)
        chances = np.convolve(chances, part)
    return observed - expected, float(min(1.0, _tail(chances)[observed - low]))


def evidence(groups: Sequence[tuple[int, int]]) -> float:
    """How well a division of the deals tells where a term is: the log marginal likelihood.

    Groups are (deals with the term, deals); each has a share of its own under a Jeffreys prior, so a
    division into many small groups pays for them (Kass and Raftery 1995).
    """
    with_term, deals = np.array(groups, dtype=float).T
    return float(
        np.sum(betaln(with_term + JEFFREYS, deals - with_term + JEFFREYS) - betaln(JEFFREYS, JEFFREYS))
    )


def deals_needed(shares: tuple[float, float], totals: Totals, alpha: float, power: float = 0.8) -> int | None:
    """How many more closed deals until a term with these shares passes a two-sided test at `alpha`.

    Sample size for two proportions with the ratio of won to lost kept and Fisher's test allowed for by
    the continuity correction (Fleiss, Tytun and Ury 1980, eq. 3 and 4). None when the shares are equal.
    """
    (p1, p2), r = shares, totals.lost / totals.won
    gap, mean = abs(p1 - p2), (p1 + r * p2) / (1 + r)
    if gap == 0:
        return None
    noise = -ndtri(alpha / 2) * np.sqrt((r + 1) * mean * (1 - mean))
    spread = ndtri(power) * np.sqrt(r * p1 * (1 - p1) + p2 * (1 - p2))
    plain = (noise + spread) ** 2 / (r * gap**2)
    corrected = plain / 4 * (1 + np.sqrt(1 + 2 * (r + 1) / (plain * r * gap))) ** 2
    return max(0, int(np.ceil(corrected * (1 + r))) - totals.won - totals.lost)


def hypergeometric(k: int, totals: Totals) -> tuple[int, Floats]:
    """The least number of won deals among k, and the chance of each number from it on."""
    low, high = max(0, k - totals.lost), min(k, totals.won)
    x = np.arange(low, high + 1)
    logs = _choose(totals.won, x) + _choose(totals.lost, k - x)
    chances = np.exp(logs - logs.max())
    return low, chances / chances.sum()


def _choose(n: int, x: Ints) -> Floats:
    return np.asarray(gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))


def _tail(chances: Floats) -> Floats:
    """For each value the chance of all values that are no likelier."""
    ordered = np.sort(chances)
    reach = np.searchsorted(ordered, chances * _TIE, side="right")
    return np.asarray(np.minimum(np.cumsum(ordered)[reach - 1], 1.0))


def _jeffreys(x: Ints, n: int, level: float) -> tuple[Floats, Floats, Floats]:
    a, b, tail = x + JEFFREYS, n - x + JEFFREYS, (1 - level) / 2
    low = np.where(x == 0, 0.0, betaincinv(a, b, tail))
    high = np.where(x == n, 1.0, betaincinv(a, b, 1 - tail))
    return x / n, low, high
