"""A text's pieces in windows: what the encoder of find reads. Each clause is cut by itself.

Training and reading use the same functions.
"""

from typing import NamedTuple

import numpy as np

from koe.engine.offline.find.features import Batch
from koe.language.pieces import Pieces

__all__ = [
    "CONTEXT",
    "KINDS",
    "LONGEST",
    "WINDOW",
    "Cut",
    "cut_text",
]

WINDOW = 240
"""Pieces of a text that are read together."""
LONGEST = 200
"""Pieces of one clause that are read; what lies behind them is no quote."""
CONTEXT = 40
"""Pieces at the end of what was said before that are read with a text."""
KINDS = tuple(f"[unused{n}]" for n in range(6))
"""Pieces that say what a text is part of: a ticket or a call, of a deal or of none, or not known of which."""


class Cut(NamedTuple):
    """A text in windows of pieces, and where each of its clauses lies in the row of its own pieces."""

    windows: list[list[int]]
    ahead: list[int]
    """How many pieces of each window stand before the text's own; 1 more stands behind them."""
    starts: list[int]
    ends: list[int]


def cut_text(batch: Batch, text: int, pieces: Pieces) -> Cut:
    """The clauses of one text of a batch in windows, each with what is known of what stands around it."""
    shift, end = batch.offset(text), batch.offset(text) + len(batch.texts[text])
    first, last = np.searchsorted(batch.clause_starts, [shift, end]).tolist()
    context = batch.contexts[text]
    said = pieces.of(context.agent)[-CONTEXT:]
    kind = KINDS[int(context.is_call) + (0 if context.is_sale is None else 2 + 2 * int(context.is_sale))]
    head = [*(pieces.numbers[name] for name in ("[CLS]", kind)), *said, pieces.numbers["[SEP]"]]
    made = Cut([], [], [], [])
    for n in range(first, last):
        quote = batch.texts[text][batch.clause_starts[n] - shift : batch.clause_ends[n] - shift]
        own = pieces.of(quote)[:LONGEST] or [pieces.numbers["[UNK]"]]
        if not made.windows or len(made.windows[-1]) + len(own) > WINDOW + len(head):
            made.windows.append(list(head))
            made.ahead.append(len(head))
        made.windows[-1].extend(own)
        made.starts.append(made.ends[-1] if made.ends else 0)
        made.ends.append(made.starts[-1] + len(own))
    for window in made.windows:
        window.append(pieces.numbers["[SEP]"])
    return made
