"""Clusters of unit rows, and how well they agree with labels."""

from typing import Any

import numpy as np

ROUNDS = 25


def spherical_kmeans(rows: Any, count: int, starts: int) -> Any:
    """The cluster of each row, by the best of several seeded starts."""
    runs = [_run(rows, count, np.random.default_rng(seed)) for seed in range(starts)]
    return max(runs, key=lambda run: float(run[1]))[0]


def nmi(left: Any, right: Any) -> float:
    """Normalized mutual information of two groupings, 0 to 1."""
    table = np.zeros((int(left.max()) + 1, int(right.max()) + 1))
    np.add.at(table, (left, right), 1)
    joint = table / table.sum()
    apart = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    some = joint > 0
    shared = float((joint[some] * np.log(joint[some] / apart[some])).sum())
    both = _entropy(joint.sum(axis=1)) + _entropy(joint.sum(axis=0))
    return 2 * shared / both if both else 1.0


def _entropy(shares: Any) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())


def _run(rows: Any, count: int, rng: np.random.Generator) -> tuple[Any, float]:
    centres = _first_centres(rows, count, rng)
    for _ in range(ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        moved = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
        if np.allclose(moved, centres):
            break
        centres = moved
    return nearest, float((rows * centres[nearest]).sum())


def _first_centres(rows: Any, count: int, rng: np.random.Generator) -> Any:
    """k-means++: each next centre far from those that are chosen."""
    chosen = [rows[rng.integers(len(rows))]]
    apart = 1 - rows @ chosen[0]
    for _ in range(count - 1):
        chances = np.maximum(apart, 1e-9)
        chosen.append(rows[rng.choice(len(rows), p=chances / chances.sum())])
        apart = np.minimum(apart, 1 - rows @ chosen[-1])
    return np.array(chosen)
