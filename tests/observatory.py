"""A made-up observatory whose customers book its telescopes: two weeks of conversations, known whole."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from connectors import folder_source
from koe.ledger.intake import pull
from koe.records import MaskedConversation, MaskedTurn
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace

WEEKS = ("2026-W37", "2026-W38")


class Known(NamedTuple):
    """One finding that a careful reader makes."""

    quote: str
    kind: str
    statement: str
    theme: str


KNOWN = (
    Known(
        "予約画面で時刻が世界時のまま出る",
        "complaint",
        "予約画面の時刻が世界時で出る。",
        "時刻が世界時で出る",
    ),
    Known(
        "表示の時間が九時間ずれていて、毎回足し算です",
        "complaint",
        "時刻が九時間ずれて表示される。",
        "時刻が世界時で出る",
    ),
    Known(
        "時計の欄がグリニッジ時間になっていて紛らわしい",
        "complaint",
        "時刻の欄がグリニッジ時間である。",
        "時刻が世界時で出る",
    ),
    Known(
        "ドームが遠隔の操作に応えてくれません",
        "complaint",
        "ドームが遠隔操作に応えない。",
        "ドームが動かない",
    ),
    Known(
        "the dome would not open from the app",
        "complaint",
        "The dome does not open from the app.",
        "ドームが動かない",
    ),
    Known(
        "曇った夜は自動で次の枠に回していただけると助かります",
        "feature_request",
        "曇天の予約を自動で移してほしい。",
        "曇天の振替",
    ),
    Known("撮った画像はどこから消せますか", "question", "撮影した画像の消し方を知りたい。", "画像の消し方"),
    Known(
        "台数分の利用料だと稟議が通らないんですよ",
        "objection",
        "台数分の利用料では稟議が通らない。",
        "料金が高い",
    ),
    Known("夜中に人を置かなくて済むのは大きい", "buying_reason", "夜間の人員が不要になる。", "夜間の無人化"),
    Known(
        "電話の方がとても親切で、夜中なのにすぐ出てくれました",
        "praise",
        "電話対応が親切で早い。",
        "電話が親切",
    ),
)
_SAID: tuple[tuple[str, str, str, str, Sequence[str]], ...] = (
    (
        "T-1",
        "ticket",
        "A",
        "2026-09-08",
        ["お世話になっております。予約画面で時刻が世界時のまま出るのですが。"],
    ),
    ("T-2", "ticket", "B", "2026-09-08", ["表示の時間が九時間ずれていて、毎回足し算です。慣れましたけど。"]),
    ("T-3", "ticket", "C", "2026-09-09", ["ドームが遠隔の操作に応えてくれません。昨夜は三回試しました。"]),
    ("T-4", "ticket", "D", "2026-09-09", ["曇った夜は自動で次の枠に回していただけると助かります。"]),
    (
        "C-1",
        "call",
        "E",
        "2026-09-10",
        ["台数分の利用料だと稟議が通らないんですよ。", "夜中に人を置かなくて済むのは大きいんですけどね。"],
    ),
    ("T-5", "ticket", "A", "2026-09-15", ["撮った画像はどこから消せますか。"]),
    ("T-6", "ticket", "F", "2026-09-15", ["時計の欄がグリニッジ時間になっていて紛らわしいです。"]),
    ("T-7", "ticket", "G", "2026-09-16", ["Hello, the dome would not open from the app on Monday. Twice."]),
    (
        "T-8",
        "ticket",
        "H",
        "2026-09-16",
        ["電話の方がとても親切で、夜中なのにすぐ出てくれました。ありがとう。"],
    ),
    ("T-9", "ticket", "I", "2026-09-17", ["来週の見学は火曜で大丈夫です。"]),
)


def records(added: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The conversations as files have them; `added` is put behind the first turn of a conversation."""
    return [_record(*row, more=(added or {}).get(row[0], "")) for row in _SAID]


def _record(id: str, kind: str, account: str, day: str, texts: Sequence[str], more: str) -> dict[str, Any]:
    turns: list[dict[str, str]] = []
    for n, text in enumerate(texts):
        turns.append({"speaker": "customer", "text": text + (f"\n{more}" if more and n == 0 else "")})
        turns.append({"speaker": "agent", "text": "かしこまりました。確認いたします。"})
    made = {"id": id, "kind": kind, "created_at": f"{day}T10:00:00+09:00", "turns": turns}
    name = {"id": f"A-{account}", "name": f"天文部{account}"}
    deal = {"deal_id": "D-1"} if kind == "call" else {}
    return {**made, "account": name, "subject": "お問い合わせ", **deal}


def masked(row: Mapping[str, Any]) -> MaskedConversation:
    """A record as an engine sees it; nothing personal is in it."""
    turns = [MaskedTurn(n=n, role=turn["speaker"], text=turn["text"]) for n, turn in enumerate(row["turns"])]
    return MaskedConversation(
        id=f"files:{row['id']}",
        external_id=row["id"],
        kind=row["kind"],
        account=row["account"]["id"],
        created_at=datetime.fromisoformat(row["created_at"]),
        title=row["subject"],
        turns=tuple(turns),
        outcome="won" if "deal_id" in row else None,
    )


DEAL = {
    "id": "D-1", "account": {"id": "A-E", "name": "天文部E"}, "name": "導入", "outcome": "won",
    "amount": 100000, "currency": "JPY", "closed_at": "2026-09-11T10:00:00+09:00",
}  # fmt: skip


@contextmanager
def observatory(settings: Mapping[str, Any], added: Mapping[str, str] | None = None) -> Iterator[Workspace]:
    """A workspace that has pulled the company's records and read none of them yet."""
    with TemporaryDirectory(prefix="koe-test-") as folder:
        place = Path(folder)
        rows = records(added)
        for kind in ("ticket", "call"):
            lines = [json.dumps(row, ensure_ascii=False) for row in rows if row["kind"] == kind]
            (place / f"{kind}s.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        (place / "deals.jsonl").write_text(json.dumps(DEAL, ensure_ascii=False) + "\n", "utf-8")
        ws = open_workspace(Settings(home=place / "koe", **settings))
        try:
            pull(ws, folder_source(place, ws.settings))
            yield ws
        finally:
            ws.close()
