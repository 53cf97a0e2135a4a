"""A labelled set begun from a ledger: some conversations, masked, with koe's own findings as a draft.

The draft is there to be corrected: what koe missed is in no line yet, what it found wrongly has to go.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from koe.errors import SetupError
from koe.export import conversations, findings
from koe.ledger.reading import load_deals
from koe.ledger.schema import conversation
from koe.records import Deal
from koe.weeks import period_between
from koe.workspace import Workspace

Row = dict[str, Any]
DRAFTED = ("kind", "quote", "turn", "statement", "severity")


def new_set(ws: Workspace, folder: Path, size: int) -> tuple[int, int]:
    """Write the set; how many conversations and how many drafted findings it has.

    Which conversations are chosen hangs on their ids alone. Raises SetupError when the folder is in use or
    the ledger holds nothing that was read.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SetupError(f"{str(folder)!r} is not empty. Name a new folder.")
    chosen = _chosen(ws, size)
    if not chosen:
        raise SetupError("The ledger has no conversation that was read yet. Run: koe weekly")
    drafts = [_draft(row) for row in findings(ws, _ever(ws)) if row["conversation"] in chosen]
    deals = _deals_of(ws, chosen)
    folder.mkdir(parents=True, exist_ok=True)
    records = [_record(row, deals.get(row["conversation"])) for row in chosen.values()]
    _write(folder / "tickets.jsonl", (row for row in records if row["kind"] == "ticket"))
    _write(folder / "calls.jsonl", (row for row in records if row["kind"] == "call"))
    _write(
        folder / "deals.jsonl", (_deal(one) for one in {deal.id: deal for deal in deals.values()}.values())
    )
    _write(folder / "findings.jsonl", drafts)
    (folder / "koe.toml").write_text(
        f'timezone = "{ws.settings.timezone}"\nlanguage = "{ws.settings.language}"\n', "utf-8"
    )
    return len(records), len(drafts)


def _chosen(ws: Workspace, size: int) -> dict[str, Row]:
    read = [row for row in conversations(ws, _ever(ws)) if row["state"] in ("read", "nothing")]
    some = sorted(read, key=lambda row: sha256(row["conversation"].encode()).digest())[:size]
    return {row["conversation"]: row for row in sorted(some, key=lambda row: str(row["conversation"]))}


def _ever(ws: Workspace) -> Any:
    return period_between(None, None, ws.settings.zone)


def _deals_of(ws: Workspace, chosen: Mapping[str, Row]) -> dict[str, Deal]:
    """The deal of each conversation that has one, by the conversation's id."""
    with ws.ledger.connect() as conn:
        deals = load_deals(conn)
        query = sa.select(conversation.c.external_id, conversation.c.deal_id).order_by(conversation.c.id)
        rows = conn.execute(query.where(conversation.c.deal_id.is_not(None))).all()
    return {
        row.external_id: deals[row.deal_id]
        for row in rows
        if row.external_id in chosen and row.deal_id in deals
    }


def _record(row: Row, deal: Deal | None) -> Row:
    turns = [{"speaker": turn["role"], "at": turn["at"], "text": turn["text"]} for turn in row["turns"]]
    return {
        "id": row["conversation"],
        "kind": row["kind"],
        "created_at": row["created_at"],
        "account": {"id": row["account"]},
        **({"deal_id": deal.external_id} if deal else {}),
        "subject": row["title"],
        "turns": [{name: value for name, value in turn.items() if value is not None} for turn in turns],
    }


def _deal(deal: Deal) -> Row:
    return {
        "id": deal.external_id,
        "account": {"id": deal.account.id},
        "industry": deal.industry,
        "outcome": deal.outcome,
        "closed_at": deal.closed_at.isoformat() if deal.closed_at else None,
    }


def _draft(row: Row) -> Row:
    theme = row["theme_name"] or f"alone {row['id']}"
    return {"record_id": row["conversation"], "theme": theme, **{name: row[name] for name in DRAFTED}}


def _write(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
