"""Whether people write or speak neither Japanese nor English, told by script and small words.

Sure before complete: a line tells a language or is passed over, and a conversation is foreign only where
lines of another language outweigh those of Japanese and English, and hold more than names, addresses and
quoted errors do.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from koe.language.foreign_words import CHINESE, CHINESE_WORDS, NAMELIKE, OWN, SIMPLIFIED, TELLING

__all__ = ["is_foreign", "is_readable"]

OUTWEIGHS = 2
"""How many times the weight of Japanese and English another language has to have."""
OUTWEIGHS_AN_OPENING = 8
"""The same where the first line that tells a language is Japanese or English: the rest may be a quotation."""
LEAST = 3
"""What part of all lines, also those that tell no language, has to be in another one."""
WORDS = 8
"""Latin words from which on one in five has to be a small word of one language; of fewer two in five."""
FEWEST = 4
"""Latin words of which can be told what language they are."""
LETTERS_OF_A_WORD = 8
"""Characters for each stretch without a space from which on a text may hold a script that parts no words."""
CODE = 2
"""Letters of a code for a country or a language, of which a list looks like small words."""
_PLACEHOLDER = re.compile(r"\[[^\[\]\s]{1,16}\]")
_ASCII = re.compile(r"[!-~]{2,}")
_NO_WORD = re.compile(r"[@_/\\=<>{}#$\d]|\w[.:(]\w")
"""What addresses, paths, code and numbers have in them and words have not."""
_QUOTED = re.compile(r"\"[^\"]+\"|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|「[^「」]+」|(?<!\w)['‘][^'‘’]+['’](?!\w)")
_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u2e80-\uffef]")
_LATIN = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uff9f]")
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_KANA_RUN = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SPACED = re.compile(
    r"[\uac00-\ud7a3]+|[\u0370-\u03ff\u1f00-\u1fff]{2,}|[\u0400-\u052f]{2,}|[\u0530-\u058f]{2,}"
    r"|[\u0590-\u05ff]{2,}|[\u0600-\u077f]{2,}|[\u0900-\u0dff]{2,}|[\u10a0-\u10ff]{2,}|[\u1200-\u139f]{2,}"
)
"""Words of scripts that part them: Hangul, Greek, Cyrillic, Hebrew, Arabic, those of India and others."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{4,}")
"""Runs of Thai, Lao, Burmese and Khmer."""
_IN_WORDS = "".join(_HAN.findall(CHINESE_WORDS))
_CHINESE = re.compile(rf"([{CHINESE}]|(?=[{_IN_WORDS}])(?:{CHINESE_WORDS}))|[{SIMPLIFIED}]")


class _Line(NamedTuple):
    """What one line tells."""

    weight: int
    """Its characters, those of wide scripts twice: so much is said in them."""
    is_own: bool = False
    script: int = 0
    """Words in a script of neither Japanese nor English; of one that parts no words, four letters."""
    hits: int = 0
    """Characters and words that Chinese has and Japanese has not."""
    chinese: int = 0
    """How many of them are words."""
    words: tuple[str, ...] = ()
    """The words of a line in Latin letters that leans to another language."""
    is_han: bool = False
    """Nothing but Han characters that both languages have."""

    @property
    def is_foreign(self) -> bool:
        """Whether it leans to another language."""
        return bool(self.script or self.hits or self.words)


def is_foreign(texts: Iterable[str]) -> bool:
    """Whether these texts together are, for the most part, in neither Japanese nor English."""
    whole = "\n".join(texts)
    if _is_plainly_readable(whole):
        return False
    lines = _lines(whole)
    foreign = [line for line in lines if line.is_foreign]
    chinese = any(line.hits for line in foreign)
    own = [line for line in lines if line.is_own or (line.is_han and not chinese)]
    first = next((line for line in lines if line.is_own or line.is_foreign), None)
    times = OUTWEIGHS_AN_OPENING if first is not None and first.is_own else OUTWEIGHS
    weight = _weight(foreign)
    return weight > times * _weight(own) and weight * LEAST >= _weight(lines) and _is_sure(foreign)


def is_readable(text: str) -> bool:
    """Whether of the lines that tell a language those in Japanese and English have the most weight."""
    lines = _lines(text)
    return _weight(line for line in lines if line.is_own) > _weight(line for line in lines if line.is_foreign)


