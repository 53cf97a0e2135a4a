"""Themes against the truth's, on the findings that koe found: what belongs together, and what does not."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

from eval.said import Said
from eval.scores.findings import Labelled, Matched
from eval.shape import Miss, Row, Scored

SHOWN = 3
"""Findings shown of each mixed or torn theme."""


def score(matched: Matched, said: Mapping[str, Said]) -> Scored:
    """The two labels of each finding that was found, and the themes that were mixed or torn."""
    rows = tuple(
        Row(
            family="themes",
            id=f"{true.conversation} {true.turn} {true.kind} {true.start}",
            account=said[true.conversation].account,
            language=said[true.conversation].language,
            kind=true.kind,
            labels=(true.theme, found.theme),
        )
        for true, found in matched.pairs
    )
    torn = _broken(matched, said, by=0, sort="torn", other="koe's themes")
    mixed = _broken(matched, said, by=1, sort="mixed", other="the truth's themes")
    return Scored(rows=rows, misses=(*torn, *mixed))


def stands_for(matched: Matched) -> dict[str, str]:
    """koe's theme → the true theme that most of its findings carry."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for true, found in matched.pairs:
        votes[found.theme][true.theme] += 1
    return {theme: min(counts, key=lambda label: (-counts[label], label)) for theme, counts in votes.items()}


def _broken(matched: Matched, said: Mapping[str, Said], by: int, sort: str, other: str) -> list[Miss]:
    """Themes of one side whose findings lie in several of the other, the widest first."""
    groups: dict[tuple[str, str], dict[str, list[Labelled]]] = defaultdict(lambda: defaultdict(list))
    for pair in matched.pairs:
        groups[pair[by].kind, pair[by].theme][pair[1 - by].theme].append(pair[0])
    wide = sorted(
        ((key, parts) for key, parts in groups.items() if len(parts) > 1),
        key=lambda item: (-_pairs_apart(item[1]), item[0]),
    )
    return [
        miss for (kind, theme), parts in wide for miss in _shown(said, sort, f"{kind}: {theme}", other, parts)
    ]


def _pairs_apart(parts: Mapping[str, list[Labelled]]) -> int:
    return sum(len(a) * len(b) for a, b in combinations(parts.values(), 2))


def _shown(
    said: Mapping[str, Said], sort: str, what: str, other: str, parts: Mapping[str, list[Labelled]]
) -> list[Miss]:
    ordered = sorted(parts.items(), key=lambda item: (-len(item[1]), item[0]))
    note = f"{other}: " + ", ".join(f"{name} ({len(some)})" for name, some in ordered)
    misses = []
    for _, some in ordered[:SHOWN]:
        where, one = said[some[0].conversation], some[0]
        start, end = where.turns[one.turn].masked_span(one.start, one.end)
        miss = where.miss("themes", sort, what, (one.turn, start, end))
        misses.append(miss.model_copy(update={"note": note}))
    return misses
