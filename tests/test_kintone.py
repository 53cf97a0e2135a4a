"""What is peculiar to kintone: field codes of the customer's own, minutes, values of every type."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.vendors.kintone import conversation_of
from koe.errors import SetupError, SkipError
from koe.records import Conversation
from koe.settings import load_settings
from tests.fake_kintone import FakeKintone
from tests.source_pulls import desk, held, pull_all, truth
from tests.vendor_fake import Stage, stage
from tests.vendor_world import World

TOKYO = ZoneInfo("Asia/Tokyo")
MAP = {
    "title": "件名",
    "text": "内容",
    "contact": "担当",
    "account_name": "会社",
    "tags": "分類",
    "created_at": "受付日",
}


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def record(**more: Any) -> dict[str, Any]:
    values = {
        "$id": {"type": "__ID__", "value": "12"},
        "内容": {"type": "MULTI_LINE_TEXT", "value": "検索が遅い\n毎朝です"},
        "件名": {"type": "SINGLE_LINE_TEXT", "value": "検索"},
        "担当": {"type": "USER_SELECT", "value": [{"code": "n.c", "name": "野中 凪"}]},
        "会社": {"type": "SINGLE_LINE_TEXT", "value": "港の本屋"},
        "分類": {"type": "CHECK_BOX", "value": ["検索", "速さ"]},
        "受付日": {"type": "DATE", "value": "2026-09-14"},
        "作成": {"type": "CREATED_TIME", "value": "2026-09-15T00:00:00Z"},
        "更新": {"type": "UPDATED_TIME", "value": "2026-09-16T00:00:00Z"},
    }
    return {**values, **{code: {"type": "X", "value": value} for code, value in more.items()}}


def understood(body: dict[str, Any], odd: set[str] | None = None) -> Conversation:
    return conversation_of(body, "desk", (MAP, TOKYO), set() if odd is None else odd)


def test_a_record_is_a_conversation() -> None:
    found = understood(record())
    assert [(turn.role, turn.name, turn.text) for turn in found.turns] == [
        ("customer", "野中 凪", "検索が遅い\n毎朝です")
    ]
    assert (found.external_id, found.title, found.tags) == ("12", "検索", ("検索", "速さ"))
    assert (found.account.id, found.account.name) == ("港の本屋", "港の本屋")
    assert found.created_at == datetime(2026, 9, 13, 15, tzinfo=UTC)
    assert found.updated_at == datetime(2026, 9, 16, tzinfo=UTC)


def test_a_day_that_is_empty_leaves_the_time_the_record_was_made() -> None:
    assert understood(record(受付日=None)).created_at == datetime(2026, 9, 15, tzinfo=UTC)


def test_a_field_whose_code_was_changed_is_noted() -> None:
    body = record()
    body["会社名"] = body.pop("会社")
    odd: set[str] = set()
    assert understood(body, odd).account.id.startswith("person-")
    assert odd == {"会社 (absent)"}


def test_a_person_s_name_is_no_account() -> None:
    found = understood(record(会社=None)).account
    assert "野中" not in found.id + found.name


def test_a_record_without_a_number_cannot_be_used() -> None:
    with pytest.raises(SkipError, match=r"\$id"):
        understood(record(**{"$id": None}))


def test_a_field_the_app_has_not_stops_the_pull_with_what_it_has(theatre: Stage, tmp_path: Path) -> None:
    fake = FakeKintone(World())
    fields = {"text": "本文", "contact": "担当者"}
    with desk(tmp_path, fake, theatre, fields=fields) as ws, pytest.raises(SetupError) as caught:
        pull_all(ws, fake)
    assert "has no field '本文' (fields.text). It has お問い合わせ内容, " in str(caught.value)


def test_more_records_in_one_minute_than_a_page_has(theatre: Stage, tmp_path: Path) -> None:
    world = World()
    for n in range(25):
        world.open(f"件 {n}")
    world.time.at += 3600
    fake = FakeKintone(world, page_size=4)
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 25
        assert held(ws) == truth(fake)


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        pytest.param("app = 7\nfields = {text = '内容'}", "needs 'text' and one of", id="no account"),
        pytest.param("app = 7\nfields = {text = 'a', mail = 'b'}", "'mail' is no field", id="unknown field"),
        pytest.param("app = 0\nfields = {text = 'a', contact = 'b'}", "app", id="no app"),
        pytest.param("fields = {text = 'a', contact = 'b'}", "app", id="app missing"),
    ],
)
def test_wrong_settings_are_one_clear_line(toml: str, says: str, tmp_path: Path) -> None:
    head = "[sources.desk]\ntype = 'kintone'\nsubdomain = 'acme'\ntoken_env = 'T'\n"
    (tmp_path / "koe.toml").write_text(head + toml, "utf-8")
    with pytest.raises(SetupError, match=says) as caught:
        load_settings(tmp_path)
    assert "\n" not in str(caught.value)
