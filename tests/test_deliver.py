"""Each edition of a week goes out once on each channel, whatever breaks on the way."""

import email
import email.policy
import hashlib
import hmac
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from connectors.channels.channel import Channel, open_channel, open_channels
from koe import faults
from koe.deliver import deliver, due_weeks
from koe.errors import SetupError
from koe.ledger.exchange import delivery
from koe.publish import publish
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.channel_fakes import Post, Web, post_office, web
from tests.report_week import made_week

WEEK = "2026-W45"


@pytest.fixture
def slack() -> Iterator[Web]:
    with web() as fake:
        yield fake


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as office:
        yield office


def opened(tmp_path: Path, **channels: dict[str, object]) -> Workspace:
    """A workspace with these channels and one published week."""
    ws = open_workspace(Settings.model_validate({"home": tmp_path / "koe", "channels": channels}))
    _, facts, digest = made_week()
    publish(ws, facts, digest.model_copy(update={"state": "guarded"}))
    return ws


def revise(ws: Workspace, tmp_path: Path) -> None:
    """Give the week out again with one ticket more."""
    _, facts, digest = made_week()
    volumes = facts.volumes.model_copy(update={"tickets": facts.volumes.tickets + 1})
    publish(ws, facts.model_copy(update={"volumes": volumes}), digest)


def slack_to(fake: Web, *editions: str) -> dict[str, object]:
    return {
        "type": "slack",
        "channel": "C1",
        "token": "xoxb-canary",
        "base_url": f"{fake.url}/api/",
        "editions": editions or ("developers",),
    }


def channel_of(ws: Workspace) -> list[Channel]:
    channels, wrong = open_channels(ws.settings)
    assert wrong == []
    return channels


def outcomes(ws: Workspace, again: bool = False) -> list[str]:
    return [one.outcome for one in deliver(ws, channel_of(ws), WEEK, again)]


def state_of(ws: Workspace) -> tuple[str, str | None]:
    with ws.ledger.connect() as conn:
        row = conn.execute(sa.select(delivery.c.state, delivery.c.receipt)).one()
    return row.state, row.receipt


def test_a_week_is_posted_once_and_stays_so(tmp_path: Path, slack: Web) -> None:
    ws = opened(tmp_path, dev=slack_to(slack))
    assert outcomes(ws) == ["delivered"]
    assert outcomes(ws) == ["already"]
    assert len(slack.messages) == 1
    assert state_of(ws) == ("delivered", "C1:1700000000.000100")


def test_a_later_revision_edits_the_message_in_place(tmp_path: Path, slack: Web) -> None:
    ws = opened(tmp_path, dev=slack_to(slack))
    outcomes(ws)
    revise(ws, tmp_path)
    assert due_weeks(ws, channel_of(ws), "2026-W30") == ["2026-W30", WEEK]
    assert outcomes(ws) == ["replaced"]
    assert len(slack.messages) == 1
    assert due_weeks(ws, channel_of(ws), WEEK) == [WEEK]


def test_every_text_in_a_message_is_plain(tmp_path: Path, slack: Web) -> None:
    ws = opened(tmp_path, dev=slack_to(slack, "developers", "support", "sales", "content", "management"))
    outcomes(ws)
    assert len(slack.messages) == 5
    for message in slack.messages:
        blocks = message["blocks"]
        assert {block["text"]["type"] for block in blocks} == {"plain_text"}
        assert len(blocks) <= 50
        assert sum(len(block["text"]["text"]) for block in blocks) <= 13_000
        assert (message["unfurl_links"], message["unfurl_media"], message["parse"]) == (
            False,
            False,
            "none",
        )


@pytest.mark.parametrize("step", ["429:0", "429:1"])
def test_a_rate_limit_is_waited_for_and_posts_once(tmp_path: Path, slack: Web, step: str) -> None:
    slack.script = [step]
    ws = opened(tmp_path, dev=slack_to(slack))
    assert outcomes(ws) == ["delivered"]
    assert len(slack.messages) == 1


@pytest.mark.parametrize("step", ["429:3600", "500"])
def test_a_channel_that_is_down_is_tried_again_and_blocks_nobody(
    tmp_path: Path, slack: Web, step: str
) -> None:
    slack.script = [step]
    (tmp_path / "share").mkdir()
    folder = {"type": "folder", "path": str(tmp_path / "share"), "editions": ("sales",)}
    ws = opened(tmp_path, dev=slack_to(slack), share=folder)
    assert outcomes(ws) == ["failed", "delivered"]
    assert (tmp_path / "share" / WEEK / "sales.html").is_file()
    assert outcomes(ws) == ["delivered", "already"]
    assert len(slack.messages) == 1


def test_a_message_that_got_through_before_the_line_broke_is_found_again(tmp_path: Path, slack: Web) -> None:
    slack.script = ["drop"]
    ws = opened(tmp_path, dev=slack_to(slack))
    assert outcomes(ws) == ["failed"]
    assert len(slack.messages) == 1
    assert outcomes(ws) == ["replaced"]
    assert len(slack.messages) == 1


def test_what_nobody_can_tell_is_not_sent_twice(tmp_path: Path, slack: Web) -> None:
    slack.script, slack.may_read = ["drop"], False
    ws = opened(tmp_path, dev=slack_to(slack))
    assert outcomes(ws) == ["failed"]
    assert outcomes(ws) == ["unsure"]
    assert len(slack.messages) == 1
    assert outcomes(ws, again=True) == ["delivered"]
    assert len(slack.messages) == 2


