"""What is peculiar to HubSpot: stages, associations, merged deals, many rows of one second, memos."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.http.limits import Clock
from connectors.http.opening import Opening
from connectors.vendors.hubspot_records import call_of, deal_of, merged_ids, primary
from koe.errors import RetryError, SkipError
from koe.ledger.schema import conversation, deal
from koe.records import Deal
from koe.settings.sources import HubspotSettings
from tests.deal_world import SalesWorld
from tests.fake_hubspot import FakeHubspot
from tests.source_pulls import desk, held, pull_all, rows_of, source_of
from tests.vendor_fake import Asked, Reply, Stage, stage

DAY = 86_400


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def opening() -> Opening[HubspotSettings]:
    settings = HubspotSettings(type="hubspot", token="t", currency="JPY")
    return Opening("crm", settings, ZoneInfo("Asia/Tokyo"), Path(), Clock(), ("山田",))


def understood(stage_of: Any = None, company: Any = None, **properties: Any) -> Deal:
    body = {"deal": {"id": "7", "properties": properties}, "stage": stage_of, "company": company}
    return deal_of(body, opening(), set())


def stage_with(probability: str) -> dict[str, Any]:
    return {"id": "s", "label": "段階", "metadata": {"probability": probability}}


@pytest.mark.parametrize(
    ("properties", "probability", "outcome"),
    [
        pytest.param({"hs_is_closed_won": "true", "hs_is_closed": "true"}, "0.2", "won", id="won"),
        pytest.param({"hs_is_closed_won": "false", "hs_is_closed": "true"}, "0.2", "lost", id="lost"),
        pytest.param({"hs_is_closed_won": "false", "hs_is_closed": "false"}, "1.0", "open", id="open"),
        pytest.param({"hs_is_closed_won": None}, "1.0", "won", id="won by its stage"),
        pytest.param({"hs_is_closed_won": "false"}, "0.0", "lost", id="lost by its stage"),
        pytest.param({}, "0.5", "open", id="open by its stage"),
    ],
)
def test_the_outcome_is_what_hubspot_computes_else_the_stage_s(
    properties: dict[str, Any], probability: str, outcome: str
) -> None:
    assert understood(stage_with(probability), **properties).outcome == outcome


def test_a_deal_whose_pipeline_was_deleted_keeps_its_outcome_and_names_the_stage_s_id() -> None:
    found = understood(None, hs_is_closed_won="true", dealstage="s9")
    assert (found.outcome, found.stage) == ("won", "s9")


def test_nulls_are_empty_and_an_open_deal_has_no_closing_date() -> None:
    found = understood(dealname=None, amount=None, closedate="2027-01-01T00:00:00Z", hs_is_closed="false")
    assert (found.name, found.amount, found.currency, found.closed_at) == ("", None, "JPY", None)


def test_the_reason_is_kept_of_lost_deals_alone() -> None:
    lost = understood(hs_is_closed="true", hs_is_closed_won="false", closed_lost_reason="高い")
    won = understood(hs_is_closed="true", hs_is_closed_won="true", closed_lost_reason="高い")
    assert (lost.loss_reason, won.loss_reason) == ("高い", None)


def link(key: int, label: str | None = None) -> dict[str, Any]:
    return {"toObjectId": key, "associationTypes": [{"typeId": 341, "label": label}]}


@pytest.mark.parametrize(
    ("links", "found"),
    [
        pytest.param([link(20), link(9)], "9", id="the smallest id, as a number"),
        pytest.param([link(9), link(20, "Primary")], "20", id="the primary one"),
        pytest.param([link(9), link(9, "Buyer")], "9", id="one for each label"),
        pytest.param([], "", id="none"),
    ],
)
def test_a_deal_of_two_companies_is_the_primary_one_s(links: list[dict[str, Any]], found: str) -> None:
    assert primary(links) == found


def test_merged_ids_are_read_however_they_are_parted() -> None:
    told = {"properties": {"hs_merged_object_ids": "12; 13,x"}}
    assert merged_ids(told) == ["12", "13"]


def call(text: str, **more: Any) -> dict[str, Any]:
    properties = {"hs_call_body": text, "hs_timestamp": "2026-09-01T00:00:00Z", "hs_call_title": "商談"}
    owner = {"id": "5", "firstName": "花子", "lastName": "佐藤"}
    return {"call": {"id": "3", "properties": properties}, "owner": owner, "deals": [], **more}


def test_speakers_of_a_transcript_are_told_by_the_owner_and_our_agents() -> None:
    found = call_of(
        call("[00:01] 佐藤 花子: どうも<br>[00:05] 井上: 遅い<br>[00:09] 山田: はい"), opening(), set()
    )
    assert [(turn.role, turn.text) for turn in found.turns] == [
        ("agent", "どうも"),
        ("customer", "遅い"),
        ("agent", "はい"),
    ]
    assert str(found.turns[1].at) == "2026-09-01 00:00:05+00:00"


@pytest.mark.parametrize("memo", ["<p>価格が気になるとのこと。次回見積。</p>", "顧客: 遅いとのこと", ""])
def test_a_memo_is_not_the_customer_s_words(memo: str) -> None:
    with pytest.raises(SkipError):
        call_of(call(memo), opening(), set())


def test_a_call_of_two_deals_names_none_of_them() -> None:
    talk = "[00:01] 担当: どうも\n[00:02] お客様: 遅い"
    assert call_of(call(talk, deals=["1", "2"]), opening(), set()).deal is None
    assert call_of(call(talk, deals=["1"]), opening(), set()).deal == "1"


def selling() -> FakeHubspot:
    world = SalesWorld()
    shop, mill = world.company("港の本屋"), world.company("丘の製粉所", "製造")
    world.sell(shop)
    world.time.at += 60
    world.sell(mill)
    world.open("検索が遅い")
    world.call_sales[1] = 70_000_001
    world.time.at += 3600
    return FakeHubspot(world, page_size=2)


def deals_of(ws: Any) -> dict[str, tuple[Any, ...]]:
    names = ("name", "outcome", "account_name", "industry", "amount")
    rows = [row for row in rows_of(ws, deal) if not row["withdrawn"]]
    return {row["external_id"]: tuple(row[name] for name in names) for row in rows}


def test_calls_carry_the_deal_they_are_linked_to(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 3
        (row,) = rows_of(ws, conversation)
        assert (row["deal_id"], row["joined_by"], row["outcome"]) == ("desk:70000001", "source", "open")
        assert deals_of(ws) == fake.world.sales_truth()  # type: ignore[attr-defined]
        assert [one.ok for one in source_of(ws, fake).check()] == [True] * 4


def test_a_merged_deal_s_calls_are_the_winner_s(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.merge_sales(70_000_001, 70_000_002)  # type: ignore[attr-defined]
        fake.world.end(70_000_002, "won")  # type: ignore[attr-defined]
        fake.world.time.at += 3600
        assert pull_all(ws, fake).withdrawn == 1
        (row,) = rows_of(ws, conversation)
        assert (row["deal_id"], row["outcome"]) == ("desk:70000002", "won")


def test_an_archived_deal_is_withdrawn_with_the_next_pull(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.delete_sale(70_000_001)  # type: ignore[attr-defined]
        fake.world.time.at += 60
        assert pull_all(ws, fake).withdrawn == 1
        assert deals_of(ws).keys() == {"70000002"}


def test_a_new_company_of_a_deal_shows_within_a_week(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.sales[70_000_001].company = 90_000_002  # type: ignore[attr-defined]
        fake.world.time.at += 8 * DAY
        pull_all(ws, fake)
        assert deals_of(ws)["70000001"][2] == "丘の製粉所"


def test_more_rows_of_one_second_than_a_search_lists_all_come(theatre: Stage, tmp_path: Path) -> None:
    world = SalesWorld()
    shop = world.company()
    for _ in range(450):
        world.sell(shop)
    world.time.at += 60
    world.sell(shop)
    world.time.at += 3600
    fake = FakeHubspot(world)
    fake.cap = 250
    with desk(tmp_path, fake, theatre) as ws:
        assert pull_all(ws, fake).new == 451
        assert all("after" not in (one.body or {}) for one in fake.asked if one.path.endswith("/search"))


def test_searches_keep_to_four_a_second(theatre: Stage, tmp_path: Path) -> None:
    world = SalesWorld()
    for _ in range(30):
        world.sell(world.company())
        world.time.at += 1
    fake = FakeHubspot(world, page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
    searches = [one.at for one in fake.asked if one.path.endswith("/search")]
    assert all(later - one > 0.99 for one, later in zip(searches, searches[4:], strict=False))


def test_a_call_that_turns_into_a_memo_is_withdrawn_and_counted(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.retitle(1, "memo")

        def twist(asked: Asked, reply: Reply) -> None:
            for one in reply.body["results"]:
                if "hs_call_body" in one.get("properties", {}):
                    one["properties"]["hs_call_body"] = "また電話する"

        fake.twist = twist
        fake.world.time.at += 3600
        done = pull_all(ws, fake)
        assert (done.withdrawn, held(ws)) == (1, {})
        assert "calls: 1 hold no transcript and are not read" in done.notes


def test_a_reopened_deal_is_open_again(theatre: Stage, tmp_path: Path) -> None:
    fake = selling()
    with desk(tmp_path, fake, theatre) as ws:
        for outcome in ("won", "open", "lost"):
            fake.world.end(70_000_001, outcome)  # type: ignore[attr-defined]
            fake.world.time.at += 3600
            pull_all(ws, fake)
            assert deals_of(ws)["70000001"][1] == outcome
            assert rows_of(ws, conversation)[0]["outcome"] == outcome


class OfTwoCompanies(FakeHubspot):
    """Every deal is linked to two companies, and a page of links has one."""

    links_a_page = 1

    def _targets(self, kind: str, other: str, key: int) -> list[int]:
        return [90_000_002, 90_000_001] if (kind, other) == ("deals", "companies") else []


def test_links_that_come_in_pages_are_read_to_the_end(theatre: Stage, tmp_path: Path) -> None:
    world = SalesWorld()
    for name in ("港の本屋", "丘の花屋"):
        world.sell(world.company(name))
    world.time.at += 3600
    fake = OfTwoCompanies(world)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        assert [row["account_id"] for row in rows_of(ws, deal)] == ["90000001", "90000001"]
        asked = [one.body["inputs"] for one in fake.asked if "/associations/" in one.path]
        assert {one["after"] for one in asked[1]} == {"1"} and len(asked[1]) == 2


class OfManyCompanies(FakeHubspot):
    """Every deal has thirty companies, a page of links one, and the one of least id comes last."""

    links_a_page = 1
    is_stuck = False

    def _targets(self, kind: str, other: str, key: int) -> list[int]:
        return [*range(90_000_030, 90_000_000, -1)] if (kind, other) == ("deals", "companies") else []

    def _links(self, kind: str, other: str, inputs: list[dict[str, str]]) -> Reply:
        reply = super()._links(kind, other, inputs)
        for one in reply.body["results"] if self.is_stuck else ():
            one["paging"] = {"next": {"after": "1"}}
        return reply


def test_thirty_pages_of_links_are_read_to_the_end_and_a_page_that_leads_to_itself_is_named(
    theatre: Stage, tmp_path: Path
) -> None:
    world = SalesWorld()
    world.sell(world.company("港の本屋"))
    world.time.at += 3600
    fake = OfManyCompanies(world)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        assert [row["account_id"] for row in rows_of(ws, deal)] == ["90000001"]
        fake.is_stuck = True
        world.time.at += 8 * DAY
        world.end(70_000_001, "won")
        with pytest.raises(RetryError, match="same page again"):
            pull_all(ws, fake)
