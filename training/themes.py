"""Trains what tells themes apart and writes its numbers: `OMP_NUM_THREADS=1 python -m training.themes`.

Word vectors are turned by a discriminant analysis (Fisher 1936, with shrinkage), and from there by
gradient descent on pairs of one company's findings: are they one theme or two? The same descent learns
how much each word says of the matter (`training/turning.py`). The blocks' weights are those of a
logistic regression over pairs, none below zero, and the border is where mean-link grouping, week by
week, agrees best with the labels; both are learned on thirds of the trades that the turning has not seen.
"""

import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from koe.engine.offline.settle import link_up
from koe.language.sudachi import Token
from koe.language.text import Language
from koe.language.vectors import word_hash
from koe.language.vectors_en import cut
from koe.themes.likeness import (
    BLOCKS,
    LANGUAGES,
    TURNED,
    WEIGHTS,
    Floats,
    Model,
    blocks_of,
    words_heard,
)
from koe.themes.rows import NEARBY
from koe.themes.words import MEANINGS, Meaning, key_of, words_of
from training.english import english_texts, fit, load_read
from training.rows import HERE
from training.turning import Start, Told, first_turn, learn

LENIENCE = 0.03
"""Of borders that agree nearly as well the strictest is taken: a wrong join stays and goes on drawing, and a
company's loud themes have more voices than the labelled ones, so that a missed one weighs less."""
WEEKS = 8
"""Borders are chosen for findings that come in so many weeks: what is joined wrongly goes on drawing."""
PARTS = 3
"""The trades are parted in so many to learn weights on trades that the turning has not seen."""
SEED = 11
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
    statement: list[Token]
    """The same said by somebody else, in words."""


Groups = dict[tuple[str, str], list[Said]]
"""The findings of one trade and one kind."""


