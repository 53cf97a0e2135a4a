"""A world as a kintone app shows it; the update time has a name of the customer's own."""

import re
from typing import Any

from connectors.records.fields import moment_of
from tests.vendor_fake import Asked, Fake, Reply
from tests.vendor_world import Ticket

CODES = {
    "件名": "SINGLE_LINE_TEXT",
    "お問い合わせ内容": "MULTI_LINE_TEXT",
    "回答": "RICH_TEXT",
    "会社ID": "NUMBER",
    "会社名": "SINGLE_LINE_TEXT",
    "担当者": "LINK",
    "最終更新": "UPDATED_TIME",
    "作成日時": "CREATED_TIME",
}
_TIE = re.compile(r'\(最終更新 = "([^"]+)" and \$id > (\d+)\) or 最終更新 > "([^"]+)"')
_SINCE = re.compile(r'最終更新 >= "([^"]+)"')
_IDS = re.compile(r"\$id in \(([\d, ]+)\)")


class FakeKintone(Fake):
    """Turns of a world become one text and one reply: a record has one field of each."""

    type = "kintone"
    can_merge = False
    has_turns = False

    def settings(self, base_url: str) -> dict[str, Any]:
        fields = {
            "title": "件名",
            "text": "お問い合わせ内容",
            "reply": "回答",
            "account_id": "会社ID",
            "account_name": "会社名",
            "contact": "担当者",
        }
        return {"type": "kintone", "base_url": base_url, "token": self.token, "app": 7, "fields": fields}

    def is_listing(self, asked: Asked) -> bool:
        return asked.path == "/k/v1/records.json"

    def has_token(self, asked: Asked) -> bool:
        return False

    def drift(self, reply: Reply, key: str) -> None:
        for record in reply.body.get("records", ()):
            if record["$id"]["value"] == key:
                record.update({"作成日時": None, "件名": "text", "会社名": {"type": "X", "value": {"n": 1}}})
            del record["会社ID"]

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("x-cybozu-api-token") != self.token:
            return Reply(
                {"code": "GAIA_IA02", "id": "x", "message": "指定したAPIトークンが一致しません。"}, 401
            )
        assert asked.query["app"] == "7"
        if asked.path == "/k/v1/app/form/fields.json":
            return Reply(
                {"properties": {c: {"type": t, "code": c} for c, t in CODES.items()}, "revision": "2"}
            )
        if asked.path == "/k/v1/record.json":
            ticket = self.world.tickets.get(int(asked.query["id"]))
            missing = Reply({"code": "GAIA_RE01", "id": "x", "message": "レコードが見つかりません。"}, 404)
            return Reply({"record": self._record(ticket)}) if ticket and ticket.is_live else missing
        return self._records(asked.query["query"])

    def _records(self, query: str) -> Reply:
        assert "offset" not in query
        limit = min(int(query.rpartition("limit ")[2]), self.page_size)
        rows = [t for t in self.world.tickets.values() if t.is_live]
        if match := _IDS.search(query):
            keys = {int(key) for key in match[1].split(",")}
            return Reply({"records": [self._record(t) for t in rows if t.id in keys], "totalCount": None})
        if match := _TIE.search(query):
            at, key = _seconds(match[1]), int(match[2])
            rows = [t for t in rows if _minute(t) > at or (_minute(t) == at and t.id > key)]
        elif match := _SINCE.search(query):
            rows = [t for t in rows if _minute(t) >= _seconds(match[1])]
        rows.sort(key=lambda t: (_minute(t), t.id), reverse=" desc " in query)
        return Reply({"records": [self._record(t) for t in rows[:limit]], "totalCount": None})

    def _record(self, ticket: Ticket) -> dict[str, Any]:
        said = {
            who: [one.text for one in ticket.said if one.who == who and one.public]
            for who in ("customer", "agent")
        }
        values = {
            "件名": ticket.title,
            "お問い合わせ内容": "\n".join(said["customer"]),
            "回答": "".join(f"<div>{text}</div>" for text in said["agent"]),
            "会社ID": str(ticket.company[0]) if ticket.company else "",
            "会社名": ticket.company[1] if ticket.company else "",
            "担当者": ticket.email,
            "最終更新": self.world.time.iso(_minute(ticket)),
            "作成日時": self.world.time.iso(ticket.created // 60 * 60),
        }
        record = {code: {"type": CODES[code], "value": value} for code, value in values.items()}
        revision = sum(map(len, said.values())) * 1000 + ticket.updated
        return {
            "$id": {"type": "__ID__", "value": str(ticket.id)},
            "$revision": {"type": "__REVISION__", "value": str(revision)},
            **record,
        }


def _minute(ticket: Ticket) -> int:
    return ticket.updated // 60 * 60


def _seconds(text: str) -> float:
    moment = moment_of(text)
    assert moment is not None
    return moment.timestamp()
