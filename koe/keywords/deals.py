"""Closed deals with what their customers said in calls: all that keywords are counted over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from koe.keywords.shape import Side
from koe.language.text import normalize
from koe.ledger.schema import conversation, deal, turn
from koe.mask.placeholder import PLACEHOLDER
from koe.weeks import Period, period_between
from koe.workspace import Workspace

__all__ = ["DealVoice", "Utterance", "load_deals"]


class Utterance(NamedTuple):
    """One customer turn of a call, masked."""

    conversation: str
    """The source's own id."""
    n: int
    text: str


class DealVoice(NamedTuple):
    """A closed deal and everything its customer said."""

    id: str
    outcome: Side
    account: str
    """The account it counts as."""
    account_name: str
    industry: str
    turns: tuple[Utterance, ...]
    text: str
    """The turns as they are searched: NFKC, lower case, one per line, blanks for what was masked."""


def load_deals(ws: Workspace, since: date | None = None, until: date | None = None) -> list[DealVoice]:
    """Closed deals by id, `since` and `until` inclusive over the closing day; without calls, no turns."""
    period = period_between(since, until, ws.settings.zone)
    with ws.ledger.connect() as conn:
        deals = [
            row
            for row in conn.execute(_closed())
            if (since is None and until is None) or _in(row.closed_at, period)
        ]
        said: dict[str, list[Utterance]] = {row.id: [] for row in deals}
        for row in conn.execute(_customer_turns()):
            if row.deal_id in said:
                said[row.deal_id].append(Utterance(row.external_id, row.n, row.text))
    return [make_voice(row, said[row.id]) for row in deals]


def make_voice(row: sa.Row[tuple[str, ...]], turns: Sequence[Utterance]) -> DealVoice:
    """One deal as it is counted."""
    text = "\n".join(normalize(PLACEHOLDER.sub(" ", utterance.text)).lower() for utterance in turns)
    return DealVoice(row.id, row.outcome, row.account, row.account_name, row.industry, tuple(turns), text)


def _closed() -> sa.Select[tuple[str, ...]]:
    return sa.select(deal).where(deal.c.outcome.in_(("won", "lost")), ~deal.c.withdrawn).order_by(deal.c.id)


def _customer_turns() -> sa.Select[tuple[str, ...]]:
    """Customer turns of calls that belong to a deal, each call once even when it came in twice."""
    return (
        sa.select(conversation.c.deal_id, conversation.c.external_id, turn.c.n, turn.c.text)
        .join(turn, turn.c.conversation_id == conversation.c.id)
        .where(
            conversation.c.deal_id.is_not(None),
            conversation.c.kind == "call",
            ~conversation.c.withdrawn,
            conversation.c.duplicate_of.is_(None),
            turn.c.role == "customer",
        )
        .order_by(conversation.c.deal_id, conversation.c.created_at, conversation.c.id, turn.c.n)
    )


def _in(closed_at: str | None, period: Period) -> bool:
    return closed_at is not None and period.start <= datetime.fromisoformat(closed_at) < period.end
