"""Labelled turns as koe reads them: with placeholders where somebody's name, number or address stood."""

from collections.abc import Iterable

from koe.engine.offline.find_context import Context
from koe.mask.placeholder import without_codes
from koe.mask.text import MaskedText, Scope, mask_text
from training.rows import Row

__all__ = ["masked"]

_SCOPE = Scope("", "", (), b"training")


def masked(rows: Iterable[Row]) -> list[Row]:
    """The turns masked, their labels moved along."""
    return [_masked(row) for row in rows]


def _masked(row: Row) -> Row:
    told = mask_text(row.text, _SCOPE)
    context = row.context and row.context._replace(agent=_agent(row.context))
    if not told.spans:
        return row._replace(context=context)
    labels = tuple(
        one._replace(start=_moved(told, one.start, is_end=False), end=_moved(told, one.end, is_end=True))
        for one in row.labels
    )
    return row._replace(text=without_codes(told.text), labels=labels, context=context)


def _agent(context: Context) -> str:
    return without_codes(mask_text(context.agent, _SCOPE).text) if context.agent else ""


def _moved(told: MaskedText, at: int, is_end: bool) -> int:
    """Where a border of the raw text is; one within something masked goes to the end of its placeholder."""
    shift = 0
    for span in told.spans:
        if span.raw_end <= at:
            shift = span.end - span.raw_end
        elif span.raw_start < at:
            return span.end if is_end else span.start
    return at + shift
