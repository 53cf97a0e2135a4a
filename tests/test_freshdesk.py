"""What is peculiar to Freshdesk: pages that end at 300, outbound tickets, trash and spam."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.vendors.freshdesk import conversation_of
from koe.errors import RetryError
from tests.fake_freshdesk import FakeFreshdesk
from tests.source_pulls import desk, held, pull_all, source_of
from tests.vendor_fake import Stage, stage
from tests.vendor_world import World


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def desk_of(tickets: int, seconds: int, page_size: int) -> FakeFreshdesk:
    world = World()
    for n in range(tickets):
        world.open(f"件 {n}")
        world.time.at += seconds
    world.time.at += 3600
    return FakeFreshdesk(world, page_size)


def test_more_pages_than_are_listed_are_read_because_no_listing_gets_there(
    theatre: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.vendors.freshdesk.LAST_PAGE", 4)
    fake = desk_of(30, 1, 1)
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 30


def test_many_tickets_of_one_second_are_read_through_their_pages(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of(40, 0, 3)
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 40


def test_one_second_with_more_than_freshdesk_lists_is_said(
    theatre: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.vendors.freshdesk.LAST_PAGE", 4)
    fake = desk_of(10, 0, 2)
    with desk(tmp_path, fake, theatre) as ws, pytest.raises(RetryError, match="one second has more tickets"):
        pull_all(ws, fake)


def test_the_rate_of_the_smallest_plan_is_kept(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of(60, 1, 100)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
    times = [one.at for one in fake.asked]
    assert len(times) > 60
    assert max(sum(at <= other < at + 60 for other in times) for at in times) <= 50


def bundle(**more: Any) -> dict[str, Any]:
    ticket = {
        "id": 3,
        "subject": "検索",
        "status": 6,
        "source": 2,
        "description": "<p>遅い</p>",
        "requester_id": 5,
        "requester": {"id": 5, "name": "客", "email": "c@shop.example"},
        "created_at": "2026-09-01T00:00:00Z",
        "updated_at": "2026-09-01T00:00:00Z",
        "tags": [],
    }
    replies = [
        {"id": 1, "user_id": 9, "incoming": False, "private": False, "body": "<p>調べます</p>"},
        {"id": 2, "user_id": 9, "incoming": False, "private": True, "body": "<p>内緒</p>"},
        {"id": 3, "user_id": 5, "incoming": True, "private": False, "body": None, "body_text": "まだ遅い"},
    ]
    return {"ticket": {**ticket, **more}, "replies": replies, "company": None}


def test_a_ticket_is_a_conversation() -> None:
    found = conversation_of(bundle(), "desk", (), set())
    assert [(turn.role, turn.text) for turn in found.turns] == [
        ("customer", "遅い"),
        ("agent", "調べます"),
        ("customer", "まだ遅い"),
    ]
    assert (found.status, found.account.id) == ("6", "shop.example")


def test_a_ticket_that_an_agent_began_begins_with_an_agent() -> None:
    assert conversation_of(bundle(source=10), "desk", (), set()).turns[0].role == "agent"


def test_trash_is_listed_once_in_a_pull(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of(5, 1, 100)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.delete(2)
        fake.world.time.at += 8 * 86_400
        before = len(fake.asked)
        pull_all(ws, fake)
        listed = [one.query["filter"] for one in fake.asked[before:] if "filter" in one.query]
        assert listed == ["deleted", "spam"]
        assert "2" not in held(ws)


def test_an_agent_who_sees_only_some_tickets_is_said(theatre: Stage, tmp_path: Path) -> None:
    fake = desk_of(1, 1, 100)

    def twist(asked: Any, reply: Any) -> None:
        if asked.path.endswith("/me"):
            reply.body["ticket_scope"] = 3

    fake.twist = twist
    with desk(tmp_path, fake, theatre) as ws:
        assert "its own tickets only" in next(iter(source_of(ws, fake).check())).says


@pytest.mark.parametrize(
    ("address", "role"),
    [
        pytest.param("佐藤 <s@ours.example>", "agent", id="with a name"),
        pytest.param('"Sato, H." <S@Ours.example>', "agent", id="with a name in quotes"),
        pytest.param("s@ours.example", "agent", id="alone"),
        pytest.param("客 <c@shop.example>", "customer", id="somebody else's"),
        pytest.param("ours.example <c@shop.example>", "customer", id="a name like our domain"),
        pytest.param(None, "customer", id="none"),
    ],
)
def test_who_writes_from_our_domain_is_an_agent_however_the_address_is_written(
    address: str | None, role: str
) -> None:
    reply = {"id": 1, "user_id": 8, "incoming": True, "private": False, "body": "<p>遅い</p>"}
    body = bundle() | {"replies": [reply | {"from_email": address}]}
    found = conversation_of(body, "desk", ("ours.example",), set())
    assert [turn.role for turn in found.turns][1:] == [role]
