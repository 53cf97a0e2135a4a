"""The whole street on SQLite and on PostgreSQL."""

import json
from pathlib import Path

from connectors import folder_source
from koe.engine import pick_engine
from koe.export import EXPORTS, export
from koe.ledger.intake import pull
from koe.street import walk
from koe.workspace import Workspace

pytest_plugins = ["tests.postgres"]


def _ticket(id: str, at: str, text: str) -> str:
    turns = [{"speaker": "customer", "text": text}]
    ticket = {"id": id, "created_at": at, "account": {"id": f"A-{id}", "name": "谷口工房"}, "turns": turns}
    return json.dumps(ticket, ensure_ascii=False)


def test_a_week_is_made_and_exported_on_each_database(any_workspace: Workspace, tmp_path: Path) -> None:
    ws = any_workspace
    lines = [
        _ticket("T-1", "2026-09-08T10:00:00+09:00", "帳票の印刷が途中で止まって困っています。"),
        _ticket("T-2", "2026-09-09T10:00:00+09:00", "Where do I download the invoice?"),
        _ticket("T-3", "someday", "日付のない行です。"),
        '{"id": "T-4", "created_at": "2026-09-09T10:00:00+09:00", "account": {}, "turns": []}',
    ]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "tickets.jsonl").write_text("\n".join(lines), "utf-8")
    assert pull(ws, folder_source(folder, ws.settings)).new == 2
    assert [made.week for made in walk(ws, pick_engine(ws), ["2026-W37"])] == ["2026-W37"]
    rows = {what: list(export(ws, what, None, None)) for what in EXPORTS}
    assert [row["conversation"] for row in rows["conversations"]] == ["T-1", "T-2"]
    coverage = rows["coverage"][0]
    assert (coverage["conversations"], coverage["skipped"], coverage["undated"]) == (2, 1, 1)
