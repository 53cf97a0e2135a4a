"""Terms to tiers: count each over deals, test it, and say which lean is more than chance."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.keywords import statistics
from koe.keywords.counts import DealCount
from koe.keywords.deals import DealVoice
from koe.keywords.families import Node
from koe.keywords.shape import Tier
from koe.keywords.statistics import Ints, Totals

__all__ = ["Q", "Scored", "Scores", "score"]

Q = 0.10
"""False discovery rate that a finding has to pass."""
HINT_LEVEL, HINT_LEVEL_OF_FEW = 0.90, 0.80
"""A hint's interval of this level leaves out zero. Of few deals: of ten a side, four against one."""
FEW = 30
"""Closed deals fewer than which are few."""
EXPLAINED_P = 0.05
"""Within industries a term this likely by chance, and less than half of its lean, is the industry's."""

Bools = NDArray[np.bool_]


class Scored(NamedTuple):
    """A node with everything computed about it."""

    node: Node
    deals: Bools
    """Which deals have it, in the order the deals were given."""
    won: int
    lost: int
    tier: Tier
    log_odds: float
    z: float
    share_difference: float
    interval: tuple[float, float]
    p: float
    p_adjusted: float
    by_industry: bool
    deals_needed: int | None


class Scores(NamedTuple):
    """The terms that show a lean, and how many were looked at."""

    scored: list[Scored]
    tested: int
    by_chance: float
    """Hints expected when the outcome is drawn by lot, among `scored`."""


class _Table(NamedTuple):
    nodes: list[Node]
    presence: Bools
    won: Ints
    lost: Ints
    totals: Totals


def score(nodes: Sequence[Node], deals: Sequence[DealVoice], min_deals: int) -> Scores:
    """Every node that is a finding or a hint; `deals` hold both outcomes."""
    table = _tabulate(nodes, deals, min_deals)
    if not table.nodes:
        return Scores([], 0, 0.0)
    support = table.won + table.lost
    p = statistics.fisher(table.won, table.lost, table.totals)
    adjusted = statistics.adjust(p)
    everyday = np.fromiter((node.everyday for node in table.nodes), bool, len(table.nodes))
    leans = _leans(table.won, table.lost, table.totals, min_deals) & ~everyday
    shown = np.flatnonzero(leans | (adjusted <= Q))
    alpha = Q * (int((adjusted <= Q).sum()) + 1) / len(p)
    scored = [_scored(table, deals, int(n), (float(p[n]), float(adjusted[n]), alpha)) for n in shown]
    return Scores(scored, len(p), _by_chance(support[~everyday], table.totals, min_deals))


def _tabulate(nodes: Sequence[Node], deals: Sequence[DealVoice], min_deals: int) -> _Table:
    """The nodes in enough deals of enough accounts; of related ones in the very same deals the longest."""
    is_won = np.fromiter((deal.outcome == "won" for deal in deals), bool, len(deals))
    accounts = np.unique([deal.account for deal in deals], return_inverse=True)[1]
    count = DealCount(deals)
    kept: list[tuple[Node, Bools]] = []
    alike: defaultdict[bytes, list[Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: (n.everyday, n.phrase, -n.words, -len(n.label), n.variants)):
        has = count(node.variants)
        if has.sum() >= min_deals and len(np.unique(accounts[has])) >= min_deals and not has.all():
            same = alike[np.packbits(has).tobytes()]
            if not any(_are_related(node, other) for other in same):
                same.append(node)
                kept.append((node, has))
    presence = np.array([has for _, has in kept], dtype=bool).reshape(len(kept), len(deals))
    won = (presence & is_won).sum(axis=1)
    totals = Totals(int(is_won.sum()), int((~is_won).sum()))
    return _Table([node for node, _ in kept], presence, won, presence.sum(axis=1) - won, totals)


def _are_related(one: Node, other: Node) -> bool:
    """Whether a writing of one stands in a writing of the other."""
    return any(a in b or b in a for a in one.variants for b in other.variants)


def _leans(won: Ints, lost: Ints, totals: Totals, min_deals: int) -> Bools:
    """Whether the interval of a hint leaves out zero and the side that leads has enough deals."""
    level = HINT_LEVEL_OF_FEW if totals.won + totals.lost < FEW else HINT_LEVEL
    _, low, high = statistics.compare_shares(won, lost, totals, level)
    return ((low > 0) & (won >= min_deals)) | ((high < 0) & (lost >= min_deals))


def _by_chance(support: Ints, totals: Totals, min_deals: int) -> float:
    """How many terms of this support would lean by the luck of the draw: exact, margins given."""
    expected = 0.0
    for k, terms in zip(*np.unique(support, return_counts=True), strict=True):
        low, chances = statistics.hypergeometric(int(k), totals)
        won = low + np.arange(len(chances))
        expected += float(terms * (chances @ _leans(won, k - won, totals, min_deals)))
    return expected


def _scored(table: _Table, deals: Sequence[DealVoice], n: int, test: tuple[float, float, float]) -> Scored:
    p, adjusted, alpha = test
    won, lost, totals = table.won[n : n + 1], table.lost[n : n + 1], table.totals
    odds = statistics.log_odds(won, lost, totals)
    gap, low, high = (float(x[0]) for x in statistics.compare_shares(won, lost, totals))
    by_industry = _is_industry(deals, table.presence[n])
    finding = adjusted <= Q and not by_industry
    shares = (int(won[0]) + 0.5) / (totals.won + 1), (int(lost[0]) + 0.5) / (totals.lost + 1)
    needed = None if finding else statistics.deals_needed(shares, totals, alpha)
    return Scored(
        table.nodes[n],
        table.presence[n],
        int(won[0]),
        int(lost[0]),
        "finding" if finding else "hint",
        float(odds.value[0]),
        float(odds.z[0]),
        gap,
        (low, high),
        p,
        adjusted,
        by_industry,
        None if by_industry else needed,
    )


def _is_industry(deals: Sequence[DealVoice], has: Bools) -> bool:
    """Whether the lean goes when deals are compared with deals of their own industry only.

    Three things together, because few deals in many industries hide any lean: the stratified test finds
    nothing, less than half of the excess is left, and industries tell who says the term better than
    outcomes do.
    """
    strata = _strata(deals, has)
    if len(strata) < 2:
        return False
    won, lost, of_won, of_lost = (sum(column) for column in zip(*strata, strict=True))
    excess, p = statistics.stratified([(a, b, Totals(n, m)) for a, b, n, m in strata])
    crude, _ = statistics.stratified([(won, lost, Totals(of_won, of_lost))])
    by_industry = statistics.evidence([(a + b, n + m) for a, b, n, m in strata])
    by_outcome = statistics.evidence([(won, of_won), (lost, of_lost)])
    return p > EXPLAINED_P and by_industry > by_outcome and excess / crude < 0.5


def _strata(deals: Sequence[DealVoice], has: Bools) -> list[tuple[int, int, int, int]]:
    """Per industry: won deals with the term, lost deals with it, won deals, lost deals."""
    cells: dict[str, list[int]] = {}
    for deal, said in zip(deals, has, strict=True):
        cell = cells.setdefault(deal.industry, [0, 0, 0, 0])
        lost = deal.outcome == "lost"
        cell[lost] += int(said)
        cell[2 + lost] += 1
    return [(a, b, n, m) for a, b, n, m in cells.values()]
