"""The labelled turns that find is trained on, and how they are split by trade."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from koe.engine.offline.find.context import Context, context_of
from koe.language.text import Language
from koe.records import FindingKind
from training.conversations import PLAIN, Marked, load_conversations
from training.sayings import HELD, Matter, load_matters

__all__ = [
    "CONVERSATION_FOLDS",
    "FOLDS",
    "KINDS",
    "SAID",
    "SAYINGS",
    "Label",
    "Row",
    "fold_of",
    "joined",
    "load_rows",
    "plain_rows",
    "rejoined",
    "rows_of",
    "said_rows",
]

HERE = Path(__file__).parent
KINDS = tuple(FindingKind)
FOLDS, CONVERSATION_FOLDS = 5, 3
WRITTEN = "written"
"""Turns of calls and tickets with more in them than the utterances have, by file name and id."""
SAID = "said"
"""Written sayings, by file name and id."""
SAYINGS = 3
"""How many of a matter's sayings are taught at most: more say little that is new. Praise is taught whole,
as there is a tenth as much of it."""
_SEED = 7
_TURNS = (1, 2, 2, 3)
"""How many turns a longer one is made of; drawn evenly."""
_NEUTRAL = (0, 1, 1, 2)
_GAPS: dict[Language, tuple[str, ...]] = {"ja": ("\n", "\n\n", "", ""), "en": ("\n", "\n\n", " ", " ")}


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
    context: Context | None = None


def load_rows(language: Language) -> list[Row]:
    """All labelled turns of a language, in the order of the files, those of no fold last."""
    behind = [HERE / f"{name}_{language}.jsonl" for name in ("neutral", WRITTEN)]
    files = [*sorted((HERE / "utterances").glob(f"{language}_*.jsonl")), *behind]
    lines = [line for file in files if file.exists() for line in file.read_text("utf-8").splitlines()]
    whole = rows_of(load_conversations(language))
    single = (_row(json.loads(line)) for line in lines)
    return [*single, *whole, *plain_rows(language), *said_rows(language)]


def plain_rows(language: Language) -> list[Row]:
    """The customer turns that say in plain words what they say."""
    return rows_of(load_conversations(language, PLAIN))


def said_rows(language: Language) -> list[Row]:
    """Of each written matter what a few say of it, drawn by chance."""
    draw = random.Random(_SEED)
    found = [one for one in load_matters(language) if one.file not in HELD[language]]
    return [row for one in found for row in _said(one, draw)]


def _said(matter: Matter, draw: random.Random) -> Iterator[Row]:
    kind = KINDS.index(matter.kind)
    most = len(matter.sayings) if matter.kind is FindingKind.PRAISE else SAYINGS
    some = draw.sample(list(matter.sayings), min(most, len(matter.sayings)))
    for n, one in enumerate(some):
        name = f"{SAID} {matter.file}/{matter.trade}/{matter.slug}:{n}"
        label = Label(kind, one.start, one.end)
        yield Row(name, f"{matter.file}/{matter.trade}", one.is_call, one.text, (label,))


def rows_of(marked: Sequence[Marked]) -> list[Row]:
    """The customer turns of whole conversations."""
    return [
        _turn_row(one, n)
        for one in marked
        for n, turn in enumerate(one.conversation.turns)
        if turn.role == "customer" and turn.text.strip()
    ]


def _turn_row(one: Marked, n: int) -> Row:
    talk = one.conversation
    labels = [Label(KINDS.index(mark.kind), mark.start, mark.end) for mark in one.marks if mark.turn == n]
    context = context_of(talk, n)
    trade = f"{one.file}/{one.trade}"
    return Row(f"{talk.id}:{n}", trade, context.is_call, talk.turns[n].text, tuple(sorted(labels)), context)


def fold_of(rows: Sequence[Row]) -> list[int]:
    """The fold each row is held out in, whole trades together.

    -1 for rows that are never held out: those of no trade, and those of `written_*` and sayings, whose
    trades are others.
    """
    trades = sorted({row.trade for row in rows if row.trade and not _is_apart(row)})
    random.Random(_SEED).shuffle(trades)
    folds = {trade: n % FOLDS for n, trade in enumerate(trades)}
    return [-1 if _is_apart(row) else folds.get(row.trade, -1) for row in rows]


def _is_apart(row: Row) -> bool:
    return row.id.startswith((WRITTEN, SAID)) or row.context is not None


def joined(rows: Sequence[Row], language: Language, seed: int = _SEED) -> list[Row]:
    """Longer turns made of one to three turns of one trade, neutral ones between; neutral ones alone, too.

    Every labelled turn stands in exactly one of them, so a trade stays in its fold.
    """
    draw = random.Random(seed)
    neutral = {call: [row for row in rows if not row.trade and row.is_call == call] for call in (False, True)}
    groups: dict[tuple[str, bool], list[Row]] = {}
    for row in rows:
        if row.trade and row.context is None:
            groups.setdefault((row.trade, row.is_call), []).append(row)
    made = [row for row in rows if not row.trade or row.context]
    for (_, is_call), group in sorted(groups.items()):
        draw.shuffle(group)
        while group:
            parts = [group.pop() for _ in range(min(len(group), draw.choice(_TURNS)))]
            for one in draw.sample(neutral[is_call], draw.choice(_NEUTRAL)):
                parts.insert(draw.randrange(len(parts) + 1), one)
            made.append(_join(parts, draw.choice(_GAPS[language]), "。" if language == "ja" else "."))
    return made


def rejoined(rows: Sequence[Row], language: Language, seed: int) -> list[Row]:
    """About half of the turns alone, the others joined, in an order of chance; each seed draws anew."""
    draw = random.Random(seed)
    alone = [row for row in rows if row.context or draw.random() < 0.5]
    kept = {row.id for row in alone}
    neutral = [row for row in rows if not row.trade]
    longer = joined([row for row in rows if row.trade and row.id not in kept] + neutral, language, seed)
    some = [*alone, *(row for row in longer if row.trade)]
    draw.shuffle(some)
    return some


def _join(parts: Sequence[Row], gap: str, stop: str) -> Row:
    text, labels = "", list[Label]()
    for part in parts:
        if text:
            text += gap if "\n" in gap or text[-1] in "。！？!?." else stop + gap
        labels += [Label(one.kind, one.start + len(text), one.end + len(text)) for one in part.labels]
        text += part.text
    trade = next(part.trade for part in parts if part.trade)
    return Row("+".join(part.id for part in parts), trade, parts[0].is_call, text, tuple(labels))


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
