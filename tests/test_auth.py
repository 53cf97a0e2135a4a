"""Tokens that end: renewed before, renewed once after a 401, written down before they are used."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.http.asking import Ask, Site
from connectors.http.auth import OAuth
from connectors.http.client import Client
from koe.errors import SetupError
from tests.vendor_fake import Asked, Fake, Reply, Stage, stage
from tests.vendor_world import World

Make = Callable[..., Client]


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


@pytest.fixture
def client(theatre: Stage) -> Make:
    def make(fake: Fake, **more: Any) -> Client:
        theatre.show(fake)
        return Client(Site("desk", theatre.base_url, **more), fake.world.time.clock)

    return make


def oauth(fake: Fake, base_url: str, tmp_path: Path, **form: str) -> OAuth:
    asker = Client(Site("desk", base_url), fake.world.time.clock)
    return OAuth(
        {"grant_type": "refresh_token", **form},
        lambda sent: asker.ask(Ask("POST", "/token", form=sent)).body,
        tmp_path / "tokens" / "desk.json",
        fake.world.time.clock,
    )


class TokenFake(Fake):
    """Gives tokens that last for some requests, and replaces the refresh token each time."""

    type = "tokens"

    def __init__(self, lasts: int = 2) -> None:
        super().__init__(World())
        self.lasts, self.given, self.left, self.refresh = lasts, 0, 0, "r0"

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/token":
            if asked.body.get("refresh_token") != self.refresh:
                return Reply({"error": "invalid_grant"}, 400)
            self.given, self.left = self.given + 1, self.lasts
            self.refresh = f"r{self.given}"
            return Reply(
                {"access_token": f"a{self.given}", "expires_in": 3600, "refresh_token": self.refresh}
            )
        if asked.headers["authorization"] != f"Bearer a{self.given}" or self.left < 1:
            return Reply({"error": "expired"}, 401)
        self.left -= 1
        return Reply({"ok": True})

    def settings(self, base_url: str) -> dict[str, Any]:
        raise AssertionError("no source is opened here")

    def has_token(self, asked: Asked) -> bool:
        return False


def test_a_token_that_expires_on_the_way_is_renewed_once(
    client: Make, theatre: Stage, tmp_path: Path
) -> None:
    fake = TokenFake()
    asker = client(fake, auth=oauth(fake, theatre.base_url, tmp_path, refresh_token="r0"))
    for _ in range(5):
        assert asker.get("/a").status == 200
    assert fake.given == 3
    kept = tmp_path / "tokens" / "desk.json"
    assert json.loads(kept.read_text()) == {"refresh_token": "r3"}
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    again = client(fake, auth=oauth(fake, theatre.base_url, tmp_path, refresh_token="r0"))
    assert again.get("/a").status == 200


def test_a_token_is_renewed_before_it_ends(client: Make, theatre: Stage, tmp_path: Path) -> None:
    fake = TokenFake(lasts=100)
    asker = client(fake, auth=oauth(fake, theatre.base_url, tmp_path, refresh_token="r0"))
    asker.get("/a")
    fake.world.time.at += 3590
    asker.get("/a")
    assert (fake.given, [one.path for one in fake.asked]) == (2, ["/token", "/a", "/token", "/a"])


def test_a_refresh_that_fails_is_for_the_user(client: Make, theatre: Stage, tmp_path: Path) -> None:
    fake = TokenFake()
    asker = client(fake, auth=oauth(fake, theatre.base_url, tmp_path, refresh_token="stale-s3cret"))
    with pytest.raises(SetupError, match="invalid_grant") as caught:
        asker.get("/a")
    assert "s3cret" not in str(caught.value)


def test_a_second_401_stops(client: Make, theatre: Stage, tmp_path: Path) -> None:
    fake = TokenFake(lasts=0)
    asker = client(fake, auth=oauth(fake, theatre.base_url, tmp_path, refresh_token="r0"))
    with pytest.raises(SetupError, match="401 expired"):
        asker.get("/a")
    assert fake.given == 2
