"""Themes against labels: `python -m eval.themes` (about three minutes).

First the labelled turns of the trades that no encoder is taught, in two folds by trade, so that none of the
other numbers were learned on it either; each trade's findings of one kind grouped, at once and as four weeks
that come one by one, beside what others would do with the same vectors. k-means is told how many themes there
are; nobody else is. Then the sample, with its true findings given, so that only the grouping is measured.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from connectors import folder_source
from eval.labels import SAMPLE, TRUTH, read_json, read_lines
from eval.weeks import true_themes
from koe.engine.base import FindResult, Proposal
from koe.engine.offline import OfflineEngine
from koe.engine.offline.find.words import statement_of
from koe.export import findings as exported
from koe.facts import compute_facts
from koe.language.text import Language
from koe.ledger.intake import pull
from koe.records import MaskedConversation
from koe.settings import Settings
from koe.street import find_new, mask_new
from koe.themes import settle_until
from koe.themes.likeness import LANGUAGES, MARKS, Floats, Model
from koe.weeks import period_between
from koe.workspace import Workspace, open_workspace
from training.grouping import adjusted_rand, labels_by_week
from training.matters import held
from training.said import Groups, Said, load_groups, points_of
from training.themes import train

FOLDS = 2
WEEKS = 4
SEED = 5

Points = NDArray[np.float64]
Labels = list[int]
Way = Callable[[Floats, Sequence[str], Model, Language], Labels]


class Score(NamedTuple):
    """How well groups agree with labels, over many trades."""

    rand: float
    """Mean adjusted Rand index."""
    half_width: float
    """Half of its 90 % interval, by the spread over trades."""
    precision: float
    recall: float
    """Of pairs that belong together."""

    @property
    def f1(self) -> float:
        """Harmonic mean of the pairs' precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def at_once(points: Floats, truth: Sequence[str], model: Model, language: Language) -> Labels:
    """koe, all findings in one week."""
    return week_by_week(points, truth, model, language, weeks=1)


def week_by_week(
    points: Floats, truth: Sequence[str], model: Model, language: Language, weeks: int = WEEKS
) -> Labels:
    """koe, the findings in the order given, a few each week."""
    return labels_by_week(points, range(len(points)), model, language, weeks)


def k_means(points: Floats, truth: Sequence[str], model: Model, language: Language) -> Labels:
    """k-means with the true number of themes."""
    from sklearn.cluster import KMeans

    count = len(set(truth))
    return [int(n) for n in KMeans(count, n_init=10, random_state=0).fit_predict(points[:, MARKS:])]


def hdbscan(points: Floats, truth: Sequence[str], model: Model, language: Language) -> Labels:
    """HDBSCAN with groups of two and more; what it calls noise stays alone."""
    from sklearn.cluster import HDBSCAN

    found = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(points[:, MARKS:].astype(np.float64))
    return [int(label) if label >= 0 else -1 - n for n, label in enumerate(found)]


def alone(points: Floats, truth: Sequence[str], model: Model, language: Language) -> Labels:
    """Every finding a theme of its own."""
    return list(range(len(points)))


WAYS: dict[str, Way] = {
    "koe, at once": at_once,
    "koe, in four weeks": week_by_week,
    "k-means, true k": k_means,
    "HDBSCAN": hdbscan,
    "each alone": alone,
}


def score_ways(groups: dict[Language, Groups]) -> dict[Language, dict[str, Score]]:
    """Each way over all trades, every trade by a model that has not seen it."""
    results: dict[Language, dict[str, list[tuple[str, Sequence[str], Labels]]]]
    results = {language: defaultdict(list) for language in LANGUAGES}
    for fold in range(FOLDS):
        apart = {language: held_trades(language, fold) for language in LANGUAGES}
        model = train(without(groups, apart), apart["en"])
        for language in LANGUAGES:
            for (trade, _), group in groups[language].items():
                if trade in apart[language]:
                    for name, found in run_ways(group, model, language).items():
                        results[language][name].append((trade, found[0], found[1]))
    return {lang: {name: score(rows) for name, rows in ways.items()} for lang, ways in results.items()}


def held_trades(language: Language, fold: int) -> frozenset[str]:
    """The trades that a fold's model is not taught, of those that no encoder is."""
    return frozenset(sorted(held(language))[fold::FOLDS])


def without(
    groups: dict[Language, Groups], apart: Mapping[Language, frozenset[str]]
) -> dict[Language, Groups]:
    """The groups of all other trades."""
    return {lang: {k: g for k, g in some.items() if k[0] not in apart[lang]} for lang, some in groups.items()}


