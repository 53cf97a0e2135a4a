"""Japanese names in Latin letters: Hepburn spellings of a reading, and pairs of words that are such names."""

import re
from collections.abc import Iterator
from functools import cache

from koe.mask.hits import Hit
from koe.mask.lists import word_list
from koe.mask.tokens import reading_of

__all__ = ["find_romaji_names", "sounds_japanese", "spellings"]

_ROWS = {
    "": "ア イ ウ エ オ", "k": "カ キ ク ケ コ", "s": "サ - ス セ ソ",
    "t": "タ - - テ ト", "n": "ナ ニ ヌ ネ ノ", "h": "ハ ヒ - ヘ ホ",
    "m": "マ ミ ム メ モ", "y": "ヤ - ユ - ヨ", "r": "ラ リ ル レ ロ",
    "w": "ワ - - - ヲ", "g": "ガ ギ グ ゲ ゴ", "z": "ザ - ズ ゼ ゾ",
    "d": "ダ - - デ ド", "b": "バ ビ ブ ベ ボ", "p": "パ ピ プ ペ ポ",
}  # fmt: skip
_ODD = {"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "ン": "n"}
_SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo"}
_SYLLABLE = (
    r"(?:[kgsztdnhbpmyrw]?[aiueo]|[kgnhbpmr]y[auo]|sh[aiuo]|ch[aiuo]|ts?u|j[aiuo]|fu|n(?![aiueoy])|"
    r"(?:k(?=k)|s(?=s)|t(?=[tc])|p(?=p)))"
)
_SHAPE = re.compile(rf"{_SYLLABLE}{{2,6}}h?", re.I)
_PAIR = re.compile(
    r"(?<![A-Za-z0-9@._/-])([A-Z][a-z]{1,11}|[A-Z]{2,12}),?\s([A-Z][a-z]{1,11}|[A-Z]{2,12})(?![A-Za-z0-9@_])"
)


def spellings(reading: str) -> frozenset[str]:
    """The ways a katakana reading is written in lower-case Latin letters; empty when it is not one."""
    letters = _letters(reading)
    if not letters or not letters.isascii():
        return frozenset()
    short = re.sub(r"ou(?!$)|ou$|oo", "o", letters).replace("uu", "u")
    return frozenset({letters, short, re.sub(r"ou|oo", "oh", letters), re.sub(r"n(?=[bmp])", "m", short)})


def find_romaji_names(text: str) -> Iterator[Hit]:
    """Two words with capitals of which one is a known Japanese surname and both sound Japanese."""
    for m in _PAIR.finditer(text):
        words = [m[1].lower(), m[2].lower()]
        if all(_SHAPE.fullmatch(word) for word in words) and any(word in _surnames() for word in words):
            yield Hit(*m.span(), "person")


def sounds_japanese(words: str) -> bool:
    """Whether each of the words can be a Japanese reading in Latin letters."""
    return all(_SHAPE.fullmatch(word) for word in words.split())


def _letters(reading: str) -> str:
    out = ""
    for ch in reading:
        if ch in _SMALL:
            out = _joined(out, _SMALL[ch])
        elif ch == "ー":
            out += out[-1:]
        else:
            out += "'" if ch == "ッ" else _table().get(ch, "ー")
    return re.sub(r"'(.)", lambda m: ("t" if m[1] == "c" else m[1]) + m[1], out)


def _joined(out: str, small: str) -> str:
    stem = out.removesuffix("i")
    return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) else small)


@cache
def _table() -> dict[str, str]:
    plain = {
        kana: row + vowel
        for row, line in _ROWS.items()
        for kana, vowel in zip(line.split(), "aiueo", strict=True)
        if kana != "-"
    }
    return plain | _ODD


@cache
def _surnames() -> frozenset[str]:
    names = word_list("surnames_ja")
    return frozenset(form for name in names for form in spellings(reading_of(name)) if len(form) > 3)
