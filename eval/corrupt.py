"""Lies for the guard to catch: each takes a sentence that is right and says something else in its place.

They are what an engine might write and what a hand might change in a file. None looks at how the guard
works; the numbers, quotes, themes and findings they use are those of the week, put where they are wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from random import Random
from typing import NamedTuple

from eval import lies
from eval.alter import flipped, one_character, one_digit
from koe.engine.base import FactCard, Sentence
from koe.facts.shape import WeekFacts
from koe.guard.slots import SLOT, Evidence, Slot, slots_of
from koe.language.text import Language, fold
from koe.records import Finding

__all__ = ["HARD", "Case", "Corruption", "figures", "joined", "put", "reworded"]


class Case(NamedTuple):
    """Something right to corrupt: a digest with its week's facts, or an answer."""

    name: str
    language: Language
    cards: tuple[FactCard, ...]
    findings: tuple[Finding, ...]
    sentences: tuple[Sentence, ...]
    others: tuple[Sentence, ...] = ()
    """The same in the other language."""
    facts: WeekFacts | None = None

    def evidence(self) -> Evidence:
        """What its sentences may name."""
        return Evidence.of(self.cards, self.findings)


Corruption = Callable[[Case, int, Random], Iterator[Sentence]]
"""Ways to corrupt the sentence at a place; none where there is nothing of the sort in it."""


