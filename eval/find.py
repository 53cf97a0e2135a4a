"""Find against the truth: `python -m eval.find` on the sample, `--folds` on trades held out of training.

A finding is right when it can be paired with a true one of the same kind in the same turn whose span
it overlaps (intersection over union of characters) by at least half; each is paired once, best first.
Intervals are 95 %, by drawing accounts (or trades) anew.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from eval.labels import SAMPLE, TRUTH, read_lines
from koe.engine.offline.find import find
from koe.ground import ground_all
from koe.records import FindingKind, MaskedConversation, MaskedTurn
from koe.text import Language

__all__ = ["Score", "Span", "Tally", "pairs", "score", "score_folds", "score_sample"]

OVERLAP = 0.5
DRAWS = 1000
KINDS = tuple(FindingKind)


class Span(NamedTuple):
    """A finding of the truth or of the engine; `place` names its conversation and turn."""

    place: tuple[str, int]
    kind: FindingKind
    start: int
    end: int


class Tally(NamedTuple):
    """How many were found, how many are true, how many of the found are right."""

    found: int
    true: int
    right: int

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.found + other.found, self.true + other.true, self.right + other.right)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 when there is nothing and nothing was found."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


class Score(NamedTuple):
    """One kind, or all of them, over a set."""

    name: str
    tally: Tally
    low: float
    high: float

    def __str__(self) -> str:
        found, true, right = self.tally
        precision, recall = right / max(1, found), right / max(1, true)
        return (
            f"{self.name:16} P {precision:.2f}  R {recall:.2f}  F1 {self.tally.f1:.3f} "
            f"[{self.low:.2f}, {self.high:.2f}]  n {true}, found {found}"
        )


Groups = Mapping[str, Mapping[FindingKind, Tally]]


def pairs(found: Sequence[Span], true: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each true finding with the found one that overlaps it best, each used once."""
    fits = sorted(
        ((-_overlap(a, b), a, b) for a in found for b in true if _overlap(a, b) >= OVERLAP),
        key=lambda fit: (fit[0], fit[1], fit[2]),
    )
    used: set[Span] = set()
    paired: list[tuple[Span, Span]] = []
    for _, a, b in fits:
        if a not in used and b not in used:
            used |= {a, b}
            paired.append((a, b))
    return paired


def score(groups: Groups) -> list[Score]:
    """Each kind and all six together, with intervals over the groups."""
    return [_score(str(kind), groups, (kind,)) for kind in KINDS] + [_score("all six", groups, KINDS)]


def score_sample() -> list[Score]:
    """The offline engine on the sample's raw text, grouped by account."""
    conversations, truth = sample()
    results = find(conversations)
    grounded = [
        ground_all(item, result.proposals, "offline")
        for item, result in zip(conversations, results, strict=True)
    ]
    found = [
        Span((one.conversation, one.turn), one.kind, one.start, one.end)
        for each in grounded
        for one in each.findings
    ]
    accounts = {item.id: item.account for item in conversations}
    return score(_grouped(found, truth, accounts))


def score_folds(language: Language, folds: int) -> list[Score]:
    """Models that never saw a trade, on that trade's turns, grouped by trade."""
    from training.folds import held_out

    read = held_out(language, folds)
    found = [Span((row.id, 0), one.kind, one.start, one.end) for row, picks in read for one in picks]
    true = [
        Span((row.id, 0), KINDS[label.kind], label.start, label.end)
        for row, _ in read
        for label in row.labels
    ]
    return score(_grouped(found, true, {row.id: row.trade for row, _ in read}))


def sample() -> tuple[list[MaskedConversation], list[Span]]:
    """The sample's conversations, unmasked, and what is to be found in them."""
    raw = [*read_lines(SAMPLE / "tickets.jsonl"), *read_lines(SAMPLE / "calls.jsonl")]
    outcomes = {deal["id"]: deal["outcome"] for deal in read_lines(SAMPLE / "deals.jsonl")}
    conversations = [_conversation(record, outcomes) for record in raw]
    texts = {(item.id, turn.n): turn.text for item in conversations for turn in item.turns}
    return conversations, [_true(line, texts) for line in read_lines(TRUTH / "findings.jsonl")]


def _conversation(record: Mapping[str, object], outcomes: Mapping[str, str]) -> MaskedConversation:
    turns = record["turns"]
    account = record["account"]
    assert isinstance(turns, list) and isinstance(account, dict)
    deal = record.get("deal_id")
    return MaskedConversation(
        id=str(record["id"]),
        external_id=str(record["id"]),
        kind="call" if record["kind"] == "call" else "ticket",
        account=account["id"],
        created_at=record["created_at"],
        title=str(record.get("subject") or record.get("title") or ""),
        turns=tuple(
            MaskedTurn(n=n, role=_role(turn["speaker"]), text=turn["text"]) for n, turn in enumerate(turns)
        ),
        outcome=outcomes.get(str(deal)),
    )


def _role(speaker: str) -> str:
    return speaker if speaker in ("customer", "agent") else "other"


def _true(line: Mapping[str, object], texts: Mapping[tuple[str, int], str]) -> Span:
    place = (str(line["record_id"]), int(str(line["turn"])))
    quote = str(line["quote"])
    start = texts[place].index(quote)
    return Span(place, FindingKind(str(line["kind"])), start, start + len(quote))


def _overlap(a: Span, b: Span) -> float:
    if a.place != b.place or a.kind != b.kind:
        return 0
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / (max(a.end, b.end) - min(a.start, b.start))


def _grouped(found: Sequence[Span], true: Sequence[Span], group_of: Mapping[str, str]) -> Groups:
    places: dict[tuple[str, int], tuple[list[Span], list[Span]]] = {}
    for n, spans in enumerate((found, true)):
        for span in spans:
            places.setdefault(span.place, ([], []))[n].append(span)
    groups: dict[str, dict[FindingKind, Tally]] = {}
    for (conversation, _), (some, wanted) in places.items():
        tallies = groups.setdefault(group_of[conversation], dict.fromkeys(KINDS, Tally(0, 0, 0)))
        right = [b.kind for _, b in pairs(some, wanted)]
        for kind in KINDS:
            tallies[kind] += Tally(
                sum(a.kind == kind for a in some), sum(b.kind == kind for b in wanted), right.count(kind)
            )
    return groups


def _score(name: str, groups: Groups, kinds: Sequence[FindingKind]) -> Score:
    tallies = [_sum([groups[key][kind] for kind in kinds]) for key in sorted(groups)]
    draw = random.Random(1)
    drawn = sorted(_sum(draw.choices(tallies, k=len(tallies))).f1 for _ in range(DRAWS))
    return Score(name, _sum(tallies), drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS) - 1])


def _sum(tallies: Sequence[Tally]) -> Tally:
    found, true, right = (sum(column) for column in zip(*tallies, strict=True))
    return Tally(found, true, right)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(prog="python -m eval.find", description="Find against the truth.")
    parser.add_argument(
        "--folds", type=int, nargs="?", const=5, help="train anew and score this many folds of 5"
    )
    parser.add_argument("--language", choices=("ja", "en"), action="append", help="only these (with --folds)")
    given = parser.parse_args()
    if given.folds is None:
        print("sample (ja), by account", *score_sample(), sep="\n")
        return
    for language in given.language or ("ja", "en"):
        print(
            f"trades held out ({language}), {given.folds} of 5 folds",
            *score_folds(language, given.folds),
            sep="\n",
        )


if __name__ == "__main__":
    main()
