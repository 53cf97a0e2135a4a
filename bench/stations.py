"""What each station costs, what the whole street needs in memory, and that a second run does no work.

Seconds are those of the processor, so that other work on the machine does not count. `--processes 2` takes
the backlog in side by side, as a run over thousands does, and prints the wall's seconds beside them.
"""

import argparse
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.generate import write_folder
from connectors import folder_source
from koe.abreast import TOLD_TOGETHER
from koe.engine import pick_engine
from koe.find import read_batch
from koe.garbage import collect_seldom
from koe.index.station import finish, prepare, write
from koe.ledger.intake import pull
from koe.mask.station import forget_stale_masks, mask_batch, unmasked
from koe.settings import Settings
from koe.street import batches, make_week, take_in, weeks_with_data
from koe.workspace import Workspace, open_workspace

GOAL, CORES = 300, 2
"""Conversations a second through all stations, and the cores it is meant for."""
ALONE = ("pull", "write", "vector index", "weeks")
"""What one process does; the rest is done by as many as there are cores."""
Given = TypeVar("Given")
Times = defaultdict[str, float]


def main() -> None:
    """Print a line per station: seconds and conversations per second and core, first run and second."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--conversations", type=int, default=10_000)
    arguments.add_argument("--weeks", type=int, default=10)
    arguments.add_argument("--processes", type=int, default=1)
    asked = arguments.parse_args()
    collect_seldom()
    with TemporaryDirectory(prefix="koe-bench-") as home:
        write_folder(Path(home) / "data", asked.conversations, asked.weeks)
        ws = open_workspace(Settings(home=Path(home) / "koe"))
        start = time.perf_counter()
        first = _run(ws, Path(home) / "data", asked.processes)
        took = time.perf_counter() - start
        second = _run(ws, Path(home) / "data", asked.processes)
        _show(first, second, asked.conversations)
        if asked.processes == 1:
            _say_why(first, asked.conversations)
        else:
            print(f"{took:.1f} s on the wall with {asked.processes} processes")
        size = sum(path.stat().st_size for path in ws.home.rglob("*") if path.is_file()) >> 20
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        print(f"peak memory {memory} MB, of a worker {workers} MB, workspace {size} MB")


def _run(ws: Workspace, folder: Path, processes: int) -> dict[str, float]:
    times: Times = defaultdict(float)
    engine = pick_engine(ws)
    _add(times, "pull", lambda: pull(ws, folder_source(folder, ws.settings)))
    if processes > 1:
        _add(times, "side by side", lambda: take_in(ws, engine, processes))
    else:
        _in_turn(ws, times)
        _add(times, "left", lambda: take_in(ws, engine))
    for week in weeks_with_data(ws):
        _add(times, "weeks", lambda week=week: make_week(ws, engine, week))  # type: ignore[misc]
    return dict(times)


def _in_turn(ws: Workspace, times: Times) -> None:
    """What `koe.abreast` does, step by step in one process."""
    engine = pick_engine(ws)
    forget_stale_masks(ws)
    told: dict[str, str] = {}
    for ids in batches(unmasked(ws.ledger), ws.settings.batch_size):
        _add(times, "mask", lambda ids=ids: mask_batch(ws, ids))  # type: ignore[misc]
        made = _add(times, "words", lambda ids=ids: prepare(ws, ids))  # type: ignore[misc]
        _add(times, "find", lambda ids=ids: read_batch(ws, engine, ids))  # type: ignore[misc]
        _add(times, "write", lambda made=made: write(ws, made))  # type: ignore[misc]
        told |= made.versions
        if len(told) >= TOLD_TOGETHER:
            _add(times, "vector index", lambda told=told: finish(ws, told))  # type: ignore[misc]
            told = {}
    if told:
        _add(times, "vector index", lambda: finish(ws, told))


def _show(first: dict[str, float], second: dict[str, float], conversations: int) -> None:
    print(f"{'station':<14}{'seconds':>9}{'a second':>10}{'again':>9}{'ratio':>8}")
    for name, seconds in first.items():
        again = second.get(name, 0.0)
        rate = conversations / max(seconds, 1e-9)
        print(f"{name:<14}{seconds:>9.2f}{rate:>10.0f}{again:>9.2f}{again / max(seconds, 1e-9):>8.3f}")
    total = sum(first.values())
    print(f"{'all':<14}{total:>9.2f}{conversations / total:>10.0f}")


def _say_why(times: dict[str, float], conversations: int) -> None:
    """The rate that these seconds allow on the cores it is meant for, and where the time goes."""
    alone = sum(seconds for name, seconds in times.items() if name in ALONE)
    shared = sum(times.values()) - alone
    backlog = times["write"] + times["vector index"]
    bound = alone - backlog + max(backlog, (shared + backlog) / CORES)
    print(f"at best {conversations / bound:.0f} a second on {CORES} idle cores; the goal is {GOAL}")
    if conversations / bound < GOAL:
        each = sorted(
            ((1000 * seconds / conversations, name) for name, seconds in times.items()), reverse=True
        )
        most = ", ".join(f"{name} {took:.1f} ms" for took, name in each[:4])
        print(f"because a conversation may cost {1000 * CORES / GOAL:.1f} ms of a core, and costs: {most}")


def _add(times: Times, name: str, work: Callable[[], Given]) -> Given:
    start = _seconds()
    given = work()
    times[name] += _seconds() - start
    return given


def _seconds() -> float:
    """Seconds of the processor, of this process and of those it has waited for."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
