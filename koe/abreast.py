"""Masking, indexing and reading a backlog, batch by batch: side by side in processes where it is large.

A batch goes through all three before the next one, so that its words are taken once. A worker masks and
reads in commits of its own and gives its passages back as rows; one process writes those, in the order of
the batches, and tells the vector index, which has one writer. The ledger comes out the same however many
processes there were, and a run that was cut off is simply walked again.
"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from koe.engine.base import Engine
from koe.engine.offline import OfflineEngine
from koe.errors import RetryError
from koe.garbage import collect_seldom
from koe.index.station import Prepared, finish, prepare, write
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace

__all__ = ["MANY", "take_in"]

MANY = 1_500
"""Conversations from which the start of more processes is worth its second."""
TOLD_TOGETHER = 2_000
"""Conversations after which the vector index is told."""
AHEAD = 2
"""Batches that each worker may be ahead of the writer, so that memory stays flat."""

_workspace: Workspace


def take_in(ws: Workspace, engine: Engine, batches: Sequence[tuple[str, ...]], processes: int) -> None:
    """Mask, index and read these batches; only what the embedded engine reads is read here."""
    told: dict[str, str] = {}
    reads = isinstance(engine, OfflineEngine)
    for prepared in _prepared(ws, batches, processes, reads=reads):
        write(ws, prepared)
        told |= prepared.versions
        if len(told) >= TOLD_TOGETHER:
            finish(ws, told)
            told = {}
    if told:
        finish(ws, told)


def _prepared(
    ws: Workspace, batches: Sequence[tuple[str, ...]], processes: int, *, reads: bool
) -> Iterator[Prepared]:
    if processes < 2 or sum(map(len, batches)) < MANY:
        yield from (_through(ws, ids, reads=reads) for ids in batches)
        return
    ws.key  # noqa: B018 - made before the workers look for it
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(processes, context, _open, (dict(ws.settings),)) as pool:
            yield from _in_order(pool, batches, AHEAD * processes, reads=reads)
    except BrokenProcessPool:
        raise RetryError(
            "A process that masks and reads was ended from outside, perhaps for want of memory. "
            "What was done stands. Run it again."
        ) from None


def _in_order(
    pool: ProcessPoolExecutor, batches: Sequence[tuple[str, ...]], ahead: int, *, reads: bool
) -> Iterator[Prepared]:
    """What the workers give back, in the order of the batches."""
    waiting: deque[Future[Prepared]] = deque()
    for ids in batches:
        waiting.append(pool.submit(_through_here, ids, reads))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _through(ws: Workspace, ids: Sequence[str], *, reads: bool) -> Prepared:
    """A batch masked, and read where the engine is at hand; its passages, to be written."""
    from koe.find import read_batch
    from koe.mask.station import mask_batch

    mask_batch(ws, ids)
    prepared = prepare(ws, ids)
    if reads:
        read_batch(ws, OfflineEngine(), ids)
    return prepared


def _through_here(ids: Sequence[str], reads: bool) -> Prepared:
    return _through(_workspace, ids, reads=reads)


def _open(settings: dict[str, Any]) -> None:
    """A worker's own workspace, by settings that were judged already; it ends when its parent was killed."""
    global _workspace
    collect_seldom()
    _workspace = open_workspace(Settings.model_construct(**settings))
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
