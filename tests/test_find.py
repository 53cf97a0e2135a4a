"""The find station: every conversation given to an engine ends in a state of its own."""

import json
from collections import deque
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from koe.engine.base import FindResult, Proposal
from koe.engine.offline import OfflineEngine
from koe.errors import RetryError
from koe.find import load_masked, read_batch, unread
from koe.ledger.schema import conversation, deal, finding, reading, turn
from koe.records import FindingKind, MaskedConversation
from koe.themes.likeness import describe
from koe.themes.rows import NEARBY, loose_findings, write_vector
from koe.weeks import period_of
from koe.workspace import Workspace


class QueueEngine(OfflineEngine):
    """Gives queued replies and keeps what it was asked."""

    name = "queue-1"

    def __init__(self, *replies: list[FindResult] | Exception) -> None:
        self.replies = deque(replies)
        self.asked: list[list[str]] = []

    def find(self, conversations: Sequence[MaskedConversation]) -> Sequence[FindResult]:
        self.asked.append([item.id for item in conversations])
        reply = self.replies.popleft()
        if isinstance(reply, Exception):
            raise reply
        return reply


def say(key: str, *quotes: str, n: int = 0) -> FindResult:
    kind = FindingKind.COMPLAINT
    return FindResult(
        key, [Proposal(kind=kind, statement="s", quote=quote, turn=n, severity=2) for quote in quotes]
    )


def put(ws: Workspace, key: str, *turns: tuple[str, str], **more: Any) -> None:
    row = {
        "id": key,
        "source": "s",
        "external_id": key,
        "kind": "ticket",
        "account_id": "a",
        "account_name": "A",
        "created_at": "2026-09-14T00:00:00Z",
        "version": "v1",
        "masked": "v1",
        "title": "",
        "withdrawn": False,
    }
    row |= more
    with ws.ledger.begin() as conn:
        conn.execute(sa.delete(conversation).where(conversation.c.id == key))
        conn.execute(sa.delete(turn).where(turn.c.conversation_id == key))
        conn.execute(sa.insert(conversation), [row])
        for n, (role, text) in enumerate(turns):
            conn.execute(sa.insert(turn), [{"conversation_id": key, "n": n, "role": role, "text": text}])


def states(ws: Workspace) -> dict[str, tuple[str, str | None]]:
    with ws.ledger.connect() as conn:
        return {row.conversation_id: (row.state, row.reason) for row in conn.execute(sa.select(reading))}


def found(ws: Workspace) -> list[tuple[str, str, int, int, int]]:
    columns = finding.c
    query = sa.select(columns.conversation_id, columns.quote, columns.turn, columns.start, columns.end)
    with ws.ledger.connect() as conn:
        return [tuple(row) for row in conn.execute(query.order_by(columns.conversation_id, columns.start))]


def dropped(ws: Workspace, key: str) -> dict[str, int]:
    query = sa.select(reading.c.dropped).where(reading.c.conversation_id == key)
    with ws.ledger.connect() as conn:
        return json.loads(conn.execute(query).scalar_one())


def test_a_reading_keeps_what_is_grounded_and_counts_what_is_not(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "画面が重いです。保存が遅い。"))
    engine = QueueEngine([say("c1", "画面が重い", "画面が軽い", "保存が早い")])
    read_batch(workspace, engine, ["c1"])
    assert found(workspace) == [("c1", "画面が重い", 0, 0, 5)]
    assert states(workspace) == {"c1": ("read", None)}
    assert dropped(workspace, "c1") == {"not_in_turn": 2}


def test_nothing_found_and_nobody_speaking_are_states_of_their_own(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "よろしくお願いします"))
    put(workspace, "c2", ("agent", "いかがですか"), ("customer", " 。。"))
    put(workspace, "c3")
    engine = QueueEngine([say("c1")])
    read_batch(workspace, engine, ["c1", "c2", "c3"])
    assert engine.asked == [["c1"]]
    assert {key: state for key, (state, _) in states(workspace).items()} == {
        "c1": "nothing",
        "c2": "empty",
        "c3": "empty",
    }


def test_where_nobody_knows_who_the_customer_is_is_told_from_where_no_customer_speaks(
    workspace: Workspace,
) -> None:
    put(workspace, "c1", ("other", "配送の時間を変えたいのですが"), ("other", "承知しました"))
    put(workspace, "c2", ("agent", "折り返しお電話します"), ("other", "…"))
    engine = QueueEngine()
    read_batch(workspace, engine, ["c1", "c2"])
    assert engine.asked == []
    assert states(workspace) == {"c1": ("unplaced", None), "c2": ("empty", None)}
    assert unread(workspace, engine) == []


def test_no_engine_is_asked_when_no_customer_spoke(workspace: Workspace) -> None:
    put(workspace, "c1", ("agent", "いかがですか"))
    engine = QueueEngine()
    read_batch(workspace, engine, ["c1"])
    assert engine.asked == [] and states(workspace) == {"c1": ("empty", None)}


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param([], "no answer", id="left out"),
        pytest.param([say("c1", "画面が重い"), say("c1")], "2 times", id="twice"),
        pytest.param([FindResult("c1", (), "too long for the model")], "too long", id="said so itself"),
    ],
)
def test_a_conversation_without_one_clear_answer_has_failed(
    workspace: Workspace, reply: list[FindResult], reason: str
) -> None:
    put(workspace, "c1", ("customer", "画面が重いです"))
    put(workspace, "c2", ("customer", "画面が重いです"))
    engine = QueueEngine([*reply, say("c2", "画面が重い")])
    read_batch(workspace, engine, ["c1", "c2"])
    state, why = states(workspace)["c1"]
    assert state == "failed" and why is not None and reason in why
    assert [row[0] for row in found(workspace)] == ["c2"]
    assert unread(workspace, engine) == ["c1"]


