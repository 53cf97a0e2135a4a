"""Settle without a model: mean-link grouping of the week's findings around the themes that stand.

Every known theme is a group from the start, with its centroid and its weight; the week's findings are
groups of one. The two nearest groups become one until none are nearer than the learned border; two
known themes never do. Distances are taken from the company's own mean, so that what all its customers
talk about does not make two findings alike. Languages are settled apart: their words do not meet.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.base import Assignment, KnownTheme, Unsettled
from koe.engine.offline.settle.names import name_of
from koe.language.text import Language
from koe.records import FindingKind
from koe.themes.likeness import LANGUAGES, MARKS, Floats, Model, load_model

PRIOR = 32.0
"""Findings of other companies that the mean of a company is shrunk to."""
LOUDEST = 4.0
"""Most findings of one theme that count for the mean, so that a theme all speak of does not become it."""
MOST = 3000
"""Most findings of one kind and language that are compared with one another at once."""
STRICTER: Mapping[FindingKind, float] = {FindingKind.QUESTION: 2.0}
"""How much higher the border is than the learned one: all that ask how to do a thing sound alike. At 1.6 the
demo's first question held twelve quotes of eight matters; at 2 the samples' themes agree a little better
(Rand ja +.016, en +.006). Wrong FAQ candidates cost more than missed voices."""
STEP = 1e-5
"""Links are compared in these steps, so that the last bit of a sum decides nothing."""

Matrix = NDArray[np.float64]


def settle(findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[Assignment]:
    """One assignment for each finding, in the order given."""
    given: dict[int, tuple[str | None, int]] = {}
    for language in LANGUAGES if findings else ():
        some = [n for n, item in enumerate(findings) if language_of_vector(item.vector) == language]
        known = [item for item in themes if language_of_vector(item.centroid) == language]
        model = _strict(load_model(), findings[0].finding.kind)
        for group, theme in groups_of([findings[n].vector for n in some], known, language, model):
            members = [some[n] for n in group]
            given |= {n: (theme, min(members)) for n in members}
    return _assignments(findings, given, {item.theme.name for item in themes})


def gather(themes: Sequence[KnownTheme]) -> list[list[str]]:
    """Ids of themes that have turned out to be one: their mean link is above the border findings join at."""
    found: list[list[str]] = []
    for language in LANGUAGES:
        own = [item for item in themes if item.members and language_of_vector(item.centroid) == language]
        known = sorted(own, key=lambda item: item.theme.id)
        if len(known) > 1:
            model = _strict(load_model(), known[0].theme.kind)
            groups = one_of_many(known, model.means[language].astype(np.float64), model.borders[language])
            found += [[known[n].theme.id for n in places] for places in groups]
    return found


def _strict(model: Model, kind: FindingKind) -> Model:
    """The model with the borders of a kind."""
    factor = STRICTER.get(kind, 1.0)
    return model._replace(borders={language: factor * border for language, border in model.borders.items()})


def one_of_many(known: Sequence[KnownTheme], prior: Matrix, border: float) -> list[list[int]]:
    """Places of themes that go together, where there are two or more."""
    groups = [_Group(_point(item.centroid), item.members, item.theme.id, []) for item in known]
    links, weights = _links(groups, prior)
    return [places for places in link_up(links, weights, border) if len(places) > 1]


def language_of_vector(vector: Floats) -> Language:
    """The language that a finding, or most of a theme's findings, is told in."""
    return LANGUAGES[int(np.argmax(vector[:MARKS]))]


def _assignments(
    findings: Sequence[Unsettled], given: dict[int, tuple[str | None, int]], taken: set[str]
) -> list[Assignment]:
    members = defaultdict(list)
    for n, (theme, group) in sorted(given.items()):
        if theme is None:
            members[group].append(findings[n])
    names: dict[int, str] = {}
    for group in sorted(members):
        names[group] = name_of(members[group], taken)
        taken = taken | {names[group]}
    return [
        Assignment(item.finding.id, given[n][0], given[n][1], names.get(given[n][1], ""))
        for n, item in enumerate(findings)
    ]


