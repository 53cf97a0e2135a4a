"""What is peculiar to Jira: its document format, its clock, internal comments, ids that stay."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.text.adf import text_of
from connectors.vendors.jira import Jira, conversation_of
from tests.fake_jira import FakeJira
from tests.source_pulls import desk, pull_all, source_of
from tests.vendor_fake import Stage, stage
from tests.vendor_world import World


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def node(kind: str, *content: Any, **attributes: Any) -> dict[str, Any]:
    return {"type": kind, "content": list(content), "attrs": attributes}


def words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


@pytest.mark.parametrize(
    ("document", "text"),
    [
        pytest.param(None, "", id="null"),
        pytest.param("古い形の\n文", "古い形の\n文", id="plain text"),
        pytest.param(
            node("doc", node("paragraph", words("検索が"), words("遅い"))), "検索が遅い", id="a paragraph"
        ),
        pytest.param(
            node(
                "doc",
                node("paragraph", words("a"), {"type": "hardBreak"}, words("b")),
                node("rule"),
                words("c"),
            ),
            "a\nb\n\nc",
            id="breaks",
        ),
        pytest.param(
            node("doc", node("bulletList", node("listItem", node("paragraph", words("一"))))),
            "一",
            id="a list",
        ),
        pytest.param(
            node("doc", node("paragraph", node("mention", text="@山田"), node("emoji", shortName=":smile:"))),
            "@山田:smile:",
            id="mention and emoji",
        ),
        pytest.param(node("doc", node("mediaSingle", node("media", id="x"))), "", id="an image"),
        pytest.param({"type": "doc", "content": "broken"}, "", id="broken"),
        pytest.param([1, 2], "", id="no document"),
    ],
)
def test_a_document_becomes_text(document: Any, text: str) -> None:
    assert text_of(document) == text


def test_a_document_nested_very_deep_is_read() -> None:
    deep = words("底")
    for _ in range(20_000):
        deep = {"type": "panel", "content": [deep]}
    assert text_of(deep) == "底"


def bundle(*comments: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "summary": "検索",
        "description": "遅い",
        "created": "2026-09-01T09:00:00.000+0900",
        "updated": "2026-09-01T09:00:00.000+0900",
        "status": {"name": "待ち"},
        "labels": ["速さ"],
        "reporter": {"accountId": "c", "displayName": "客", "accountType": "customer"},
        "customfield_1": [{"id": "7", "name": "港の本屋"}],
    }
    issue = {"id": "10042", "key": "SUP-3", "fields": fields}
    return {"issue": issue, "organizations_field": "customfield_1", "comments": list(comments)}


def comment(account: str, kind: str, text: str, **more: Any) -> dict[str, Any]:
    author = {"accountId": account, "displayName": account, "accountType": kind}
    return {"author": author, "body": text, "created": "2026-09-01T10:00:00.000+0900", **more}


def test_an_issue_is_a_conversation() -> None:
    comments = [
        comment("a", "atlassian", "調べます", jsdPublic=True),
        comment("a", "atlassian", "内緒", jsdPublic=False),
        comment("a", "atlassian", "役割の人だけ", visibility={"type": "role", "value": "Administrators"}),
        comment("c", "atlassian", "まだ", jsdPublic=True),
        comment("b", "app", "自動"),
    ]
    found = conversation_of(bundle(*comments), "desk", (), set())
    assert [(turn.role, turn.text) for turn in found.turns] == [
        ("customer", "遅い"),
        ("agent", "調べます"),
        ("customer", "まだ"),
        ("other", "自動"),
    ]
    assert (found.external_id, found.tags, found.account.name) == ("10042", ("SUP-3", "速さ"), "港の本屋")
    assert found.created_at == datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "moment", "asked"),
    [
        pytest.param("Asia/Tokyo", "2026-09-21T00:30:00+00:00", '"2026/09/21 09:30"', id="Tokyo"),
        pytest.param("America/New_York", "2026-11-01T05:30:00+00:00", '"2026/11/01 00:30"', id="put back"),
        pytest.param("America/New_York", "2026-03-08T07:30:00+00:00", '"2026/03/08 01:30"', id="put forward"),
    ],
)
def test_time_is_asked_on_the_asker_s_clock(
    zone: str, moment: str, asked: str, theatre: Stage, tmp_path: Path
) -> None:
    fake = FakeJira(World())
    with desk(tmp_path, fake, theatre) as ws:
        vendor = source_of(ws, fake).vendor
        assert isinstance(vendor, Jira)
        vendor._zone = ZoneInfo(zone)
        assert vendor._jql_time(datetime.fromisoformat(moment)) == asked


def test_the_projects_of_the_settings_and_no_others_are_asked_for(theatre: Stage, tmp_path: Path) -> None:
    fake = FakeJira(World())
    fake.world.open()
    with desk(tmp_path, fake, theatre, projects=["SUP", "HELP_2"]) as ws:
        pull_all(ws, fake)
    (asked,) = {one.body["jql"].partition(" AND")[0] for one in fake.asked if one.path.endswith("/jql")}
    assert asked == 'project in ("SUP", "HELP_2")'
