"""The tasks of the flows. Each takes a workspace's folder and ids, opens it itself, and so runs anywhere.

One task is one batch, never one record. Nothing of Prefect's decides what is done: the ledger does,
so a task that runs twice finds its work done.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from prefect import task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from connectors import open_source
from connectors.words.sentences import said_in
from koe.engine import pick_engine
from koe.errors import PendingError, RetryError
from koe.ledger.intake import PullResult, pull
from koe.progress import Progress, progress_in
from koe.settings import load_settings
from koe.street import batches, choose_week, late_weeks, list_weeks, weeks_since
from koe.workspace import Workspace, open_workspace

logger = logging.getLogger("koe.flows")


@contextmanager
def workspace_at(home: str) -> Iterator[Workspace]:
    """The workspace in a folder, closed again afterwards."""
    ws = open_workspace(load_settings(Path(home)))
    try:
        yield ws
    finally:
        ws.close()


def _may_retry(task: object, run: object, state: Any) -> bool:
    error = state.result(raise_on_failure=False)
    return isinstance(error, RetryError) and not isinstance(error, PendingError)


_patient: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(2),
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": _may_retry,
    "cache_policy": NO_CACHE,
}


@task(name="pull", task_run_name="pull-{name}", **_patient)
def pull_source(home: str, name: str) -> PullResult:
    """Bring in what a configured source has that the ledger lacks."""
    with workspace_at(home) as ws:
        done = pull(ws, open_source(name, ws.settings))
        words, line = progress_in(ws.settings.language), done.line(ws.settings.language, said_in)
    logger.info("%s", words.pulled.format(name=name, line=line))
    return done


@task(name="pull-website", **_patient)
def pull_site(home: str) -> None:
    """Read the company's own website again, where one is set up."""
    from koe.commands.website import pull_website

    with workspace_at(home) as ws:
        if ws.settings.website is None:
            return
        for line in pull_website(ws):
            logger.info("%s", line)


def _did(sentence: tuple[str, str], words: Progress, ids: Sequence[str]) -> int:
    logger.info("%s", words.told(sentence, len(ids)))
    return len(ids)


@task(name="take-in", **_patient)
def take_in(home: str) -> int:
    """Mask, index and read a large backlog in as many processes as there are cores; a small one is left."""
    from koe.abreast import MANY
    from koe.abreast import take_in as take_batches
    from koe.mask.station import unmasked

    with workspace_at(home) as ws:
        ids = unmasked(ws.ledger)
        if len(ids) < MANY:
            return 0
        take_batches(ws, pick_engine(ws), batches(ids, ws.settings.batch_size), os.cpu_count() or 1)
        words = progress_in(ws.settings.language)
    return _did(words.taken_in, words, ids)


@task(name="mask", **_patient)
def mask(home: str, ids: Sequence[str]) -> int:
    """Mask a batch."""
    from koe.mask.station import mask_batch

    with workspace_at(home) as ws:
        mask_batch(ws, ids)
        words = progress_in(ws.settings.language)
    return _did(words.masked, words, ids)


@task(name="index", **_patient)
def index(home: str, ids: Sequence[str]) -> int:
    """Index a batch; one at a time, because an embedded store has one writer."""
    from koe.index.station import index_batch

    with workspace_at(home) as ws:
        index_batch(ws, ids)
        words = progress_in(ws.settings.language)
    return _did(words.indexed, words, ids)


@task(name="tidy-index", **_patient)
def tidy(home: str) -> None:
    """Take out of the index what was withdrawn."""
    from koe.index.station import catch_up

    with workspace_at(home) as ws:
        catch_up(ws)


@task(name="embed", **_patient)
def embed(home: str) -> None:
    """Have a model embed what was indexed, where one is set; what it is away for waits for the next run."""
    from koe.street import embed_new

    with workspace_at(home) as ws:
        embed_new(ws)


@task(name="batch", **_patient)
def hand_in(home: str) -> None:
    """Read through the provider's Batch API, as far as answers are there."""
    from koe.model.by_batch import by_batch

    with workspace_at(home) as ws:
        by_batch(ws)


