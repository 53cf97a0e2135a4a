"""A world as Intercom shows it."""

import html
from typing import Any

from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Said, Ticket


class FakeIntercom(Fake):
    type = "intercom"
    can_merge = False

    def settings(self, base_url: str) -> dict[str, Any]:
        return {"type": "intercom", "base_url": base_url, "token": self.token}

    def is_listing(self, asked: Asked) -> bool:
        return asked.path == "/conversations/search"

    def has_token(self, asked: Asked) -> bool:
        return self.is_listing(asked) and "starting_after" in asked.body["pagination"]

    def drift(self, reply: Reply, key: str) -> None:
        body = reply.body
        if isinstance(body, dict) and body.get("id") == key and "conversation_parts" in body:
            body.update(
                created_at="soon", state={"is": "open"}, tags=[], conversation_parts="none", new={"a": []}
            )
        if isinstance(body, dict) and "conversation_parts" in body:
            del body["state"]

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"type": "error.list", "errors": [{"code": "token_unauthorized"}]}, 401)
        assert asked.headers["intercom-version"]
        room, _, key = asked.path.strip("/").partition("/")
        if asked.path == "/me":
            return Reply({"type": "admin", "id": "1", "app": {"type": "app", "name": "港"}})
        if asked.path == "/conversations/search":
            return self._search(asked.body)
        if room == "conversations":
            ticket = self.world.tickets.get(int(key))
            there = ticket is not None and ticket.is_live
            return Reply(self._whole(ticket)) if there and ticket else self._missing()
        if room == "contacts":
            return Reply(self._contact(self.world.tickets[int(key) - 5000]))
        companies = {str(t.company[0]): t.company[1] for t in self.world.tickets.values() if t.company}
        return (
            Reply({"type": "company", "id": key, "name": companies[key]})
            if key in companies
            else self._missing()
        )

    def expired(self) -> Reply:
        return Reply({"type": "error.list", "errors": [{"code": "invalid_cursor"}]}, 400)

    def _missing(self) -> Reply:
        return Reply({"type": "error.list", "errors": [{"code": "not_found"}]}, 404)

    def _search(self, body: Any) -> Reply:
        query, paging = body["query"], body["pagination"]
        one = query["value"][0] if "value" in query and query["operator"] == "AND" else query
        rows = [t for t in self.world.tickets.values() if t.is_live]
        if one["field"] == "id":
            rows = [t for t in rows if str(t.id) in one["value"]]
            return Reply(
                {"type": "conversation.list", "conversations": [self._line(t) for t in rows], "pages": {}}
            )
        is_down = body["sort"]["order"] == "descending"
        rows = sorted((t for t in rows if t.updated > int(one["value"])), key=lambda t: (t.updated, t.id))
        page, after = self.page(rows[::-1] if is_down else rows, int(paging.get("starting_after", 0)))
        pages: dict[str, Any] = {"type": "pages", "page": 1, "per_page": self.page_size, "total_pages": 9}
        if after is not None:
            pages["next"] = {"per_page": self.page_size, "starting_after": str(after)}
        return Reply(
            {"type": "conversation.list", "conversations": [self._line(t) for t in page], "pages": pages},
            headers={"X-RateLimit-Remaining": "160", "X-RateLimit-Reset": str(int(self.world.time.at) + 10)},
        )

    def _line(self, ticket: Ticket) -> dict[str, Any]:
        first = ticket.said[0]
        return {
            "type": "conversation",
            "id": str(ticket.id),
            "title": ticket.title,
            "created_at": ticket.created,
            "updated_at": ticket.updated,
            "state": "closed" if ticket.status == "solved" else "open",
            "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": "検索"}]},
            "contacts": {
                "type": "contact.list",
                "contacts": [{"type": "contact", "id": str(5000 + ticket.id)}],
            },
            "source": {
                "type": "conversation",
                "id": "1",
                "subject": "",
                "body": f"<p>{html.escape(first.text)}</p>",
                "author": self._author(ticket, first),
                "redacted": False,
            },
        }

    def _whole(self, ticket: Ticket) -> dict[str, Any]:
        parts = [self._part(ticket, said) for said in ticket.said[1:]]
        listed = {"type": "conversation_part.list", "conversation_parts": parts, "total_count": len(parts)}
        return {**self._line(ticket), "conversation_parts": listed}

    def _part(self, ticket: Ticket, said: Said) -> dict[str, Any]:
        return {
            "type": "conversation_part",
            "id": str(said.n),
            "part_type": "comment" if said.public else "note",
            "body": said.text,
            "created_at": said.at,
            "author": self._author(ticket, said),
            "redacted": False,
        }

    def _author(self, ticket: Ticket, said: Said) -> dict[str, Any]:
        if said.who == "agent":
            return {"type": "admin", "id": "1", "name": "窓口", "email": "me@ours.example"}
        return {"type": "user", "id": str(5000 + ticket.id), "name": ticket.name, "email": ticket.email}

    def _contact(self, ticket: Ticket) -> dict[str, Any]:
        companies = [{"type": "company", "id": str(ticket.company[0])}] if ticket.company else []
        return {
            "type": "contact",
            "id": str(5000 + ticket.id),
            "name": ticket.name,
            "email": ticket.email,
            "companies": {"data": companies, "total_count": len(companies), "has_more": False},
        }
