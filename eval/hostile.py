"""More lies for the guard to catch: what somebody would write who knows that a guard reads it."""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations
from random import Random
from string import Template

from eval import hostile_words as hostile
from eval.corrupt import Case, Corruption, figures, joined, put, reworded
from koe.engine.base import Sentence
from koe.facts.shape import ThemeFacts
from koe.guard.slots import SLOT, slots_of

__all__ = ["HOSTILE", "HOSTILE_SOFT"]

_SORTS = {
    "complaint": "against",
    "objection": "against",
    "praise": "for",
    "buying_reason": "for",
    "question": "question",
    "feature_request": "request",
}
_KANJI = "〇一二三四五六七八九"
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)


def number_written(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A count stands as figures or words of some script, be it the right one."""
    one, by_id = case.sentences[at], case.evidence().cards
    for slot in figures(one):
        value = by_id[slot.id].value
        if isinstance(value, str) or value != int(value) or value < 2:
            continue
        for text in _spelled(int(value), japanese=case.language == "ja"):
            yield put(one, slot, text)


def _spelled(number: int, *, japanese: bool) -> Iterator[str]:
    digits = str(number)
    yield from (digits, digits.translate({ord(d): ord("０") + int(d) for d in "0123456789"}))
    yield "".join(chr(0x0660 + int(d)) for d in digits)
    yield "".join(chr(0x1D7CE + int(d)) for d in digits)
    if number <= 20:
        yield chr(0x2460 + number - 1)
    if number <= 12:
        yield unicodedata.lookup(f"ROMAN NUMERAL {_ONES[number].upper()}")
    if japanese:
        tens, ones = divmod(number, 10)
        if number < 100:
            yield f"{_KANJI[tens] if tens > 1 else ''}{'十' if tens else ''}{_KANJI[ones] if ones else ''}"
        yield "".join(_KANJI[int(d)] for d in digits)
    elif number <= 15:
        yield _ONES[number]
    elif number % 10 < 6 and 20 <= number < 100:
        yield _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def number_stretched(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A count is made more than it is by the words or characters that touch it."""
    one = case.sentences[at]
    for slot in figures(one):
        card = case.evidence().cards[slot.id]
        if isinstance(card.value, str) or card.unit == "weeks":
            continue
        text = one.text[slot.start : slot.end]
        for form in hostile.BEYOND[case.language]:
            after = one.text[slot.end :]
            tail = after[1:] if form.endswith(("社超", "社近く", "万社", "千件", "社余り")) else after
            yield reworded(one, one.text[: slot.start] + form.replace("$n", text) + tail)
        yield from (put(one, slot, f"{text}{more}") for more in ("0", text, f".{text}"))


def unit_swapped(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """What is counted is called something else."""
    one, by_id = case.sentences[at], case.evidence().cards
    for slot in figures(one):
        if isinstance(by_id[slot.id].value, str) or by_id[slot.id].unit in ("share", "currency"):
            continue
        for old, new in hostile.UNITS[case.language]:
            if one.text.startswith(old, slot.end):
                yield reworded(one, one.text[: slot.end] + new + one.text[slot.end + len(old) :])


def period_swapped(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A figure is of another time."""
    one = case.sentences[at]
    for old, new in hostile.PERIODS[case.language]:
        if case.facts and old in one.text and figures(one):
            yield reworded(one, one.text.replace(old, new, 1))


def link_disguised(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """An address stands in it without looking like one."""
    yield from _inserted(case, at, dice, hostile.DISGUISED)


def mark_inserted(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A mention, a tag or markup stands in it."""
    yield from _inserted(case, at, dice, hostile.MARKS)


def unseen_inserted(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A character that nobody sees stands in a word."""
    one = case.sentences[at]
    places = [n for n in range(1, len(one.text)) if not any(s.start < n < s.end for s in slots_of(one.text))]
    for ch in hostile.UNSEEN:
        place = dice.choice(places)
        yield reworded(one, one.text[:place] + ch + one.text[place:])


def lookalike(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A letter of another alphabet stands for one that looks the same."""
    one = case.sentences[at]
    if case.language == "ja":
        yield from _inserted(case, at, dice, hostile.LOOKALIKE_JA)
        return
    slots = slots_of(one.text)
    for n, ch in enumerate(one.text):
        if ch in hostile.LOOKALIKES and not any(slot.start <= n < slot.end for slot in slots):
            yield reworded(one, one.text[:n] + hostile.LOOKALIKES[ch] + one.text[n + 1 :])


def name_disguised(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A person is named in kana, by initials or with a title."""
    one = case.sentences[at]
    yield from (reworded(one, joined(one.text, form, case.language)) for form in hostile.NAMED[case.language])


def kind_swapped(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """What was said is told as another kind: a complaint as praise, a request as a question."""
    for theme in _themes(case) if at == 0 else ():
        for sort, forms in hostile.TOLD_AS[case.language].items():
            if sort != _SORTS[theme.kind]:
                for form in forms:
                    text = Template(form).substitute(t=f"{{t:{theme.theme}}}", q=f"{{q:{theme.findings[0]}}}")
                    yield Sentence(text=text, cites=theme.findings[:3])


def place_wrong(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A theme is given a place that it does not have."""
    complaints = case.facts.complaints if case.facts and at == 0 else ()
    for theme in complaints[:5]:
        more = sum(other.accounts > theme.accounts for other in complaints)
        ties = sum(other.accounts == theme.accounts for other in complaints)
        for place, form in hostile.PLACED[case.language]:
            if not more < place <= more + ties:
                text = form.replace("$t", f"{{t:{theme.theme}}}")
                yield Sentence(text=text, cites=theme.findings[:3])


def names_swapped(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """Two themes stand at each other's numbers or quotes."""
    complaints = case.facts.complaints[:4] if case.facts and at == 0 else ()
    for a, b in combinations(complaints, 2):
        if a.accounts == b.accounts:
            continue
        for form in hostile.TWO[case.language]:
            slots = {
                "a": f"{{t:{b.theme}}}",
                "b": f"{{t:{a.theme}}}",
                "m": f"{{f:complaint.{a.theme}.accounts}}",
                "n": f"{{f:complaint.{b.theme}.accounts}}",
                "p": f"{{q:{a.findings[0]}}}",
                "q": f"{{q:{b.findings[0]}}}",
            }
            yield Sentence(text=Template(form).substitute(slots), cites=(a.findings[0], b.findings[0]))


def all_or_none(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """All, most, half or none of the customers are said to have said it."""
    one = case.sentences[at]
    for form in hostile.QUANTIFIED[case.language]:
        yield reworded(one, joined(one.text, form, case.language))


def _themes(case: Case) -> Iterator[ThemeFacts]:
    if case.facts is not None:
        for group in (case.facts.complaints, case.facts.feature_requests, case.facts.faq, case.facts.praise):
            yield from group[:2]


def _inserted(case: Case, at: int, dice: Random, what: tuple[str, ...]) -> Iterator[Sentence]:
    """The sentence with one of the things at one of its borders or between two words."""
    one = case.sentences[at]
    spans = [match.span() for match in SLOT.finditer(one.text)]
    places = [n for n in range(len(one.text) + 1) if not any(start < n < end for start, end in spans)]
    for text in what:
        place = dice.choice(places)
        yield reworded(one, f"{one.text[:place]} {text} {one.text[place:]}")


def _named(*ways: Corruption) -> Mapping[str, Corruption]:
    return {way.__name__.replace("_", " "): way for way in ways}


HOSTILE = _named(
    number_written,
    number_stretched,
    unit_swapped,
    period_swapped,
    link_disguised,
    mark_inserted,
    unseen_inserted,
    lookalike,
    name_disguised,
    names_swapped,
    place_wrong,
)
"""Every one of these breaks a hard rule."""
HOSTILE_SOFT = _named(kind_swapped, all_or_none)
