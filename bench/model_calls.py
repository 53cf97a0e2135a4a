"""How fast calls go to a model, and what koe adds to each: `python -m bench.model_calls`.

A loopback server answers every call after a fixed time. The wall of N calls at concurrency C is held against
N x latency / C, and koe's own share is what a call takes from a server that answers at once.
"""

import argparse
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from koe.engine.model.opening import open_caller
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.model_calls import GOOD, calls, check
from tests.model_server import Act, ModelServer

LIMIT = 1.15


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=96)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds")
    parser.add_argument("--concurrency", type=int, nargs="+", default=[4, 8, 16])
    asked = parser.parse_args()
    print(f"{'concurrency':>12}{'ideal s':>10}{'wall s':>10}{'ratio':>8}{'second run s':>14}")
    for concurrency in asked.concurrency:
        ideal = asked.calls * asked.latency / concurrency
        first, second = measure(asked.calls, asked.latency, concurrency)
        told = "" if first / ideal <= LIMIT else f"  over {LIMIT}"
        print(f"{concurrency:>12}{ideal:>10.2f}{first:>10.2f}{first / ideal:>8.3f}{second:>14.3f}{told}")
    wall, cpu = overhead(asked.calls)
    print(f"koe's own share of a call, one at a time: {1000 * wall:.1f} ms, {1000 * cpu:.1f} ms of it CPU")
    print("(client, server and LangChain run in this one process; so the share holds theirs too)")


def measure(count: int, latency_s: float, concurrency: int) -> tuple[float, float]:
    """Seconds of a first run, and of a second one that finds all in the journal."""
    with (
        TemporaryDirectory(prefix="koe-bench-") as home,
        ModelServer([Act(GOOD, after_s=latency_s)]) as server,
    ):
        ws = _workspace(server, Path(home), concurrency)
        _warm(ws)
        return _time(ws, count), _time(ws, count)


def overhead(count: int) -> tuple[float, float]:
    """Seconds of wall and of CPU a call, from a server that answers at once."""
    with TemporaryDirectory(prefix="koe-bench-") as home, ModelServer([GOOD]) as server:
        ws = _workspace(server, Path(home), 1)
        _warm(ws)
        before = resource.getrusage(resource.RUSAGE_SELF)
        wall = _time(ws, count)
        after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall / count, cpu / count


def _workspace(server: ModelServer, home: Path, concurrency: int) -> Workspace:
    settings = Settings(
        home=home / "koe",
        model="openai:loopback",
        api_key="k",  # type: ignore[arg-type]
        base_url=server.url,
        concurrency=concurrency,
    )
    return open_workspace(settings)


def _warm(ws: Workspace) -> None:
    """Imports and the ledger's making are no part of a call."""
    open_caller(ws).ask(calls(1, "warm"), check)


def _time(ws: Workspace, count: int) -> float:
    caller = open_caller(ws)
    start = time.perf_counter()
    replies = caller.ask(calls(count), check)
    took = time.perf_counter() - start
    assert all(reply.text == GOOD for reply in replies)
    return took


if __name__ == "__main__":
    main()
