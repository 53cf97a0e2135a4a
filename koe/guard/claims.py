"""The hard rules on what the words around a number say of it: unit, channel, outcome, week."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from koe.guard import words
from koe.guard.around import Around, around, words_until_stop
from koe.guard.cards import OUTCOME
from koe.guard.rules import Read
from koe.guard.slots import Evidence, Slot
from koe.language.text import Language
from koe.records import State

_STATES = (
    "read",
    "nothing",
    "empty",
    "unplaced",
    "foreign",
    "failed",
    "left",
    "withdrawn",
    "duplicates",
    "skipped",
    "undated",
    "dropped",
)
_GROUPS: dict[str, dict[str, str]] = {
    "channel": {"tickets": "tickets", "calls": "calls"},
    "kind": {
        "complaint": "complaint",
        "feature_request": "feature_request",
        "question": "question",
        "faq": "question",
        "objection": "objection",
        "buying_reason": "buying_reason",
        "praise": "praise",
    },
    "outcome": {"won": "won", "lost": "lost", "open": "open", "wins": "won", "losses": "lost"},
    "credit": {"support": "support", "product": "product", "person": "person"},
    "list": {"names": "accounts", "deal_ids": "deals"},
    "end": {"first": "first", "last": "last"},
    "state": {name: name for name in _STATES},
}
_WHOLE = frozenset({"coverage"})
_GENERAL = frozenset({("volumes", "channel"), ("coverage", "state")})
"""Figures of a group that count all of it."""
_WEEKLY = frozenset(("volumes", "total", "wins", "losses", "faq", *_GROUPS["kind"]))
"""First parts of the ids of figures that a digest has for a week, and some for the week before."""
_OF_A_WEEK = re.compile(
    r" (?:in )?(?:(?:this|last|the (?:last|previous|prior|past)|each|every|a|per) week|the week before)\b"
)
_MORE: dict[Language, str] = {"ja": "ほか|他", "en": "more|other"}
_APART: dict[Language, str] = {"ja": "差", "en": "difference"}
_NO_AMOUNT: dict[Language, str] = {"ja": "金額|価格", "en": "amounts?|values?|prices?|worth"}
_BEHIND = 12
"""Characters behind a number in which a word may still tell what it counts."""
_BETWEEN_JA = r"[はがのもをで：: （(]{0,2}$"
"""What may stand between a word that leads to a number and the number."""
_ASIDE = re.compile(r"（[^（）]*(?:）|$)|\([^()]*(?:\)|$)")
_EXCEPT: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[^、。]{1,6}(?:以外|のほか|とは別|はさておき)(?:では|に|にも)?"),
    "en": re.compile(
        r"\b(?:beyond|besides|apart from|aside from|other than|in addition to|next to|unlike|leaving aside)"
        r" (?:the )?\w+",
        re.IGNORECASE,
    ),
}
"""What a number is said not to be of."""
_SPECIAL = frozenset({"volumes", "total", "wins", "losses", "outcome", "mention", "word"})
"""First parts of the ids of figures that must be called what they are; a theme's name says it by itself."""


def units_fit(one: Read, evidence: Evidence) -> Iterator[str]:
    """The unit word behind a number is the number's own."""
    for number in around(one):
        card = evidence.cards.get(number.slot.id)
        if card is not None and isinstance(card.value, str) and _counted_word(number.after, one.language):
            yield f"{card.id} stands where the words want a number"
        if card is None or card.unit not in words.UNITS[one.language]:
            continue
        for noun, pattern in words.NOUNS_JA.items():
            if noun != card.unit and pattern.match(number.after):
                yield f"{card.id} counts {card.unit}, not {noun}"
        if words.UNCOUNTED[one.language].match(number.after.removeprefix(" ")):
            yield f"{card.id} counts {card.unit}, not what follows it"
        unit = _unit_word(number.after, one.language)
        if unit and not words.UNITS[one.language][card.unit].fullmatch(unit):
            yield f"{unit!r} follows {card.id}, which counts {card.unit}"
        currency = words.CURRENCIES.get(unit or "")
        if card.unit == "currency" and currency and not currency.search(card.id):
            yield f"{unit!r} follows {card.id}"


