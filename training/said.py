"""Labelled findings in words, by trade and kind: what themes are learned from and measured on."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from koe.language.sudachi import Token
from koe.language.text import Language
from koe.themes.likeness import MARKS, Floats, Model, vectors_of
from koe.themes.rows import NEARBY
from koe.themes.words import words_of
from training.matters import HELD
from training.rows import HERE
from training.sayings import load_matters

__all__ = ["Groups", "Said", "around_of", "kept_groups", "load_groups", "mean_of", "points_of", "themes_of"]


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


def kept_groups(language: Language) -> Groups:
    """The sayings of the files that no encoder is taught, by trade and kind."""
    groups: Groups = defaultdict(list)
    for one in load_matters(language):
        for said in one.sayings if one.file in HELD[language] else ():
            around = around_of(said.text, said.quote)
            words = (words_of(said.quote), words_of(around))
            trade, kind = f"{one.file} {one.trade}", one.kind.value
            item = Said(trade, kind, one.slug, said.quote, around, words, words_of(one.name))
            groups[trade, kind].append(item)
    return dict(sorted(groups.items()))


def points_of(model: Model, group: Sequence[Said], language: Language) -> Floats:
    """The vectors of a group's findings."""
    quotes = [said.quote for said in group]
    return vectors_of(model, [said.words for said in group], [language] * len(group), quotes)


def mean_of(model: Model, groups: Groups, language: Language) -> Floats:
    """The mean vector of all findings."""
    points = points_of(model, [said for group in groups.values() for said in group], language)
    return np.asarray(points[:, MARKS:].mean(axis=0), np.float32)


def themes_of(group: Iterable[Said]) -> list[str]:
    """The theme of each finding."""
    return [said.theme for said in group]
