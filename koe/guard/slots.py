"""Slots: where a sentence names a number, a quote or a theme, and how they are filled."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from koe.engine.base import FactCard
from koe.language.text import Language
from koe.records import Finding

SLOT = re.compile(r"\{([fqt]):([^{}\s]+)\}")
HOLE = "\ufffc"
"""What stands for a slot where only the prose around it is read."""
MARKS: dict[Language, tuple[str, str]] = {"ja": ("「", "」"), "en": ("“", "”")}
OPENING = '「『“"'
CLOSING = '」』”"'
_STOPS = tuple(".!?…。．！？")
_STOP_BEHIND = re.compile(rf"^([{CLOSING}]?)(?:[.．](?![.\d])|。\Z)")
"""A stop that a quote makes needless; in Japanese a sentence that goes on behind it still needs one."""
_INNER = str.maketrans("「」“”", "『』‘’")
"""A theme's name stands in marks itself; a quote keeps every character it has."""
ROW_NAMES = ("name", "term")
"""Last parts of the ids of what the lines of a list go by."""
ANY_TREND = "trend"
"""Card of an answer that is about one trend alone."""
ALL_NEW = "news"
"""Card of an answer that is about what was heard for the first time in a period, and nothing else."""
THEME = "theme."
"""Prefix of the text cards that hold the names of themes."""


class Slot(NamedTuple):
    """One slot; `start` inclusive, `end` exclusive, in the template."""

    sort: Literal["f", "q", "t"]
    id: str
    start: int
    end: int


class Evidence(NamedTuple):
    """What sentences may name: the computed values and the verified findings."""

    cards: Mapping[str, FactCard]
    findings: Mapping[str, Finding]

    @classmethod
    def of(cls, facts: Sequence[FactCard], findings: Sequence[Finding]) -> "Evidence":
        """The evidence by id, in the order given."""
        return cls({card.id: card for card in facts}, {one.id: one for one in findings})

    def theme_of(self, slot: Slot) -> str | None:
        """The theme that a slot speaks of, or None."""
        if slot.sort == "t":
            return slot.id
        if slot.sort == "q":
            return self.findings[slot.id].theme if slot.id in self.findings else None
        return self.cards[slot.id].theme if slot.id in self.cards else None

    def row_of(self, slot: Slot) -> str | None:
        """The line of a list that a slot belongs to, such as `top.2` or `week.2026-W37`; None for no list."""
        first, *rest = slot.id.split(".")
        if slot.sort != "f" or not rest:
            return None
        if first in ("week", "label"):
            return f"week.{rest[0]}" if f"label.{rest[0]}" in self.cards else None
        stem = f"{first}.{rest[0]}"
        return stem if any(f"{stem}.{name}" in self.cards for name in ROW_NAMES) else None

    def names_row(self, slot: Slot) -> bool:
        """Whether a slot is what its line of a list goes by."""
        first, _, last = slot.id.partition(".")
        is_name = first == "label" or last.rpartition(".")[2] in ROW_NAMES
        return is_name and self.row_of(slot) is not None


def slots_of(text: str) -> list[Slot]:
    """The slots of a sentence, in order."""
    return [Slot(m[1], m[2], m.start(), m.end()) for m in SLOT.finditer(text)]  # type: ignore[arg-type]


def value_of(slot: Slot, evidence: Evidence) -> str | None:
    """What a slot is filled with; None when it names nothing that was given."""
    if slot.sort == "q":
        finding = evidence.findings.get(slot.id)
        return shown_quote(finding.quote) if finding else None
    card = evidence.cards.get(f"{THEME}{slot.id}" if slot.sort == "t" else slot.id)
    if card is None:
        return None
    return shown_value(card).translate(_INNER) if slot.sort == "t" else shown_value(card)


def shown_quote(quote: str) -> str:
    """A quote on one line: white space runs become one space, every other character stays."""
    return " ".join(quote.split())


def shown_value(card: FactCard) -> str:
    """A value as it is read: thousands parted, a change without its sign, a share in per cent."""
    if isinstance(card.value, str):
        return " ".join(card.value.split())
    value = abs(card.value) if card.id.endswith(".change") else card.value
    if card.unit == "share":
        return f"{value * 100:.0f}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def filled(text: str, evidence: Evidence, language: Language) -> str:
    """The sentence with its slots filled; quotes get their marks where they have none.

    A quote that ends with a stop of its own ends the sentence: “It crashes.” and no second stop behind it.
    Raises KeyError for a slot that names nothing given: check first.
    """
    parts: list[str] = []
    at, has_ended = 0, False
    for slot in slots_of(text):
        value = value_of(slot, evidence)
        if value is None:
            raise KeyError(slot.id)
        between = text[at : slot.start]
        parts += [_behind(between + HOLE, has_ended)[:-1], _marked(value, slot, text, language)]
        at, has_ended = slot.end, slot.sort == "q" and value.rstrip(CLOSING).endswith(_STOPS)
    return "".join([*parts, _behind(text[at:], has_ended)])


def _behind(prose: str, has_ended: bool) -> str:
    """The words behind a slot, without their stop where the quote has ended the sentence."""
    return _STOP_BEHIND.sub(r"\1", prose) if has_ended else prose


def _marked(value: str, slot: Slot, text: str, language: Language) -> str:
    if slot.sort != "q":
        return value
    left, right = MARKS[language]
    before, after = text[: slot.start][-1:], text[slot.end :][:1]
    has_marks = before and before in OPENING and after and after in CLOSING
    return value if has_marks else f"{left}{value}{right}"
