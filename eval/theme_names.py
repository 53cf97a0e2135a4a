"""Names of themes against a person's: `OMP_NUM_THREADS=1 python -m eval.theme_names` (some minutes).

The labelled themes and the written groups of sayings that the encoder of sense was not taught are founded by
one, by two and by all or four of their findings, and named by weights that were learned without their trade.
Printed for each size: how near the name's sense is to what persons state of the theme, how often this is the
nearest among the themes of the company, and the mean of 1 / rank; the best agreement of words with a
statement (F1), and how long the names are. `--names` prints every name instead.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.settle.names import Offer, best_of, offers_of, terms_of
from koe.language.text import Language
from koe.themes.likeness import LANGUAGES, unit
from koe.themes.sense import sense_of
from training.names import Founding, agreement, fit, goodness, offered, untaught

FOLDS = 5
SEED = 5
SIZES = {1: "one finding", 2: "two", 3: "more"}


class Score(NamedTuple):
    """What a name is worth: cosine, whether it is the nearest, 1 / rank, F1 of words, characters or words."""

    near: float
    nearest: bool
    ranked: float
    words: float
    long: int


def named(found: Sequence[Founding], language: Language) -> Iterator[tuple[Founding, str]]:
    """Each founding that offers a name, with the one it is given."""
    told = [(one, offered(one, language)) for one in found]
    told = [(one, offers) for one, offers in told if offers]
    good = [[goodness(offer.name, one, language) for offer in offers] for one, offers in told]
    trades = sorted({one.trade for one, _ in told})
    random.Random(SEED).shuffle(trades)
    for fold in range(FOLDS):
        held = set(trades[fold::FOLDS])
        taught: list[tuple[list[Offer], list[float]]] = [
            (offers, marks) for (one, offers), marks in zip(told, good, strict=True) if one.trade not in held
        ]
        weights = fit(taught)
        for one, _ in told:
            if one.trade in held:
                items = [said.item for said in one.members]
                quotes = [item.finding.quote for item in items]
                yield one, best_of(offers_of(items, quotes, language, weights), weights, language)[0]


def scores_of(some: Sequence[tuple[Founding, str]], language: Language) -> list[Score]:
    """What each name is worth, beside the other themes of its company."""
    points: dict[str, dict[str, NDArray[np.float32]]] = {}
    for one, _ in some:
        points.setdefault(one.trade, {})[_key(one)] = _middle(one, language)
    return [_score(one, name, points[one.trade], language) for one, name in some]


def _key(founding: Founding) -> str:
    return "\n".join(one.statement for one in founding.theme)


def _middle(founding: Founding, language: Language) -> NDArray[np.float32]:
    """The sense of what is stated of a theme."""
    stated = [one.statement for one in founding.theme]
    return np.asarray(unit(sense_of(stated, language).mean(axis=0, keepdims=True))[0], np.float32)


def _score(
    founding: Founding, name: str, points: dict[str, NDArray[np.float32]], language: Language
) -> Score:
    point = sense_of([name], language)[0]
    near = float(points[_key(founding)] @ point)
    rank = 1 + sum(float(other @ point) > near for other in points.values())
    words = max(agreement(terms_of(name), one.statement) for one in founding.theme)
    return Score(near, rank == 1, 1 / rank, words, len(name) if language == "ja" else len(name.split()))


def main() -> None:
    """Print the scores, or the names, of both languages."""
    for language in LANGUAGES:
        some = list(named(untaught(language), language))
        if "--names" in sys.argv:
            for one, name in some:
                print(f"{len(one.members)}\t{one.theme[0].statement}\t{name}")
            continue
        rows: dict[int, list[Score]] = {size: [] for size in SIZES}
        for (one, _), score in zip(some, scores_of(some, language), strict=True):
            rows[min(len(one.members), 3)].append(score)
        for size, scores in rows.items():
            near, nearest, ranked, words, long = np.mean(scores, axis=0)
            print(
                f"{language}  founded by {SIZES[size]:12}{len(scores):5}  near {near:.3f}"
                f"  nearest {nearest:.3f}  1/rank {ranked:.3f}  words {words:.3f}  long {long:.1f}"
            )


if __name__ == "__main__":
    main()
