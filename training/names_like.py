"""Learns how persons' names look and what words they are made of: `python -m training.names_like`.

The written sayings (`training/sayings.py`) have a name that a person put over each group. What tells these
from the runs of words that the sayings offer is learned by logistic regression over neighbouring parts of
speech, small words and common words; how near a word is to those of names, by ridge regression over its
meaning, among the words of one saying. The held files teach nothing.
"""

import json
import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from koe.engine.offline.settle.headings import headings_of
from koe.engine.offline.settle.headings_en import headings_en
from koe.engine.offline.settle.like import WEIGHTS, looks_of
from koe.language.sudachi import tokenize
from koe.language.text import Language
from koe.themes.likeness import LANGUAGES
from koe.themes.words import MEANINGS, SIZES, words_of
from training.matters import HELD
from training.sayings import Matter, load_matters

SEED = 3
SAYINGS, OFFERS = 3, 6
"""Sayings of a matter, and headings of each, that its name is told from."""
RARE = 12
STRICT = 0.1
LEAST = 0.1
RIDGE = 30.0
Doubles = NDArray[np.float64]


def taught(language: Language) -> list[Matter]:
    """The matters whose names teach."""
    return [one for one in load_matters(language) if one.file not in HELD[language]]


def learn_looks(matters: Sequence[Matter], language: Language) -> dict[str, float]:
    """What each look of a name is worth; that of the empty one is added to all."""
    dice = random.Random(SEED)
    told = [(looks_of(one.name, language), 1) for one in matters]
    told += [(looks_of(name, language), 0) for one in matters for name in _offered(one, language, dice)]
    counts = Counter(look for looks, _ in told for look in looks)
    known = sorted(look for look, count in counts.items() if count >= RARE)
    places = {look: n for n, look in enumerate(known)}
    at = [(row, places[look]) for row, (looks, _) in enumerate(told) for look in looks if look in places]
    rows, columns = zip(*at, strict=True)
    x = csr_matrix((np.ones(len(at)), (rows, columns)), shape=(len(told), len(known)))
    model = LogisticRegression(C=STRICT, class_weight="balanced", max_iter=500)
    model.fit(x, [is_name for _, is_name in told])
    worth = {look: round(float(w), 2) for look, w in zip(known, model.coef_[0], strict=True)}
    some = {look: w for look, w in worth.items() if abs(w) >= LEAST}
    return {**some, "": round(float(model.intercept_[0]), 2)}


def _offered(matter: Matter, language: Language, dice: random.Random) -> list[str]:
    some = dice.sample(list(matter.sayings), min(SAYINGS, len(matter.sayings)))
    found = []
    for said in some:
        offers = headings_of(tokenize(said.quote)) if language == "ja" else headings_en(said.quote)
        names = [item.name for item in offers]
        found += dice.sample(names, min(OFFERS, len(names)))
    return found


def learn_words(matters: Sequence[Matter], language: Language) -> Doubles:
    """(size of a meaning,): how near a word is to those of its matter's name."""
    size = SIZES[language]
    xx, xy = np.zeros((size, size)), np.zeros(size)
    for one in matters:
        named = _meanings(one.name, language)
        for said in one.sayings:
            heard = _meanings(said.quote, language)
            if len(heard) > 1 and len(named):
                x, near = heard - heard.mean(axis=0), (heard @ named.T).max(axis=1)
                xx, xy = xx + x.T @ x, xy + x.T @ (near - near.mean())
    return np.asarray(np.linalg.solve(xx + RIDGE * np.eye(size), xy), np.float64)


def _meanings(text: str, language: Language) -> Doubles:
    found = [MEANINGS[language](word) for word in words_of(text)]
    known = [meaning.astype(np.float64) for meaning in found if meaning is not None]
    rows = np.stack(known) if known else np.zeros((0, SIZES[language]))
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float64)


def main() -> None:
    """Learn from all matters that are not held and write the weights."""
    found = {}
    for language in LANGUAGES:
        matters = taught(language)
        words = [round(float(value), 3) for value in learn_words(matters, language)]
        found[language] = {"worth": learn_looks(matters, language), "words": words}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    WEIGHTS.write_text(text.replace('","', '",\n"').replace(',"', ',\n"') + "\n", "utf-8")


if __name__ == "__main__":
    main()
