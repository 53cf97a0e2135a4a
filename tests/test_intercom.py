"""What is peculiar to Intercom: parts that are no turns, 500 parts, contacts that are gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.vendors.intercom import conversation_of
from koe.ledger.schema import conversation
from tests.fake_intercom import FakeIntercom
from tests.source_pulls import desk, held, pull_all, rows_of
from tests.vendor_fake import Asked, Reply, Stage, stage
from tests.vendor_world import World


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def desk_of(tickets: int = 2) -> FakeIntercom:
    world = World()
    for n in range(tickets):
        world.open(f"件 {n}")
    world.time.at += 3600
    return FakeIntercom(world)


def part(kind: str, author: str, body: str | None, **more: Any) -> dict[str, Any]:
    return {
        "part_type": kind,
        "author": {"type": author, "id": "1"},
        "body": body,
        "created_at": 1_790_000_000,
        **more,
    }


def bundle(*parts: dict[str, Any]) -> dict[str, Any]:
    first = {"body": "<p>検索が<br>遅い</p>", "author": {"type": "user", "id": "5", "email": "c@gmail.com"}}
    talk = {
        "id": "7",
        "created_at": 1_789_999_000,
        "updated_at": 1_790_000_000,
        "state": "open",
        "source": first,
    }
    return {"conversation": {**talk, "conversation_parts": {"conversation_parts": list(parts)}}}


def test_only_what_was_said_in_public_is_a_turn() -> None:
    parts = [
        part("comment", "admin", "調べます"),
        part("note", "admin", "内緒"),
        part("assignment", "admin", None),
        part("close", "admin", "直しました"),
        part("comment", "user", "まだ", redacted=True),
        part("comment", "bot", "自動の返事"),
        part("comment", "lead", "まだ遅い"),
    ]
    found = conversation_of(bundle(*parts), "desk", (), set())
    assert [(turn.role, turn.text) for turn in found.turns] == [
        ("customer", "検索が\n遅い"),
        ("agent", "調べます"),
        ("agent", "直しました"),
        ("other", "自動の返事"),
        ("customer", "まだ遅い"),
    ]


def test_plain_text_that_looks_like_a_tag_stays() -> None:
    found = conversation_of(bundle(part("comment", "user", "a < b と <設定> を押す")), "desk", (), set())
    assert found.turns[1].text == "a < b と <設定> を押す"


def test_a_conversation_with_more_than_500_parts_says_what_is_missing(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of()

    def twist(asked: Asked, reply: Reply) -> None:
        if asked.path == "/conversations/2":
            reply.body["conversation_parts"]["total_count"] = 612

    fake.twist = twist
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).notes == ("2: Intercom gives its 500 newest parts only",)
        assert set(held(ws)) == {"1", "2"}


def test_a_contact_that_was_merged_away_leaves_the_author_s_address(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of(1)

    def twist(asked: Asked, reply: Reply) -> None:
        if asked.path.startswith("/contacts/"):
            reply.status, reply.body = 404, {"type": "error.list", "errors": []}

    fake.twist = twist
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        assert [row["account_id"] for row in rows_of(ws, conversation)] == ["shop1.example"]


def test_a_contact_is_asked_for_once_in_a_pull(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of(3)
    fake.page_size = 1
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
    asked = [one.path for one in fake.asked if one.path.startswith(("/contacts", "/companies"))]
    assert len(asked) == len(set(asked))


def test_a_token_that_no_longer_reads_anything_withdraws_nothing(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of(4)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        before = held(ws)
        fake.world.time.at += 8 * 86_400

        def twist(asked: Asked, reply: Reply) -> None:
            reply.headers = {}
            if asked.path == "/conversations/search":
                reply.body = {"type": "conversation.list", "conversations": [], "pages": {}}
            elif asked.path.startswith("/conversations/"):
                reply.status, reply.body = 404, {}

        fake.twist = twist
        done = pull_all(ws, fake)
        assert (done.withdrawn, held(ws)) == (0, before)
        assert "4 of 4 records seem deleted" in done.notes[0]
    with desk(tmp_path, fake, theatre, trust_deletes=True) as ws:
        assert pull_all(ws, fake).withdrawn == 4


def test_a_look_for_deletes_goes_on_where_it_was_stopped(
    theatre: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("koe.ledger.intake.SWEPT", 2)
    fake = desk_of(9)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.delete(2)
        fake.world.delete(9)
        fake.world.time.at += 8 * 86_400
        fake.script(dict.fromkeys(range(4, 20), "503"))
        with pytest.raises(Exception, match="503"):
            pull_all(ws, fake)
        fake.script()
        pull_all(ws, fake)
        assert held(ws) == fake.world.truth()
