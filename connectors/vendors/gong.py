"""Gong calls with their transcripts, and the deals of a CRM that they belong to.

Endpoints: POST /v2/calls/extensive (by when calls began, or by id), POST /v2/calls/transcript, GET /v2/users.
Auth: an access key and its secret (Basic). The address is the company's own, `https://….api.gong.io`.
Limits: 3 requests a second and 10,000 a day, of which no header tells how many are left; `Retry-After`.
Deletes: a deleted call leaves no trace, so the ledger's ids are looked for once a week. Calls marked private
are not read, and are withdrawn when they become so.

What the vendor does not tell: the filter is by when a call began, and transcripts come hours later, so the
last days (`late_days`) are read again each time. A window without calls is a 404 that says "No calls found".
A filter in the address of a POST is ignored, and the page's cursor goes into the body. A deal's id may have
15 letters.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.base import Cursor
from connectors.http.asking import Answer, RefusedError, Site
from connectors.http.auth import basic
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked
from connectors.http.phases import counted
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import ExpiredError, Listed, Row, Rules, row_of, walk_windows
from connectors.records.accounts import role_of
from connectors.records.fields import Fields, moment_of, read, rows_in
from connectors.vendors.crm_ids import whole_id
from connectors.vendors.waiting import Waiting, company_of
from koe.records import Account, Conversation, Role, Turn
from koe.settings.sources import GongSettings

ALL = Rate(3, 1)
NOT_FOUND = "no calls found"
CONTENT = {"context": "Extended", "contextTiming": ["Now", "TimeOfCall"], "exposedFields": {"parties": True}}
_DEALS = frozenset(("opportunity", "deal"))
_ACCOUNTS = frozenset(("account", "company"))
_ROLES: dict[str, Role] = {"internal": "agent", "external": "customer"}


class Gong:
    """The calls of one company in Gong."""

    streams = ("calls",)
    sweeps = ("calls",)

    def __init__(self, opening: Opening[GongSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._late = timedelta(days=opening.settings.late_days)
        self._waiting = Waiting(self._late)

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """Calls since the cursor, and those of the days before it."""
        rules = Rules(self._opening.name, self._opening.start(self.client), self.client.now, self._late)
        return counted(walk_windows(self._look, self._load, cursor, rules), cursor, self._waiting.note)

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation:
        """The call of a bundle; pure."""
        return call_of(body, self._opening, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the call began."""
        return moment_of(body["call"]["metaData"].get("started"))

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those that are not among the calls asked for by id."""
        there: set[str] = set()
        token: str | None = None
        for _ in ids:
            found = self._extensive({"callIds": list(ids)}, token)
            there |= {row.id for row in found.rows}
            token = found.token
            if token is None:
                break
        return [key for key in ids if key not in there]

    def check(self) -> Iterator[Health]:
        """Whether the key is good, and the newest call of the last month."""
        return checked(self.client, self._who, self._newest)

    def _look(self, since: datetime, until: datetime, token: str | None) -> Listed:
        return self._extensive({"fromDateTime": _iso(since), "toDateTime": _iso(until)}, token)

    def _extensive(self, filtered: Mapping[str, Any], token: str | None) -> Listed:
        body: dict[str, Any] = {"filter": filtered, "contentSelector": CONTENT}
        if token is not None:
            body["cursor"] = token
        allow = (400, 404) if token is not None else (404,)
        answer = self.client.post("/v2/calls/extensive", body, allow=allow)
        if answer.status == 404 and _is_empty(answer):
            return Listed((), None)
        if answer.status >= 400:
            raise (
                ExpiredError if token else RefusedError(f"{self._opening.name}: base_url is not Gong's.", 404)
            )
        found = read(answer.body)
        rows = []
        for one in rows_in(found.raw, "calls"):
            told = one.part("metaData")
            rows.append(row_of(one, told.maybe_id("id"), told.maybe_moment("started"), self.client.now()))
        return Listed(tuple(rows), found.part("records").maybe_text("cursor") or None)

    def _load(self, rows: Sequence[Row]) -> list[Raw]:
        """Calls with their transcripts; private ones are taken out."""
        private = [row for row in rows if read(row.body).part("metaData").flag("isPrivate")]
        rest = [row for row in rows if row not in private]
        said = self._transcripts([row.id for row in rest])
        found = [Raw(row.id, {}, deleted=True) for row in private]
        for row in rest:
            body = {"call": row.body, "transcript": said.get(row.id)}
            whole = [Raw(row.id, body)] if said.get(row.id) else None
            found += whole or self._waiting.judge(row.id, body, row.stamp, self.client.now())
        return found

    def _transcripts(self, ids: Sequence[str]) -> dict[str, Any]:
        """What was said, by call; calls without a transcript yet are not among them."""
        said: dict[str, Any] = {}
        token: str | None = None
        for _ in ids:
            body: dict[str, Any] = {"filter": {"callIds": list(ids)}}
            if token is not None:
                body["cursor"] = token
            answer = self.client.post("/v2/calls/transcript", body, allow=(404,))
            if answer.status == 404 and _is_empty(answer):
                break
            found = read(answer.body)
            said |= {
                one.maybe_id("callId") or "": one.raw.get("transcript")
                for one in rows_in(found.raw, "callTranscripts")
            }
            token = found.part("records").maybe_text("cursor") or None
            if token is None:
                break
        return said

    def _who(self) -> str:
        users = read(self.client.get("/v2/users").body).part("records").number("totalRecords")
        return f"{users or 0:.0f} users are shown"

    def _newest(self) -> str:
        now = self.client.now()
        stamps = [row.stamp for row in self._look(now - timedelta(days=30), now, None).rows]
        return f"began at {max(stamps):%Y-%m-%dT%H:%M:%SZ}" if stamps else "none in the last 30 days"


def open_vendor(opening: Opening[GongSettings]) -> Gong:
    """The vendor of a configured Gong source."""
    settings = opening.settings
    rate = Rate(settings.per_minute, 60) if settings.per_minute else ALL
    auth = basic(settings.access_key, settings.secret("key_secret"))
    return Gong(opening, Client(Site(opening.name, settings.base_url, auth, {"": rate}), opening.clock))


def _is_empty(answer: Answer) -> bool:
    errors = read(answer.body).raw.get("errors")
    return isinstance(errors, list) and any(NOT_FOUND in str(one).lower() for one in errors)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def call_of(body: Mapping[str, Any], opening: Opening[GongSettings], odd: set[str]) -> Conversation:
    """The call of a bundle. Raises SkipError."""
    whole = Fields(body, odd)
    call = whole.part("call")
    told, parties = call.part("metaData"), call.parts("parties")
    roles = {one.maybe_id("speakerId") or "": _role(one, opening.settings.our_domains) for one in parties}
    names = {one.maybe_id("speakerId") or "": one.line("name") for one in parties}
    theirs = [one for one in parties if _role(one, opening.settings.our_domains) == "customer"]
    deals = sorted({key for key, _ in _objects(call, _DEALS)})
    key, began = told.id("id"), told.moment("started")
    return Conversation(
        source=opening.name,
        external_id=key,
        kind="call",
        account=_account(call, theirs, opening, key),
        created_at=began,
        title=told.line("title"),
        contact=next((one.line("name") for one in theirs if one.line("name")), ""),
        deal=deals[0] if len(deals) == 1 else None,
        turns=tuple(
            turn for one in whole.parts("transcript") if (turn := _turn(one, began, roles, names)).text
        ),
    )


def _role(party: Fields, ours: Sequence[str]) -> Role:
    """By the affiliation; an unknown one by the mail address, else nobody can tell."""
    told = _ROLES.get(party.maybe_text("affiliation").lower(), "other")
    return role_of(party.maybe_text("emailAddress"), ours, told)


def _turn(said: Fields, began: datetime, roles: Mapping[str, Role], names: Mapping[str, str]) -> Turn:
    speaker, sentences = said.maybe_id("speakerId") or "", said.parts("sentences")
    start_ms = sentences[0].number("start") if sentences else None
    return Turn(
        role=roles.get(speaker, "other"),
        text=" ".join(one.text("text").strip() for one in sentences).strip(),
        name=names.get(speaker, ""),
        at=None if start_ms is None else began + timedelta(milliseconds=start_ms),
    )


def _account(call: Fields, theirs: Sequence[Fields], opening: Opening[GongSettings], key: str) -> Account:
    """The account that the CRM links the call to, where it is one; else the customer's mail domain."""
    known = sorted(set(_objects(call, _ACCOUNTS)))
    if len({account for account, _ in known}) == 1:
        return Account(id=known[0][0], name=known[-1][1])
    emails = [one.maybe_text("emailAddress") for one in theirs]
    person = next((one.maybe_id("id") for one in theirs if one.maybe_id("id")), None)
    return company_of(
        emails, opening.settings.our_domains, opening.settings.accounts, person or f"call-{key}"
    )


def _objects(call: Fields, kinds: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Ids and names of the CRM's objects of some kinds that a call is linked to."""
    for context in call.parts("context"):
        for one in context.parts("objects"):
            if one.maybe_text("objectType").lower() in kinds and (key := one.maybe_id("objectId")):
                fields = {field.maybe_text("name"): field.raw.get("value") for field in one.parts("fields")}
                name = fields.get("Name", fields.get("name"))
                yield whole_id(key), name if isinstance(name, str) else ""
