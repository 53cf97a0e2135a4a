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
        if parts == ["serverInfo"]:
            return Reply({"deploymentType": "Cloud", "version": "1001.0.0", "versionNumbers": [1001, 0, 0]})
        if parts == ["field"]:
            return Reply(_field_list())
        if parts == ["search", "jql"]:
            return self._search(asked.body if asked.method == "POST" else _listed(asked.query))
        if parts == ["issue", "bulkfetch"]:
            keys, names = asked.body["issueIdsOrKeys"], asked.body.get("fields", ["*navigable"])
            rows = [t for t in self.world.tickets.values() if t.is_live and str(t.id) in keys]
            return Reply({"issues": [self._issue(t, names) for t in rows], "issueErrors": []})
        ticket = self.world.tickets.get(int(parts[1].removeprefix("SUP-")))
        if ticket is None or not ticket.is_live:
            return Reply({"errorMessages": ["Issue does not exist"], "errors": {}}, 404)
        if len(parts) == 3:
            return self._comments(ticket, int(asked.query.get("startAt", "0")))
        return Reply(self._issue(ticket, _listed(asked.query).get("fields", ["*all"])))

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
        issues = [self._issue(one, body.get("fields", ["id"])) for one in page]
        reply: dict[str, Any] = {"issues": issues, "isLast": after is None}
        if after is not None:
            reply["nextPageToken"] = str(after)
        return Reply(reply)

    def _at(self, at: int) -> str:
        return datetime.fromtimestamp(at, UTC).astimezone(TOKYO).strftime("%Y-%m-%dT%H:%M:%S.000%z")

    def _issue(self, ticket: Ticket, names: list[str]) -> dict[str, Any]:
        """An issue with the fields that were asked for; `id` alone is none of them."""
        fields: dict[str, Any] = {
            "summary": ticket.title,
            "description": _document(ticket.said[0].text),
            "status": {"id": "1", "name": ticket.status},
            "labels": ["検索"],
            "created": self._at(ticket.created),
            "updated": self._at(ticket.updated),
            "reporter": self._person(ticket, "customer"),
            ORGANIZATIONS: [{"id": ticket.company[0], "name": ticket.company[1]}] if ticket.company else None,
        }
        if not {"*all", "*navigable"} & set(names):
            fields = {name: value for name, value in fields.items() if name in names}
        told = {"id": str(ticket.id), "key": f"SUP-{ticket.id}"}
        return {**told, "fields": fields} if names != ["id"] else {"id": str(ticket.id)}

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
            **_shown_to(said),
        }

    def _person(self, ticket: Ticket, who: str) -> dict[str, Any]:
        if who == "agent":
            return {"accountId": "1", "displayName": "窓口", "accountType": "atlassian"}
        return {"accountId": f"qm:{ticket.id}", "displayName": ticket.name, "accountType": "customer"}


def _shown_to(said: Said) -> dict[str, Any]:
    """Who may read a comment: in a service project a flag tells, elsewhere a role, in turns."""
    if said.public or said.n % 2:
        return {"jsdPublic": said.public}
    return {"visibility": {"type": "role", "value": "Administrators", "identifier": "Administrators"}}


def _listed(query: dict[str, str]) -> dict[str, Any]:
    """A query with its lists as lists."""
    return {name: value.split(",") if name == "fields" else value for name, value in query.items()}


def _field_list() -> list[dict[str, Any]]:
    custom = {"type": "array", "custom": "com.atlassian.servicedesk:sd-customer-organizations"}
    fields = (("summary", {"type": "string", "system": "summary"}), (ORGANIZATIONS, custom))
    return [{"id": key, "name": key, "clauseNames": [key], "schema": schema} for key, schema in fields]


def _document(text: str) -> dict[str, Any]:
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }
