"""Trains what tells themes apart and writes its numbers: `OMP_NUM_THREADS=1 python -m training.themes`.

Word vectors are turned by a discriminant analysis: directions that differ between the themes of one
company and little within a theme come first (Fisher 1936, with shrinkage). The blocks' weights are
those of a logistic regression over pairs, none below zero, and the border is where mean-link grouping
agrees best with the labels; both are learned on halves of the trades that the turning has not seen.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from scipy.optimize import minimize

from koe.engine.offline.settle import link_up
from koe.sudachi import Token
from koe.text import Language
from koe.themes.likeness import (
    LANGUAGES,
    TURNED,
    WEIGHTS,
    Floats,
    Model,
    blocks_of,
    key_of,
    vector_means,
    words_of,
)
from koe.vectors import word_hash
from training.rows import HERE

SHRINKAGE = 0.4
LENIENCE = 0.01
"""Of borders that agree nearly as well the strictest is taken: a wrong join stays, a missed one is mended."""
BLOCKS = 4
BORDERS = np.arange(-3.0, 1.01, 0.1)
Doubles = NDArray[np.float64]


class Said(NamedTuple):
    """One labelled finding: whose, what, and its words in the quote and in the turn."""

    trade: str
    kind: str
    theme: str
    quote: str
    around: str
    words: tuple[list[Token], list[Token]]


Groups = dict[tuple[str, str], list[Said]]
"""The findings of one trade and one kind."""


def load_groups(language: Language) -> Groups:
    """All labelled findings of a language, by trade and kind."""
    groups: Groups = defaultdict(list)
    for file in sorted((HERE / "utterances").glob(f"{language}_*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            around = words_of(row["text"])
            for item in row["findings"]:
                words = (words_of(item["quote"]), around)
                said = Said(row["trade"], item["kind"], item["theme"], item["quote"], row["text"], words)
                groups[row["trade"], item["kind"]].append(said)
    return dict(sorted(groups.items()))


def train(groups: Mapping[Language, Groups]) -> Model:
    """The model that these groups teach."""
    model = _with_rarity(_blank(), groups)
    for language in LANGUAGES:
        weights, border = _crossed(model, groups[language], language)
        model.scales[language] = weights
        model.borders[language] = border
    model = model._replace(turns=_turns(model, groups["ja"]))
    for language in LANGUAGES:
        model.means[language] = _mean(model, groups[language], language)
    return model


def _blank() -> Model:
    turns = np.zeros((2, 300, TURNED), np.float32)
    return Model(turns, np.zeros(0, np.uint64), np.zeros(0, np.float32), 0.0, {}, {}, {})


def _with_rarity(model: Model, groups: Mapping[Language, Groups]) -> Model:
    turns = {said.around: said for some in groups.values() for items in some.values() for said in items}
    counts = Counter(key for said in turns.values() for key in {key_of(t) for t in said.words[1]})
    pairs = sorted((word_hash(word), math.log((len(turns) + 1) / (n + 0.5))) for word, n in counts.items())
    return model._replace(
        words=np.array([key for key, _ in pairs], np.uint64),
        rarity=np.array([value for _, value in pairs], np.float16).astype(np.float32),
        unknown=float(np.float32(math.log(len(turns) + 1))),
    )


def _turns(model: Model, groups: Groups) -> Floats:
    sides = [
        _turn([(vector_means(model, [s.words[side] for s in g]), _themes(g)) for g in groups.values()])
        for side in (0, 1)
    ]
    return np.stack(sides).astype(np.float16).astype(np.float32)


def _turn(told: Sequence[tuple[Floats, Sequence[str]]]) -> Doubles:
    """The directions in which themes differ most against what differs within them, best first."""
    within, total, free, count = np.zeros((300, 300)), np.zeros((300, 300)), 0, 0
    for points, themes in told:
        total += _scatter(points)
        count += len(points)
        for theme in sorted(set(themes)):
            own = points[[name == theme for name in themes]]
            within += _scatter(own)
            free += len(own) - 1
    within, total = within / max(free, 1), total / count
    within += SHRINKAGE * np.trace(within) / 300 * np.eye(300)
    values, vectors = scipy.linalg.eigh(total, within)
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(300)])
    return np.asarray((vectors * signs)[:, ::-1][:, :TURNED] * values[::-1][:TURNED] ** 0.25)


def _scatter(points: Floats) -> Doubles:
    away = points.astype(np.float64) - points.mean(axis=0)
    return np.asarray(away.T @ away)


def _crossed(model: Model, groups: Groups, language: Language) -> tuple[Floats, float]:
    """Weights and border, with word vectors turned by the other half of the trades."""
    trades = sorted({trade for trade, _ in groups})
    links: list[Doubles] = []
    themes: list[list[str]] = []
    for side in (0, 1):
        own = {k: g for k, g in groups.items() if trades.index(k[0]) % 2 == side}
        others = {k: g for k, g in groups.items() if k not in own}
        turned = model._replace(turns=_turns(model, others)) if language == "ja" else model
        links += [block_links(turned, group) for group in own.values()]
        themes += [_themes(group) for group in own.values()]
    weights, bias = _regress(links, themes)
    sums = [link @ weights for link in links]
    rands = {border: _mean_rand(sums, themes, border) for border in BORDERS - bias}
    border = max(border for border, rand in rands.items() if rand >= max(rands.values()) - LENIENCE)
    return weights.astype(np.float32), float(np.float32(border))


def block_links(model: Model, group: Sequence[Said]) -> Doubles:
    """(n, n, blocks): inner products of each block around the group's mean."""
    blocks = blocks_of(model, [said.words for said in group])
    around = [(b - b.mean(axis=0)).astype(np.float64) for b in blocks]
    return np.stack([points @ points.T for points in around], axis=-1)


