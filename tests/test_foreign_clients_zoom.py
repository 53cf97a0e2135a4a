"""Our fake of Zoom, read to the end by a client that other people wrote, and what koe then holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.http.asking import segment
from tests.fake_hubspot import joined_turns
from tests.fake_zoom import LABELS, FakeZoom
from tests.foreign import foreign
from tests.source_pulls import Held, desk, held, pull_all, truth
from tests.vendor_fake import Stage, stage
from tests.vendor_world import World

MONTHS = (("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-30"))


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def meetings() -> FakeZoom:
    """Seven meetings of two hosts in three months, one without a recording any more."""
    world = World()
    for n in range(1, 8):
        world.open(f"検索が <{n}> 秒かかる & 止まる")
        world.reply(n, "調べます")
        world.time.at += 9 * 86_400
    world.delete(4)
    return FakeZoom(world, page_size=1)


def client_of(url: str) -> Any:
    return foreign("zoomus").ZoomClient(
        "c", "c-s3cret", "a", base_uri=f"{url}/v2", oauth_uri=f"{url}/oauth/token"
    )


def pages(ask: Any, kind: str, **more: str) -> Iterator[Any]:
    """Every object of a listing, page after page."""
    token = ""
    while True:
        answer = ask(page_size=300, **more, **({"next_page_token": token} if token else {}))
        assert answer.status_code == 200
        yield from answer.json()[kind]
        token = answer.json()["next_page_token"]
        if not token:
            return


def as_zoomus_reads_it(url: str) -> Held:
    client = client_of(url)
    signed = {"Authorization": f"Bearer {client.config['token']}"}
    found: Held = {}
    for user in pages(client.user.list, "users", status="active"):
        for since, until in MONTHS:
            window = {"user_id": user["id"], "from": since, "to": until}
            for one in pages(client.recording.list, "meetings", **window):
                files = {file["file_type"]: file["download_url"] for file in one["recording_files"]}
                text = foreign("requests").get(files["TRANSCRIPT"], headers=signed).content.decode()
                found[one["uuid"]] = (one["topic"], list(_turns(text)))
                people = client.past_meeting.get_participants(meeting_id=one["uuid"]).json()["participants"]
                assert user["email"] in [person["user_email"] for person in people]
    return found


def _turns(text: str) -> Iterator[tuple[str, str]]:
    roles = {label: role for role, label in LABELS.items()}
    cues = [cue.raw_text.partition(": ") for cue in foreign("webvtt").WebVTT.from_string(text)]
    yield from joined_turns([(roles[label], said) for label, _, said in cues])


def test_another_s_client_reads_from_the_fake_what_koe_reads(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings()
    theatre.show(fake)
    fake.settings(theatre.base_url)
    found = as_zoomus_reads_it(theatre.base_url)
    assert len(found) == 6
    assert found == truth(fake)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        assert held(ws) == found


def test_another_s_client_signs_in_as_koe_does(theatre: Stage, tmp_path: Path) -> None:
    fake = meetings()
    theatre.show(fake)
    assert client_of(theatre.base_url).config["token"] == fake.token
    theirs = next(one for one in fake.asked if one.path == "/oauth/token")
    more = {"token": None, "account_id": "a", "client_id": "c", "client_secret": "c-s3cret"}
    fake.asked.clear()
    with desk(tmp_path, fake, theatre, **more) as ws:
        pull_all(ws, fake)
    ours = next(one for one in fake.asked if one.path == "/oauth/token")
    shown = [(one.method, one.body, one.headers["authorization"]) for one in (theirs, ours)]
    assert shown[0] == shown[1]


def test_a_recording_that_is_gone_is_404_to_another_s_client_too(theatre: Stage) -> None:
    fake = meetings()
    theatre.show(fake)
    client = client_of(theatre.base_url)
    assert client.recording.get(meeting_id="4").status_code == 404
    assert client.recording.get(meeting_id="5").json()["uuid"] == "5"


@pytest.mark.parametrize(
    "uuid", [pytest.param("/a+b/==", id="begins with a slash"), pytest.param("a//b==", id="two slashes")]
)
def test_an_odd_uuid_is_written_in_an_address_as_another_s_client_writes_it(uuid: str) -> None:
    written = segment(segment(uuid))
    assert written == foreign("zoomus.util").encode_uuid(uuid)