def test_an_answer_nobody_asked_for_is_counted_and_writes_nothing(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "画面が重いです"))
    put(workspace, "c9", ("customer", "画面が重いです"))
    engine = QueueEngine([say("c1", "画面が重い"), say("c9", "画面が重い")])
    read_batch(workspace, engine, ["c1"])
    assert dropped(workspace, "c1") == {"not_asked": 1}
    assert [row[0] for row in found(workspace)] == ["c1"] and "c9" not in states(workspace)


def test_what_is_unread_is_listed_oldest_first(workspace: Workspace) -> None:
    words = ("customer", "画面が重いです")
    put(workspace, "b", words, created_at="2026-09-15T00:00:00Z")
    put(workspace, "a", words, created_at="2026-09-16T00:00:00Z")
    put(workspace, "copy", words, duplicate_of="b", created_at="2026-09-17T00:00:00Z")
    put(workspace, "gone", words, withdrawn=True)
    put(workspace, "raw", words, masked=None)
    put(workspace, "edited", words, masked="v0")
    assert unread(workspace, QueueEngine()) == ["b", "a", "copy"]


def test_what_was_read_is_read_again_only_when_text_or_engine_changed(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "画面が重いです"))
    engine = QueueEngine([say("c1")], [say("c1")])
    read_batch(workspace, engine, ["c1"])
    assert unread(workspace, engine) == []
    put(workspace, "c1", ("customer", "画面が重いです"), version="v2", masked="v2")
    assert unread(workspace, engine) == ["c1"]
    read_batch(workspace, engine, ["c1"])
    engine.name = "queue-2"
    assert unread(workspace, engine) == ["c1"]


def test_a_new_reading_replaces_the_old_and_a_standing_finding_keeps_its_theme(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "画面が重いです。保存が遅い。"))
    engine = QueueEngine([say("c1", "画面が重い", "保存が遅い")], [say("c1", "画面が重い")])
    read_batch(workspace, engine, ["c1"])
    with workspace.ledger.begin() as conn:
        conn.execute(sa.update(finding).values(theme_id="t1"))
    read_batch(workspace, engine, ["c1"])
    with workspace.ledger.connect() as conn:
        rows = conn.execute(sa.select(finding.c.quote, finding.c.theme_id)).all()
    assert [tuple(row) for row in rows] == [("画面が重い", "t1")]


def test_a_finding_has_the_vector_its_theme_goes_by(workspace: Workspace) -> None:
    text = "あ。" * 60 + "画面が重いです。保存が遅い。" + "い。" * 60
    put(workspace, "c1", ("customer", text))
    read_batch(workspace, QueueEngine([say("c1", "画面が重いです")]), ["c1"])
    at = text.index("画面")
    told = [("画面が重いです", text[at - NEARBY : at + len("画面が重いです") + NEARBY])]
    with workspace.ledger.connect() as conn:
        kept = conn.scalar(sa.select(finding.c.vector))
    assert kept == write_vector(describe(told)[0])


@pytest.mark.parametrize(
    ("kind", "head"),
    [pytest.param("ticket", "一覧の表示\n", id="ticket"), pytest.param("call", "", id="call")],
)
def test_a_tickets_title_tells_what_a_finding_is_about(workspace: Workspace, kind: str, head: str) -> None:
    put(workspace, "c1", ("customer", "毎朝重いです"), kind=kind, title="一覧の表示")
    read_batch(workspace, QueueEngine([say("c1", "毎朝重い")]), ["c1"])
    with workspace.ledger.begin() as conn:
        kept = conn.scalar(sa.select(finding.c.vector))
        conn.execute(sa.update(finding).values(vector=None))
        late = loose_findings(conn, period_of("2026-W38", workspace.settings.zone))
    assert kept == write_vector(describe([("毎朝重い", f"{head}毎朝重いです")])[0])
    assert write_vector(late[0].vector) == kept


def test_reading_twice_writes_the_same_rows(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "画面が重いです。保存が遅い。"))
    reply = [say("c1", "保存が遅い", "画面が重い")]
    engine = QueueEngine(reply, reply)
    read_batch(workspace, engine, ["c1"])
    before = found(workspace)
    read_batch(workspace, engine, ["c1"])
    assert found(workspace) == before and len(before) == 2


def test_an_engine_that_raises_leaves_the_ledger_as_it_was(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "画面が重いです"))
    engine = QueueEngine(RetryError("busy"))
    with pytest.raises(RetryError):
        read_batch(workspace, engine, ["c1"])
    assert states(workspace) == {} and unread(workspace, engine) == ["c1"]


def test_what_was_withdrawn_meanwhile_is_not_read(workspace: Workspace) -> None:
    put(workspace, "c1", ("customer", "画面が重いです"), withdrawn=True)
    engine = QueueEngine()
    read_batch(workspace, engine, ["c1"])
    assert engine.asked == [] and states(workspace) == {}


def test_an_engine_sees_the_outcome_of_the_deal_and_the_turns_in_order(workspace: Workspace) -> None:
    put(workspace, "c1", ("agent", "いかがですか"), ("customer", "高いです"), deal_id="d1", kind="call")
    names = ("source", "external_id", "account_id", "account_name", "name", "owner", "industry", "stage")
    row = dict.fromkeys((*names, "currency", "version"), "x")
    with workspace.ledger.begin() as conn:
        conn.execute(sa.insert(deal), [{**row, "id": "d1", "outcome": "lost", "withdrawn": False}])
    with workspace.ledger.connect() as conn:
        (item,) = load_masked(conn, ["c1"])
    assert item.outcome == "lost" and item.kind == "call"
    assert [(one.n, one.role) for one in item.turns] == [(0, "agent"), (1, "customer")]
