"""The second half of the index station: what a model for embeddings makes of each passage.

koe's own vectors are written first and do not wait for the model. A vector of the model is written with
its passage's key; until it is there the passage is found by the own ones, and the next run goes on.
"""

import hashlib
import logging
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.engine.model.request import Request
from koe.index.rebuild import bring_up_to_date, discard, rebuild
from koe.index.shelf import Shelf
from koe.ledger.exchange import journal, journal_about, meaning, meaning_change
from koe.ledger.schema import note, passage
from koe.ledger.upsert import chunks, insert_missing
from koe.meaning.asking import EMBED, Answer, Asker, Text, packs_of, request_of
from koe.meaning.spec import Embedder, embedder_of
from koe.meaning.standing import NOTE, begin, counts, missing, shelf_of, standing
from koe.workspace import Workspace

__all__ = ["embed_new", "renew", "to_ask"]

logger = logging.getLogger("koe.index")
ROUND = 2_000
"""Passages that are looked at together."""
FAILED_BEFORE_STOP = 2
"""So many calls in a row that fail mean that the model is away; one alone may be about its own passages."""


class _Group(NamedTuple):
    """Passages that say the same."""

    text: Text
    keys: list[str]


def embed_new(ws: Workspace) -> None:
    """Have every passage embedded that has no vector of the model yet, and tell the vector index.

    Where the model cannot be asked, one line says so and the rest waits for the next run. Raises SetupError
    where the settings do not fit together.
    """
    embedder = embedder_of(ws.settings)
    if embedder is not None:
        asker = Asker(ws, embedder)
        _expect(ws, asker)
        reason = _embed(ws, asker)
        if reason is not None:
            _end(ws, embedder, reason)
    _tell(ws)


def renew(ws: Workspace, *, anew: bool) -> None:
    """Build the index of the model's vectors from the ledger, and have embedded what lacks one.

    With `anew`, and where no model is set any more, the vectors that stand are forgotten first.
    """
    with ws.ledger.connect() as conn:
        shelf = shelf_of(conn)
    if shelf is not None and (anew or ws.settings.embeddings is None):
        _forget(ws, shelf)
    elif shelf is not None:
        rebuild(ws, shelf)
    embed_new(ws)


def _forget(ws: Workspace, shelf: Shelf) -> None:
    with ws.ledger.begin() as conn:
        conn.execute(meaning.delete())
        conn.execute(note.delete().where(note.c.key == NOTE))
    discard(ws, shelf)


def to_ask(ws: Workspace) -> Iterator[Request]:
    """The calls that would be made now, at most: what is said again in another round counts again."""
    embedder = embedder_of(ws.settings)
    if embedder is None:
        return
    for groups in _rounds(ws, embedder):
        for pack in packs_of((group.text for group in groups.values()), ws.settings.embeddings_batch):
            yield request_of(embedder, pack)


def _expect(ws: Workspace, asker: Asker) -> None:
    """Let the model's vectors be as long as those that stand."""
    with ws.ledger.connect() as conn:
        stands = standing(conn)
    if stands is not None and stands.embedder == asker.embedder.id:
        asker.provider.size = stands.dimension


def _embed(ws: Workspace, asker: Asker) -> str | None:
    """Ask and write round by round; what failed last, "" where nothing did, None where nothing was to do."""
    reason: str | None = None
    for groups in _rounds(ws, asker.embedder):
        failed, is_last = _embed_round(ws, asker, groups)
        reason = failed or reason or ""
        if is_last:
            break
    return reason


def _embed_round(ws: Workspace, asker: Asker, groups: Mapping[str, _Group]) -> tuple[str, bool]:
    """What failed last, and whether asking further makes no sense now."""
    allowed = [group for group in groups.values() if asker.may_leave(group.text)]
    keys = {group.text.sent: group.keys for group in allowed}
    packs = deque(packs_of((group.text for group in allowed), ws.settings.embeddings_batch))
    failed, reason = 0, ""
    while packs and failed < FAILED_BEFORE_STOP:
        answers = asker.ask([packs.popleft() for _ in range(min(len(packs), asker.workers_now))])
        for answer in answers:
            _write(ws, asker.embedder, answer, keys)
            failed = failed + 1 if answer.rows is None else 0
            reason = answer.reason or reason
        if any(answer.is_last for answer in answers):
            return reason, True
    if keys and not failed:
        logger.info("embedded %d passages", sum(map(len, keys.values())))
    return reason, failed >= FAILED_BEFORE_STOP


