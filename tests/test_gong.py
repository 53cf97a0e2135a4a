"""What is peculiar to Gong: late transcripts, empty windows, private calls, deals of a CRM."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.http.limits import Clock
from connectors.http.opening import Opening
from connectors.vendors.gong import call_of
from koe.ledger.schema import conversation, skip
from koe.settings.sources import GongSettings
from tests.fake_gong import FakeGong
from tests.source_pulls import desk, held, pull_all, rows_of, source_of
from tests.vendor_fake import Stage, stage
from tests.vendor_world import World

DAY = 86_400


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def calls(count: int = 2, page_size: int = 100) -> FakeGong:
    world = World()
    for n in range(count):
        world.open(f"件 {n}")
        world.time.at += 60
    return FakeGong(world, page_size)


def opening(**more: Any) -> Opening[GongSettings]:
    settings = GongSettings(
        type="gong", base_url="https://x.api.gong.io", access_key="K", key_secret="s", **more
    )
    return Opening("gong", settings, ZoneInfo("Asia/Tokyo"), Path(), Clock())


def party(speaker: str, affiliation: str, email: str = "") -> dict[str, Any]:
    return {"speakerId": speaker, "affiliation": affiliation, "name": f"人{speaker}", "emailAddress": email}


def crm(kind: str, key: str, name: str = "") -> dict[str, Any]:
    return {"objectType": kind, "objectId": key, "fields": [{"name": "Name", "value": name}]}


def bundle(parties: list[Any], *objects: Any) -> dict[str, Any]:
    told = {"id": "9", "started": "2026-09-01T09:00:00+09:00", "title": "商談"}
    said = [
        {"speakerId": one["speakerId"], "sentences": [{"start": 1500, "text": "あ。"}, {"text": "い。"}]}
        for one in parties
    ]
    context = [{"system": "Salesforce", "objects": list(objects)}]
    return {"call": {"metaData": told, "parties": parties, "context": context}, "transcript": said}


def test_who_speaks_is_told_by_the_affiliation_else_by_the_mail_address() -> None:
    people = [
        party("1", "Internal"),
        party("2", "External"),
        party("3", "Unknown"),
        party("4", "Unknown", "a@us.example"),
    ]
    found = call_of(bundle(people), opening(our_domains=("us.example",)), set())
    assert [turn.role for turn in found.turns] == ["agent", "customer", "other", "agent"]
    assert (found.turns[0].text, str(found.turns[0].at)) == ("あ。 い。", "2026-09-01 00:00:01.500000+00:00")


@pytest.mark.parametrize(
    ("objects", "deal", "account"),
    [
        pytest.param(
            [crm("Opportunity", "006000000000001"), crm("Account", "001000000000001", "港")],
            "006000000000001AAA",
            ("001000000000001AAA", "港"),
            id="of Salesforce",
        ),
        pytest.param(
            [crm("Deal", "7001"), crm("Company", "9001", "港")], "7001", ("9001", "港"), id="of HubSpot"
        ),
        pytest.param(
            [crm("Deal", "1"), crm("Deal", "2")], None, ("shop.example", "丘"), id="two deals name none"
        ),
        pytest.param(
            [crm("Account", "1"), crm("Account", "2")], None, ("shop.example", "丘"), id="two accounts"
        ),
    ],
)
def test_the_crm_s_objects_name_deal_and_account(objects: Any, deal: Any, account: Any) -> None:
    people = [party("1", "Internal", "s@ours.example"), party("2", "External", "c@Shop.example")]
    found = call_of(bundle(people, *objects), opening(accounts={"shop.example": "丘"}), set())
    assert (found.deal, found.account.id, found.account.name) == (deal, *account)


def test_a_window_without_calls_is_empty(theatre: Stage, tmp_path: Path) -> None:
    fake = FakeGong(World())
    with desk(tmp_path, fake, theatre) as ws:
        done = pull_all(ws, fake)
        assert (done.new, done.skipped, done.notes) == (0, 0, ())


def test_a_late_transcript_is_picked_up_whatever_came_before_it(theatre: Stage, tmp_path: Path) -> None:
    fake = calls()
    fake.silent = {1}
    with desk(tmp_path, fake, theatre) as ws:
        done = pull_all(ws, fake)
        assert (set(held(ws)), done.skipped) == ({"2"}, 0)
        assert done.notes == ("calls: 1 wait for their transcript; a later pull brings them",)
        fake.silent = set()
        fake.world.time.at += 5 * 3600
        assert pull_all(ws, fake).new == 1
        assert held(ws) == fake.world.truth()


def test_a_call_that_waits_too_long_is_named_in_its_week(theatre: Stage, tmp_path: Path) -> None:
    fake = calls()
    fake.silent = {1}
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.time.at += 6.9 * DAY
        assert pull_all(ws, fake).skipped == 0
        fake.world.time.at += DAY
        assert pull_all(ws, fake).skipped == 1
        (named,) = rows_of(ws, skip)
        assert (named["place"], named["reason"]) == ("1", "has no transcript after 7 days")
        assert named["week"] == "2026-W39"


def test_a_call_that_turns_private_is_withdrawn(theatre: Stage, tmp_path: Path) -> None:
    fake = calls()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.private = {1}
        fake.world.time.at += 60
        assert pull_all(ws, fake).withdrawn == 1
        assert held(ws).keys() == {"2"}


def test_the_key_s_rate_is_kept(theatre: Stage, tmp_path: Path) -> None:
    fake = calls(30, page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        sent = [one.at for one in fake.asked]
        assert all(later - one > 0.99 for one, later in zip(sent, sent[3:], strict=False))
        assert [one.ok for one in source_of(ws, fake).check()] == [True] * 3


def test_a_call_keeps_the_id_of_its_deal_until_a_source_has_it(theatre: Stage, tmp_path: Path) -> None:
    fake = calls(1)
    fake.context = {1: [{"system": "Salesforce", "objects": [crm("Opportunity", "006000000000001")]}]}
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).without_deal == 1
        (row,) = rows_of(ws, conversation)
        assert (row["names_deal"], row["joined_by"], row["outcome"]) == ("006000000000001AAA", "source", None)
