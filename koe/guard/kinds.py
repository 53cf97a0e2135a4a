"""The hard rule on kinds: a complaint is not told as praise, nor a request as a question."""

import re
from collections.abc import Iterator, Mapping

from koe.guard.rules import Read
from koe.guard.slots import Evidence, Slot
from koe.language.text import Language

_CLASS = {
    "complaint": "against",
    "objection": "against",
    "praise": "for",
    "buying_reason": "for",
    "feature_request": "request",
    "question": "question",
    "faq": "question",
}
"""Kinds that speak alike."""
_SAID: dict[Language, Mapping[str, re.Pattern[str]]] = {
    "ja": {
        "against": re.compile(r"困りごと|苦情|不満|懸念|断り|ためら|躊躇"),
        "for": re.compile(r"称賛|お褒め|褒め|感謝|好評|喜ばれ|満足している|選ばれる理由|購入の決め手|決め手"),
        "request": re.compile(r"要望"),
        "question": re.compile(r"よくある質問|質問"),
    },
    "en": {
        "against": re.compile(r"\b(?:complain\w*|objection\w*|frustrat\w*|grievance\w*|hesitat\w*)\b", re.I),
        "for": re.compile(
            r"(?<!no )\b(?:prais\w+|compliment\w*|applaud\w*|delighted|pleased with|reasons? to buy)\b", re.I
        ),
        "request": re.compile(r"\b(?:feature requests?|requests? (?:for|is|was|came)|requested)\b", re.I),
        "question": re.compile(r"\b(?:frequently asked|questions?|FAQ)\b", re.I),
    },
}
_ASIDE: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[^、。]{1,6}(?:以外|のほか|とは別|はさておき|ではな[いく])[^、。]*"),
    "en": re.compile(
        r"\b(?:beyond|besides|apart from|aside from|other than|in addition to|unlike|rather than"
        r"|not a) (?:the )?\w+",
        re.I,
    ),
}


def kinds_agree(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where the words name a kind, one of what is named, counted or quoted is of it."""
    own = {kind for slot in one.slots if (kind := _class_of(slot, evidence))}
    prose = _ASIDE[one.language].sub("", one.prose)
    said = {name for name, pattern in _SAID[one.language].items() if pattern.search(prose)}
    if own and said and not own & said:
        yield f"it speaks of {', '.join(sorted(said))} and names what is {', '.join(sorted(own))}"


def _class_of(slot: Slot, evidence: Evidence) -> str | None:
    if slot.sort == "q":
        return _CLASS[evidence.findings[slot.id].kind] if slot.id in evidence.findings else None
    if slot.sort == "t":
        kinds = {_CLASS[id.split(".")[0]] for id in _figures(slot.id, evidence)}
        return kinds.pop() if len(kinds) == 1 else None
    parts = slot.id.split(".")
    return _CLASS.get(parts[1] if parts[0] == "total" and len(parts) > 1 else parts[0])


def _figures(theme: str, evidence: Evidence) -> list[str]:
    ids = (id for id, card in evidence.cards.items() if card.theme == theme and id.endswith(".accounts"))
    return [id for id in ids if id.split(".")[0] in _CLASS]
