"""Masked conversations put straight into a ledger: what the index station and the search are tested on."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from koe.index.manifest import Manifest, noted
from koe.index.store import collection_of, folder_of, locked
from koe.ledger.schema import conversation, passage_change, turn
from koe.workspace import Workspace

TICKETS = 1_056
"""Enough for Chroma to write its graph."""
PLACES = ("受付", "倉庫", "本店", "支店", "工場", "売り場", "経理", "総務")
TROUBLES = (
    "帳票の印刷が途中で止まります。用紙は足りています。",
    "請求書の金額が一覧と合いません。",
    "ログインのたびに確認番号を求められて困っています。",
    "在庫の数を棚ごとに見られるようにしてほしいです。",
    "The barcode reader loses its pairing every morning.",
    "We would like to export the stock list as CSV.",
)


def put(ws: Workspace, id: str, *texts: str, version: str = "v1", role: str = "customer") -> str:
    """A masked conversation with one turn per text; what it had before is replaced. Its id."""
    with ws.ledger.begin() as conn:
        return _put(conn, id, texts, version, role)


def put_many(ws: Workspace, rounds: int = 1) -> list[str]:
    """Tickets of each place with each trouble, forty-eight a round. Their ids."""
    with ws.ledger.begin() as conn:
        return [
            _put(conn, f"T-{n}-{m}-{again}", [f"{place}の{again + 1}番です。{trouble}"], "v1", "customer")
            for again in range(rounds)
            for n, place in enumerate(PLACES)
            for m, trouble in enumerate(TROUBLES)
        ]


def _put(conn: sa.Connection, id: str, texts: Sequence[str], version: str, role: str) -> str:
    key = f"files:{id}"
    row = {
        "id": key,
        "source": "files",
        "external_id": id,
        "kind": "ticket",
        "account_id": "A1",
        "account_name": "",
        "created_at": "2026-09-07T01:00:00Z",
        "version": version,
        "masked": version,
        "withdrawn": False,
        "title": "",
    }
    turns = [
        {"conversation_id": key, "n": n, "role": role, "at": None, "text": text}
        for n, text in enumerate(texts)
    ]
    for table, column in ((conversation, conversation.c.id), (turn, turn.c.conversation_id)):
        conn.execute(table.delete().where(column == key))
    conn.execute(conversation.insert().values(row))
    conn.execute(turn.insert(), turns)
    return key


def keys(ws: Workspace, table: sa.Table) -> Sequence[str]:
    """The keys of a table of passages, sorted."""
    with ws.ledger.connect() as conn:
        return sorted(conn.scalars(sa.select(table.c.key)))


def manifest_of(ws: Workspace) -> Manifest:
    """The index that the ledger names."""
    with ws.ledger.connect() as conn:
        manifest = noted(conn)
    assert manifest is not None
    return manifest


def index_folder(ws: Workspace) -> Path:
    """The folder of it."""
    return folder_of(ws, manifest_of(ws).place)


def in_chroma(ws: Workspace) -> list[str]:
    """The ids that the vector index holds."""
    with locked(ws), collection_of(ws, manifest_of(ws)) as collection:
        return sorted(collection.get(include=[])["ids"])


def waiting(ws: Workspace) -> int:
    """How many changes the vector index has not been told."""
    with ws.ledger.connect() as conn:
        return conn.scalar(sa.select(sa.func.count()).select_from(passage_change)) or 0
