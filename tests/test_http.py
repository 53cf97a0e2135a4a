"""The one HTTP client: what it asks again, how long it waits, what it never says."""

import gzip
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from connectors.http.asking import Answer, QuotaError, RefusedError, Site, code_of
from connectors.http.auth import bearer
from connectors.http.client import TOTAL_S, Client
from connectors.http.limits import Rate, asked_wait_s
from koe.errors import RetryError, SetupError
from tests.vendor_fake import Asked, Fake, Reply, Stage, stage
from tests.vendor_world import BEGIN, World


class Scripted(Fake):
    """Answers what it is told to, one reply after the other, then always the same."""

    type = "scripted"

    def __init__(self, *replies: Reply | str) -> None:
        super().__init__(World())
        self.replies = list(replies)

    def take(self, asked: Asked) -> Reply | str:
        self.asked.append(asked)
        return self.replies.pop(0) if self.replies else Reply({"ok": True})

    def answer(self, asked: Asked) -> Reply:
        return Reply({"ok": "x" * 100})

    def settings(self, base_url: str) -> dict[str, Any]:
        raise AssertionError("no source is opened here")

    def has_token(self, asked: Asked) -> bool:
        return False


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


@pytest.fixture
def client(theatre: Stage) -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(fake: Fake, **more: Any) -> Client:
        theatre.show(fake)
        made.append(Client(Site("desk", theatre.base_url, **more), fake.world.time.clock))
        return made[-1]

    yield make
    for one in made:
        one.close()


Make = Callable[..., Client]


@pytest.mark.parametrize(
    ("headers", "at_least", "at_most"),
    [
        pytest.param({"Retry-After": "7"}, 7, 8, id="seconds"),
        pytest.param({"Retry-After": "Mon, 21 Sep 2026 14:14:00 GMT"}, 39, 41, id="a date"),
        pytest.param({"Retry-After": "Mon, 21 Sep 2020 13:34:00 GMT"}, 0, 1, id="a date gone by"),
        pytest.param({}, 1, 3, id="absent"),
        pytest.param({"Retry-After": "-30"}, 1, 3, id="negative"),
        pytest.param({"Retry-After": "soon"}, 1, 3, id="no number"),
        pytest.param({"Retry-After": "1e12"}, 900, 901, id="absurd"),
        pytest.param({"Retry-After": "inf"}, 1, 3, id="without end"),
        pytest.param({"X-RateLimit-Reset": str(BEGIN + 20)}, 19, 21, id="a reset in seconds since 1970"),
        pytest.param({"ratelimit-reset": "12"}, 12, 13, id="a reset in seconds from now"),
        pytest.param({"X-RateLimit-Reset": "2026-09-21T14:13:50Z"}, 29, 31, id="a reset as ISO 8601"),
    ],
)
def test_after_a_429_it_waits_as_long_as_it_is_asked_to(
    client: Make, headers: dict[str, str], at_least: float, at_most: float
) -> None:
    fake = Scripted(Reply(None, 429, headers))
    assert client(fake).get("/a").body == {"ok": True}
    assert at_least <= fake.asked[1].at - fake.asked[0].at <= at_most


@pytest.mark.parametrize(
    "broken",
    [pytest.param(Reply(None, status), id=str(status)) for status in (408, 409, 425, 429, 500, 502, 503, 504)]
    + [pytest.param(kind, id=kind) for kind in ("cut", "reset", "200 half")]
    + [
        pytest.param(Reply("<html>maintenance</html>"), id="a page instead of JSON"),
        pytest.param(Reply('{"a": NaN}'), id="NaN"),
        pytest.param(Reply("[" * 100_000), id="nested too deep"),
        pytest.param(Reply(""), id="an empty body"),
        pytest.param(Reply("x", 200, {"Content-Encoding": "gzip"}), id="gzip cut to nothing"),
    ],
)
def test_what_may_work_later_is_asked_again(client: Make, broken: Reply | str) -> None:
    fake = Scripted(broken, broken)
    assert client(fake).get("/a").body == {"ok": True}
    assert len(fake.asked) == 3


def test_it_gives_up_after_six_tries_and_says_so(client: Make) -> None:
    fake = Scripted(*[Reply(None, 503)] * 20)
    with pytest.raises(RetryError, match=r"desk: GET /a does not work: status 503, after 6 tries"):
        client(fake).get("/a", {"q": "secret customer"})
    assert len(fake.asked) == 6


def test_it_gives_up_when_the_waits_would_last_too_long(client: Make) -> None:
    fake = Scripted(*[Reply(None, 429, {"Retry-After": "800"})] * 20)
    with pytest.raises(RetryError) as caught:
        client(fake).get("/a")
    assert (len(fake.asked), caught.value.retry_after_s) == (3, 800)
    assert sum(fake.world.time.slept) <= TOTAL_S


def test_nobody_there_is_a_retry_error() -> None:
    site = Site("desk", "http://127.0.0.1:9")
    with pytest.raises(RetryError, match="ConnectError"):
        Client(site, World().time.clock).get("/a")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        pytest.param(Reply({"error": "Forbidden"}, 403), "403 Forbidden.*right to read", id="403"),
        pytest.param(Reply({"error": {"code": "no.such"}}, 404), "404 no.such", id="404"),
        pytest.param(Reply({"error": "山田様の件です"}, 422), "422. ", id="a sentence is not repeated"),
        pytest.param(Reply(["x"], 400), "400", id="a list"),
    ],
)
def test_what_is_refused_is_said_at_once(client: Make, reply: Reply, says: str) -> None:
    fake = Scripted(reply)
    with pytest.raises(RefusedError, match=says) as caught:
        client(fake).get("/a")
    assert len(fake.asked) == 1
    assert "山田" not in str(caught.value)


