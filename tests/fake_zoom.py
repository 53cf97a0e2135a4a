"""A world as Zoom shows it: tickets as recorded meetings of two hosts, with a transcript in WebVTT."""

import base64
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Ticket, World

LABELS = {"customer": "お客様", "agent": "担当 佐藤"}


class FakeZoom(Fake):
    type = "zoom"
    can_merge = False
    joins_turns = True

    def __init__(self, world: World, page_size: int = 100) -> None:
        super().__init__(world, page_size)
        self.base_url = ""
        self.silent: set[int] = set()
        self.tokens_given = 0
        self.token_life_s = 900.0
        self._given: dict[str, float] = {}

    def settings(self, base_url: str) -> dict[str, Any]:
        self.base_url = base_url
        return {"type": "zoom", "base_url": base_url, "token": self.token}

    def is_listing(self, asked: Asked) -> bool:
        return asked.path.startswith("/v2/users/")

    def has_token(self, asked: Asked) -> bool:
        return self.is_listing(asked) and "next_page_token" in asked.query

    def drift(self, reply: Reply, key: str) -> None:
        for one in reply.body.get("meetings", ()) if isinstance(reply.body, dict) else ():
            if one["uuid"] == key:
                one["start_time"] = None
            one["topic"] = {"text": "x"}

    def unname(self, reply: Reply, key: str) -> None:
        for one in reply.body.get("meetings", ()) if isinstance(reply.body, dict) else ():
            if one["uuid"] == key:
                one["uuid"] = None

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/oauth/token":
            return self._signed_in(asked)
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"code": 124, "message": "Invalid access token."}, 401)
        parts = asked.path.removeprefix("/v2/").split("/")
        if parts == ["users"]:
            return self._users(asked.query)
        if parts[0] == "users":
            return self._recordings(parts[1], asked.query)
        if parts[1] == "rec":
            return Reply(self._vtt(self.world.tickets[int(parts[-1])]))
        ticket = self.world.tickets.get(int(unquote(unquote(parts[1]))))
        if ticket is None or ticket.deleted:
            return Reply({"code": 3301, "message": "There is no recording for this meeting."}, 404)
        return Reply(self._people(ticket) if parts[0] == "past_meetings" else self._meeting(ticket))

    def expired(self) -> Reply:
        return Reply({"code": 300, "message": "The next page token is invalid or expired."}, 400)

    def _signed_in(self, asked: Asked) -> Reply:
        pair = base64.b64encode(b"c:c-s3cret").decode()
        if asked.headers.get("authorization") != f"Basic {pair}":
            return Reply({"reason": "Invalid client_id or client_secret", "error": "invalid_client"}, 400)
        if asked.body != {"grant_type": "account_credentials", "account_id": "a"}:
            return Reply({"reason": "Bad Request", "error": "invalid_request"}, 400)
        self.tokens_given += 1
        told = {"token_type": "bearer", "expires_in": 3600, "scope": "user:read", "api_url": self.base_url}
        return Reply({"access_token": self.token, **told})

    def _users(self, query: dict[str, str]) -> Reply:
        status = query.get("status", "active")
        rows = [
            {"id": f"u{n}", "type": 2, "email": f"u{n}@ours.example", "first_name": "花子", "status": status}
            for n in ((0, 1) if status == "active" else ())
        ]
        page, after = self.page(rows, int(query.get("next_page_token") or 0))
        told = {"page_size": self.page_size, "total_records": len(rows)}
        return Reply({**told, "next_page_token": "" if after is None else str(after), "users": page})

    def _recordings(self, host: str, query: dict[str, str]) -> Reply:
        since, until = (_day(query[name]) for name in ("from", "to"))
        assert until - since <= 31 * 86_400
        token = query.get("next_page_token", "")
        if token and self.world.time.at - self._given.get(token, 0) > self.token_life_s:
            return self.expired()
        rows = [one for one in self.world.tickets.values() if f"u{one.id % 2}" == host and not one.deleted]
        rows = [one for one in rows if since <= one.created < until + 86_400]
        rows.sort(key=lambda one: (one.created, one.id), reverse=True)
        page, after = self.page(rows, int(token.rpartition("-")[2] or 0))
        following = "" if after is None else f"{host}-{int(self.world.time.at)}-{after}"
        self._given[following] = self.world.time.at
        told = {"from": query["from"], "to": query["to"], "page_size": self.page_size}
        found = {"total_records": len(rows), "meetings": [self._meeting(one) for one in page]}
        return Reply({**told, "next_page_token": following, **found})

    def _meeting(self, ticket: Ticket) -> dict[str, Any]:
        url = f"{self.base_url}/v2/rec/rec/{ticket.id}"
        words = {"id": f"t{ticket.id}", "file_type": "TRANSCRIPT", "status": "completed", "download_url": url}
        files = [{"id": f"m{ticket.id}", "file_type": "MP4", "download_url": f"{url}/film"}]
        return {
            "uuid": str(ticket.id),
            "id": 8_000_000 + ticket.id,
            "host_id": f"u{ticket.id % 2}",
            "topic": ticket.title,
            "start_time": self.world.time.iso(ticket.created),
            "recording_files": files if ticket.id in self.silent else [*files, words],
        }

    def _people(self, ticket: Ticket) -> dict[str, Any]:
        mails = [f"u{ticket.id % 2}@ours.example", ticket.email]
        return {"participants": [{"name": "人", "user_email": mail} for mail in mails]}

    def _vtt(self, ticket: Ticket) -> str:
        said = [one for one in ticket.said if one.public]
        cues = [
            f"{n}\n00:00:{n % 60:02}.000 --> 00:00:{n % 60:02}.900\n{LABELS[one.who]}: {one.text}\n"
            for n, one in enumerate(said)
        ]
        return "\n".join(["WEBVTT\n", *cues]).encode("utf-8", "ignore").decode()


def _day(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