def _regress(links: Sequence[Doubles], themes: Sequence[Sequence[str]]) -> tuple[Doubles, float]:
    pairs = [np.triu_indices(len(names), 1) for names in themes]
    x = np.concatenate([link[pair] for link, pair in zip(links, pairs, strict=True)])
    same = [np.array(names)[:, None] == np.array(names) for names in themes]
    y = np.concatenate([s[pair] for s, pair in zip(same, pairs, strict=True)]).astype(float)
    spread = x.std(axis=0)
    spread[spread < 1e-6] = np.inf
    x = x / spread

    def loss(p: Doubles) -> tuple[float, Doubles]:
        z = x @ p[:-1] + p[-1]
        off = 1 / (1 + np.exp(-z)) - y
        value = np.logaddexp(0, z).sum() - (y * z).sum() + 0.5 * (p[:-1] ** 2).sum()
        return float(value), np.append(x.T @ off + p[:-1], off.sum())

    limits = [(0.0, None)] * BLOCKS + [(None, None)]
    found = minimize(loss, np.append(np.full(BLOCKS, 0.3), -2.0), jac=True, bounds=limits).x
    return found[:-1] / spread, float(found[-1])


def _mean_rand(sums: Sequence[Doubles], themes: Sequence[Sequence[str]], border: float) -> float:
    scores = [adjusted_rand(names, labels_of(s, border)) for s, names in zip(sums, themes, strict=True)]
    return round(float(np.mean(scores)), 6)


def labels_of(links: Doubles, border: float) -> list[int]:
    """The number of each place's group."""
    labels = [0] * len(links)
    for n, group in enumerate(link_up(links, np.ones(len(links)), border)):
        for place in group:
            labels[place] = n
    return labels


def adjusted_rand(truth: Sequence[object], found: Sequence[object]) -> float:
    """Agreement of two groupings, 0 for chance and 1 for the same (Hubert and Arabie 1985, eq. 5)."""
    both = _pairs(Counter(zip(truth, found, strict=True)).values())
    rows, columns = _pairs(Counter(truth).values()), _pairs(Counter(found).values())
    expected = rows * columns / _pairs([len(truth)]) if len(truth) > 1 else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(counts: Iterable[int]) -> float:
    return sum(n * (n - 1) / 2 for n in counts)


def _mean(model: Model, groups: Groups, language: Language) -> Floats:
    items = [said.words for group in groups.values() for said in group]
    blocks = blocks_of(model, items)
    scaled = [w**0.5 * b for w, b in zip(model.scales[language], blocks, strict=True)]
    return np.asarray(np.hstack(scaled).mean(axis=0), np.float32)


def _themes(group: Iterable[Said]) -> list[str]:
    return [said.theme for said in group]


def save(model: Model, path: Path = WEIGHTS) -> None:
    """Write the numbers; the same numbers make the same bytes."""
    named: dict[str, Any] = {"turns": model.turns.astype(np.float16), "words": model.words}
    named |= {"rarity": model.rarity.astype(np.float16), "unknown": np.float32(model.unknown)}
    for language in LANGUAGES:
        named[f"scales_{language}"] = model.scales[language]
        named[f"border_{language}"] = np.float32(model.borders[language])
        named[f"mean_{language}"] = model.means[language].astype(np.float16)
    np.savez(path, **named)


if __name__ == "__main__":
    save(train({language: load_groups(language) for language in LANGUAGES}))
