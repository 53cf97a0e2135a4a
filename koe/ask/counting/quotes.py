"""Which words are shown of all that carry an answer, and what was answered to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import get_args

import sqlalchemy as sa

from koe.ask.rows.select import Row
from koe.ask.shape import AskFact, AskQuote
from koe.facts.accounts import shown
from koe.language.text import sentences
from koe.language.tokens import index_tokens
from koe.ledger.schema import turn
from koe.records import Outcome
from koe.report.safe import shorten
from koe.workspace import Workspace

QUOTES = 5
"""Quotes that an answer shows."""
GIVEN = 20
"""Quotes that an engine is given to answer with."""
REPLIES = 3
REPLY_LENGTH = 160


def quotes_of(ws: Workspace, rows: Sequence[Row], names: Mapping[str, str]) -> tuple[AskQuote, ...]:
    """The strongest words first, one for each account until all accounts have spoken."""
    return tuple(_quote(ws, row, names) for row in chosen(rows)[:GIVEN])


def chosen(rows: Sequence[Row]) -> list[Row]:
    """The rows in the order in which they are shown."""
    ordered = sorted(
        rows, key=lambda row: (not row.id, -row.severity, row.created_at, row.ledger_id, row.turn)
    )
    firsts: dict[str, Row] = {}
    for row in ordered:
        firsts.setdefault(row.voice, row)
    taken = set(firsts.values())
    return [*firsts.values(), *(row for row in ordered if row not in taken)]


def _quote(ws: Workspace, row: Row, names: Mapping[str, str]) -> AskQuote:
    return AskQuote(
        finding=row.id or None,
        conversation=row.conversation,
        turn=row.turn,
        quote=row.quote,
        kind=row.kind,
        theme_name=names.get(row.theme or "", ""),
        account=shown(ws, row.account, row.account_name),
        day=day_of(row, ws),
        outcome=outcome_of(row.outcome),
    )


def outcome_of(text: str | None) -> Outcome | None:
    """The outcome of a deal as a record has it; None of no deal."""
    return next((name for name in get_args(Outcome) if name == text), None)


def day_of(row: Row, ws: Workspace) -> str:
    """The day of the row's conversation on the company's clock."""
    return datetime.fromisoformat(row.created_at).astimezone(ws.settings.zone).date().isoformat()


def replies_of(conn: sa.Connection, rows: Sequence[Row], words: Sequence[str]) -> list[AskFact]:
    """What agents said next to the words that are shown, each a text with its conversation and turn.

    A model tells for itself which of it answers; `koe.ask.records.replies` is for koe's own engine.
    """
    facts: list[AskFact] = []
    for row in chosen(rows):
        query = sa.select(turn.c.n, turn.c.text).where(
            turn.c.conversation_id == row.ledger_id, turn.c.n > row.turn, turn.c.role == "agent"
        )
        answer = conn.execute(query.order_by(turn.c.n).limit(1)).first()
        if answer is not None and len(facts) < REPLIES:
            label = f"{row.conversation} {answer.n}"
            text = _core(answer.text, f"{row.quote} {' '.join(words)}")
            facts.append(
                AskFact(
                    id=f"reply.{len(facts) + 1}",
                    label=label,
                    value=text,
                    unit="text",
                    records=(row.conversation,),
                )
            )
    return facts


def _core(text: str, asked: str) -> str:
    """The sentence of the answer that has most to do with what was said, the longest of several."""
    sought = set(index_tokens(asked))
    spans = [text[a:b] for a, b in sentences(text)] or [text]
    best = max(spans, key=lambda span: (len(sought & set(index_tokens(span))), len(span)))
    return shorten(" ".join(best.split()), REPLY_LENGTH)
