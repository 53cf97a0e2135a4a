"""What koe posts, read back from our fake of Slack by slack_sdk and judged by its models of messages."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.models.blocks import Block, HeaderBlock, SectionBlock
from slack_sdk.models.metadata import Metadata

from connectors.channels.slack import blocks_of
from koe.editions.shape import EDITIONS, Edition, Entry, Part, Voice
from tests.channel_fakes import Web, web
from tests.foreign import waits
from tests.test_deliver import opened, outcomes, revise, slack_to

__all__ = ["waits"]
FOLDER = os.environ.get("KOE_VENDOR_SPECS", "")


@pytest.fixture
def slack() -> Iterator[Web]:
    with web() as fake:
        yield fake


def client_of(fake: Web) -> WebClient:
    return WebClient(
        "xoxb-canary", base_url=f"{fake.url}/api/", retry_handlers=[RateLimitErrorRetryHandler(3)]
    )


def judged(block: dict[str, Any]) -> Block:
    """A block as slack_sdk understands it. Raises for one that Slack refuses."""
    found = Block.parse(block)
    assert isinstance(found, HeaderBlock | SectionBlock)
    assert found.to_dict() == block
    assert block["text"]["text"]
    return found


def test_slack_sdk_reads_back_every_edition_that_was_posted(tmp_path: Path, slack: Web) -> None:
    ws = opened(tmp_path, dev=slack_to(slack, *EDITIONS))
    outcomes(ws)
    found = client_of(slack).conversations_history(channel="C1", include_all_metadata=True)["messages"]
    assert len(found) == len(EDITIONS)
    for message, name in zip(reversed(found), EDITIONS, strict=True):
        assert [judged(block) for block in message["blocks"]]
        told = Metadata(**message["metadata"])
        assert (told.event_type, told.event_payload) == ("koe_edition", {"place": f"{name}-2026-w45"})
        assert 0 < len(message["text"]) <= 4_000


def test_what_a_bot_attached_is_shown_to_those_who_ask_for_it(tmp_path: Path, slack: Web) -> None:
    ws = opened(tmp_path, dev=slack_to(slack))
    outcomes(ws)
    assert "metadata" not in client_of(slack).conversations_history(channel="C1")["messages"][0]


def test_slack_sdk_waits_for_the_fake_and_reads_its_refusals(slack: Web, waits: list[float]) -> None:
    slack.script = ["429:7"]
    assert client_of(slack).conversations_history(channel="C1")["ok"]
    assert len(waits) == 1 and 7 <= waits[0] < 9
    slack.may_read = False
    with pytest.raises(SlackApiError, match="missing_scope"):
        client_of(slack).conversations_history(channel="C1")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400).map(lambda text: text * 9)
LINE = TEXT.filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(title=LINE, summary=TEXT, entries=st.lists(st.tuples(LINE, TEXT, TEXT), max_size=30))
def test_whatever_customers_write_slack_s_own_models_take_it(
    title: str, summary: str, entries: list[tuple[str, str, str]]
) -> None:
    many = tuple(
        Entry(title=head, figures=(figure,), voices=(Voice(text=words, source=figure),) * 3)
        for head, figure, words in entries
    )
    parts = (Part(title=title, entries=many), Part(title="空", none="ありません"))
    edition = Edition(
        name="sales",
        week="2026-W45",
        revision=1,
        language="ja",
        title=title,
        period="2026-11-02",
        summary=(summary,),
        parts=parts,
        footer=("以上",),
    )
    blocks = blocks_of(edition)
    assert [judged(block) for block in blocks] and len(blocks) <= 50
    assert sum(len(block["text"]["text"]) for block in blocks) <= 13_000


@pytest.mark.skipif(not FOLDER, reason="KOE_VENDOR_SPECS names no folder of vendor contracts")
def test_every_field_that_is_posted_is_one_that_slack_s_contract_names(tmp_path: Path, slack: Web) -> None:
    ws = opened(tmp_path, dev=slack_to(slack))
    outcomes(ws)
    revise(ws, tmp_path)
    outcomes(ws)
    paths = json.loads((Path(FOLDER) / "slack-swagger2.json").read_text("utf-8"))["paths"]
    kinds = {"boolean": bool, "string": str}
    asked = [(path.removeprefix("/api"), json.loads(body)) for path, _, body in slack.requests]
    assert [path for path, _ in asked] == ["/chat.postMessage", "/chat.update"]
    for path, body in asked:
        known = {one["name"]: one for one in paths[path]["post"]["parameters"] if one["in"] == "formData"}
        assert set(body) - set(known) == {"metadata"}, "newer than the contract"
        assert {name for name, one in known.items() if one.get("required")} <= set(body)
        plain = {name: value for name, value in body.items() if name not in ("metadata", "blocks")}
        assert {
            name for name, value in plain.items() if not isinstance(value, kinds[known[name]["type"]])
        } == set()
