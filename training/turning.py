"""Learns how to turn word vectors, and how much each word says, from pairs of one company's findings.

The vector of a finding is z = unit(Σ softplus(x·heed + f·traits) x · turn) over its words, x a word's
vector and f its traits. Two findings of a company are one theme with the chance σ(slope z·z' + bias),
z taken from the company's mean. Adam (Kingma and Ba 2015) over the companies, with half of the words
left out at random, so that no single word decides.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Start = Doubles

SHRINKAGE = 0.4
EPOCHS = 30
BATCH = 6
DROPPED = 0.5
"""Share of words that are left out at each step."""
PULL = 0.005
"""How strongly the turning is held to where it began."""
SEED = 0
_RATES = {"turn": 0.0015, "heed": 0.02, "traits": 0.01, "slope": 0.2, "bias": 0.05}

Params = dict[str, Doubles]


class Told(NamedTuple):
    """The findings of one company and kind: words as `koe.themes.words.Heard` has them, and their themes."""

    meanings: NDArray[np.float32]
    traits: NDArray[np.float32]
    owners: NDArray[np.int64]
    themes: NDArray[np.int64]


def first_turn(groups: Sequence[Told], width: int) -> Start:
    """The directions in which themes differ most against what differs within them, best first."""
    size = groups[0].meanings.shape[1]
    within, total, free, count = np.zeros((size, size)), np.zeros((size, size)), 0, 0
    for group in groups:
        points = _plain_means(group)
        total, count = total + _scatter(points), count + len(points)
        for theme in sorted(set(group.themes.tolist())):
            own = points[group.themes == theme]
            within, free = within + _scatter(own), free + len(own) - 1
    within, total = within / max(free, 1), total / count
    within += SHRINKAGE * np.trace(within) / size * np.eye(size)
    values, vectors = scipy.linalg.eigh(total, within)
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(size)])
    return np.asarray((vectors * signs)[:, ::-1][:, :width] * values[::-1][:width] ** 0.25)


def _plain_means(group: Told) -> Doubles:
    """The mean of each quote's words, rare ones first, of length 1."""
    weight = group.traits[:, -2] * group.traits[:, -1]
    sums = np.zeros((len(group.themes), group.meanings.shape[1]))
    np.add.at(sums, group.owners, weight[:, None] * group.meanings)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def _scatter(points: Doubles) -> Doubles:
    away = points - points.mean(axis=0)
    return np.asarray(away.T @ away)


def learn(groups: Sequence[Told], start: Start) -> tuple[Doubles, Doubles, Doubles]:
    """heed, traits and turn."""
    start = start / np.abs(start).std() * 0.1
    now = _begin(start, groups[0].traits.shape[1])
    moves, sizes = ({key: np.zeros_like(value) for key, value in now.items()} for _ in range(2))
    order, draws, step = list(range(len(groups))), np.random.default_rng(SEED), 0
    shuffle = random.Random(SEED).shuffle
    for epoch in range(EPOCHS):
        shuffle(order)
        for at in range(0, len(order), BATCH):
            step += 1
            slope = _slope(now, [_dropped(groups[n], draws) for n in order[at : at + BATCH]])
            slope["turn"] += PULL * (now["turn"] - start)
            slope["heed"] += PULL * now["heed"]
            _step(now, (slope, moves, sizes), step, 1 - 0.8 * epoch / EPOCHS)
    return now["heed"], now["traits"], now["turn"]


def _begin(start: Start, traits: int) -> Params:
    first = np.zeros(traits)
    first[-2:] = 0.5
    one = {"slope": np.array(8.0), "bias": np.array(-2.0)}
    return {"turn": start.copy(), "heed": np.zeros(len(start)), "traits": first, **one}


def _dropped(group: Told, draws: np.random.Generator) -> Told:
    kept = draws.random(len(group.owners)) >= DROPPED
    return Told(group.meanings[kept], group.traits[kept], group.owners[kept], group.themes)


def _step(now: Params, state: tuple[Params, Params, Params], step: int, pace: float) -> None:
    slope, moves, sizes = state
    for key, value in slope.items():
        moves[key] = 0.9 * moves[key] + 0.1 * value
        sizes[key] = 0.999 * sizes[key] + 0.001 * value**2
        way = moves[key] / (1 - 0.9**step) / (np.sqrt(sizes[key] / (1 - 0.999**step)) + 1e-8)
        now[key] = now[key] - pace * _RATES[key] * way


def _slope(now: Params, groups: Sequence[Told]) -> Params:
    """The gradient of the mean loss."""
    parts = [_slope_of(now, group) for group in groups]
    count = sum(len(group.themes) for group in groups)
    return {key: np.asarray(sum(part[key] for part in parts) / count) for key in parts[0]}


def _slope_of(now: Params, group: Told) -> Params:
    inner = group.meanings @ now["heed"] + group.traits @ now["traits"]
    sums = np.zeros((len(group.themes), len(now["heed"])))
    np.add.at(sums, group.owners, np.logaddexp(0, inner)[:, None] * group.meanings)
    turned = sums @ now["turn"]
    length = np.linalg.norm(turned, axis=1, keepdims=True) + 1e-6
    points = turned / length
    away = points - points.mean(axis=0)
    links = away @ away.T
    off = _errors(now["slope"] * links + now["bias"], group.themes)
    back = 2 * now["slope"] * off @ away
    back -= back.mean(axis=0)
    back = (back - (back * points).sum(axis=1, keepdims=True) * points) / length
    heeded = ((back @ now["turn"].T)[group.owners] * group.meanings).sum(axis=1) / (1 + np.exp(-inner))
    return {
        "turn": sums.T @ back,
        "heed": group.meanings.T @ heeded,
        "traits": group.traits.T @ heeded,
        "slope": (off * links).sum(),
        "bias": off.sum(),
    }


def _errors(links: Doubles, themes: NDArray[np.int64]) -> Doubles:
    """Each pair's chance less its truth, every pair counted once."""
    off = 1 / (1 + np.exp(-links)) - (themes[:, None] == themes)
    np.fill_diagonal(off, 0)
    return np.asarray(off / 2)
