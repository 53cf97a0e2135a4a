"""HubSpot deals with their companies, and calls whose notes hold a transcript.

Endpoints, all of version 2026-09: POST /crm/objects/…/{deals,calls}/search, GET /crm/objects/…/{deals,calls}
(all of them, and archived ones), POST …/batch/read, POST /crm/associations/…/{from}/{to}/batch/read, GET
/crm/pipelines/…/deals, GET /crm/owners/….
Auth: a service key, or an access token of an app (Bearer), that may read deals, calls, companies,
contacts and owners.
Limits: 100 requests in 10 seconds on the smaller plans, searches 4 a second; 10,000 rows of a search.
Deletes: archived records are listed in every pull; a merged deal stands in `hs_merged_object_ids` of the one
that took its place; what is gone without either is asked about once a week.

What the vendor does not tell: a search has no associations, lags, and sorts by one field, so that rows of
one second are walked by id and the 10,000th row is never reached. New associations, a renamed stage and
a renamed company move no `hs_lastmodifieddate`, so once a week everything is listed anew. A company
comes once for each label it is linked with. HubSpot's own transcripts cannot be read by this API; what
other recorders write into a call's notes can.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from connectors.base import Cursor
from connectors.http.asking import Site
from connectors.http.auth import bearer
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked, tried
from connectors.http.phases import counted, in_turn, walk_all
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import ExpiredError, Listed, Load, Row, Rules, guard, row_of, walk_changes
from connectors.records.fields import Fields, by_id, moment_of, read, rows_in
from connectors.vendors.hubspot_records import PROPERTIES, call_of, deal_of, heard_of, merged_ids, primary
from koe.records import Conversation, Deal
from koe.settings.sources import HubspotSettings

VERSION = "2026-09"
PAGE = 100
EVERY = timedelta(days=7)
PER_MINUTE = 600
SEARCHES = Rate(4, 1)
STAMP = "hs_lastmodifieddate"
FIRST = "0"
"""The page token with which the rows of one second are walked by id, from the first one."""
LATER = "later"
"""The page token for what came after a second whose rows were walked by id."""


class Hubspot:
    """The deals and calls of one HubSpot account."""

    streams = ("deals", "calls")
    sweeps = ("deals", "calls")

    def __init__(self, opening: Opening[HubspotSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._stages: dict[str, Any] | None = None
        self._owners: dict[str, Any] | None = None
        self._memos: set[str] = set()

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """What changed after the cursor, what is archived, and once a week everything."""
        rules = Rules(self._opening.name, self._opening.start(self.client), self.client.now)
        load: Load = self._deals if stream == "deals" else self._calls
        look, listed = partial(self._changed, stream), partial(self._listed, stream)
        walks = {
            "changes": lambda own: walk_changes(look, load, own, rules),
            "archived": lambda own: walk_all(partial(listed, True), _archived, None, rules, timedelta()),
            "all": lambda own: walk_all(partial(listed, False), load, own, rules, EVERY),
        }
        return counted(in_turn(cursor, walks), cursor, partial(self._notes, stream))

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation | Deal:
        """The deal or the call of a bundle; pure."""
        return (deal_of if stream == "deals" else call_of)(body, self._opening, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When a call took place; a deal belongs to no week."""
        return moment_of(body["call"]["properties"].get("hs_timestamp")) if stream == "calls" else None

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those that are not among the records read by id."""
        there = self._named(stream, ids, ["hs_object_id"])
        return [key for key in ids if key not in there]

    def check(self) -> Iterator[Health]:
        """Whether deals and calls may be read, and the newest of them."""
        yield from checked(self.client, self._who, partial(self._newest, "deals"))
        yield tried("newest call", partial(self._newest, "calls"))

    def _changed(self, kind: str, since: datetime, token: str | None) -> Listed:
        """Records by change; those of one second by id, with their ids as page tokens."""
        first = int(since.timestamp() * 1000)
        last = first + 999
        stamp = {"propertyName": STAMP}
        if token is None:
            found = self._search(kind, [stamp | {"operator": "GTE", "value": str(first)}], STAMP, since)
            is_one_second = found.rows and found.rows[-1].stamp.timestamp() * 1000 <= last
            return Listed((), FIRST) if found.token and is_one_second else found
        if token == LATER:
            return self._search(kind, [stamp | {"operator": "GT", "value": str(last)}], STAMP, since)
        second = stamp | {"operator": "BETWEEN", "value": str(first), "highValue": str(last)}
        after = {"propertyName": "hs_object_id", "operator": "GT", "value": token}
        found = self._search(kind, [second, after], "hs_object_id", since)
        return found._replace(token=found.rows[-1].id if found.token and found.rows else LATER)

    def _search(self, kind: str, filters: list[dict[str, str]], sort: str, since: datetime) -> Listed:
        body = {
            "filterGroups": [{"filters": filters}],
            "sorts": [{"propertyName": sort, "direction": "ASCENDING"}],
            "properties": self._properties(kind),
            "limit": PAGE,
        }
        answer = self.client.post(f"/crm/objects/{VERSION}/{kind}/search", body, lane="search")
        return _listed(answer.body, FIRST, since)

    def _listed(self, kind: str, is_archived: bool, token: str | None) -> Listed:
        """All records of a kind, or all that are archived, by id."""
        params = {"limit": str(PAGE), "archived": str(is_archived).lower()}
        params["properties"] = ",".join(self._properties(kind))
        if token is not None:
            params["after"] = token
        allow = (400, 404, 410) if token is not None else ()
        answer = self.client.get(f"/crm/objects/{VERSION}/{kind}", params, allow=allow)
        if answer.status >= 400:
            raise ExpiredError
        return _listed(answer.body, None, self._opening.start(self.client))

    def _properties(self, kind: str) -> list[str]:
        more = [self._opening.settings.loss_reason] if kind == "deals" else []
        return [*PROPERTIES[kind], *filter(None, more)]

    def _deals(self, rows: Sequence[Row]) -> list[Raw]:
        """Deals with their company, stage and owner, and those that were merged into them."""
        ids = [row.id for row in rows]
        company_of = {key: primary(links) for key, links in self._links("deals", "companies", ids).items()}
        companies = self._named("companies", company_of.values(), ["name", "domain", "industry"])
        found: list[Raw] = []
        for row in rows:
            given = read(row.body).part("properties")
            stage = self._stage(given.maybe_text("pipeline"), given.maybe_text("dealstage"))
            company = companies.get(company_of.get(row.id, ""))
            owner = self._owner(given.maybe_text("hubspot_owner_id"))
            found.append(Raw(row.id, {"deal": row.body, "company": company, "stage": stage, "owner": owner}))
            found += [Raw(loser, {}, merged_into=row.id) for loser in merged_ids(row.body) if loser != row.id]
        return found

    def _calls(self, rows: Sequence[Row]) -> list[Raw]:
        """Calls with their deals, company, contact and owner; a call without a transcript is none."""
        talks = [row for row in rows if heard_of(row.body)]
        ids = [row.id for row in talks]
        self._memos |= {row.id for row in rows} - set(ids)
        self._memos -= set(ids)
        deals = self._links("calls", "deals", ids)
        company_of = {key: primary(links) for key, links in self._links("calls", "companies", ids).items()}
        contact_of = {key: primary(links) for key, links in self._links("calls", "contacts", ids).items()}
        companies = self._named("companies", company_of.values(), ["name", "domain"])
        contacts = self._named("contacts", contact_of.values(), ["email", "firstname", "lastname"])
        return [
            Raw(
                row.id,
                {
                    "call": row.body,
                    "deals": sorted({link["toObjectId"] for link in deals.get(row.id, ())}),
                    "company": companies.get(company_of.get(row.id, "")),
                    "contact": contacts.get(contact_of.get(row.id, "")),
                    "owner": self._owner(read(row.body).part("properties").maybe_text("hubspot_owner_id")),
                },
            )
            for row in talks
        ] + [Raw(row.id, {}, deleted=True) for row in rows if row.id not in set(ids)]

    def _links(self, kind: str, other: str, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """What records are linked to, by record: the other's id and the labels of the link.

        Raises RetryError when a page of links leads to itself.
        """
        path = f"/crm/associations/{VERSION}/{kind}/{other}/batch/read"
        inputs: list[dict[str, str]] = [{"id": key} for key in ids]
        found: dict[str, list[dict[str, Any]]] = {}
        used: set[str] = set()
        while inputs:
            rows = rows_in(self.client.post(path, {"inputs": inputs}).body, "results")
            inputs = []
            for one in rows:
                key = one.part("from").maybe_id("id") or ""
                found.setdefault(key, []).extend(_targets(one))
                if after := one.part("paging").part("next").maybe_text("after"):
                    guard(self._opening.name, f"{key} {after}", used)
                    inputs.append({"id": key, "after": after})
        return found

    def _named(self, kind: str, ids: Any, properties: list[str]) -> dict[str, Any]:
        """Records by id; those that are archived or gone are not among them."""
        wanted = sorted({key for key in ids if key})
        found: dict[str, Any] = {}
        for n in range(0, len(wanted), PAGE):
            inputs = [{"id": key} for key in wanted[n : n + PAGE]]
            body = {"inputs": inputs, "properties": properties, "propertiesWithHistory": []}
            answer = read(self.client.post(f"/crm/objects/{VERSION}/{kind}/batch/read", body).body)
            found |= by_id(one for one in rows_in(answer.raw, "results") if not one.flag("archived"))
        return found

    def _stage(self, pipeline: str, stage: str) -> Any:
        """A stage with its metadata; None where its pipeline was deleted."""
        if self._stages is None:
            found = read(self.client.get(f"/crm/pipelines/{VERSION}/deals").body)
            self._stages = {
                f"{one.maybe_id('id')} {part.maybe_id('id')}": part.raw
                for one in rows_in(found.raw, "results")
                for part in one.parts("stages")
            }
        return self._stages.get(f"{pipeline} {stage}")

    def _owner(self, key: str) -> Any:
        """An owner; None where the key may not read owners, or the owner left."""
        if self._owners is None:
            self._owners = self._every_owner()
        return self._owners.get(key)

    def _every_owner(self) -> dict[str, Any]:
        owners: dict[str, Any] = {}
        params, used = {"limit": str(PAGE)}, set[str]()
        while True:
            answer = self.client.get(f"/crm/owners/{VERSION}", params, allow=(403, 404))
            found = read(answer.body if answer.status < 300 else {})
            owners |= by_id(found.parts("results"))
            after = found.part("paging").part("next").maybe_text("after")
            if not after:
                return owners
            guard(self._opening.name, after, used)
            params["after"] = after

    def _notes(self, stream: str) -> list[str]:
        memos, self._memos = len(self._memos), set()
        return [f"calls: {memos} hold no transcript and are not read"] if stream == "calls" and memos else []

    def _who(self) -> str:
        pipelines = read(self.client.get(f"/crm/pipelines/{VERSION}/deals").body).parts("results")
        return f"{len(pipelines)} pipelines of deals are shown"

    def _newest(self, kind: str) -> str:
        body = {
            "filterGroups": [],
            "sorts": [{"propertyName": STAMP, "direction": "DESCENDING"}],
            "properties": [STAMP],
            "limit": 1,
        }
        answer = self.client.post(f"/crm/objects/{VERSION}/{kind}/search", body, lane="search")
        rows = read(answer.body).parts("results")
        return f"changed at {rows[0].part('properties').maybe_text(STAMP)}" if rows else "none is shown"


def open_vendor(opening: Opening[HubspotSettings]) -> Hubspot:
    """The vendor of a configured HubSpot source."""
    settings = opening.settings
    rates = {"": Rate(settings.per_minute or PER_MINUTE, 60), "search": SEARCHES}
    base_url = settings.base_url or "https://api.hubapi.com"
    site = Site(opening.name, base_url, bearer(settings.secret()), rates)
    return Hubspot(opening, Client(site, opening.clock))


def _targets(one: Fields) -> Iterator[dict[str, Any]]:
    """What a record is linked to, with the id under one name."""
    for link in one.parts("to"):
        if target := link.maybe_id("toObjectId") or link.maybe_id("id"):
            yield {**link.raw, "toObjectId": target}


def _archived(rows: Sequence[Row]) -> list[Raw]:
    return [Raw(row.id, {}, deleted=True) for row in rows]


def _listed(body: Any, token: str | None, since: datetime) -> Listed:
    """A page of records; its token is the vendor's own, or the one given where there is a next page."""
    found = read(body)
    rows = [(one, moment_of(one.part("properties").raw.get(STAMP))) for one in rows_in(found.raw, "results")]
    after = found.part("paging").part("next").maybe_text("after")
    given = tuple(row_of(one, one.maybe_id("id"), stamp, since) for one, stamp in rows)
    return Listed(given, (token if token is not None else after) if after else None)
