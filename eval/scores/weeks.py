"""The weeks' top-3 complaints against the truth's, and what the digest says of them.

koe's themes have ids of their own; each is taken for the true theme that most of its findings carry.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from eval.labels import LabelledSet
from eval.shape import Miss, Row, Scored
from koe.digest import Digest
from koe.facts.shape import WeekFacts
from koe.guard.slots import slots_of
from koe.publish import published
from koe.workspace import Workspace


def score(labelled: LabelledSet, ws: Workspace, stands_for: Mapping[str, str]) -> Scored:
    """Per week (exact, share named, order, 1), and for the digest (top themes named, how many)."""
    rows: list[Row] = []
    misses: list[Miss] = []
    unscored: list[str] = []
    for week, truth in sorted(labelled.value("weeks.json", {}).items()):
        given = published(ws, week)
        if given is None:
            unscored.append(f"weeks.json {week}: the week was not published")
            continue
        facts, digest, _ = given
        wanted = [theme["theme"] for theme in truth["top_complaints"]]
        rows += _rows(week, wanted, _tops(facts, stands_for), _named(digest, stands_for))
        misses += _misses(week, wanted, facts, stands_for)
    return Scored(rows=tuple(rows), misses=tuple(misses), unscored=tuple(unscored))


def _rows(week: str, wanted: Sequence[str], tops: Sequence[str], named: set[str]) -> list[Row]:
    right = len(set(wanted) & set(tops)) / len(wanted) if wanted else float(not tops)
    counts = (float(tops == wanted), right, 1 - distance(wanted, tops), 1)
    told = (len(set(wanted) & named), len(wanted))
    return [
        Row(family="weeks", id=week, account=week, counts=counts),
        Row(family="digest", id=week, account=week, counts=told),
    ]


def distance(a: Sequence[str], b: Sequence[str]) -> float:
    """Kendall's distance of two top lists, 0 the same and 1 nothing in common.

    Fagin, Kumar and Sivakumar 2003, with penalty 0: a pair counts when the lists surely disagree on it.
    """
    ranks = [{one: n for n, one in reversed(list(enumerate(some)))} for some in (a, b)]
    pairs = combinations(sorted({*a, *b}), 2)
    apart = sum(_disagree(ranks[0], ranks[1], x, y) for x, y in pairs)
    return apart / (len(a) * len(b)) if a and b else float(bool(a) != bool(b))


def _disagree(a: Mapping[str, int], b: Mapping[str, int], x: str, y: str) -> bool:
    """Whether one list surely has x first and the other y; what a list lacks comes after all it has."""
    far = len(a) + len(b)
    first, second = (ranks.get(x, far) - ranks.get(y, far) for ranks in (a, b))
    return first * second < 0


def _tops(facts: WeekFacts, stands_for: Mapping[str, str]) -> list[str]:
    return [stands_for.get(theme.theme, f"?{theme.name}") for theme in facts.top_complaints]


def _named(digest: Digest, stands_for: Mapping[str, str]) -> set[str]:
    themes = {slot.id for one in digest.sentences for slot in slots_of(one.template) if slot.sort == "t"}
    return {stands_for[theme] for theme in themes if theme in stands_for}


def _misses(week: str, wanted: Sequence[str], facts: WeekFacts, stands_for: Mapping[str, str]) -> list[Miss]:
    tops = _tops(facts, stands_for)
    if tops == wanted:
        return []
    has = [
        f"{top} ({theme.name}, {theme.accounts})"
        for top, theme in zip(tops, facts.top_complaints, strict=True)
    ]
    told = (f"truth: {', '.join(wanted)}", f"koe: {', '.join(has)}")
    return [Miss(family="weeks", case=week, sort="another top-3", what=told[0], note=told[1])]
