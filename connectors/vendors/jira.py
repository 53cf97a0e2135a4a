"""Jira Service Management requests (issues of chosen projects) with their public comments.

Endpoints: POST /rest/api/3/search/jql (nextPageToken), GET /rest/api/3/issue/{id}/comment, POST
/rest/api/3/issue/bulkfetch, GET /rest/api/3/field, /rest/api/3/myself.
Auth: mail address and API token (Basic). The person has to see the projects.
Limits: the vendor names none; `429` with `Retry-After`, and `X-RateLimit-Reset` as ISO 8601.
Deletes: a deleted issue leaves no trace, so the ledger's ids are looked for once a week.

What the vendor does not tell: JQL counts time in minutes on the clock of whoever asks. The search lags.
A page token dies after seven days. An issue's key changes when it moves, its id does not, so the id is
ours and the key is a tag. Mail addresses are hidden from most; then the organization or the person is
the account. `jsdPublic` tells a public comment from an internal one; elsewhere `visibility` keeps one to a
role or a group, and it is not read.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
from connectors.text.adf import text_of
from connectors.text.html_text import message_of
from koe.errors import SetupError
from koe.records import Conversation, Role, Turn
from koe.settings.sources import JiraSettings

PAGE = 100
PER_MINUTE = 300
FIELDS = ["summary", "description", "status", "labels", "created", "updated", "reporter", "project"]
ORGANIZATIONS = "com.atlassian.servicedesk:sd-customer-organizations"
_ROLES: dict[str, Role] = {"customer": "customer", "atlassian": "agent"}


class Jira:
    """The issues of some projects of one Jira site."""

    streams = ("tickets",)
    sweeps = ("tickets",)

    def __init__(self, opening: Opening[JiraSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._zone: ZoneInfo | None = None
        self._organizations: str | None = None

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """Issues that changed after the cursor."""
        start, now = self._opening.start(self.client), self.client.now
        rules = Rules(
            self._opening.name, start, now, grain=timedelta(minutes=1), token_life=timedelta(days=1)
        )
        return walk_changes(self._look, self._load, cursor, rules)

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation:
        """The conversation of a bundle; pure."""
        return conversation_of(body, self._opening.name, self._opening.settings.our_domains, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the issue came in."""
        return moment_of(body["issue"]["fields"].get("created"))

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those that are not among the issues fetched by id, and are 404 when asked for alone."""
        body = {"issueIdsOrKeys": list(ids), "fields": ["created"]}
        answer = self.client.post("/rest/api/3/issue/bulkfetch", body)
        there = {one.maybe_id("id") for one in rows_in(answer.body, "issues")}
        return [key for key in ids if key not in there and self._is_missing(key)]

    def check(self) -> Iterator[Health]:
        """Who the token belongs to, and the newest issue."""
        return checked(self.client, self._who, self._newest)

    def _look(self, since: datetime, token: str | None) -> Listed:
        body: dict[str, Any] = {
            "jql": f"{self._projects()} AND updated >= {self._jql_time(since)} ORDER BY updated ASC, key ASC",
            "fields": [*FIELDS, *filter(None, [self._organizations_field()])],
            "maxResults": PAGE,
        }
        if token is not None:
            body["nextPageToken"] = token
        allow = (400, 404, 410) if token is not None else ()
        answer = self.client.post("/rest/api/3/search/jql", body, allow=allow)
        if answer.status >= 400:
            raise ExpiredError
        found = read(answer.body)
        rows = tuple(_row(one, since) for one in rows_in(answer.body, "issues"))
        after = None if found.flag("isLast") else found.maybe_text("nextPageToken") or None
        return Listed(rows, after)

    def _projects(self) -> str:
        keys = ", ".join(f'"{key}"' for key in self._opening.settings.projects)
        return f"project in ({keys})"

    def _jql_time(self, moment: datetime) -> str:
        """A moment as JQL takes it, on the asker's clock; where that is put back, an hour before."""
        if self._zone is None:
            self._zone = _zone(read(self.client.get("/rest/api/3/myself").body).maybe_text("timeZone"))
        hour = timedelta(hours=1)
        around = {(moment + n * hour).astimezone(self._zone).utcoffset() for n in (-1, 0, 1)}
        local = (moment if len(around) == 1 else moment - hour).astimezone(self._zone)
        return f'"{local:%Y/%m/%d %H:%M}"'

    def _organizations_field(self) -> str:
        """Id of the field that names the customer's organizations; "" where the site has none."""
        if self._organizations is None:
            fields = read({"all": self.client.get("/rest/api/3/field").body}).parts("all")
            named = (
                f.maybe_text("id") for f in fields if f.part("schema").maybe_text("custom") == ORGANIZATIONS
            )
            self._organizations = next(named, "")
        return self._organizations

    def _load(self, rows: Sequence[Row]) -> list[Raw]:
        return [self._bundle(row) for row in rows]

    def _bundle(self, row: Row) -> Raw:
        body: dict[str, Any] = {"issue": row.body, "organizations_field": self._organizations_field()}
        try:
            comments = self._comments(row.id)
        except RefusedError as error:
            if error.status != TOO_LARGE:
                raise
            return Raw(row.id, body, trouble="is too large to be fetched")
        if comments is None:
            return Raw(row.id, body, deleted=True)
        return Raw(row.id, body | {"comments": comments})

    def _comments(self, key: str) -> list[Any] | None:
        """Every comment of an issue, in order; None when the issue is gone."""
        found: list[Any] = []
        used: set[str] = set()
        while True:
            params = {"startAt": str(len(found)), "maxResults": str(PAGE), "orderBy": "created"}
            answer = self.client.get(f"/rest/api/3/issue/{segment(key)}/comment", params, allow=(404,))
            if answer.status == 404:
                return None
            page = read(answer.body)
            comments = rows_in(answer.body, "comments")
            found += [one.raw for one in comments]
            if not comments or len(found) >= (page.number("total") or 0):
                return found
            guard(self._opening.name, comments[0].maybe_id("id") or params["startAt"], used)

    def _is_missing(self, key: str) -> bool:
        answer = self.client.get(f"/rest/api/3/issue/{segment(key)}", {"fields": "created"}, allow=(404,))
        return answer.status == 404

    def _who(self) -> str:
        me = read(self.client.get("/rest/api/3/myself").body)
        return f"on the clock of {me.maybe_text('timeZone') or 'UTC'}"

    def _newest(self) -> str:
        body = {"jql": f"{self._projects()} ORDER BY updated DESC", "fields": ["updated"], "maxResults": 1}
        rows = read(self.client.post("/rest/api/3/search/jql", body).body).parts("issues")
        return (
            f"changed at {rows[0].part('fields').maybe_text('updated')}"
            if rows
            else "none: no issue is shown"
        )