def _rounds(ws: Workspace, embedder: Embedder) -> Iterator[dict[str, _Group]]:
    """What is to be asked for, by the hash of the words; what has been said before is given its vector."""
    after = 0
    while True:
        with ws.ledger.connect() as conn:
            rows = missing(conn, embedder, after, ROUND)
        if not rows:
            return
        after = rows[-1].n
        keys: dict[str, list[str]] = defaultdict(list)
        about: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            sent = embedder.prefix + row.text[row.start : row.end]
            keys[sent].append(row.key)
            about[sent].add(row.conversation_id)
        groups = {hash_of(sent): _Group(Text(sent, tuple(sorted(about[sent]))), keys[sent]) for sent in keys}
        yield _unsaid(ws, embedder, groups)


def _unsaid(ws: Workspace, embedder: Embedder, groups: Mapping[str, _Group]) -> dict[str, _Group]:
    """The groups whose words have no vector; the others get that of the same words."""
    known: dict[str, bytes] = {}
    with ws.ledger.begin() as conn:
        if shelf_of(conn, embedder) is not None:
            for some in chunks(sorted(groups)):
                query = sa.select(meaning.c.words, meaning.c.vector).where(meaning.c.words.in_(some))
                known |= {row.words: row.vector for row in conn.execute(query)}
            _insert(conn, [(key, words, known[words]) for words in known for key in groups[words].keys])
    return {words: group for words, group in groups.items() if words not in known}


def hash_of(sent: str) -> str:
    """What stands for a text in the ledger."""
    return hashlib.sha256(sent.encode(errors="replace")).hexdigest()[:32]


def _write(ws: Workspace, embedder: Embedder, answer: Answer, keys: Mapping[str, Sequence[str]]) -> None:
    """Move an answer's vectors from the journal to the passages that they are of, in one commit."""
    if answer.rows is None:
        return
    rows = [
        (key, hash_of(text.sent), row.astype("<f2").tobytes() if row.any() else b"")
        for text, row in zip(answer.texts, answer.rows, strict=True)
        for key in keys[text.sent]
    ]
    faults.point("meaning: before vectors commit")
    with ws.ledger.begin() as conn:
        begin(conn, embedder, answer.rows.shape[1])
        _insert(conn, rows)
        for table in (journal, journal_about):
            conn.execute(table.delete().where(table.c.key == answer.key))
    faults.point("meaning: after vectors committed")


def _insert(conn: sa.Connection, rows: Sequence[tuple[str, str, bytes]]) -> None:
    """Write vectors of passages that are still there."""
    for some in chunks(rows):
        wanted = {key for key, _, _ in some}
        there = set(conn.scalars(sa.select(passage.c.key).where(passage.c.key.in_(wanted))))
        insert_missing(
            conn,
            meaning,
            [{"key": key, "words": words, "vector": vector} for key, words, vector in some if key in there],
        )


def _clear_journal(conn: sa.Connection) -> None:
    """Take out calls for passages that a run was cut off at, or that failed before others brought them."""
    of_passages = journal.c.key.in_(sa.select(journal_about.c.key))
    query = sa.select(journal.c.key).where(journal.c.verb == EMBED, of_passages)
    for some in chunks(list(conn.scalars(query))):
        for table in (journal, journal_about):
            conn.execute(table.delete().where(table.c.key.in_(some)))


def _tell(ws: Workspace) -> None:
    """Tell the vector index what came and went, when something has; also when no model is set any more."""
    with ws.ledger.connect() as conn:
        waits = conn.scalar(sa.select(meaning_change.c.n).limit(1)) is not None
        shelf = shelf_of(conn) if waits else None
    if shelf is not None:
        bring_up_to_date(ws, shelf)


def _end(ws: Workspace, embedder: Embedder, reason: str) -> None:
    """Leave nothing behind, and say what is still to do."""
    with ws.ledger.begin() as conn:
        now = counts(conn, embedder)
        if not now.missing:
            _clear_journal(conn)
    if now.missing:
        why = reason or "They were held back at the last door."
        logger.warning(
            "embeddings: %d of %d passages have no vector of %s. %s They are found by koe's own vectors.",
            now.missing, now.passages, embedder.label, why,
        )  # fmt: skip
