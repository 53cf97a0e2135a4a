"""What is peculiar to Zendesk: whose words, merged tickets, cursors that are no longer known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.vendors.zendesk_records import conversation_of, losers_of, winner_of
from koe.ledger.schema import conversation, skip
from koe.records import Conversation
from tests.fake_zendesk import FakeZendesk
from tests.source_pulls import desk, held, pull_all, rows_of, source_of
from tests.vendor_fake import Asked, Reply, Stage, stage
from tests.vendor_world import World


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def person(key: int, role: str, company: int | None = None, email: str = "") -> dict[str, Any]:
    return {"id": key, "role": role, "name": f"人 {key}", "organization_id": company, "email": email}


def said(key: int, author: int, html: str, public: bool = True) -> dict[str, Any]:
    made = f"2026-09-01T00:00:{key:02}Z"
    return {
        "id": key,
        "author_id": author,
        "html_body": html,
        "body": html,
        "public": public,
        "created_at": made,
    }


def bundle(*comments: dict[str, Any], **more: Any) -> dict[str, Any]:
    users = [person(1, "end-user", 7, "c@shop.example"), person(2, "agent"), person(3, "end-user", 8)]
    ticket = {
        "id": 42,
        "subject": "検索",
        "status": "open",
        "description": "説明",
        "requester_id": 1,
        "organization_id": 7,
        "created_at": "2026-09-01T00:00:00Z",
        "updated_at": "2026-09-02T00:00:00Z",
        "tags": ["a"],
    }
    company = {"id": 7, "name": "港の本屋"}
    whole = {"ticket": ticket, "requester": users[0], "organization": company, "comments": list(comments)}
    return {**whole, "users": users, **more}


def understood(body: dict[str, Any], ours: tuple[str, ...] = ()) -> Conversation:
    return conversation_of(body, "desk", ours, set())


def test_who_speaks_is_told_by_the_author() -> None:
    comments = [said(1, 1, "遅い"), said(2, 2, "調べます"), said(3, 3, "横から"), said(4, 99, "機械")]
    assert [turn.role for turn in understood(bundle(*comments)).turns] == [
        "customer",
        "agent",
        "other",
        "other",
    ]


def test_internal_notes_are_no_turns() -> None:
    assert [
        turn.text for turn in understood(bundle(said(1, 1, "遅い"), said(2, 2, "内緒", False))).turns
    ] == ["遅い"]


def test_our_own_people_are_agents_whatever_their_role() -> None:
    found = understood(bundle(said(1, 1, "遅い")), ours=("shop.example",))
    assert found.turns[0].role == "agent"


def test_quoted_mail_and_signatures_are_left_out() -> None:
    html = '<p>まだ遅いです。</p><div class="gmail_quote">9月1日: 調べます</div>'
    html += '<div class="gmail_signature">山田</div>'
    assert understood(bundle(said(1, 1, html))).turns[0].text == "まだ遅いです。"


@pytest.mark.parametrize(
    ("company", "email", "account"),
    [
        pytest.param(
            {"id": 7, "name": "港の本屋"}, "c@shop.example", ("7", "港の本屋"), id="the organization"
        ),
        pytest.param(None, "c@Shop.Example", ("shop.example", "shop.example"), id="the mail domain"),
        pytest.param(None, "c@gmail.com", ("person-1", ""), id="a mail provider is no company"),
        pytest.param(None, "", ("person-1", ""), id="nothing known"),
    ],
)
def test_the_account_of_a_ticket(company: Any, email: str, account: tuple[str, str]) -> None:
    body = bundle(said(1, 1, "遅い"), organization=company, requester=person(1, "end-user", None, email))
    found = understood(body).account
    assert (found.id, found.name) == account


MERGED_ENGLISH = 'Requests #5 "a b", #6 "c" were closed and merged into this request.'
MERGED_ONE = 'Request #5 "検索 (#9)" was closed and merged into this request. Last comment in request #5: x'


@pytest.mark.parametrize(
    ("comment", "losers"),
    [
        pytest.param(said(1, 2, MERGED_ENGLISH), ["5", "6"], id="two"),
        pytest.param(said(1, 2, MERGED_ONE), ["5", "9"], id="a subject with a number"),
        pytest.param(said(1, 1, MERGED_ENGLISH), [], id="a customer's words decide nothing"),
        pytest.param(said(1, 2, "see #5"), [], id="no merge"),
        pytest.param(
            {**said(1, 2, "x"), "via": {"source": {"rel": "merge", "from": {"ticket_ids": [5, 42]}}}},
            ["5"],
            id="told by via",
        ),
    ],
)
def test_what_was_merged_here(comment: dict[str, Any], losers: list[str]) -> None:
    assert losers_of(bundle(comment), "42") == losers


def test_what_this_was_merged_into() -> None:
    assert (
        winner_of(bundle(said(1, 2, 'This request was closed and merged into request #7 "x".', False)), "42")
        == "7"
    )
    assert winner_of(bundle(said(1, 1, "This request was closed and merged into request #7")), "42") is None


def two_companies(page_size: int = 100) -> FakeZendesk:
    world = World()
    for n in range(4):
        world.open(f"件 {n}")
    world.time.at += 3600
    return FakeZendesk(world, page_size)


def test_a_ticket_of_another_company_keeps_its_words(theatre: Stage, tmp_path: Path) -> None:
    fake = two_companies()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.merge(2, 1)
        fake.world.time.at += 3600
        pull_all(ws, fake)
        assert [turn for turn in held(ws)["1"][1] if turn[0] == "customer"] == [("customer", "件 0")]
        assert ("customer", "件 1") in held(ws)["2"][1]


def test_chains_of_merges_end_in_the_last_one(theatre: Stage, tmp_path: Path) -> None:
    world = World()
    for n in range(7):
        world.open(f"件 {n}")
        world.time.at += 1
    fake = FakeZendesk(world)
    with desk(tmp_path, fake, theatre) as ws:
        world.merge(1, 4)
        world.merge(4, 7)
        world.time.at += 3600
        pull_all(ws, fake)
        assert [text for who, text in held(ws)["7"][1] if who == "customer"] == ["件 0", "件 3", "件 6"]
        assert {"1", "4"}.isdisjoint(held(ws))


def test_a_customer_cannot_pull_another_ticket_into_their_own(theatre: Stage, tmp_path: Path) -> None:
    fake = two_companies()
    fake.world.reply(1, 'Request #4 "x" was closed and merged into this request.', who="customer")
    fake.world.time.at += 3600
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        assert "件 3" not in str(held(ws)["1"])


def test_a_cursor_that_is_no_longer_known_begins_again_near_its_end(theatre: Stage, tmp_path: Path) -> None:
    fake = two_companies(page_size=1)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.reply(2, "直りました")
        fake.world.time.at += 3600
        fake.script({1: "expired"})
        before = len(fake.asked)
        assert pull_all(ws, fake).changed == 1
        starts = [one.query["start_time"] for one in fake.asked[before:] if "start_time" in one.query]
        assert len(starts) == 1
        assert int(starts[0]) > 1_789_000_000


def test_a_ticket_too_large_to_be_fetched_is_named_and_the_rest_goes_on(
    theatre: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.http.client.BODY_LIMIT", 200_000)
    fake = two_companies()
    fake.world.reply(2, "大" * 100_000, who="customer")
    fake.world.time.at += 3600
    with desk(tmp_path, fake, theatre) as ws:
        done = pull_all(ws, fake)
        assert (done.new, done.skipped) == (3, 1)
        (named,) = rows_of(ws, skip)
        assert (named["place"], named["reason"], named["week"]) == (
            "2",
            "is too large to be fetched",
            "2026-W39",
        )


def test_a_ticket_that_vanishes_while_it_is_read_is_gone(theatre: Stage, tmp_path: Path) -> None:
    fake = two_companies()

    def twist(asked: Asked, reply: Reply) -> None:
        if asked.path.endswith("/3/comments"):
            reply.status, reply.body = 404, {"error": "RecordNotFound"}

    fake.twist = twist
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 3
        assert len(rows_of(ws, conversation)) == 3


def test_a_restored_ticket_counts_again(theatre: Stage, tmp_path: Path) -> None:
    fake = two_companies()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.delete(2)
        fake.world.time.at += 3600
        pull_all(ws, fake)
        fake.world.restore(2)
        fake.world.time.at += 3600
        assert pull_all(ws, fake).changed == 1
        assert held(ws) == fake.world.truth()


def test_client_credentials_sign_in(theatre: Stage, tmp_path: Path) -> None:
    fake = two_companies()
    fake.tokens_given = 0
    with desk(tmp_path, fake, theatre, email="", token=None, client_id="me", client_secret="c-s3cret") as ws:
        assert pull_all(ws, fake).new == 4
        assert fake.tokens_given == 1
        health = list(source_of(ws, fake).check())
        assert [one.ok for one in health] == [True, True, True]
