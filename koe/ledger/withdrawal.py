"""Taking a record out again: what a source deleted counts nowhere, and its words are erased."""

from collections.abc import Sequence

import sqlalchemy as sa

from koe.ledger.exchange import journal, journal_about
from koe.ledger.schema import conversation, finding, mask_span, passage, reading, turn, version
from koe.ledger.upsert import chunks

_DERIVED = (turn, mask_span, passage, finding, reading, version)
_BLANK_CONVERSATION = {
    "title": "",
    "account_name": "",
    "account_key": None,
    "masked": None,
    "indexed": None,
    "language": None,
    "voice": None,
    "duplicate_of": None,
}
_BLANK_DEAL = {"name": "", "owner": "", "account_name": "", "loss_reason": None, "raw": None}


def withdraw(conn: sa.Connection, table: sa.Table, ids: Sequence[str]) -> None:
    """Mark conversations or deals as withdrawn; ids, dates and the content hash are what stays."""
    for chunk in chunks(ids):
        if table is conversation:
            _erase(conn, chunk)
        blank = _BLANK_CONVERSATION if table is conversation else _BLANK_DEAL
        conn.execute(sa.update(table).where(table.c.id.in_(chunk)).values(withdrawn=True, **blank))


def _erase(conn: sa.Connection, ids: Sequence[str]) -> None:
    """Everything drawn from the conversations; those that repeated one of them are masked anew."""
    for table in _DERIVED:
        conn.execute(sa.delete(table).where(table.c.conversation_id.in_(ids)))
    _forget_calls(conn, ids)
    repeats = conversation.c.duplicate_of.in_(ids)
    conn.execute(sa.update(conversation).where(repeats).values(duplicate_of=None, masked=None))


def _forget_calls(conn: sa.Connection, ids: Sequence[str]) -> None:
    """Calls of a model that hold words of the conversations; those about themes name none, so all of them."""
    about = sa.select(journal_about.c.key).where(journal_about.c.conversation_id.in_(ids))
    for some in chunks(list(conn.scalars(about.distinct()))):
        conn.execute(sa.delete(journal).where(journal.c.key.in_(some)))
        conn.execute(sa.delete(journal_about).where(journal_about.c.key.in_(some)))
    conn.execute(sa.delete(journal).where(journal.c.verb == "settle"))
