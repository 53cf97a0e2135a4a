"""The findings that fit a query's filters, with what is needed to count and to cite them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from koe.ask.shape import Narrowed
from koe.engine.base import Query
from koe.facts.rows import within
from koe.ledger.accounts import account_name
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, deal, finding, settled, theme
from koe.ledger.upsert import chunks
from koe.records import FindingKind
from koe.weeks import Period, period_between


class Row(NamedTuple):
    """A finding where it stands."""

    id: str
    """Empty for words that the engine made no finding of."""
    ledger_id: str
    conversation: str
    """What it is cited by: the source's own id, the ledger's where two sources have it."""
    counted_as: str
    """The conversation it counts as: its own, or the one it repeats word for word."""
    conversation_kind: str
    account: str
    """The account it counts as; empty where it is not known."""
    account_name: str
    created_at: str
    kind: FindingKind | None
    theme: str | None
    statement: str
    quote: str
    turn: int
    start: int
    end: int
    severity: int
    deal: str | None
    outcome: str | None

    @property
    def voice(self) -> str:
        """Whose voice it is: the account's, or the conversation's own where that is not known."""
        return voice_of(self.account, self.counted_as)


def voice_of(account: str, conversation: str) -> str:
    """What counts as one account; conversations of nobody known are each one of its own."""
    return account or f"?{conversation}"


def select_findings(conn: sa.Connection, query: Query, zone: ZoneInfo) -> list[Row]:
    """Findings of every kind in the conversations that pass the query's filters, oldest first."""
    heads = heads_of(conn)
    statement = _base().where(*filters_of(query, zone))
    return [_row(row, heads) for row in conn.execute(statement)]


MOST_SEVERE = 3


def weighs_enough(query: Query, row: Row) -> bool:
    """Whether the finding is of the most severe ones, where the question wants only those."""
    return not (isinstance(query, Narrowed) and query.severe) or row.severity >= MOST_SEVERE


def filters_of(query: Query, zone: ZoneInfo) -> list[sa.ColumnElement[bool]]:
    """What a conversation has to be for the query: live, of its period, its kind, its deal's outcome."""
    found = [~conversation.c.withdrawn, within(period_of_query(query, zone))]
    if query.accounts:
        found.append(conversation.c.account.in_(query.accounts))
    if query.conversation_kind:
        found.append(conversation.c.kind == query.conversation_kind)
    if query.outcome:
        live = sa.select(deal.c.id).where(deal.c.outcome == query.outcome, ~deal.c.withdrawn)
        found.append(conversation.c.deal_id.in_(live))
    return [*found, *_narrowed(query)]


def deals_wanted(query: Query) -> list[sa.ColumnElement[bool]]:
    """What a deal has to be by its owner and its amount."""
    if not isinstance(query, Narrowed):
        return []
    found: list[sa.ColumnElement[bool]] = [deal.c.owner.in_(query.owners)] if query.owners else []
    found += [cited_as(deal).in_(query.deals)] if query.deals else []
    least, most, amount = query.at_least, query.at_most, deal.c.amount
    found += [amount > least if query.above else amount >= least] if least is not None else []
    found += [amount < most if query.below else amount <= most] if most is not None else []
    return found + ([deal.c.currency.in_((query.currency, ""))] if query.currency else [])


def _narrowed(query: Query) -> list[sa.ColumnElement[bool]]:
    """Conversations of such deals, and of accounts in such industries."""
    wanted, live = deals_wanted(query), ~deal.c.withdrawn
    found: list[sa.ColumnElement[bool]] = []
    if isinstance(query, Narrowed) and query.conversations:
        found.append(cited_as(conversation).in_(query.conversations))
    if wanted:
        found.append(conversation.c.deal_id.in_(sa.select(deal.c.id).where(live, *wanted)))
    if isinstance(query, Narrowed) and query.industries:
        trade = sa.select(deal.c.account).where(live, deal.c.industry.in_(query.industries))
        found.append(conversation.c.account.in_(trade))
    return found


def period_of_query(query: Query, zone: ZoneInfo) -> Period:
    """The query's days as a span of time, over both periods where two are compared; open borders stay."""
    sinces, untils = zip((query.since, query.until), *([query.against] if query.against else []), strict=True)
    since = None if None in sinces else min(date.fromisoformat(day) for day in sinces if day)
    until = None if None in untils else max(date.fromisoformat(day) for day in untils if day)
    return period_between(since, until, zone)


