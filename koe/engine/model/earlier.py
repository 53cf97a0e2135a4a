"""Questions that were asked before: a conversation stays in the pack in which it was asked.

Packs are made of what is not read yet, so they would be others as soon as a part of them is read, and
answers that are paid for, or on their way, would fit no question. So a record is looked for, word for word,
in what stands in the journal, before a new pack is made of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from koe.engine.model.packs import Piece, text_of
from koe.engine.model.shape import Call, Earlier

__all__ = ["Question", "headers_in", "taken_up"]

_HEADER = re.compile(r"^### (\d+) ", re.MULTILINE)
_FIRST = ("answered", "coming", "open")


class Question(NamedTuple):
    """A call about some records."""

    call: Call
    pieces: tuple[Piece | None, ...]
    """Its records in their order; None for one that nobody wants to know of now."""


def headers_in(user: str) -> list[int]:
    """The numbers of the records in a question."""
    return [int(n) for n in _HEADER.findall(user)]


def taken_up(
    earlier: Sequence[Earlier], wanted: Sequence[Piece], tail: str
) -> tuple[list[Question], list[Piece]]:
    """Earlier questions with those of the wanted pieces that they hold, each once, and the pieces left.

    One without an answer is taken up only whole: what nobody wants to know now is not asked again. `tail`
    is what stands behind the records.
    """
    left: dict[str, list[Piece]] = defaultdict(list)
    for piece in wanted:
        left[text_of(piece)].append(piece)
    held = [(one, _records(one.call.user, tail)) for one in earlier]
    questions = []
    for one, texts in sorted(held, key=lambda pair: _order(pair[0], pair[1], left)):
        pieces = _taken(left, texts)
        if one.stands == "open" and None in pieces:
            _put_back(left, pieces)
        elif any(pieces):
            about = tuple(dict.fromkeys(piece.conversation for piece in pieces if piece))
            questions.append(Question(one.call._replace(about=about), pieces))
    rest = {id(piece) for some in left.values() for piece in some}
    return questions, [piece for piece in wanted if id(piece) in rest]


def _records(user: str, tail: str) -> list[str]:
    found = list(_HEADER.finditer(user))
    ends = [*(match.start() - 1 for match in found[1:]), len(user.removesuffix(tail))]
    return [user[match.end() : end] for match, end in zip(found, ends, strict=False)]


def _order(one: Earlier, texts: Iterable[str], left: dict[str, list[Piece]]) -> tuple[int, int, str]:
    """Those with an answer first, then those that hold most."""
    return _FIRST.index(one.stands), -sum(bool(left.get(text)) for text in texts), one.call.user


def _taken(left: dict[str, list[Piece]], texts: Iterable[str]) -> tuple[Piece | None, ...]:
    return tuple(left[text].pop(0) if left.get(text) else None for text in texts)


def _put_back(left: dict[str, list[Piece]], pieces: Iterable[Piece | None]) -> None:
    for piece in pieces:
        if piece is not None:
            left[text_of(piece)].insert(0, piece)
