"""Sentences that give orders to a reading machine: they are not shown to a model and carry no finding.

No finding is lost with them, because what speaks to a machine says nothing of ours; and a model that obeys
whatever it reads has nothing to obey. The patterns know manners of such orders, not wordings of one set.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from koe.engine.model.order_words import BESIDE, PATTERNS
from koe.language.text import ZERO_WIDTH, Span, sentences

__all__ = ["LEFT_OUT", "is_order", "orders_in", "without_orders"]

LEFT_OUT = "[…]"
"""What stands where an order stood."""
LONGEST = 2_000
"""Characters that are looked at together, so that no text takes long."""
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_SPACED = re.compile(r"\b(?:[a-z][ .\-_*]){4,}[a-z]\b")
_LEET_WORD = re.compile(r"(?=[a-z@$0-9]*[a-z][a-z@$0-9]*[a-z])[a-z@$0-9]{5,}")
_LEET = str.maketrans("01345@$7", "oieasast")
_ALIKE = str.maketrans("аеорсухіјѕԁһոкмтвнАЕОРСХІЈЅВНКМТ", "aeopcyxijsdhnkmtbhAEOPCXIJSBHKMT")
"""Cyrillic and Armenian letters that look like Latin ones."""
_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@lru_cache(maxsize=4096)
def orders_in(text: str) -> tuple[Span, ...]:
    """Where the text gives orders to a machine, by sentences within its lines, in order."""
    pieces = list(_pieces(text))
    plain = {span for span in pieces if is_order(text[span.start : span.end])}
    beside = (
        {span for span in pieces if BESIDE.search(text[span.start : span.end].lower())} if plain else set()
    )
    return tuple(span for span in pieces if span in plain | beside)


def without_orders(text: str) -> str:
    """The text with a mark in place of each run of orders; all other characters stay."""
    out: list[str] = []
    at = 0
    for span in orders_in(text):
        gap = text[at : span.start]
        out += [gap] if not out or gap.strip() else [gap.replace(" ", "")]
        if not out or LEFT_OUT not in out[-2:-1] or gap.strip():
            out.append(LEFT_OUT)
        at = span.end
    return "".join([*out, text[at:]])


def is_order(text: str) -> bool:
    """Whether a sentence gives orders to a machine, plainly, spelt oddly or encoded."""
    return any(pattern.search(view) for view in _views(text) for pattern in PATTERNS)


def _pieces(text: str) -> Iterator[Span]:
    start = 0
    for end in [*(match.start() for match in _LINES.finditer(text)), len(text)]:
        line = text[start:end]
        for span in sentences(line):
            for at in range(span.start, span.end, LONGEST):
                yield Span(start + at, start + min(at + LONGEST, span.end))
        start = end


def _views(text: str) -> Iterator[str]:
    """The text as it may be meant: folded, look-alikes read, letters joined, digits as letters, decoded."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch not in ZERO_WIDTH)
    folded = _bare(plain.translate(_ALIKE)).lower()
    yield folded
    if joined := _SPACED.findall(folded):
        yield " ".join(re.sub(r"[^a-z]", "", word) for word in joined)
        yield _SPACED.sub(lambda match: re.sub(r"[^a-z]", "", match[0]), folded)
    if any(ch in folded for ch in "01345@$7"):
        yield _LEET_WORD.sub(lambda match: match[0].translate(_LEET), folded)
    yield from (found.lower() for run in _ENCODED.findall(plain) if (found := _decoded(run)))


def _bare(text: str) -> str:
    """Latin letters without their marks; Japanese ones keep theirs."""
    split = unicodedata.normalize("NFD", text)
    kept = "".join(ch for ch in split if not ("\u0300" <= ch <= "\u036f"))
    return unicodedata.normalize("NFC", kept)


def _decoded(run: str) -> str:
    """What a run of base64 or hexadecimal says, as a line that says so; empty when it says no words."""
    for decode in (_from_base64, bytes.fromhex):
        try:
            text = decode(run).decode("utf-8")
        except (ValueError, binascii.Error):
            continue
        if sum(ch.isalpha() or ch == " " for ch in text) >= 0.8 * len(text) > 8:
            return f"encoded words: {text}"
    return ""


def _from_base64(run: str) -> bytes:
    bare = run.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
