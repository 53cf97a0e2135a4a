"""What is peculiar to Zoom: windows of a month, tokens of 15 minutes, whose call a meeting was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.http.asking import Ask, RefusedError, Site
from connectors.http.client import Client
from connectors.http.limits import Clock
from connectors.http.opening import Opening
from connectors.vendors.zoom import call_of
from koe.ledger.schema import conversation, skip
from koe.settings.sources import ZoomSettings
from tests.fake_zoom import FakeZoom
from tests.source_pulls import desk, held, pull_all, pull_until, rows_of, source_of, truth
from tests.vendor_fake import Asked, Reply, Stage, stage
from tests.vendor_world import World

DAY = 86_400


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def meetings(count: int = 6, page_size: int = 2, apart_s: int = 60) -> FakeZoom:
    world = World()
    for n in range(count):
        world.open(f"件 {n}")
        world.time.at += apart_s
    return FakeZoom(world, page_size)


def opening(**more: Any) -> Opening[ZoomSettings]:
    settings = ZoomSettings(type="zoom", token="t", **more)  # type: ignore[arg-type]
    return Opening("zoom", settings, ZoneInfo("Asia/Tokyo"), Path(), Clock(), ("山田 太郎",))


def bundle(vtt: str, **more: Any) -> dict[str, Any]:
    meeting = {"uuid": "a/b==", "id": 1, "topic": "商談", "start_time": "2026-09-01T00:00:00Z"}
    host = {"id": "u", "email": "s@ours.example", "first_name": "花子", "last_name": "佐藤"}
    people = [
        {"name": "井上", "user_email": "i@Shop.example"},
        {"name": "佐藤", "user_email": "s@ours.example"},
    ]
    return {"meeting": meeting, "host": host, "participants": people, "vtt": [f"WEBVTT\n\n{vtt}"], **more}


TALK = "1\n00:00:01.000 --> 00:00:02.000\n佐藤 花子: どうも\n\n2\n00:00:03.000 --> 00:00:04.000\n井上: 遅い\n"


def test_the_host_is_ours_and_the_others_are_the_customer_s() -> None:
    found = call_of(bundle(TALK), opening(), set())
    assert [(turn.role, turn.text) for turn in found.turns] == [("agent", "どうも"), ("customer", "遅い")]
    assert (found.account.id, str(found.turns[1].at)) == ("shop.example", "2026-09-01 00:00:03+00:00")


def test_a_customer_named_in_the_settings_has_that_name_and_one_nobody_knows_has_none() -> None:
    assert (
        call_of(bundle(TALK), opening(accounts={"shop.example": "港の本屋"}), set()).account.name
        == "港の本屋"
    )
    unknown = call_of(bundle(TALK, participants=None), opening(), set()).account
    assert (unknown.id, unknown.name) == ("person-meeting-1", "")


def test_a_transcript_in_parts_is_read_in_their_order() -> None:
    more = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n井上: また明日\n"
    found = call_of(bundle(TALK) | {"vtt": [f"WEBVTT\n\n{TALK}", more]}, opening(), set())
    assert [turn.text for turn in found.turns] == ["どうも", "遅い", "また明日"]


def test_a_year_is_read_in_windows_of_a_month(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings(8, apart_s=17 * DAY)
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 8
        assert held(ws) == truth(fake)


def test_a_walk_whose_token_died_goes_on_with_its_window(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings()
    with desk(tmp_path, fake, theatre) as ws:
        pull_until(ws, fake, 1, is_committed=True)
        fake.world.time.at += 20 * 60
        pull_all(ws, fake)
        assert held(ws) == truth(fake)


def test_tokens_that_die_while_a_pull_is_slow_are_not_the_end(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings()
    with desk(tmp_path, fake, theatre) as ws:
        waits = {3: lambda: setattr(fake.world.time, "at", fake.world.time.at + 1000)}
        fake.happens = waits
        pull_all(ws, fake)
        assert held(ws) == truth(fake)


def test_a_late_transcript_is_picked_up_and_one_too_late_is_named(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings(2)
    fake.silent = {1, 2}
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).notes == ("calls: 2 wait for their transcript; a later pull brings them",)
        fake.silent = {2}
        fake.world.time.at += 6 * DAY
        assert (pull_all(ws, fake).new, rows_of(ws, skip)) == (1, [])
        fake.world.time.at += 2 * DAY
        pull_all(ws, fake)
        assert [row["reason"] for row in rows_of(ws, skip)] == ["has no transcript after 7 days"]


def test_a_page_to_sign_in_is_no_transcript(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings(1)

    def twist(asked: Asked, reply: Reply) -> None:
        if "/rec/" in asked.path:
            reply.body = "<html>Enter the passcode</html>"

    fake.twist = twist
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 0
        assert rows_of(ws, conversation) == []


def test_only_the_named_users_are_read(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings(4)
    with desk(tmp_path, fake, theatre, users=["U1@ours.example"]) as ws:
        pull_all(ws, fake)
        assert held(ws).keys() == {"1", "3"}


def test_the_account_s_credentials_sign_in(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings(1)
    more = {"token": None, "account_id": "a", "client_id": "c", "client_secret": "c-s3cret"}
    with desk(tmp_path, fake, theatre, **more) as ws:
        assert pull_all(ws, fake).new == 1
        assert fake.tokens_given == 1
        assert [one.ok for one in source_of(ws, fake).check()] == [True] * 3


def target(location: str) -> str:
    """Where a client goes that an answer leads elsewhere; nobody is asked."""
    client = Client(Site("zoom", "https://api.zoom.us", hosts=(".zoom.us",)))
    return client._redirected(Ask("GET", "/x"), "https://us02web.zoom.us/rec/download/1", location)


def test_a_download_may_lead_to_another_host_of_zoom_s_and_to_no_other() -> None:
    assert target("https://ssrweb.zoom.us/file?x=1") == "https://ssrweb.zoom.us/file?x=1"
    for location in (
        "https://zoom.us.evil.example/x",
        "http://ssrweb.zoom.us/x",
        "https://a@ssrweb.zoom.us/x",
    ):
        with pytest.raises(RefusedError):
            target(location)
