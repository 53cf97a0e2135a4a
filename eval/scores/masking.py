"""Masking against the personal data that the set names, as the ledger holds it: per type and character.

A person's name inside the name of that person's own company counts as company: those may be shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from eval.labels import LabelledSet
from eval.said import Said, SaidTurn
from eval.shape import Miss, Row, Scored
from koe.mask import MaskSpan

TYPES = {"postal_address": "address"}
"""Types whose names in the set and in koe differ."""


class Personal(NamedTuple):
    """A stretch of the source that is personal."""

    start: int
    end: int
    type: str


def score(labelled: LabelledSet, said: Mapping[str, Said]) -> Scored:
    """(strings, whole, characters, covered, wrong masks, masks) per conversation and type."""
    truth: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for line in labelled.lines("pii.jsonl"):
        truth[line["record_id"], line["turn"]].append((line["text"], TYPES.get(line["type"], line["type"])))
    if not truth:
        return Scored(unscored=("masking: the set has no pii.jsonl",))
    scored = [_conversation(where, truth) for where in said.values()]
    return Scored(
        rows=tuple(row for rows, _ in scored for row in rows),
        misses=tuple(miss for _, misses in scored for miss in misses),
    )


def _conversation(
    where: Said, truth: Mapping[tuple[str, int], list[tuple[str, str]]]
) -> tuple[list[Row], list[Miss]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    misses: list[Miss] = []
    for n, turn in enumerate(where.turns):
        personal = sorted(set(_places(where, turn, truth.get((where.id, n), []))))
        for one in personal:
            covered = [_is_masked(turn, at) or turn.raw[at].isspace() for at in range(one.start, one.end)]
            _add(counts[one.type], (1, all(covered), len(covered), sum(covered), 0, 0))
            if not all(covered):
                misses.append(where.miss("masking", "not masked", one.type, (n, *turn.masked_span(*one[:2]))))
        for span in turn.spans:
            wrong = not any(one.start < span.raw_end and span.raw_start < one.end for one in personal)
            _add(counts[span.type], (0, 0, 0, 0, wrong, 1))
            if wrong:
                misses.append(_wrong(where, n, span))
    return [_row(where, kind, tally) for kind, tally in sorted(counts.items())], misses


def _places(where: Said, turn: SaidTurn, texts: list[tuple[str, str]]) -> Iterator[Personal]:
    companies = list(_occurrences(turn.raw, where.company)) if where.company else []
    for text, kind in texts:
        for start, end in _occurrences(turn.raw, text):
            if kind != "person" or not any(a <= start and end <= b for a, b in companies):
                yield Personal(start, end, kind)


def _occurrences(text: str, part: str) -> Iterator[tuple[int, int]]:
    at = text.find(part)
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + 1)


def _is_masked(turn: SaidTurn, at: int) -> bool:
    return any(span.raw_start <= at < span.raw_end for span in turn.spans)


def _add(tally: list[int], more: tuple[int, ...]) -> None:
    tally[:] = [a + b for a, b in zip(tally, more, strict=True)]


def _row(where: Said, kind: str, tally: list[int]) -> Row:
    return Row(
        family="masking",
        id=f"{where.id} {kind}",
        account=where.account,
        language=where.language,
        kind=kind,
        counts=tuple(tally),
    )


def _wrong(where: Said, n: int, span: MaskSpan) -> Miss:
    miss = where.miss("masking", "masked without need", span.type, (n, span.start, span.end))
    source = where.turns[n].raw[span.raw_start : span.raw_end]
    return miss.model_copy(update={"note": f"the source has {source!r}"})
