"""Deals beside what was said in their calls: mentions, amounts, and what was lost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import fsum
from typing import NamedTuple

import sqlalchemy as sa

from koe.facts.accounts import pseudonym, shown
from koe.facts.rows import Said, border, chunks
from koe.facts.shape import DealMention, Loss
from koe.ledger.accounts import account_name
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, deal
from koe.records import FindingKind, Outcome
from koe.weeks import Period
from koe.workspace import Workspace

OUTCOMES: tuple[Outcome, ...] = ("won", "lost", "open")
SELLING = (FindingKind.BUYING_REASON, FindingKind.PRAISE)
"""Kinds whose words are said back to other customers."""


_CALLS = (
    sa.select(sa.func.count())
    .where(conversation.c.deal_id == deal.c.id, ~conversation.c.withdrawn)
    .correlate(deal)
    .scalar_subquery()
)
_SALES = sa.select(
    deal, account_name(deal).label("counted_name"), cited_as(deal).label("cited"), _CALLS.label("calls")
)


class Sale(NamedTuple):
    """One deal as it counts."""

    id: str
    external_id: str
    """What it is cited by."""
    account_id: str
    account_name: str
    account: str
    """As it may be shown."""
    account_code: str
    """The pseudonym of the account it counts as."""
    outcome: Outcome
    amount: float | None
    currency: str
    reason: str
    """As entered, not masked: for `lost_deals` alone."""
    calls: int
    """Conversations that belong to it, withdrawn ones left out."""


def read_sales(conn: sa.Connection, ws: Workspace, ids: Iterable[str]) -> dict[str, Sale]:
    """The deals named that were not withdrawn, by id."""
    query = _SALES.where(~deal.c.withdrawn)
    found = (row for part in chunks(ids) for row in conn.execute(query.where(deal.c.id.in_(part))).mappings())
    return {row["id"]: _sale(ws, row) for row in found}


def read_closed(conn: sa.Connection, ws: Workspace, period: Period) -> tuple[Sale, ...]:
    """The deals won or lost in the period, in the order they closed."""
    query = _SALES.where(
        ~deal.c.withdrawn,
        deal.c.outcome.in_(("won", "lost")),
        deal.c.closed_at >= border(period.start),
        deal.c.closed_at < border(period.end),
    ).order_by(deal.c.closed_at, deal.c.id)
    return tuple(_sale(ws, row) for row in conn.execute(query).mappings())


def _sale(ws: Workspace, row: sa.RowMapping) -> Sale:
    return Sale(
        id=row["id"],
        external_id=row["cited"],
        account_id=row["account_id"],
        account_name=row["account_name"],
        account=shown(ws, row["account"], row["counted_name"]),
        account_code=pseudonym(ws.key, row["account"]),
        outcome=row["outcome"],
        amount=row["amount"],
        currency=row["currency"],
        reason=row["loss_reason"] or "",
        calls=row["calls"],
    )


def deal_of(said: Said) -> str | None:
    """Id of the deal whose call the finding stands in; a ticket stands in none."""
    return said.told.deal if said.told.kind == "call" else None


def is_set_aside(said: Said, sales: Mapping[str, Sale]) -> bool:
    """Whether it was found to speak for us in a deal that was lost: nobody else is told it as a reason."""
    sale = sales.get(deal_of(said) or "")
    return sale is not None and counts_for_nobody(said.kind, said.told.kind, sale.outcome)


def counts_for_nobody(kind: str, conversation_kind: str, outcome: str | None) -> bool:
    """Whether words of this kind speak for us in a call of a deal that was lost."""
    return kind in SELLING and conversation_kind == "call" and outcome == "lost"


def mentions(said: Iterable[Said], sales: Mapping[str, Sale]) -> tuple[DealMention, ...]:
    """The deals whose calls carry the findings, each once, by outcome, amount and id."""
    named = [sales[id] for id in {deal_of(one) or "" for one in said} if id in sales]
    named.sort(key=lambda s: (OUTCOMES.index(s.outcome), -(s.amount or 0), s.external_id, s.id))
    return tuple(
        DealMention(
            deal=sale.external_id,
            account=sale.account,
            account_code=sale.account_code,
            outcome=sale.outcome,
            amount=sale.amount,
            currency=sale.currency,
        )
        for sale in named
    )


def amounts(deals: Iterable[DealMention]) -> dict[str, dict[Outcome, float]]:
    """Sum of amounts by currency, then outcome; deals without an amount add nothing: `unpriced` has them."""
    parts: dict[tuple[str, Outcome], list[float]] = defaultdict(list)
    for one in deals:
        if one.amount is not None:
            parts[one.currency, one.outcome].append(one.amount)
    return {
        currency: {o: fsum(parts[currency, o]) for o in OUTCOMES if (currency, o) in parts}
        for currency in sorted({currency for currency, _ in parts})
    }


def unpriced(deals: Iterable[DealMention | Sale]) -> dict[Outcome, list[str]]:
    """What the deals without an amount are cited by, by outcome: they are in no sum."""
    found: dict[Outcome, list[str]] = defaultdict(list)
    for one in deals:
        if one.amount is None:
            found[one.outcome].append(one.external_id if isinstance(one, Sale) else one.deal)
    return {outcome: found[outcome] for outcome in OUTCOMES if outcome in found}


def lost_deals(ws: Workspace, closed: Iterable[Sale], said: Iterable[Said]) -> tuple[Loss, ...]:
    """The deals lost, in the order they closed, each with what its calls say of the decision.

    Objections first, then what speaks for us and did not suffice; of each the newest call first.
    """
    decisive: dict[str | None, list[Said]] = defaultdict(list)
    newest = sorted(said, key=lambda s: s.told.at, reverse=True)
    for one in sorted(newest, key=lambda s: s.kind != FindingKind.OBJECTION):
        if one.kind in (FindingKind.OBJECTION, *SELLING):
            decisive[deal_of(one)].append(one)
    return tuple(
        Loss(
            deal=sale.external_id,
            account=sale.account,
            amount=sale.amount,
            currency=sale.currency,
            reason=_masked(ws, sale),
            findings=tuple(one.id for one in decisive[sale.id]),
            calls=sale.calls,
        )
        for sale in closed
        if sale.outcome == "lost"
    )


def _masked(ws: Workspace, sale: Sale) -> str:
    if not sale.reason:
        return ""
    from koe.mask import mask_deal_text

    return mask_deal_text(ws, sale.reason, sale.account_id, sale.account_name)
