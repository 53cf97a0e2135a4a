"""Questions over made-up companies, and where answers go wrong: `python -m eval.asked` (a minute or two).

Each question is asked of four ledgers that differ in what is true in them, and with ever more of the plan
told; where it is first right says what was wrong before:

    own       koe's findings, koe's themes
    findings  the labelled findings, koe's themes
    themes    the labelled findings and themes
    matched   the same, and the engine is told which themes the question is about
    planned   the same, and it is told period, outcome and stream

`--set FOLDER` asks a labelled set's own questions instead. `--misses` names every question that is not
right and the step that mends it; for companies, only of the part that is there to be looked at.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.asked_cases import LANGUAGES, Case, cases_of_set, companies
from eval.asked_ladder import RUNGS, Ladder, ladder_of_company, ladder_of_set
from eval.labels import open_set
from koe.ask import Answer

HEADLINES = ("all.", "total.", "volumes.", "mention.", "top.1.")


class Asked(NamedTuple):
    """One question at one rung; what cannot be judged is None."""

    case: Case
    answer: Answer

    @property
    def answered(self) -> bool:
        """Whether it was answered or not as it should have been."""
        return self.answer.answerable == (self.case.supporting is not None)

    @property
    def counts(self) -> bool | None:
        """Whether the numbers and the facts that it wants are in the answer."""
        if not self.case.counted and not self.case.facts:
            return None
        return all(map(self._states, self.case.counted)) and all(map(self._has, self.case.facts))

    def _states(self, wanted: tuple[int, str]) -> bool:
        value, unit = wanted
        if unit in ("tickets", "calls"):
            return any((fact.id, fact.value) == (f"volumes.{unit}", value) for fact in self.answer.facts)
        return any(
            fact.value == value and (not unit or (fact.unit == unit and fact.id.startswith(HEADLINES)))
            for fact in self.answer.facts
        )

    def _has(self, prefix: str) -> bool:
        return any(fact.id.startswith(prefix) for fact in self.answer.facts)

    @property
    def precision(self) -> float | None:
        """Share of what is cited that carries the answer; 0 when nothing is cited."""
        if not self.case.supporting:
            return None
        return len(self._hits) / max(1, len(self.answer.citations))

    @property
    def recall(self) -> float | None:
        """Share of what carries the answer that is cited."""
        return len(self._hits) / len(self.case.supporting) if self.case.supporting else None

    @property
    def _hits(self) -> frozenset[str]:
        return frozenset(self.answer.citations) & (self.case.supporting or frozenset())

    @property
    def right(self) -> bool:
        """Whether nothing at all is wrong with it."""
        exact = {self.precision, self.recall} <= {None, 1.0}
        return self.answered and self.counts is not False and exact


def lines(rung: str, asked: Sequence[Asked]) -> str:
    """The scores of a rung in one line."""
    counts = [one.counts for one in asked if one.counts is not None]
    known = [one for one in asked if one.precision is not None]
    silent = [one.answered for one in asked if one.case.supporting is None]
    spoken = [one.answered for one in asked if one.case.supporting is not None]
    precision = sum(one.precision or 0 for one in known) / max(1, len(known))
    recall = sum(one.recall or 0 for one in known) / max(1, len(known))
    return (
        f"{rung:8} counts {_share(counts)}, precision {precision:.2f}, "
        f"recall {recall:.2f} (n={len(known)}), answered {_share(spoken)}, silent {_share(silent)}"
    )


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / max(1, len(values)):.2f} of {len(values)}"


def causes(by_rung: Mapping[str, Sequence[Asked]]) -> list[str]:
    """For each question the first rung at which it is right; `answer` where none is."""
    return [
        next((rung for rung, one in zip(by_rung, row, strict=True) if one.right), "answer")
        for row in zip(*by_rung.values(), strict=True)
    ]


def report(name: str, by_rung: Mapping[str, Sequence[Asked]], misses: bool) -> Iterator[str]:
    """A line a rung, what is wrong by cause, and each miss when they are to be named."""
    yield name
    yield from (f"  {lines(rung, asked)}" for rung, asked in by_rung.items())
    found = causes(by_rung)
    told = Counter(found)
    yield (
        "  wrong because of: "
        + ", ".join(f"{_CAUSES[rung]} {told[rung]}" for rung in _CAUSES if told[rung])
        + f"; right {told['own']} of {len(found)}"
    )
    for cause, *row in zip(found, *by_rung.values(), strict=True) if misses else ():
        if cause != "own":
            yield f"    {_CAUSES[cause]:9} {row[0].case.question}"
            yield f"      {_said(row[0])}  with the truth: {_said(row[2])}"


def _said(one: Asked) -> str:
    filters = one.answer.filters
    told = "-" if one.precision is None else f"P {one.precision:.2f} R {one.recall:.2f}"
    kinds = "/".join(kind.value for kind in filters.kinds)
    values = " ".join(
        f"{fact.id}={fact.value}" for fact in one.answer.facts if fact.id.startswith(HEADLINES[:1])
    )
    return f"[{told} counts {one.counts} {filters.ask} {kinds} {filters.words} {values[:60]}]"


_CAUSES = {
    "findings": "findings", "themes": "themes", "matched": "matching", "planned": "plan", "answer": "answer",
}  # fmt: skip


def ask_ladder(ladder: Ladder, cases: Sequence[Case]) -> dict[str, list[Asked]]:
    """Every question at every rung."""
    return {rung: [Asked(case, ladder.ask(rung, case)) for case in cases] for rung in RUNGS}


def main() -> None:
    """Print the ladders of both languages, or of a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", type=Path)
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    if args.set:
        labelled = open_set(args.set)
        with ladder_of_set(labelled) as ladder:
            found = ask_ladder(ladder, cases_of_set(labelled))
        print("\n".join(report(labelled.name, found, args.misses)))
        return
    for language in LANGUAGES if args.language is None else (args.language,):
        parts: dict[str, dict[str, list[Asked]]] = {}
        for part, made, cases in companies(language):
            with ladder_of_company(made, language) as ladder:
                for rung, asked in ask_ladder(ladder, cases).items():
                    parts.setdefault(part, {}).setdefault(rung, []).extend(asked)
        for part, found in parts.items():
            print("\n".join(report(f"{language}, {part}", found, args.misses and part == "seen")))


if __name__ == "__main__":
    main()
