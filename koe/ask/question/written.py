"""What a question is about as a person would write it: its own words, with what stands between them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koe.ask.question.plans import LONGEST
from koe.language.sudachi import Token
from koe.language.text import normalize

__all__ = ["as_written"]

FAR = 24
"""Characters between two words from which on they are told as two."""
_STOP = re.compile(r"[。、,.;:!?()「」\"“”]")
_TAILS = (("助動詞",), ("接尾辞",), ("動詞", "非自立可能"), ("形容詞", "非自立可能"))
"""What belongs to the word before it: 届か ない, ログイン でき ない, 使い にくい."""
_EDGES = " \t\n?!.,;:\"“”'"
SHORT = 3
"""Words of an English phrase of which none is left out."""
_OPENERS = frozenset({"per", "no", "non", "without", "off", "out", "over", "under", "up", "down", "self"})
"""Small words that a thing's name may begin with."""
_POLITE = ("です", "だ")


class _Piece(NamedTuple):
    """A stretch of the question."""

    start: int
    end: int


def as_written(question: str, words: Sequence[str]) -> str:
    """The question's own stretch that has the words; words it does not have stand behind it as they are."""
    from koe.engine.offline.plan.filters import taken_from, tokens_of

    text = normalize(question[:LONGEST])
    tokens = tokens_of(text)
    found = [(n, word) for n, token in enumerate(tokens) if (word := _word_of(token)) in words]
    taken = taken_from(text)
    if not taken and found and _is_phrase(text, tokens):
        return text.strip(_EDGES)
    pieces = [_with_tail(tokens, n, taken) for n, _ in found]
    missed = [word for word in words if word not in {word for _, word in found}]
    return " ".join([*(text[a:b] for a, b in _joined(pieces, text, taken)), *missed])


def _is_phrase(text: str, tokens: Sequence[Token]) -> bool:
    """Whether the question is but a short phrase that begins with a small word of its matter."""
    words = [token for token in tokens if token.pos[0] == "word"]
    return (
        bool(words)
        and words[0].normal in _OPENERS
        and len(words) <= SHORT
        and not _STOP.search(text.strip(_EDGES))
    )


def _word_of(token: Token) -> str:
    from koe.engine.offline.plan.filters import word_of

    return word_of(token)


def _with_tail(tokens: Sequence[Token], n: int, taken: Sequence[tuple[int, int]]) -> _Piece:
    """The word with what belongs to it behind it, but for what only makes it polite."""
    end = n + 1
    while end < len(tokens) and _is_tail(tokens, end) and not _overlaps(tokens[end], taken):
        end += 1
    while end > n + 1 and (tokens[end - 1].normal in _POLITE or tokens[end - 1].pos[0] == "助詞"):
        end -= 1
    return _Piece(tokens[n].start, tokens[end - 1].end)


def _is_tail(tokens: Sequence[Token], n: int) -> bool:
    pos = tokens[n].pos
    touches = tokens[n].start == tokens[n - 1].end
    return touches and (any(pos[: len(tail)] == tail for tail in _TAILS) or pos[:2] == ("助詞", "接続助詞"))


def _overlaps(token: Token | _Piece, taken: Sequence[tuple[int, int]]) -> bool:
    return any(token.start < end and start < token.end for start, end in taken)


def _joined(pieces: Sequence[_Piece], text: str, taken: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    """Stretches between which a filter's words or a stop stand; all that is nearer is one."""
    whole: _Piece | None = None
    for piece in pieces:
        gap = _Piece(whole.end, piece.start) if whole else None
        if whole and gap and _is_joint(gap, text, taken):
            whole = _Piece(whole.start, max(whole.end, piece.end))
            continue
        if whole:
            yield whole
        whole = piece
    if whole:
        yield whole


def _is_joint(gap: _Piece, text: str, taken: Sequence[tuple[int, int]]) -> bool:
    between = text[gap.start : gap.end]
    return len(between) <= FAR and not _STOP.search(between) and not _overlaps(gap, taken)
