"""The hard rules on how a figure moved and where it ranks: up, down, new, gone, most frequent."""

from collections.abc import Iterator
from typing import NamedTuple

from koe.guard import words
from koe.guard.cards import TREND
from koe.guard.rules import Read
from koe.guard.slots import Evidence, Slot
from koe.guard.words import Sign


class _Turn(NamedTuple):
    """One word of direction and the theme it speaks of; None for the week's volumes."""

    sign: Sign
    at: int
    stem: str | None
    is_trend: bool


def directions_agree(one: Read, evidence: Evidence) -> Iterator[str]:
    """Up, down and unchanged are what the change of the figure spoken of says."""
    if words.NEGATION[one.language].search(one.prose):
        yield "it says a direction by denying the other; say it plainly"
        return
    for turn in _turns(one, evidence):
        if turn.stem is None:
            yield "it says a direction of nothing that was counted"
            continue
        if not _agrees(turn, evidence):
            yield f"the direction is not that of {turn.stem}"


def _turns(one: Read, evidence: Evidence) -> Iterator[_Turn]:
    blank = one.blank
    for sign, pattern in words.DIRECTIONS[one.language].items():
        for match in pattern.finditer(blank):
            near = blank[max(0, match.start() - 12) : match.end() + 12]
            is_trend = bool(words.TREND_WORDS[one.language].search(near))
            yield _Turn(sign, match.start(), _spoken_of(one, evidence, match.start()), is_trend)


def _spoken_of(one: Read, evidence: Evidence, at: int) -> str | None:
    """The stem of the figures that a word at this place speaks of: the nearest before it, else after it."""
    stems = [(slot.start, stem) for slot in one.slots if (stem := _stem(slot, evidence))]
    before = [stem for start, stem in stems if start < at]
    return before[-1] if before else next((stem for _, stem in stems), None)


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
    card = evidence.cards[f"{turn.stem}.change"]
    change = card.value if not isinstance(card.value, str) else 0
    trend = evidence.cards.get(f"{TREND}{card.theme}")
    if turn.is_trend and trend is not None:
        return trend.value == {1: "rising", -1: "falling", 0: "steady"}[turn.sign]
    return turn.sign == (change > 0) - (change < 0)


def news_is_new(one: Read, evidence: Evidence) -> Iterator[str]:
    """What is called new is new, and what is called gone is gone."""
    for pattern, trend in ((words.NEWNESS, "new"), (words.GONENESS, "gone")):
        if not pattern[one.language].search(one.prose):
            continue
        themes = {theme for slot in one.slots if (theme := evidence.theme_of(slot))}
        trends = {str(card.value) for t in themes if (card := evidence.cards.get(f"{TREND}{t}"))}
        if trends and trends != {trend}:
            yield f"it calls {trend} what is {', '.join(sorted(trends))}"
        if not trends and trend == "new" and not themes:
            yield "it calls new what was not counted"


def first_is_first(one: Read, evidence: Evidence) -> Iterator[str]:
    """What is called the most frequent has the most accounts of its kind."""
    if not words.RANKS[one.language].search(one.prose):
        return
    names = [slot.id for slot in one.slots if slot.sort == "t"]
    for theme in names[:1]:
        accounts = {
            card.id: float(card.value)
            for card in evidence.cards.values()
            if card.id.endswith(".accounts") and card.theme and not isinstance(card.value, str)
        }
        own = next((id for id in accounts if id.split(".")[1] == theme), None)
        if own is None:
            continue
        kind = own.split(".")[0]
        if accounts[own] < max(n for id, n in accounts.items() if id.split(".")[0] == kind):
            yield f"it calls {theme} the most frequent, which it is not"
    if not names:
        yield "it calls something the most frequent and names no theme"
