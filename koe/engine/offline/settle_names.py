"""Names of new themes: the clause of the finding that stands nearest to all the others."""

from collections.abc import Collection, Sequence

import numpy as np

from koe.engine.base import Unsettled
from koe.mask.placeholder import PLACEHOLDER
from koe.text import language_of

LONGEST_JA = 24
LONGEST_EN = 8


def name_of(members: Sequence[Unsettled], taken: Collection[str]) -> str:
    """The first clause, from the middle of the group outwards, that is free and short enough."""
    order = _from_the_middle(members)
    clauses = [_clause(members[n].finding.statement) for n in order]
    return next((clause for clause in clauses if clause and clause not in taken), clauses[0])


def _from_the_middle(members: Sequence[Unsettled]) -> list[int]:
    points = np.stack([item.vector for item in members]).astype(np.float64)
    links = np.round((points @ points.T).sum(axis=1), 4)
    return sorted(range(len(members)), key=lambda n: (-links[n], n))


def _clause(statement: str) -> str:
    text = PLACEHOLDER.sub("", statement).strip(" 。、.!！?？")
    return text[:LONGEST_JA] if language_of(text) == "ja" else " ".join(text.split()[:LONGEST_EN])
