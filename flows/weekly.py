"""One week, from the sources to the report. Safe to start again at any point."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from prefect import flow

from flows import tasks
from flows.runner import pick_runner
from koe.engine import pick_engine
from koe.errors import RetryError, SetupError
from koe.street import batches


@flow(name="weekly", task_runner=pick_runner(os.environ.get("KOE_DASK")))
def weekly(
    home: str, week: str | None = None, since: str | None = None, batch: bool = False
) -> dict[str, object]:
    """Pull, read and report one week, or every week from `since` to it; `batch` reads by the Batch API.

    Raises BusyError when another run holds the workspace, PendingError while a model's answers are to come.
    """
    with tasks.workspace_at(home) as ws, ws.exclusive():
        not_pulled = _pull(home, sorted(ws.settings.sources))
        _read_new(home, batch)
        made = _report(home, week, since)
        return made | tasks.what_is_left(not_pulled, tasks.deliver(home, made["week"]))


def _pull(home: str, names: Sequence[str]) -> list[tasks.Left]:
    """Bring in every source and the website; one line on each that failed, which stops nothing else."""
    futures: list[tuple[str, Any]] = [(name, tasks.pull_source.submit(home, name)) for name in names]
    failed: list[tasks.Left] = []
    for name, future in [*futures, ("website", tasks.pull_site.submit(home))]:
        try:
            future.result()
        except (RetryError, SetupError) as error:
            failed.append(tasks.Left(f"{name}: {error}", isinstance(error, SetupError)))
    return failed


def _read_new(home: str, batch: bool) -> None:
    from koe.find import unread
    from koe.index.station import unindexed
    from koe.mask.station import forget_stale_masks, unmasked
    from koe.model.by_batch import pick_up

    with tasks.workspace_at(home) as ws:
        size = ws.settings.batch_size
        forget_stale_masks(ws)
        tasks.take_in(home)
        _spread(tasks.mask, home, batches(unmasked(ws.ledger), size))
        _in_turn(tasks.index, home, batches(unindexed(ws.ledger), size))
        tasks.tidy(home)
        tasks.embed(home)
        if batch:
            tasks.hand_in(home)
        else:
            pick_up(ws)
        _spread(tasks.find, home, batches(unread(ws, pick_engine(ws)), size))


def _report(home: str, week: str | None, since: str | None) -> dict[str, Any]:
    *others, chosen = tasks.choose(home, week, since, datetime.now(UTC))
    tasks.settle(home, chosen)
    made = _in_turn(tasks.make, home, [*others, chosen])
    tasks.list_all(home)
    tasks.show(home, chosen)
    return {**made[-1], "also": others}


def _spread(task: Any, home: str, pieces: Sequence[Any]) -> list[Any]:
    return [future.result() for future in [task.submit(home, piece) for piece in pieces]]


def _in_turn(task: Any, home: str, pieces: Sequence[Any]) -> list[Any]:
    return [task(home, piece) for piece in pieces]
