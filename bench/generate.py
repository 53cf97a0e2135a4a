"""Conversations in any number, put together from the labelled turns of `training/` by a fixed seed."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

TURNS = Path(__file__).parent.parent / "training" / "utterances"
START = datetime(2025, 9, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
CUSTOMERS_A_WEEK = 20
"""Conversations per account over the whole span, on average."""


def write_folder(folder: Path, conversations: int, weeks: int, seed: int = 1) -> None:
    """Write `tickets.jsonl`, `calls.jsonl` and `deals.jsonl`: three tickets to one call, a deal per call."""
    rng = random.Random(seed)
    turns = [
        json.loads(line) for path in sorted(TURNS.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "tickets.jsonl").open("w", encoding="utf-8") as tickets,
        (folder / "calls.jsonl").open("w", encoding="utf-8") as calls,
        (folder / "deals.jsonl").open("w", encoding="utf-8") as deals,
    ):
        for n in range(conversations):
            at = START + timedelta(days=7 * weeks * n / conversations)
            account = {"id": f"A-{rng.randrange(max(10, conversations // CUSTOMERS_A_WEEK))}"}
            account["name"] = f"会社{account['id']}"
            if n % 4:
                _write(tickets, _conversation(f"T-{n}", "ticket", at, account, rng.sample(turns, 2)))
                continue
            said = rng.sample(turns, 8)
            _write(calls, {**_conversation(f"C-{n}", "call", at, account, said), "deal_id": f"D-{n}"})
            _write(deals, _deal(n, at, account, rng))


def _conversation(
    id: str, kind: str, at: datetime, account: dict[str, str], said: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "created_at": at.isoformat(),
        "account": account,
        "subject": "ご相談",
        "turns": list(_turns(at, said)),
    }


def _turns(at: datetime, said: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for n, one in enumerate(said):
        when = (at + timedelta(minutes=n)).isoformat()
        yield {"speaker": "customer", "name": "山田 花子", "at": when, "text": one["text"]}
        yield {
            "speaker": "agent",
            "name": "佐藤 次郎",
            "at": when,
            "text": "ご連絡ありがとうございます。確認いたします。",
        }


def _deal(n: int, at: datetime, account: dict[str, str], rng: random.Random) -> dict[str, Any]:
    outcome = rng.choice(["won", "lost", "open"])
    return {
        "id": f"D-{n}",
        "account": account,
        "name": f"商談{n}",
        "owner": "佐藤 次郎",
        "industry": rng.choice(["小売", "製造", "介護"]),
        "stage": outcome,
        "outcome": outcome,
        "amount": 100000,
        "currency": "JPY",
        "closed_at": None if outcome == "open" else (at + timedelta(days=3)).isoformat(),
        "loss_reason": None,
    }


def _write(file: Any, record: dict[str, Any]) -> None:
    file.write(json.dumps(record, ensure_ascii=False) + "\n")
