"""The journal: every request to a model and what came of it, in the ledger by the request's full key.

A request that was answered is never made again. One that was asked and not answered, because a run was
killed, is asked again; what was reserved for it is taken over, not reserved twice.
"""

import json
import threading
from collections.abc import Iterable, Mapping
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
    "Answers",
    "Asked",
    "Entry",
    "asked_about",
    "close",
    "count_answers",
    "find_answers",
    "has_thought",
    "in_batches",
    "note",
    "open_entry",
    "rename_batch",
    "spent_usd",
    "states_of",
]

ASKED, ANSWERED, FAILED = "asked", "answered", "failed"
LOOKED_AT = 20
_ONE_WRITER = threading.Lock()
"""Threads of this process write in turn; other processes wait for the database's own lock."""


class Answers:
    """What a ledger's journal knows: outcomes by key, and questions by what they are about."""

    def __init__(self, ledger: sa.Engine) -> None:
        self.ledger = ledger

    def __call__(self, keys: Iterable[str]) -> dict[str, Outcome]:
        """The outcomes that stand, by key."""
        return find_answers(self.ledger, keys)

    def about(self, prompt: str, model: str, ids: Iterable[str]) -> list["Asked"]:
        """The questions that were asked of any of these conversations, not those to mend an answer."""
        return asked_about(self.ledger, prompt, model, ids)


class Asked(NamedTuple):
    """A question that stands in the journal."""

    key: str
    user: str
    max_tokens: int
    is_coming: bool
    """Whether a batch will bring its answer."""


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


def asked_about(ledger: sa.Engine, prompt: str, model: str, ids: Iterable[str]) -> list[Asked]:
    """The questions with this prompt to this model about any of these conversations, by key."""
    columns = journal.c
    query = (
        sa.select(columns.key, columns.state, columns.batch, columns.request)
        .join(journal_about, journal_about.c.key == columns.key)
        .where(columns.prompt == prompt, columns.model == model)
    )
    found: dict[str, Asked] = {}
    with ledger.connect() as conn:
        for some in chunks(sorted(set(ids))):
            for row in conn.execute(query.where(journal_about.c.conversation_id.in_(some)).distinct()):
                said = json.loads(row.request)
                if said["mend"] is None and "max_tokens" in said:
                    is_coming = row.state == ASKED and row.batch is not None
                    found[row.key] = Asked(row.key, said["user"], said["max_tokens"], is_coming)
    return [found[key] for key in sorted(found)]


def count_answers(ledger: sa.Engine, model: str) -> int:
    """How many answers of a model stand in the journal."""
    query = sa.select(sa.func.count()).where(journal.c.model == model, journal.c.state == ANSWERED)
    with ledger.connect() as conn:
        return int(conn.scalar(query) or 0)


def has_thought(ledger: sa.Engine, model: str) -> bool:
    """Whether a model thought before one of some answers, or was given room for it."""
    columns = journal.c
    query = sa.select(columns.request, columns.answer).where(columns.model == model).order_by(columns.key)
    with ledger.connect() as conn:
        rows = conn.execute(query.limit(LOOKED_AT)).all()
    gave = any("room" in json.loads(row.request) for row in rows)
    return gave or any(json.loads(row.answer).get("thought") for row in rows if row.answer)


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


def open_entry(ledger: sa.Engine, entry: Entry, wall: float | None) -> bool:
    """Note a request as asked and reserve its money in one commit; False when the wall stands before it.

    What an earlier try paid for nothing stays counted; what a killed run had reserved is taken over.
    """
    with _ONE_WRITER, ledger.begin() as conn:
        insert_missing(conn, spend, [{"week": entry.week, "usd": 0.0}])
        spent = _spent(conn, entry.week, lock=True)
        before = _row(conn, entry.request.key)
        held = before.usd if before is not None and before.week == entry.week else 0.0
        lost = _lost(before)
        usd = entry.usd + lost
        if wall is not None and entry.usd > 0 and spent - held + usd > wall + 1e-9:
            conn.rollback()
            return False
        if before is not None and before.week != entry.week:
            _add(conn, before.week, -before.usd)
        _add(conn, entry.week, usd - held)
        upsert(conn, journal, [_asked(entry, usd, lost)])
        _write_about(conn, entry.request)
        faults.point("journal: before a call is noted")
    faults.point("journal: after a call was noted")
    return True


def close(ledger: sa.Engine, key: str, outcome: Outcome, usd: float | None) -> None:
    """Note what came back and what it cost in the place of what was reserved; None: as much as was."""
    tokens = {name: getattr(outcome, name) for name in ("tokens_in", "tokens_cached", "tokens_out")}
    faults.point("journal: an answer is in")
    with _ONE_WRITER, ledger.begin() as conn:
        before = _row(conn, key)
        if before is not None:
            outcome = outcome._replace(room=json.loads(before.request).get("room", 0))
            answer = json.dumps(outcome._asdict(), ensure_ascii=False, sort_keys=True)
            said = {"state": ANSWERED, "answer": answer, "reason": None, **tokens}
            _settle(conn, key, usd, said)
    faults.point("journal: after an answer was noted")


def note(ledger: sa.Engine, key: str, reason: str, usd: float) -> None:
    """Note that a request failed, and what it may have cost all the same."""
    with _ONE_WRITER, ledger.begin() as conn:
        _settle(conn, key, usd, {"state": FAILED, "reason": reason, "batch": None})


def spent_usd(ledger: sa.Engine, week: str) -> float:
    """What is paid and reserved in an ISO week."""
    with ledger.connect() as conn:
        return _spent(conn, week)


def rename_batch(ledger: sa.Engine, before: str, after: str) -> None:
    """Give the requests of a batch its real id."""
    with _ONE_WRITER, ledger.begin() as conn:
        conn.execute(sa.update(journal).where(journal.c.batch == before).values(batch=after))


def _settle(conn: sa.Connection, key: str, usd: float | None, values: Mapping[str, Any]) -> None:
    """Write the values, and what a call cost beside what earlier tries of it did.

    One that another run has settled in the meantime was asked, and paid, twice.
    """
    before = _row(conn, key)
    if before is None:
        return
    cost = before.usd if usd is None else usd + _lost(before)
    _add(conn, before.week, cost - before.usd)
    conn.execute(sa.update(journal).where(journal.c.key == key).values(usd=cost, **values))


def _lost(before: sa.Row[Any] | None) -> float:
    """What earlier tries of a request may have cost: those that ended, and those before one under way."""
    if before is None:
        return 0.0
    lost = json.loads(before.request).get("lost_usd", 0.0) if before.state == ASKED else before.usd
    return float(lost)


def _spent(conn: sa.Connection, week: str, *, lock: bool = False) -> float:
    query = sa.select(spend.c.usd).where(spend.c.week == week)
    return float(conn.scalar(query.with_for_update() if lock else query) or 0.0)


def _add(conn: sa.Connection, week: str, usd: float) -> None:
    if usd:
        conn.execute(sa.update(spend).where(spend.c.week == week).values(usd=spend.c.usd + usd))


def _row(conn: sa.Connection, key: str) -> sa.Row[Any] | None:
    columns = journal.c
    query = sa.select(columns.state, columns.usd, columns.week, columns.request)
    return conn.execute(query.where(columns.key == key)).first()


def _asked(entry: Entry, usd: float, lost: float) -> dict[str, Any]:
    request = entry.request
    said: dict[str, Any] = {"user": request.call.user, "mend": request.mend}
    said |= {"max_tokens": request.call.max_tokens}
    said |= {"room": request.room} if request.room else {}
    said |= {"lost_usd": lost} if lost else {}
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
