"""What a week costs as the ledger grows: the same weekly volume behind up to a million conversations.

The history is written straight into the ledger, read and settled; then one week comes in as files and walks
the whole street. Ratios compare each week with the first one. The history is not in the vector index: an
embedded index of that size wants a Chroma server; `bench.stations` measures indexing.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.generate import START, write_folder
from connectors import folder_source
from koe.ask import ask
from koe.engine.offline import OfflineEngine
from koe.garbage import collect_seldom
from koe.ledger.intake import pull
from koe.ledger.schema import conversation, finding, note, reading, settled, theme, turn
from koe.mask.station import forget_stale_masks
from koe.settings import Settings
from koe.street import find_new, index_new, make_week, mask_new
from koe.themes.likeness import Floats, describe, version
from koe.themes.renewal import NOTE
from koe.themes.rows import write_centroid, write_vector
from koe.weeks import week_of, weeks_between
from koe.workspace import Workspace, open_workspace

THEMES = 120
WARM_UP = 40
ACCOUNTS = 4_000
ZONE = ZoneInfo("Asia/Tokyo")
QUESTION = "先週いちばん多かった困りごとは?"
Rows = list[dict[str, Any]]


def main() -> None:
    """Print CPU seconds per station for a week behind ever longer histories, and the ratios to the first."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--a-week", type=int, default=2_000, help="conversations a week")
    arguments.add_argument("--weeks", type=int, nargs="+", default=[0, 5, 50, 150, 499], help="of history")
    asked = arguments.parse_args()
    collect_seldom()
    one_week(0, WARM_UP)
    first: dict[str, float] = {}
    print(f"{asked.a_week} conversations a week")
    for weeks in asked.weeks:
        times = one_week(weeks, asked.a_week)
        first = first or times
        _show(weeks * asked.a_week + asked.a_week, times, first)


def one_week(weeks: int, a_week: int) -> dict[str, float]:
    """Seconds per station for one week behind `weeks` of history."""
    with TemporaryDirectory(prefix="koe-curve-") as home:
        ws = open_workspace(Settings(home=Path(home) / "koe"))
        write_history(ws, weeks, a_week)
        write_folder(Path(home) / "data", a_week, 1)
        times = run_week(ws, Path(home) / "data")
        ws.close()
    return times


def run_week(ws: Workspace, folder: Path) -> dict[str, float]:
    """Seconds per station for what the folder holds, one week of conversations."""
    engine = OfflineEngine()
    week = week_of(START, ws.settings.zone)
    return {
        "pull": _time(lambda: pull(ws, folder_source(folder, ws.settings))),
        "mask": _time(lambda: mask_new(ws)),
        "index": _time(lambda: index_new(ws)),
        "find": _time(lambda: find_new(ws, engine)),
        "week": _time(lambda: make_week(ws, engine, week)),
        "again": _time(lambda: make_week(ws, engine, week)),
        "ask": _time(lambda: ask(ws, engine, QUESTION, (START + timedelta(days=8)).date().isoformat())),
    }


def write_history(ws: Workspace, weeks: int, a_week: int) -> None:
    """Write weeks of conversations that were read and settled, ending where the generated week begins."""
    forget_stale_masks(ws)
    if not weeks:
        return
    start = START - timedelta(weeks=weeks)
    with ws.ledger.begin() as conn:
        vectors = describe([(_complaint(n), _complaint(n)) for n in range(THEMES)])
        share = weeks * a_week // THEMES
        conn.execute(theme.insert(), [_theme(n, start, vectors[n], share) for n in range(THEMES)])
        conn.execute(note.insert(), {"key": NOTE, "value": version()})
        names = weeks_between(week_of(start, ZONE), week_of(START - timedelta(weeks=1), ZONE))
        conn.execute(settled.insert(), [{"week": name} for name in names])
    kept = [write_vector(vector) for vector in vectors]
    for rows in _history(start, weeks, a_week, kept):
        with ws.ledger.begin() as conn:
            for table, some in rows.items():
                conn.execute(table.insert(), some)


def _history(
    start: datetime, weeks: int, a_week: int, vectors: list[bytes]
) -> Iterator[dict[sa.Table, Rows]]:
    for week in range(weeks):
        rows: dict[sa.Table, Rows] = {conversation: [], turn: [], reading: [], finding: []}
        for n in range(a_week):
            at = (start + timedelta(weeks=week, minutes=n * 4)).astimezone(UTC)
            _add(rows, week * a_week + n, at.strftime("%Y-%m-%dT%H:%M:%SZ"), vectors)
        yield rows


def _add(rows: dict[sa.Table, Rows], n: int, at: str, vectors: list[bytes]) -> None:
    key, account = f"old:{n}", f"A-{n % ACCOUNTS}"
    text = _complaint(n)
    rows[conversation].append(
        {
            "id": key, "source": "old", "external_id": str(n), "kind": "ticket", "account_id": account,
            "account_name": f"会社{account}", "created_at": at, "version": "v", "masked": "v", "indexed": "v",
            "withdrawn": False, "stream": "tickets", "title": "", "language": "ja", "voice": f"{n}",
        }
    )  # fmt: skip
    rows[turn].append({"conversation_id": key, "n": 0, "role": "customer", "at": at, "text": text})
    rows[turn].append({"conversation_id": key, "n": 1, "role": "agent", "at": at, "text": "確認します。"})
    has = n % 10 < 7
    rows[reading].append(
        {
            "conversation_id": key, "version": "v", "engine": OfflineEngine.name,
            "state": "read" if has else "nothing", "reason": None, "dropped": "{}",
        }
    )  # fmt: skip
    if has:
        rows[finding].append(
            {
                "id": f"old-f{n}", "conversation_id": key, "kind": "complaint", "statement": text,
                "quote": text, "turn": 0, "start": 0, "end": len(text), "severity": 2,
                "engine": OfflineEngine.name, "theme_id": f"th_old{n % THEMES}",
                "vector": vectors[n % THEMES],
            }
        )  # fmt: skip


def _complaint(n: int) -> str:
    return f"画面{n % THEMES}の表示が毎朝遅れます。"


def _theme(n: int, start: datetime, vector: Floats, members: int) -> dict[str, Any]:
    return {
        "id": f"th_old{n}", "kind": "complaint", "name": f"画面{n}の表示が遅い", "named_by": "koe",
        "founded": week_of(start, ZONE), "merged_into": None,
        "centroid": write_centroid(vector), "members": members,
    }  # fmt: skip


def _show(conversations: int, times: dict[str, float], first: dict[str, float]) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    shown = "  ".join(f"{name} {took:.2f} s (x {took / first[name]:.2f})" for name, took in times.items())
    print(f"{conversations:>9,}: {shown}  peak {memory} MB", flush=True)


def _time(work: Callable[[], object]) -> float:
    """Seconds of the processor, because other work on the machine must not bend the curve."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
