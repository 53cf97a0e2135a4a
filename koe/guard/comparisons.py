"""The hard rule on comparing: that one theme was heard more than another is checked, or not said."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from koe.guard.rules import Read
from koe.guard.slots import Evidence, Slot
from koe.language.text import Language

_COMPARES: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"(?<!前週)(?<!先週)(?<!の週)より(?!ご)|に比べ|と比べ|上回|下回|を(?:超|越)え"
        r"|ほど[^。]{0,12}(?:な[いく]|ませ)"
        r"|のほうが|の方が|以上に多"
    ),
    "en": re.compile(
        r"\bthan\b(?! (?:in )?(?:last|the (?:week|previous)))|\boutweigh\w*|\boutnumber\w*|\bexceed\w*"
        r"|\bsurpass\w*|\boutpac\w*|\boutrank\w*|\bovert(?:ook|akes?)\b|\b(?:ahead|in front) of\b"
        r"|\bbehind\b|\bcompared (?:to|with)\b",
        re.IGNORECASE,
    ),
}
_BASE_JA = re.compile(r"^」?(?:より|に比べ|と比べ|を(?:[^。、]*?)(?:上回|下回|超え|越え))")
_OVER_EN = re.compile(
    r"\b(?:than|outweigh\w*|outnumber\w*|exceed\w*|surpass\w*|outpac\w*|outrank\w*|overt(?:ook|akes?)"
    r"|ahead of)\b",
    re.I,
)
_LESS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"少な|下回|減"),
    "en": re.compile(r"\b(?:less|fewer|lower|rarer|behind)\b", re.IGNORECASE),
}
_UNITS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"(会社|会話|商談)の数"),
    "en": re.compile(r"\b(?:more|fewer|as many) (accounts|conversations|deals)\b", re.IGNORECASE),
}
_UNIT_JA = {"会社": "accounts", "会話": "conversations", "商談": "deals"}
_EQUAL: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"の数[^。]*同じ"),
    "en": re.compile(r"\bas many (?:accounts|conversations|deals)\b", re.IGNORECASE),
}
_DENIED: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"ほど|ません|(?<!少)な[いく]|ず[、。]"),
    "en": re.compile(r"\b(?:not|no|never|nor)\b|n['’]t\b", re.IGNORECASE),
}


class _Pair(NamedTuple):
    """Two themes, the one that is said to have more first."""

    more: Slot
    less: Slot


def more_is_more(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where two themes or matters are compared, what is said to have more has more, what has as many as many.

    Accounts are compared, where the words do not say that conversations or deals are.
    """
    names = [slot for slot in one.slots if slot.sort == "t" or evidence.names_row(slot)]
    if len(names) > 1 and _EQUAL[one.language].search(one.blank):
        yield from _unequal(one, names, evidence)
    elif len(names) > 1 and _COMPARES[one.language].search(one.blank):
        yield from _not_more(one, names, evidence)


def _not_more(one: Read, names: list[Slot], evidence: Evidence) -> Iterator[str]:
    pair = _pair(one, names)
    if pair is None:
        yield "it compares themes in a way that cannot be checked; give the number of each"
    elif not all(_is_more(pair, evidence, unit) for unit in _units(one)):
        yield f"it says that {pair.more.id} was heard more than {pair.less.id}, which it was not"


def _unequal(one: Read, names: list[Slot], evidence: Evidence) -> Iterator[str]:
    for unit in _units(one):
        first, *others = (_figures(slot, evidence, unit) for slot in names)
        if not first or any(other != first for other in others):
            yield f"it says that {names[0].id} has as many {unit} as others, which it has not"


def _units(one: Read) -> list[str]:
    """What is compared, as far as the words say; accounts where they do not."""
    said = _UNITS[one.language].findall(one.blank)
    return [_UNIT_JA.get(word, word).lower() for word in said] or ["accounts"]


def _pair(one: Read, names: list[Slot]) -> _Pair | None:
    if len(names) != 2 or _DENIED[one.language].search(one.blank):
        return None
    first, second = names
    middle, after = _plain(one.blank[first.end : second.start]), _plain(one.blank[second.end :])
    if one.language == "ja":
        bases = bool(_BASE_JA.match(middle)), bool(_BASE_JA.match(after))
        order = {(True, False): (second, first), (False, True): (first, second)}.get(bases)
        if order is None and re.search(r"上回|下回|超え|越え", after):
            order = (second, first) if re.match(r"」?を", middle) else None
    else:
        order = (first, second) if _OVER_EN.search(middle) else None
    if order is None:
        return None
    return _Pair(*order[::-1]) if _LESS[one.language].search(one.blank) else _Pair(*order)


def _plain(text: str) -> str:
    """The words behind a name without the figures that stand in brackets behind it."""
    return re.sub(r"^([」”\"]?)\s?[（(][^（）()]*[）)]", r"\1", text)


def _is_more(pair: _Pair, evidence: Evidence, unit: str) -> bool:
    """Whether a figure of the unit that both have says so, and none says otherwise."""
    more, less = (_figures(slot, evidence, unit) for slot in pair)
    kinds = more.keys() & less.keys()
    return bool(kinds) and all(more[kind] > less[kind] for kind in kinds)


def _figures(slot: Slot, evidence: Evidence, unit: str) -> dict[str, float]:
    """How many there are of each kind of a theme, or of a line of a list."""
    stem = slot.id if slot.sort == "t" else str(evidence.row_of(slot))
    end = f"{stem}.{unit}"
    return {
        id.removesuffix(end): float(evidence.cards[id].value) for id in evidence.cards if id.endswith(end)
    }
