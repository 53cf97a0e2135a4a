"""A sentence that connectors said in English, as the language of the report has it.

Sentences are said and kept in English; only where a person reads them are they said anew. A catalogue is
pairs of an English sentence and its Japanese, with slots for what was filled in. What no catalogue has stays
as it is.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from connectors.words.of_files import FILES
from connectors.words.of_pulled import PULLED
from connectors.words.of_tables import TABLES
from koe.language.text import Language

__all__ = ["KINDS", "said_in"]

KINDS: Mapping[str, str] = {
    "tickets": "問い合わせ",
    "calls": "通話",
    "deals": "商談",
    "list": "文字起こしの一覧",
    "ticket": "問い合わせ",
    "call": "通話",
    "deal": "商談",
}
_SLOT = re.compile(r"\\\{(\w+)\\\}")
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_LOOKS = {
    "n": r"\d[\d,]*",
    "m": r"\d[\d,]*",
    "all": r"\d[\d,]*",
    "kind": "|".join(KINDS),
    "field": r"[\w.$\[\]]+",
    "name": _QUOTED,
    "other": _QUOTED,
    "third": _QUOTED,
    **dict.fromkeys(("stem", "amount", "number", "currency"), r"\S+"),
}
"""How what fills a slot looks; other slots take anything, `why` and `parts` a sentence of a catalogue."""


class _Pattern(NamedTuple):
    """An English sentence to be known by, and its Japanese."""

    known: re.Pattern[str]
    says: str


def said_in(sentence: str, language: Language) -> str:
    """The sentence in that language; as it is, where no catalogue has it."""
    return sentence if language == "en" else _anew(sentence) or sentence


def _anew(sentence: str) -> str | None:
    """The sentence, or several with semicolons between them, in Japanese; None where one is not known."""
    for known, says in _patterns():
        found = known.fullmatch(sentence)
        told = {slot: _filled(slot, text) for slot, text in found.groupdict().items()} if found else None
        if told is not None and None not in told.values():
            return says.format(**told)
    parts = _parted(sentence, "; ")
    return "。".join(part.removesuffix("。") for part in parts) + "。" if parts else None


def _filled(slot: str, text: str) -> str | None:
    """What fills a slot, in Japanese where it is words; None where these are not known."""
    if slot == "why":
        return _anew(text)
    if slot == "parts":
        return "、".join(_parted(text, ", ")) or _anew(text)
    if slot in ("name", "other", "third"):
        return str(ast.literal_eval(text))
    if slot == "orders":
        return text.replace(" or ", " か ")
    return KINDS[text] if slot == "kind" else text


def _parted(sentence: str, mark: str) -> tuple[str, ...]:
    """The sentence in two or more known parts with a mark between them; nothing where it has none."""
    for head, rest in _cuts(sentence, mark):
        first = _anew(head)
        more = first and (_parted(rest, mark) or tuple(filter(None, [_anew(rest)])))
        if first and more:
            return (first, *more)
    return ()


def _cuts(sentence: str, mark: str) -> Iterator[tuple[str, str]]:
    """Every way to cut the sentence in two at a mark."""
    at = sentence.find(mark)
    while at >= 0:
        yield sentence[:at], sentence[at + len(mark) :]
        at = sentence.find(mark, at + 1)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(_Pattern(_known(english), says) for english, says in (*TABLES, *FILES, *PULLED))


def _known(english: str) -> re.Pattern[str]:
    """The sentence as a pattern, each slot with what may fill it."""
    return re.compile(
        _SLOT.sub(lambda slot: f"(?P<{slot[1]}>{_LOOKS.get(slot[1], '.+?')})", re.escape(english))
    )
