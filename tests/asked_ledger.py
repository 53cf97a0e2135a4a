"""A ledger of one small company, masked and indexed, with findings set by hand: what `ask` is tested on."""

from collections.abc import Mapping, Sequence

from koe.index.station import index_batch
from koe.ledger import schema
from koe.workspace import Workspace
from tests.small_ledger import Row, call, deal, said, theme, told, write

TURNS: dict[str, list[tuple[str, str]]] = {
    "T-1": [
        ("customer", "納品書を印刷すると右の端が切れて、毎回縮小し直しています。"),
        ("agent", "お世話になっております。納品書の印刷は「用紙設定」の余白を5mmにすると収まります。"),
    ],
    "T-2": [("customer", "納品書の印刷が途中で止まってしまい、出荷が遅れました。")],
    "T-3": [("customer", "先週から納品書の印刷で文字がつぶれて読めません。")],
    "T-4": [("customer", "倉庫の担当者からです。棚卸の画面が開くまで一分以上かかります。")],
    "T-5": [("customer", "請求書をまとめてPDFで受け取れるようにしてほしいです。")],
    "T-6": [("customer", "在庫の一覧をExcelで書き出す方法を教えてください。")],
    "T-7": [("customer", "The barcode reader loses its pairing every morning and we have to restart it.")],
    "T-8": [("customer", "納品書の印刷が途中で止まってしまい、出荷が遅れました。")],
    "C-1": [
        ("agent", "監査ログの件はいかがでしょうか。"),
        ("customer", "監査ログが残らないと、うちの規程では導入できません。"),
    ],
    "C-2": [("customer", "監査ログも見られますし、棚卸が半日で終わるのが決め手でした。")],
    "C-3": [("customer", "費用が予算を超えるので、今期は見送ります。")],
}


def fill_ledger(ws: Workspace) -> None:
    """Write the company into the ledger and index it."""
    write(ws, _rows())
    write_turns(ws, {f"files:{id}": turns for id, turns in TURNS.items()})
    index_batch(ws, [f"files:{id}" for id in TURNS])


def write_turns(ws: Workspace, turns: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Write who says what, by the ledger's id of the conversation."""
    with ws.ledger.begin() as conn:
        for id, said_in_it in turns.items():
            for n, (role, text) in enumerate(said_in_it):
                row = {"conversation_id": id, "n": n, "role": role, "at": None, "text": text}
                conn.execute(schema.turn.insert().values(row))


def _rows() -> list[Row]:
    return [
        theme("th_print", "納品書の印刷がうまくいかない", founded="2026-W37"),
        theme("th_stock", "棚卸の画面が遅い", founded="2026-W39"),
        theme("th_log", "監査ログが残らない", "objection"),
        theme("th_cost", "費用が予算を超える", "objection"),
        deal("D-1", "A5", "lost"),
        deal("D-2", "A6", "won"),
        deal("D-3", "A7", "lost"),
        *told("T-1", "A1", "2026-09-07T01:00:00Z"),
        *told("T-2", "A2", "2026-09-15T01:00:00Z"),
        *told("T-3", "A2", "2026-09-16T01:00:00Z"),
        *told("T-4", "A3", "2026-09-22T01:00:00Z"),
        *told("T-5", "A1", "2026-09-23T01:00:00Z"),
        *told("T-6", "A4", "2026-09-23T02:00:00Z"),
        *told("T-7", "A8", "2026-09-24T02:00:00Z", language="en"),
        *told("T-8", "A2", "2026-09-15T02:00:00Z", duplicate_of="files:T-2"),
        *call("C-1", "A5", "2026-09-17T01:00:00Z", "D-1"),
        *call("C-2", "A6", "2026-09-18T01:00:00Z", "D-2"),
        *call("C-3", "A7", "2026-09-24T01:00:00Z", "D-3"),
        _said("f1", "T-1", "th_print", "納品書を印刷すると右の端が切れて"),
        _said("f2", "T-2", "th_print", "納品書の印刷が途中で止まってしまい", severity=3),
        _said("f3", "T-3", "th_print", "納品書の印刷で文字がつぶれて読めません"),
        _said("f8", "T-8", "th_print", "納品書の印刷が途中で止まってしまい"),
        _said("f4", "T-4", "th_stock", "棚卸の画面が開くまで一分以上かかります"),
        _said("f5", "T-5", None, "請求書をまとめてPDFで受け取れるようにしてほしい", "feature_request"),
        _said("f6", "T-6", None, "在庫の一覧をExcelで書き出す方法を教えてください", "question"),
        _said("f7", "T-7", None, "The barcode reader loses its pairing every morning"),
        _said("f9", "C-1", "th_log", "監査ログが残らないと、うちの規程では導入できません", "objection"),
        _said("f10", "C-2", None, "棚卸が半日で終わるのが決め手でした", "buying_reason"),
        _said("f11", "C-3", "th_cost", "費用が予算を超える", "objection"),
    ]


def _said(
    id: str, conversation: str, theme: str | None, quote: str, kind: str = "complaint", severity: int = 2
) -> Row:
    n, text = next((n, text) for n, (_, text) in enumerate(TURNS[conversation]) if quote in text)
    start = text.index(quote)
    place = {"turn": n, "start": start, "end": start + len(quote), "severity": severity}
    return said(id, conversation, theme, kind, statement=quote, quote=quote, **place)


__all__ = ["TURNS", "fill_ledger", "write_turns"]
