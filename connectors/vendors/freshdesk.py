"""Freshdesk tickets with their public replies.

Endpoints: GET /api/v2/tickets (updated_since, order_by=updated_at, ascending, include description and
requester), /api/v2/tickets/{id}/conversations, /api/v2/companies/{id}, /api/v2/agents/me.
Auth: the API key of an agent who sees all tickets (Basic, `key:X`).
Limits: by plan, 50 requests a minute on the smallest; `Retry-After` when they are used up. Each
`include` costs more of them.
Deletes: a deleted ticket or one marked as spam leaves the list; trash and spam are listed once a week.

What the vendor does not tell: without `updated_since` only 30 days come. A listing ends at page 300, so
it is begun anew at each page's last stamp, which never gets there. A merged ticket is closed and no
field says what it was merged into: it stays a ticket of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parseaddr
from itertools import count
from typing import Any

from connectors.base import Cursor
from connectors.http.asking import TOO_LARGE, RefusedError, Site, segment
from connectors.http.auth import basic
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import ExpiredError, Listed, Row, Rules, guard, row_of, walk_changes
from connectors.records.accounts import account_of, role_of
from connectors.records.fields import Fields, moment_of, read, rows_in
from connectors.text.html_text import message_of
from koe.errors import RetryError
from koe.records import Conversation, Role, Turn
from koe.settings.sources import FreshdeskSettings

PAGE = 100
LAST_PAGE = 300
PER_MINUTE = 50
REMEMBERED = 5000
OUTBOUND = "10"
"""The `source` of a ticket that an agent began by writing to a customer."""
STATUSES = {"2": "open", "3": "pending", "4": "resolved", "5": "closed"}


class Freshdesk:
    """The tickets of one Freshdesk account."""

    streams = ("tickets",)
    sweeps = ("tickets",)

    def __init__(self, opening: Opening[FreshdeskSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._companies: dict[str, Any] = {}
        self._trash: frozenset[str] | None = None

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """Tickets that changed after the cursor."""
        rules = Rules(self._opening.name, self._opening.start(self.client), self.client.now)
        return walk_changes(self._look, self._load, cursor, rules)

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation:
        """The conversation of a bundle; pure."""
        return conversation_of(body, self._opening.name, self._opening.settings.our_domains, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the ticket came in."""
        return moment_of(body["ticket"].get("created_at"))

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those that lie in the trash or among the spam."""
        if self._trash is None:
            self._trash = frozenset(key for kind in ("deleted", "spam") for key in self._listed(kind))
        return [key for key in ids if key in self._trash]

    def check(self) -> Iterator[Health]:
        """Whose key it is, and the newest ticket."""
        return checked(self.client, self._who, self._newest)

    def _look(self, since: datetime, token: str | None) -> Listed:
        if token is not None and int(token) > LAST_PAGE:
            raise RetryError(f"{self._opening.name}: one second has more tickets than Freshdesk lists.")
        params = {
            "updated_since": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "order_by": "updated_at",
            "order_type": "asc",
            "per_page": str(PAGE),
            "page": token or "1",
            "include": "description,requester",
        }
        allow = (400, 404, 422) if token else ()
        answer = self.client.get("/api/v2/tickets", params, allow=allow)
        if answer.status >= 400:
            raise ExpiredError
        rows = tuple(_row(one, since) for one in _objects(answer.body))
        has_more = 'rel="next"' in answer.headers.get("link", "")
        return Listed(rows, str(int(params["page"]) + 1) if has_more else None)

    def _listed(self, kind: str) -> Iterator[str]:
        """Ids of the tickets in the trash or among the spam; the last 30,000 of them."""
        for page in range(1, LAST_PAGE + 1):
            params = {"filter": kind, "per_page": str(PAGE), "page": str(page)}
            answer = self.client.get("/api/v2/tickets", params)
            for one in _objects(answer.body):
                if key := one.maybe_id("id"):
                    yield key
            if 'rel="next"' not in answer.headers.get("link", ""):
                return

    def _load(self, rows: Sequence[Row]) -> list[Raw]:
        return [self._bundle(row) for row in rows]

    def _bundle(self, row: Row) -> Raw:
        body: dict[str, Any] = {"ticket": row.body}
        ticket = read(row.body)
        if ticket.flag("spam") or ticket.flag("deleted"):
            return Raw(row.id, body, deleted=True)
        try:
            replies = self._replies(row.id)
        except RefusedError as error:
            if error.status != TOO_LARGE:
                raise
            return Raw(row.id, body, trouble="is too large to be fetched")
        if replies is None:
            return Raw(row.id, body, deleted=True)
        company = ticket.maybe_id("company_id")
        return Raw(
            row.id, body | {"replies": replies, "company": self._company(company) if company else None}
        )

    def _replies(self, key: str) -> list[Any] | None:
        """What was written under a ticket, in order; None when it is gone."""
        found: list[Any] = []
        used: set[str] = set()
        for page in count(1):
            params = {"per_page": str(PAGE), "page": str(page)}
            answer = self.client.get(f"/api/v2/tickets/{segment(key)}/conversations", params, allow=(404,))
            if answer.status == 404:
                return None
            replies = _objects(answer.body)
            found += [one.raw for one in replies]
            if not replies or 'rel="next"' not in answer.headers.get("link", ""):
                break
            guard(self._opening.name, replies[0].maybe_id("id") or str(page), used)
        return found

    def _company(self, key: str) -> Any:
        """A company; None when it is gone. Asked for once in a pull."""
        if key not in self._companies:
            if len(self._companies) >= REMEMBERED:
                self._companies.clear()
            answer = self.client.get(f"/api/v2/companies/{segment(key)}", allow=(404,))
            self._companies[key] = None if answer.status == 404 else answer.body
        return self._companies[key]

    def _who(self) -> str:
        me = read(self.client.get("/api/v2/agents/me").body)
        scopes = {"1": "all tickets", "2": "tickets of its groups only", "3": "its own tickets only"}
        scope = scopes.get(me.maybe_text("ticket_scope"), "an unknown part of the tickets")
        return f"as an agent who sees {scope}"

    def _newest(self) -> str:
        params = {"order_by": "updated_at", "order_type": "desc", "per_page": "1"}
        rows = _objects(self.client.get("/api/v2/tickets", params).body)
        return f"changed at {rows[0].maybe_text('updated_at')}" if rows else "none in the last 30 days"


def open_vendor(opening: Opening[FreshdeskSettings]) -> Freshdesk:
    """The vendor of a configured Freshdesk source."""
    settings = opening.settings
    site = Site(
        opening.name,
        settings.base_url or f"https://{settings.domain}.freshdesk.com",
        basic(settings.secret(), "X"),
        {"": Rate(settings.per_minute or PER_MINUTE, 60)},
    )
    return Freshdesk(opening, Client(site, opening.clock))


def _objects(body: object) -> list[Fields]:
    """The objects of an answer that is a list."""
    return rows_in(body, "")


def _row(one: Fields, since: datetime) -> Row:
    return row_of(one, one.maybe_id("id"), one.maybe_moment("updated_at"), since)


def conversation_of(
    body: Mapping[str, Any], source: str, our_domains: Sequence[str], odd: set[str]
) -> Conversation:
    """The conversation of a bundle; pure. Raises SkipError."""
    whole = Fields(body, odd)
    ticket, company = whole.part("ticket"), whole.part("company")
    requester = ticket.part("requester")
    replies = [one for one in whole.parts("replies") if not one.flag("private")]
    known = (company.maybe_id("id") or "", company.line("name")) if company else None
    status = ticket.text("status")
    turns = [_first(ticket, our_domains), *(_turn(one, ticket, our_domains) for one in replies)]
    return Conversation(
        source=source,
        external_id=ticket.id("id"),
        kind="ticket",
        account=account_of(known, requester.maybe_text("email"), ticket.maybe_id("requester_id") or ""),
        created_at=ticket.moment("created_at"),
        updated_at=ticket.maybe_moment("updated_at"),
        title=" ".join(ticket.text("subject").split()),
        contact=requester.line("name"),
        status=STATUSES.get(status, status),
        tags=ticket.texts("tags"),
        turns=tuple(turn for turn in turns if turn.text),
    )


def _first(ticket: Fields, our_domains: Sequence[str]) -> Turn:
    requester = ticket.part("requester")
    is_outbound = ticket.maybe_text("source") == OUTBOUND
    role: Role = "agent" if is_outbound else role_of(requester.maybe_text("email"), our_domains, "customer")
    return Turn(
        role=role,
        text=message_of(ticket.maybe_text("description"), ticket.maybe_text("description_text")),
        name="" if is_outbound else requester.line("name"),
        at=ticket.maybe_moment("created_at"),
    )


def _turn(one: Fields, ticket: Fields, our_domains: Sequence[str]) -> Turn:
    is_requester = one.maybe_id("user_id") == ticket.maybe_id("requester_id")
    role: Role = "customer" if one.flag("incoming") or is_requester else "agent"
    return Turn(
        role=role_of(parseaddr(one.maybe_text("from_email"))[1], our_domains, role),
        text=message_of(one.maybe_text("body"), one.maybe_text("body_text")),
        name=ticket.part("requester").line("name") if is_requester else "",
        at=one.maybe_moment("created_at"),
    )
