"""What a stretch of Japanese words can be: a name, a common word, a company, a role."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from koe.mask.tokens import Kind, Token, kinds_of
from koe.mask.words_ja import (
    ATTACHED,
    COMMON_SURNAMES,
    DOUBTFUL_SURNAMES,
    HONORIFICS,
    ORG_TAIL,
    PERSON_ROLES,
    TITLES,
)

__all__ = [
    "HIRAGANA",
    "JOINTS",
    "KANJI",
    "KATAKANA",
    "LISTED",
    "NAMING",
    "NOUNISH",
    "NUMERALS",
    "ODD",
    "PERSON",
    "Doc",
    "ends_in_role",
    "extended",
    "head_before",
    "is_broken",
    "is_one_script",
    "is_ordinary",
    "is_org",
    "is_person",
]

PERSON: frozenset[Kind] = frozenset({"surname", "given", "name"})
NAMING: frozenset[Kind] = PERSON | {"place"}
NUMERALS = frozenset("0123456789一二三四五六七八九十百千何数")
NOUNISH: frozenset[Kind] = frozenset({"noun", "proper", "place", "surname", "given", "name", "number"})
KANJI = re.compile(r"[一-龥々ヶ〆]+")
HIRAGANA = re.compile(r"[ぁ-んー]+")
KATAKANA = re.compile(r"[ァ-ヴー]+")
JOINTS = frozenset(" ・･=　")
ODD = re.compile(r"[一二三四五六七八九十月火水木金土日名]$|^[月火水木金土日]{2}$")
"""Counts and runs of weekdays that the dictionary takes for surnames."""
LISTED = COMMON_SURNAMES | DOUBTFUL_SURNAMES


class Doc(NamedTuple):
    text: str
    tokens: Sequence[Token]


def is_ordinary(text: str, start: int, end: int) -> bool:
    """Whether the pieces make up a common word, or a count goes before them."""
    kinds = kinds_of(text[start:end])
    return bool(kinds and not kinds & NAMING) or text[start - 1 : start] in NUMERALS


def is_broken(doc: Doc, first: int, word: str) -> bool:
    """Whether an unknown word is one token, or pieces of one character that Sudachi could not join."""
    pieces = [t for t in doc.tokens[first : first + 3] if t.end <= doc.tokens[first].start + len(word)]
    if len(pieces) == 1:
        return not KATAKANA.fullmatch(word)
    return bool(KANJI.fullmatch(word)) and all(
        len(t.text) == 1 and t.kind not in ("suffix", "number") for t in pieces
    )


def extended(doc: Doc, first: int) -> int:
    """Where the name starts when a surname stands before the part found, joined or after a space."""
    back = first - 1
    if back > 0 and doc.tokens[back].text in JOINTS:
        back -= 1
    if back >= 0 and back != first and "surname" in kinds_of(doc.tokens[back].text) | {doc.tokens[back].kind}:
        adjacent = back == first - 1
        if is_person(doc.tokens[back]) and (not adjacent or len(doc.tokens[back].text) > 1):
            return doc.tokens[back].start
    if back >= 0 and doc.tokens[first - 1].text in ("・", "=") and KATAKANA.fullmatch(doc.tokens[back].text):
        return doc.tokens[back].start
    return doc.tokens[first].start


def head_before(doc: Doc, i: int) -> str:
    """The run of nouns that ends right before token `i`."""
    first = i
    while first > 0 and doc.tokens[first - 1].kind in NOUNISH | {"suffix"} and i - first < 6:
        first -= 1
    return doc.text[doc.tokens[first].start : doc.tokens[i].start] if first < i else ""


def is_org(doc: Doc, j: int) -> bool:
    """Whether what follows makes a name into a company, a place or a thing."""
    if j >= len(doc.tokens):
        return False
    after = doc.tokens[j]
    if after.text in HONORIFICS or after.text in TITLES or after.text in ATTACHED:
        return (
            after.text in TITLES
            and is_org(doc, j + 1)
            and ORG_TAIL.match(doc.text, doc.tokens[j + 1].start) is not None
        )
    return ORG_TAIL.match(doc.text, after.start) is not None or (
        after.kind in ("noun", "proper", "suffix", "place")
    )


def ends_in_role(head: str) -> bool:
    return any(head[n:] in PERSON_ROLES for n in range(len(head)))


def is_person(token: Token) -> bool:
    return token.kind in PERSON


def is_one_script(word: str) -> bool:
    return any(script.fullmatch(word) for script in (KANJI, HIRAGANA, KATAKANA))
