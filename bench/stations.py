"""How fast each station is, what the whole street needs in memory, and that a second run does no work."""

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generate import write_folder
from connectors import folder_source
from koe.engine import pick_engine
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.street import find_new, index_new, make_week, mask_new, weeks_with_data
from koe.workspace import Workspace, open_workspace


def main() -> None:
    """Print a line per station: seconds and conversations per second, first run and second."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--conversations", type=int, default=10_000)
    arguments.add_argument("--weeks", type=int, default=10)
    asked = arguments.parse_args()
    with TemporaryDirectory(prefix="koe-bench-") as home:
        write_folder(Path(home) / "data", asked.conversations, asked.weeks)
        ws = open_workspace(Settings(home=Path(home) / "koe"))
        first = _run(ws, Path(home) / "data")
        second = _run(ws, Path(home) / "data")
        _show(first, second, asked.conversations)
        size = sum(path.stat().st_size for path in ws.home.rglob("*") if path.is_file()) >> 20
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(f"peak memory {memory} MB, workspace {size} MB")


def _run(ws: Workspace, folder: Path) -> dict[str, float]:
    engine = pick_engine(ws)
    times = {
        "pull": _time(lambda: pull(ws, folder_source(folder, ws.settings))),
        "mask": _time(lambda: mask_new(ws)),
        "index": _time(lambda: index_new(ws)),
        "find": _time(lambda: find_new(ws, engine)),
    }
    weeks = weeks_with_data(ws)
    per_week = [_time(lambda week=week: make_week(ws, engine, week)) for week in weeks]  # type: ignore[misc]
    times["weeks"] = sum(per_week)
    times["  first week"] = per_week[0]
    times["  last week"] = per_week[-1]
    return times


def _show(first: dict[str, float], second: dict[str, float], conversations: int) -> None:
    print(f"{'station':<14}{'seconds':>9}{'a second':>10}{'again':>9}{'ratio':>8}")
    for name, seconds in first.items():
        again = second[name]
        print(
            f"{name:<14}{seconds:>9.2f}{conversations / seconds:>10.0f}{again:>9.2f}{again / seconds:>8.3f}"
        )
    total = sum(seconds for name, seconds in first.items() if not name.startswith(" "))
    print(f"{'all':<14}{total:>9.2f}{conversations / total:>10.0f}")


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
