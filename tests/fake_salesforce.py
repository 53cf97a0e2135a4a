"""A world as Salesforce shows it: tickets as events (odd) and tasks (even) with a transcript, and deals."""

import re
from typing import Any

from connectors.records.fields import moment_of
from tests.deal_world import Sale, SalesWorld
from tests.fake_hubspot import transcript
from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Ticket, World

DATA = "/services/data/v62.0"
_QUERY = re.compile(r"SELECT (?P<fields>.+?) FROM (?P<kind>\w+)(?: WHERE (?P<where>.+?))?(?: ORDER BY .+)?")
_SINCE = re.compile(r"SystemModstamp >= (\S+)")
_IN = re.compile(r"(\w+) IN \(([^)]*)\)")


class FakeSalesforce(Fake):
    type = "salesforce"
    can_merge = False
    joins_turns = True
    address = "every page has one of its own"

    def __init__(self, world: World, page_size: int = 100) -> None:
        super().__init__(world, page_size)
        self.queries: list[tuple[str, bool]] = []
        self.used = 25
        self.is_over = False
        self.has_field = False
        """Whether recorders write into a field of their own, as the organization has made one."""
        self.purged: set[int] = set()
        self.describes = ["Id", "Name", "Loss__c"]
        self.accounts_touched: dict[int, int] = {}

    def settings(self, base_url: str) -> dict[str, Any]:
        return {"type": "salesforce", "base_url": base_url, "token": self.token, "currency": "JPY"}

    def is_listing(self, asked: Asked) -> bool:
        return "FROM Event" in asked.query.get("q", "") or self.has_token(asked)

    def has_token(self, asked: Asked) -> bool:
        return asked.path.startswith(f"{DATA}/query/")

    def drift(self, reply: Reply, key: str) -> None:
        for one in self._activities(reply):
            if one["Id"] == key:
                one.update(StartDateTime=None, CreatedDate=None, Subject={"a": 1}, Account=[7])
            one["Owner"] = "me"

    def unname(self, reply: Reply, key: str) -> None:
        for one in self._activities(reply):
            if one["Id"] == key:
                one["Id"] = None

    def _activities(self, reply: Reply) -> list[Any]:
        found = reply.body.get("records", ()) if isinstance(reply.body, dict) else ()
        return [one for one in found if "Description" in one]

    def expired(self) -> Reply:
        return Reply([{"errorCode": "INVALID_QUERY_LOCATOR", "message": "invalid query locator"}], 400)

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return Reply([{"errorCode": "INVALID_SESSION_ID", "message": "Session expired"}], 401)
        if self.is_over:
            return Reply([{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests"}], 403)
        reply = self._reply(asked)
        reply.headers["Sforce-Limit-Info"] = f"api-usage={self.used}/100"
        return reply

    def _reply(self, asked: Asked) -> Reply:
        if asked.path == f"{DATA}/sobjects/Opportunity/describe":
            return Reply({"name": "Opportunity", "fields": [{"name": name} for name in self.describes]})
        if asked.path in (f"{DATA}/sobjects/Event/describe", f"{DATA}/sobjects/Task/describe"):
            return Reply({"fields": [{"name": name} for name in ("Id", "Description", "Talk__c")]})
        if "q" in asked.query:
            assert asked.path.rstrip("/") in (f"{DATA}/query", f"{DATA}/queryAll")
            self.queries.append((asked.query["q"], "queryAll" in asked.path))
            return self._page(len(self.queries) - 1, 0)
        number, _, start = asked.path.removeprefix(f"{DATA}/query/01g").partition("-")
        return self._page(int(number), int(start))

    def _page(self, number: int, start: int) -> Reply:
        query, with_deleted = self.queries[number]
        rows = [one for one in self._found(query) if with_deleted or not one["IsDeleted"]]
        page, after = self.page(rows, start)
        page = [_selected(one, query) for one in page]
        more = (
            {"done": True}
            if after is None
            else {
                "done": False,
                "nextRecordsUrl": f"{DATA}/query/01g{number}-{after}",
            }
        )
        return Reply({"totalSize": len(rows), "records": page, **more})

    def _found(self, query: str) -> list[dict[str, Any]]:
        match = _QUERY.fullmatch(query)
        assert match is not None, query
        kind, where = match["kind"], match["where"] or ""
        assert "IsChild = false" in where or kind != "Event" or "Id IN" in where or not where
        rows = self._rows(kind)
        if since := _SINCE.search(where):
            moment = moment_of(since[1])
            assert moment is not None
            rows = [one for one in rows if one["SystemModstamp"] >= self.world.time.iso(moment.timestamp())]
        for name, among in _IN.findall(where):
            wanted = among.replace("'", "").split(", ")
            rows = [one for one in rows if one[name] in wanted]
        rows.sort(key=lambda one: (one["SystemModstamp"], one["Id"]), reverse="DESC" in query)
        return rows[:1] if "LIMIT 1" in query else rows

    def _rows(self, kind: str) -> list[dict[str, Any]]:
        if kind in ("Event", "Task"):
            calls = [one for one in self.world.tickets.values() if (one.id % 2 == 1) == (kind == "Event")]
            return [self._activity(one) for one in calls if one.id not in self.purged]
        if not isinstance(self.world, SalesWorld):
            return []
        if kind == "Opportunity":
            return [self._deal(one) for one in self.world.sales.values() if one.id not in self.purged]
        return [
            {
                "Id": str(one.id),
                "IsDeleted": one.merged_into is not None,
                "MasterRecordId": str(one.merged_into) if one.merged_into else None,
                "SystemModstamp": self.world.time.iso(self.accounts_touched.get(one.id, 0)),
            }
            for one in self.world.companies.values()
        ]

    def _activity(self, ticket: Ticket) -> dict[str, Any]:
        linked = self.world.call_sales.get(ticket.id) if isinstance(self.world, SalesWorld) else None
        began = "StartDateTime" if ticket.id % 2 else "CompletedDateTime"
        words = transcript(ticket)
        return {
            "Id": str(ticket.id),
            "Subject": ticket.title,
            "Description": "https://recorder.example/1" if self.has_field else words,
            "Talk__c": words if self.has_field else None,
            began: self._iso(ticket.created),
            "CreatedDate": self._iso(ticket.created),
            "SystemModstamp": self.world.time.iso(ticket.updated),
            "IsDeleted": ticket.deleted,
            "AccountId": str(ticket.company[0]) if ticket.company else None,
            "Account": {"Name": ticket.company[1]} if ticket.company else None,
            "Owner": {"Name": "佐藤 花子"},
            "WhatId": str(linked) if linked else None,
            "What": {"Type": "Opportunity"} if linked else None,
            "WhoId": None,
            "Who": None,
            "TaskSubtype": "Task" if ticket.id % 4 == 0 else "Call",
        }

    def _deal(self, sale: Sale) -> dict[str, Any]:
        assert isinstance(self.world, SalesWorld)
        company = self.world.companies[sale.company]
        return {
            "Id": str(sale.id),
            "Name": sale.name,
            "StageName": sale.outcome,
            "IsClosed": sale.outcome != "open",
            "IsWon": sale.outcome == "won",
            "Amount": sale.amount,
            "CloseDate": self.world.time.iso(sale.closed or sale.created + 10**6)[:10],
            "CreatedDate": self._iso(sale.created),
            "SystemModstamp": self.world.time.iso(sale.updated),
            "IsDeleted": not sale.is_live,
            "AccountId": str(company.id),
            "Account": {"Name": company.name, "Industry": company.industry},
            "Owner": {"Name": "佐藤 花子"},
            "Loss__c": "高い",
        }

    def _iso(self, at: int) -> str:
        return self.world.time.iso(at).replace("Z", ".000+0000")


def _selected(row: dict[str, Any], query: str) -> dict[str, Any]:
    """A record with the fields that the question names; those of another object stand in an object."""
    match = _QUERY.fullmatch(query)
    assert match is not None
    shown: dict[str, Any] = {"attributes": {"type": match["kind"], "url": f"{DATA}/sobjects/{row['Id']}"}}
    for name in match["fields"].split(", "):
        whole, _, part = name.partition(".")
        if part and row[whole] is not None:
            shown.setdefault(whole, {"attributes": {"type": whole}})[part] = row[whole][part]
        else:
            shown[whole] = row[whole]
    return shown
