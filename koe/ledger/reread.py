"""Normalising what a source gave again, from what the ledger keeps of it; the source is asked for nothing."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa

from koe.ledger.intake import take_page
from koe.ledger.schema import conversation, deal, skip, version
from koe.ledger.taken import PullResult, TakenPage, add
from koe.workspace import Workspace

BATCH = 200


class RereadSource(Protocol):
    """A source whose raw objects say everything that normalising needs."""

    @property
    def name(self) -> str: ...
    def reread(self, stream: str, key: str, raw: str) -> TakenPage: ...


class _Kept(NamedTuple):
    stream: str
    key: str
    raw: str


def reread(ws: Workspace, source: RereadSource) -> PullResult:
    """Every record of a source, and what of it was skipped, normalised again; what that changed."""
    done = PullResult()
    for part in (_conversations, _deals, _skips):
        after = ""
        while kept := part(ws, source.name, after):
            after = kept[-1].key
            for one in kept:
                page = source.reread(one.stream, one.key, one.raw)
                done = add(done, take_page(ws.ledger, source.name, one.stream, page))
    return done


def _conversations(ws: Workspace, source: str, after: str) -> list[_Kept]:
    joined = sa.and_(version.c.conversation_id == conversation.c.id, version.c.hash == conversation.c.version)
    query = sa.select(conversation.c.stream, conversation.c.external_id.label("key"), version.c.raw)
    here = sa.and_(conversation.c.source == source, ~conversation.c.withdrawn)
    return list(_rows(ws, query.join(version, joined).where(here), conversation.c.external_id, after))


def _deals(ws: Workspace, source: str, after: str) -> list[_Kept]:
    query = sa.select(deal.c.stream, deal.c.external_id.label("key"), deal.c.raw)
    here = sa.and_(deal.c.source == source, ~deal.c.withdrawn, deal.c.raw.is_not(None))
    return list(_rows(ws, query.where(here), deal.c.external_id, after))


def _skips(ws: Workspace, source: str, after: str) -> list[_Kept]:
    query = sa.select(skip.c.stream, skip.c.place.label("key"), skip.c.raw)
    here = sa.and_(skip.c.source == source, skip.c.raw.is_not(None))
    return list(_rows(ws, query.where(here), skip.c.place, after))


def _rows(ws: Workspace, query: sa.Select[Any], key: sa.ColumnElement[str], after: str) -> Iterator[_Kept]:
    with ws.ledger.connect() as conn:
        found: Sequence[sa.Row[Any]] = conn.execute(query.where(key > after).order_by(key).limit(BATCH)).all()
    return (_Kept(row.stream, row.key, row.raw) for row in found)
