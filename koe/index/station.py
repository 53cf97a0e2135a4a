"""The index station's work: passages, terms and full text into the ledger, then vectors into the index."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.index.passages import Passage, cut, rows_of
from koe.index.rebuild import bring_up_to_date
from koe.language.tokens import Token, terms, tokenize
from koe.ledger.schema import conversation, passage, passage_change, turn
from koe.ledger.upsert import chunks
from koe.workspace import Workspace

__all__ = ["Prepared", "catch_up", "finish", "index_batch", "prepare", "unindexed", "write"]

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


class Prepared(NamedTuple):
    """What a batch brings into the ledger; plain values, so that another process can have made it."""

    versions: dict[str, str]
    """By conversation, what of it was masked when its words were taken."""
    keys: frozenset[str]
    """Every passage that the conversations have."""
    fresh: list[dict[str, object]]
    """Rows of the passages that the ledger does not know."""
    terms: list[dict[str, object]]


def index_batch(ws: Workspace, ids: Sequence[str]) -> None:
    """Index the conversations; with no ids, only tell the vector index what has changed.

    The ledger has everything first. Then the vector index is told, and only when it has been is a
    conversation marked as indexed: a run that was cut off between does its batch again.
    """
    prepared = prepare(ws, ids)
    write(ws, prepared)
    finish(ws, prepared.versions)


def prepare(ws: Workspace, ids: Sequence[str]) -> Prepared:
    """Passages and terms of the conversations, as rows; nothing is written."""
    with ws.ledger.connect() as conn:
        versions = _versions(conn, ids)
        turns = _turns(conn, list(versions))
        known = _known(conn, versions)
    tokens = {(row.conversation_id, row.n): tokenize(row.text) for row in turns}
    passages = [one for row in turns for one in _passages(row, tokens[row.conversation_id, row.n])]
    fresh = rows_of([one for one in passages if one.key not in known])
    found = [_terms(row, tokens[row.conversation_id, row.n]) for row in turns]
    return Prepared(versions, frozenset(one.key for one in passages), fresh, found)


def write(ws: Workspace, prepared: Prepared) -> None:
    """Write a batch's passages and terms in one commit; the vector index is not told yet."""
    faults.point("index: before passages commit")
    with ws.ledger.begin() as conn:
        _replace(conn, prepared)
        if prepared.terms:
            conn.execute(_SET_TERMS, prepared.terms)
    faults.point("index: after passages committed")


def finish(ws: Workspace, versions: dict[str, str]) -> None:
    """Tell the vector index what was written, of however many batches, and mark the conversations."""
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


def _known(conn: sa.Connection, ids: Iterable[str]) -> set[str]:
    """The passages that the ledger has of the conversations."""
    known: set[str] = set()
    for some in chunks(ids):
        known |= set(conn.scalars(sa.select(passage.c.key).where(passage.c.conversation_id.in_(some))))
    return known


def _replace(conn: sa.Connection, prepared: Prepared) -> None:
    """Take out passages that no longer stand and put in those that are new; the rest stays."""
    known = _known(conn, prepared.versions)
    for some in chunks(sorted(known - prepared.keys)):
        conn.execute(passage.delete().where(passage.c.key.in_(some)))
    if fresh := [row for row in prepared.fresh if row["key"] not in known]:
        conn.execute(passage.insert(), fresh)


def _mark(conn: sa.Connection, versions: dict[str, str]) -> None:
    """Only what is still masked as it was read: a conversation masked anew meanwhile stays to do."""
    marks = [{"of": key, "done": masked} for key, masked in versions.items()]
    if marks:
        statement = conversation.update().where(
            conversation.c.id == sa.bindparam("of"), conversation.c.masked == sa.bindparam("done")
        )
        conn.execute(statement.values(indexed=sa.bindparam("done")), marks)
