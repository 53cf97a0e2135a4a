"""Intercom conversations, customer tickets among them.

Endpoints: POST /conversations/search (by `updated_at`, ascending), GET /conversations/{id} as plain
text, /contacts/{id}, /companies/{id}, /me. Version 2.14.
Auth: an access token (Bearer). Hosts: api, api.eu or api.au .intercom.io.
Limits: 10,000 requests a minute for an app, in windows of ten seconds; what is left and the reset come as
`X-RateLimit-…`, there is no Retry-After.
Deletes: a deleted conversation is gone without a trace, so the ledger's ids are looked for once a week.
When a contact is merged into another its id is 404; the conversation then keeps its author's address.

What the vendor does not tell: only the 500 newest parts of a conversation are ever given (a note says
so). The search lags behind. Following parts one by one loses some, so a conversation is read whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.base import Cursor
from connectors.http.asking import Site, segment
from connectors.http.auth import bearer
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import ExpiredError, Listed, Row, Rules, row_of, walk_changes
from connectors.records.accounts import account_of, role_of
from connectors.records.fields import Fields, moment_of, read, rows_in
from connectors.text.html_text import message_of, text_of
from koe.records import Conversation, Role, Turn
from koe.settings.sources import IntercomSettings

HOSTS = {"us": "api", "eu": "api.eu", "au": "api.au"}
VERSION = "2.14"
PAGE = 50
PER_MINUTE = 1000
REMEMBERED = 5000
"""Contacts and companies that are kept in mind during a pull."""
_NOTES = frozenset({"note", "note_and_reopen"})
_ROLES: dict[str, Role] = {
    "user": "customer",
    "lead": "customer",
    "contact": "customer",
    "admin": "agent",
    "team": "agent",
}


class Intercom:
    """The conversations of one Intercom workspace."""

    streams = ("tickets",)
    sweeps = ("tickets",)

    def __init__(self, opening: Opening[IntercomSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._people: dict[str, Any] = {}
        self._cut: list[str] = []

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """Conversations that changed after the cursor."""
        rules = Rules(self._opening.name, self._opening.start(self.client), self.client.now)
        for page in walk_changes(self._look, self._load, cursor, rules):
            cut, self._cut = self._cut, []
            yield page._replace(
                notes=tuple(f"{key}: Intercom gives its 500 newest parts only" for key in cut)
            )

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation:
        """The conversation of a bundle; pure."""
        return conversation_of(body, self._opening.name, self._opening.settings.our_domains, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the conversation began."""
        return moment_of(body["conversation"].get("created_at"))

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those that the search does not find and that are 404 when asked for."""
        query = {"field": "id", "operator": "IN", "value": list(ids)}
        answer = self._search({"query": query, "pagination": {"per_page": 150}})
        there = {row.maybe_id("id") for row in rows_in(answer, "conversations")}
        return [key for key in ids if key not in there and self._conversation(key) is None]

    def check(self) -> Iterator[Health]:
        """Which workspace the token belongs to, and the newest conversation."""
        return checked(self.client, self._who, self._newest)

    def _look(self, since: datetime, token: str | None) -> Listed:
        query = {"field": "updated_at", "operator": ">", "value": int(since.timestamp()) - 1}
        paging = {"per_page": PAGE, **({"starting_after": token} if token else {})}
        body = {
            "query": {"operator": "AND", "value": [query]},
            "sort": {"field": "updated_at", "order": "ascending"},
            "pagination": paging,
        }
        found = read(self._search(body, may_expire=token is not None))
        rows = [_row(one, since) for one in rows_in(found.raw, "conversations")]
        after = found.part("pages").part("next").maybe_text("starting_after")
        return Listed(tuple(rows), after or None)

    def _search(self, body: Mapping[str, Any], may_expire: bool = False) -> Any:
        answer = self.client.post("/conversations/search", body, allow=(400, 404, 422) if may_expire else ())
        if answer.status >= 400:
            raise ExpiredError
        return answer.body

    def _load(self, rows: Sequence[Row]) -> list[Raw]:
        return [self._bundle(row) for row in rows]

    def _bundle(self, row: Row) -> Raw:
        found = self._conversation(row.id)
        if found is None:
            return Raw(row.id, {"conversation": row.body}, deleted=True)
        whole = read(found)
        parts = whole.part("conversation_parts")
        if (parts.number("total_count") or 0) > len(parts.parts("conversation_parts")):
            self._cut.append(row.id)
        contact = next((one.maybe_id("id") for one in whole.part("contacts").parts("contacts")), None)
        person = self._remembered(f"/contacts/{segment(contact)}") if contact else None
        company = next((one.maybe_id("id") for one in read(person).part("companies").parts("data")), None)
        return Raw(
            row.id,
            {
                "conversation": found,
                "contact": person,
                "company": self._remembered(f"/companies/{segment(company)}") if company else None,
            },
        )

    def _conversation(self, key: str) -> Any:
        """A conversation with its parts; None when it is gone."""
        answer = self.client.get(f"/conversations/{segment(key)}", {"display_as": "plaintext"}, allow=(404,))
        return None if answer.status == 404 else answer.body

    def _remembered(self, path: str) -> Any:
        """A contact or company; None when it is gone. Asked for once in a pull."""
        if path not in self._people:
            if len(self._people) >= REMEMBERED:
                self._people.clear()
            answer = self.client.get(path, allow=(404,))
            self._people[path] = None if answer.status == 404 else answer.body
        return self._people[path]

    def _who(self) -> str:
        me = read(self.client.get("/me").body)
        return f"in workspace {me.part('app').maybe_text('name') or 'without a name'!r}"

    def _newest(self) -> str:
        query = {"field": "updated_at", "operator": ">", "value": 0}
        sort = {"field": "updated_at", "order": "descending"}
        found = read(self._search({"query": query, "sort": sort, "pagination": {"per_page": 1}}))
        stamps = [one.maybe_moment("updated_at") for one in found.parts("conversations")]
        return (
            f"changed at {stamps[0]:%Y-%m-%dT%H:%M:%SZ}"
            if stamps and stamps[0]
            else "none: there is no conversation"
        )


def open_vendor(opening: Opening[IntercomSettings]) -> Intercom:
    """The vendor of a configured Intercom source."""
    settings = opening.settings
    site = Site(
        opening.name,
        settings.base_url or f"https://{HOSTS[settings.region]}.intercom.io",
        bearer(settings.secret()),
        {"": Rate(settings.per_minute or PER_MINUTE, 60)},
        {"Intercom-Version": VERSION},
    )
    return Intercom(opening, Client(site, opening.clock))


def _row(one: Fields, since: datetime) -> Row:
    return row_of(one, one.maybe_id("id"), one.maybe_moment("updated_at"), since)


def conversation_of(
    body: Mapping[str, Any], source: str, our_domains: Sequence[str], odd: set[str]
) -> Conversation:
    """The conversation of a bundle; pure. Raises SkipError."""
    whole = Fields(body, odd)
    one, contact, company = whole.part("conversation"), whole.part("contact"), whole.part("company")
    first = one.part("source")
    parts = [part for part in one.part("conversation_parts").parts("conversation_parts") if _is_public(part)]
    began = one.moment("created_at")
    turns = [_turn(first, our_domains, began), *(_turn(part, our_domains) for part in parts)]
    author = first.part("author")
    email = contact.maybe_text("email") or (author.maybe_text("email") if _role(author) == "customer" else "")
    person = contact.maybe_id("id") or next(
        (c.maybe_id("id") for c in one.part("contacts").parts("contacts")), ""
    )
    known = (company.maybe_id("id") or "", company.line("name")) if company else None
    return Conversation(
        source=source,
        external_id=one.id("id"),
        kind="ticket",
        account=account_of(known, email, person or ""),
        created_at=began,
        updated_at=one.maybe_moment("updated_at"),
        title=_title(one.maybe_text("title") or first.maybe_text("subject")),
        contact=contact.line("name") or author.line("name"),
        status=one.text("state"),
        tags=tuple(filter(None, (tag.line("name") for tag in one.part("tags").parts("tags")))),
        turns=tuple(turn for turn in turns if turn.text),
    )


def _is_public(part: Fields) -> bool:
    return part.maybe_text("part_type") not in _NOTES and not part.flag("redacted")


def _turn(part: Fields, our_domains: Sequence[str], began: datetime | None = None) -> Turn:
    author = part.part("author")
    return Turn(
        role=role_of(author.maybe_text("email"), our_domains, _role(author)),
        text="" if part.flag("redacted") else _plain(part.maybe_text("body")),
        name=author.line("name"),
        at=began or part.maybe_moment("created_at"),
    )


def _role(author: Fields) -> Role:
    return _ROLES.get(author.maybe_text("type"), "other")


def _plain(text: str) -> str:
    return message_of(text) if text.lstrip().startswith("<") else message_of("", text)


def _title(text: str) -> str:
    return " ".join((text_of(text) if text.lstrip().startswith("<") else text).split())