def count_by_one(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A count is one more or one less: written out, or taken from a figure that has that value."""
    one, by_id = case.sentences[at], case.evidence().cards
    for slot in figures(one):
        value = by_id[slot.id].value
        if isinstance(value, str) or value != int(value):
            continue
        wrong = int(value) + dice.choice([1, -1] if value else [1])
        for text in lies.written(wrong, case.language):
            yield put(one, slot, text)
        for card in case.cards:
            if card.value == wrong and card.unit == by_id[slot.id].unit:
                yield put(one, slot, f"{{f:{card.id}}}")


def counts_swapped(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """Two counts change places."""
    one, by_id = case.sentences[at], case.evidence().cards
    for a, b in combinations(figures(one), 2):
        if _shown(by_id[a.id].value) != _shown(by_id[b.id].value):
            text = one.text[: a.start] + one.text[b.start : b.end] + one.text[a.end : b.start]
            yield reworded(one, text + one.text[a.start : a.end] + one.text[b.end :])


def count_of_another(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A count is that of something else."""
    one, by_id = case.sentences[at], case.evidence().cards
    for slot in figures(one):
        card = by_id[slot.id]
        if isinstance(card.value, str):
            continue
        others = [o for o in case.cards if o.unit == card.unit and _shown(o.value) != _shown(card.value)]
        for other in dice.sample(others, min(4, len(others))):
            yield put(one, slot, f"{{f:{other.id}}}")


def delta_sign(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """What went up goes down, and the other way round."""
    one = case.sentences[at]
    yield from (reworded(one, text) for text in lies.turned(one.text, case.language))
    for slot in figures(one):
        if slot.id.endswith(".change"):
            yield put(one, slot, dice.choice("-−▲") + one.text[slot.start : slot.end])


def quote_character(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """One letter of a quote is another."""
    yield from _requoted(case, at, lambda quote: one_character(quote, dice))


def quote_digit(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """One digit of a quote is another."""
    yield from _requoted(case, at, lambda quote: one_digit(quote, dice))


def quote_negation(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A quote says the opposite."""
    yield from _requoted(case, at, lambda quote: flipped(quote, dice))


def quote_moved(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A quote gives way to one of another conversation, about something else."""
    one, by_id = case.sentences[at], case.evidence().findings
    for slot in _of_sort(one, "q"):
        others = [other for other in case.findings if _is_other(by_id[slot.id], other)]
        for other in dice.sample(others, min(3, len(others))):
            text = one.text[: slot.start] + f"{{q:{other.id}}}" + one.text[slot.end :]
            yield reworded(one, text)
            if other.theme is not None and _of_sort(one, "t"):
                yield reworded(one, text, (*one.cites, other.id))
                yield reworded(one, text, (other.id,))
            yield put(one, slot, lies.marked(other.quote, case.language))


def citation_wrong(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """Something else is cited."""
    one, by_id = case.sentences[at], case.evidence().findings
    own = {by_id[id].theme for id in one.cites}
    others = [other.id for other in case.findings if other.theme not in own]
    for id in dice.sample(others, min(2, len(others))) if one.cites else ():
        yield reworded(one, one.text, (id,))
        yield reworded(one, one.text, (*one.cites, id))
        yield reworded(one, one.text, (id, *one.cites[1:]))
    if one.cites:
        yield reworded(one, one.text, (*one.cites[1:], one.cites[0][:-1] + "x"))


def citation_dropped(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """Nothing is cited any more."""
    if case.sentences[at].cites:
        yield reworded(case.sentences[at], case.sentences[at].text, ())


def theme_invented(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A theme that nobody spoke of: as a slot, in marks, in plain words, in a clause of its own."""
    one = case.sentences[at]
    invented = dice.choice(lies.THEMES[case.language])
    for slot in _of_sort(one, "t"):
        yield put(one, slot, "{t:th_invented}")
        yield put(one, slot, invented)
        left, right = (1, 1) if one.text[slot.start - 1 : slot.start] in tuple("「“") else (0, 0)
        yield reworded(one, one.text[: slot.start - left] + invented + one.text[slot.end + right :])
    for form in lies.INVENTED[case.language]:
        yield reworded(one, joined(one.text, form.format(theme=invented), case.language))


def theme_of_another(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """The name is another theme's, the figures are not."""
    one = case.sentences[at]
    themes = sorted({str(card.theme) for card in case.cards if card.id.startswith("theme.")})
    if not any(case.evidence().theme_of(slot) for slot in figures(one)):
        return
    for slot in _of_sort(one, "t"):
        for other in dice.sample([t for t in themes if t != slot.id], min(2, len(themes) - 1)):
            text = one.text[: slot.start] + f"{{t:{other}}}" + one.text[slot.end :]
            cites = tuple(finding.id for finding in case.findings if finding.theme == other)[:5]
            yield reworded(one, text)
            yield reworded(one, text, cites)


def outcome_swapped(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """Won becomes lost, and lost won."""
    yield from (
        reworded(case.sentences[at], text)
        for text in lies.other_outcome(case.sentences[at].text, case.language)
    )


def link_inserted(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A link stands in it."""
    yield from _inserted(case, at, dice, lies.LINKS)


def image_inserted(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """An image stands in it."""
    yield from _inserted(case, at, dice, lies.IMAGES)


def name_put_back(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A person is named."""
    one = case.sentences[at]
    for form in lies.NAMED[case.language]:
        name = dice.choice(lies.PEOPLE[case.language])
        yield reworded(one, joined(one.text, form.format(name=name), case.language))


def other_language(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """It is written in the other language, or a sentence of it is added."""
    one = case.sentences[at]
    if at < len(case.others) and SLOT.findall(case.others[at].text) == SLOT.findall(one.text):
        yield case.others[at]
    yield reworded(one, f"{one.text} {dice.choice(lies.FOREIGN[case.language])}")


def figures(one: Sentence) -> list[Slot]:
    """The number slots of a sentence, in order."""
    return _of_sort(one, "f")


def _of_sort(one: Sentence, sort: str) -> list[Slot]:
    return [slot for slot in slots_of(one.text) if slot.sort == sort]


def _shown(value: float | int | str) -> float | str:
    """As it is read: changes stand without their sign."""
    return value if isinstance(value, str) else abs(value)


def put(one: Sentence, slot: Slot, text: str) -> Sentence:
    """The sentence with other text where the slot is."""
    return reworded(one, one.text[: slot.start] + text + one.text[slot.end :])


def reworded(one: Sentence, text: str, cites: tuple[str, ...] | None = None) -> Sentence:
    """The sentence with other words, and with other citations where they are given."""
    return one.model_copy(update={"text": text, "cites": one.cites if cites is None else cites})


def joined(text: str, more: str, language: Language) -> str:
    """The text with a sentence behind it."""
    return text + more if language == "ja" else f"{text} {more}"


def _requoted(case: Case, at: int, way: Callable[[str], str | None]) -> Iterator[Sentence]:
    one, by_id = case.sentences[at], case.evidence().findings
    for slot in _of_sort(one, "q"):
        altered = way(by_id[slot.id].quote)
        if altered is not None and fold(altered).text != fold(by_id[slot.id].quote).text:
            yield put(one, slot, lies.marked(altered, case.language))


def _is_other(one: Finding, other: Finding) -> bool:
    return one.conversation != other.conversation and (one.theme != other.theme or one.theme is None)


def _inserted(case: Case, at: int, dice: Random, what: tuple[str, ...]) -> Iterator[Sentence]:
    one = case.sentences[at]
    borders = [0, len(one.text), *(slot.start for slot in slots_of(one.text))]
    for text in what:
        place = dice.choice(borders)
        yield reworded(one, f"{one.text[:place]} {text} {one.text[place:]}")


HARD: Mapping[str, Corruption] = {
    way.__name__.replace("_", " "): way
    for way in (
        count_by_one,
        counts_swapped,
        count_of_another,
        delta_sign,
        quote_character,
        quote_digit,
        quote_negation,
        quote_moved,
        citation_wrong,
        citation_dropped,
        theme_invented,
        theme_of_another,
        outcome_swapped,
        link_inserted,
        image_inserted,
        name_put_back,
        other_language,
    )
}
"""Every one of these breaks a hard rule."""
