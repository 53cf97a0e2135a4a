"""The index station's work: passages, terms and full text into the ledger, then vectors into the index."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from koe import faults
from koe.index.passages import Passage, cut, rows_of
from koe.index.rebuild import bring_up_to_date
from koe.ledger.schema import conversation, passage, passage_change, turn
from koe.ledger.upsert import chunks
from koe.tokens import Token, terms, tokenize
from koe.workspace import Workspace

__all__ = ["catch_up", "index_batch", "unindexed"]

ROLES = ("customer", "agent")
"""Whose turns are searched."""


def unindexed(ledger: sa.Engine) -> list[str]:
    """Conversations whose present version is masked and not indexed yet, oldest first."""
    query = (
        sa.select(conversation.c.id)
        .where(conversation.c.masked == conversation.c.version)
        .where(conversation.c.indexed.is_distinct_from(conversation.c.version))
        .where(conversation.c.withdrawn.is_(False))
        .order_by(conversation.c.created_at, conversation.c.id)
    )
    with ledger.connect() as conn:
        return list(conn.scalars(query))


def index_batch(ws: Workspace, ids: Sequence[str]) -> None:
    """Index the conversations; with no ids, only tell the vector index what has changed.

    The ledger has everything first. Then the vector index is told, and only when it has been is a
    conversation marked as indexed: a run that was cut off between does its batch again.
    """
    with ws.ledger.connect() as conn:
        versions = _versions(conn, ids)
        turns = _turns(conn, list(versions))
    tokens = {(row.conversation_id, row.n): tokenize(row.text) for row in turns}
    passages = [one for row in turns for one in _passages(row, tokens[row.conversation_id, row.n])]
    found = [_terms(row, tokens[row.conversation_id, row.n]) for row in turns]
    faults.point("index: before passages commit")
    with ws.ledger.begin() as conn:
        _replace(conn, list(versions), passages)
        if found:
            conn.execute(_SET_TERMS, found)
    faults.point("index: after passages committed")
    bring_up_to_date(ws)
    faults.point("index: vectors told, before the mark")
    with ws.ledger.begin() as conn:
        _mark(conn, versions)
    faults.point("index: after the mark")


def catch_up(ws: Workspace) -> None:
    """Tell the vector index what has gone since, when something has: after withdrawals without new words."""
    with ws.ledger.connect() as conn:
        waits = conn.scalar(sa.select(passage_change.c.n).limit(1)) is not None
    if waits:
        bring_up_to_date(ws)


_SET_TERMS = (
    turn.update()
    .where(turn.c.conversation_id == sa.bindparam("of"), turn.c.n == sa.bindparam("place"))
    .values(terms=sa.bindparam("found"))
)


def _versions(conn: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """What is masked of each conversation, in the order of the ids; withdrawn ones are left out."""
    query = sa.select(conversation.c.id, conversation.c.masked).where(
        conversation.c.withdrawn.is_(False), conversation.c.masked == conversation.c.version
    )
    found: dict[str, str] = {}
    wanted = list(ids)
    for some in chunks(wanted):
        found.update(conn.execute(query.where(conversation.c.id.in_(some))).tuples().all())
    return {key: found[key] for key in wanted if key in found}


def _turns(conn: sa.Connection, ids: Iterable[str]) -> list[sa.Row[Any]]:
    columns = (turn.c.conversation_id, turn.c.n, turn.c.role, turn.c.text)
    query = sa.select(*columns).order_by(turn.c.conversation_id, turn.c.n)
    return [
        row
        for some in chunks(ids)
        for row in conn.execute(query.where(turn.c.conversation_id.in_(some))).all()
    ]


def _passages(row: sa.Row[Any], tokens: Sequence[Token]) -> list[Passage]:
    if row.role not in ROLES:
        return []
    return cut(row.conversation_id, row.n, row.role, row.text, tokens)


def _terms(row: sa.Row[Any], tokens: Sequence[Token]) -> dict[str, object]:
    """The turn's terms as JSON: normal form → how it was written, each once."""
    written: dict[str, set[str]] = {}
    for term in terms(tokens):
        written.setdefault(term.normal, set()).add(term.surface)
    ordered = {normal: sorted(written[normal]) for normal in sorted(written)}
    body = json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))
    return {"of": row.conversation_id, "place": row.n, "found": body}


def _replace(conn: sa.Connection, ids: Iterable[str], passages: Sequence[Passage]) -> None:
    """Take out passages that no longer stand and put in those that are new; the rest stays."""
    wanted = {one.key for one in passages}
    known: set[str] = set()
    for some in chunks(ids):
        known |= set(conn.scalars(sa.select(passage.c.key).where(passage.c.conversation_id.in_(some))))
    for some in chunks(sorted(known - wanted)):
        conn.execute(passage.delete().where(passage.c.key.in_(some)))
    fresh = rows_of([one for one in passages if one.key not in known])
    if fresh:
        conn.execute(passage.insert(), fresh)


def _mark(conn: sa.Connection, versions: dict[str, str]) -> None:
    """Only what is still masked as it was read: a conversation masked anew meanwhile stays to do."""
    marks = [{"of": key, "done": masked} for key, masked in versions.items()]
    if marks:
        statement = conversation.update().where(
            conversation.c.id == sa.bindparam("of"), conversation.c.masked == sa.bindparam("done")
        )
        conn.execute(statement.values(indexed=sa.bindparam("done")), marks)
