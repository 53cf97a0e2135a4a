"""Sudachi's tokens, once a text, and what its dictionary says a word can be."""

from functools import lru_cache
from typing import Literal, NamedTuple

from koe.language.sudachi import analyser, dictionary, morphemes

__all__ = ["Kind", "Token", "kinds_of", "reading_of", "tokenize"]

Kind = Literal[
    "surname", "given", "name", "place", "proper", "noun", "suffix", "space", "mark", "number", "other"
]

_LONGEST_BYTES = 40_000
"""Sudachi takes less than 49,150 bytes at a time."""


class Token(NamedTuple):
    """One word, start inclusive, end exclusive."""

    text: str
    start: int
    end: int
    kind: Kind


def tokenize(text: str) -> list[Token]:
    """The words of the text in order; together they cover all of it."""
    tokens: list[Token] = []
    for start, piece in _pieces(text):
        tokens += [
            Token(piece[a:b], start + a, start + b, _kind(number, pos))
            for _, pos, number, a, b in morphemes(piece)
            if b > a
        ]
    return tokens


@lru_cache(maxsize=65_536)
def kinds_of(word: str) -> frozenset[Kind]:
    """Everything the dictionary knows the word as; empty when it does not know it."""
    return frozenset(_kind(m.part_of_speech_id(), m.part_of_speech()) for m in dictionary().lookup(word))


def reading_of(word: str) -> str:
    """The word's reading in katakana; empty when one of its parts has none."""
    readings = [m.reading_form() for m in analyser().tokenize(word) if m.surface().strip()]
    return "".join(readings) if all(readings) else ""


_KINDS: dict[int, Kind] = {}


def _kind(pos_id: int, pos: tuple[str, ...]) -> Kind:
    found = _KINDS.get(pos_id)
    if found is None:
        found = _KINDS[pos_id] = _kind_of(pos)
    return found


def _kind_of(pos: tuple[str, ...]) -> Kind:
    if pos[:3] == ("名詞", "固有名詞", "人名"):
        return {"姓": "surname", "名": "given"}.get(pos[3], "name")  # type: ignore[return-value]
    if pos[:3] == ("名詞", "固有名詞", "地名"):
        return "place"
    if pos[:2] == ("名詞", "固有名詞"):
        return "proper"
    if pos[:2] == ("名詞", "数詞"):
        return "number"
    first: dict[str, Kind] = {
        "名詞": "noun", "代名詞": "noun", "形状詞": "noun",
        "接尾辞": "suffix", "空白": "space", "補助記号": "mark", "記号": "mark",
    }  # fmt: skip
    return first.get(pos[0], "other")


def _pieces(text: str) -> list[tuple[int, str]]:
    if len(text.encode("utf-8", "surrogatepass")) <= _LONGEST_BYTES:
        return [(0, text)]
    pieces, start = [], 0
    while start < len(text):
        end = min(len(text), start + _LONGEST_BYTES // 4)
        if end < len(text):
            end = max(text.rfind(sign, start, end) + 1 for sign in "。\n ") or end
            end = end if end > start else min(len(text), start + _LONGEST_BYTES // 4)
        pieces.append((start, text[start:end]))
        start = end
    return pieces
