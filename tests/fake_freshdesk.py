"""A world as Freshdesk shows it."""

import base64
import html
from typing import Any

from connectors.records.fields import moment_of
from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Said, Ticket

NEXT = {"Link": '<https://acme.freshdesk.com/api/v2/tickets?page=2>; rel="next"'}


class FakeFreshdesk(Fake):
    type = "freshdesk"
    can_merge = False

    def settings(self, base_url: str) -> dict[str, Any]:
        return {"type": "freshdesk", "base_url": base_url, "token": self.token}

    def is_listing(self, asked: Asked) -> bool:
        return asked.path == "/api/v2/tickets"

    def has_token(self, asked: Asked) -> bool:
        return self.is_listing(asked) and asked.query.get("page", "1") != "1" and "filter" not in asked.query

    def drift(self, reply: Reply, key: str) -> None:
        for ticket in reply.body if isinstance(reply.body, list) else ():
            if "subject" in ticket:
                if str(ticket["id"]) == key:
                    ticket.update(created_at=None, subject={"text": "x"}, tags={"a": 1}, requester=[7])
                del ticket["status"]

    def answer(self, asked: Asked) -> Reply:
        sent = asked.headers.get("authorization", "").removeprefix("Basic ")
        if base64.b64decode(sent).decode().partition(":")[0] != self.token:
            return Reply({"code": "invalid_credentials"}, 401)
        parts = asked.path.removeprefix("/api/v2/").split("/")
        if parts == ["agents", "me"]:
            return Reply({"id": 1, "ticket_scope": 1, "contact": {"name": "窓口"}, **self._born()})
        if parts == ["tickets"]:
            return self._list(asked.query)
        if parts[0] == "companies":
            names = {str(t.company[0]): t.company[1] for t in self.world.tickets.values() if t.company}
            known = {"id": int(parts[1]), "name": names.get(parts[1]), "domains": [], **self._born()}
            return Reply(known) if parts[1] in names else Reply(None, 404)
        return self._replies(int(parts[1]), int(asked.query.get("page", "1")))

    def expired(self) -> Reply:
        return Reply({"description": "Validation failed"}, 400)

    def _list(self, query: dict[str, str]) -> Reply:
        tickets = self.world.tickets.values()
        assert int(query.get("page", "1")) <= 300
        if "filter" in query:
            rows = [t for t in tickets if t.deleted] if query["filter"] == "deleted" else []
        else:
            since = moment_of(query.get("updated_since", "2026-08-22T00:00:00Z"))
            assert since is not None
            rows = [t for t in tickets if t.is_live and t.updated >= since.timestamp()]
        rows.sort(key=lambda t: (t.updated, t.id), reverse=query.get("order_type") == "desc")
        start = (int(query.get("page", "1")) - 1) * self.page_size
        page, after = self.page(rows, start)
        if self._repeats and start:
            page = rows[start - 1 : start - 1 + self.page_size]
            after = start + self.page_size if start + self.page_size < len(rows) + 1 else None
        more = query.get("include", "").split(",")
        return Reply([self._ticket(t, more) for t in page], headers=NEXT if after is not None else {})

    def _ticket(self, ticket: Ticket, more: list[str]) -> dict[str, Any]:
        """A ticket of a list; its text and who asked come only where they were asked for."""
        text = ticket.said[0].text
        words = {"description": f"<div>{html.escape(text)}</div>", "description_text": text}
        asker = {"id": 5000 + ticket.id, "name": ticket.name, "email": ticket.email}
        return {
            "id": ticket.id,
            "subject": ticket.title,
            **(words if "description" in more else {}),
            **({"requester": asker} if "requester" in more else {}),
            "status": 4 if ticket.status == "solved" else 2,
            "priority": 1,
            "source": 2,
            "spam": False,
            "requester_id": 5000 + ticket.id,
            "company_id": ticket.company[0] if ticket.company else None,
            "created_at": self.world.time.iso(ticket.created),
            "updated_at": self.world.time.iso(ticket.updated),
            "tags": ["検索"],
        }

    def _born(self) -> dict[str, str]:
        return dict.fromkeys(("created_at", "updated_at"), self.world.time.iso(1_700_000_000))

    def _replies(self, key: int, page: int) -> Reply:
        ticket = self.world.tickets.get(key)
        if ticket is None or not ticket.is_live:
            return Reply(None, 404)
        start = 1 + (page - 1) * self.page_size
        rows = ticket.said[start : start + self.page_size]
        has_more = len(ticket.said) > start + self.page_size
        return Reply([self._reply(ticket, one) for one in rows], headers=NEXT if has_more else {})

    def _reply(self, ticket: Ticket, said: Said) -> dict[str, Any]:
        is_agent = said.who == "agent"
        return {
            "id": said.n,
            "ticket_id": ticket.id,
            "user_id": 1 if is_agent else 5000 + ticket.id,
            "source": 0 if said.public else 2,
            "from_email": "窓口 <me@ours.example>" if is_agent else f"{ticket.name} <{ticket.email}>",
            "body": f"<div>{html.escape(said.text)}</div>",
            "body_text": said.text,
            "incoming": not is_agent,
            "private": not said.public,
            "created_at": self.world.time.iso(said.at),
            "updated_at": self.world.time.iso(said.at),
        }
