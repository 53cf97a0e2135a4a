"""An answer's words on two matters held against each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from koe.engine.offline.answer.nouns import Cards, counted
from koe.language.text import Language

_UNITS = ("accounts", "conversations", "deals")


def compared(cards: Cards, language: Language) -> list[str]:
    """Which of the two more speak of and by how many, each for itself, and whom nobody speaks of."""
    if "matter.1.name" not in cards:
        return []
    heard = [n for n in (1, 2) if f"matter.{n}.accounts" in cards]
    verdict = _verdict(cards, language) if len(heard) > 1 else []
    unheard = [_UNHEARD[language].format(n) for n in (1, 2) if n not in heard]
    shared = [_SHARED[language]] if "shared.conversations" in cards else []
    return [*verdict, *(_line(cards, n, language) for n in heard), *unheard, *shared]


def _verdict(cards: Cards, language: Language) -> list[str]:
    """What is ahead by accounts and by conversations, in one sentence where it is the same; how far."""
    ahead: dict[int, list[str]] = defaultdict(list)
    for unit in _UNITS:
        if unit != "deals" or "lead.deals" in cards:
            one, other = (int(cards[f"matter.{n}.{unit}"].value) for n in (1, 2))
            ahead[(one > other) - (one < other)].append(unit)
    told = [_held(units, sign, language) for sign, units in ahead.items()]
    return [*told, *_difference(cards, language)]


def _held(units: Sequence[str], sign: int, language: Language) -> str:
    """Which of the two has more in these units; that both have as many where `sign` is 0."""
    first, second = (1, 2) if sign >= 0 else (2, 1)
    lead = _AND[language].join(
        (_MORE if sign else _AS_MANY)[language].format(_NOUNS[language][u]) for u in units
    )
    lead = lead[:1].upper() + lead[1:]
    return (_AHEAD if sign else _EQUAL)[language].format(lead, first, second)


def _difference(cards: Cards, language: Language) -> list[str]:
    units = [unit for unit in _UNITS if f"lead.{unit}" in cards]
    if not units:
        return []
    if language == "en":
        return [f"The difference: {', '.join(counted(cards, f'lead.{unit}', unit) for unit in units)}."]
    return [f"差は{'、'.join(f'{{f:lead.{unit}}}{_COUNTED_JA[unit]}' for unit in units)}です。"]


def _line(cards: Cards, n: int, language: Language) -> str:
    """One of the two with its counts."""
    units = [unit for unit in _UNITS if f"matter.{n}.{unit}" in cards]
    near = _NEAR[language] if cards[f"matter.{n}.name"].label == "near" else ""
    if language == "en":
        told = ", ".join(counted(cards, f"matter.{n}.{unit}", unit) for unit in units)
        return f'· {near}"{{f:matter.{n}.name}}": {told}'
    told = "、".join(f"{{f:matter.{n}.{unit}}}{_COUNTED_JA[unit]}" for unit in units)
    return f"・「{{f:matter.{n}.name}}」{near}: {told}"


_NOUNS: Mapping[Language, Mapping[str, str]] = {
    "ja": {"accounts": "会社の数", "conversations": "会話の数", "deals": "商談の数"},
    "en": {unit: unit for unit in _UNITS},
}
_COUNTED_JA = {"accounts": "社", "conversations": "件の会話", "deals": "件の商談"}
_MORE: Mapping[Language, str] = {"ja": "{}", "en": "more {}"}
_AS_MANY: Mapping[Language, str] = {"ja": "{}", "en": "as many {}"}
_AND: Mapping[Language, str] = {"ja": "と", "en": " and "}
_AHEAD: Mapping[Language, str] = {
    "ja": "{}では、「{{f:matter.{}.name}}」のほうが「{{f:matter.{}.name}}」より多いです。",
    "en": '{} speak of "{{f:matter.{}.name}}" than of "{{f:matter.{}.name}}".',
}
_EQUAL: Mapping[Language, str] = {
    "ja": "{}では、「{{f:matter.{}.name}}」と「{{f:matter.{}.name}}」は同じです。",
    "en": '{} speak of "{{f:matter.{}.name}}" as of "{{f:matter.{}.name}}".',
}
_NEAR: Mapping[Language, str] = {"ja": "に意味の近い声", "en": "Near in meaning to "}
_UNHEARD: Mapping[Language, str] = {
    "ja": "「{{f:matter.{}.name}}」にあたる声は見つかりません。",
    "en": 'Nothing was found of "{{f:matter.{}.name}}".',
}
_SHARED: Mapping[Language, str] = {
    "ja": "どちらについても話している会話は{f:shared.conversations}件で、それぞれに数えています。",
    "en": "Conversations that speak of both, and count for each: {f:shared.conversations}.",
}
