"""Turns cut into the passages that are searched."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koe.language.sudachi import Token
from koe.language.text import Span, sentences
from koe.language.tokens import index_tokens
from koe.language.vectors import EMBEDDER, Floats, embed_tokens

LONGEST = 240
"""Characters of a passage, unless one word is longer."""
_PAUSE = re.compile(r"[、,;；:：\s]")


class Passage(NamedTuple):
    """A stretch of a masked turn with its tokens; `key` changes with place, words and embedder."""

    key: str
    conversation: str
    turn: int
    start: int
    end: int
    role: str
    tokens: Sequence[Token]


def cut(conversation: str, turn: int, role: str, text: str, tokens: Sequence[Token]) -> list[Passage]:
    """The passages of a turn: whole sentences together, up to LONGEST characters."""
    starts = [token.start for token in tokens]
    return [
        Passage(
            _key(conversation, turn, role, span, text), conversation, turn, span.start, span.end, role, inside
        )
        for span in _joined(part for sentence in sentences(text) for part in _parts(text, sentence))
        if (inside := tokens[bisect_left(starts, span.start) : bisect_left(starts, span.end)])
    ]


def rows_of(passages: Sequence[Passage]) -> list[dict[str, object]]:
    """The passages as rows of the ledger, each with its vector; an empty one says nothing."""
    vectors = embed_tokens([passage.tokens for passage in passages])
    return [_row(passage, vector) for passage, vector in zip(passages, vectors, strict=True)]


def _row(passage: Passage, vector: Floats) -> dict[str, object]:
    return {
        "key": passage.key,
        "conversation_id": passage.conversation,
        "turn": passage.turn,
        "start": passage.start,
        "end": passage.end,
        "role": passage.role,
        "tokens": " ".join(index_tokens("", passage.tokens)),
        "vector": vector.astype("<f2").tobytes() if vector.any() else b"",
    }


def _key(conversation: str, turn: int, role: str, span: Span, text: str) -> str:
    parts = (EMBEDDER, conversation, str(turn), role, str(span.start), text[span.start : span.end])
    return hashlib.sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()[:32]


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, cut at pauses where it is too long."""
    start = sentence.start
    while sentence.end - start > LONGEST:
        pauses = [match.end() for match in _PAUSE.finditer(text, start + LONGEST // 2, start + LONGEST)]
        end = pauses[-1] if pauses else start + LONGEST
        yield Span(start, end)
        start = end
    if start < sentence.end:
        yield Span(start, sentence.end)


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Neighbours put together as long as they fit."""
    whole: Span | None = None
    for span in spans:
        if whole and span.end - whole.start <= LONGEST:
            whole = Span(whole.start, span.end)
            continue
        if whole:
            yield whole
        whole = span
    if whole:
        yield whole
