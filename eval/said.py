"""What was said, unmasked and masked side by side, with the way from one to the other."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from eval.shape import Miss
from koe.language.text import fold
from koe.ledger.reading import load_conversations
from koe.ledger.schema import conversation, mask_span
from koe.ledger.schema import turn as turn_table
from koe.ledger.stamps import from_stamp
from koe.mask import MaskSpan
from koe.workspace import Workspace

__all__ = ["Said", "SaidTurn", "load_said"]

AROUND = 60
"""Characters of text around a miss, on either side."""


class SaidTurn(NamedTuple):
    """One turn, as it came and as koe keeps it."""

    role: str
    raw: str
    masked: str
    spans: tuple[MaskSpan, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the masked text stands in the source; a placeholder is taken whole."""
        return self._there(start, end, "start", "raw_start"), self._there(end, end, "end", "raw_end")

    def masked_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the source stands in the masked text."""
        return self._back(start, is_end=False), self._back(end, is_end=True)

    def place(self, quote: str) -> tuple[int, int] | None:
        """Where the source has the words, exactly or else but for width and white space; None if nowhere."""
        at = self.raw.find(quote)
        if at >= 0:
            return at, at + len(quote)
        view, wanted = fold(self.raw), fold(quote).text
        at = view.text.find(wanted) if wanted else -1
        return None if at < 0 else (view.starts[at], view.ends[at + len(wanted) - 1])

    def _there(self, at: int, end: int, side: str, raw_side: str) -> int:
        shift = 0
        for span in self.spans:
            if span.start < at < span.end or at == getattr(span, side):
                return int(getattr(span, raw_side))
            if span.end <= at:
                shift = span.raw_end - span.end
        return at + shift

    def _back(self, at: int, *, is_end: bool) -> int:
        shift = 0
        for span in self.spans:
            if span.raw_start < at < span.raw_end:
                return span.end if is_end else span.start
            if span.raw_end <= at:
                shift = span.end - span.raw_end
        return at + shift


class Said(NamedTuple):
    """One conversation; `id` is its source's own."""

    id: str
    account: str
    company: str
    language: str
    day: str
    """ISO date on the company's clock."""
    people: tuple[str, ...]
    """Names that its record gives: the contact and the speakers."""
    turns: tuple[SaidTurn, ...]

    def around(self, turn: int, start: int, end: int) -> tuple[str, str, str]:
        """A stretch of a masked turn with the text before and after it."""
        text = self.turns[turn].masked
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        lead, tail = "…" if start > AROUND else "", "…" if end + AROUND < len(text) else ""
        return lead + before, text[start:end], after + tail

    def miss(self, family: str, sort: str, what: str, place: tuple[int, int, int]) -> Miss:
        """A miss at (turn, start, end) of the masked text."""
        before, mark, after = self.around(*place)
        case = f"{self.id} turn {place[0]}"
        return Miss(family=family, case=case, sort=sort, what=what, before=before, mark=mark, after=after)


def load_said(ws: Workspace) -> Mapping[str, Said]:
    """Every conversation that stands, by its source's id, in the order of ids."""
    with ws.ledger.connect() as conn:
        rows = conn.execute(
            sa.select(conversation).where(~conversation.c.withdrawn).order_by(conversation.c.id)
        ).all()
        spans: dict[tuple[str, int], list[MaskSpan]] = defaultdict(list)
        for row in conn.execute(sa.select(mask_span).order_by(mask_span.c.start)):
            span = MaskSpan(row.start, row.end, row.raw_start, row.raw_end, row.type)
            spans[row.conversation_id, row.turn].append(span)
        masked = {(row.conversation_id, row.n): row.text for row in conn.execute(sa.select(turn_table)).all()}
        records = load_conversations(conn, [row.id for row in rows])
    return {
        row.external_id: Said(
            row.external_id,
            row.account_id,
            row.account_name,
            row.language or "",
            from_stamp(row.created_at).astimezone(ws.settings.zone).date().isoformat(),
            tuple(sorted({record.contact, *(turn.name for turn in record.turns)} - {""})),
            tuple(
                SaidTurn(turn.role, turn.text, masked.get((row.id, n), ""), tuple(spans[row.id, n]))
                for n, turn in enumerate(record.turns)
            ),
        )
        for row, record in zip(rows, records, strict=True)
    }