def _counted_word(after: str, language: Language) -> bool:
    """Whether a unit stands right behind: something is counted there."""
    start = after if language == "ja" else after.removeprefix(" ")
    return any(unit.match(start) for unit in words.UNITS[language].values())


def _unit_word(after: str, language: Language) -> str | None:
    """The unit right behind a number, over a describing word or two in English; None when there is none."""
    units = words.UNITS[language].values()
    if language == "ja":
        return next((m[0] for unit in units if (m := unit.match(after))), None)
    clause = _OF_A_WEEK.sub("", words_until_stop(after, language))
    for word in clause.split()[:3]:
        if any(unit.fullmatch(word) for unit in units):
            return word
    return None


def figures_are_what_they_are_called(one: Read, evidence: Evidence) -> Iterator[str]:
    """Words for tickets, calls, won, lost, last week stand at the numbers that are these, and at no other."""
    for number in around(one):
        if number.slot.id not in evidence.cards:
            continue
        for name in _misnomers(number, evidence.cards[number.slot.id].unit, one.language):
            if not _all_are(name, number.slot, evidence):
                yield f"{number.slot.id} stands where the words say {name}"
        if _is_of_another_channel(number, one):
            yield f"{number.slot.id} stands in a sentence about another channel"


def _all_are(outcome: str, slot: Slot, evidence: Evidence) -> bool:
    """Whether a figure counts all deals and each of them has the outcome."""
    whole, part = evidence.cards.get(slot.id), evidence.cards.get(f"{OUTCOME}{outcome}")
    is_all = slot.id in ("all.deals", "total.deals")
    return is_all and whole is not None and part is not None and whole.value == part.value


def _is_of_another_channel(number: Around, one: Read) -> bool:
    """Whether a volume whose own words name no channel follows a word for another one, brackets aside."""
    first, *rest = number.slot.id.split(".")
    members = words.TRAITS[one.language]["channel"]
    is_volume = first == "volumes" or number.slot.id == "coverage.conversations"
    if not is_volume or _called(number, members, one.language):
        return False
    subject = _first(_ASIDE.sub("", one.blank[: number.slot.start]), members)
    return subject not in (None, rest[0])


def _misnomers(number: Around, unit: str, language: Language) -> Iterator[str]:
    """What the words around a number call it that it is not."""
    for group, members in words.TRAITS[language].items():
        own, called = _member(number.slot.id, group), _called(number, members, language)
        if called in (None, own):
            continue
        if own or (called != "conversations" and _must_be(number.slot.id, group, unit)):
            yield str(called)


def _must_be(id: str, group: str, unit: str) -> bool:
    """Whether a digest's figure that is of no such group may not stand at the group's words."""
    is_named = group in ("kind", "outcome") or (group in ("channel", "state") and unit == "conversations")
    return is_named and unit != "weeks" and id.split(".")[0] in {*_WEEKLY, *_WHOLE}


def _member(id: str, group: str) -> str | None:
    """Which of a group's figures a fact is; None when it is not about the group."""
    parts = id.split(".")
    named = [_GROUPS[group][part] for part in parts if part in _GROUPS[group]]
    if named:
        return named[-1]
    if parts[1:] == ["conversations"] and (parts[0], group) in _GENERAL:
        return "conversations"
    return "all" if group == "outcome" and parts[-1] == "deals" else None


def _called(number: Around, members: Mapping[str, str], language: Language) -> str | None:
    """Which of the group's figures the words around a number say it is; None when they say nothing."""
    after = words_until_stop(number.after, language)
    before = _EXCEPT[language].sub("", number.before)
    if language == "en":
        near_before = _last(re.split(r"[.;]|\band\b", before)[-1], members)
        far = re.split(r"[.;]", number.after)[0] if "won" in members else ""
        return _first(after, members) or near_before or _first(far, members)
    near = re.split(r"[。）]", before)[-1]
    leads = [name for name, pattern in members.items() if re.search(f"(?:{pattern}){_BETWEEN_JA}", near)]
    return next(iter(leads), None) or _first(after[:_BEHIND], members) or _last(near, members)


