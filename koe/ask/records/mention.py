"""Deals whose customers use a term at all, counted so that a text search gives the same number."""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.ask.counting.figures import Found, ends_of, records_of, weeks_of
from koe.ask.counting.quotes import GIVEN, day_of, outcome_of
from koe.ask.rows.select import Row, filters_of, voice_of
from koe.ask.shape import AskFact, AskQuote, Filters
from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.language.text import normalize, sentences
from koe.ledger.accounts import account_name
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, deal, turn
from koe.workspace import Workspace


class Use(NamedTuple):
    """A customer's turn that has the term."""

    conversation: str
    account: str
    account_name: str
    created_at: str
    deal: str | None
    outcome: str | None
    turn: int
    text: str


def mentioned(conn: sa.Connection, ws: Workspace, query: Query) -> Found:
    """How many deals and conversations use the term, however it is written."""
    variants = variants_of(conn, query.mentions)
    uses = uses_of(conn, variants, query, ws.settings.zone)
    return Found(
        filters=Filters(**query.model_dump() | {"mentions": variants}),
        facts=(*count_uses(uses, variants), *_who(conn, ws, query, uses)),
        citations=tuple(sorted({use.conversation for use in uses})),
        quotes=_quote_uses(ws, uses, variants),
    )


def _who(conn: sa.Connection, ws: Workspace, query: Query, uses: Sequence[Use]) -> list[AskFact]:
    """Who uses the term and when; the course by week where the question wants it."""
    rows = [_row(use) for use in uses]
    if not rows:
        return []
    weeks = weeks_of(conn, ws, query, rows) if query.by_week or query.ask == "trend" else []
    return [*records_of(ws, query, rows, "mention"), *ends_of(ws, rows), *weeks]


def _row(use: Use) -> Row:
    return Row(
        id="", ledger_id="", conversation=use.conversation, counted_as=use.conversation,
        conversation_kind="", account=use.account, account_name=use.account_name, created_at=use.created_at,
        kind=None, theme=None, statement="", quote="", turn=use.turn, start=0, end=0, severity=1,
        deal=use.deal, outcome=use.outcome,
    )  # fmt: skip


def variants_of(conn: sa.Connection, terms: Sequence[str]) -> tuple[str, ...]:
    """The terms as the question writes them, and every other way in which customers write the same."""
    from koe.language.tokens import terms as terms_of
    from koe.language.tokens import tokenize

    found = dict.fromkeys(normalize(term).lower() for term in terms)
    for term in list(found):
        for normal in {one.normal for one in terms_of(tokenize(term)) if _is_all_of(one.surface, term)}:
            key = json.dumps(normal, ensure_ascii=False)
            rows = conn.scalars(
                sa.select(turn.c.terms).where(turn.c.terms.contains(f"{key}:", autoescape=True))
            )
            said = {normalize(one).lower() for text in rows for one in json.loads(text).get(normal, ())}
            found |= dict.fromkeys(sorted(said))
    return tuple(one for one in found if one)


def _is_all_of(surface: str, term: str) -> bool:
    return normalize(surface).lower() == term


def uses_of(conn: sa.Connection, terms: Sequence[str], query: Query, zone: ZoneInfo) -> list[Use]:
    """Customer turns that contain one of the terms, letter case and character width aside, oldest first."""
    statement = (
        sa.select(
            cited_as(conversation),
            conversation.c.account,
            account_name(conversation).label("account_name"),
            conversation.c.created_at,
            cited_as(deal).label("deal"),
            deal.c.outcome,
            turn.c.n,
            turn.c.text,
        )
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .outerjoin(deal, sa.and_(deal.c.id == conversation.c.deal_id, ~deal.c.withdrawn))
        .where(turn.c.role == "customer", *filters_of(query, zone))
        .order_by(conversation.c.created_at, conversation.c.id, turn.c.n)
    )
    return [Use(*row) for row in conn.execute(statement) if _has(row.text, terms)]


def count_uses(uses: Sequence[Use], terms: Sequence[str]) -> list[AskFact]:
    """Deals per outcome, accounts and conversations that use the term, and how it is written."""
    term = terms[0]
    cited = tuple(sorted({use.conversation for use in uses}))
    deals = [
        AskFact(
            id=f"mention.{outcome}",
            label=term,
            value=len({use.deal for use in uses if use.deal and use.outcome == outcome}),
            unit="deals",
            records=tuple(sorted({use.conversation for use in uses if use.outcome == outcome})),
        )
        for outcome in ("won", "lost", "open")
    ]
    accounts = len({voice_of(use.account, use.conversation) for use in uses})
    written = [] if len(terms) == 1 else [_named("mention.variants", ", ".join(terms))]
    return [
        _named("mention.term", term),
        *written,
        *deals,
        AskFact(id="mention.accounts", label=term, value=accounts, unit="accounts", records=cited),
        AskFact(
            id="mention.conversations", label=term, value=len(cited), unit="conversations", records=cited
        ),
    ]


def _named(id: str, value: str) -> AskFact:
    return AskFact(id=id, label="", value=value, unit="name")


def _quote_uses(ws: Workspace, uses: Sequence[Use], terms: Sequence[str]) -> tuple[AskQuote, ...]:
    """The sentence around the term, one for each conversation."""
    seen: dict[str, AskQuote] = {}
    for use in uses:
        spans = [use.text[a:b] for a, b in sentences(use.text) if _has(use.text[a:b], terms)]
        if use.conversation not in seen and spans:
            account = shown(ws, use.account, use.account_name)
            seen[use.conversation] = AskQuote(
                conversation=use.conversation,
                turn=use.turn,
                quote=spans[0],
                account=account,
                day=day_of(_row(use), ws),
                outcome=outcome_of(use.outcome),
            )
    return tuple(list(seen.values())[:GIVEN])


def _has(text: str, folded: Sequence[str]) -> bool:
    whole = normalize(text).lower()
    return any(_stands_in(term, whole) for term in folded)


def _stands_in(term: str, text: str) -> bool:
    """Whether the text has the term; Latin words only as whole words."""
    if not term.isascii():
        return term in text
    forms = {
        term,
        *(term[: -len(end)] for end in ("s", "es") if term.endswith(end) and len(term) > len(end) + 3),
    }
    return any(
        re.search(rf"(?<![a-z0-9]){re.escape(one)}(?:e?s)?(?![a-z0-9])", text) for one in sorted(forms)
    )
