"""Whether a week looks unlike the ones before it, so that a person should look before its words go out.

Nothing is labelled here: three shares are compared with those of the weeks before. A connector that
went half silent, an engine that stopped finding or a mask that ate the text show up first in these.
"""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

import sqlalchemy as sa

from koe.facts import coverage
from koe.facts.rows import within
from koe.ledger.schema import conversation, finding
from koe.records import Coverage, State
from koe.weeks import period_of, shift
from koe.workspace import Workspace

BACK = 8
ENOUGH_WEEKS = 4
ENOUGH = 10
"""Least number behind a share; with fewer a week says nothing."""
Z = 4.0
"""How far from the weeks before, in their own standard errors."""
STEP = 0.15
"""Least difference in share."""


class Share(NamedTuple):
    """So many out of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """From 0 to 1."""
        return self.part / self.whole


def drifts(ws: Workspace, week: str) -> tuple[str, ...]:
    """What is unlike the eight weeks before, as `name: before % → now %`; empty when nothing is."""
    now = _shares(ws, week)
    before = [_shares(ws, shift(week, -n)) for n in range(1, BACK + 1)]
    found = []
    for name, share in now.items():
        past = [shares[name] for shares in before if shares[name].whole >= ENOUGH]
        if share.whole >= ENOUGH and len(past) >= ENOUGH_WEEKS and is_unlike(share, past):
            found.append(f"{name}: {_mean(past):.0%} → {share.value:.0%}")
    return tuple(found)


def is_unlike(now: Share, past: Sequence[Share]) -> bool:
    """Whether a share lies at least STEP and Z standard errors away from the weeks before.

    The standard error is the binomial one around their common share, widened by their own spread
    (Pearson's χ² over its degrees of freedom, never below 1), so that weeks that have always varied
    are not called a drift.
    """
    mean = _mean(past)
    variance = max(mean * (1 - mean), 1 / (4 * sum(share.whole for share in past)))
    spread = sum(share.whole * (share.value - mean) ** 2 for share in past) / variance / (len(past) - 1)
    error = sqrt(variance * max(1.0, spread) * (1 / now.whole + 1 / sum(share.whole for share in past)))
    away = abs(now.value - mean)
    return away >= STEP and away >= Z * error


def _mean(shares: Sequence[Share]) -> float:
    return sum(share.part for share in shares) / sum(share.whole for share in shares)


def _shares(ws: Workspace, week: str) -> dict[str, Share]:
    covered = coverage(ws, period_of(week, ws.settings.zone))
    dropped = sum(covered.dropped.values())
    return {
        "conversations with findings": Share(covered.states[State.READ], _read(covered)),
        "dropped proposals": Share(dropped, dropped + _findings(ws, week)),
        "Japanese conversations": Share(covered.language.get("ja", 0), sum(covered.language.values())),
    }


def _read(covered: Coverage) -> int:
    return covered.states[State.READ] + covered.states[State.NOTHING]


def _findings(ws: Workspace, week: str) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(finding)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(within(period_of(week, ws.settings.zone)), ~conversation.c.withdrawn)
    )
    with ws.ledger.connect() as conn:
        return int(conn.scalar(query) or 0)