@pytest.mark.parametrize("place", [1, 2])
def test_a_run_killed_while_it_sends_leaves_one_message(tmp_path: Path, slack: Web, place: int) -> None:
    ws = opened(tmp_path, dev=slack_to(slack))
    ws.close()
    child = os.fork()
    if not child:
        try:
            faults.arm(place)
            inner = open_workspace(ws.settings)
            deliver(inner, channel_of(inner), WEEK)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    again = open_workspace(ws.settings)
    assert outcomes(again) == ["delivered" if place == 1 else "replaced"]
    assert len(slack.messages) == 1
    assert state_of(again)[0] == "delivered"


def test_a_refusal_names_the_next_move_and_no_token(tmp_path: Path, slack: Web) -> None:
    slack.script = ["deny"]
    ws = opened(tmp_path, dev=slack_to(slack))
    (told,) = deliver(ws, channel_of(ws), WEEK)
    assert told.outcome == "failed"
    assert "scopes" in told.reason
    assert "canary" not in told.line()


def test_a_held_week_waits(tmp_path: Path, slack: Web) -> None:
    ws = opened(tmp_path, dev=slack_to(slack))
    _, facts, digest = made_week()
    held = digest.model_copy(update={"state": "held", "held_for": ("dropped proposals: 1",)})
    publish(ws, facts.model_copy(update={"wins": facts.wins + 1}), held)
    assert outcomes(ws) == ["held"]
    assert slack.messages == []


def mail_to(office: Post, **more: object) -> dict[str, object]:
    return {
        "type": "mail",
        "host": "127.0.0.1",
        "port": office.port,
        "tls": "none",
        "sender": "koe <koe@example.com>",
        "to": ("a@example.com", "b@example.com"),
        "editions": ("support",),
        **more,
    }


def test_a_mail_has_text_html_and_the_same_id_on_every_try(tmp_path: Path, post: Post) -> None:
    post.script = ["451 later", "250 kept"]
    ws = opened(tmp_path, box=mail_to(post))
    assert outcomes(ws) == ["failed"]
    assert outcomes(ws) == ["delivered"]
    assert outcomes(ws, again=True) == ["delivered"]
    first, second = (email.message_from_bytes(mail, policy=email.policy.default) for mail in post.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert "サポート" in first["Subject"]
    body = first.get_body(("plain",))
    assert body is not None
    assert "よくある質問の候補" in body.get_content()
    assert first.get_body(("html",)) is not None
    assert post.mails[0] == post.mails[1]


def test_a_week_is_mailed_once_also_when_a_revision_follows(tmp_path: Path, post: Post) -> None:
    ws = opened(tmp_path, box=mail_to(post))
    outcomes(ws)
    revise(ws, tmp_path)
    assert outcomes(ws) == ["kept"]
    assert due_weeks(ws, channel_of(ws), "2026-W50") == ["2026-W50"]
    assert len(post.mails) == 1


def test_addresses_that_are_refused_are_named(tmp_path: Path, post: Post) -> None:
    post.refuse = {"b@example.com"}
    ws = opened(tmp_path, box=mail_to(post))
    assert outcomes(ws) == ["delivered"]
    assert "b@example.com" in str(state_of(ws)[1])


def test_mail_in_the_clear_is_for_this_machine_only(tmp_path: Path) -> None:
    settings = {
        "type": "mail",
        "host": "mail.example.com",
        "tls": "none",
        "sender": "a@b.c",
        "to": ("d@e.f",),
    }
    ws = opened(tmp_path, box=settings)
    with pytest.raises(SetupError, match="in the clear"):
        open_channel("box", ws.settings)


def test_a_webhook_is_signed_and_says_which_letter_it_is(tmp_path: Path, slack: Web) -> None:
    hook = {"type": "webhook", "url": f"{slack.url}/in", "secret": "s3cret", "editions": ("management",)}
    ws = opened(tmp_path, hook=hook)
    assert outcomes(ws) == ["delivered"]
    ((_, headers, body),) = slack.requests
    expected = hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    assert headers["Koe-Signature"] == f"v1={expected}"
    assert headers["Idempotency-Key"] == f"hook-management-{WEEK.lower()}-r1"
    assert json.loads(body)["week"] == WEEK


@pytest.mark.parametrize(("step", "word"), [("500", "tried again"), ("deny", "Check its address")])
def test_a_webhook_that_does_not_take_it_is_said(tmp_path: Path, slack: Web, step: str, word: str) -> None:
    slack.script = [step]
    hook = {"type": "webhook", "url": f"{slack.url}/in", "secret": "s"}
    ws = opened(tmp_path, hook=hook)
    (told,) = deliver(ws, channel_of(ws), WEEK)
    assert told.outcome == "failed"
    assert word in told.reason


def test_a_webhook_without_tls_is_refused(tmp_path: Path) -> None:
    ws = opened(tmp_path, hook={"type": "webhook", "url": "http://example.com/x", "secret": "s"})
    channels, wrong = open_channels(ws.settings)
    assert channels == []
    assert "https" in wrong[0]


def test_a_channel_without_its_secret_stops_no_other(tmp_path: Path) -> None:
    share = {"type": "folder", "path": "share", "editions": ("sales",)}
    ws = opened(tmp_path, dev={"type": "slack", "channel": "C1"}, share=share)
    channels, wrong = open_channels(ws.settings)
    assert [one.name for one in channels] == ["share"]
    assert "SLACK_BOT_TOKEN" in wrong[0]
    assert [one.outcome for one in deliver(ws, channels, WEEK)] == ["delivered"]


def test_a_share_that_is_not_mounted_is_told_and_not_filled_here(tmp_path: Path) -> None:
    share = {"type": "folder", "path": str(tmp_path / "mount" / "koe"), "editions": ("sales",)}
    ws = opened(tmp_path, share=share)
    assert outcomes(ws) == ["failed"]
    assert not (tmp_path / "mount").exists()
    (tmp_path / "mount" / "koe").mkdir(parents=True)
    assert outcomes(ws) == ["delivered"]