def run_ways(group: Sequence[Said], model: Model, language: Language) -> dict[str, tuple[list[str], Labels]]:
    """What each way makes of one trade's findings of one kind, in a shuffled order."""
    items = random.Random(SEED).sample(list(group), len(group))
    points = points_of(model, items, language)
    truth = [said.theme for said in items]
    return {name: (truth, way(points, truth, model, language)) for name, way in usable_ways().items()}


def usable_ways() -> dict[str, Way]:
    """All ways, those of scikit-learn only where it is installed."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        return {name: way for name, way in WAYS.items() if way not in (k_means, hdbscan)}
    return WAYS


def score(rows: Sequence[tuple[str, Sequence[str], Labels]]) -> Score:
    """The mean over groups, its interval by trades, and pairs over all."""
    by_trade: dict[str, list[float]] = defaultdict(list)
    right = given = wanted = 0
    for trade, truth, found in rows:
        by_trade[trade].append(adjusted_rand(truth, found))
        right += _pairs(zip(truth, found, strict=True))
        given, wanted = given + _pairs(found), wanted + _pairs(truth)
    means = [float(np.mean(values)) for values in by_trade.values()]
    width = 1.645 * float(np.std(means, ddof=1)) / len(means) ** 0.5 if len(means) > 1 else 0.0
    rand = float(np.mean([value for values in by_trade.values() for value in values]))
    return Score(rand, width, right / given if given else 1.0, right / wanted)


def _pairs(labels: Any) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


class Knowing(OfflineEngine):
    """The offline engine, told what is to be found, so that only the grouping is measured."""

    def __init__(self, truth: Sequence[dict[str, Any]]) -> None:
        self._truth: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in truth:
            self._truth[one["record_id"]].append(one)

    def find(self, conversations: Sequence[MaskedConversation]) -> list[FindResult]:
        """The true findings, each stated in the customer's words, as the offline engine states them."""
        return [
            FindResult(item.id, [_proposal(one) for one in self._truth[item.external_id]])
            for item in conversations
        ]


def _proposal(one: dict[str, Any]) -> Proposal:
    fields = {name: one[name] for name in ("kind", "quote", "turn", "severity")}
    return Proposal(**fields, statement=statement_of(one["quote"]))


def score_sample() -> None:
    """Print how the sample's true findings are grouped, kind by kind and week by week."""
    truth = read_lines(TRUTH / "findings.jsonl")
    with TemporaryDirectory(prefix="koe-eval-") as home:
        ws = open_workspace(Settings(home=Path(home) / "koe"))
        pull(ws, folder_source(SAMPLE, ws.settings))
        mask_new(ws)
        find_new(ws, Knowing(truth))
        weeks = sorted(read_json(TRUTH / "weeks.json").items())
        settle_until(ws, Knowing(truth), weeks[-1][0])
        print("\nsample, true findings given")
        for kind, found in sorted(_labelled(ws, truth).items()):
            rand = adjusted_rand(*zip(*found, strict=True))
            print(f"{kind:22}{rand:12.3f}   {len(found)} findings, {len({b for _, b in found})} themes")
        stands_for = true_themes(ws, truth)
        right = 0
        for week, wanted in weeks:
            tops = [stands_for.get(top.theme, "?") for top in compute_facts(ws, week).top_complaints]
            exact = tops == [top["theme"] for top in wanted["top_complaints"]]
            right += exact
            print(f"{week}  {'right' if exact else 'wrong'}  {', '.join(tops)}")
        print(f"top-3 right in {right} of {len(weeks)} weeks")


def _labelled(ws: Workspace, truth: Sequence[dict[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """(true theme, koe's theme) of each finding, by kind."""
    names = {(one["record_id"], one["kind"], one["quote"]): one["theme"] for one in truth}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in exported(ws, period_between(None, None, ws.settings.zone)):
        key = (row["conversation"], row["kind"], row["quote"])
        if key in names:
            found[row["kind"]].append((names[key], row["theme"]))
    return found


def main() -> None:
    """Print all figures."""
    groups = {language: load_groups(language) for language in LANGUAGES}
    for language, found in score_ways(groups).items():
        trades = len(held(language))
        print(f"\n{language}: {trades} trades held out in turn")
        print(f"{'':22}{'rand':>12}{'pair F1':>9}{'P':>6}{'R':>6}")
        for name, s in found.items():
            spread = f"{s.rand:.3f} ±{s.half_width:.3f}"
            print(f"{name:22}{spread:>12}{s.f1:9.3f}{s.precision:6.2f}{s.recall:6.2f}")
    score_sample()


if __name__ == "__main__":
    main()
