"""A world as Gong shows it: tickets as calls, by when they began."""

import base64
from typing import Any

from connectors.records.fields import moment_of
from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Ticket, World


class FakeGong(Fake):
    type = "gong"
    can_merge = False

    def __init__(self, world: World, page_size: int = 100) -> None:
        super().__init__(world, page_size)
        self.silent: set[int] = set()
        """Calls whose transcript is not there yet."""
        self.private: set[int] = set()
        self.context: dict[int, list[Any]] = {}

    def settings(self, base_url: str) -> dict[str, Any]:
        return {"type": "gong", "base_url": base_url, "access_key": "K", "key_secret": self.token}

    def is_listing(self, asked: Asked) -> bool:
        return asked.path == "/v2/calls/extensive"

    def has_token(self, asked: Asked) -> bool:
        return self.is_listing(asked) and "cursor" in asked.body

    def drift(self, reply: Reply, key: str) -> None:
        for one in reply.body.get("calls", ()):
            if one["metaData"]["id"] == key:
                one["metaData"]["started"] = None
            one["metaData"]["title"] = {"text": "x"}
            one["parties"][0]["name"] = ["x"]

    def unname(self, reply: Reply, key: str) -> None:
        for one in reply.body.get("calls", ()):
            if one["metaData"]["id"] == key:
                one["metaData"]["id"] = None

    def answer(self, asked: Asked) -> Reply:
        pair = base64.b64encode(f"K:{self.token}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {pair}":
            return Reply({"requestId": "x", "errors": ["Invalid access key"]}, 401)
        if asked.path == "/v2/users":
            return Reply({"records": {"totalRecords": 3}, "users": []})
        assert asked.query == {}
        wanted = asked.body["filter"]
        rows = [one for one in self.world.tickets.values() if not one.deleted and _fits(one, wanted)]
        if asked.path == "/v2/calls/transcript":
            said = [self._transcript(one) for one in rows if one.id not in self.silent]
            return Reply({"requestId": "x", "records": {"totalRecords": len(said)}, "callTranscripts": said})
        assert asked.path == "/v2/calls/extensive"
        if not rows:
            return Reply({"errors": ["No calls found corresponding to the provided filters"]}, 404)
        rows.sort(key=lambda one: (one.created, one.id))
        page, after = self.page(rows, int(asked.body.get("cursor", "0")))
        paged = {"totalRecords": len(rows), "currentPageSize": len(page), "currentPageNumber": 0}
        records = {**paged, **({} if after is None else {"cursor": str(after)})}
        return Reply({"requestId": "x", "records": records, "calls": [self._call(one) for one in page]})

    def expired(self) -> Reply:
        return Reply({"errors": ["cursor has expired"]}, 400)

    def _call(self, ticket: Ticket) -> dict[str, Any]:
        began = self.world.time.iso(ticket.created + 9 * 3600).replace("Z", ".041977+09:00")
        told = {
            "id": str(ticket.id),
            "title": ticket.title,
            "started": began,
            "isPrivate": ticket.id in self.private,
        }
        ours = {"speakerId": "1", "affiliation": "Internal", "name": "佐藤", "emailAddress": "s@ours.example"}
        theirs = {
            "speakerId": "2",
            "affiliation": "External",
            "name": ticket.name,
            "emailAddress": ticket.email,
        }
        return {"metaData": told, "parties": [ours, theirs], "context": self.context.get(ticket.id, [])}

    def _transcript(self, ticket: Ticket) -> dict[str, Any]:
        said = [
            {
                "speakerId": "2" if one.who == "customer" else "1",
                "topic": None,
                "sentences": [{"start": 1000 * n, "end": 1000 * n + 900, "text": one.text}],
            }
            for n, one in enumerate(one for one in ticket.said if one.public)
        ]
        return {"callId": str(ticket.id), "transcript": said}


def _fits(ticket: Ticket, wanted: dict[str, Any]) -> bool:
    if "callIds" in wanted:
        return str(ticket.id) in wanted["callIds"]
    since, until = moment_of(wanted["fromDateTime"]), moment_of(wanted["toDateTime"])
    assert since is not None and until is not None
    return since.timestamp() <= ticket.created < until.timestamp()