def _weight(lines: Iterable[_Line]) -> int:
    return sum(line.weight for line in lines)


def _is_plainly_readable(text: str) -> bool:
    """Whether one look is enough: kana or English words all over it, or too few words to tell."""
    is_ascii = text.isascii()
    if not is_ascii and sum(map(len, _KANA_RUN.findall(text))) * 10 >= len(text):
        return True
    words = text.lower().split()
    if is_ascii and len(words) < FEWEST:
        return True
    has_spaces = is_ascii or len(text) < LETTERS_OF_A_WORD * len(words)
    return has_spaces and sum(map(OWN.__contains__, words)) * 8 >= len(words)


def _lines(text: str) -> list[_Line]:
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    words = _ASCII.sub(_word_or_space, _PLACEHOLDER.sub(" ", plain))
    return [_around_quotations(one) for one in words.splitlines() if one and not one.isspace()]


def _word_or_space(run: re.Match[str]) -> str:
    return " " if _NO_WORD.search(run[0]) else run[0]


def _around_quotations(text: str) -> _Line:
    """What the line tells; one in Japanese or English that quotes other words is Japanese or English."""
    line = _line(text)
    is_own = line.is_foreign and _QUOTED.search(text) and _line(_QUOTED.sub(" ", text)).is_own
    return _Line(line.weight, is_own=True) if is_own else line


def _line(text: str) -> _Line:
    weight = len(text) - text.count(" ")
    words = [word for word in _LATIN.findall(text.lower()) if len(word) > 1 or not word.isascii()]
    if text.isascii() or not _NOT_LATIN.search(text):
        return _latin(weight, words)
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    weight += len(_WIDE.findall(text))
    if kana * 20 > han:
        return _Line(weight, is_own=True)
    script = len(_SPACED.findall(text)) + sum(len(run) // 4 for run in _UNSPACED.findall(text))
    if script or han:
        return _other_script(text, _Line(weight, script=script), han, sum(map(OWN.__contains__, words)))
    return _latin(weight, words)


def _other_script(text: str, line: _Line, han: int, english: int) -> _Line:
    """A line without kana in which stand letters that are not Latin."""
    found = [match[1] for match in _CHINESE.finditer(text)] if han else []
    if english > line.script + len(found):
        return _Line(line.weight, is_own=True)
    others = len(_NOT_LATIN.findall(text)) + len(_WIDE.findall(text))
    if (line.script or found) and others >= len(_ASCII_LETTER.findall(text)):
        return line._replace(hits=len(found), chinese=sum(map(bool, found)))
    return _Line(line.weight, is_han=han > 1)


def _latin(weight: int, words: Sequence[str]) -> _Line:
    english, (_, most) = sum(map(OWN.__contains__, words)), _best(words)
    if english > most:
        return _Line(weight, is_own=True)
    return _Line(weight, words=tuple(words)) if most > english else _Line(weight)


def _best(words: Iterable[str]) -> tuple[str, int]:
    """The other language with the most of its small words among these, and how many."""
    counts = Counter(language for word in words for language in TELLING.get(word, ()))
    return max(counts.items(), key=lambda one: (one[1], one[0]), default=("", 0))


def _is_sure(lines: Sequence[_Line]) -> bool:
    """Whether the lines hold more of a language than names, addresses and quoted words do."""
    hits, chinese = sum(line.hits for line in lines), sum(line.chinese for line in lines)
    if sum(line.script for line in lines) >= 3 or (hits >= 2 and chinese):
        return True
    return _is_sure_latin([word for line in lines for word in line.words])


def _is_sure_latin(words: Sequence[str]) -> bool:
    language, count = _best(words)
    small = {word for word in words if language in TELLING.get(word, ())}
    telling = sum(len(word) > CODE or not word.isascii() for word in small - NAMELIKE)
    english = sum(word in OWN and word not in TELLING for word in words)
    if len(words) < WORDS:
        return len(words) >= FEWEST and telling >= 2 and count * 5 >= 2 * len(words) and not english
    return telling >= 2 and len(small) >= 3 and count * 5 >= len(words) and english * 3 <= count
