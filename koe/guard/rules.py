"""The hard rules, one function each: what is wrong with a sentence, the same for every engine."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from koe.engine.base import Sentence
from koe.guard import words
from koe.guard.slots import ANY_TREND, CLOSING, HOLE, OPENING, SLOT, Evidence, Slot, slots_of, value_of
from koe.language.text import Language

WHOLE = "volumes.conversations"
_QUOTED = re.compile(r"「([^「」]*)」|『([^『』]*)』|“([^“”]*)”|\"([^\"]*)\"")

_ENDS = re.compile(r"(?<=[。!?！？\n])|(?<=\.)(?=\s|$)|(?<=[)”])\s+(?=[A-Z])|(?<=:)\s+(?=[A-Z][^\ufffc]*$)")

_LIST_TAIL = re.compile(rf"・.*）[^（）{HOLE}]*\w[^（）{HOLE}]*$", re.DOTALL)
"""Words without a figure behind the brackets that a line of a list ends with."""


class Read(NamedTuple):
    """One sentence as the rules read it."""

    sentence: Sentence
    language: Language
    slots: tuple[Slot, ...]
    prose: str
    """The text with each slot, and each quote that is verbatim, replaced by one `HOLE`."""

    blank: str
    """The text with each slot blanked to its own length, so that positions stay."""

    @property
    def text(self) -> str:
        """The sentence with its slots."""
        return self.sentence.text

    @property
    def pieces(self) -> list[str]:
        """The prose sentence by sentence: an engine may put two into one."""
        return [piece for piece in _ENDS.split(self.prose) if piece.strip()]


Rule = Callable[[Read, Evidence], Iterator[str]]


def read(sentence: Sentence, language: Language, evidence: Evidence) -> Read:
    """The sentence, taken apart."""
    without = SLOT.sub(HOLE, sentence.text)
    quotes = {one.quote for id in sentence.cites if (one := evidence.findings.get(id))}
    prose = _QUOTED.sub(lambda m: HOLE if _inner(m) in quotes else m[0], without)
    blank = SLOT.sub(lambda m: HOLE * len(m[0]), sentence.text)
    return Read(sentence, language, tuple(slots_of(sentence.text)), prose, blank)


def _inner(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def slots_resolve(one: Read, evidence: Evidence) -> Iterator[str]:
    """Every slot names something that was given, and no brace is left over."""
    for slot in one.slots:
        if value_of(slot, evidence) is None:
            yield f"the slot {slot.sort}:{slot.id} names nothing that was given"
    if re.search(r"[{}]", one.prose):
        yield "a brace is no slot"


def quotes_are_verbatim(one: Read, evidence: Evidence) -> Iterator[str]:
    """What stands in quotation marks is one slot, or word for word the quote of a finding it cites."""
    for match in _QUOTED.finditer(one.prose):
        if _inner(match) != HOLE:
            yield "words in quotation marks are no slot and no quote of what is cited"
    marks = _QUOTED.sub("", one.prose)
    if any(ch in OPENING + CLOSING for ch in marks):
        yield "a quotation mark stands alone"


def citations_resolve(one: Read, evidence: Evidence) -> Iterator[str]:
    """Every citation is a finding that was given, and every quote is cited."""
    for id in one.sentence.cites:
        if id not in evidence.findings:
            yield f"it cites {id}, which was not given"
    for slot in one.slots:
        if slot.sort == "q" and slot.id not in one.sentence.cites:
            yield f"it quotes {slot.id} and does not cite it"


def claims_are_cited(one: Read, evidence: Evidence) -> Iterator[str]:
    """A theme that is named is cited, a citation's theme is named, and no claim stands without either."""
    named = {theme for slot in one.slots if (theme := evidence.theme_of(slot))}
    cited = {evidence.findings[id].theme for id in one.sentence.cites if id in evidence.findings}
    for theme in sorted(named - cited):
        if any(finding.theme == theme for finding in evidence.findings.values()):
            yield f"it names {theme} and cites nothing of it"
    if _is_answer(evidence) and one.slots and not one.sentence.cites and evidence.findings:
        yield "it says something and cites nothing"
    if named:
        yield from (f"it cites {theme} and does not name it" for theme in sorted(filter(None, cited - named)))
    cites_nothing_told = (
        not one.slots and one.sentence.cites and not _tells_the_trend(one.prose, one, evidence)
    )
    if cites_nothing_told or any(_claims_alone(piece, one, evidence) for piece in one.pieces):
        yield "it claims something and names no figure, theme or quote"
    if _LIST_TAIL.match(one.prose):
        yield "words stand behind the figures of a line of a list"


def _claims_alone(piece: str, one: Read, evidence: Evidence) -> bool:
    """Whether words without a slot claim something; those of the trend asked for are held to it elsewhere."""
    if HOLE in piece or not words.CLAIMS[one.language].search(piece):
        return False
    return not _tells_the_trend(piece, one, evidence)


def _tells_the_trend(text: str, one: Read, evidence: Evidence) -> bool:
    """Whether words say up, down or unchanged in an answer about one trend."""
    turns = any(pattern.search(text) for pattern in words.DIRECTIONS[one.language].values())
    return turns and ANY_TREND in evidence.cards


