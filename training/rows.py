"""The labelled turns that find is trained on, and how they are split by trade."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from koe.records import FindingKind
from koe.text import Language

__all__ = ["FOLDS", "KINDS", "Label", "Row", "fold_of", "load_rows"]

HERE = Path(__file__).parent
KINDS = tuple(FindingKind)
FOLDS = 5
_SEED = 7


class Label(NamedTuple):
    """One finding's span in its text, end exclusive, and its kind as a place in KINDS."""

    kind: int
    start: int
    end: int


class Row(NamedTuple):
    """One customer turn with what is to be found in it; `trade` is empty for turns of no trade."""

    id: str
    trade: str
    is_call: bool
    text: str
    labels: tuple[Label, ...]


def load_rows(language: Language) -> list[Row]:
    """All labelled turns of a language, in the order of the files, neutral ones last."""
    files = [*sorted((HERE / "utterances").glob(f"{language}_*.jsonl")), HERE / f"neutral_{language}.jsonl"]
    lines = [line for file in files if file.exists() for line in file.read_text("utf-8").splitlines()]
    return [_row(json.loads(line)) for line in lines]


def fold_of(rows: Sequence[Row]) -> list[int]:
    """The fold each row is held out in, whole trades together; -1 for rows of no trade, never held out."""
    trades = sorted({row.trade for row in rows if row.trade})
    random.Random(_SEED).shuffle(trades)
    folds = {trade: n % FOLDS for n, trade in enumerate(trades)}
    return [folds.get(row.trade, -1) for row in rows]


def _row(line: dict[str, object]) -> Row:
    text = str(line["text"])
    found = line.get("findings", [])
    assert isinstance(found, list)
    labels = [_label(text, item["kind"], item["quote"]) for item in found]
    return Row(
        str(line["id"]), str(line.get("trade", "")), line["context"] == "call", text, tuple(sorted(labels))
    )


def _label(text: str, kind: str, quote: str) -> Label:
    start = text.index(quote)
    return Label(KINDS.index(FindingKind(kind)), start, start + len(quote))
