"""Names of themes against statements: `OMP_NUM_THREADS=1 python -m eval.theme_names` (some minutes).

The labelled themes of many trades are founded by one, by two and by all of their findings, and named by
weights that were learned without their trade. Printed for each size: the share of a name's words that stand
in one of the theme's statements, which somebody else has written, the share of names that agree with at
least one of them (F1 of words), and how long they are.
"""

import random
from collections.abc import Iterator, Sequence

import numpy as np

from koe.engine.offline.settle_names import Offer, best_of, terms_of
from koe.language.text import Language
from koe.themes.likeness import LANGUAGES
from training.names import Founding, agreement, fit, foundings, goodness, load_themes, offered

FOLDS = 5
SEED = 5
AGREES = 0.4
SIZES = {1: "one finding", 2: "two", 3: "all, three or more"}


def named(found: Sequence[Founding], language: Language) -> Iterator[tuple[Founding, str]]:
    """Each founding that offers a name, with the one it is given."""
    told = [(one, offered(one, language)) for one in found]
    told = [(one, offers) for one, offers in told if offers]
    good = [[goodness(offer.name, one) for offer in offers] for one, offers in told]
    trades = sorted({one.trade for one, _ in told})
    random.Random(SEED).shuffle(trades)
    for fold in range(FOLDS):
        held = set(trades[fold::FOLDS])
        taught: list[tuple[list[Offer], list[float]]] = [
            (offers, marks) for (one, offers), marks in zip(told, good, strict=True) if one.trade not in held
        ]
        weights = fit(taught)
        for one, offers in told:
            if one.trade in held:
                yield one, best_of(offers, weights, language)[0]


def scores_of(name: str, founding: Founding) -> tuple[float, bool, int]:
    """Share of the name's words in the theme's statements; whether it agrees with one; its length."""
    own = terms_of(name)
    stated = [one.statement for one in founding.theme]
    known = frozenset().union(*(terms_of(text) for text in stated))
    agrees = max(agreement(own, text) for text in stated) >= AGREES
    return len(own & known) / max(len(own), 1), agrees, len(name)


def main() -> None:
    """Print the scores of both languages."""
    for language in LANGUAGES:
        rows: dict[int, list[tuple[float, bool, int]]] = {size: [] for size in SIZES}
        for one, name in named(foundings(load_themes(language)), language):
            rows[min(len(one.members), 3)].append(scores_of(name, one))
        for size, some in rows.items():
            words, agrees, length = np.mean(some, axis=0)
            print(
                f"{language}  founded by {SIZES[size]:20}{len(some):5}  words stated {words:.3f}"
                f"  agrees {agrees:.3f}  characters {length:.1f}"
            )


if __name__ == "__main__":
    main()
