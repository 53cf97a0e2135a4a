"""Top-3 of made-up companies' weeks: `OMP_NUM_THREADS=1 python -m eval.made_themes` (some minutes).

Each company is one trade's complaints in their own words, some themes louder than others: neither the
encoder nor the words' numbers were taught that trade, though the border and the sense's weight were chosen
on it, too. They come over eight weeks, from 37 accounts, each said once; five draws of each. Printed with
themes that come together and without: weeks whose top-3 is exactly right, share of the true top-3 that is
named, weeks in which a theme stands in it twice, and adjusted Rand; and the differences, paired, with half
of their 90 % interval over trades.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.settle.grouping import groups_of, one_of_many
from koe.language.text import Language
from koe.themes.likeness import LANGUAGES, Floats, Model, load_model
from training.grouping import adjusted_rand, known_theme
from training.said import Said, kept_groups, points_of

WEEKS = 8
ACCOUNTS = 37
DRAWS = 5
FEWEST = 4
"""Themes of a trade that is made a company of."""
KIND = "complaint"
SCORES = ("exact", "named", "twice", "rand")
Doubles = NDArray[np.float64]


class Told(NamedTuple):
    """One finding of a made-up company."""

    week: int
    account: int
    said: Said


def company(group: Sequence[Said], seed: str) -> list[Told]:
    """Eight weeks of one company, the same for the same seed."""
    dice = random.Random(seed)
    mixed = dice.sample(list(group), len(group))
    told = [Told(n % WEEKS, dice.randrange(ACCOUNTS), one) for n, one in enumerate(mixed)]
    return sorted(told, key=lambda one: (one.week, one.account, one.said.quote))


def walk(told: Sequence[Told], model: Model, language: Language, is_gathered: bool) -> list[list[int]]:
    """The label of every finding so far as it stands after each week."""
    points = points_of(model, [one.said for one in told], language)
    groups: list[list[int]] = []
    after = []
    for week in range(WEEKS):
        own = [n for n, one in enumerate(told) if one.week == week]
        known = [known_theme(str(n), points[places]) for n, places in enumerate(groups)]
        found = groups_of([points[n] for n in own], known, language, model)
        for places, theme in list(found):
            if theme is None:
                groups.append([])
            groups[int(theme) if theme else -1] += [own[n] for n in places]
        groups = _gathered(groups, points, model, language) if is_gathered else groups
        labels = {place: min(places) for places in groups for place in places}
        after.append([labels[n] for n in sorted(labels)])
    return after


def _gathered(
    groups: Sequence[list[int]], points: Floats, model: Model, language: Language
) -> list[list[int]]:
    known = [known_theme(str(n), points[places]) for n, places in enumerate(groups)]
    ones = one_of_many(known, model.means[language].astype(np.float64), model.borders[language])
    gone = {n for places in ones for n in places}
    joined = [[place for n in places for place in groups[n]] for places in ones]
    return [places for n, places in enumerate(groups) if n not in gone] + joined


def scores_of(told: Sequence[Told], after: Sequence[Sequence[int]]) -> Doubles:
    """Exact, named and twice, as shares of the weeks from the third on, and adjusted Rand at the end."""
    weeks = [_top_scores(told, labels, week) for week, labels in enumerate(after) if week > 1]
    return np.append(np.mean(weeks, axis=0), adjusted_rand([one.said.theme for one in told], after[-1]))


def _top_scores(told: Sequence[Told], labels: Sequence[int], week: int) -> tuple[float, float, float]:
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    wanted, shown = defaultdict(set), defaultdict(set)
    for one, label in zip(told, labels, strict=False):
        votes[label][one.said.theme] += 1
        if one.week == week:
            wanted[one.said.theme].add(one.account)
            shown[label].add(one.account)
    stands_for = {label: min(votes[label], key=lambda name: (-votes[label][name], name)) for label in shown}
    true = sorted(wanted, key=lambda name: (-len(wanted[name]), name))[:3]
    tops = sorted(shown, key=lambda label: (-len(shown[label]), stands_for[label], label))[:3]
    names = [stands_for[label] for label in tops]
    return float(names == true), len({*names} & {*true}) / len(true), float(len({*names}) < len(names))


def score_companies(model: Model, language: Language) -> Iterator[tuple[str, Doubles]]:
    """Trade, and scores without and with coming together, of each company and draw."""
    for (trade, kind), group in kept_groups(language).items():
        for draw in range(DRAWS if kind == KIND and len({one.theme for one in group}) >= FEWEST else 0):
            told = company(group, f"{trade} {kind} {draw}")
            ways = [walk(told, model, language, is_gathered) for is_gathered in (False, True)]
            yield trade, np.stack([scores_of(told, after) for after in ways])


def main() -> None:
    """Print the scores of both languages."""
    found: dict[Language, dict[str, list[Doubles]]] = {lang: defaultdict(list) for lang in LANGUAGES}
    for language in LANGUAGES:
        for trade, scores in score_companies(load_model(), language):
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
