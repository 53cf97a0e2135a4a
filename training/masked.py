"""Labelled turns as koe reads them: with placeholders where somebody's name, number or address stood."""

from collections.abc import Callable, Iterable
from functools import partial

from koe.engine.offline.find.context import Context
from koe.mask.placeholder import without_codes
from koe.mask.text import MaskedText, Scope, mask_text
from koe.records import MaskedConversation
from training.conversations import Marked
from training.rows import Row

__all__ = ["Mask", "Move", "mask_live", "mask_talk", "masked", "masked_talk"]

Move = Callable[[int, bool], int]
"""Where a border is that was at a place of the raw text; the other says whether something ends there."""
Mask = Callable[[str], MaskedText]
"""How a text is masked: by the rules of today, or as they were when find was last taught."""
_SCOPE = Scope("", "", (), b"training")


def mask_live(text: str) -> MaskedText:
    """The text masked by the rules of today, of nobody's account."""
    return mask_text(text, _SCOPE)


def masked(rows: Iterable[Row], mask: Mask = mask_live) -> list[Row]:
    """The turns masked, their labels moved along."""
    return [_masked(row, mask) for row in rows]


def masked_talk(one: Marked, mask: Mask = mask_live) -> Marked:
    """The conversation masked, its marks moved along."""
    talk, move = mask_talk(one.conversation, mask)
    marks = tuple(
        mark._replace(start=move[mark.turn](mark.start, False), end=move[mark.turn](mark.end, True))
        for mark in one.marks
    )
    return one._replace(conversation=talk, marks=marks)


def mask_talk(talk: MaskedConversation, mask: Mask = mask_live) -> tuple[MaskedConversation, list[Move]]:
    """The conversation masked, and for each turn where a border of its raw text is now."""
    told = [mask(turn.text) for turn in talk.turns]
    turns = tuple(
        turn.model_copy(update={"text": one.text}) for turn, one in zip(talk.turns, told, strict=True)
    )
    return talk.model_copy(update={"turns": turns}), [partial(_moved, one) for one in told]


def _masked(row: Row, mask: Mask) -> Row:
    told = mask(row.text)
    context = row.context and row.context._replace(agent=_agent(row.context, mask))
    labels = tuple(
        one._replace(start=_moved(told, one.start, False), end=_moved(told, one.end, True))
        for one in row.labels
    )
    return row._replace(text=without_codes(told.text), labels=labels, context=context)


def _agent(context: Context, mask: Mask) -> str:
    return without_codes(mask(context.agent).text) if context.agent else ""


def _moved(told: MaskedText, at: int, is_end: bool) -> int:
    """Where a border of the raw text is; one within something masked goes to that end of its placeholder."""
    shift = 0
    for span in told.spans:
        if span.raw_end <= at:
            shift = span.end - span.raw_end
        elif span.raw_start < at:
            return span.end if is_end else span.start
    return at + shift
