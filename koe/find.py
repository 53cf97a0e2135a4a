"""Find: what customers said, proposed by an engine and grounded, written per conversation.

Every conversation given to a reading ends in a state of its own. A reading replaces the one before it
in the same commit; a finding that is found again keeps its id and with it its theme. A new one gets the
vector that themes go by, because here its words are at hand.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.corrections import REJECTED, Correction, correct, load_corrections
from koe.engine.base import Engine, FindResult
from koe.ground import ground_all
from koe.ledger.schema import conversation, deal, finding, reading, turn
from koe.records import Finding, MaskedConversation, MaskedTurn, Role, State
from koe.themes.likeness import describe
from koe.themes.renewal import note_version
from koe.themes.rows import around, headed, write_vector
from koe.workspace import Workspace

__all__ = ["has_words", "load_masked", "read_batch", "unanswered", "unread"]

IDS_PER_QUERY = 500
NOT_ASKED = "not_asked"
"""Proposals for a conversation the engine was not given, counted with the first one it was given."""
_TRUSTED = (State.READ, State.NOTHING, State.EMPTY, State.UNPLACED, State.FOREIGN)
_LASTING = ("refused:", "filtered:", "truncated:", "invalid: The answer")
"""How a failure's reason begins that will be the same next time: what a model answers is not asked twice."""


class Reading(NamedTuple):
    """One conversation's row in the ledger, with its findings."""

    version: str
    state: State
    findings: Sequence[Finding] = ()
    dropped: Mapping[str, int] = {}
    reason: str | None = None


def unread(ws: Workspace, engine: Engine) -> list[str]:
    """Masked conversations, oldest first, that this engine has not read in their version, or may read yet."""
    done = sa.and_(
        reading.c.conversation_id == conversation.c.id,
        reading.c.version == conversation.c.version,
        reading.c.engine == engine.name,
        sa.or_(
            reading.c.state.in_(_TRUSTED),
            *(reading.c.reason.startswith(beginning) for beginning in _LASTING),
        ),
    )
    query = (
        sa.select(conversation.c.id)
        .outerjoin(reading, done)
        .where(
            reading.c.conversation_id.is_(None),
            conversation.c.masked == conversation.c.version,
            conversation.c.withdrawn.is_(False),
        )
        .order_by(conversation.c.created_at, conversation.c.id)
    )
    with ws.ledger.connect() as conn:
        return list(conn.scalars(query))


def unanswered(ws: Workspace) -> int:
    """How many conversations could not be read because the model did not answer; the next run tries again."""
    query = (
        sa.select(sa.func.count())
        .select_from(conversation)
        .join(
            reading,
            sa.and_(
                reading.c.conversation_id == conversation.c.id, reading.c.version == conversation.c.version
            ),
        )
        .where(conversation.c.withdrawn.is_(False), reading.c.state == State.FAILED)
        .where(reading.c.reason.startswith("unreachable:"))
    )
    with ws.ledger.connect() as conn:
        return conn.scalar(query) or 0


def read_batch(ws: Workspace, engine: Engine, ids: Sequence[str]) -> int:
    """How many of these conversations the engine could read; findings and states are in one commit.

    What the engine answers twice or not at all is failed with a reason; what it says is left stays
    unread; what it was not asked about is counted as dropped. Raises what the engine raises.
    """
    with ws.ledger.connect() as conn:
        versions = _versions(conn, ids)
        loaded = load_masked(conn, sorted(versions))
    spoken = [item for item in loaded if has_words(item)]
    results = engine.find(spoken) if spoken else ()
    left = {result.conversation for result in results if result.left}
    spoken = [item for item in spoken if item.id not in left]
    loaded = [item for item in loaded if item.id not in left]
    readings = {item.id: Reading(versions[item.id], _unasked(item)) for item in loaded}
    readings |= _judge(spoken, results, versions, engine.name)
    vectors = _vectors(loaded, readings)
    faults.point("before find")
    with ws.ledger.begin() as conn:
        readings = _corrected(conn, readings)
        _write(conn, engine.name, readings, vectors)
    faults.point("after find")
    return sum(item.state in _TRUSTED for item in readings.values())


def load_masked(conn: sa.Connection, ids: Sequence[str]) -> list[MaskedConversation]:
    """These conversations as engines see them, oldest first."""
    turns = _turns(conn, ids)
    columns = conversation.c
    query = (
        sa.select(
            columns.id,
            columns.external_id,
            columns.kind,
            columns.account_id.label("account"),
            columns.created_at,
            columns.title,
            deal.c.outcome,
        )
        .outerjoin(deal, sa.and_(deal.c.id == columns.deal_id, deal.c.withdrawn.is_(False)))
        .order_by(columns.created_at, columns.id)
    )
    rows = _each(conn, query, columns.id, ids)
    loaded = [MaskedConversation(**row, turns=tuple(turns[row["id"]])) for row in rows]
    return sorted(loaded, key=lambda item: (item.created_at, item.id))


