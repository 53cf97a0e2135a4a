"""English compounds that are written in three ways: lock-in, locked in, lockin are one term."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from koe.keywords.candidates import Candidate
from koe.keywords.deals import DealVoice
from koe.language.stems import stem

__all__ = ["join_hyphens"]

_HYPHENATED = re.compile(r"([a-z]{2,})-([a-z]{2,})")
_NEIGHBOURS = re.compile(r"(?<![a-z0-9-])([a-z]{2,})[ -](?=([a-z]{2,})(?![a-z0-9-]))")
Pair = tuple[str, str]


def join_hyphens(candidates: Sequence[Candidate], deals: Sequence[DealVoice]) -> list[Candidate]:
    """The candidates with every compound that somebody hyphenates once, under all its ways of writing."""
    pairs = {pair for candidate in candidates for surface in candidate.surfaces for pair in _pair(surface)}
    if not pairs:
        return list(candidates)
    closed = {stem("".join(pair)): pair for pair in sorted(pairs)}
    own = {candidate.key: _owner(candidate, closed) for candidate in candidates}
    surfaces: dict[Pair, Counter[str]] = defaultdict(Counter)
    homes: dict[Pair, set[str]] = defaultdict(set)
    for candidate in candidates:
        if pair := own[candidate.key]:
            surfaces[pair].update(candidate.surfaces)
            homes[pair] |= candidate.deals
    for deal in deals:
        for pair, surface in _written_open(deal.text, pairs):
            surfaces[pair][surface] += 1
            homes[pair].add(deal.id)
    joined = [_joined(pair, surfaces[pair], homes[pair]) for pair in sorted(surfaces)]
    rest = [candidate for candidate in candidates if not own[candidate.key]]
    return sorted([*rest, *joined], key=lambda one: (one.key, one.parts))


def _pair(surface: str) -> Iterator[Pair]:
    if match := _HYPHENATED.fullmatch(surface):
        yield stem(match[1]), stem(match[2])


def _owner(candidate: Candidate, closed: dict[str, Pair]) -> Pair | None:
    """The compound that a candidate is a way of writing, if it is one."""
    hyphenated = [pair for surface in sorted(candidate.surfaces) for pair in _pair(surface)]
    return hyphenated[0] if hyphenated else closed.get(candidate.key)


def _written_open(text: str, pairs: set[Pair]) -> Iterator[tuple[Pair, str]]:
    seconds = {second for _, second in pairs}
    for match in _NEIGHBOURS.finditer(text):
        second = stem(match[2])
        if second in seconds and (stem(match[1]), second) in pairs:
            yield (stem(match[1]), second), f"{match[0]}{match[2]}"


def _joined(pair: Pair, surfaces: Counter[str], deals: set[str]) -> Candidate:
    """As it is mostly written, with `-` or closed if anybody does."""
    return Candidate("-".join(pair), ("-".join(pair),), surfaces, frozenset(deals))
