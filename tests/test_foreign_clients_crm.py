"""Our fakes of CRMs, read to the end by clients that other people wrote, and what koe then holds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from koe.ledger.schema import conversation, deal
from tests.deal_world import SalesWorld
from tests.fake_hubspot import FakeHubspot
from tests.fake_salesforce import FakeSalesforce
from tests.foreign import foreign, waits
from tests.source_pulls import desk, pull_all, rows_of
from tests.vendor_fake import Asked, Fake, Stage, stage

__all__ = ["waits"]
Sold = dict[str, tuple[str, str, str, float | None]]
"""Name, outcome, company's id and amount of deals, by id."""


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def market() -> SalesWorld:
    """Seven deals of three companies, won, lost, open, without an amount and deleted, and five calls."""
    world = SalesWorld()
    companies = [world.company(f"店 {n} & 本屋") for n in range(3)]
    deals = []
    for n in range(7):
        deals.append(world.sell(companies[n % 3], amount=None if n == 4 else 1_200_000.5))
        world.time.at += 60
    world.end(deals[1], "won")
    world.end(deals[2], "lost")
    world.delete_sale(deals[5])
    for n in range(5):
        call = world.open(f"検索が <{n}> 秒かかる")
        world.reply(call.id, "調べます")
        if n != 2:
            world.call_sales[call.id] = deals[n % 2]
    world.time.at += 3600
    return world


def sold(world: SalesWorld) -> Sold:
    live = [one for one in world.sales.values() if one.is_live]
    return {str(one.id): (one.name, one.outcome, str(one.company), one.amount) for one in live}


def koe_holds(fake: Fake, theatre: Stage, home: Path) -> Sold:
    """What koe's own connector makes of the same fake."""
    with desk(home, fake, theatre) as ws:
        pull_all(ws, fake)
        rows = rows_of(ws, deal)
    return {
        one["external_id"]: (one["name"], one["outcome"], one["account_id"], one["amount"])
        for one in rows
        if not one["withdrawn"]
    }


def hubspot_client(url: str, fake: Fake) -> Any:
    retry = foreign("urllib3.util.retry").Retry(
        total=3, status_forcelist=(429, 503), allowed_methods=None, raise_on_status=False
    )
    strict = {"client_side_validation": True}
    return foreign("hubspot").HubSpot(access_token=fake.token, host=url, retry=retry, **strict)


def hubspot_as_its_client_reads_it(url: str, fake: Fake) -> Sold:
    client = hubspot_client(url, fake)
    stages = {
        stage.id: (stage.metadata["isClosed"], stage.metadata["probability"])
        for pipeline in client.crm.pipelines.pipelines_api.get_all("deals").results
        for stage in pipeline.stages
    }
    outcomes = {("true", "1.0"): "won", ("true", "0.0"): "lost"}
    assert client.crm.owners.owners_api.get_page().results[0].last_name == "佐藤"
    deals = client.crm.deals.get_all(properties=["dealname", "dealstage", "amount"])
    models = foreign("hubspot.crm.associations.v4")
    inputs = [models.PublicFetchAssociationsBatchRequest(id=one.id) for one in deals]
    batch = models.BatchInputPublicFetchAssociationsBatchRequest(inputs=inputs)
    links = client.crm.associations.v4.batch_api.get_page("deals", "companies", batch).results
    company_of = {one._from.id: str(one.to[0].to_object_id) for one in links}
    return {
        one.id: (
            one.properties["dealname"],
            outcomes.get(stages[one.properties["dealstage"]], "open"),
            company_of[one.id],
            None if one.properties["amount"] is None else float(one.properties["amount"]),
        )
        for one in deals
    }


def salesforce_client(url: str, fake: Fake) -> Any:
    """The client, which knows https only, on this machine."""
    requests = foreign("requests")

    class Plain(requests.Session):
        def request(self, method: str, address: str, **more: Any) -> Any:
            return super().request(method, address.replace("https://", "http://", 1), **more)

    kind = foreign("simple_salesforce").Salesforce
    return kind(session_id=fake.token, instance_url=url, version="62.0", session=Plain())


