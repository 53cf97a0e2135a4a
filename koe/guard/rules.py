"""The hard rules, one function each: what is wrong with a sentence, the same for every engine."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from koe.engine.base import Sentence
from koe.guard import words
from koe.guard.slots import CLOSING, HOLE, OPENING, SLOT, Evidence, Slot, slots_of, value_of
from koe.text import Language

PROSE_LENGTH: dict[Language, int] = {"ja": 140, "en": 280}
"""Longest prose of a sentence, slots not counted."""
FILLED_LENGTH = 600
WHOLE = "volumes.conversations"
_QUOTED = re.compile(r"「([^「」]*)」|『([^『』]*)』|“([^“”]*)”|\"([^\"]*)\"")
_SIGN = re.compile(r"[-−–—‐‑－+＋±▲△▼▽]$|マイナス$|プラス$|\b(?:minus|plus) $", re.IGNORECASE)
_HONORED = re.compile(r"[A-Za-z]-(?:san|sama|sensei|kun|chan)\b", re.IGNORECASE)
_JAPANESE = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f々]")

_LATIN_OR_JAPANESE = re.compile(rf"[A-Za-zÀ-ɏ\uff21-\uff5a]|{_JAPANESE.pattern}")


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


def numbers_are_slots(one: Read, evidence: Evidence) -> Iterator[str]:
    """No number stands in the prose: no digit of any script, no number word."""
    if any(unicodedata.numeric(ch, None) is not None and ch not in words.KANJI_DIGITS for ch in _plain(one)):
        yield "a digit stands outside a slot"
    if any(_SIGN.search(one.text[: slot.start]) for slot in one.slots if slot.sort == "f"):
        yield "a sign stands at a slot"
    if one.language == "ja" or _JAPANESE.search(one.prose):
        without_idioms = words.KANJI_IDIOM.sub("", _plain(one))
        if words.KANJI_NUMBER.search(without_idioms) or words.VAGUE_JA.search(without_idioms):
            yield "a number in words stands outside a slot"
    if words.NUMBER_WORDS_EN.search(one.prose):
        yield "a number in words stands outside a slot"


def _plain(one: Read) -> str:
    return unicodedata.normalize("NFKC", one.prose)


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
    if not one.slots and (one.sentence.cites or words.CLAIMS[one.language].search(one.prose)):
        yield "it claims something and names no figure, theme or quote"


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


def numbers_keep_their_row(one: Read, evidence: Evidence) -> Iterator[str]:
    """A number of a list stands beside what its line goes by, line after line."""
    rows = [(row, evidence.names_row(slot)) for slot in one.slots if (row := evidence.row_of(slot))]
    names = _order(row for row, is_name in rows if is_name)
    numbers = _order(row for row, is_name in rows if not is_name)
    if set(numbers) - set(names):
        yield "a number belongs to a line of a list that the sentence does not name"
    elif not _stand_together(rows):
        yield "numbers and the lines of a list they belong to stand in different order"


def numbers_are_the_themes(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where a theme is named with a number, one of its own is there."""
    names = {slot.id for slot in one.slots if slot.sort == "t"}
    counts = [slot for slot in one.slots if slot.sort == "f" and _counts(slot, evidence)]
    if names and counts and not any(evidence.theme_of(slot) for slot in counts):
        yield "it names a theme beside a number that is not the theme's"


def the_whole_is_called_so(one: Read, evidence: Evidence) -> Iterator[str]:
    """Where a theme or a line of a list is named, a figure of everything is said to be that."""
    names = [slot for slot in one.slots if slot.sort == "t" or evidence.names_row(slot)]
    for slot in one.slots if names else ():
        if (
            slot.sort != "f"
            or evidence.theme_of(slot)
            or evidence.row_of(slot)
            or not _counts(slot, evidence)
        ):
            continue
        before, after = one.blank[: slot.start], one.blank[slot.end :]
        if not (
            words.WHOLE_BEFORE[one.language].search(before) or words.WHOLE_AFTER[one.language].match(after)
        ):
            yield f"{slot.id} stands beside a name and is not its own"


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


def is_plain(one: Read, evidence: Evidence) -> Iterator[str]:
    """No link, image, tag or markup, neither in the prose nor in what its slots are filled with."""
    if words.LINK.search(_plain(one)):
        yield "a link or a tag stands in it"
    if words.MARKUP.search(one.prose):
        yield "markup stands in it"
    for slot in one.slots:
        if words.LINK.search(value_of(slot, evidence) or ""):
            yield f"the slot {slot.sort}:{slot.id} brings in a link or a tag"


def is_short(one: Read, evidence: Evidence) -> Iterator[str]:
    """Neither empty nor longer than a sentence that is read in one breath."""
    if not one.prose.strip():
        yield "it is empty"
    if len(one.prose) > PROSE_LENGTH[one.language]:
        yield f"it is longer than {PROSE_LENGTH[one.language]} characters"
    brought = sum(len(value_of(slot, evidence) or "") for slot in one.slots)
    if len(one.prose) + brought > FILLED_LENGTH:
        yield f"it is longer than {FILLED_LENGTH} characters when it is filled"


def is_in_language(one: Read, evidence: Evidence) -> Iterator[str]:
    """The prose is in the language asked for."""
    letters = [ch for ch in one.prose if ch.isalpha()]
    if any(not _LATIN_OR_JAPANESE.match(ch) for ch in letters):
        yield "it has letters of another language"
    japanese = sum(bool(_JAPANESE.match(ch)) for ch in letters)
    if one.language == "en" and japanese:
        yield "it is not in English"
    if one.language == "ja" and letters and japanese * 2 < len(letters):
        yield "it is not in Japanese"


def is_impersonal(one: Read, evidence: Evidence) -> Iterator[str]:
    """Nothing personal stands in the prose, as far as the mask's own detectors see."""
    from koe.mask.text import Scope, mask_text

    masked = mask_text(one.prose, Scope(account="", company="", people=(), key=b"prose"))
    for kind in sorted({span.type for span in masked.spans}):
        yield f"something personal stands in it ({kind})"
    if _HONORED.search(one.prose):
        yield "something personal stands in it (a name with an honorific)"