class _Group(NamedTuple):
    """What stands together so far: its mean vector, how many findings it is, the theme, its findings."""

    point: Matrix
    weight: float
    theme: str | None
    places: list[int]


def groups_of(
    vectors: Sequence[Floats], known: Sequence[KnownTheme], language: Language, model: Model
) -> Iterator[tuple[list[int], str | None]]:
    """Places of findings that go together, each group with the known theme it joins or None.

    A week of more than MOST findings is taken in parts, in its order: what the first have founded stands
    for those that follow, so that time and memory grow with the number of parts.
    """
    groups = [_Group(_point(item.centroid), max(item.members, 1), item.theme.id, []) for item in known]
    for at in range(0, len(vectors), MOST):
        some = [_Group(_point(vectors[n]), 1, None, [n]) for n in range(at, min(at + MOST, len(vectors)))]
        groups = _joined(groups, some, model.means[language].astype(np.float64), model.borders[language])
    yield from ((group.places, group.theme) for group in groups if group.places)


def _point(vector: Floats) -> Matrix:
    return vector[MARKS:].astype(np.float64)


def _joined(
    standing: Sequence[_Group], loose: Sequence[_Group], prior: Matrix, border: float
) -> list[_Group]:
    """The groups with the loose ones joined to them and to one another."""
    groups = [*standing, *loose]
    links, weights = _links(groups, prior)
    found = link_up(links, weights, border, len(standing))
    return [_merged([groups[n] for n in places]) for places in found]


def _links(groups: Sequence[_Group], prior: Matrix) -> tuple[Matrix, Matrix]:
    """How alike the groups are two by two, as seen from the company's mean, and how many findings each is."""
    weights = np.array([group.weight for group in groups], np.float64)
    points = np.stack([group.point for group in groups])
    voices = np.minimum(weights, LOUDEST)
    mean = (voices @ points + PRIOR * prior) / (voices.sum() + PRIOR)
    return (points - mean) @ (points - mean).T, weights


def _merged(groups: Sequence[_Group]) -> _Group:
    points = np.stack([group.point for group in groups])
    weights = np.array([group.weight for group in groups], np.float64)
    places = sorted(place for group in groups for place in group.places)
    return _Group(weights @ points / weights.sum(), float(weights.sum()), groups[0].theme, places)


def link_up(links: Matrix, weights: Matrix, border: float, seeds: int = 0) -> list[list[int]]:
    """Groups of places by mean link, the nearest two first, until no link is above the border.

    The first `seeds` places are known themes and are never joined with one another. Equal links go to
    the earlier places. Places in a group ascend, and so do the groups by their first.
    """
    links, weights = np.round(links / STEP) * STEP, weights.copy()
    links[:seeds, :seeds] = -np.inf
    np.fill_diagonal(links, -np.inf)
    groups = [[n] for n in range(len(links))]
    nearest = links.argmax(axis=1)
    places = np.arange(len(links))
    while (best := links[places, nearest]).max() > border:
        one = int(best.argmax())
        one, other = sorted((one, int(nearest[one])))
        groups[one] = sorted(groups[one] + groups[other])
        groups[other] = []
        _join(links, weights, one, other)
        stale = (nearest == one) | (nearest == other)
        stale[[one, other]] = True
        closer = (links[:, one] > best) | ((links[:, one] == best) & (one < nearest))
        nearest[closer & ~stale] = one
        nearest[stale] = links[stale].argmax(axis=1)
    return [group for group in groups if group]


def _join(links: Matrix, weights: Matrix, one: int, other: int) -> None:
    """The links of two groups become those of one; the second is struck out.

    A link to a theme that one of the two may not be joined with stays at minus infinity.
    """
    share = weights[one] / (weights[one] + weights[other])
    joined = np.round((share * links[one] + (1 - share) * links[other]) / STEP) * STEP
    weights[one] += weights[other]
    links[one], links[:, one] = joined, joined
    links[other], links[:, other] = -np.inf, -np.inf
