"""Top-3 of made-up companies' weeks: `OMP_NUM_THREADS=1 python -m eval.made_themes` (some minutes).

Each company is one trade's findings of one kind, by a model that was not taught that trade. Over eight weeks
they are said by 37 accounts, some themes much louder than others, each time in a little other words: some
of a turn's fall out, some of another turn's come in. Printed with themes that come together and without:
weeks whose top-3 is exactly right, share of the true top-3 that is named, weeks in which a theme stands in
it twice, and adjusted Rand; and the differences, paired, with half of their 90 % interval over trades.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.themes import FOLDS, held_trades
from koe.engine.base import KnownTheme
from koe.engine.offline.settle import groups_of, one_of_many
from koe.language.sudachi import Token
from koe.language.text import Language
from koe.records import FindingKind, Theme
from koe.themes.likeness import LANGUAGES, Floats, Model, vectors_of
from training.themes import Groups, Said, adjusted_rand, load_groups, train

WEEKS = 8
A_WEEK = 10
ACCOUNTS = 37
LOUDEST = 8.0
FEWEST = 4
"""Themes of a group that is made a company of."""
KINDS = ("complaint", "objection", "buying_reason")
LOST, KEPT_AROUND, STRANGE, STRANGE_QUOTED = 0.3, 0.7, 0.25, 0.3
"""Shares of words that fall out of a quote, stay around it, come in from another turn, and these in it."""
SCORES = ("exact", "named", "twice", "rand")
Doubles = NDArray[np.float64]


class Told(NamedTuple):
    """One finding of a made-up company."""

    week: int
    account: int
    theme: str
    words: tuple[list[Token], list[Token]]


def company(group: Sequence[Said], seed: str) -> list[Told]:
    """Eight weeks of one company, the same for the same seed."""
    dice = random.Random(seed)
    said: dict[str, list[Said]] = defaultdict(list)
    for one in group:
        said[one.theme].append(one)
    names = sorted(said)
    loud = {name: min(dice.paretovariate(1.1), LOUDEST) for name in names}
    told = []
    for week in range(WEEKS):
        weights = [loud[name] * dice.uniform(0.4, 1.6) for name in names]
        for theme in dice.choices(names, weights, k=max(FEWEST, round(dice.gauss(A_WEEK, 3)))):
            words = _in_other_words(dice.choice(said[theme]), dice.choice(group), dice)
            told.append(Told(week, dice.randrange(ACCOUNTS), theme, words))
    return told


def _in_other_words(one: Said, other: Said, dice: random.Random) -> tuple[list[Token], list[Token]]:
    quote, around = one.words
    kept = [token for token in quote if dice.random() > LOST] or quote
    outside = [token for token in around if token not in quote and dice.random() < KEPT_AROUND]
    strange = [token for token in other.words[1] if dice.random() < STRANGE]
    inside = [token for token in strange if dice.random() < STRANGE_QUOTED]
    return kept + inside, kept + outside + strange


def walk(told: Sequence[Told], model: Model, language: Language, is_gathered: bool) -> list[list[int]]:
    """The label of every finding so far as it stands after each week."""
    points = vectors_of(model, [one.words for one in told], [language] * len(told))
    groups: list[list[int]] = []
    after = []
    for week in range(WEEKS):
        own = [n for n, one in enumerate(told) if one.week == week]
        known = [_known(n, points[places]) for n, places in enumerate(groups)]
        found = groups_of([points[n] for n in own], known, language, model)
        for places, theme in list(found):
            if theme is None:
                groups.append([])
            groups[int(theme) if theme else -1] += [own[n] for n in places]
        groups = _gathered(groups, points, model, language) if is_gathered else groups
        labels = {place: min(places) for places in groups for place in places}
        after.append([labels[n] for n in sorted(labels)])
    return after


def _known(n: int, members: Floats) -> KnownTheme:
    theme = Theme(id=str(n), kind=FindingKind.COMPLAINT, name="", founded="")
    return KnownTheme(theme, members.mean(axis=0), len(members))


def _gathered(
    groups: Sequence[list[int]], points: Floats, model: Model, language: Language
) -> list[list[int]]:
    known = [_known(n, points[places]) for n, places in enumerate(groups)]
    ones = one_of_many(known, model.means[language].astype(np.float64), model.borders[language])
    gone = {n for places in ones for n in places}
    joined = [[place for n in places for place in groups[n]] for places in ones]
    return [places for n, places in enumerate(groups) if n not in gone] + joined


def scores_of(told: Sequence[Told], after: Sequence[Sequence[int]]) -> Doubles:
    """Exact, named and twice, as shares of the weeks from the third on, and adjusted Rand at the end."""
    weeks = [_top_scores(told, labels, week) for week, labels in enumerate(after) if week > 1]
    return np.append(np.mean(weeks, axis=0), adjusted_rand([one.theme for one in told], after[-1]))


def _top_scores(told: Sequence[Told], labels: Sequence[int], week: int) -> tuple[float, float, float]:
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    wanted, shown = defaultdict(set), defaultdict(set)
    for one, label in zip(told, labels, strict=False):
        votes[label][one.theme] += 1
        if one.week == week:
            wanted[one.theme].add(one.account)
            shown[label].add(one.account)
    stands_for = {label: min(votes[label], key=lambda name: (-votes[label][name], name)) for label in shown}
    true = sorted(wanted, key=lambda name: (-len(wanted[name]), name))[:3]
    tops = sorted(shown, key=lambda label: (-len(shown[label]), stands_for[label], label))[:3]
    names = [stands_for[label] for label in tops]
    return float(names == true), len({*names} & {*true}) / len(true), float(len({*names}) < len(names))


def score_fold(groups: dict[Language, Groups], fold: int) -> Iterator[tuple[Language, str, Doubles]]:
    """Language, trade, and scores without and with coming together, of the fold's companies."""
    held = {language: held_trades(groups[language], fold) for language in LANGUAGES}
    taught = {k: {g: v for g, v in some.items() if g[0] not in held[k]} for k, some in groups.items()}
    model = train(taught, frozenset(held["en"]))
    for language in LANGUAGES:
        for (trade, kind), group in groups[language].items():
            if trade in held[language] and kind in KINDS and len({one.theme for one in group}) >= FEWEST:
                told = company(group, f"{trade} {kind}")
                ways = [walk(told, model, language, is_gathered) for is_gathered in (False, True)]
                yield language, trade, np.stack([scores_of(told, after) for after in ways])


def main() -> None:
    """Print the scores of both languages."""
    found: dict[Language, dict[str, list[Doubles]]] = {lang: defaultdict(list) for lang in LANGUAGES}
    groups = {language: load_groups(language) for language in LANGUAGES}
    for fold in range(FOLDS):
        for language, trade, scores in score_fold(groups, fold):
            found[language][trade].append(scores)
    for language, by_trade in found.items():
        means = np.stack([np.mean(some, axis=0) for some in by_trade.values()])
        gains = means[:, 1] - means[:, 0]
        half = 1.645 * gains.std(axis=0, ddof=1) / len(gains) ** 0.5
        print(f"\n{language}, {sum(map(len, by_trade.values()))} companies of {len(by_trade)} trades")
        for n, name in enumerate(SCORES):
            alone, together = means[:, :, n].mean(axis=0)
            print(f"{name:8}{alone:8.3f}{together:8.3f}   {gains[:, n].mean():+.3f} ± {half[n]:.3f}")


if __name__ == "__main__":
    main()
