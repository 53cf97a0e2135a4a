"""A small ledger with known counts, written row by row: what facts, compose and guard are tested on."""

from typing import Any

import sqlalchemy as sa

from koe.ledger import schema
from koe.workspace import Workspace

WEEK = "2026-W37"
LONG_AGO = "2026-W36"

Row = tuple[sa.Table, dict[str, Any]]


def write(ws: Workspace, rows: list[Row]) -> None:
    """Put the rows into the ledger; columns that must not be null and are not given are empty."""
    with ws.ledger.begin() as conn:
        for table, values in rows:
            blank = {c.name: _blank(c) for c in table.c if _has_to_be_given(c)}
            conn.execute(table.insert().values(blank | values))


def _has_to_be_given(column: sa.Column[Any]) -> bool:
    return not column.nullable and column.default is None and column.autoincrement is not True


def _blank(column: sa.Column[Any]) -> Any:
    return {bool: False, int: 0, float: 0.0}.get(column.type.python_type, "")


def told(id: str, account: str, at: str, **more: Any) -> list[Row]:
    """A ticket, read with something in it."""
    values = {
        "id": f"files:{id}",
        "source": "files",
        "external_id": id,
        "kind": "ticket",
        "account_id": account,
        "account_name": f"{account}商店",
        "created_at": at,
        "version": "v1",
        "masked": "v1",
        "language": "ja",
    }
    reading = {"conversation_id": f"files:{id}", "version": "v1", "engine": "e", "state": "read"}
    state, dropped = more.pop("state", "read"), more.pop("dropped", "{}")
    rows: list[Row] = [(schema.conversation, values | more)]
    if state is not None:
        rows.append((schema.reading, reading | {"state": state, "dropped": dropped}))
    return rows


def call(id: str, account: str, at: str, deal: str | None, **more: Any) -> list[Row]:
    """A call that belongs to a deal."""
    return told(id, account, at, kind="call", deal_id=deal and f"files:{deal}", **more)


def said(id: str, conversation: str, theme: str | None, kind: str = "complaint", **more: Any) -> Row:
    """A finding."""
    values = {
        "id": id,
        "conversation_id": f"files:{conversation}",
        "kind": kind,
        "statement": f"{theme}のこと",
        "quote": f"{theme}で困っています",
        "turn": 0,
        "start": 0,
        "end": 5,
        "severity": 2,
        "engine": "e",
        "theme_id": theme,
    }
    return schema.finding, values | more


def theme(id: str, name: str, kind: str = "complaint", **more: Any) -> Row:
    """A theme."""
    return schema.theme, {"id": id, "name": name, "kind": kind, "named_by": "koe", "founded": WEEK} | more


def deal(id: str, account: str, outcome: str, **more: Any) -> Row:
    """A deal."""
    values = {
        "id": f"files:{id}",
        "source": "files",
        "external_id": id,
        "account_id": account,
        "account_name": f"{account}商店",
        "outcome": outcome,
        "currency": "JPY",
        "version": "v1",
    }
    return schema.deal, values | more


def small_week() -> list[Row]:
    """Two weeks of a company with complaints that move, requests with deals, a loss and a praise."""
    return [
        theme("th_slow", "画面の表示が遅い"),
        theme("th_mail", "通知メールが届かない"),
        theme("th_csv", "CSVの列がずれる"),
        theme("th_old", "印刷がかすれる"),
        theme("th_sso", "SSOに対応してほしい", "feature_request"),
        theme("th_how", "承認者の変え方", "question"),
        theme("th_price", "価格が予算を超える", "objection"),
        theme("th_fit", "承認の流れが業務に合う", "buying_reason"),
        theme("th_kind", "サポートの返信が早い", "praise"),
        deal("D-1", "A1", "open", amount=1_200_000.0),
        deal("D-2", "A2", "won", amount=800_000.0, closed_at="2026-09-09T03:00:00Z"),
        deal("D-3", "A9", "lost", amount=500_000.0, closed_at="2026-09-10T03:00:00Z"),
        # the week before
        *told("P-1", "A1", "2026-09-01T01:00:00Z"),
        *told("P-2", "A2", "2026-09-02T01:00:00Z"),
        *told("P-3", "A3", "2026-09-03T01:00:00Z"),
        said("f_p1", "P-1", "th_slow"),
        said("f_p2", "P-2", "th_mail"),
        said("f_p3", "P-3", "th_mail"),
        said("f_p4", "P-3", "th_old"),
        said("f_p5", "P-3", "th_how", "question", quote="承認者はどこで変えますか"),
        # this week
        *told("T-1", "A1", "2026-09-07T01:00:00Z"),
        *told("T-2", "A2", "2026-09-08T01:00:00Z"),
        *told("T-3", "A3", "2026-09-09T01:00:00Z"),
        *told("T-4", "A3", "2026-09-10T01:00:00Z"),
        *told("T-5", "A4", "2026-09-11T01:00:00Z", state="nothing"),
        *told("T-6", "A5", "2026-09-11T02:00:00Z", state="empty"),
        *told("T-7", "A6", "2026-09-11T03:00:00Z", state="failed"),
        *told("T-8", "A7", "2026-09-11T04:00:00Z", state=None),
        said("f_1", "T-1", "th_slow", severity=3, quote="毎朝、画面が開くまで待たされます"),
        said("f_2", "T-2", "th_slow", quote="一覧の表示に時間がかかります"),
        said("f_3", "T-3", "th_slow", quote="開くのが遅くて仕事になりません"),
        said("f_4", "T-3", "th_csv", quote="CSVの列が一つずれて出ます"),
        said("f_5", "T-4", "th_csv", quote="また列がずれました"),
        said("f_6", "T-1", "th_mail", severity=1, quote="通知のメールが来ません"),
        said("f_7", "T-2", "th_how", "question", quote="承認者を変えるにはどうすればいいですか"),
        said("f_8", "T-3", "th_kind", "praise", quote="サポートの返信が早くて助かりました"),
        *call("C-1", "A1", "2026-09-08T05:00:00Z", "D-1"),
        *call("C-2", "A2", "2026-09-09T05:00:00Z", "D-2"),
        *call("C-3", "A9", "2026-09-09T06:00:00Z", "D-3"),
        said("f_9", "C-1", "th_sso", "feature_request", quote="SSOに対応していただけると助かります"),
        said("f_10", "C-2", "th_sso", "feature_request", quote="SSOがあると説明しやすいです"),
        said("f_11", "C-3", "th_price", "objection", quote="予算を少し超えてしまいます"),
        said("f_12", "C-2", "th_fit", "buying_reason", quote="承認の流れがうちに合っています"),
    ]
