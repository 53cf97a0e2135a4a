"""What is peculiar to Salesforce: merged accounts, the day's requests, purged records, days of closing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.http.limits import Clock
from connectors.http.opening import Opening
from connectors.vendors.crm_ids import whole_id
from connectors.vendors.salesforce_records import call_of, deal_of
from koe.errors import SetupError, SkipError
from koe.ledger.schema import conversation, cursor, deal
from koe.settings.sources import SalesforceSettings
from tests.deal_world import SalesWorld
from tests.fake_salesforce import FakeSalesforce
from tests.source_pulls import desk, held, pull_all, rows_of, source_of
from tests.vendor_fake import Stage, stage

DAY = 86_400


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def opening(**more: Any) -> Opening[SalesforceSettings]:
    settings = SalesforceSettings(type="salesforce", domain="acme", token="t", currency="JPY", **more)
    return Opening("crm", settings, ZoneInfo("Asia/Tokyo"), Path(), Clock(), ("山田",))


def opportunity(**more: Any) -> dict[str, Any]:
    return {
        "Id": "0065g00000ABCdeAAF",
        "Name": "刷新",
        "StageName": "交渉",
        "IsClosed": False,
        "IsWon": False,
        "Amount": 1200000.0,
        "CloseDate": "2026-09-30",
        "CreatedDate": "2026-08-01T00:00:00.000+0000",
        "AccountId": "001A",
        "Account": {"Name": "港の本屋", "Industry": "小売"},
        "Owner": {"Name": "佐藤"},
        **more,
    }


@pytest.mark.parametrize(
    ("closed", "won", "outcome", "closed_at"),
    [
        pytest.param(True, True, "won", "2026-09-29 15:00:00+00:00", id="won, on a day in Tokyo"),
        pytest.param(True, False, "lost", "2026-09-29 15:00:00+00:00", id="lost"),
        pytest.param(False, False, "open", "None", id="the date of an open one is a hope"),
    ],
)
def test_the_outcome_and_the_day(closed: bool, won: bool, outcome: str, closed_at: str) -> None:
    found = deal_of(opportunity(IsClosed=closed, IsWon=won), opening(), set())
    assert (found.outcome, str(found.closed_at)) == (outcome, closed_at)
    assert (found.currency, found.industry, found.owner) == ("JPY", "小売", "佐藤")


def test_nulls_are_empty() -> None:
    odd: set[str] = set()
    nothing = opportunity(Amount=None, CloseDate=None, AccountId=None, Account=None, IsClosed=True)
    found = deal_of(nothing, opening(loss_reason="Loss__c"), odd)
    assert (found.amount, found.closed_at, found.account.name, found.loss_reason) == (None, None, "", None)
    assert odd == set()


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        pytest.param("0065g00000ABCde", "0065g00000ABCdeAAH", id="15 letters"),
        pytest.param("0065g00000ABCdeAAH", "0065g00000ABCdeAAH", id="18 letters"),
        pytest.param("12", "12", id="no id of Salesforce"),
    ],
)
def test_ids_of_15_letters_are_made_whole(short: str, whole: str) -> None:
    assert whole_id(short) == whole


def event(text: str, **more: Any) -> dict[str, Any]:
    made = {"StartDateTime": "2026-09-01T00:00:00.000+0000", "CreatedDate": "2026-09-02T00:00:00.000+0000"}
    return {
        "Id": "00U1",
        "Subject": "商談",
        "Description": text,
        "Owner": {"Name": "佐藤 花子"},
        **made,
        **more,
    }


def test_an_event_belongs_to_the_opportunity_it_is_about_and_to_nothing_else() -> None:
    talk = "[00:01] 佐藤: どうも\n[00:04] 井上: 遅い"
    about = {"WhatId": "006000000000001", "What": {"Type": "Opportunity"}}
    assert call_of(event(talk, **about), opening(), set()).deal == "006000000000001AAA"
    assert call_of(event(talk, WhatId="500", What={"Type": "Case"}), opening(), set()).deal is None
    assert [turn.role for turn in call_of(event(talk), opening(), set()).turns] == ["agent", "customer"]


def test_a_description_as_miitel_writes_it_has_two_sides() -> None:
    talk = "0:00 (ユーザー) どうも\n0:04 (取引先) 遅い\n1:00:09 (ユーザー) 調べます"
    found = call_of(event(talk), opening(), set())
    assert [(turn.role, turn.text) for turn in found.turns] == [
        ("agent", "どうも"),
        ("customer", "遅い"),
        ("agent", "調べます"),
    ]


def test_a_memo_is_nobody_s_words_but_ours() -> None:
    with pytest.raises(SkipError):
        call_of(event("次回は見積。担当は前向き。"), opening(), set())


def selling(page_size: int = 2) -> FakeSalesforce:
    world = SalesWorld()
    shop, mill = world.company("港の本屋"), world.company("丘の製粉所", "製造")
    world.sell(shop)
    world.time.at += 60
    world.sell(mill)
    world.open("検索が遅い")
    world.call_sales[1] = 70_000_001
    world.time.at += 3600
    return FakeSalesforce(world, page_size)


def deals_of(ws: Any) -> dict[str, tuple[Any, ...]]:
    names = ("name", "outcome", "account_name", "industry", "amount")
    rows = [row for row in rows_of(ws, deal) if not row["withdrawn"]]
    return {row["external_id"]: tuple(row[name] for name in names) for row in rows}


def test_deals_and_their_calls_come_in(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre, loss_reason="Loss__c") as ws:
        fake.world.end(70_000_002, "lost")  # type: ignore[attr-defined]
        assert pull_all(ws, fake).new == 3
        assert deals_of(ws) == fake.world.sales_truth()  # type: ignore[attr-defined]
        (row,) = rows_of(ws, conversation)
        assert (row["deal_id"], row["outcome"]) == ("desk:70000001", "open")
        assert [row["loss_reason"] for row in rows_of(ws, deal)] == [None, "高い"]
        assert all("Loss__c" in query for query, _ in fake.queries if "FROM Opportunity WHERE Sys" in query)
        assert [one.ok for one in source_of(ws, fake).check()] == [True] * 4


def test_a_reason_field_that_is_not_there_is_said(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre, loss_reason="Nix__c") as ws, pytest.raises(SetupError, match="Nix__c"):
        pull_all(ws, fake)


def test_what_a_merged_account_leaves_is_the_other_account_s(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    world = fake.world
    assert isinstance(world, SalesWorld)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        world.time.at += DAY
        world.companies[90_000_001].merged_into = 90_000_002
        world.sales[70_000_001].company = 90_000_002
        fake.accounts_touched = {90_000_001: int(world.time.at), 90_000_002: int(world.time.at)}
        world.time.at += 3600
        pull_all(ws, fake)
        assert deals_of(ws)["70000001"][2] == "丘の製粉所"


def test_when_the_day_s_requests_are_used_up_the_pull_ends_and_the_next_goes_on(
    theatre: Stage, tmp_path: Path
) -> None:
    fake = selling(page_size=1)
    with desk(tmp_path, fake, theatre) as ws:
        fake.happens = {4: lambda: setattr(fake, "is_over", True)}
        done = pull_all(ws, fake)
        assert any("allowance is used up" in note for note in done.notes)
        assert 0 < done.new < 3
        before = rows_of(ws, cursor)
        pull_all(ws, fake)
        assert rows_of(ws, cursor) == before
        assert fake.world.time.slept == [] or max(fake.world.time.slept) < 60
        fake.is_over = False
        fake.world.time.at += DAY
        pull_all(ws, fake)
        assert deals_of(ws) == fake.world.sales_truth()  # type: ignore[attr-defined]
        assert held(ws).keys() == {"1"}


def test_the_last_tenth_of_the_day_is_left_to_others(theatre: Stage, tmp_path: Path) -> None:
    fake = selling(page_size=1)
    fake.used = 95
    with desk(tmp_path, fake, theatre) as ws:
        done = pull_all(ws, fake)
        assert "95% of the organization's requests of a day are used" in done.notes[0]
        asked = len(fake.asked)
        assert asked <= 3
        fake.used = 10
        pull_all(ws, fake)
        assert deals_of(ws) == fake.world.sales_truth()  # type: ignore[attr-defined]


def test_a_purged_record_is_withdrawn_within_a_week(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.purged = {70_000_001}
        fake.world.time.at += 8 * DAY
        assert pull_all(ws, fake).withdrawn == 1
        assert deals_of(ws).keys() == {"70000002"}
        assert rows_of(ws, conversation)[0]["outcome"] is None


def test_more_rows_of_one_second_than_an_answer_holds_come_by_the_next_address(
    theatre: Stage, tmp_path: Path
) -> None:
    world = SalesWorld()
    shop = world.company()
    for _ in range(25):
        world.sell(shop)
    world.time.at += 3600
    fake = FakeSalesforce(world, page_size=4)
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 25
        assert any(fake.has_token(one) for one in fake.asked)


def test_what_recorders_write_into_a_field_of_their_own_is_read(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    fake.has_field = True
    with desk(tmp_path / "a", fake, theatre, transcript="Talk__c") as ws:
        pull_all(ws, fake)
        assert held(ws).keys() == fake.world.truth().keys() != set()
    with desk(tmp_path / "b", fake, theatre) as ws:
        pull_all(ws, fake)
        assert held(ws) == {}


def test_a_field_for_transcripts_that_is_not_there_is_said(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with (
        desk(tmp_path, fake, theatre, transcript="Wrong__c") as ws,
        pytest.raises(SetupError, match=r"Event has no field 'Wrong__c' that the user sees \(transcript\)"),
    ):
        pull_all(ws, fake)
