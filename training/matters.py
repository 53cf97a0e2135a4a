"""All labelled sayings by matter, from the single turns, the whole conversations and the written sayings."""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from koe.language.text import Language
from training.conversations import load_conversations
from training.rows import HERE
from training.sayings import HELD, load_matters

__all__ = ["HELD", "Matter", "held", "load_all"]

FOLDS, FOLDS_HELD, SEED = 5, 2, 5
ASKED = HERE.parent / "eval"


class Matter(NamedTuple):
    """What customers of one trade said of one matter; `file` says who wrote it."""

    file: str
    trade: str
    kind: str
    slug: str
    quotes: Sequence[str]
    others: Sequence[str]
    """The same said by somebody else: a name, a statement, a question about it."""


def held(language: Language) -> frozenset[str]:
    """Trades of the single turns that no encoder is taught: two folds of five, and those asked about."""
    trades = sorted({one.trade for one in _of_turns(language)})
    random.Random(SEED).shuffle(trades)
    some = {trade for fold in range(FOLDS_HELD) for trade in trades[fold::FOLDS]}
    entries = json.loads((ASKED / f"asked_{language}.json").read_text("utf-8"))["companies"]
    return frozenset(some | {entry["trade"] for entry in entries})


def load_all(language: Language) -> list[Matter]:
    """All matters of a language, by file."""
    return [*_of_turns(language), *_of_conversations(language), *_of_sayings(language)]


def _of_turns(language: Language) -> list[Matter]:
    found: dict[tuple[str, str, str, str], Matter] = {}
    for path in sorted((HERE / "utterances").glob(f"{language}_*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            for item in row["findings"]:
                key = (f"turns {path.stem}", row["trade"], item["kind"], item["theme"])
                one = found.setdefault(key, Matter(*key, [], []))
                found[key] = one._replace(
                    quotes=[*one.quotes, item["quote"]], others=[*one.others, item["statement"]]
                )
    return list(found.values())


def _of_conversations(language: Language) -> list[Matter]:
    found: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for told in load_conversations(language):
        for mark in told.marks:
            text = told.conversation.turns[mark.turn].text
            key = (f"calls {told.file}", f"{told.file} {told.trade}", mark.kind.value, mark.theme)
            found[key].append(text[mark.start : mark.end])
    return [Matter(*key, quotes, []) for key, quotes in found.items()]


def _of_sayings(language: Language) -> list[Matter]:
    return [
        Matter(
            one.file,
            f"{one.file} {one.trade}",
            one.kind.value,
            one.slug,
            [said.quote for said in one.sayings],
            [one.name, *one.questions],
        )
        for one in load_matters(language)
    ]