def load_groups(language: Language) -> Groups:
    """All labelled findings of a language, by trade and kind."""
    groups: Groups = defaultdict(list)
    for file in sorted((HERE / "utterances").glob(f"{language}_*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            for item in row["findings"]:
                around = around_of(row["text"], item["quote"])
                words = (words_of(item["quote"]), words_of(around))
                said = Said(
                    row["trade"],
                    item["kind"],
                    item["theme"],
                    item["quote"],
                    around,
                    words,
                    words_of(item["statement"]),
                )
                groups[row["trade"], item["kind"]].append(said)
    return dict(sorted(groups.items()))


def around_of(text: str, quote: str) -> str:
    """What the ledger takes with a quote."""
    at = text.index(quote)
    return text[max(0, at - NEARBY) : at + len(quote) + NEARBY]


def train(groups: Mapping[Language, Groups], unseen: frozenset[str] = frozenset()) -> Model:
    """The model that these groups teach; the word vectors have not seen the `unseen` trades either."""
    model = _with_rarity(_blank(), groups)
    links: dict[Language, list[tuple[Doubles, list[str]]]] = {language: [] for language in LANGUAGES}
    for part in range(PARTS):
        held = {language: _held(groups[language], part) for language in LANGUAGES}
        seen = {lang: {k: g for k, g in groups[lang].items() if k[0] not in held[lang]} for lang in LANGUAGES}
        turned = _with_turn(model._replace(meanings=meanings_without(unseen | held["en"])), seen)
        for lang in LANGUAGES:
            own = [group for key, group in groups[lang].items() if key[0] in held[lang]]
            links[lang] += [(block_links(turned, group, lang), _themes(group)) for group in own]
    for language in LANGUAGES:
        model.scales[language], model.borders[language] = _weighed(links[language])
    model = _with_turn(model._replace(meanings=meanings_without(unseen)), groups)
    for language in LANGUAGES:
        model.means[language] = _mean(model, groups[language], language)
    return model


def meanings_without(trades: frozenset[str] | set[str]) -> Mapping[Language, Meaning]:
    """What words mean; the English vectors as they would be if nothing of these trades had been read."""
    if not trades:
        return MEANINGS
    known = load_read()
    vectors = fit(known, english_texts(frozenset(trades))).astype(np.float32)
    places = {piece: n for n, piece in enumerate(known.pieces)}

    @cache
    def look_up(word: str) -> Floats | None:
        rows = [places[piece] for piece in cut(word, places.__contains__)]
        return np.asarray(vectors[rows].sum(axis=0), np.float32) if rows else None

    return {**MEANINGS, "en": lambda token: look_up(token.normal) if token.pos[0] == "word" else None}


def _held(groups: Groups, part: int) -> set[str]:
    trades = sorted({trade for trade, _ in groups})
    random.Random(SEED).shuffle(trades)
    return set(trades[part::PARTS])


def _blank() -> Model:
    return Model({}, {}, {}, np.zeros(0, np.uint64), np.zeros(0, np.float32), 0.0, {}, {}, {})


def _with_rarity(model: Model, groups: Mapping[Language, Groups]) -> Model:
    turns = {said.around: said for some in groups.values() for items in some.values() for said in items}
    counts = Counter(key for said in turns.values() for key in {key_of(t) for t in said.words[1]})
    pairs = sorted((word_hash(word), math.log((len(turns) + 1) / (n + 0.5))) for word, n in counts.items())
    return model._replace(
        words=np.array([key for key, _ in pairs], np.uint64),
        rarity=np.array([value for _, value in pairs], np.float16).astype(np.float32),
        unknown=float(np.float32(math.log(len(turns) + 1))),
    )


def _with_turn(model: Model, groups: Mapping[Language, Groups]) -> Model:
    """The model with its turning learned from these groups, each language by itself."""
    found: dict[Language, Any] = {}
    for language, some in groups.items():
        told = [_told(model, group, language) for group in some.values()]
        start: Start = first_turn(told, TURNED)
        found[language] = [_rounded(x) for x in learn(told, start)]
    heed, traits, turn = ({language: row[n] for language, row in found.items()} for n in range(3))
    return model._replace(heed=heed, traits=traits, turn=turn)


def _told(model: Model, group: Sequence[Said], language: Language) -> Told:
    """The findings of a group, each a second time as somebody else has stated it."""
    told = [said.words for said in group] + [(said.statement, said.statement) for said in group]
    words = words_heard(model, told, language)
    names = _themes(group) * 2
    places = {name: n for n, name in enumerate(sorted(set(names)))}
    return Told(*words, np.array([places[name] for name in names]))


def _rounded(values: Doubles) -> Floats:
    return values.astype(np.float16).astype(np.float32)


def _weighed(links: Sequence[tuple[Doubles, list[str]]]) -> tuple[Floats, float]:
    """Weights of the blocks and the border."""
    weights, bias = _regress([link for link, _ in links], [names for _, names in links])
    sums, themes = [link @ weights for link, _ in links], [names for _, names in links]
    rands = {border: _mean_rand(sums, themes, border) for border in BORDERS - bias}
    border = max(border for border, rand in rands.items() if rand >= max(rands.values()) - LENIENCE)
    return weights.astype(np.float32), float(np.float32(border))


def block_links(model: Model, group: Sequence[Said], language: Language) -> Doubles:
    """(n, n, blocks): inner products of each block around the group's mean."""
    blocks = blocks_of(model, [said.words for said in group], language)
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
    scores = [adjusted_rand(names, labels_by_week(s, border)) for s, names in zip(sums, themes, strict=True)]
    return round(float(np.mean(scores)), 6)


def labels_by_week(links: Doubles, border: float) -> list[int]:
    """The number of each place's group, when an eighth of the places comes in each of eight weeks."""
    groups: list[list[int]] = []
    for week in np.array_split(np.random.default_rng(SEED).permutation(len(links)), WEEKS):
        parts = [*groups, *([int(n)] for n in sorted(week))]
        inside = np.zeros((len(parts), len(links)))
        for n, part in enumerate(parts):
            inside[n, part] = 1 / len(part)
        weights = np.array([float(len(part)) for part in parts])
        joined = link_up(inside @ links @ inside.T, weights, border, len(groups))
        groups = [[place for n in group for place in parts[n]] for group in joined]
    return _numbered(groups, len(links))


def _numbered(groups: Sequence[Sequence[int]], count: int) -> list[int]:
    labels = [0] * count
    for n, group in enumerate(groups):
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
    blocks = blocks_of(model, items, language)
    scaled = [w**0.5 * b for w, b in zip(model.scales[language], blocks, strict=True)]
    return np.asarray(np.hstack(scaled).mean(axis=0), np.float32)


def _themes(group: Iterable[Said]) -> list[str]:
    return [said.theme for said in group]


def save(model: Model, path: Path = WEIGHTS) -> None:
    """Write the numbers; the same numbers make the same bytes."""
    named: dict[str, Any] = {"words": model.words}
    named |= {"rarity": model.rarity.astype(np.float16), "unknown": np.float32(model.unknown)}
    for language in LANGUAGES:
        for name in ("heed", "traits", "turn"):
            named[f"{name}_{language}"] = getattr(model, name)[language].astype(np.float16)
        named[f"scales_{language}"] = model.scales[language]
        named[f"border_{language}"] = np.float32(model.borders[language])
        named[f"mean_{language}"] = model.means[language].astype(np.float16)
    np.savez(path, **named)


if __name__ == "__main__":
    save(train({language: load_groups(language) for language in LANGUAGES}))
