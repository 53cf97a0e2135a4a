"""The hard rules on how a figure moved and where it ranks: up, down, new, gone, most frequent."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from koe.guard import words
from koe.guard.cards import TREND
from koe.guard.rules import Read
from koe.guard.slots import ALL_NEW, ANY_TREND, HOLE, Evidence, Slot
from koe.guard.words import Sign

BESIDE = 3
"""Characters between a word of direction and a figure that stands beside it."""
_TRENDS: dict[Sign, str] = {1: "rising", -1: "falling", 0: "steady"}


_OVER_A_NAME = re.compile(rf"{HOLE}[」”]?(?:（[^（）]*）)?を$")
"""「…」を上回る compares two names; `koe.guard.comparisons` reads that."""


class _Turn(NamedTuple):
    """One word of direction and the figure it speaks of, None where it names none."""

    sign: Sign
    stem: str | None
    is_trend: bool


def directions_agree(one: Read, evidence: Evidence) -> Iterator[str]:
    """Up, down and unchanged are what the change of the figure spoken of says."""
    if words.NEGATION[one.language].search(one.prose):
        yield "it says a direction by denying the other; say it plainly"
        return
    for turn in _turns(one, evidence):
        if turn.stem is None and ANY_TREND not in evidence.cards:
            yield "it says a direction of nothing that was counted"
        elif not _agrees(turn, evidence):
            yield f"the direction is not that of {turn.stem}"


def _turns(one: Read, evidence: Evidence) -> Iterator[_Turn]:
    blank = one.blank
    for sign, pattern in words.DIRECTIONS[one.language].items():
        for match in pattern.finditer(blank):
            if _OVER_A_NAME.search(blank[: match.start()]):
                continue
            near = blank[max(0, match.start() - 12) : match.end() + 12]
            is_trend = bool(words.TREND_WORDS[one.language].search(near))
            yield _Turn(sign, _spoken_of(one, evidence, match.span()), is_trend)


def _spoken_of(one: Read, evidence: Evidence, span: tuple[int, int]) -> str | None:
    """The stem of the figures that a word speaks of: those beside it, else the nearest before, else after."""
    stems = [(slot, stem) for slot in one.slots if (stem := _stem(slot, evidence))]
    after = [stem for slot, stem in stems if 0 <= slot.start - span[1] <= BESIDE]
    before = [stem for slot, stem in stems if 0 <= span[0] - slot.end <= BESIDE]
    earlier = [stem for slot, stem in stems if slot.start < span[0]]
    return next(iter((*after[:1], *before[-1:], *earlier[-1:], *(stem for _, stem in stems))), None)


def _stem(slot: Slot, evidence: Evidence) -> str | None:
    """`complaint.th_1` of any of its figures or of its name; `volumes.tickets` of a volume."""
    if slot.sort == "t":
        ids = (id for id, card in evidence.cards.items() if card.theme == slot.id and id.endswith(".change"))
        found = next(ids, None)
        return found.removesuffix(".change") if found else None
    if slot.sort == "q":
        return None
    parts = slot.id.split(".")
    stem = ".".join(parts[:2])
    return stem if f"{stem}.change" in evidence.cards else None


def _agrees(turn: _Turn, evidence: Evidence) -> bool:
    if turn.stem is None:
        return evidence.cards[ANY_TREND].value == _TRENDS[turn.sign]
    card = evidence.cards[f"{turn.stem}.change"]
    trend = evidence.cards.get(f"{TREND}{card.theme}")
    if turn.is_trend and trend is not None:
        return trend.value == _TRENDS[turn.sign]
    change = card.value if not isinstance(card.value, str) else 0
    return turn.sign == (change > 0) - (change < 0)


def changes_are_changes(one: Read, evidence: Evidence) -> Iterator[str]:
    """What stands as a difference ("up by …") is a change, and a change stands as nothing else."""
    before, after = words.STEP[one.language]
    for slot in one.slots:
        if slot.sort != "f" or slot.id not in evidence.cards:
            continue
        is_step = bool(before.search(one.blank[: slot.start]) or after.match(one.blank[slot.end :]))
        if is_step != slot.id.endswith(".change"):
            yield f"{slot.id} stands where the words say {'a change' if is_step else 'a count'}"


def news_is_new(one: Read, evidence: Evidence) -> Iterator[str]:
    """What is called new is new, and what is called gone is gone."""
    for pattern, trend in ((words.NEWNESS, "new"), (words.GONENESS, "gone")):
        if not pattern[one.language].search(one.prose):
            continue
        themes = {theme for slot in one.slots if (theme := evidence.theme_of(slot))}
        trends = {str(card.value) for t in themes if (card := evidence.cards.get(f"{TREND}{t}"))}
        if trends and trends != {trend}:
            yield f"it calls {trend} what is {', '.join(sorted(trends))}"
        if not themes and not (trend == "new" and one.slots and ALL_NEW in evidence.cards):
            yield f"it calls {trend} what was not counted"
