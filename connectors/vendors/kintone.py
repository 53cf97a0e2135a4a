"""Records of one kintone app as tickets, by a map of its field codes.

Endpoints: GET /k/v1/records.json (seeking by update time and $id), /k/v1/record.json,
/k/v1/app/form/fields.json.
Auth: the app's API token with the right to view records (`X-Cybozu-API-Token`).
Limits: 100 requests at once for a domain (we ask one at a time), 10,000 a day for an app before the
administrator is told.
Deletes: a deleted record leaves no trace, so the ledger's ids are looked for once a week.

What the vendor does not tell: update times have the grain of a minute. An offset over 10,000 is refused,
so none is used. The update-time field has a code of the customer's own and is found by its type; so are
the other fields, and a code that is no longer there stops the pull with its name. Comments under a
record are talk among colleagues, and are not read.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connectors.base import Cursor
from connectors.http.asking import Site
from connectors.http.auth import header
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import Listed, Row, Rules, row_of, walk_changes
from connectors.records.accounts import account_of
from connectors.records.fields import Fields, moment_of, read, rows_in
from connectors.text.html_text import looks_like_html, message_of
from koe.errors import SetupError, SkipError
from koe.records import Conversation, Turn
from koe.settings.sources import KintoneSettings

PAGE = 100
PER_MINUTE = 300


class Kintone:
    """The records of one app."""

    streams = ("tickets",)
    sweeps = ("tickets",)

    def __init__(self, opening: Opening[KintoneSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._app = str(opening.settings.app)
        self._updated = ""

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """Records that changed after the cursor. Raises SetupError for a field that the app has not."""
        self._updated = self._update_field()
        start, now = self._opening.start(self.client), self.client.now
        rules = Rules(
            self._opening.name, start, now, grain=timedelta(minutes=1), token_life=timedelta(days=1)
        )
        yield from walk_changes(self._look, self._load, cursor, rules)

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation:
        """The conversation of a record; pure."""
        return conversation_of(
            body, self._opening.name, (self._opening.settings.fields, self._opening.zone), odd
        )

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the record was made."""
        return _created(_Record(body, self._opening.settings.fields, set()), self._opening.zone)

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those that a search by id does not find, and that are 404 when asked for alone."""
        numbers = [key for key in ids if key.isdecimal()]
        found = self._records(f"$id in ({', '.join(numbers)}) limit {PAGE}") if numbers else []
        there = {_id_of(one) for one in found}
        return [key for key in ids if key not in there and self._is_missing(key)]

    def check(self) -> Iterator[Health]:
        """Whether the token may read the app and its fields, and the newest record."""
        return checked(self.client, self._who, self._newest)

    def _look(self, since: datetime, token: str | None) -> Listed:
        """Records by update time and number; the token is the number of the last one of this minute."""
        name, stamp = self._updated, since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        where = f'{name} >= "{stamp}"'
        if token is not None:
            where = f'({name} = "{stamp}" and $id > {int(token)}) or {name} > "{stamp}"'
        found = self._records(f"{where} order by {name} asc, $id asc limit {PAGE}")
        rows = tuple(_row(one, name, since) for one in found)
        numbers = [key for one in found if (key := _id_of(one))]
        return Listed(rows, numbers[-1] if numbers else None)

    def _load(self, rows: Sequence[Row]) -> list[Raw]:
        """Records come whole."""
        return [Raw(_id_of(read(row.body)) or row.id, row.body) for row in rows]

    def _records(self, query: str) -> list[Fields]:
        answer = self.client.get("/k/v1/records.json", {"app": self._app, "query": query})
        return rows_in(answer.body, "records")

    def _update_field(self) -> str:
        """Code of the app's update time. Raises SetupError when a mapped field is not there."""
        answer = self.client.get("/k/v1/app/form/fields.json", {"app": self._app})
        known = read(answer.body).part("properties")
        for ours, code in self._opening.settings.fields.items():
            if code not in known.raw:
                raise SetupError(
                    f"{self._opening.name}: app {self._app} has no field {code!r} (fields.{ours}). "
                    f"It has {', '.join(sorted(known.raw))[:400]}."
                )
        found = [code for code in known.raw if known.part(code).maybe_text("type") == "UPDATED_TIME"]
        if not found:
            raise SetupError(
                f"{self._opening.name}: app {self._app} has no update time. Add that field to its form."
            )
        return found[0]

    def _is_missing(self, key: str) -> bool:
        params = {"app": self._app, "id": key}
        return self.client.get("/k/v1/record.json", params, allow=(404,)).status == 404

    def _who(self) -> str:
        return f"may read app {self._app}, update time in {self._update_field()!r}"

    def _newest(self) -> str:
        name = self._update_field()
        rows = self._records(f"order by {name} desc limit 1")
        return f"changed at {rows[0].part(name).maybe_text('value')}" if rows else "none: the app is empty"


