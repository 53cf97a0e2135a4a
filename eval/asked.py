"""Questions by people over labelled turns: `python -m eval.asked` (about ten seconds).

One trade of each language becomes a company, every turn a ticket. A question names the theme that its
answer is, or none where the turns hold no answer. What is cited is compared with the theme's turns.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from eval.labels import read_json, read_lines, read_workspace
from koe.ask import ask
from koe.engine import pick_engine
from koe.text import Language

HERE = Path(__file__).parent
UTTERANCES = HERE.parent / "training" / "utterances"
TODAY = "2026-11-22"
ACCOUNTS = 40
LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Asked(NamedTuple):
    """One question with what it cites and what it should cite; None where it has no answer."""

    question: str
    cited: frozenset[str]
    truth: frozenset[str] | None
    answered: bool

    @property
    def precision(self) -> float:
        """Share of the cited turns that carry the answer; 0 when nothing is cited."""
        return len(self.cited & (self.truth or set())) / max(1, len(self.cited))

    @property
    def recall(self) -> float:
        """Share of the turns that carry the answer that are cited."""
        return len(self.cited & (self.truth or set())) / max(1, len(self.truth or ()))


def score(language: Language) -> list[Asked]:
    """Every question of a language."""
    case = read_json(HERE / f"asked_{language}.json")
    files = sorted(UTTERANCES.glob(f"{language}_*.jsonl"))
    turns = [row for file in files for row in read_lines(file) if row["trade"] == case["trade"]]
    with TemporaryDirectory(prefix="koe-eval-") as folder:
        rows = [_ticket(n, turn) for n, turn in enumerate(turns)]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (Path(folder) / "tickets.jsonl").write_text(text, "utf-8")
        with read_workspace(Path(folder)) as ws:
            engine = pick_engine(ws)
            answers = {question: ask(ws, engine, question, TODAY) for question in case["questions"]}
    return [
        Asked(
            question,
            frozenset(answers[question].citations),
            _truth(turns, theme),
            answers[question].answerable,
        )
        for question, theme in case["questions"].items()
    ]


def _ticket(n: int, turn: Mapping[str, Any]) -> dict[str, Any]:
    hours = 8 * n
    return {
        "id": turn["id"],
        "kind": "ticket",
        "account": {"id": f"A-{n % ACCOUNTS}", "name": ""},
        "created_at": f"2026-{9 + hours // 720:02d}-{1 + hours % 720 // 24:02d}T{hours % 24:02d}:00:00Z",
        "turns": [{"speaker": "customer", "text": turn["text"]}],
    }


def _truth(turns: list[dict[str, Any]], theme: str | None) -> frozenset[str] | None:
    if theme is None:
        return None
    return frozenset(turn["id"] for turn in turns for said in turn["findings"] if said["theme"] == theme)


def lines(language: Language, asked: list[Asked]) -> Iterator[str]:
    """The scores as people read them."""
    for one in asked:
        told = "ok   " if one.answered == (one.truth is not None) else "wrong"
        cited = "" if one.truth is None else f"P {one.precision:.2f} R {one.recall:.2f}"
        yield f"{language} {told} {cited:13} {one.question}"
    known = [one for one in asked if one.truth is not None]
    right = sum(one.answered == (one.truth is not None) for one in asked)
    precision = sum(one.precision for one in known) / len(known)
    recall = sum(one.recall for one in known) / len(known)
    yield f"{language} answered or not, right: {right} of {len(asked)}"
    yield f"{language} citations: precision {precision:.2f}, recall {recall:.2f} (n={len(known)})"


def main() -> None:
    """Print the scores of both languages."""
    for language in LANGUAGES:
        print("\n".join(lines(language, score(language))))


if __name__ == "__main__":
    main()
