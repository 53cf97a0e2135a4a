"""Learns what a theme's name is made of and writes it: `OMP_NUM_THREADS=1 python -m training.names`.

Every labelled finding is stated by somebody else in a few neutral words, and every group of written sayings
has a name. Themes are founded at random by one, by two and by four or all of their findings; each heading
that these offer is as good as its sense is near to what is stated of the theme, and as its words agree with
that. A ridge regression within each founding learns what good ones have in common. Only what the encoder of
sense was not taught is learned from, because it finds the names of what it was taught too well.
"""

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.base import Unsettled
from koe.engine.offline.settle.names import WEIGHTS, Offer, offers_of, terms_of
from koe.language.text import Language
from koe.records import Finding, FindingKind
from koe.themes.likeness import LANGUAGES, describe, unit
from koe.themes.sense import sense_of
from training.matters import HELD, held
from training.rows import HERE
from training.said import around_of
from training.sayings import load_matters

RIDGE = 20.0
ALL = 40
SAYINGS = 4
"""Most findings that found a theme; most sayings that found a written one."""
OFFERS = 80
"""Most headings of a founding that are learned from."""
WORDS = 0.5
"""How much the agreement of words counts beside the nearness of sense."""
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
        finding = _finding(FindingKind(key[1]), quote, n)
        themes[key].append(Spoken(Unsettled(finding, vectors[n]), statement))
    return dict(sorted(themes.items()))


def load_written(language: Language) -> dict[tuple[str, str, str], list[Spoken]]:
    """The written sayings that the encoder was not taught, stated by the name of their group."""
    themes = {}
    for one in load_matters(language):
        if one.file in HELD[language]:
            vectors = describe([(said.quote, said.text) for said in one.sayings])
            themes[f"{one.file} {one.trade}", one.kind.value, one.slug] = [
                Spoken(Unsettled(_finding(one.kind, said.quote, n), vectors[n]), one.name)
                for n, said in enumerate(one.sayings)
            ]
    return dict(sorted(themes.items()))


def untaught(language: Language) -> list[Founding]:
    """Foundings of all themes that the encoder was not taught."""
    trades = held(language)
    turns = {key: said for key, said in load_themes(language).items() if key[0] in trades}
    return foundings(turns) + foundings(load_written(language), most=SAYINGS)


def _finding(kind: FindingKind, quote: str, n: int) -> Finding:
    place = {"id": str(n), "conversation": "c", "turn": 0, "start": 0, "end": len(quote)}
    return Finding(**place, kind=kind, statement=quote, quote=quote, severity=1, engine="e")


def foundings(themes: Mapping[tuple[str, str, str], list[Spoken]], most: int = ALL) -> list[Founding]:
    """Each theme founded by one, by two and by all of its findings, or the most, drawn at random."""
    dice = random.Random(SEED)
    found = []
    for (trade, _, _), said in themes.items():
        for size in (1, 2, min(len(said), most)):
            found.append(Founding(trade, dice.sample(said, min(size, len(said))), said))
    return found


def goodness(name: str, founding: Founding, language: Language) -> float:
    """How near a name's sense and words are to what is stated of its members, and of the theme."""
    own = terms_of(name)
    stated = [one.statement for one in founding.theme]
    of_members = max(agreement(own, one.statement) for one in founding.members)
    of_theme = float(np.mean([agreement(own, text) for text in stated]))
    middle = unit(sense_of(stated, language).mean(axis=0, keepdims=True))[0]
    return WORDS * (of_members + of_theme) / 2 + float(sense_of([name], language)[0] @ middle)


def agreement(own: frozenset[str], statement: str) -> float:
    """F1 of a name's words against those of a statement."""
    other = terms_of(statement)
    return 2 * len(own & other) / (len(own) + len(other)) if own and other else 0.0


def offered(founding: Founding, language: Language) -> list[Offer]:
    """The names that are offered at a founding."""
    items = [one.item for one in founding.members]
    return offers_of(items, [item.finding.quote for item in items], language, {}, OFFERS)


def learn(some: Sequence[Founding], language: Language) -> dict[str, float]:
    """What each trait is worth."""
    return fit(
        [
            (offers, [goodness(offer.name, one, language) for offer in offers])
            for one in some
            if (offers := offered(one, language))
        ]
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
    found = {language: learn(untaught(language), language) for language in LANGUAGES}
    WEIGHTS.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