@task(name="find", **_patient)
def find(home: str, ids: Sequence[str]) -> int:
    """Read a batch; what the engine leaves for budget stays unread."""
    from koe.find import read_batch

    with workspace_at(home) as ws:
        done, words = read_batch(ws, pick_engine(ws), ids), progress_in(ws.settings.language)
    part = words.read_part.format(n=done, all=len(ids))
    logger.info("%s", words.told(words.read, done) if done == len(ids) else part)
    return len(ids)


@task(name="settle", **_patient)
def settle(home: str, week: str) -> None:
    """Settle all weeks up to this one at once, where the engine takes them so."""
    from koe.street import settle_backlog

    with workspace_at(home) as ws:
        settle_backlog(ws, pick_engine(ws), week)


@task(name="make-week", task_run_name="make-{week}", **_patient)
def make(home: str, week: str) -> dict[str, object]:
    """Settle themes, count, compose, guard and publish one week."""
    from koe.street import make_week

    with workspace_at(home) as ws:
        given, words = make_week(ws, pick_engine(ws), week), progress_in(ws.settings.language)
    state = words.states.get(given.state, given.state)
    logger.info("%s", words.made.format(week=week, n=given.revision, state=state))
    return {"week": week, "revision": given.revision, "state": given.state, "folder": str(given.folder)}


@task(name="choose-week", cache_policy=NO_CACHE)
def choose(home: str, asked: str | None, since: str | None, now: datetime) -> list[str]:
    """The week to report, last; before it those from `since` on and those that late data have changed."""
    with workspace_at(home) as ws:
        week = choose_week(ws, asked, now)
        more = weeks_since(ws, since, week) if since else []
        return sorted({*late_weeks(ws, week), *more, week})


@task(name="list-weeks", cache_policy=NO_CACHE)
def list_all(home: str) -> None:
    """Write the page that lists the weeks."""
    with workspace_at(home) as ws:
        list_weeks(ws)


class Left(NamedTuple):
    """What did not get through, in a line for a person."""

    line: str
    is_yours: bool
    """Whether it stays so until somebody changes something."""


class Sent(NamedTuple):
    """A line on each edition, and those of them that did not go out."""

    lines: list[str]
    left: list[Left]


def what_is_left(not_pulled: Sequence[Left], sent: Sent) -> dict[str, object]:
    """What a run says of its editions, of what did not get through, and whether that waits for somebody."""
    return {
        "delivered": sent.lines,
        "not_pulled": [one.line for one in not_pulled],
        "not_delivered": [one.line for one in sent.left],
        "needs_you": any(one.is_yours for one in (*not_pulled, *sent.left)),
    }


@task(name="deliver", cache_policy=NO_CACHE)
def deliver(home: str, week: str) -> Sent:
    """Send the editions of the week, and of those that did not get through; a channel that is down waits."""
    from connectors.channels.channel import open_channels
    from koe.deliver import deliver as deliver_week
    from koe.deliver import due_weeks

    with workspace_at(home) as ws:
        channels, wrong = open_channels(ws.settings)
        weeks = due_weeks(ws, channels, week) if channels else []
        own = ws.settings.language
        told = [(f"{due}: {one.line(own)}", one) for due in weeks for one in deliver_week(ws, channels, due)]
    left = [Left(line, True) for line in wrong]
    left += [Left(line, one.is_yours) for line, one in told if one.is_left]
    lines = [*wrong, *(line for line, _ in told)]
    for line in lines:
        logger.info("%s", line)
    return Sent(lines, left)


@task(name="show", cache_policy=NO_CACHE)
def show(home: str, week: str) -> None:
    """Put the digest, its top complaints and a link to the report beside the flow run."""
    from koe.publish import published

    with workspace_at(home) as ws:
        given = published(ws, week)
        if given is None:
            return
        facts, _, publication = given
    key = week.lower()
    create_markdown_artifact((publication.folder / "digest.md").read_text("utf-8"), key=f"digest-{key}")
    rows = [theme.model_dump(include={"name", "accounts", "conversations"}) for theme in facts.top_complaints]
    create_table_artifact(rows, key=f"top-complaints-{key}")
    create_link_artifact((publication.folder / "digest.html").resolve().as_uri(), key=f"report-{key}")
