"""Search: words and vectors together, only what is asked for, the same by Chroma as by the ledger."""

import random

import pytest
import sqlalchemy as sa

from koe.index import nearest
from koe.index import search as searching
from koe.index.search import Hit, search
from koe.index.station import index_batch, unindexed
from koe.ledger.schema import conversation, passage
from koe.workspace import Workspace
from tests.talk import put, put_many

pytest_plugins = ["tests.postgres"]

TALK = {
    "print": "帳票の印刷が途中で止まってしまいます。",
    "money": "料金がもう少し安ければ助かります。",
    "login": "ログインのたびに確認番号を求められます。",
    "stock": "サーバが落ちて在庫を見られませんでした。",
    "reader": "The barcode reader loses its pairing every morning.",
}


@pytest.fixture
def talked(any_workspace: Workspace) -> Workspace:
    """Five tickets, and an agent who repeats one of them, on each database."""
    for id, text in TALK.items():
        put(any_workspace, id, text)
    put(any_workspace, "agent", "帳票の印刷が止まるのですね。", role="agent")
    index_batch(any_workspace, unindexed(any_workspace.ledger))
    return any_workspace


def found(hits: list[Hit]) -> list[str]:
    return [hit.conversation.removeprefix("files:") for hit in hits]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param("印刷が止まる", "print", id="same-words"),
        pytest.param("サーバーの障害", "stock", id="other-spelling"),
        pytest.param("値段が高い", "money", id="other-words"),
        pytest.param("barcode readers", "reader", id="english-stem"),
        pytest.param("ﾛｸﾞｲﾝ", "login", id="half-width"),
        pytest.param("「印刷」 OR *\"'; DROP", "print", id="hostile"),
    ],
)
def test_the_best_passage_comes_first(talked: Workspace, asked: str, first: str) -> None:
    hits = search(talked, asked)
    assert found(hits)[0] == first
    assert hits[0].text == TALK[first]


def test_a_hit_says_where_it_stands(talked: Workspace) -> None:
    long = "ほかの話が続きます。" * 30 + "最後に、棚卸しの画面が開きません。"
    put(talked, "long", "はじめまして。", long)
    index_batch(talked, unindexed(talked.ledger))
    hit = search(talked, "棚卸しの画面", limit=1)[0]
    assert (hit.conversation, hit.turn) == ("files:long", 1)
    assert long[hit.start : hit.end] == hit.text
    assert "棚卸しの画面" in hit.text
    assert len(hit.text) <= 240


def test_only_those_who_are_asked_for_are_searched(talked: Workspace) -> None:
    assert "agent" not in found(search(talked, "印刷が止まる"))
    assert found(search(talked, "印刷が止まる", roles=("agent",))) == ["agent"]
    assert set(found(search(talked, "印刷が止まる", roles=("agent", "customer"))[:2])) == {"agent", "print"}
    assert found(search(talked, "印刷が止まる", conversations=["files:money"])) == ["money"]
    assert search(talked, "印刷が止まる", conversations=[]) == []


def test_a_text_that_was_masked_anew_waits_for_its_passages(talked: Workspace) -> None:
    with talked.ledger.begin() as conn:
        one = conversation.c.id == "files:print"
        conn.execute(conversation.update().where(one).values(version="v2", masked="v2"))
    assert "print" not in found(search(talked, "印刷が止まる"))


@pytest.mark.parametrize("asked", ["", "。。。", "です", "[人名-k7q2a]"])
def test_a_question_without_words_finds_nothing_for_sure(talked: Workspace, asked: str) -> None:
    assert all(hit.score < 0.6 for hit in search(talked, asked))


def test_an_empty_ledger_answers_nothing(any_workspace: Workspace) -> None:
    assert search(any_workspace, "印刷") == []


def test_the_order_of_arrival_changes_nothing(workspace: Workspace) -> None:
    answers = []
    for seed in range(3):
        order = list(TALK.items())
        random.Random(seed).shuffle(order)
        with workspace.ledger.begin() as conn:
            for table in (passage, conversation):
                conn.execute(table.delete())
        for id, text in order:
            put(workspace, id, text)
        index_batch(workspace, unindexed(workspace.ledger))
        answers.append([search(workspace, asked) for asked in ("印刷が止まる", "料金", "reader")])
    assert answers[0] == answers[1] == answers[2]


def test_chroma_and_the_ledger_give_the_same_answers(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_many(workspace, 5)
    index_batch(workspace, unindexed(workspace.ledger))
    monkeypatch.setattr(searching, "DEPTH", 20)
    questions = ("印刷が止まる", "請求の金額", "棚ごとの在庫を見たい", "export the stock list", "経理の3番")
    exact = [search(workspace, asked) for asked in questions]
    monkeypatch.setattr(nearest, "EXACT", 0)
    monkeypatch.setattr(nearest, "_exact", _never)
    assert [search(workspace, asked) for asked in questions] == exact
    some = ["files:T-7-0-0", "files:T-1-2-3"]
    with pytest.raises(AssertionError, match="exact"):
        search(workspace, "印刷", conversations=some)


def _never(*_: object) -> None:
    raise AssertionError("the exact way was taken")


def test_where_chroma_is_broken_the_ledger_answers(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_many(workspace)
    index_batch(workspace, unindexed(workspace.ledger))
    exact = search(workspace, "印刷が止まる")
    monkeypatch.setattr(nearest, "EXACT", 0)
    for path in (workspace.home / "index").rglob("chroma.sqlite3"):
        path.write_bytes(b"nothing")
    assert search(workspace, "印刷が止まる") == exact


def test_both_databases_score_words_alike(workspace: Workspace, talked: Workspace) -> None:
    for id, text in TALK.items():
        put(workspace, id, text)
    put(workspace, "agent", "帳票の印刷が止まるのですね。", role="agent")
    index_batch(workspace, unindexed(workspace.ledger))
    for asked in ("印刷が止まる", "値段が高い", "サーバの在庫"):
        here, there = search(workspace, asked, limit=1)[0], search(talked, asked, limit=1)[0]
        assert here.conversation == there.conversation
        assert here.score == pytest.approx(there.score, abs=0.05)


def test_full_text_follows_its_passages(talked: Workspace) -> None:
    with talked.ledger.begin() as conn:
        conn.execute(passage.delete().where(passage.c.conversation_id == "files:print"))
        conn.execute(passage.update().where(passage.c.conversation_id == "files:money").values(tokens="w棚"))
        if conn.dialect.name == "sqlite":
            conn.execute(sa.text("INSERT INTO passage_fts(passage_fts) VALUES ('integrity-check')"))
    assert found(search(talked, "印刷", limit=1)) != ["print"]
    assert found(search(talked, "棚", limit=1)) == ["money"]
