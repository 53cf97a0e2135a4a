"""The street, station by station, as plain functions over a workspace.

Flows call these in order; tests walk them without a flow engine. Every station takes what is not
done yet, in batches that commit on their own, so that a walk that was cut off is simply walked again.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from koe.engine.base import Engine, WholeBacklog
from koe.errors import SetupError
from koe.ledger.schema import conversation
from koe.publish import Publication, publish, published, published_weeks, stale_weeks
from koe.weeks import monday, shift, week_of
from koe.workspace import Workspace

INDEXED_WEEKS = 26
"""Weeks that the list of weeks shows, the newest."""


def batches(ids: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """The ids in their order, at most `size` together."""
    return [tuple(ids[n : n + size]) for n in range(0, len(ids), size)]


def take_in(ws: Workspace, engine: Engine, processes: int = 1) -> None:
    """Mask, index and read what is new: batch by batch, side by side where it is much; then what is left."""
    from koe.abreast import take_in as take_batches
    from koe.mask.station import forget_stale_masks, unmasked

    forget_stale_masks(ws)
    take_batches(ws, engine, batches(unmasked(ws.ledger), ws.settings.batch_size), processes)
    index_new(ws)
    embed_new(ws)
    find_new(ws, engine)


def mask_new(ws: Workspace) -> None:
    """Mask what came in since, and all of it again when the settings of masking have changed."""
    from koe.mask.station import forget_stale_masks, mask_batch, unmasked

    forget_stale_masks(ws)
    for batch in batches(unmasked(ws.ledger), ws.settings.batch_size):
        mask_batch(ws, batch)


def index_new(ws: Workspace) -> None:
    """Index what was masked since, and take out of the index what was withdrawn."""
    from koe.index.station import catch_up, index_batch, unindexed

    for batch in batches(unindexed(ws.ledger), ws.settings.batch_size):
        index_batch(ws, batch)
    catch_up(ws)


def embed_new(ws: Workspace) -> None:
    """Have a model embed what was indexed since, where the settings name one; it is not waited for."""
    from koe.meaning.station import embed_new as embed

    embed(ws)


def find_new(ws: Workspace, engine: Engine) -> None:
    """Read what was masked since; what the engine leaves for budget stays unread."""
    from koe.find import read_batch, unread

    for batch in batches(unread(ws, engine), ws.settings.batch_size):
        read_batch(ws, engine, batch)


def settle_backlog(ws: Workspace, engine: Engine, week: str) -> None:
    """Settle all weeks up to this one at once, where the engine takes them so; else each as it is made."""
    from koe.themes import settle_until

    if isinstance(engine, WholeBacklog):
        settle_until(ws, engine, week)


def make_week(ws: Workspace, engine: Engine, week: str) -> Publication:
    """Settle the themes up to a week, count it, put it into words and give it out."""
    from koe import drift
    from koe.compose import compose_guarded
    from koe.facts import compute_facts
    from koe.themes import settle_until

    settle_until(ws, engine, week)
    facts = compute_facts(ws, week)
    digest = compose_guarded(ws, engine, facts)
    unlike = drift.drifts(ws, week)
    if unlike:
        digest = digest.model_copy(update={"state": "held", "held_for": unlike})
    publish(ws, facts, digest)
    return give_out(ws, week)


def give_out(ws: Workspace, week: str) -> Publication:
    """Write the files of a week's latest revision, unless they stand there already."""
    from koe.report import is_written, write_report

    given = published(ws, week)
    if given is None:
        raise SetupError(f"{week} has not been published. Run: koe weekly --week {week}")
    facts, digest, publication = given
    if not is_written(publication):
        write_report(publication, facts, digest, ws.settings.language)
    return publication


def list_weeks(ws: Workspace) -> None:
    """Write the page that lists the newest weeks; the same bytes each time."""
    from koe.facts.rows import labels_of
    from koe.report import write_index

    given = (published(ws, week) for week in published_weeks(ws)[-INDEXED_WEEKS:])
    facts = [facts for facts, _, _ in filter(None, given)]
    with ws.ledger.connect() as conn:
        labels = labels_of(conn, {theme.theme for week in facts for theme in week.complaints})
    write_index(ws.home / "reports", facts, ws.settings.language, labels)


def late_weeks(ws: Workspace, week: str) -> list[str]:
    """Published weeks of the half year before `week` that have changed since they were made."""
    return [late for late in stale_weeks(ws, shift(week, -INDEXED_WEEKS)) if late < week]


def choose_week(ws: Workspace, asked: str | None, now: datetime) -> str:
    """The week to report: the one asked for, else the last complete one, else the newest that has data.

    Raises SetupError when the ledger is empty or the week asked for has no conversation.
    """
    weeks = weeks_with_data(ws)
    if not weeks:
        raise SetupError("The ledger has no conversations yet. Bring some in: koe pull --from FOLDER")
    if asked is not None:
        monday(asked)
        if asked not in weeks:
            raise SetupError(f"{asked} has no conversations. The ledger has {weeks[0]} to {weeks[-1]}.")
        return asked
    complete = shift(week_of(now, ws.settings.zone), -1)
    return max((week for week in weeks if week <= complete), default=weeks[0])


def weeks_since(ws: Workspace, since: str, week: str) -> list[str]:
    """The ledger's weeks from `since` to `week`, both inclusive; weeks before its first are none of them.

    Raises SetupError when `since` is no week, or lies behind `week`.
    """
    monday(since)
    if since > week:
        raise SetupError(f"{since} lies behind {week}, the newest week to report. Name an earlier one.")
    return [one for one in weeks_with_data(ws) if since <= one <= week]


def weeks_with_data(ws: Workspace) -> list[str]:
    """Every week from the first conversation's to the last one's, oldest first."""
    from koe.weeks import weeks_between

    at = conversation.c.created_at
    moments = sa.select(at).where(~conversation.c.withdrawn).limit(1)
    with ws.ledger.connect() as conn:
        first, last = (conn.scalar(moments.order_by(edge)) for edge in (at, at.desc()))
    if first is None or last is None:
        return []
    zone = ws.settings.zone
    return weeks_between(*(week_of(datetime.fromisoformat(moment), zone) for moment in (first, last)))


def walk(ws: Workspace, engine: Engine, weeks: Sequence[str]) -> list[Publication]:
    """The whole street for what the ledger has: mask, index, find, then each week in order."""
    take_in(ws, engine)
    settle_backlog(ws, engine, weeks[-1])
    made = [make_week(ws, engine, week) for week in sorted({*late_weeks(ws, weeks[-1]), *weeks})]
    list_weeks(ws)
    return made