def open_vendor(opening: Opening[JiraSettings]) -> Jira:
    """The vendor of a configured Jira source."""
    settings = opening.settings
    site = Site(
        opening.name,
        settings.base_url or f"https://{settings.site}.atlassian.net",
        basic(settings.email, settings.secret()),
        {"": Rate(settings.per_minute or PER_MINUTE, 60)},
    )
    return Jira(opening, Client(site, opening.clock))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        raise SetupError(
            f"Jira says a time zone that is not known here, {name[:40]!r}. Update tzdata."
        ) from None


def _row(one: Fields, since: datetime) -> Row:
    return row_of(one, one.maybe_id("id"), one.part("fields").maybe_moment("updated"), since)


def conversation_of(
    body: Mapping[str, Any], source: str, our_domains: Sequence[str], odd: set[str]
) -> Conversation:
    """The conversation of a bundle; pure. Raises SkipError."""
    whole = Fields(body, odd)
    issue = whole.part("issue")
    fields = issue.part("fields")
    reporter = fields.part("reporter")
    named = whole.maybe_text("organizations_field")
    company = next(iter(fields.parts(named)), None) if named else None
    known = (company.maybe_id("id") or "", company.line("name")) if company else None
    person = reporter.maybe_id("accountId") or ""
    comments = [one for one in whole.parts("comments") if _is_public(one)]
    first = Turn(
        role="customer",
        text=message_of("", text_of(fields.raw.get("description"))),
        name=reporter.line("displayName"),
    )
    turns = [first, *(_turn(one, person, our_domains) for one in comments)]
    return Conversation(
        source=source,
        external_id=issue.id("id"),
        kind="ticket",
        account=account_of(known, reporter.maybe_text("emailAddress"), person),
        created_at=fields.moment("created"),
        updated_at=fields.maybe_moment("updated"),
        title=" ".join(fields.text("summary").split()),
        contact=reporter.line("displayName"),
        status=fields.part("status").maybe_text("name"),
        tags=(*filter(None, [issue.line("key")]), *fields.texts("labels")),
        turns=tuple(turn for turn in turns if turn.text),
    )


def _is_public(comment: Fields) -> bool:
    """Whether everybody may read it: neither internal nor kept to a role or a group."""
    return comment.raw.get("jsdPublic") is not False and not comment.raw.get("visibility")


def _turn(comment: Fields, reporter: str, our_domains: Sequence[str]) -> Turn:
    author = comment.part("author")
    role = _ROLES.get(author.maybe_text("accountType"), "other")
    if reporter and author.maybe_id("accountId") == reporter:
        role = "customer"
    return Turn(
        role=role_of(author.maybe_text("emailAddress"), our_domains, role),
        text=message_of("", text_of(comment.raw.get("body"))),
        name=author.line("displayName"),
        at=comment.maybe_moment("created"),
    )