def salesforce_as_its_client_reads_it(url: str, fake: Fake) -> Sold:
    client = salesforce_client(url, fake)
    assert "Loss__c" in {one["name"] for one in client.Opportunity.describe()["fields"]}
    fields = "Id, Name, StageName, IsClosed, IsWon, Amount, AccountId, Account.Name, IsDeleted"
    query = f"SELECT {fields} FROM Opportunity ORDER BY SystemModstamp ASC, Id ASC"
    rows = list(client.query_all_iter(query, include_deleted=True))
    assert {one["attributes"]["type"] for one in rows} == {"Opportunity"}
    assert sum(one["IsDeleted"] for one in rows) == 1
    outcomes = {(True, True): "won", (True, False): "lost", (False, False): "open"}
    return {
        one["Id"]: (one["Name"], outcomes[one["IsClosed"], one["IsWon"]], one["AccountId"], one["Amount"])
        for one in rows
        if not one["IsDeleted"]
    }


READERS: list[Any] = [
    pytest.param(FakeHubspot, hubspot_as_its_client_reads_it, id="hubspot by hubspot-api-client"),
    pytest.param(FakeSalesforce, salesforce_as_its_client_reads_it, id="salesforce by simple-salesforce"),
]


@pytest.mark.parametrize("size", [1, 2, 100])
@pytest.mark.parametrize(("kind", "read"), READERS)
def test_another_s_client_reads_from_the_fake_what_koe_reads(
    kind: Any, read: Any, size: int, theatre: Stage, tmp_path: Path
) -> None:
    fake = kind(market(), page_size=size)
    theatre.show(fake)
    found = read(theatre.base_url, fake)
    assert len(found) == 6
    assert found == sold(fake.world)
    assert found == koe_holds(fake, theatre, tmp_path)


def calls_of_hubspot(url: str, fake: Fake) -> dict[str, str | None]:
    """Which deal each call belongs to, by the search in pages and the links of another's client."""
    client = hubspot_client(url, fake)
    search = foreign("hubspot.crm.objects.calls").PublicObjectSearchRequest
    names, after, ids = ["hs_call_body", "hs_timestamp"], None, []
    while True:
        sorts = [{"propertyName": "hs_timestamp", "direction": "ASCENDING"}]
        request = search(filter_groups=[], sorts=sorts, properties=names, limit=2, after=after)
        page = client.crm.objects.calls.search_api.do_search(request)
        ids += [one.id for one in page.results if "お客様" in one.properties["hs_call_body"]]
        if page.paging is None:
            break
        after = page.paging.next.after
    models = foreign("hubspot.crm.associations.v4")
    inputs = [models.PublicFetchAssociationsBatchRequest(id=key) for key in ids]
    batch = models.BatchInputPublicFetchAssociationsBatchRequest(inputs=inputs)
    links = client.crm.associations.v4.batch_api.get_page("calls", "deals", batch).results
    linked = {one._from.id: str(one.to[0].to_object_id) for one in links}
    return {key: linked.get(key) for key in ids}


def calls_of_salesforce(url: str, fake: Fake) -> dict[str, str | None]:
    client = salesforce_client(url, fake)
    fields = "Id, Subject, Description, WhatId, What.Type"
    rows = [
        one
        for kind in ("Event", "Task")
        for one in client.query_all(f"SELECT {fields} FROM {kind}")["records"]
        if "お客様" in one["Description"]
    ]
    return {one["Id"]: one["WhatId"] for one in rows}


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        pytest.param(FakeHubspot, calls_of_hubspot, id="hubspot"),
        pytest.param(FakeSalesforce, calls_of_salesforce, id="salesforce"),
    ],
)
def test_another_s_client_sees_the_calls_and_deals_that_koe_joins(
    kind: Any, read: Any, theatre: Stage, tmp_path: Path
) -> None:
    fake = kind(market(), page_size=2)
    theatre.show(fake)
    found = read(theatre.base_url, fake)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        joined = {one["external_id"]: one["deal_id"] for one in rows_of(ws, conversation)}
    linked = fake.world.call_sales
    assert found == {str(key): str(linked[key]) if key != 3 else None for key in range(1, 6)}
    assert joined == {key: sale and f"desk:{sale}" for key, sale in found.items()}


