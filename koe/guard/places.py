"""The hard rules on rank: what is called first, second or third has that place among its kind."""

import re
from collections.abc import Iterator

from koe.guard import words
from koe.guard.number_words import ORDINALS
from koe.guard.rules import Read
from koe.guard.slots import Evidence, Slot
from koe.language.text import Language

_NUMBER = {"二": 2, "三": 3, "四": 4, "五": 5, "第": 0, "次": 2}
_NUMBER_EN = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "runner-up": 2}
_JOINS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[」”]?(?:（[^）]*）)?(?:が|は|も|で|、)*"),
    "en": re.compile(
        r"[”\"]?,?(?: \([^)]*\))?(?: (?:is|was|are|were|ranks?|ranked|comes?|came|takes?|took|placed|in"
        r"|at|the|a|as))*\s*"
    ),
}
"""What stands between a name and a place that is said of it."""


def first_is_first(one: Read, evidence: Evidence) -> Iterator[str]:
    """What is called the most frequent has the most accounts of its kind."""
    if not words.RANKS[one.language].search(one.prose):
        return
    names = _names(one, evidence)
    for slot in names[:1]:
        if (place := _place(slot, evidence)) is not None and place[0] > 1:
            yield f"it calls {slot.id} the most frequent, which it is not"
    if not names:
        yield "it calls something the most frequent and names no theme"


def places_are_right(one: Read, evidence: Evidence) -> Iterator[str]:
    """What is called the second or the third is that."""
    names = _names(one, evidence)
    for match in ORDINALS[one.language].finditer(one.blank):
        slot = _spoken_of(match, names, one)
        if slot is None:
            yield "it gives a place and names nothing that has it"
            continue
        place = _place(slot, evidence)
        if place is None or not place[0] <= _ordinal(match[0]) <= place[1]:
            yield f"it gives {slot.id} a place that it does not have"


def _names(one: Read, evidence: Evidence) -> list[Slot]:
    return [slot for slot in one.slots if slot.sort == "t" or evidence.names_row(slot)]


def _ordinal(word: str) -> int:
    return _NUMBER_EN.get(word.lower()) or max(_NUMBER.get(ch, 0) for ch in word)


def _spoken_of(match: re.Match[str], names: list[Slot], one: Read) -> Slot | None:
    """The name that a place is said of: the one it is joined to, else the next, else the last before."""
    before = [slot for slot in names if slot.end <= match.start()]
    after = [slot for slot in names if slot.start >= match.end()]
    if before and _JOINS[one.language].fullmatch(one.blank[before[-1].end : match.start()]):
        return before[-1]
    return next(iter((*after[:1], *before[-1:])), None)


def _place(slot: Slot, evidence: Evidence) -> tuple[int, int] | None:
    """The best and the worst place that its accounts give it among its kind; None where none were counted."""
    stem = slot.id if slot.sort == "t" else str(evidence.row_of(slot))
    group, _, _ = stem.partition(".")
    own = next((id for id in evidence.cards if id.endswith(f"{stem}.accounts")), None)
    if own is None:
        return None
    prefix = own.removesuffix(f"{stem}.accounts") if slot.sort == "t" else f"{group}."
    counts = [
        float(card.value)
        for id, card in evidence.cards.items()
        if id.startswith(prefix) and id.endswith(".accounts") and id.count(".") == own.count(".")
    ]
    mine = float(evidence.cards[own].value)
    more = sum(count > mine for count in counts)
    return more + 1, more + sum(count == mine for count in counts)
