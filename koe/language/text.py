"""Text as koe compares it: NFKC and folded white space, with the way back to the source's characters."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

Language = Literal["ja", "en"]

ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")
_HALF_WIDTH_MARKS = frozenset("\uff9e\uff9f")
_WRAPPED_DIGITS = re.compile(r"[\uff10-\uff19][^\S\n]*\r?\n[^\S\n]*[\uff10-\uff19]")
_TILDES = str.maketrans({"〜": "~", "～": "~"})
_BREAK = re.compile(r"(?<=[。！？!?])(?![。！？!?」』）)])|(?<=[.])(?=\s)|(?:\r?\n)+")
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)


class Folded(NamedTuple):
    """A comparison view: `text[i]` came from `source[starts[i]:ends[i]]`."""

    text: str
    starts: list[int]
    ends: list[int]


class Span(NamedTuple):
    """A stretch of a text in code points, start inclusive, end exclusive."""

    start: int
    end: int


def clean(text: str) -> str:
    """The text without control, bidi, tag characters and lone surrogates; line ends become `\n`."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def language_of(text: str) -> Language:
    """`ja` when at least one letter in ten is Japanese, else `en`."""
    japanese = len(_JAPANESE.findall(text))
    letters = sum(map(str.isalpha, text))
    return "ja" if letters and japanese * 10 >= letters else "en"


def normalize(text: str) -> str:
    """NFKC with wave dashes made one; offsets are not kept (see `nfkc_view`)."""
    return unicodedata.normalize("NFKC", text).translate(_TILDES)


def nfkc_view(text: str) -> Folded:
    """NFKC of the text, character by character cluster, each with the source range it came from."""
    if all(map(_stays, set(text))) and unicodedata.is_normalized("NFKC", text):
        return Folded(text, list(range(len(text))), list(range(1, len(text) + 1)))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for ch in normalize(text[start:end]):
            out.append(ch)
            starts.append(start)
            ends.append(end)
    return Folded("".join(out), starts, ends)


def fold(text: str) -> Folded:
    """The view quotes are compared in: NFKC, zero-width dropped, white space folded.

    A run of white space is one space between two ASCII characters and nothing next to any other,
    because Japanese wraps lines anywhere, also inside full-width digits; leading and trailing white
    space goes.
    """
    view = nfkc_view(text)
    if not any(ch.isspace() or ch in ZERO_WIDTH for ch in set(view.text)):
        return view
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gap: int | None = None
    for n, ch in enumerate(view.text):
        if ch in ZERO_WIDTH:
            continue
        if ch.isspace():
            gap = n if gap is None else gap
            continue
        is_plain = bool(out) and out[-1].isascii() and ch.isascii()
        if gap is not None and is_plain and not _is_wrapped(text[ends[-1] - 1 : view.ends[n]]):
            out.append(" ")
            starts.append(view.starts[gap])
            ends.append(view.ends[gap])
        gap = None
        out.append(ch)
        starts.append(view.starts[n])
        ends.append(view.ends[n])
    return Folded("".join(out), starts, ends)


def _is_wrapped(source: str) -> bool:
    """Whether two full-width digits have nothing but a line's end between them."""
    return _WRAPPED_DIGITS.fullmatch(source) is not None


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order, without the white space around them."""
    borders = [0, *(m.end() if m.group() else m.start() for m in _BREAK.finditer(text)), len(text)]
    spans = (_strip(text, a, b) for a, b in pairwise(borders))
    return [span for span in spans if span.end > span.start]


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Ranges of a base character with the marks that NFKC may join to it."""
    borders = [n for n, ch in enumerate(text) if n == 0 or not _is_joined(ch)]
    return list(pairwise([*borders, len(text)]))


@lru_cache(maxsize=16_384)
def _stays(ch: str) -> bool:
    """Whether a character is its own normal form and joins no other."""
    return normalize(ch) == ch and not _is_joined(ch)


def _is_joined(ch: str) -> bool:
    return ch in _HALF_WIDTH_MARKS or (ch > "\u02ff" and unicodedata.combining(ch) > 0)
