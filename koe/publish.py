"""Giving a week out: revisions in the ledger, files in the workspace."""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.changes import differences
from koe.digest import Digest
from koe.errors import SetupError
from koe.facts.rows import border
from koe.facts.shape import WeekFacts
from koe.ledger.schema import conversation, deal, note, publication
from koe.ledger.upsert import upsert
from koe.weeks import period_of, shift
from koe.workspace import Workspace

LOOKS_BACK = 7
"""Weeks before its own that a report draws on."""


class Publication(NamedTuple):
    """A week as it was given out."""

    week: str
    revision: int
    state: str
    changes: tuple[str, ...]
    folder: Path


def publish(ws: Workspace, facts: WeekFacts, digest: Digest) -> Publication:
    """The week's publication: the standing one when nothing is different, else a new revision.

    A published revision is never changed; what is different stands in the new one's `changes`.
    """
    given = digest.model_copy(update={"state": "published"}) if digest.state == "guarded" else digest
    body = (facts.model_dump_json(), given.model_dump_json())
    with ws.ledger.begin() as conn:
        standing = _latest(conn, facts.week)
        if standing is not None and _is_same(standing, facts, given):
            revision, changes = standing.revision, tuple(json.loads(standing.changes))
            _note_input(conn, ws, standing)
        else:
            revision = standing.revision + 1 if standing is not None else 1
            before = WeekFacts.model_validate_json(standing.facts) if standing is not None else None
            changes = differences(conn, before, facts) if before is not None else ()
            conn.execute(
                publication.insert().values(
                    week=facts.week,
                    revision=revision,
                    state=given.state,
                    facts=body[0],
                    digest=body[1],
                    guard=json.dumps([r.model_dump() for r in given.refusals], ensure_ascii=False),
                    changes=json.dumps(changes, ensure_ascii=False),
                    input=input_hash(conn, ws, facts.week),
                )
            )
        faults.point(f"publish {facts.week} before commit")
    faults.point(f"publish {facts.week} after commit")
    return Publication(facts.week, revision, given.state, changes, ws.home / "reports" / facts.week)


def approve(ws: Workspace, week: str, by: str) -> None:
    """Let the words of a held week go out, and keep who said so.

    Raises SetupError when the week's latest revision is not held.
    """
    with ws.ledger.begin() as conn:
        standing = _latest(conn, week)
        if standing is None or standing.state != "held":
            state = "has not been published" if standing is None else f"is {standing.state}"
            raise SetupError(f"{week} {state}, so there is nothing to approve.")
        digest = Digest.model_validate_json(standing.digest)
        released = digest.model_copy(update={"state": "published", "held_for": ()})
        conn.execute(
            publication.update()
            .where(publication.c.week == week, publication.c.revision == standing.revision)
            .values(state="published", digest=released.model_dump_json())
        )
        told = json.dumps({"by": by, "held_for": digest.held_for}, ensure_ascii=False)
        upsert(conn, note, [{"key": f"approved {week} r{standing.revision}", "value": told}])


def published(ws: Workspace, week: str) -> tuple[WeekFacts, Digest, Publication] | None:
    """The latest revision of a week as it was given out, or None."""
    with ws.ledger.connect() as conn:
        row = _latest(conn, week)
    if row is None:
        return None
    given = Publication(
        week, row.revision, row.state, tuple(json.loads(row.changes)), ws.home / "reports" / week
    )
    return WeekFacts.model_validate_json(row.facts), Digest.model_validate_json(row.digest), given


def published_weeks(ws: Workspace) -> list[str]:
    """Weeks that were given out, oldest first."""
    with ws.ledger.connect() as conn:
        return list(conn.scalars(sa.select(publication.c.week).distinct().order_by(publication.c.week)))


def stale_weeks(ws: Workspace, since: str = "") -> list[str]:
    """Published weeks from `since` on whose conversations or deals are not those they were made from."""
    latest = sa.select(publication.c.week, sa.func.max(publication.c.revision)).group_by(publication.c.week)
    query = sa.select(publication.c.week, publication.c.input).where(
        sa.tuple_(publication.c.week, publication.c.revision).in_(latest), publication.c.week >= since
    )
    with ws.ledger.connect() as conn:
        return sorted(row.week for row in conn.execute(query) if row.input != input_hash(conn, ws, row.week))


def input_hash(conn: sa.Connection, ws: Workspace, week: str) -> str:
    """A hash over the week's conversations and its deals, their versions and whether they still stand.

    What was withdrawn from the weeks that the report looks back on is in it too: its words may stand there.
    """
    start, end = (border(moment) for moment in period_of(week, ws.settings.zone))
    inside = sa.and_(conversation.c.created_at >= start, conversation.c.created_at < end)
    closed = sa.and_(deal.c.closed_at >= start, deal.c.closed_at < end)
    talked = deal.c.id.in_(sa.select(conversation.c.deal_id).where(inside, ~conversation.c.withdrawn))
    digest = hashlib.sha256()
    for table, where in ((conversation, inside), (deal, sa.or_(closed, talked))):
        query = sa.select(table.c.id, table.c.version, table.c.withdrawn).where(where).order_by(table.c.id)
        for row in conn.execute(query):
            digest.update(f"{row.id}\x1f{row.version}\x1f{int(row.withdrawn)}\x1e".encode())
    back = border(period_of(shift(week, -LOOKS_BACK), ws.settings.zone).start)
    earlier = sa.and_(conversation.c.created_at >= back, conversation.c.created_at < start)
    gone = sa.select(conversation.c.id).where(earlier, conversation.c.withdrawn).order_by(conversation.c.id)
    digest.update("\x1e".join(conn.scalars(gone)).encode())
    return digest.hexdigest()


def _note_input(conn: sa.Connection, ws: Workspace, standing: sa.Row[Any]) -> None:
    """Keep what a revision stands for now, so that a change without effect is not looked at again."""
    own = sa.and_(publication.c.week == standing.week, publication.c.revision == standing.revision)
    conn.execute(publication.update().where(own).values(input=input_hash(conn, ws, standing.week)))


def _is_same(standing: sa.Row[tuple[object, ...]], facts: WeekFacts, digest: Digest) -> bool:
    """Whether a revision already says this; one that a person approved is not held again for the same."""
    if standing.facts != facts.model_dump_json():
        return False
    if standing.state == "published" and digest.state == "held":
        digest = digest.model_copy(update={"state": "published", "held_for": ()})
    return bool(standing.digest == digest.model_dump_json())


def _latest(conn: sa.Connection, week: str) -> sa.Row[tuple[object, ...]] | None:
    return conn.execute(
        sa.select(publication)
        .where(publication.c.week == week)
        .order_by(publication.c.revision.desc())
        .limit(1)
    ).one_or_none()
