"""The journal: every request to a model and what came of it, in the ledger by the request's full key.

A request that was answered is never made again. One that was asked and not answered, because a run was
killed, is asked again; what was reserved for it is taken over, not reserved twice.
"""

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.engine.model.request import Outcome, Request
from koe.ledger.exchange import journal, journal_about
from koe.ledger.schema import spend
from koe.ledger.upsert import chunks, insert_missing, upsert

__all__ = [
    "ANSWERED",
    "ASKED",
    "FAILED",
    "Entry",
    "close",
    "count_answers",
    "find_answers",
    "in_batches",
    "lost_usd",
    "note",
    "open_entry",
    "rename_batch",
    "spent_usd",
    "states_of",
]

ASKED, ANSWERED, FAILED = "asked", "answered", "failed"
_ONE_WRITER = threading.Lock()
"""Threads of this process write in turn; other processes wait for the database's own lock."""


class Entry(NamedTuple):
    """A request that is about to be made, and the money held for it."""

    request: Request
    usd: float
    week: str
    """ISO week of the company's clock that the money counts in."""
    batch: str | None = None


def find_answers(ledger: sa.Engine, keys: Iterable[str]) -> dict[str, Outcome]:
    """The outcomes that the journal has, by key."""
    columns = journal.c
    query = sa.select(columns.key, columns.answer).where(columns.state == ANSWERED)
    found: dict[str, Outcome] = {}
    with ledger.connect() as conn:
        for some in chunks(sorted(set(keys))):
            for key, answer in conn.execute(query.where(columns.key.in_(some))):
                found[key] = Outcome(**json.loads(answer))
    return found


def count_answers(ledger: sa.Engine, model: str) -> int:
    """How many answers of a model stand in the journal."""
    query = sa.select(sa.func.count()).where(journal.c.model == model, journal.c.state == ANSWERED)
    with ledger.connect() as conn:
        return int(conn.scalar(query) or 0)


def states_of(ledger: sa.Engine, keys: Iterable[str]) -> dict[str, str]:
    """The state of each request that the journal knows, by key."""
    query = sa.select(journal.c.key, journal.c.state)
    found: dict[str, str] = {}
    with ledger.connect() as conn:
        for some in chunks(sorted(set(keys))):
            rows = conn.execute(query.where(journal.c.key.in_(some)))
            found |= {row.key: row.state for row in rows}
    return found


def in_batches(ledger: sa.Engine) -> dict[str, list[str]]:
    """The requests whose answers a provider's batch will bring, by batch; both in order."""
    query = sa.select(journal.c.batch, journal.c.key).where(
        journal.c.state == ASKED, journal.c.batch.is_not(None)
    )
    found: dict[str, list[str]] = {}
    with ledger.connect() as conn:
        for batch, key in conn.execute(query.order_by(journal.c.batch, journal.c.key)):
            found.setdefault(batch, []).append(key)
    return found


def lost_usd(ledger: sa.Engine, key: str) -> float:
    """What earlier tries of a request that failed may have cost."""
    with ledger.connect() as conn:
        before = _row(conn, key)
    return float(before.usd) if before is not None and before.state == FAILED else 0.0


def open_entry(ledger: sa.Engine, entry: Entry, wall: float | None) -> bool:
    """Note a request as asked and reserve its money in one commit; False when the wall stands before it.

    What an earlier try paid for nothing stays counted; what a killed run had reserved is taken over.
    """
    with _ONE_WRITER, ledger.begin() as conn:
        insert_missing(conn, spend, [{"week": entry.week, "usd": 0.0}])
        spent = _spent(conn, entry.week, lock=True)
        before = _row(conn, entry.request.key)
        held = before.usd if before is not None and before.week == entry.week else 0.0
        lost = before.usd if before is not None and before.state == FAILED else 0.0
        usd = entry.usd + lost
        if wall is not None and entry.usd > 0 and spent - held + usd > wall + 1e-9:
            conn.rollback()
            return False
        if before is not None and before.week != entry.week:
            _add(conn, before.week, -before.usd)
        _add(conn, entry.week, usd - held)
        upsert(conn, journal, [_asked(entry, usd)])
        _write_about(conn, entry.request)
        faults.point("journal: before a call is noted")
    faults.point("journal: after a call was noted")
    return True


