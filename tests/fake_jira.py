"""A world as Jira Service Management shows it, to somebody whose clock is Tokyo's."""

import base64
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Said, Ticket

TOKYO = ZoneInfo("Asia/Tokyo")
ORGANIZATIONS = "customfield_10002"
_SINCE = re.compile(r'updated >= "([^"]+)"')


class FakeJira(Fake):
    type = "jira"
    can_merge = False

    def settings(self, base_url: str) -> dict[str, Any]:
        mail = "me@ours.example"
        return {"type": "jira", "base_url": base_url, "email": mail, "token": self.token, "projects": ["SUP"]}

    def is_listing(self, asked: Asked) -> bool:
        return asked.path == "/rest/api/3/search/jql"

    def has_token(self, asked: Asked) -> bool:
        return self.is_listing(asked) and "nextPageToken" in asked.body

    def drift(self, reply: Reply, key: str) -> None:
        for issue in reply.body.get("issues", ()) if isinstance(reply.body, dict) else ():
            if issue["id"] == key:
                issue["fields"].update(created=None, summary=["x"], labels={"a": 1}, reporter="me")
            issue["fields"].pop("summary", None)

    def answer(self, asked: Asked) -> Reply:
        pair = base64.b64encode(f"me@ours.example:{self.token}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {pair}":
            return Reply("Basic authentication failed", 401)
        parts = asked.path.removeprefix("/rest/api/3/").split("/")
        if parts == ["myself"]:
            return Reply({"accountId": "1", "timeZone": "Asia/Tokyo"})
        if parts == ["field"]:
            custom = "com.atlassian.servicedesk:sd-customer-organizations"
            return Reply(
                [{"id": "summary"}, {"id": ORGANIZATIONS, "schema": {"type": "array", "custom": custom}}]
            )
        if parts == ["search", "jql"]:
            return self._search(asked.body)
        if parts == ["issue", "bulkfetch"]:
            keys = asked.body["issueIdsOrKeys"]
            rows = [t for t in self.world.tickets.values() if t.is_live and str(t.id) in keys]
            return Reply({"issues": [self._issue(t) for t in rows], "issueErrors": []})
        ticket = self.world.tickets.get(int(parts[1]))
        if ticket is None or not ticket.is_live:
            return Reply({"errorMessages": ["Issue does not exist"], "errors": {}}, 404)
        return (
            self._comments(ticket, int(asked.query["startAt"]))
            if len(parts) == 3
            else Reply(self._issue(ticket))
        )

    def expired(self) -> Reply:
        return Reply({"errorMessages": ["The provided next page token is invalid or expired."]}, 400)

    def _search(self, body: Any) -> Reply:
        match = _SINCE.search(body["jql"])
        since = 0.0
        if match:
            since = datetime.strptime(match[1], "%Y/%m/%d %H:%M").replace(tzinfo=TOKYO).timestamp()
        rows = [t for t in self.world.tickets.values() if t.is_live and t.updated >= since]
        rows.sort(key=lambda t: (t.updated, t.id), reverse="DESC" in body["jql"])
        page, after = self.page(rows, int(body.get("nextPageToken", "0")))
        reply: dict[str, Any] = {"issues": [self._issue(t) for t in page], "isLast": after is None}
        if after is not None:
            reply["nextPageToken"] = str(after)
        return Reply(reply)

    def _at(self, at: int) -> str:
        return datetime.fromtimestamp(at, UTC).astimezone(TOKYO).strftime("%Y-%m-%dT%H:%M:%S.000%z")

    def _issue(self, ticket: Ticket) -> dict[str, Any]:
        fields = {
            "summary": ticket.title,
            "description": _document(ticket.said[0].text),
            "status": {"id": "1", "name": ticket.status},
            "labels": ["検索"],
            "created": self._at(ticket.created),
            "updated": self._at(ticket.updated),
            "reporter": self._person(ticket, "customer"),
            ORGANIZATIONS: [{"id": ticket.company[0], "name": ticket.company[1]}] if ticket.company else None,
        }
        return {"id": str(ticket.id), "key": f"SUP-{ticket.id}", "fields": fields}

    def _comments(self, ticket: Ticket, start: int) -> Reply:
        said = ticket.said[1:]
        page = [self._comment(ticket, one) for one in said[start : start + self.page_size]]
        return Reply({"comments": page, "startAt": start, "maxResults": self.page_size, "total": len(said)})

    def _comment(self, ticket: Ticket, said: Said) -> dict[str, Any]:
        return {
            "id": str(said.n),
            "author": self._person(ticket, said.who),
            "body": _document(said.text),
            "created": self._at(said.at),
            "jsdPublic": said.public,
        }

    def _person(self, ticket: Ticket, who: str) -> dict[str, Any]:
        if who == "agent":
            return {"accountId": "1", "displayName": "窓口", "accountType": "atlassian"}
        return {"accountId": f"qm:{ticket.id}", "displayName": ticket.name, "accountType": "customer"}


def _document(text: str) -> dict[str, Any]:
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }
