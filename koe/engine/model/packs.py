"""Conversations as the records of a few calls: short ones together, long ones in pieces that overlap."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from koe.engine.model.fence import fenced, one_line
from koe.engine.model.orders import orders_in, without_orders
from koe.language.text import sentences
from koe.records import MaskedConversation, MaskedTurn

__all__ = ["Pack", "Piece", "halves", "packed", "packs_of", "pieces_of", "render_pack", "text_of"]

MOST_RECORDS = 12
PACK = 10_000
"""Characters of a pack, unless a single piece is longer."""
WINDOW = 10_000
"""Characters of a piece: a call of half an hour is one."""
OVERLAP = 600
"""Characters of the piece before that a piece starts with, at most, in whole turns."""
SEGMENT = 4_000
"""Characters of a turn that are taken together; a longer one is parted between sentences."""
AGENT = 240
"""Characters of an agent's turn that are shown: nothing an agent says is a finding."""
SHORTEST = 400
"""Characters that a piece must have to be parted once more."""


class Piece(NamedTuple):
    """A conversation, or a part of a long one, as a record of a call."""

    conversation: str
    head: str
    """What kind of a record it is, and its title."""
    turns: tuple[str, ...]
    """Its turns, or parts of them, as they are shown."""
    alone: bool = False
    """It held orders to a machine: what else it may hold must not reach its neighbours."""
    part: int = 1
    parts: int = 1

    @property
    def size(self) -> int:
        """Characters."""
        return len(self.head) + sum(map(len, self.turns))


Pack = tuple[Piece, ...]
"""The records of one call."""


def packs_of(conversations: Sequence[MaskedConversation]) -> list[Pack]:
    """All conversations in packs, in the order given; what is long or must stand alone comes between them."""
    return packed(piece for item in conversations for piece in pieces_of(item))


def packed(pieces: Iterable[Piece]) -> list[Pack]:
    """The pieces in packs, as `packs_of` has them."""
    packs: list[list[Piece]] = []
    gathering: list[Piece] = []
    for piece in pieces:
        if piece.alone or piece.size > PACK // 2:
            packs.append([piece])
            continue
        if not gathering or len(gathering) == MOST_RECORDS or _size(gathering) + piece.size > PACK:
            gathering = []
            packs.append(gathering)
        gathering.append(piece)
    return [tuple(pack) for pack in packs]


def _size(pieces: Sequence[Piece]) -> int:
    return sum(piece.size for piece in pieces)


def pieces_of(item: MaskedConversation) -> list[Piece]:
    """A conversation as one piece, or as several that share the turns at their borders."""
    head = _head(item)
    alone = any(orders_in(text) for text in (item.title, *(turn.text for turn in item.turns)))
    windows = _windows([text for turn in item.turns for text in _segments(turn)])
    return [Piece(item.id, head, window, alone, n, len(windows)) for n, window in enumerate(windows, 1)]


def halves(piece: Piece) -> list[Piece]:
    """The piece in two, where it has two turns and is long enough; else nothing."""
    if len(piece.turns) < 2 or piece.size < SHORTEST:
        return []
    middle = len(piece.turns) // 2
    some = (piece.turns[: middle + 1], piece.turns[middle:]) if middle > 1 else _two(piece.turns)
    return [piece._replace(turns=turns, part=n, parts=2) for n, turns in enumerate(some, 1)]


def _two(turns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return turns[: len(turns) // 2], turns[len(turns) // 2 :]


def render_pack(pack: Pack) -> str:
    """The records as a model sees them, numbered from 1; no id of the ledger is in it."""
    return "\n".join(f"### {n} {text_of(piece)}" for n, piece in enumerate(pack, 1))


def text_of(piece: Piece) -> str:
    """A record as a model sees it, behind its number."""
    first, _, rest = piece.head.partition("\n")
    part = f" part {piece.part} of {piece.parts}" if piece.parts > 1 else ""
    return "\n".join([first + part, *([rest] if rest else []), *piece.turns])


def _head(item: MaskedConversation) -> str:
    sale = ", sale" if item.kind == "call" and item.outcome is not None else ""
    title = one_line(without_orders(item.title))
    return f"({item.kind}{sale})" + (f"\ntitle| {title}" if title else "")


def _segments(turn: MaskedTurn) -> Iterator[str]:
    head = f"{turn.n} {turn.role}"
    if turn.role != "customer":
        said = one_line(without_orders(turn.text))
        yield f"{head}| {said if len(said) <= AGENT else said[:AGENT] + ' […]'}"
        return
    for text in _parted(turn.text):
        yield fenced(head, without_orders(text))


def _parted(text: str) -> Iterator[str]:
    """The text, or a long one's sentences in runs that are short enough."""
    if len(text) <= SEGMENT:
        yield text
        return
    start = 0
    for span in sentences(text):
        while span.end - start > SEGMENT:
            cut = span.start if span.start > start else start + SEGMENT
            yield text[start:cut]
            start = cut
    yield text[start:]


def _windows(texts: Sequence[str]) -> list[tuple[str, ...]]:
    windows: list[tuple[str, ...]] = []
    start = 0
    while start < len(texts):
        end, size = start, 0
        while end < len(texts) and (end == start or size + len(texts[end]) <= WINDOW):
            size += len(texts[end])
            end += 1
        windows.append(tuple(texts[start:end]))
        start = end if end == len(texts) else _back(texts, start, end)
    return windows or [()]


def _back(texts: Sequence[str], start: int, end: int) -> int:
    """Where the next window starts: so many whole turns earlier as the overlap takes."""
    shared, at = 0, end
    while at - 1 > start and shared + len(texts[at - 1]) <= OVERLAP:
        at -= 1
        shared += len(texts[at])
    return at
