"""Deals whose customers use a term at all, counted so that a text search gives the same number."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from koe.ask.select import iso
from koe.ask.shape import AskFact, AskQuote
from koe.ledger.schema import conversation, deal, turn
from koe.text import normalize, sentences
from koe.weeks import Period


class Use(NamedTuple):
    """A customer's turn that has the term."""

    conversation: str
    account_name: str
    created_at: str
    deal: str | None
    outcome: str | None
    turn: int
    text: str


def uses_of(conn: sa.Connection, terms: Sequence[str], period: Period) -> list[Use]:
    """Customer turns that contain one of the terms, letter case and character width aside, oldest first."""
    query = (
        sa.select(
            conversation.c.external_id,
            conversation.c.account_name,
            conversation.c.created_at,
            deal.c.external_id.label("deal"),
            deal.c.outcome,
            turn.c.n,
            turn.c.text,
        )
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .outerjoin(deal, sa.and_(deal.c.id == conversation.c.deal_id, ~deal.c.withdrawn))
        .where(turn.c.role == "customer", ~conversation.c.withdrawn)
        .where(conversation.c.created_at >= iso(period.start), conversation.c.created_at < iso(period.end))
        .order_by(conversation.c.created_at, conversation.c.id, turn.c.n)
    )
    folded = [normalize(term).lower() for term in terms]
    return [Use(*row) for row in conn.execute(query) if _has(row.text, folded)]


def count_uses(uses: Sequence[Use], term: str) -> list[AskFact]:
    """Deals per outcome and conversations that use the term."""
    facts = [
        AskFact(
            id=f"mention.{outcome}",
            label=term,
            value=len({use.deal for use in uses if use.deal and use.outcome == outcome}),
            unit="deals",
            records=tuple(sorted({use.conversation for use in uses if use.outcome == outcome})),
        )
        for outcome in ("won", "lost")
    ]
    cited = tuple(sorted({use.conversation for use in uses}))
    return [
        AskFact(id="mention.term", label="", value=term, unit="name"),
        *facts,
        AskFact(
            id="mention.conversations", label=term, value=len(cited), unit="conversations", records=cited
        ),
    ]


def quote_uses(uses: Sequence[Use], terms: Sequence[str], limit: int) -> tuple[AskQuote, ...]:
    """The sentence around the term, one for each conversation."""
    folded = [normalize(term).lower() for term in terms]
    seen: dict[str, AskQuote] = {}
    for use in uses:
        spans = [use.text[a:b] for a, b in sentences(use.text) if _has(use.text[a:b], folded)]
        if use.conversation not in seen and spans:
            seen[use.conversation] = AskQuote(
                conversation=use.conversation, turn=use.turn, quote=spans[0], account=use.account_name
            )
    return tuple(list(seen.values())[:limit])


def _has(text: str, folded: Sequence[str]) -> bool:
    whole = normalize(text).lower()
    return any(term in whole for term in folded)
