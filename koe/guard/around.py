"""Every number of a sentence with the words around it."""

import re
from typing import NamedTuple

from koe.guard.rules import Read
from koe.guard.slots import Slot
from koe.language.text import Language

_STOP: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[、。！？（）]"),
    "en": re.compile(r"[,.;:!?()]|\band\b|\bbut\b"),
}
"""What ends the words that belong to a number."""


class Around(NamedTuple):
    """The words around one number, names and quotes blanked."""

    slot: Slot
    before: str
    """From the number before it, or the sentence's start."""
    after: str
    """Up to the next number or the sentence's end."""


def around(one: Read) -> list[Around]:
    """Every number of the sentence with the words around it."""
    numbers = [slot for slot in one.slots if slot.sort == "f"]
    starts = [0, *(slot.end for slot in numbers)]
    ends = [*(slot.start for slot in numbers[1:]), len(one.text)]
    return [
        Around(slot, one.blank[start : slot.start], one.blank[slot.end : end])
        for slot, start, end in zip(numbers, starts, ends, strict=False)
    ]


def words_until_stop(text: str, language: Language) -> str:
    """The text up to where another thought begins."""
    return _STOP[language].split(text, maxsplit=1)[0]