class Span(NamedTuple):
    """First and last day that has a conversation, on the company's clock."""

    first: date
    last: date


def data_span(conn: sa.Connection, zone: ZoneInfo) -> Span | None:
    """The days the ledger's conversations span; None when it has none."""
    moments = sa.select(conversation.c.created_at).where(~conversation.c.withdrawn).limit(1)
    at = conversation.c.created_at
    first, last = (conn.scalar(moments.order_by(edge)) for edge in (at, at.desc()))
    if first is None or last is None:
        return None
    return Span(*(datetime.fromisoformat(moment).astimezone(zone).date() for moment in (first, last)))


def was_read(conn: sa.Connection) -> bool:
    """Whether any conversation has been read and its findings put into a week."""
    return any(conn.scalar(sa.select(one).limit(1)) is not None for one in (theme.c.id, settled.c.week))


def founded_in(conn: sa.Connection, query: Query) -> set[str]:
    """Themes first seen in the weeks of the query's period."""
    days = [
        date.fromisoformat(day) if day else edge
        for day, edge in zip((query.since, query.until), (date.min, date.max), strict=True)
    ]
    first, last = (f"{day.isocalendar().year:04d}-W{day.isocalendar().week:02d}" for day in days)
    return set(conn.scalars(sa.select(theme.c.id).where(theme.c.founded >= first, theme.c.founded <= last)))


def cited(rows: Iterable[Row]) -> tuple[str, ...]:
    """What the conversations are cited by, each once."""
    return tuple(sorted({row.conversation for row in rows}))


def rows_without_finding(conn: sa.Connection, ids: Collection[str]) -> dict[str, Row]:
    """By the ledger's id, a row that says which conversation it is and nothing of what was said."""
    found: dict[str, Row] = {}
    for some in chunks(sorted(ids)):
        query = sa.select(*_CONVERSATION).select_from(_JOINED).where(conversation.c.id.in_(some))
        found |= {row.ledger_id: _blank(row) for row in conn.execute(query)}
    return found


def heads_of(conn: sa.Connection) -> dict[str, str]:
    """Every theme's id → the theme it counts under, merges followed."""
    into = {row.id: row.merged_into for row in conn.execute(sa.select(theme.c.id, theme.c.merged_into))}

    def head(id: str) -> str:
        while into.get(id):
            id = into[id]
        return id

    return {id: head(id) for id in into}


_JOINED = conversation.outerjoin(deal, sa.and_(deal.c.id == conversation.c.deal_id, ~deal.c.withdrawn))
_CONVERSATION = (
    conversation.c.id.label("ledger_id"),
    cited_as(conversation).label("cited"),
    conversation.c.duplicate_of,
    conversation.c.kind.label("conversation_kind"),
    conversation.c.account,
    account_name(conversation).label("account_name"),
    conversation.c.created_at,
    cited_as(deal).label("deal"),
    deal.c.outcome,
)


def _base() -> sa.Select[tuple[object, ...]]:
    said = [column for column in finding.c if column.name not in ("conversation_id", "vector", "engine")]
    return (
        sa.select(*said, *_CONVERSATION)
        .select_from(_JOINED.join(finding, conversation.c.id == finding.c.conversation_id))
        .order_by(conversation.c.created_at, conversation.c.id, finding.c.turn, finding.c.start, finding.c.id)
    )


def _blank(row: sa.Row[tuple[object, ...]]) -> Row:
    return Row(
        id="",
        ledger_id=row.ledger_id,
        conversation=row.cited,
        counted_as=row.duplicate_of or row.ledger_id,
        conversation_kind=row.conversation_kind,
        account=row.account,
        account_name=row.account_name,
        created_at=row.created_at,
        kind=None,
        theme=None,
        statement="",
        quote="",
        turn=0,
        start=0,
        end=0,
        severity=1,
        deal=row.deal,
        outcome=row.outcome,
    )


def _row(row: sa.Row[tuple[object, ...]], heads: dict[str, str]) -> Row:
    """A finding's row."""
    return _blank(row)._replace(
        id=row.id,
        kind=FindingKind(row.kind),
        theme=heads.get(row.theme_id, row.theme_id),
        statement=row.statement,
        quote=row.quote,
        turn=row.turn,
        start=row.start,
        end=row.end,
        severity=row.severity,
    )
