"""Walks that are killed and walked again, in a process of its own without threads, so that it can fork.

`python -m tests.restart_walks FOLDER HOME` prints, as JSON, how many places a clean walk passes and
what was different after each walk that was killed and started again.
"""

import hashlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from connectors import folder_source
from koe import faults
from koe.engine import pick_engine
from koe.ledger.intake import pull
from koe.ledger.schema import metadata
from koe.settings import Settings
from koe.street import choose_week, walk, weeks_with_data
from koe.workspace import open_workspace

MANY = 10**6
NUMBERED_BY_ARRIVAL = {"passage": "n"}
PLACE_OF_THE_INDEX = "('index', "
"""The row that says under which folder name the index was built; a rebuilt one has another."""


def settings_of(home: Path) -> Settings:
    """One key, so that pseudonyms are comparable; small batches, so that there are several."""
    return Settings(home=home, pseudonym_key="a test's key", batch_size=4)  # type: ignore[arg-type]


def run_street(home: Path, folder: Path) -> None:
    """Everything from the folder to the reports."""
    ws = open_workspace(settings_of(home))
    with ws.exclusive():
        pull(ws, folder_source(folder, ws.settings))
        choose_week(ws, None, datetime(2026, 11, 22, tzinfo=UTC))
        walk(ws, pick_engine(ws), weeks_with_data(ws))
    ws.close()


def in_child(work: Callable[[], None]) -> int:
    """How a forked child that does the work ended, as `os.waitstatus_to_exitcode` says it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001  a forked child has nobody above it to tell
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def contents(home: Path) -> dict[str, str]:
    """A hash of every table's rows and of every report file."""
    ws = open_workspace(settings_of(home))
    found = {}
    with ws.ledger.connect() as conn:
        for table in metadata.sorted_tables:
            columns = [c for c in table.c if c.name != NUMBERED_BY_ARRIVAL.get(table.name)]
            rows = sorted(repr(tuple(row)) for row in conn.execute(sa.select(*columns)))
            rows = [row for row in rows if not row.startswith(PLACE_OF_THE_INDEX)]
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    ws.close()
    for path in sorted((home / "reports").rglob("*")):
        if path.is_file():
            found[str(path.relative_to(home))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def count_places(home: Path, folder: Path) -> int:
    """How many places a clean run passes, told through a file by the child that runs it."""
    told = home.parent / "places"

    def work() -> None:
        faults.arm(MANY)
        run_street(home, folder)
        told.write_text(json.dumps(MANY - faults._left), "utf-8")

    assert in_child(work) == 0
    return int(json.loads(told.read_text("utf-8")))


def kill_and_run_again(home: Path, folder: Path, *places: int) -> list[int]:
    """Start as often as places are given, dying at each; how the starts ended."""
    ends = []
    for place in places:

        def work(place: int = place) -> None:
            faults.arm(place)
            run_street(home, folder)

        ends.append(in_child(work))
    return ends


def differences(clean: dict[str, str], after: dict[str, str]) -> list[str]:
    """Names of tables and files that are not the same."""
    return sorted(name for name in clean | after if clean.get(name) != after.get(name))


def walk_all(folder: Path, home: Path) -> dict[str, object]:
    """Kill at every place, then twice at some, then run a clean one again; what was different."""
    places = count_places(home / "clean", folder)
    clean = contents(home / "clean")
    once, twice = {}, {}
    for place in range(1, places + 1):
        ends = kill_and_run_again(home / f"at-{place}", folder, place, 0)
        wrong = differences(clean, contents(home / f"at-{place}"))
        if ends != [-signal.SIGKILL, 0] or wrong:
            once[place] = [ends, wrong]
    for first, second in ((5, 3), (places // 2, 2), (places - 2, 1)):
        ends = kill_and_run_again(home / f"at-{first}-{second}", folder, first, second, 0)
        wrong = differences(clean, contents(home / f"at-{first}-{second}"))
        if ends[-1] != 0 or wrong:
            twice[f"{first}, {second}"] = [ends, wrong]
    again = kill_and_run_again(home / "clean", folder, 0)
    return {
        "places": places,
        "killed once": once,
        "killed twice": twice,
        "clean, again": [again, differences(clean, contents(home / "clean"))],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(walk_all(Path(sys.argv[1]), Path(sys.argv[2]))))
