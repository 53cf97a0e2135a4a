"""Questions against the truth: counts, citations, abstention."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from eval.labels import TRUTH, read_json
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
    engine = pick_engine(ws.settings)
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
