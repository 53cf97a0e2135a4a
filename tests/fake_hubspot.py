"""A world as HubSpot shows it: tickets as calls whose notes hold a transcript, and deals."""

import html
import re
from datetime import UTC, datetime
from typing import Any

from tests.deal_world import Sale, SalesWorld
from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Ticket

V = "2026-09"
LABELS = {"customer": "お客様", "agent": "担当"}
STAGES = {
    "open": ("s1", "提案", {"probability": "0.4", "isClosed": "false"}),
    "won": ("s2", "受注", {"probability": "1.0", "isClosed": "true"}),
    "lost": ("s3", "失注", {"probability": "0.0", "isClosed": "true"}),
}


def transcript(ticket: Ticket) -> str:
    """What was said in public, as a recorder writes it into a CRM."""
    said = [one for one in ticket.said if one.public]
    return "\n".join(f"[00:00:{n % 60:02}] {LABELS[one.who]}: {one.text}" for n, one in enumerate(said))


def joined_turns(turns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Turns, those of one speaker on end as one."""
    out: list[tuple[str, str]] = []
    for who, text in turns:
        if out and out[-1][0] == who:
            out[-1] = (who, f"{out[-1][1]}\n{text}")
        else:
            out.append((who, text))
    return out


class FakeHubspot(Fake):
    type = "hubspot"
    can_merge = False
    joins_turns = True
    cap = 10_000
    links_a_page = 500

    def settings(self, base_url: str) -> dict[str, Any]:
        return {"type": "hubspot", "base_url": base_url, "token": self.token, "currency": "JPY"}

    def is_listing(self, asked: Asked) -> bool:
        return asked.path.endswith("/search")

    def has_token(self, asked: Asked) -> bool:
        return "after" in asked.query

    def drift(self, reply: Reply, key: str) -> None:
        for one in reply.body.get("results", ()) if isinstance(reply.body, dict) else ():
            if isinstance(one, dict) and "hs_call_body" in one.get("properties", {}):
                if one["id"] == key:
                    one["properties"].update(hs_timestamp=None, hs_call_title={"a": 1})
                one["properties"]["hubspot_owner_id"] = {"id": 7}

    def unname(self, reply: Reply, key: str) -> None:
        for one in reply.body.get("results", ()) if isinstance(reply.body, dict) else ():
            if isinstance(one, dict) and one.get("id") == key and "hs_call_body" in one["properties"]:
                one["id"] = None

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"status": "error", "category": "INVALID_AUTHENTICATION"}, 401)
        parts = _dated(asked.path).removeprefix("/crm/").rstrip("/").split("/")
        if parts[:2] == ["objects", V]:
            return self._objects(parts[2], parts[3:], asked)
        if parts == ["pipelines", V, "deals"]:
            stages = [_kept(id=key, label=label, metadata=told) for key, label, told in STAGES.values()]
            return Reply({"results": [_kept(id="default", label="営業", stages=stages)]})
        if parts == ["owners", V]:
            return Reply({"results": [_kept(id="5", firstName="花子", lastName="佐藤", type="PERSON")]})
        assert parts[:2] == ["associations", V] and parts[4:] == ["batch", "read"], asked.path
        return self._links(parts[2], parts[3], asked.body["inputs"])

    def _objects(self, kind: str, rest: list[str], asked: Asked) -> Reply:
        if rest == ["search"]:
            return self._search(self._all(kind, False), asked.body)
        if rest == ["batch", "read"]:
            assert len(asked.body["inputs"]) <= 100
            wanted = {one["id"] for one in asked.body["inputs"]}
            rows = [one for one in self._all(kind, False) if one["id"] in wanted]
            return Reply(_batch(_with(rows, asked.body["properties"])))
        is_archived = asked.query.get("archived", "false") == "true"
        rows = sorted(self._all(kind, is_archived), key=lambda one: int(one["id"]))
        page, after = self.page(rows, int(asked.query.get("after", "0")))
        return Reply(_paged(_with(page, asked.query.get("properties", "").split(",")), after))

    def _search(self, rows: list[Any], body: Any) -> Reply:
        assert body["limit"] <= 200 and len(body["sorts"]) == 1
        tests = [test for group in body["filterGroups"] for test in group["filters"]]
        rows = [one for one in rows if all(_fits(one, test) for test in tests)]
        sort = body["sorts"][0]
        rows.sort(key=lambda one: hash_free_order(one, sort["propertyName"]))
        if sort["direction"] == "DESCENDING":
            rows.reverse()
        start = int(body.get("after", "0"))
        if start + body["limit"] > self.cap:
            return Reply({"status": "error", "category": "VALIDATION_ERROR"}, 400)
        page, after = self.page(rows, start)
        return Reply({"total": len(rows), **_paged(_with(page, body.get("properties", [])), after)})

    def _all(self, kind: str, archived: bool) -> list[dict[str, Any]]:
        if kind == "calls":
            calls = self.world.tickets.values()
            return [self._call(one) for one in calls if one.deleted == archived and one.merged_into is None]
        if not isinstance(self.world, SalesWorld):
            return []
        if kind == "companies":
            live = [one for one in self.world.companies.values() if one.merged_into is None]
            named = [(one.id, {"name": one.name, "industry": one.industry}) for one in live]
            return [] if archived else [_object(key, properties) for key, properties in named]
        sales = [one for one in self.world.sales.values() if one.merged_into is None]
        return [self._deal(one) for one in sales if one.deleted == archived] if kind == "deals" else []

    def _call(self, ticket: Ticket) -> dict[str, Any]:
        body = html.escape(transcript(ticket), quote=False).replace("\n", "<br>")
        return _object(
            ticket.id,
            {
                "hs_call_title": ticket.title,
                "hs_call_body": f"<p>{body}</p>",
                "hs_timestamp": _iso(ticket.created),
                "hs_lastmodifieddate": _iso(ticket.updated),
                "hubspot_owner_id": "5",
            },
        )

    def _deal(self, sale: Sale) -> dict[str, Any]:
        assert isinstance(self.world, SalesWorld)
        merged = ";".join(map(str, self.world.losers(sale.id)))
        return _object(
            sale.id,
            {
                "dealname": sale.name,
                "amount": None if sale.amount is None else str(sale.amount),
                "dealstage": STAGES[sale.outcome][0],
                "pipeline": "default",
                "closedate": _iso(sale.closed) if sale.closed else _iso(sale.created + 10**6),
                "createdate": _iso(sale.created),
                "hs_is_closed_won": str(sale.outcome == "won").lower(),
                "hs_is_closed": str(sale.outcome != "open").lower(),
                "closed_lost_reason": "高い" if sale.outcome == "lost" else None,
                "hs_lastmodifieddate": _iso(sale.updated),
                "hs_merged_object_ids": merged or None,
                "hubspot_owner_id": "5",
            },
        )

    def _links(self, kind: str, other: str, inputs: list[dict[str, str]]) -> Reply:
        """Links of records, each with a page of its own."""
        assert len(inputs) <= 100
        labels = [{"category": "HUBSPOT_DEFINED", "typeId": 5, "label": "Primary"}]
        results = []
        for one in inputs:
            targets = self._targets(kind, other, int(one["id"]))
            start = int(one.get("after", "0"))
            page = [{"toObjectId": str(key), "associationTypes": labels} for key in targets][start:]
            more = len(page) > self.links_a_page
            paging = {"paging": {"next": {"after": str(start + self.links_a_page)}}} if more else {}
            if page:
                results.append({"from": {"id": one["id"]}, "to": page[: self.links_a_page], **paging})
        return Reply(_batch(results), 200 if len(results) == len(inputs) else 207)

    def _targets(self, kind: str, other: str, key: int) -> list[int]:
        if not isinstance(self.world, SalesWorld):
            return []
        if (kind, other) == ("deals", "companies"):
            return [self.world.sales[key].company]
        if (kind, other) == ("calls", "deals"):
            return [self.world.call_sales[key]] if key in self.world.call_sales else []
        ticket = self.world.tickets[key]
        return [ticket.company[0]] if other == "companies" and ticket.company else []


def hash_free_order(one: dict[str, Any], name: str) -> tuple[int, int]:
    """By the property; what is equal comes in an order that means nothing."""
    key = int(one["id"])
    return (key, 0) if name == "hs_object_id" else (_number(one, name), -key)


def _number(one: dict[str, Any], name: str) -> int:
    if name == "hs_object_id":
        return int(one["id"])
    return int(datetime.fromisoformat(one["properties"][name]).timestamp() * 1000)


def _fits(one: dict[str, Any], test: dict[str, str]) -> bool:
    value, asked = _number(one, test["propertyName"]), int(test["value"])
    if test["operator"] == "BETWEEN":
        return asked <= value <= int(test["highValue"])
    return value >= asked if test["operator"] == "GTE" else value > asked


def _object(key: int, properties: dict[str, Any]) -> dict[str, Any]:
    return _kept(id=str(key), properties={"hs_object_id": str(key), **properties})


def _kept(**more: Any) -> dict[str, Any]:
    """Something with what HubSpot tells of everything."""
    return {"archived": False, "createdAt": _iso(0), "updatedAt": _iso(0), "displayOrder": 0, **more}


def _with(rows: list[Any], names: list[str]) -> list[Any]:
    """Records with the properties asked for, null where they have none, and those that always come."""
    always = ("hs_object_id", "hs_lastmodifieddate", "createdate", "hs_createdate")
    return [
        {
            **one,
            "properties": {name: one["properties"].get(name) for name in names if name}
            | {name: one["properties"][name] for name in always if name in one["properties"]},
        }
        for one in rows
    ]


def _batch(results: list[Any]) -> dict[str, Any]:
    return {"status": "COMPLETE", "results": results, "startedAt": _iso(0), "completedAt": _iso(0)}


def _dated(path: str) -> str:
    """A path as version 2026-09 has it; those of v3 and v4 answer alike."""
    found = re.fullmatch(r"/crm/v[34]/(\w+)/(.+)", path) or re.fullmatch(r"/crm/v3/(owners)(/?)", path)
    return f"/crm/{found[1]}/{V}/{found[2]}" if found else path


def _paged(page: list[Any], after: int | None) -> dict[str, Any]:
    more = {} if after is None else {"paging": {"next": {"after": str(after)}}}
    return {"results": page, **more}


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