def test_another_s_client_comes_through_what_the_fake_lets_fail(theatre: Stage, waits: list[float]) -> None:
    fake = FakeHubspot(market(), page_size=2)
    theatre.show(fake)
    fake.script({1: "429 seconds", 4: "503", 6: "429 seconds"})
    assert hubspot_as_its_client_reads_it(theatre.base_url, fake) == sold(fake.world)
    assert fake.faults == {} and waits.count(7) == 2


def test_another_s_client_understands_why_the_fake_refuses(theatre: Stage) -> None:
    errors = foreign("simple_salesforce.exceptions")
    fake = FakeSalesforce(market())
    theatre.show(fake)
    client = salesforce_client(theatre.base_url, fake)
    fake.is_over = True
    with pytest.raises(errors.SalesforceRefusedRequest) as refused:
        client.query("SELECT Id FROM Account")
    assert refused.value.content[0]["errorCode"] == "REQUEST_LIMIT_EXCEEDED"
    fake.token = "another"
    with pytest.raises(errors.SalesforceExpiredSession):
        client.query("SELECT Id FROM Account")


def test_another_s_client_counts_the_day_s_requests_as_koe_does(theatre: Stage) -> None:
    fake = FakeSalesforce(market())
    theatre.show(fake)
    client = salesforce_client(theatre.base_url, fake)
    client.query("SELECT Id FROM Account")
    assert (client.api_usage["api-usage"].used, client.api_usage["api-usage"].total) == (25, 100)


MODELS = {
    "search": ("hubspot.crm.deals", "PublicObjectSearchRequest"),
    "objects": ("hubspot.crm.deals", "BatchReadInputSimplePublicObjectId"),
    "associations": ("hubspot.crm.associations.v4", "BatchInputPublicFetchAssociationsBatchRequest"),
}


def judged(asked: Asked) -> list[str]:
    """Fields of a request that the client's model of it does not know. Raises ValueError for a wrong one."""
    parts = asked.path.split("/")
    where, name = MODELS["search" if parts[-1] == "search" else parts[2]]
    package = foreign(where)
    configuration = package.Configuration()
    configuration.client_side_validation = True
    api = package.ApiClient(configuration)
    answer = type("Answer", (), {"data": json.dumps(asked.body)})()
    back = api.sanitize_for_serialization(api.deserialize(answer, name))
    return sorted(set(_names(asked.body)) - set(_names(back)) - {"propertyName", "direction"})


def _names(node: Any) -> Iterator[str]:
    for name, value in node.items() if isinstance(node, dict) else ():
        yield name
        yield from _names(value)
    for one in node if isinstance(node, list) else ():
        yield from _names(one)


def test_what_koe_asks_hubspot_is_what_its_client_s_models_hold(theatre: Stage, tmp_path: Path) -> None:
    fake = FakeHubspot(market(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.time.at += 8 * 86_400
        pull_all(ws, fake)
    posted = [one for one in fake.asked if one.method == "POST"]
    assert {judged(one) == [] for one in posted} == {True}
    assert {one.path.rsplit("/", 1)[-1] for one in posted} == {"search", "read"}


def test_the_models_say_no_where_they_should() -> None:
    wrong = {"filterGroups": [{"filters": [{"propertyName": "x", "operator": "SOON"}]}], "size": 5}
    with pytest.raises(ValueError, match="SOON"):
        judged(Asked(0, "POST", "/crm/objects/2026-09/deals/search", {}, wrong, {}))
    assert judged(Asked(0, "POST", "/crm/objects/2026-09/deals/search", {}, {"size": 5}, {})) == ["size"]
