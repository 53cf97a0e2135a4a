"""Trains what tells themes apart and writes its numbers: `OMP_NUM_THREADS=1 python -m training.themes`.

Word vectors are turned by a discriminant analysis (Fisher 1936, with shrinkage), and from there by
gradient descent on pairs of one company's findings: are they one theme or two? The same descent learns
how much each word says of the matter (`training/turning.py`). The weights of the words' blocks are those
of a logistic regression over pairs, none below zero; the sense's weight and the border are those with which
mean-link grouping, week by week, agrees best with the labels. All are learned on trades that neither the
turning nor the encoder (`training/sense.py`) has seen.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

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
from koe.themes.words import MEANINGS, Meaning, key_of
from training.borders import choose
from training.english import english_texts, fit, load_read
from training.matters import held
from training.said import Groups, Said, kept_groups, load_groups, mean_of, themes_of
from training.turning import Start, Told, first_turn, learn

SEED = 11
Doubles = NDArray[np.float64]


def train(groups: Mapping[Language, Groups], unseen: frozenset[str] = frozenset()) -> Model:
    """The model that these groups teach; the word vectors have not seen the `unseen` trades either.

    Weights and borders are learned on trades that neither the turning nor the encoder has seen.
    """
    model = _with_rarity(_blank(), groups)
    apart = {language: held(language) for language in LANGUAGES}
    seen = {lang: {k: g for k, g in groups[lang].items() if k[0] not in apart[lang]} for lang in LANGUAGES}
    trial = _with_turn(model._replace(meanings=meanings_without(unseen | apart["en"])), seen)
    for language in LANGUAGES:
        own = [group for key, group in groups[language].items() if key[0] in apart[language]]
        trial.scales[language] = _weighed(trial, own, language)
        sources = [own, list(kept_groups(language).values())]
        trial = choose(trial, sources, seen[language], language)
        model.scales[language] = trial.scales[language]
        model.borders[language] = trial.borders[language]
    model = _with_turn(model._replace(meanings=meanings_without(unseen)), groups)
    for language in LANGUAGES:
        model.means[language] = mean_of(model, groups[language], language)
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
    names = themes_of(group) * 2
    places = {name: n for n, name in enumerate(sorted(set(names)))}
    return Told(*words, np.array([places[name] for name in names]))


def _rounded(values: Doubles) -> Floats:
    return values.astype(np.float16).astype(np.float32)


def _weighed(model: Model, groups: Sequence[Sequence[Said]], language: Language) -> Floats:
    """Weights of the words' blocks."""
    links = [block_links(model, group, language) for group in groups]
    return _regress(links, [themes_of(group) for group in groups])[0].astype(np.float32)


def block_links(model: Model, group: Sequence[Said], language: Language) -> Doubles:
    """(n, n, blocks of words): inner products of each block around the group's mean."""
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

    limits = [(0.0, None)] * (BLOCKS - 1) + [(None, None)]
    found = minimize(loss, np.append(np.full(BLOCKS - 1, 0.3), -2.0), jac=True, bounds=limits).x
    return found[:-1] / spread, float(found[-1])


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
