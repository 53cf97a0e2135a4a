"""`koe pull` of many tickets from a fake Zendesk in another process: rate, memory, seconds.

Waiting takes no time here: the client's clock goes on when it sleeps. `python -m bench.pull [TICKETS]`
"""

import multiprocessing
import resource
import sys
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from connectors import vendor_source
from connectors.http.asking import Answer, Ask
from koe.ledger.intake import commit_page
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.fake_zendesk import FakeZendesk
from tests.vendor_fake import Asked, Reply, stage
from tests.vendor_world import Time, World

TEXT = "在庫の検索に毎回一分ほどかかります。朝は特に遅く、開店の準備が遅れています。" * 4
PER_MINUTE = 700


class Many(FakeZendesk):
    """A fake that finds tickets by their number, so that it is not what is measured."""

    def _export(self, asked: Asked) -> Reply:
        start = int(asked.query.get("cursor", "0"))
        end = min(start + 100, len(self.world.tickets))
        rows = [self._ticket(self.world.tickets[n + 1]) for n in range(start, end)]
        is_end = end >= len(self.world.tickets)
        return Reply({"tickets": rows, "after_cursor": str(end), "end_of_stream": is_end})

    def _many(self, kind: str, keys: list[str]) -> Reply:
        if kind == "users":
            return Reply({"users": [self._user(self.world.tickets[int(key) - 5000]) for key in keys]})
        return Reply({kind: [{"id": int(key), "name": f"会社{key}"} for key in keys]})


def serve(count: int, pipe: Connection) -> None:
    """The vendor: as many tickets as asked for, three comments each."""
    world = World()
    for n in range(1, count + 1):
        world.open(TEXT)
        world.reply(n, "お調べします。")
        world.reply(n, TEXT, who="customer")
    with stage() as theatre:
        theatre.show(Many(world))
        theatre.server.fake.asked = _Nothing()  # type: ignore[union-attr, assignment]
        pipe.send(theatre.base_url)
        pipe.recv()


class _Nothing(list[Asked]):
    def append(self, asked: Asked) -> None:
        return


@contextmanager
def vendor(count: int) -> Iterator[str]:
    """The base URL of a vendor in a process of its own."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(count, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("done")
        process.join()


def measure(count: int, base_url: str, home: Path) -> None:
    """Pull everything and print what it took, on the way too."""
    part: dict[str, Any] = {"type": "zendesk", "base_url": base_url, "email": "me@ours.example"}
    desk = {**part, "token": Many.token, "since": "2026-09-01", "per_minute": PER_MINUTE}
    ws = open_workspace(Settings(home=home, sources={"desk": desk}))  # type: ignore[dict-item]
    passing = Time()
    source = vendor_source("desk", ws.settings, passing.clock)
    times: dict[str, list[float]] = {"": [], "export": []}

    def tap(ask: Ask, answer: Answer) -> None:
        times[""].append(passing.at)
        times["export"] += [passing.at] if ask.lane == "export" else []

    source.vendor.client.tap = tap
    began, done = time.perf_counter(), 0
    for page in source.pages("tickets", None):
        done += commit_page(ws.ledger, "desk", "tickets", page).new
        if done in (count // 5, count):
            mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{done} tickets: {time.perf_counter() - began:.1f} s, peak {mib:.0f} MiB")
    for lane, limit in (("", PER_MINUTE), ("export", 10)):
        found = times[lane]
        most = max(bisect_right(found, at + 60) - n for n, at in enumerate(found))
        print(f"{lane or 'all'}: {len(found)} requests, at most {most} in a minute (allowed {limit})")
    print(f"waiting would have taken {passing.at - Time().at:.0f} s")
    ws.close()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with vendor(wanted) as address, TemporaryDirectory() as folder:
        measure(wanted, address, Path(folder))
