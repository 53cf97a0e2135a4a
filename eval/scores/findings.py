"""Findings against the truth: each paired with at most one, of its kind, in its turn, best overlap first.

Two stretches are the same finding when they share at least half of the characters that either covers.
koe's stand in masked text and are put back to where the source has them before they are compared.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from eval.labels import LabelledSet
from eval.said import Said
from eval.shape import Miss, Row, Scored
from koe.export import findings as exported
from koe.records import FindingKind
from koe.weeks import period_between
from koe.workspace import Workspace

OVERLAP = 0.5
KINDS = tuple(str(kind) for kind in FindingKind)


class Labelled(NamedTuple):
    """A finding of the truth or of koe, in the source's text; `theme` is its label or koe's theme id."""

    id: str
    conversation: str
    turn: int
    start: int
    end: int
    kind: str
    theme: str
    statement: str


class Matched(NamedTuple):
    """The truth's findings, koe's, and the pairs (truth, koe)."""

    true: tuple[Labelled, ...]
    found: tuple[Labelled, ...]
    pairs: tuple[tuple[Labelled, Labelled], ...]
    unscored: tuple[str, ...]


def match(labelled: LabelledSet, ws: Workspace, said: Mapping[str, Said]) -> Matched:
    """Every finding of the set with the one of koe's that stands for it."""
    true, unscored = _true(labelled, said)
    found = tuple(_found(ws, said))
    places: dict[tuple[str, int, str], tuple[list[Labelled], list[Labelled]]] = {}
    for n, some in enumerate((true, found)):
        for one in some:
            places.setdefault((one.conversation, one.turn, one.kind), ([], []))[n].append(one)
    pairs = [pair for key in sorted(places) for pair in best_pairs(*places[key])]
    return Matched(true, found, tuple(pairs), unscored)


def best_pairs(true: Sequence[Labelled], found: Sequence[Labelled]) -> list[tuple[Labelled, Labelled]]:
    """One-to-one pairs of enough overlap, as good as they can be together."""
    if not true or not found:
        return []
    fits = np.array([[overlap(a, b) for b in found] for a in true])
    rows, columns = linear_sum_assignment(np.where(fits >= OVERLAP, fits, 0.0), maximize=True)
    return [(true[i], found[j]) for i, j in zip(rows, columns, strict=True) if fits[i, j] >= OVERLAP]


def overlap(a: Labelled, b: Labelled) -> float:
    """Characters in both over characters in either."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / (max(a.end, b.end) - min(a.start, b.start))


def score(matched: Matched, said: Mapping[str, Said]) -> Scored:
    """(found, true, right, exact) per conversation and kind, and every finding without a partner."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in matched.found:
        counts[one.conversation, one.kind][0] += 1
    for one in matched.true:
        counts[one.conversation, one.kind][1] += 1
    for a, b in matched.pairs:
        tally = counts[a.conversation, a.kind]
        tally[2] += 1
        tally[3] += _core(a, said) == _core(b, said)
    rows = tuple(_row(said[name], kind, tally) for (name, kind), tally in sorted(counts.items()))
    return Scored(rows=rows, misses=tuple(_misses(matched, said)), unscored=matched.unscored)


def _core(one: Labelled, said: Mapping[str, Said]) -> tuple[int, int]:
    """Where its first and last letter or digit stand: marks and spaces at the border do not count."""
    text = said[one.conversation].turns[one.turn].raw
    places = [n for n in range(one.start, one.end) if text[n].isalnum()]
    return (places[0], places[-1]) if places else (one.start, one.end)


def _row(one: Said, kind: str, tally: Sequence[int]) -> Row:
    return Row(
        family="findings",
        id=f"{one.id} {kind}",
        account=one.account,
        language=one.language,
        kind=kind,
        counts=tuple(tally),
    )


def _misses(matched: Matched, said: Mapping[str, Said]) -> Iterator[Miss]:
    right = {id(one) for pair in matched.pairs for one in pair}
    for sort, some, others in (
        ("missed", matched.true, matched.found),
        ("not in the truth", matched.found, matched.true),
    ):
        for one in sorted(some):
            if id(one) not in right:
                near = [other for other in others if _touch(one, other)]
                yield _miss(said[one.conversation], sort, one, near)


def _touch(a: Labelled, b: Labelled) -> bool:
    return (a.conversation, a.turn) == (b.conversation, b.turn) and overlap(a, b) > 0


def _miss(where: Said, sort: str, one: Labelled, near: Sequence[Labelled]) -> Miss:
    start, end = where.turns[one.turn].masked_span(one.start, one.end)
    miss = where.miss("findings", sort, f"{one.kind}: {one.statement}", (one.turn, start, end))
    other = "koe has here" if sort == "missed" else "the truth has here"
    notes = [f"{b.kind}, overlap {overlap(one, b):.2f}" for b in near]
    return miss.model_copy(update={"note": f"{other} {'; '.join(notes)}" if notes else ""})


def _true(labelled: LabelledSet, said: Mapping[str, Said]) -> tuple[tuple[Labelled, ...], tuple[str, ...]]:
    true: list[Labelled] = []
    unscored: list[str] = []
    for n, line in enumerate(labelled.lines("findings.jsonl"), 1):
        where, turn = said.get(line["record_id"]), int(line["turn"])
        has_turn = where is not None and turn < len(where.turns)
        span = where.turns[turn].place(line["quote"]) if where and has_turn else None
        if span is None:
            unscored.append(f"findings.jsonl line {n} ({line['record_id']}): its quote is not in that turn")
            continue
        labels = (line["kind"], line.get("theme") or f"alone {n}", line.get("statement", ""))
        true.append(Labelled(f"true {n}", line["record_id"], turn, *span, *labels))
    return tuple(true), tuple(unscored)


def _found(ws: Workspace, said: Mapping[str, Said]) -> Iterator[Labelled]:
    for row in exported(ws, period_between(None, None, ws.settings.zone)):
        start, end = said[row["conversation"]].turns[row["turn"]].raw_span(row["start"], row["end"])
        labels = (row["kind"], row["theme"] or f"alone {row['id']}", row["statement"])
        yield Labelled(row["id"], row["conversation"], row["turn"], start, end, *labels)