def test_a_status_the_caller_allows_is_an_answer(client: Make) -> None:
    assert client(Scripted(Reply({"error": "gone"}, 404))).get("/a", allow=(404,)).status == 404


def test_a_used_up_quota_ends_the_run(client: Make) -> None:
    def is_quota(answer: Answer) -> bool:
        return bool(answer.body[0]["errorCode"] == "REQUEST_LIMIT_EXCEEDED")

    fake = Scripted(Reply([{"errorCode": "REQUEST_LIMIT_EXCEEDED"}], 403))
    with pytest.raises(QuotaError, match="the next pull goes on"):
        client(fake, is_quota=is_quota).get("/a")
    assert len(fake.asked) == 1


def test_redirects_inside_the_host_are_followed_and_others_are_not(client: Make) -> None:
    inside = Scripted(Reply(None, 302, {"Location": "/b"}))
    assert client(inside).get("/a").body == {"ok": True}
    assert [one.path for one in inside.asked] == ["/a", "/b"]
    for location in ("https://evil.example/b", "http://127.0.0.1:1/b", "//evil.example", ""):
        outside = Scripted(Reply(None, 302, {"Location": location}))
        with pytest.raises(RefusedError, match="another address"):
            client(outside).get("/a")
    with pytest.raises(RefusedError, match="without end"):
        client(Scripted(*[Reply(None, 302, {"Location": "/a"})] * 9)).get("/a")


@pytest.mark.parametrize(
    "path", ["https://evil.example/x", "//evil.example/x", "http://127.0.0.1@evil.example/"]
)
def test_an_address_on_another_host_is_not_asked(client: Make, path: str) -> None:
    fake = Scripted()
    with pytest.raises(RefusedError, match="another host"):
        client(fake, auth=bearer("s3cret"), hosts=(".vendor.example",)).get(path)
    assert fake.asked == []


def test_a_body_over_the_limit_is_refused(client: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.http.client.BODY_LIMIT", 1 << 20)
    with pytest.raises(RefusedError, match="more than") as caught:
        client(Scripted(Reply("x" * 2_000_000))).get("/a")
    assert caught.value.status == 413


def test_a_small_bomb_is_refused_too(client: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.http.client.BODY_LIMIT", 1 << 20)
    bomb = gzip.compress(b" " * 50_000_000).decode("latin-1")
    fake = Scripted()
    fake.replies = [Reply(bomb, 200, {"Content-Encoding": "gzip", "X-Latin": "yes"})]
    with pytest.raises(RefusedError, match="more than"):
        client(fake).get("/a")


def test_the_rate_is_kept_by_lane(client: Make) -> None:
    fake = Scripted()
    asker = client(fake, rates={"": Rate(60, 60), "export": Rate(10, 60)})
    for n in range(30):
        asker.get("/a", lane="export" if n % 3 == 0 else "")
    times = [one.at for one in fake.asked]
    assert max(sum(t <= u < t + 60 for u in times) for t in times) <= 60
    slow = times[::3]
    assert max(sum(t <= u < t + 60 for u in slow) for t in slow) <= 10


def test_it_holds_back_when_nothing_is_left_until_the_reset(client: Make) -> None:
    left = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(BEGIN + 8)}
    fake = Scripted(Reply({}, 200, left))
    asker = client(fake)
    asker.get("/a")
    asker.get("/b")
    assert fake.asked[1].at >= BEGIN + 8


def test_the_vendor_s_clock_counts(client: Make) -> None:
    fake = Scripted()
    fake.world.time.wrong_s = 600
    asker = client(fake)
    asker.get("/a")
    assert abs(asker.now().timestamp() - fake.world.time.at) < 2


def test_no_secret_and_no_query_is_logged(client: Make, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    fake = Scripted(Reply(None, 503))
    client(fake, auth=bearer("t0p-s3cret")).get("/a", {"email": "someone@shop.example"})
    assert "waiting" in caplog.text
    assert "s3cret" not in caplog.text
    assert "shop.example" not in caplog.text
    assert fake.asked[0].headers["user-agent"].startswith("koe")


def test_a_token_no_header_can_carry_is_said() -> None:
    with pytest.raises(SetupError, match="Copy it again"):
        bearer("abc\ndef")


def test_waits_are_never_below_zero_or_above_a_quarter_hour() -> None:
    for text in ("0", "-1", "5", "1e300", "nan", "9" * 400, "Mon, 99 Foo", "\u0665"):
        wait = asked_wait_s({"retry-after": text}, 1e9)
        assert wait is None or 0 <= wait <= 900


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({"error": "RecordNotFound"}, " RecordNotFound", id="zendesk"),
        pytest.param(
            {"type": "error.list", "errors": [{"code": "not_found", "message": "客の文"}]},
            " not_found",
            id="intercom",
        ),
        pytest.param({"code": 3301, "message": "There is no recording"}, " 3301", id="zoom"),
        pytest.param({"code": "GAIA_IA02", "message": "x"}, " GAIA_IA02", id="kintone"),
        pytest.param([{"errorCode": "INVALID_FIELD"}], " INVALID_FIELD", id="salesforce"),
        pytest.param({"status": "error", "category": "MISSING_SCOPES"}, " MISSING_SCOPES", id="hubspot"),
        pytest.param({"error": {"code": "gone"}}, " gone", id="inside"),
        pytest.param({"errors": ["No calls found"], "error": "顧客の言葉です"}, "", id="sentences"),
        pytest.param({"errors": [], "code": True}, "", id="no code"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_the_vendor_s_code_of_an_error_is_said_and_never_its_sentence(body: Any, code: str) -> None:
    assert code_of(body) == code
