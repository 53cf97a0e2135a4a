"""Tokens of mixed Japanese and English text, each with its place in the given text."""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from koe.language.text import nfkc_view, sentences

PIECE = 12_000
"""Characters given to Sudachi at once; its limit is 49,149 bytes and a character has at most four."""

KEPT = 4_096
"""Texts whose words are kept for the next station that asks for them, so that Sudachi reads a text once."""
SHORT = 600
"""Characters up to which a text's words are kept."""

_WORD = re.compile(r"[A-Za-zÀ-ɏ0-9]+(?:['’.&_-](?=[A-Za-zÀ-ɏ0-9])[A-Za-zÀ-ɏ0-9]+)*(?:\+\+|#)?")
_URL = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+")
_ANY = re.compile(f"(?P<url>{_URL.pattern})|(?P<word>{_WORD.pattern})|(?P<mark>[^\\s])")
_LATIN = re.compile(f"(?P<url>{_URL.pattern})|(?P<word>{_WORD.pattern})")
_NUMBER = re.compile(r"[0-9][0-9.,:_-]*")
JAPANESE = re.compile(r"[\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fcc\uf900-\ufaff]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STAND_IN = "〓"
_here = threading.local()


class Token(NamedTuple):
    """A word with its place; `start` inclusive, `end` exclusive, in code points of the given text.

    `pos` is UniDic's part of speech with inflection, six fields; an ASCII word has `("word",)`, a web
    address `("url",)` and a masked stretch `("placeholder",)`.
    """

    surface: str
    normal: str
    pos: tuple[str, ...]
    start: int
    end: int


class _View(NamedTuple):
    """What is tokenized: NFKC, each placeholder as one stand-in, and each character's source range."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    hidden: frozenset[int]


class Morpheme(NamedTuple):
    """A word as Sudachi gives it; `kind` is the number of its part of speech in the dictionary."""

    normal: str
    pos: tuple[str, ...]
    kind: int
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text in order, punctuation included and white space left out."""
    return list(_kept_tokens(text)) if len(text) <= SHORT else _tokens(text)


def morphemes(text: str) -> Sequence[Morpheme]:
    """Sudachi's words of a text in order; it takes 49,149 bytes at most."""
    return _kept_morphemes(text) if len(text) <= SHORT else _morphemes(text)


@lru_cache(maxsize=KEPT)
def _kept_tokens(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


@lru_cache(maxsize=KEPT)
def _kept_morphemes(text: str) -> tuple[Morpheme, ...]:
    return tuple(_morphemes(text))


def _tokens(text: str) -> list[Token]:
    view = _view(text)
    if isinstance(view.starts, range):
        return [Token(text[a:b], normal, pos, a, b) for normal, pos, a, b in _all_parts(view)]
    return [
        Token(text[view.starts[a] : view.ends[b - 1]], normal, pos, view.starts[a], view.ends[b - 1])
        for normal, pos, a, b in _all_parts(view)
    ]


def _morphemes(text: str) -> list[Morpheme]:
    return [
        Morpheme(m.normalized_form(), _pos_of(m), m.part_of_speech_id(), m.begin(), m.end())
        for m in analyser().tokenize(text)
    ]


_POS: dict[int, tuple[str, ...]] = {}


def _pos_of(morpheme: Any) -> tuple[str, ...]:
    """The part of speech; each is made once."""
    kind = morpheme.part_of_speech_id()
    found = _POS.get(kind)
    if found is None:
        found = _POS[kind] = tuple(morpheme.part_of_speech())
    return found


def _view(text: str) -> _View:
    view = nfkc_view(text) if not unicodedata.is_normalized("NFKC", text) or "〜" in text else None
    plain = _SURROGATE.sub("\ufffd", view.text if view else text)
    starts: Sequence[int] = view.starts if view else range(len(text))
    ends: Sequence[int] = view.ends if view else range(1, len(text) + 1)
    return _hide(plain, starts, ends) if "[" in plain else _View(plain, starts, ends, frozenset())


def _hide(text: str, starts: Sequence[int], ends: Sequence[int]) -> _View:
    from koe.mask.placeholder import PLACEHOLDER

    out: list[str] = []
    first: list[int] = []
    last: list[int] = []
    hidden: list[int] = []
    at = 0
    for match in [*PLACEHOLDER.finditer(text), None]:
        stop = match.start() if match else len(text)
        out.extend(text[at:stop])
        first.extend(starts[at:stop])
        last.extend(ends[at:stop])
        if match:
            hidden.append(len(out))
            out.append(_STAND_IN)
            first.append(starts[stop])
            last.append(ends[match.end() - 1])
            at = match.end()
    return _View("".join(out), first, last, frozenset(hidden))


_Part = tuple[str, tuple[str, ...], int, int]


def _all_parts(view: _View) -> Iterator[_Part]:
    for start, end in _pieces(view.text):
        piece = view.text[start:end]
        parts = _japanese(piece) if JAPANESE.search(piece) or view.hidden else _ascii(piece)
        for normal, pos, a, b in parts:
            if start + a in view.hidden:
                yield _STAND_IN, ("placeholder",), start + a, start + b
            else:
                yield normal, pos, start + a, start + b


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The text in pieces that Sudachi takes, cut between sentences, inside one only when it is longer."""
    if len(text) <= PIECE:
        yield 0, len(text)
        return
    start = end = 0
    borders = [span.end for span in sentences(text)] + [len(text)]
    for border in borders:
        if border - start > PIECE and end > start:
            yield start, end
            start = end
        while border - start > PIECE:
            yield start, start + PIECE
            start += PIECE
        end = border
    if end > start:
        yield start, end


def _japanese(piece: str) -> list[_Part]:
    """Sudachi's tokens, with those inside an ASCII word or a web address replaced by it."""
    found = morphemes(piece)
    whole = {m.start(): m for m in _LATIN.finditer(piece) if _is_whole(m)}
    borders = {m.end for m in found} if whole else frozenset()
    out: list[_Part] = []
    until = 0
    for normal, pos, _, start, end in found:
        if start < until or pos[0] == "空白":
            continue
        word = whole.get(start)
        if word and word.end() in borders:
            out.append((word.group().lower(), _ascii_pos(word), start, word.end()))
            until = word.end()
        else:
            out.append((normal.lower(), pos, start, end))
    return out


def _is_whole(match: re.Match[str]) -> bool:
    """Whether it is a word or an address, and no number."""
    return match.lastgroup == "url" or _NUMBER.fullmatch(match.group()) is None


def _ascii(piece: str) -> list[_Part]:
    return [(m.group().lower(), _ascii_pos(m), m.start(), m.end()) for m in _ANY.finditer(piece)]


def _ascii_pos(match: re.Match[str]) -> tuple[str, ...]:
    if match.lastgroup == "word":
        return ("名詞", "数詞") if _NUMBER.fullmatch(match.group()) else ("word",)
    return ("url",) if match.lastgroup == "url" else ("補助記号", "一般")


@cache
def dictionary() -> Any:
    """Sudachi's dictionary, opened once."""
    import sudachipy

    return sudachipy.Dictionary()


def analyser() -> Any:
    """This thread's own tokenizer of Sudachi, which gives the longest words."""
    if not hasattr(_here, "sudachi"):
        _here.sudachi = dictionary().tokenizer(mode="C")
    return _here.sudachi