def close(ledger: sa.Engine, key: str, outcome: Outcome, usd: float) -> None:
    """Note what came back and what it cost in the place of what was reserved."""
    answer = json.dumps(outcome._asdict(), ensure_ascii=False, sort_keys=True)
    tokens = {name: getattr(outcome, name) for name in ("tokens_in", "tokens_cached", "tokens_out")}
    faults.point("journal: an answer is in")
    _settle(ledger, key, usd, {"state": ANSWERED, "answer": answer, "reason": None, **tokens})
    faults.point("journal: after an answer was noted")


def note(ledger: sa.Engine, key: str, reason: str, usd: float) -> None:
    """Note that a request failed, and what it may have cost all the same."""
    _settle(ledger, key, usd, {"state": FAILED, "reason": reason, "batch": None})


def store(ledger: sa.Engine, answers: Sequence[tuple[Request, Outcome]], week: str) -> None:
    """Note answers that came by file: they cost koe nothing."""
    with _ONE_WRITER, ledger.begin() as conn:
        for request, outcome in answers:
            answer = json.dumps(outcome._asdict(), ensure_ascii=False, sort_keys=True)
            row = _asked(Entry(request, 0.0, week), 0.0)
            upsert(conn, journal, [{**row, "state": ANSWERED, "answer": answer}])
            _write_about(conn, request)


def spent_usd(ledger: sa.Engine, week: str) -> float:
    """What is paid and reserved in an ISO week."""
    with ledger.connect() as conn:
        return _spent(conn, week)


def rename_batch(ledger: sa.Engine, before: str, after: str) -> None:
    """Give the requests of a batch its real id."""
    with _ONE_WRITER, ledger.begin() as conn:
        conn.execute(sa.update(journal).where(journal.c.batch == before).values(batch=after))


def _settle(ledger: sa.Engine, key: str, usd: float, values: Mapping[str, Any]) -> None:
    with _ONE_WRITER, ledger.begin() as conn:
        changed = conn.execute(sa.update(journal).where(journal.c.key == key).values(**values))
        before = _row(conn, key)
        if not changed.rowcount or before is None:
            return
        _add(conn, before.week, usd - before.usd)
        conn.execute(sa.update(journal).where(journal.c.key == key).values(usd=usd))


def _spent(conn: sa.Connection, week: str, *, lock: bool = False) -> float:
    query = sa.select(spend.c.usd).where(spend.c.week == week)
    return float(conn.scalar(query.with_for_update() if lock else query) or 0.0)


def _add(conn: sa.Connection, week: str, usd: float) -> None:
    if usd:
        conn.execute(sa.update(spend).where(spend.c.week == week).values(usd=spend.c.usd + usd))


def _row(conn: sa.Connection, key: str) -> sa.Row[Any] | None:
    columns = journal.c
    return conn.execute(sa.select(columns.state, columns.usd, columns.week).where(columns.key == key)).first()


def _asked(entry: Entry, usd: float) -> dict[str, Any]:
    request = entry.request
    said = {"user": request.call.user, "mend": request.mend}
    return {
        "key": request.key,
        "verb": request.call.verb,
        "prompt": request.call.prompt,
        "model": request.spec.label,
        "state": ASKED,
        "request": json.dumps(said, ensure_ascii=False, sort_keys=True),
        "answer": None,
        "reason": None,
        "batch": entry.batch,
        "week": entry.week,
        "usd": usd,
    }


def _write_about(conn: sa.Connection, request: Request) -> None:
    rows = [{"key": request.key, "conversation_id": one} for one in sorted(set(request.call.about))]
    insert_missing(conn, journal_about, rows)