def open_vendor(opening: Opening[KintoneSettings]) -> Kintone:
    """The vendor of a configured kintone source."""
    settings = opening.settings
    site = Site(
        opening.name,
        settings.base_url or f"https://{settings.subdomain}.cybozu.com",
        header("X-Cybozu-API-Token", settings.secret()),
        {"": Rate(settings.per_minute or PER_MINUTE, 60)},
    )
    return Kintone(opening, Client(site, opening.clock))


def _id_of(record: Fields) -> str | None:
    """A record's number; None for what is none."""
    key = record.part("$id").maybe_id("value")
    return key if key and key.isdecimal() else None


def _row(one: Fields, updated: str, since: datetime) -> Row:
    """A record as a line of the listing; its revision tells changes inside one minute apart."""
    key, revision = _id_of(one), one.part("$revision").maybe_text("value")
    return row_of(one, key and f"{key}#{revision}", one.part(updated).maybe_moment("value"), since)


class _Record:
    """A record seen through the map of its fields."""

    def __init__(self, body: Mapping[str, Any], codes: Mapping[str, str], odd: set[str]) -> None:
        self.fields = Fields(body, odd)
        self._codes = codes

    def text(self, ours: str) -> str:
        """A mapped field as text; "" where it is not mapped, and noted where the record lacks it."""
        code = self._codes.get(ours)
        if code is None:
            return ""
        if code not in self.fields.raw:
            self.fields.odd.add(f"{code} (absent)")
            return ""
        found = self.fields.part(code)
        text = _shown(found.raw.get("value"))
        is_rich = found.maybe_text("type") == "RICH_TEXT" or looks_like_html(text[:200])
        return message_of(text) if is_rich and text.strip() else message_of("", text)

    def line(self, ours: str) -> str:
        """The same on one line."""
        return " ".join(self.text(ours).split())

    def typed(self, kind: str) -> datetime | None:
        """The moment in the field of a type, whatever its code."""
        for code in self.fields.raw:
            if self.fields.part(code).raw.get("type") == kind:
                return self.fields.part(code).maybe_moment("value")
        return None


def _shown(value: Any) -> str:
    """A field's value as people see it: names of users, choices one after the other."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_shown, value)))
    if isinstance(value, dict):
        return str(value.get("name") or value.get("code") or "")
    return "" if value is None else str(value)


def _created(record: _Record, zone: ZoneInfo) -> datetime | None:
    """When it came in: by the mapped field, a day being its midnight on the company's clock."""
    text = record.line("created_at")
    try:
        day = datetime.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    return moment_of(day.replace(tzinfo=zone).isoformat() if day else text) or record.typed("CREATED_TIME")


def conversation_of(
    body: Mapping[str, Any], source: str, means: tuple[Mapping[str, str], ZoneInfo], odd: set[str]
) -> Conversation:
    """The conversation of a record by the map and clock in `means`; pure. Raises SkipError."""
    record = _Record(body, means[0], odd)
    key, created = _id_of(record.fields), _created(record, means[1])
    if key is None or created is None:
        raise SkipError("has no $id" if key is None else "has no time when it came in")
    contact, company = record.line("contact"), record.line("account_name")
    company_id = record.line("account_id") or company
    person = hashlib.sha256(contact.encode()).hexdigest()[:12] if contact else f"record-{key}"
    said = (("customer", "text", contact), ("agent", "reply", ""))
    turns = [Turn(role=role, text=record.text(ours), name=name) for role, ours, name in said]
    return Conversation(
        source=source,
        external_id=key,
        kind="ticket",
        account=account_of((company_id, company) if company_id else None, contact, person),
        created_at=created,
        updated_at=record.typed("UPDATED_TIME"),
        title=record.line("title"),
        contact=contact,
        status=record.line("status"),
        tags=tuple(filter(None, record.line("tags").split(", "))),
        deal=record.line("deal") or None,
        turns=tuple(turn for turn in turns if turn.text),
    )
