"""A world as Zendesk shows it."""

import base64
import html
from typing import Any
from urllib.parse import urlencode

from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Said, Ticket

AGENT = 9001
STAFF = {"id": AGENT, "name": "窓口", "email": "me@ours.example", "role": "agent", "organization_id": None}
WITHHELD_S = 60


class FakeZendesk(Fake):
    type = "zendesk"
    can_merge = True
    tokens_given = 0

    def settings(self, base_url: str) -> dict[str, Any]:
        return {"type": "zendesk", "base_url": base_url, "email": "me@ours.example", "token": self.token}

    def has_token(self, asked: Asked) -> bool:
        return "cursor" in asked.query

    def is_listing(self, asked: Asked) -> bool:
        return asked.path.removesuffix(".json").endswith("/cursor")

    def drift(self, reply: Reply, key: str) -> None:
        """Ticket by id: null where something has to be, a number for text, an object for a list."""
        for ticket in reply.body.get("tickets", ()):
            if str(ticket["id"]) == key:
                ticket.update(
                    created_at=None, subject={"text": "x"}, tags={"a": 1}, via=[7], brand_new={"a": []}
                )
            del ticket["description"]

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/oauth/tokens":
            assert asked.body["grant_type"] == "client_credentials"
            self.tokens_given += 1
            return Reply({"access_token": "fresh", "token_type": "bearer", "expires_in": 3600})
        pair = base64.b64encode(f"me@ours.example/token:{self.token}".encode()).decode()
        if asked.headers.get("authorization") not in (f"Basic {pair}", "Bearer fresh"):
            return Reply({"error": "Couldn't authenticate you"}, 401)
        parts = asked.path.removeprefix("/api/v2/").removesuffix(".json").split("/")
        if parts == ["incremental", "tickets", "cursor"]:
            return self._export(asked)
        if parts == ["users", "me"]:
            return Reply({"user": {"id": AGENT, "role": "admin"}})
        if parts[-1] == "show_many":
            return self._many(parts[0], asked.query["ids"].split(","))
        if parts[-1] == "comments":
            return self._comments(int(parts[1]), asked)
        if parts == ["tickets"]:
            return self._list(asked)
        return Reply({"error": "InvalidEndpoint"}, 404)

    def _export(self, asked: Asked) -> Reply:
        late = self.world.time.at - WITHHELD_S
        rows = sorted(
            (t for t in self.world.tickets.values() if t.updated <= late), key=lambda t: (t.updated, t.id)
        )
        if "cursor" in asked.query:
            updated, key = base64.b64decode(asked.query["cursor"]).decode().split("|")
            rows = [t for t in rows if (t.updated, t.id) > (int(updated), int(key))]
        else:
            rows = [t for t in rows if t.updated >= int(asked.query["start_time"])]
        page, after = self.page(rows, 0)
        last = page[after - 1] if after else page[-1] if page else None
        token = f"{last.updated}|{last.id}" if last else None
        cursor = base64.b64encode(token.encode()).decode() if token else asked.query.get("cursor")
        return Reply(
            {
                "tickets": [self._ticket(one) for one in page],
                "after_cursor": cursor,
                "after_url": cursor and f"{_origin(asked)}{asked.path}?{urlencode({'cursor': cursor})}",
                "end_of_stream": after is None,
                "before_cursor": None,
                "before_url": None,
            }
        )

    def _list(self, asked: Asked) -> Reply:
        """Tickets in pages by number, as they are without `page[size]`."""
        size = min(int(asked.query.get("per_page", "100")), self.page_size)
        rows = [one for one in self.world.tickets.values() if not one.deleted]
        name = "updated" if asked.query.get("sort_by") == "updated_at" else "id"
        rows.sort(key=lambda one: (getattr(one, name), one.id), reverse="desc" in asked.query.values())
        return self._numbered("tickets", [self._ticket(one) for one in rows], asked, size)

    def _numbered(self, kind: str, rows: list[Any], asked: Asked, size: int) -> Reply:
        page = int(asked.query.get("page", "1"))
        following = urlencode({**asked.query, "page": str(page + 1)})
        return Reply(
            {
                kind: rows[(page - 1) * size : page * size],
                "count": len(rows),
                "next_page": f"{_origin(asked)}{asked.path}?{following}" if len(rows) > page * size else None,
                "previous_page": None,
            }
        )

    def _ticket(self, ticket: Ticket) -> dict[str, Any]:
        return {
            "id": ticket.id,
            "subject": ticket.title,
            "description": ticket.said[0].text,
            "status": "deleted" if ticket.deleted else ticket.status,
            "requester_id": 5000 + ticket.id,
            "organization_id": ticket.company[0] if ticket.company else None,
            "external_id": None,
            "type": None,
            "created_at": self.world.time.iso(ticket.created),
            "updated_at": self.world.time.iso(ticket.updated),
            "tags": ["検索", *(["closed_by_merge"] if ticket.merged_into else [])],
        }

    def _many(self, kind: str, keys: list[str]) -> Reply:
        tickets = self.world.tickets
        if kind == "organizations":
            found = {t.company[0]: t.company[1] for t in tickets.values() if t.company}
            rows: list[Any] = [{"id": key, "name": name} for key, name in found.items() if str(key) in keys]
        elif kind == "users":
            rows = [self._user(t) for t in tickets.values() if str(5000 + t.id) in keys]
            rows += [STAFF] if str(AGENT) in keys else []
        else:
            rows = [self._ticket(t) for t in tickets.values() if str(t.id) in keys and not t.deleted]
        return Reply({kind: rows, "count": len(rows), "next_page": None, "previous_page": None})

    def _user(self, ticket: Ticket) -> dict[str, Any]:
        return {
            "id": 5000 + ticket.id,
            "name": ticket.name,
            "email": ticket.email,
            "role": "end-user",
            "organization_id": ticket.company[0] if ticket.company else None,
        }

    def _comments(self, key: int, asked: Asked) -> Reply:
        ticket = self.world.tickets.get(key)
        if ticket is None or ticket.deleted:
            return Reply({"error": "RecordNotFound"}, 404)
        rows = [self._comment(ticket, one) for one in ticket.said]
        if "page[size]" not in asked.query:
            return self._numbered("comments", rows, asked, self.page_size)
        start = int(asked.query.get("page[after]", "0"))
        end = start + self.page_size
        return Reply(
            {
                "comments": rows[start:end],
                "users": [STAFF, self._user(ticket)],
                "meta": {"has_more": end < len(ticket.said), "after_cursor": str(end)},
            }
        )

    def _comment(self, ticket: Ticket, said: Said) -> dict[str, Any]:
        return {
            "id": said.n,
            "author_id": AGENT if said.who == "agent" else 5000 + ticket.id,
            "body": said.text,
            "plain_body": said.text,
            "html_body": f'<div class="zd-comment"><p>{html.escape(said.text)}</p></div>',
            "public": said.public,
            "created_at": self.world.time.iso(said.at),
            "via": {"channel": "web", "source": {"rel": None, "from": {}}},
        }


def _origin(asked: Asked) -> str:
    return f"http://{asked.headers['host']}"
