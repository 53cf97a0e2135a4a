"""Salesforce opportunities with their accounts, and events and tasks that hold a call's transcript.

Endpoints: GET /services/data/v62.0/queryAll?q=… (and its nextRecordsUrl), …/sobjects/…/describe,
POST /services/oauth2/token.
Auth: an external client app with the client credentials flow, or an access token. Its user has to see the
records; Professional edition has no API unless it is bought.
Limits: an organization's requests in any 24 hours; `Sforce-Limit-Info` says how many are used with each
answer, and a share of them (`leave_share`) is left to others. Over it comes 403 REQUEST_LIMIT_EXCEEDED.
Deletes: `IsDeleted`, for 15 days; what is purged is asked about once a week.

What the vendor does not tell: an answer may have fewer rows than 2,000 without being the last. Records that a
merged account leaves to another, and records of an account that is renamed, need not get a new stamp: the
accounts that changed are looked at too. An event for several people has a child for each of them. `CloseDate`
of an open opportunity is a hope. A currency is named only where an organization has several. MiiTel and
others write transcripts into the description of an event or a task (a ToDo, not a call to Salesforce), or
into a field that was made for them (`transcript`); a memo there is nobody's words but ours.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors.base import Cursor
from connectors.http.asking import Answer, Ask, QuotaError, Site
from connectors.http.auth import Auth, bearer
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked, granted, tried
from connectors.http.phases import counted, in_turn
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import ExpiredError, Listed, Load, Row, Rules, guard, row_of, walk_changes
from connectors.records.fields import Fields, moment_of, read, rows_in
from connectors.vendors.salesforce_records import ACTIVITIES, call_of, deal_of, fields_of, heard_of
from koe.errors import SetupError
from koe.records import Conversation, Deal
from koe.settings.sources import SalesforceSettings

DATA = "/services/data/v62.0"
OVERLAP = timedelta(minutes=10)
PER_MINUTE = 300
AT_ONCE = 100
"""Accounts or ids in one question, so that its address stays short."""
_ONLY = {"Event": " AND IsChild = false", "Task": " AND TaskSubtype IN ('Call', 'Task')"}
"""One event for all who were there; tasks that are calls, or made by others than Salesforce, but no mail."""
_USED = re.compile(r"api-usage=(\d+)/(\d+)")


class Salesforce:
    """The opportunities and talks of one organization."""

    streams = ("deals", "calls")
    sweeps = ("deals", "calls")

    def __init__(self, opening: Opening[SalesforceSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._known_fields: dict[str, frozenset[str]] = {}
        self._used = 0.0
        """The share of the day's requests that is used up, by the last answer."""
        self._memos: set[str] = set()

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """What changed after the cursor, then what belongs to accounts that changed."""
        now = self.client.now
        rules = Rules(self._opening.name, self._opening.start(self.client), now, OVERLAP)
        kinds = ("Opportunity",) if stream == "deals" else ACTIVITIES
        walks = {
            kind: partial(self._walk, partial(self._changed, kind, fields_of(kind)), self._load, rules)
            for kind in kinds
        }
        looks = partial(self._changed, "Account", ("Id", "IsDeleted", "MasterRecordId", "SystemModstamp"))
        walks["Account"] = partial(
            self._walk, looks, partial(self._of_accounts, kinds), rules._replace(start=now())
        )
        return counted(in_turn(cursor, walks), cursor, partial(self._notes, stream))

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation | Deal:
        """The deal or the call of a record; pure."""
        return (deal_of if stream == "deals" else call_of)(body, self._opening, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When a talk took place; a deal belongs to no week."""
        return moment_of(body.get("StartDateTime") or body.get("CreatedDate")) if stream == "calls" else None

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those that a question by id does not find, or finds deleted."""
        there: set[str] = set()
        asked = [key for key in ids if key.isalnum()]
        for kind in ("Opportunity",) if stream == "deals" else ACTIVITIES:
            for one in (
                self._all(f"SELECT Id, IsDeleted FROM {kind} WHERE {_among('Id', asked)}") if asked else ()
            ):
                there |= set() if one.flag("IsDeleted") else {one.maybe_id("Id") or ""}
        return [key for key in asked if key not in there]

    def check(self) -> Iterator[Health]:
        """Whether the fields are there, how much of the day is used up, and the newest records."""
        yield from checked(self.client, self._who, partial(self._newest, "Opportunity"))
        yield tried("newest event", partial(self._newest, "Event"))

    def _walk(self, look: Any, load: Load, rules: Rules, cursor: Cursor | None) -> Iterator[RawPage]:
        return walk_changes(look, load, cursor, rules)

    def _changed(self, kind: str, fields: Sequence[str], since: datetime, token: str | None) -> Listed:
        """Records by change; the token is the address of the next rows of the same question."""
        where = f"SystemModstamp >= {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        where += _ONLY.get(kind, "")
        listed = ", ".join(self._listed(kind, fields))
        query = f"SELECT {listed} FROM {kind} WHERE {where} ORDER BY SystemModstamp ASC, Id ASC"
        body = self._asked(query, token)
        rows = [
            row_of(one, one.maybe_id("Id"), one.maybe_moment("SystemModstamp"), since)
            for one in _records(body)
        ]
        return Listed(tuple(rows), _next(body))

    def _listed(self, kind: str, fields: Sequence[str]) -> tuple[str, ...]:
        """The fields to ask for. Raises SetupError where one that the settings name is not there."""
        settings = self._opening.settings
        if kind == "Opportunity":
            self._need(kind, settings.loss_reason, "loss_reason")
            more = ["CurrencyIsoCode"] if "CurrencyIsoCode" in self._fields_in(kind) else []
            return (*fields, *more, *filter(None, [settings.loss_reason]))
        if kind in ACTIVITIES and settings.transcript not in ("", *fields):
            self._need(kind, settings.transcript, "transcript")
            return (*fields, settings.transcript)
        return tuple(fields)

    def _need(self, kind: str, name: str, setting: str) -> None:
        if name and name not in self._fields_in(kind):
            raise SetupError(
                f"{self._opening.name}: {kind} has no field {name!r} that the user sees ({setting})."
            )

    def _fields_in(self, kind: str) -> frozenset[str]:
        """The fields of an object that the user sees. Asked for once in a pull."""
        if kind not in self._known_fields:
            body = self._sent(Ask("GET", f"{DATA}/sobjects/{kind}/describe")).body
            names = (one.maybe_text("name") for one in rows_in(body, "fields"))
            self._known_fields[kind] = frozenset(names)
        return self._known_fields[kind]

    def _load(self, rows: Sequence[Row]) -> list[Raw]:
        return [self._raw(row.id, row.body) for row in rows]

    def _raw(self, key: str, body: Mapping[str, Any]) -> Raw:
        """A record; an activity without a transcript is none."""
        is_activity = "Description" in body
        is_heard = is_activity and bool(heard_of(body, self._opening.settings.transcript))
        is_memo = is_activity and not read(body).flag("IsDeleted") and not is_heard
        (self._memos.add if is_memo else self._memos.discard)(key)
        return Raw(key, body, deleted=is_memo or read(body).flag("IsDeleted"))

    def _of_accounts(self, kinds: Sequence[str], rows: Sequence[Row]) -> list[Raw]:
        """The records of accounts that changed, and of those that they were merged into."""
        ids = {row.id for row in rows} | {read(row.body).maybe_id("MasterRecordId") or row.id for row in rows}
        accounts = sorted(key for key in ids if key.isalnum())
        found: list[Raw] = []
        for n in range(0, len(accounts), AT_ONCE):
            for kind in kinds:
                listed = ", ".join(self._listed(kind, fields_of(kind)))
                where = _among("AccountId", accounts[n : n + AT_ONCE]) + _ONLY.get(kind, "")
                records = self._all(f"SELECT {listed} FROM {kind} WHERE {where}")
                found += [self._raw(key, one.raw) for one in records if (key := one.maybe_id("Id"))]
        return found

    def _all(self, query: str) -> Iterator[Fields]:
        """Every record that a question finds."""
        token, used = None, set[str]()
        while True:
            body = self._asked(query, token)
            yield from _records(body)
            token = _next(body)
            if token is None:
                return
            guard(self._opening.name, token, used)

    def _asked(self, query: str, token: str | None) -> Any:
        if token is None:
            return self._sent(Ask("GET", f"{DATA}/queryAll", {"q": query})).body
        answer = self._sent(Ask("GET", token, allow=(400, 404)))
        if answer.status >= 400:
            raise ExpiredError
        return answer.body

    def _sent(self, ask: Ask) -> Answer:
        """An answer. Raises QuotaError when so much of the day is used up that the rest is others'."""
        if self._used > 1 - self._opening.settings.leave_share:
            raise QuotaError(
                f"{self._opening.name}: {self._used:.0%} of the organization's requests of a day are used; "
                "the rest is left to others (leave_share). The next pull goes on."
            )
        answer = self.client.ask(ask)
        if found := _USED.search(answer.headers.get("sforce-limit-info", "")):
            self._used = int(found[1]) / max(int(found[2]), 1)
        return answer

    def _notes(self, stream: str) -> list[str]:
        memos, self._memos = len(self._memos), set()
        told = f"calls: {memos} events and tasks hold no transcript and are not read"
        return [told] if stream == "calls" and memos else []

    def _who(self) -> str:
        self._listed("Opportunity", ())
        return f"{self._used:.0%} of the day's requests are used"

    def _newest(self, kind: str) -> str:
        rows = _records(
            self._asked(f"SELECT SystemModstamp FROM {kind} ORDER BY SystemModstamp DESC LIMIT 1", None)
        )
        return f"changed at {rows[0].maybe_text('SystemModstamp')}" if rows else "none is shown"


def open_vendor(opening: Opening[SalesforceSettings]) -> Salesforce:
    """The vendor of a configured Salesforce source."""
    settings = opening.settings
    base_url = settings.base_url or f"https://{settings.domain}.my.salesforce.com"
    site = Site(
        opening.name, base_url, rates={"": Rate(settings.per_minute or PER_MINUTE, 60)}, is_quota=_is_quota
    )
    return Salesforce(opening, Client(site._replace(auth=_auth(opening, site)), opening.clock))


def _auth(opening: Opening[SalesforceSettings], site: Site) -> Auth:
    settings = opening.settings
    if settings.has("token"):
        return bearer(settings.secret())
    secret = settings.secret("client_secret")
    form = {"grant_type": "client_credentials", "client_id": settings.client_id, "client_secret": secret}
    return granted(opening, site, "/services/oauth2/token", form)


def _is_quota(answer: Answer) -> bool:
    errors = answer.body if isinstance(answer.body, list) else []
    return any(read(one).maybe_text("errorCode") == "REQUEST_LIMIT_EXCEEDED" for one in errors)


def _records(body: Any) -> list[Fields]:
    return rows_in(body, "records")


def _next(body: Any) -> str | None:
    found = read(body)
    return None if found.flag("done") else found.maybe_text("nextRecordsUrl") or None


def _among(field: str, ids: Sequence[str]) -> str:
    names = ", ".join(f"'{key}'" for key in ids)
    return f"{field} IN ({names})"
