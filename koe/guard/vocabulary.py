"""Words of reporting, and what of a sentence is none: the matter that it brings up."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from koe.language.text import Language, normalize

__all__ = ["HOLES", "Matter", "matters", "stems"]

HOLES = "\ufffc"
AFFIXES = (
    "一件社名週前後中内外上下各全計等的性化時間点面側別目位番数率額者人回月日年度間際別以約総最毎両何今先当同他"
    "第再新未非副諸每翌昨本型用済順比増減方場所"
)
"""Kanji that form words of reporting with others, wherever they stand."""
_FOLDER = Path(__file__).parent
_KANJI = "一-鿿々"
_WORD_JA = re.compile(rf"[ァ-ヺー]{{2,}}|[{_KANJI}]+|[A-Za-z]{{2,}}")
_WORD_EN = re.compile(rf"[A-Za-z](?:[A-Za-z]|['’](?=[A-Za-z]))*|[ァ-ヺー]{{2,}}|[{_KANJI}]+|{HOLES}|[.!?:]")
_SUFFIXES = ("'s", "’s", "s", "es", "d", "ed", "ing", "ly", "r", "er", "st", "est", "n", "en")
_DESCRIBES = re.compile(r"(?:ly|ed|ing|ful|ous|ive|able|ible|ent|ant)$")
_VERB_AFTER = frozenset(
    {HOLES, "it", "they", "we", "which", "that", "who", "to", "also", "have", "has", "had"}
)
_TOPIC_AFTER = frozenset(
    (
        *("about", "regarding", "concerning", "around", "with", "over", "of"),
        *("and", "or", "like", "including", "besides", "plus", "despite"),
    )
)
_SKIPPED = frozenset(("a", "an", "the", "their", "our", "its", "some", "many", "more", "other", "any"))


class Matter(NamedTuple):
    """One word that is none of reporting, and how surely it is a matter: 1, or half."""

    word: str
    weight: float


def matters(prose: str, language: Language) -> Iterator[Matter]:
    """What the prose brings up, in order; slots stand in it as `HOLES`."""
    text = normalize(prose)
    yield from _matters_ja(text.lower()) if language == "ja" else _matters_en(text)


def _matters_ja(text: str) -> Iterator[Matter]:
    for word in _stock("ja"):
        if len(word) > 1:
            text = text.replace(word, "\n")
    singles = {word for word in _stock("ja") if len(word) == 1}
    for word in _WORD_JA.findall(text):
        rest = word.strip(AFFIXES) if re.match(f"[{_KANJI}]", word) else word
        if rest and rest not in singles and not stems(rest) & _stems("en"):
            yield Matter(rest, 0.5 if len(word) == 1 else 1.0)


def _matters_en(text: str) -> Iterator[Matter]:
    before: list[str] = ["."]
    for word in _WORD_EN.findall(text):
        if _is_matter(word, before[-1]):
            yield Matter(word.lower(), _weight(word, before))
        before.append(word if word == HOLES else word.lower())


def _is_matter(word: str, before: str) -> bool:
    if not word[0].isalpha():
        return False
    is_short = len(word) < 3 and not (len(word) == 2 and word.isupper())
    return not is_short and not stems(word.lower()) & _stems("en")


def _weight(word: str, before: Sequence[str]) -> float:
    """Half for what looks like a verb, an adverb or an adjective and stands where a matter does not."""
    near = next((one for one in reversed(before) if one not in _SKIPPED), ".")
    is_name = word[0].isupper() and before[-1] not in (".", "!", "?", ":")
    if is_name or near in _TOPIC_AFTER or not word.isascii():
        return 1.0
    is_plural = near == "to" and word.endswith("s")
    return 0.5 if _DESCRIBES.search(word.lower()) or (near in _VERB_AFTER and not is_plural) else 1.0


@cache
def stems(word: str) -> frozenset[str]:
    """A word of Latin letters, and what it may be without the endings of inflection; of others the word."""
    if not word.isascii():
        return frozenset({word})
    found = {word, *(word.removesuffix(end) for end in _SUFFIXES if word.endswith(end))}
    found |= {one + "e" for one in found if one != word}
    found |= {one[:-1] for one in found if len(one) > 3 and one[-1] == one[-2]}
    found |= {one[:-1] + "y" for one in found if one.endswith("i")}
    return frozenset(one for one in found if len(one) > 2 or one == word)


@cache
def _stock(language: Language) -> tuple[str, ...]:
    """Words of reporting, the longest first."""
    lines = (_FOLDER / f"stock_{language}.txt").read_text("utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _stems(language: Language) -> frozenset[str]:
    return frozenset(_stock(language))
