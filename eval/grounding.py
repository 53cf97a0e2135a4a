"""Grounding measured: `python -m eval.grounding` (`--cases FILE` writes the cases as JSON lines too).

True quotes, of the sample's truth and of the labelled turns in `training/`, are made untrue by one small
change each, and written otherwise without changing what they say. The first must all be dropped, the
second all be kept, where they stand. `bench/langextract_aligner.py` runs the same cases elsewhere.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from eval.alter import ALTERED, FAITHFUL, cut_negation
from eval.labels import ROOT, SAMPLE, TRUTH, read_lines
from eval.share import Share, head, line
from koe.engine.base import Proposal
from koe.ground import Drop, ground
from koe.language.text import fold
from koe.records import FindingKind, MaskedTurn

UTTERANCES = ROOT / "training" / "utterances"
MOST = 1200
"""Quotes taken from the labelled turns, by lot; those of the sample are taken all."""
SOFT = frozenset({"cut negation"})
"""Altered quotes that stand word for word in the text: only rules of thumb can tell."""


class Quoted(NamedTuple):
    """A true quote and the conversation it stands in, turn by turn as (role, text)."""

    quote: str
    turn: int
    turns: tuple[tuple[str, str], ...]


class Case(NamedTuple):
    """A proposal, and whether it must be kept."""

    sort: str
    keep: bool
    quote: str
    turn: int
    turns: tuple[tuple[str, str], ...]
    true: str = ""
    """What a kept quote has to say, folded."""


class Table(NamedTuple):
    """What grounding does to the cases."""

    dropped: tuple[Share, ...]
    """Altered quotes that were dropped, by sort."""
    kept: tuple[Share, ...]
    """True quotes that were kept where they stand, by sort."""
    wrong: tuple[Case, ...]
    """What went wrong, one by one."""


def run(seed: int = 1, most: int = MOST) -> Table:
    """Every alteration and every faithful variant of the quotes, and what became of them."""
    cases = list(cases_of(true_quotes(seed, most), seed))
    wrong = [case for case in cases if _is_kept(case) != case.keep]
    return Table(_shares(cases, wrong, False), _shares(cases, wrong, True), tuple(wrong))


def true_quotes(seed: int = 1, most: int = MOST) -> list[Quoted]:
    """The sample's labelled quotes, and as many of the labelled turns' as asked for, by lot."""
    talks = {
        record["id"]: tuple((turn["speaker"], turn["text"]) for turn in record["turns"])
        for name in ("tickets", "calls")
        for record in read_lines(SAMPLE / f"{name}.jsonl")
    }
    labelled = [
        Quoted(one["quote"], 0, (("customer", row["text"]),))
        for path in sorted(UTTERANCES.glob("*.jsonl"))
        for row in read_lines(path)
        for one in row["findings"]
    ]
    picked = Random(seed).sample(labelled, min(most, len(labelled)))
    sample = (
        Quoted(one["quote"], one["turn"], talks[one["record_id"]])
        for one in read_lines(TRUTH / "findings.jsonl")
    )
    return [*sample, *picked] if most >= MOST else picked


def cases_of(quotes: Sequence[Quoted], seed: int = 1) -> Iterator[Case]:
    """Untouched, altered and otherwise written; what an alteration leaves true is no case."""
    for n, one in enumerate(quotes):
        dice = Random(f"{seed}:{n}")
        true = fold(one.quote).text
        yield Case("untouched", True, one.quote, one.turn, one.turns, true)
        for name, way in FAITHFUL.items():
            if (quote := way(one.quote, dice)) is not None:
                yield Case(_words(name), True, quote, one.turn, one.turns, true)
            if (text := way(one.turns[one.turn][1], dice)) is not None:
                yield Case(f"{_words(name)} in the text", True, one.quote, one.turn, _with(one, text), true)
        for name, way in (*ALTERED.items(), ("cut_negation", cut_negation)):
            quote = way(one.quote, dice)
            if quote is not None and (name == "cut_negation" or _is_untrue(quote, one)):
                yield Case(_words(name), False, quote, one.turn, one.turns)
    yield from _elsewhere(quotes)


def _elsewhere(quotes: Sequence[Quoted]) -> Iterator[Case]:
    """Quotes of another conversation, and what agents said."""
    for one, other in pairwise(quotes):
        if _is_untrue(one.quote, other):
            yield Case("of another conversation", False, one.quote, other.turn, other.turns)
        for n, (role, text) in enumerate(one.turns):
            if (
                role == "agent"
                and len(text) >= 8
                and sum(fold(text).text in fold(t).text for _, t in one.turns) == 1
            ):
                yield Case("an agent's words", False, text[:60].rstrip(), n, one.turns)


def _with(one: Quoted, text: str) -> tuple[tuple[str, str], ...]:
    role = one.turns[one.turn][0]
    return (*one.turns[: one.turn], (role, text), *one.turns[one.turn + 1 :])


def _is_untrue(quote: str, one: Quoted) -> bool:
    """Whether no turn of the conversation says this."""
    return all(fold(quote).text not in fold(text).text for _, text in one.turns)


def _is_kept(case: Case) -> bool:
    """Whether grounding keeps the quote; a true one has to stand at its turn with its own words."""
    turns = [MaskedTurn(n=n, role=role, text=text) for n, (role, text) in enumerate(case.turns)]
    proposal = Proposal(
        kind=FindingKind.COMPLAINT, statement="", quote=case.quote, turn=case.turn, severity=1
    )
    place = ground(proposal, turns)
    if isinstance(place, Drop):
        return False
    own = case.turns[place.turn][1][place.start : place.end]
    return not case.keep or (place.turn == case.turn and fold(own).text == case.true)


def _shares(cases: Iterable[Case], wrong: Sequence[Case], keep: bool) -> tuple[Share, ...]:
    mine = [case.sort for case in cases if case.keep == keep]
    bad = [case.sort for case in wrong if case.keep == keep]
    return tuple(
        Share(
            sort,
            "kept" if keep else "dropped",
            mine.count(sort),
            mine.count(sort) - bad.count(sort),
            sort not in SOFT,
        )
        for sort in dict.fromkeys(mine)
    )


def _words(name: str) -> str:
    return name.replace("_", " ")


def write_cases(path: Path, seed: int = 1) -> int:
    """How many cases were written to the file, one JSON object per line."""
    cases = list(cases_of(true_quotes(seed), seed))
    with path.open("w", encoding="utf-8") as file:
        for case in cases:
            ours = _is_kept(case)
            row = {"sort": case.sort, "keep": case.keep, "quote": case.quote, "koe": ours}
            row["text"] = case.turns[case.turn][1]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(cases)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.grounding", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=Path, help="write the cases to this file as well")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    table = run(options.seed)
    print(head("right"))
    for share in (*table.dropped, *table.kept):
        print(line(share))
    for case in table.wrong if options.verbose else ():
        print(case.sort, case.quote, case.turns[case.turn][1], sep="\t")
    if options.cases:
        print(f"{write_cases(options.cases, options.seed)} cases in {options.cases}")


if __name__ == "__main__":
    main()