def _versions(conn: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    query = sa.select(conversation.c.id, conversation.c.version).where(
        conversation.c.masked == conversation.c.version, conversation.c.withdrawn.is_(False)
    )
    return {row["id"]: row["version"] for row in _each(conn, query, conversation.c.id, ids)}


def _turns(conn: sa.Connection, ids: Sequence[str]) -> dict[str, list[MaskedTurn]]:
    columns = turn.c
    query = sa.select(columns.conversation_id, columns.n, columns.role, columns.text, columns.at)
    found: dict[str, list[MaskedTurn]] = defaultdict(list)
    for row in _each(conn, query.order_by(columns.conversation_id, columns.n), columns.conversation_id, ids):
        found[row["conversation_id"]].append(
            MaskedTurn(n=row["n"], role=row["role"], text=row["text"], at=row["at"])
        )
    return found


def has_words(item: MaskedConversation, role: Role = "customer") -> bool:
    """Whether anybody of this side says a word."""
    return any(turn.role == role and any(map(str.isalnum, turn.text)) for turn in item.turns)


def _unasked(item: MaskedConversation) -> State:
    """The state of a conversation without a customer's word: is it known that nobody there is one?"""
    return State.UNPLACED if has_words(item, "other") else State.EMPTY


def _unfound(given: FindResult) -> State:
    """The state of a conversation in which an engine found nothing: could it read it at all?"""
    return State.FOREIGN if given.foreign else State.NOTHING


def _judge(
    asked: Sequence[MaskedConversation],
    results: Sequence[FindResult],
    versions: Mapping[str, str],
    engine: str,
) -> dict[str, Reading]:
    """A reading for each conversation asked about, whatever the engine gave back."""
    times = Counter(result.conversation for result in results)
    answers = {result.conversation: result for result in results}
    strangers = sum(len(result.proposals) for result in results if result.conversation not in versions)
    readings: dict[str, Reading] = {}
    for item in asked:
        reason = _why_failed(answers.get(item.id), times[item.id])
        given = answers[item.id] if reason is None else FindResult(item.id, ())
        found, dropped = ground_all(item, given.proposals, engine)
        dropped = dict(sorted((Counter(dropped) + Counter(given.dropped)).items()))
        state = State.FAILED if reason else State.READ if found else _unfound(given)
        readings[item.id] = Reading(versions[item.id], state, found, dropped, reason)
    if strangers and asked:
        first = readings[asked[0].id]
        readings[asked[0].id] = first._replace(dropped={**first.dropped, NOT_ASKED: strangers})
    return readings


def _corrected(conn: sa.Connection, readings: dict[str, Reading]) -> dict[str, Reading]:
    """The readings as people have corrected them before."""
    said = load_corrections(conn, sorted(readings))
    return {key: _correct(item, said) for key, item in readings.items()} if said else readings


def _correct(item: Reading, said: dict[str, Correction]) -> Reading:
    found, rejected = correct(item.findings, said)
    if not rejected:
        return item._replace(findings=found)
    state = item.state if found else State.NOTHING
    return item._replace(state=state, findings=found, dropped={**item.dropped, REJECTED: rejected})


def _why_failed(result: FindResult | None, times: int) -> str | None:
    if result is None:
        return "the engine gave no answer for this conversation"
    return f"the engine answered {times} times for this conversation" if times > 1 else result.failed


def _vectors(loaded: Sequence[MaskedConversation], readings: Mapping[str, Reading]) -> dict[str, bytes]:
    """What each finding is about, by its id."""
    told = [(item, one) for item in loaded for one in readings[item.id].findings]
    texts = {(item.id, turn.n): turn.text for item, _ in told for turn in item.turns}
    near = [around(texts[item.id, one.turn], one.start, one.end) for item, one in told]
    headlined = [headed(item.kind, item.title, text) for (item, _), text in zip(told, near, strict=True)]
    vectors = describe((one.quote, text) for (_, one), text in zip(told, headlined, strict=True))
    return {one.id: write_vector(vector) for (_, one), vector in zip(told, vectors, strict=True)}


def _write(
    conn: sa.Connection, engine: str, readings: Mapping[str, Reading], vectors: Mapping[str, bytes]
) -> None:
    ids = sorted(readings)
    kept = _kept(conn, ids)
    for some in _chunks(ids):
        conn.execute(sa.delete(finding).where(finding.c.conversation_id.in_(some)))
        conn.execute(sa.delete(reading).where(reading.c.conversation_id.in_(some)))
    found = [item for key in ids for item in readings[key].findings]
    rows = [_finding_row(item, vectors[item.id]) | kept.get((item.id, item.quote), {}) for item in found]
    if rows:
        note_version(conn)
        conn.execute(sa.insert(finding), rows)
    if ids:
        conn.execute(sa.insert(reading), [_reading_row(key, engine, readings[key]) for key in ids])


def _kept(conn: sa.Connection, ids: Sequence[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """The themes of the findings that stand, with the vector they were given by, by id and quote."""
    columns = (finding.c.id, finding.c.quote, finding.c.theme_id, finding.c.vector)
    query = sa.select(*columns).where(finding.c.theme_id.is_not(None))
    rows = _each(conn, query, finding.c.conversation_id, ids)
    return {(row["id"], row["quote"]): {"theme_id": row["theme_id"], "vector": row["vector"]} for row in rows}


def _finding_row(item: Finding, vector: bytes) -> dict[str, Any]:
    row = item.model_dump(mode="json", exclude={"conversation", "theme"})
    return row | {"conversation_id": item.conversation, "theme_id": None, "vector": vector}


def _reading_row(key: str, engine: str, item: Reading) -> dict[str, Any]:
    return {
        "conversation_id": key,
        "version": item.version,
        "engine": engine,
        "state": item.state.value,
        "reason": item.reason,
        "dropped": json.dumps(item.dropped, sort_keys=True),
    }


def _each(
    conn: sa.Connection, query: sa.Select[Any], column: sa.Column[Any], ids: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    for some in _chunks(ids):
        for row in conn.execute(query.where(column.in_(some))).mappings():
            yield dict(row)


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, IDS_PER_QUERY)):
        yield some
