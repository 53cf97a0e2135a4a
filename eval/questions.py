"""Questions against the truth: counts, citations, abstention: `python -m eval.questions [FOLDER]`.

Precision and recall are of the conversations that are cited. A question that is wrongly given no
answer counts as precision 0 and recall 0; one that has no answer counts for abstention alone.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.labels import SAMPLE, TRUTH, read_json, read_workspace
from koe.ask import Answer, ask
from koe.engine import pick_engine
from koe.workspace import Workspace


class QuestionScore(NamedTuple):
    """One question; `counts` is None where the truth has none to state."""

    question: str
    answerable: bool
    abstained: bool
    counts: bool | None
    precision: float | None
    recall: float | None
    answer: Answer


def score_questions(ws: Workspace, today: str, folder: Path = TRUTH) -> list[QuestionScore]:
    """Every question of the truth, in its order."""
    engine = pick_engine(ws)
    return [
        _score(case, ask(ws, engine, case["question"], today))
        for case in read_json(folder / "questions.json")
    ]


def _score(case: Mapping[str, Any], answer: Answer) -> QuestionScore:
    truth, cited = set(case["supporting"]), set(answer.citations)
    stated = {fact.value for fact in answer.facts}
    hits = len(truth & cited)
    return QuestionScore(
        case["question"],
        case["answerable"],
        not answer.answerable,
        all(count in stated for count in case["counts"].values()) if case["counts"] else None,
        hits / len(cited) if cited and truth else None,
        hits / len(truth) if truth else None,
        answer,
    )


def lines(scores: Sequence[QuestionScore]) -> Iterator[str]:
    """The scores as people read them: a line a question, then the totals."""
    for one in scores:
        told = "right" if one.abstained != one.answerable else "wrong"
        counts = {True: "counts right", False: "counts wrong", None: "no counts"}[one.counts]
        cited = f"P {_mean([one.precision or 0.0])} R {_mean([one.recall])}" if one.recall is not None else ""
        yield f"answered or not: {told}  {counts:12}  {cited:14}  {one.question}"
    answerable = [one for one in scores if one.recall is not None]
    counted = [one.counts for one in scores if one.counts is not None]
    right = sum(one.abstained != one.answerable for one in scores)
    yield f"answered or not, right: {right} of {len(scores)}"
    yield f"counts right: {sum(counted)} of {len(counted)}"
    yield (
        f"citations: precision {_mean([one.precision or 0.0 for one in answerable])}, "
        f"recall {_mean([one.recall for one in answerable])} (n={len(answerable)})"
    )


def _mean(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.2f}" if known else "-"


def main() -> None:
    """Print the scores of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("truth", nargs="?", type=Path, default=TRUTH, help="folder with questions.json")
    parser.add_argument("--today", default="2026-11-22", help="ISO date that the questions are asked on")
    args = parser.parse_args()
    with read_workspace(args.folder) as ws:
        print("\n".join(lines(score_questions(ws, args.today, args.truth))))


if __name__ == "__main__":
    main()