def _first(text: str, members: Mapping[str, str]) -> str | None:
    hits = [(m.start(), name) for name, pattern in members.items() if (m := _word(pattern).search(text))]
    return min(_special(hits))[1] if hits else None


def _last(text: str, members: Mapping[str, str]) -> str | None:
    hits = [(m.start(), name) for name, pattern in members.items() for m in _word(pattern).finditer(text)]
    return max(_special(hits))[1] if hits else None


def _special(hits: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The hits without the word for all channels where one of a single channel stands beside it."""
    return [hit for hit in hits if hit[1] != "conversations"] or hits


@cache
def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", re.IGNORECASE)


def figures_are_called_what_they_are(one: Read, evidence: Evidence) -> Iterator[str]:
    """A figure of one outcome, channel, kind or state stands in a sentence that says which."""
    for slot in one.slots:
        for name, pattern in _must_be_called(slot, one.language):
            also = words.ALSO[one.language].get(name)
            if not _word(f"{pattern}|{also}" if also else pattern).search(one.prose):
                yield f"{slot.id} stands in a sentence that does not say {name}"
    for number in around(one):
        said = number.before + words_until_stop(number.after, one.language)
        is_more = number.before.endswith("ほか") or number.after[:16].endswith(" more")
        if is_more and number.slot.id.split(".")[-1] != "more":
            yield f"{number.slot.id} is not how many more"
        for name, pattern in _must_be_near(number.slot.id, one.language):
            if not _word(pattern).search(said):
                yield f"{number.slot.id} stands where the words do not say {name}"


def _must_be_near(id: str, language: Language) -> Iterator[tuple[str, str]]:
    """The words that stand right at a figure of a part: of an outcome, of a kind, of a state."""
    first, *_, last = parts = id.split(".")
    traits = words.TRAITS[language]
    if "deals" in parts and last in traits["outcome"]:
        yield last, traits["outcome"][last]
    if first == "total" and len(parts) > 2 and parts[1] in traits["kind"]:
        also = words.ALSO[language].get(parts[1], r"(?!)")
        yield parts[1], f"{traits['kind'][parts[1]]}|{also}"
    if last == "more":
        yield "how many more", _MORE[language]
    if "no_amount" in parts:
        yield "that they have no amount", _NO_AMOUNT[language]
    if first == "coverage" and last in ("read", "nothing"):
        yield last, words.STATES[language][last]


def _must_be_called(slot: Slot, language: Language) -> Iterator[tuple[str, str]]:
    """The words that a figure's sentence has to have; a theme's name says its kind by itself."""
    first, last = slot.id.split(".")[0], slot.id.split(".")[-1]
    traits = words.TRAITS[language]
    for group in ("outcome", "channel", "kind") if slot.sort == "f" else ():
        own = _member(slot.id, group)
        if own in traits[group] and (first in _SPECIAL or last == own):
            yield str(own), traits[group][str(own)]
    if "credited" in slot.id.split(".") and last in traits["credit"]:
        yield last, traits["credit"][last]
    if first == "coverage" and last in words.STATES[language]:
        yield last, words.STATES[language][last]
    if first == "lead":
        yield "that it is a difference", _APART[language]


def coverage_is_not_better_than_it_is(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where the words say that everything was read, nothing failed and nothing is left."""
    undone = [evidence.cards.get(f"coverage.{state}") for state in State if state.is_to_read]
    if words.COMPLETE[one.language].search(one.prose) and any(card and card.value for card in undone):
        yield "it says that everything was read, which it was not"


def outcomes_are_those_of_the_deals(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where the words say won or lost of what is quoted or cited, the deals behind it were."""
    if any(_member(n.slot.id, "outcome") for n in around(one)):
        return
    members = words.TRAITS[one.language]["outcome"]
    said = {name for name, pattern in members.items() if _word(pattern).search(one.prose)}
    if not said & {"won", "lost"}:
        return
    outcomes = {
        str(card.value) for id in one.sentence.cites if (card := evidence.cards.get(f"{OUTCOME}{id}"))
    }
    if not outcomes:
        yield "it speaks of won or lost deals and cites no call of one"
    elif outcomes - said:
        yield f"the deals it cites were {', '.join(sorted(outcomes))}"
