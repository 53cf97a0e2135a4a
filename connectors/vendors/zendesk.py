"""Zendesk Support tickets with their public comments.

Endpoints: GET /api/v2/incremental/tickets/cursor (start_time once, then cursor until end_of_stream),
/api/v2/tickets/{id}/comments?include=users, /api/v2/users/show_many, /api/v2/organizations/show_many.
Auth: API token (`mail/token:key`), OAuth access token, or OAuth client credentials; the export needs
an admin or the scope `read`.
Limits: the export 10 requests a minute, everything else 200 a minute on the smallest plan.
Deletes: a deleted ticket comes as `status: deleted` and its comments are 404. A ticket with the tag
`closed_by_merge` moves into the one it was merged into: that one is given its comments too.

What the vendor does not tell: changes of the last minute are withheld, so they come with the next
pull. The export filters on a hidden stamp, and `updated_at` may be older. `start_time` passed again
with a cursor loses rows. No field says what a ticket was merged into; a comment on each side does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Cursor
from connectors.http.asking import TOO_LARGE, Answer, RefusedError, Site, segment
from connectors.http.auth import Auth, basic, bearer
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked, granted
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import guard
from connectors.records.fields import Fields, by_id, moment_of, read, rows_in
from connectors.vendors.zendesk_records import MERGED_TAG, MOST_MERGED, conversation_of, losers_of, winner_of
from koe.errors import RetryError
from koe.records import Conversation
from koe.settings.sources import ZendeskSettings

FORMAT = "1"
PAGE = "100"
EXPIRED = (400, 404, 410, 422)
EXPORT = Rate(10, 60)
PER_MINUTE = 200
LATE_S = 900
"""How far before the newest change an export is begun again whose cursor is no longer known."""


class Zendesk:
    """The tickets of one Zendesk account."""

    streams = ("tickets",)
    sweeps = ()

    def __init__(self, opening: Opening[ZendeskSettings], client: Client) -> None:
        self.client = client
        self._opening = opening

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """Tickets that changed after the cursor, a hundred at a time."""
        known = dict(cursor) if cursor and cursor.get("v") == FORMAT else {}
        known.setdefault("start", self._start())
        used = {known.get("after", "")}
        is_end = False
        while not is_end:
            answer = self._export(known)
            if answer.status in EXPIRED:
                known, used = _begun_again(known), {""}
                continue
            found = read(answer.body)
            after = found.maybe_text("after_cursor")
            is_end = found.flag("end_of_stream") or not after
            tickets = rows_in(answer.body, "tickets")
            if len(tickets) < (found.number("count") or 0):
                raise RetryError(
                    f"{self._opening.name}: Zendesk gave fewer tickets than it says. Pull again later."
                )
            known = {"v": FORMAT, "start": known["start"], "after": after, "top": _top(tickets, known)}
            yield RawPage(self._whole(tickets), known)
            if not is_end:
                guard(self._opening.name, after, used)

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation:
        """The conversation of a ticket bundle; pure."""
        return conversation_of(body, self._opening.name, self._opening.settings.our_domains, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the ticket came in."""
        return moment_of(body["ticket"].get("created_at"))

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """None: the export tells what was deleted."""
        return ()

    def check(self) -> Iterator[Health]:
        """Who the token belongs to, and the newest ticket."""
        return checked(self.client, self._who, self._newest)

    def _start(self) -> str:
        """Where the first export begins; Zendesk refuses the last minute."""
        latest = self.client.now() - timedelta(minutes=2)
        return str(int(min(self._opening.start(self.client), latest).timestamp()))

    def _export(self, known: Mapping[str, str]) -> Answer:
        after = known.get("after")
        params = {"per_page": PAGE, **({"cursor": after} if after else {"start_time": known["start"]})}
        allow = EXPIRED if after else ()
        return self.client.get("/api/v2/incremental/tickets/cursor", params, lane="export", allow=allow)

    def _whole(self, tickets: list[Fields]) -> tuple[Raw, ...]:
        """Tickets with their comments, and the people and companies they name."""
        live = [one for one in tickets if one.raw.get("status") != "deleted"]
        users = self._named("users", (one.maybe_id("requester_id") for one in live))
        companies = self._named("organizations", (one.maybe_id("organization_id") for one in live))
        return tuple(self._bundle(ticket, users, companies) for ticket in tickets)

    def _bundle(self, ticket: Fields, users: Mapping[str, Any], companies: Mapping[str, Any]) -> Raw:
        key = ticket.maybe_id("id")
        body: dict[str, Any] = {"ticket": ticket.raw}
        if key is None:
            return Raw("ticket without an id", body, trouble="has no id")
        if ticket.raw.get("status") == "deleted":
            return Raw(key, body, deleted=True)
        body["requester"] = users.get(ticket.maybe_id("requester_id") or "")
        body["organization"] = companies.get(ticket.maybe_id("organization_id") or "")
        try:
            return self._with_comments(key, body)
        except RefusedError as error:
            if error.status != TOO_LARGE:
                raise
            return Raw(key, body, trouble="is too large to be fetched")

    def _with_comments(self, key: str, body: dict[str, Any]) -> Raw:
        """The ticket with its comments and those of tickets merged into it; deleted when they are gone."""
        found = self._comments(key)
        if found is None:
            return Raw(key, body, deleted=True)
        body |= found
        body["merged"] = self._merged(key, body)
        winner = self._winner(key, body) if MERGED_TAG in read(body["ticket"]).texts("tags") else None
        return Raw(key, body, merged_into=winner)

    def _winner(self, key: str, body: Mapping[str, Any]) -> str | None:
        """The ticket this one was merged into, if that one knows of it and so has its words, or is gone."""
        winner = winner_of(body, key)
        theirs = self._comments(winner) if winner else {}
        if winner is None or theirs is None:
            return winner
        if key not in losers_of(theirs, winner) or self._company(winner) != _company(body["ticket"]):
            return None
        return winner

    def _merged(self, key: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The comments of tickets merged into this one, and of those merged into them.

        A ticket of another company keeps its own words: they are another customer's.
        """
        merged: list[dict[str, Any]] = []
        known, todo = {key}, [(loser, key) for loser in losers_of(body, key)]
        while todo and len(merged) < MOST_MERGED:
            loser, into = todo.pop(0)
            is_ours = loser not in known and self._company(loser, MERGED_TAG) == _company(body["ticket"])
            known.add(loser)
            theirs = self._comments(loser) if is_ours else None
            if theirs is not None and winner_of(theirs, loser) == into:
                merged.append(theirs)
                todo += [(another, loser) for another in losers_of(theirs, loser)]
        return merged

    def _company(self, key: str, tag: str = "") -> str | None:
        """The company of a ticket; None when the ticket is gone, or lacks the tag."""
        ticket = read(self._named("tickets", [key]).get(key))
        return _company(ticket.raw) if ticket and (not tag or tag in ticket.texts("tags")) else None

    def _comments(self, key: str) -> dict[str, Any] | None:
        """Every comment of a ticket with who wrote it; None when the ticket is gone."""
        comments: list[Any] = []
        users: dict[str, Any] = {}
        params = {"include": "users", "page[size]": "100"}
        used: set[str] = set()
        while True:
            answer = self.client.get(f"/api/v2/tickets/{segment(key)}/comments", params, allow=(404,))
            if answer.status == 404:
                return None
            found = read(answer.body)
            comments += [one.raw for one in rows_in(answer.body, "comments")]
            users |= by_id(found.parts("users"))
            after = found.part("meta").maybe_text("after_cursor")
            if not found.part("meta").flag("has_more") or not after:
                return {"comments": comments, "users": [users[name] for name in sorted(users)]}
            guard(self._opening.name, f"{key} {after}", used)
            params["page[after]"] = after

    def _named(self, kind: str, keys: Iterable[str | None]) -> dict[str, Any]:
        """Users, organizations or tickets by id."""
        wanted = sorted({key for key in keys if key})
        if not wanted:
            return {}
        answer = self.client.get(f"/api/v2/{kind}/show_many", {"ids": ",".join(wanted)}, allow=(404,))
        return by_id(read(answer.body).parts(kind))

    def _who(self) -> str:
        me = read(self.client.get("/api/v2/users/me").body).part("user")
        if me.maybe_id("id") is None:
            raise RefusedError("Zendesk takes us for a visitor. Check email and token.", 401)
        return f"as {me.maybe_text('role') or 'unknown role'}"

    def _newest(self) -> str:
        params = {"per_page": "1", "sort_by": "updated_at", "sort_order": "desc"}
        rows = read(self.client.get("/api/v2/tickets", params).body).parts("tickets")
        return f"changed at {rows[0].maybe_text('updated_at')}" if rows else "none: there is no ticket"


def open_vendor(opening: Opening[ZendeskSettings]) -> Zendesk:
    """The vendor of a configured Zendesk source."""
    settings = opening.settings
    base_url = settings.base_url or f"https://{settings.subdomain}.zendesk.com"
    rates = {"": Rate(settings.per_minute or PER_MINUTE, 60), "export": EXPORT}
    site = Site(opening.name, base_url, rates=rates)
    return Zendesk(opening, Client(site._replace(auth=_auth(opening, site)), opening.clock))


def _auth(opening: Opening[ZendeskSettings], site: Site) -> Auth:
    settings = opening.settings
    if settings.has("token"):
        token = settings.secret()
        return basic(f"{settings.email}/token", token) if settings.email else bearer(token)
    form = {
        "grant_type": "client_credentials",
        "client_id": settings.client_id,
        "client_secret": settings.secret("client_secret"),
        "scope": settings.scope,
    }
    return granted(opening, site, "/oauth/tokens", form)


def _begun_again(known: Mapping[str, str]) -> dict[str, str]:
    """Where to begin when the vendor no longer knows a cursor."""
    top = moment_of(known.get("top"))
    start = str(int(top.timestamp()) - LATE_S) if top else known["start"]
    return {"start": start, "top": known.get("top", "")}


def _top(tickets: Iterable[Fields], known: Mapping[str, str]) -> str:
    """The newest `updated_at` so far; Zendesk writes all of them alike."""
    return max([known.get("top", ""), *(one.maybe_text("updated_at") for one in tickets)])


def _company(ticket: Mapping[str, Any]) -> str:
    """The organization a ticket belongs to, else the requester."""
    one = read(ticket)
    return one.maybe_id("organization_id") or f"requester {one.maybe_id('requester_id')}"
