"""Records as rows of the ledger."""

import hashlib
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from koe.ledger.accounts import account_key
from koe.ledger.schema import version
from koe.ledger.stamps import to_stamp
from koe.ledger.taken import Address, TakenItem
from koe.ledger.upsert import insert_missing
from koe.records import Conversation, Deal

__all__ = ["content_hash", "put_versions", "row_of"]


def row_of(item: TakenItem, at: Address) -> dict[str, Any]:
    """A conversation or a deal as its table has it; whose account it counts as is not told yet."""
    record = item.record
    own = _conversation_row(record) if isinstance(record, Conversation) else _deal_row(record, item.raw)
    return own | {
        "id": record.id,
        "source": record.source,
        "external_id": record.external_id,
        "account_id": record.account.id,
        "account_name": record.account.name,
        "account_key": account_key(record.account.name),
        "account": record.account.id,
        "version": content_hash(record),
        "withdrawn": False,
        "merged_into": None,
        "stream": at.stream,
        "seen": at.listing,
    }


def _conversation_row(record: Conversation) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "names_deal": record.deal,
        "created_at": to_stamp(record.created_at),
        "updated_at": to_stamp(record.updated_at) if record.updated_at else None,
    }


def _deal_row(record: Deal, raw: str) -> dict[str, Any]:
    plain = record.model_dump(include={"name", "owner", "industry", "stage", "outcome", "amount", "currency"})
    return plain | {
        "opened_at": to_stamp(record.opened_at) if record.opened_at else None,
        "closed_at": to_stamp(record.closed_at) if record.closed_at else None,
        "loss_reason": record.loss_reason,
        "raw": raw,
    }


def put_versions(conn: sa.Connection, items: Sequence[TakenItem]) -> None:
    """Keep what a source gave of conversations, each changed form once."""
    rows = [
        {
            "conversation_id": item.record.id,
            "hash": content_hash(item.record),
            "raw": item.raw,
            "body": item.record.model_dump_json(),
            "updated_at": _conversation_row(item.record)["updated_at"],
        }
        for item in items
        if isinstance(item.record, Conversation)
    ]
    insert_missing(conn, version, rows)


def content_hash(record: Conversation | Deal) -> str:
    """SHA-256 of a record's JSON: the name of this version of it."""
    return hashlib.sha256(record.model_dump_json().encode()).hexdigest()
