"""Learns what a theme's name is made of and writes it: `OMP_NUM_THREADS=1 python -m training.names`.

Every labelled finding is stated by somebody else in a few neutral words. Themes are founded at random by one,
two or all of their findings; each heading that these offer is as good as its words agree with what is stated
of them and of the whole theme. A ridge regression within each founding learns what good ones have in common.
"""

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.base import Unsettled
from koe.engine.offline.settle_names import WEIGHTS, Offer, offers_of, terms_of
from koe.language.text import Language
from koe.records import Finding, FindingKind
from koe.themes.likeness import LANGUAGES, describe
from training.rows import HERE
from training.themes import around_of

RIDGE = 20.0
DRAWS = 3
"""Foundings of each theme."""
SEED = 7
Doubles = NDArray[np.float64]


class Spoken(NamedTuple):
    """One labelled finding: the finding as it would be settled, and its statement."""

    item: Unsettled
    statement: str


class Founding(NamedTuple):
    """The findings that found a theme, and all that the theme will have."""

    trade: str
    members: list[Spoken]
    theme: list[Spoken]


def load_themes(language: Language) -> dict[tuple[str, str, str], list[Spoken]]:
    """All labelled findings of a language by trade, kind and theme."""
    told: list[tuple[tuple[str, str, str], str, str, str]] = []
    for file in sorted((HERE / "utterances").glob(f"{language}_*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            for one in row["findings"]:
                key = (row["trade"], one["kind"], one["theme"])
                told.append((key, one["quote"], around_of(row["text"], one["quote"]), one["statement"]))
    vectors = describe([(quote, around) for _, quote, around, _ in told])
    themes: dict[tuple[str, str, str], list[Spoken]] = defaultdict(list)
    for n, (key, quote, _, statement) in enumerate(told):
        finding = Finding(
            id=str(n),
            conversation="c",
            turn=0,
            start=0,
            end=len(quote),
            kind=FindingKind(key[1]),
            statement=statement,
            quote=quote,
            severity=1,
            engine="e",
        )
        themes[key].append(Spoken(Unsettled(finding, vectors[n]), statement))
    return dict(sorted(themes.items()))


def foundings(themes: Mapping[tuple[str, str, str], list[Spoken]], draws: int = DRAWS) -> list[Founding]:
    """Each theme founded by one, by two and by all of its findings, drawn at random."""
    dice = random.Random(SEED)
    found = []
    for (trade, _, _), said in themes.items():
        for size in (1, 2, len(said))[:draws]:
            found.append(Founding(trade, dice.sample(said, min(size, len(said))), said))
    return found


def goodness(name: str, founding: Founding) -> float:
    """How far a name's words agree with what is stated of its members, and of the theme."""
    own = terms_of(name)
    of_members = max(agreement(own, one.statement) for one in founding.members)
    of_theme = float(np.mean([agreement(own, one.statement) for one in founding.theme]))
    return of_members / 2 + of_theme


def agreement(own: frozenset[str], statement: str) -> float:
    """F1 of a name's words against those of a statement."""
    other = terms_of(statement)
    return 2 * len(own & other) / (len(own) + len(other)) if own and other else 0.0


def offered(founding: Founding, language: Language) -> list[Offer]:
    """The names that are offered at a founding."""
    items = [one.item for one in founding.members]
    return offers_of(items, [item.finding.quote for item in items], language, {})


def learn(some: Sequence[Founding], language: Language) -> dict[str, float]:
    """What each trait is worth."""
    return fit(
        [(offers, [goodness(o.name, f) for o in offers]) for f in some if (offers := offered(f, language))]
    )


def fit(told: Sequence[tuple[list[Offer], list[float]]]) -> dict[str, float]:
    """The same for offers with how good each is."""
    names = sorted({trait for offers, _ in told for offer in offers for trait in offer.traits})
    places = {name: n for n, name in enumerate(names)}
    xx, xy = np.zeros((len(names), len(names))), np.zeros(len(names))
    for offers, good in told:
        x = np.zeros((len(offers), len(names)))
        for row, offer in zip(x, offers, strict=True):
            row[[places[trait] for trait in offer.traits]] = list(offer.traits.values())
        x, y = x - x.mean(axis=0), np.array(good) - np.mean(good)
        xx, xy = xx + x.T @ x / len(offers), xy + x.T @ y / len(offers)
    worth = np.linalg.solve(xx + RIDGE * np.eye(len(names)) / 10, xy)
    return {name: round(float(w), 3) for name, w in zip(names, worth, strict=True) if abs(w) >= 0.005}


def main() -> None:
    """Learn from all trades and write the weights."""
    found = {language: learn(foundings(load_themes(language)), language) for language in LANGUAGES}
    WEIGHTS.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