def _is_answer(evidence: Evidence) -> bool:
    """Whether all that is given was found for one question; a digest has figures of the whole week too."""
    return WHOLE not in evidence.cards


def numbers_keep_their_theme(one: Read, evidence: Evidence) -> Iterator[str]:
    """A theme's number stands beside its name; where there are several, in the same order."""
    names = _order(slot.id for slot in one.slots if slot.sort == "t")
    numbers = _order(theme for slot in one.slots if slot.sort == "f" and (theme := evidence.theme_of(slot)))
    quoted = {theme for slot in one.slots if slot.sort == "q" and (theme := evidence.theme_of(slot))}
    if names and quoted - set(names):
        yield "a quote belongs to a theme that the sentence does not name"
    if set(numbers) - set(names):
        yield "a number belongs to a theme that the sentence does not name"
    told = [
        (t, slot.sort == "t") for slot in one.slots if slot.sort != "q" and (t := evidence.theme_of(slot))
    ]
    if not _stand_together([pair for pair in told if pair[0] in names]):
        yield "numbers and the themes they belong to stand in different order"
    spoken = [
        (t, slot.sort == "t") for slot in one.slots if slot.sort != "f" and (t := evidence.theme_of(slot))
    ]
    if len(set(names)) > 1 and quoted and not _stand_together([pair for pair in spoken if pair[0] in names]):
        yield "quotes and the themes they belong to stand in different order"


def numbers_keep_their_row(one: Read, evidence: Evidence) -> Iterator[str]:
    """A number of a list stands beside what its line goes by, line after line."""
    rows = [(row, evidence.names_row(slot)) for slot in one.slots if (row := evidence.row_of(slot))]
    names = _order(row for row, is_name in rows if is_name)
    numbers = _order(row for row, is_name in rows if not is_name)
    if set(numbers) - set(names):
        yield "a number belongs to a line of a list that the sentence does not name"
    elif not _stand_together(rows):
        yield "numbers and the lines of a list they belong to stand in different order"
    named: set[str | None] = set()
    for slot in one.slots:
        named |= {evidence.row_of(slot)} if evidence.names_row(slot) else set()
        if slot.id.endswith(".names") and evidence.row_of(slot) not in {None, *named}:
            yield "accounts stand before what they speak of"


def numbers_are_the_themes(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where a theme is named with a number, one of its own is there."""
    names = {slot.id for slot in one.slots if slot.sort == "t"}
    counts = [slot for slot in one.slots if slot.sort == "f" and _counts(slot, evidence)]
    if (
        names
        and any(not _is_led(s, one, evidence) for s in counts)
        and not any(map(evidence.theme_of, counts))
    ):
        yield "it names a theme beside a number that is not the theme's"


def the_whole_is_called_so(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where a theme or a line of a list is named, a figure of everything is said to be that."""
    names = [slot for slot in one.slots if slot.sort == "t" or evidence.names_row(slot)]
    for slot in one.slots:
        if slot.sort == "f" and _leads_to_itself(slot, one, evidence):
            yield f"{slot.id} stands as a whole of which its own theme is a part"
    for slot in one.slots if names else ():
        if (
            slot.sort != "f"
            or evidence.theme_of(slot)
            or evidence.row_of(slot)
            or not _counts(slot, evidence)
            or _is_led(slot, one, evidence)
        ):
            continue
        before, after = one.blank[: slot.start], one.blank[slot.end :]
        if not (
            words.WHOLE_BEFORE[one.language].search(before) or words.WHOLE_AFTER[one.language].match(after)
        ):
            yield f"{slot.id} stands beside a name and is not its own"


def _leads_to_itself(slot: Slot, one: Read, evidence: Evidence) -> bool:
    """Whether a theme's own number is followed by words that single that theme out of it."""
    own = evidence.theme_of(slot)
    name = next((s for s in one.slots if s.sort == "t" and s.start > slot.end), None)
    between = one.blank[slot.end : name.start] if name and name.id == own else ""
    return bool(words.LED_BY[one.language].search(between))


def _is_led(slot: Slot, one: Read, evidence: Evidence) -> bool:
    """Whether a total of a kind is followed by words that single out one theme of that kind."""
    parts, name = (
        slot.id.split("."),
        next((s for s in one.slots if s.sort == "t" and s.start > slot.end), None),
    )
    if parts[0] != "total" or name is None:
        return False
    of_kind = f"{words.PREFIXES.get(parts[1], parts[1])}.{name.id}.accounts" in evidence.cards
    return of_kind and bool(words.LED_BY[one.language].search(one.blank[slot.end : name.start]))


def _counts(slot: Slot, evidence: Evidence) -> bool:
    card = evidence.cards.get(slot.id)
    return card is not None and card.unit not in ("weeks", "day", "week", "name", "names", "trend")


def _stand_together(told: list[tuple[str, bool]]) -> bool:
    """Whether each number follows its own name (before any name: comes to it), or all are in one order."""
    names = _order(key for key, is_name in told if is_name)
    if names == _order(key for key, is_name in told if not is_name):
        return True
    last = next(iter(names), None)
    for key, is_name in told:
        last = key if is_name else last
        if key != last:
            return False
    return True


def _order(themes: Iterator[str]) -> list[str]:
    seen: list[str] = []
    for theme in themes:
        if not seen or seen[-1] != theme:
            seen.append(theme)
    return seen
