"""Zoom meetings that were recorded to the cloud and have a transcript.

Endpoints: GET /v2/users, /v2/users/{id}/recordings (a month at most), the transcript's download_url, /v2/
past_meetings/{uuid}/participants (who took part), /v2/meetings/{uuid}/recordings (whether it is still there).
Auth: a server-to-server OAuth app (POST /oauth/token) that may read users, recordings and past meetings.
Limits: 20 requests a second on Pro; a 429 without `Retry-After`, or a daily one.
Deletes: a deleted recording is 404; the ledger's are looked for once a week. Where recordings end by age in
Zoom, their calls are withdrawn with them.

What the vendor does not tell: a page token dies after 15 minutes, so a walk goes on by its window of days and
not by the token. Transcripts come hours after the meeting, so the last days (`late_days`) are read again each
time. A download leads to another host of Zoom's. No field says which customer it was: the mail addresses of
those who took part do. A meeting's uuid may hold `/`, and is then written twice encoded.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Cursor
from connectors.http.asking import Answer, Ask, Site, segment
from connectors.http.auth import Auth, basic, bearer
from connectors.http.client import Client
from connectors.http.limits import Rate
from connectors.http.opening import Opening, checked, granted
from connectors.http.phases import counted
from connectors.http.vendor import Health, Raw, RawPage
from connectors.http.windows import ExpiredError, Listed, Row, Rules, guard, row_of, walk_windows
from connectors.records.fields import Fields, by_id, moment_of, read, rows_in
from connectors.records.speakers import Voices
from connectors.talks.body import turns_of
from connectors.talks.cues import Utterance, read_vtt
from connectors.vendors.waiting import Waiting, company_of
from koe.errors import SkipError
from koe.records import Conversation
from koe.settings.sources import ZoomSettings

PAGE = "300"
PER_MINUTE = 600
MONTH = timedelta(days=30)
_KINDS = ("TRANSCRIPT", "CC")


class Zoom:
    """The recorded meetings of one Zoom account."""

    streams = ("calls",)
    sweeps = ("calls",)

    def __init__(self, opening: Opening[ZoomSettings], client: Client) -> None:
        self.client = client
        self._opening = opening
        self._late = timedelta(days=opening.settings.late_days)
        self._waiting = Waiting(self._late)
        self._hosts: dict[str, Any] | None = None

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[RawPage]:
        """Meetings since the cursor, and those of the days before it."""
        start, now = self._opening.start(self.client), self.client.now
        rules = Rules(self._opening.name, start, now, self._late, span=MONTH)
        return counted(walk_windows(self._look, self._load, cursor, rules), cursor, self._waiting.note)

    def normalise(self, stream: str, body: Mapping[str, Any], odd: set[str]) -> Conversation:
        """The call of a bundle; pure."""
        return call_of(body, self._opening, odd)

    def began(self, stream: str, body: Mapping[str, Any]) -> datetime | None:
        """When the meeting began."""
        return moment_of(body["meeting"].get("start_time"))

    def gone(self, stream: str, ids: Sequence[str]) -> Sequence[str]:
        """Those whose recording is 404."""
        return [key for key in ids if self._recording(key).status == 404]

    def check(self) -> Iterator[Health]:
        """Whose recordings are read, and the newest of the last month."""
        return checked(self.client, self._who, self._newest)

    def _look(self, since: datetime, until: datetime, token: str | None) -> Listed:
        """Meetings of a window, host by host; the token is the host and the vendor's own token."""
        hosts = sorted(self._users())
        if not hosts:
            return Listed((), None)
        host, _, page = (token or f"{hosts[0]} ").partition(" ")
        params = {"from": f"{since:%Y-%m-%d}", "to": f"{until:%Y-%m-%d}", "page_size": PAGE}
        if page:
            params["next_page_token"] = page
        answer = self.client.get(
            f"/v2/users/{segment(host)}/recordings", params, allow=(400, 404) if page else (404,)
        )
        if answer.status >= 400 and page:
            raise ExpiredError
        found = read(answer.body)
        listed = rows_in(found.raw, "meetings") if answer.status < 300 else []
        rows = [row_of(one, one.maybe_id("uuid"), one.maybe_moment("start_time"), since) for one in listed]
        after = found.maybe_text("next_page_token") if answer.status < 300 else ""
        following = next((one for one in hosts if one > host), None)
        return Listed(tuple(rows), f"{host} {after}" if after else f"{following} " if following else None)

    def _users(self) -> dict[str, Any]:
        """Everybody whose recordings are read, by id; also those who have left."""
        if self._hosts is None:
            found: dict[str, Any] = {}
            for status in ("active", "inactive"):
                params, used = {"status": status, "page_size": PAGE}, set[str]()
                while True:
                    page = read(self.client.get("/v2/users", params).body)
                    found |= by_id(rows_in(page.raw, "users"))
                    token = page.maybe_text("next_page_token")
                    if not token:
                        break
                    guard(self._opening.name, token, used)
                    params = params | {"next_page_token": token}
            wanted = {one.lower() for one in self._opening.settings.users}
            self._hosts = {
                key: one
                for key, one in found.items()
                if not wanted or read(one).maybe_text("email").lower() in wanted
            }
        return self._hosts

    def _load(self, rows: Sequence[Row]) -> list[Raw]:
        found: list[Raw] = []
        for row in rows:
            body: dict[str, Any] = {"meeting": row.body}
            texts = self._transcripts(row.body)
            if not texts:
                found += self._waiting.judge(row.id, body, row.stamp, self.client.now())
                continue
            host = self._users().get(read(row.body).maybe_id("host_id") or "")
            found.append(
                Raw(row.id, body | {"vtt": texts, "host": host, "participants": self._people(row.id)})
            )
        return found

    def _transcripts(self, meeting: Mapping[str, Any]) -> list[str]:
        """The transcripts of a meeting, one for each part of it; none where one is not there yet."""
        files = [
            one for one in read(meeting).parts("recording_files") if one.maybe_text("file_type") in _KINDS
        ]
        kind = next(
            (kind for kind in _KINDS if any(one.maybe_text("file_type") == kind for one in files)), ""
        )
        chosen = [one for one in files if one.maybe_text("file_type") == kind]
        if any(one.maybe_text("status") == "processing" for one in chosen):
            return []
        chosen.sort(key=lambda one: (one.maybe_text("recording_start"), one.maybe_text("id")))
        texts = [self._text(one.maybe_text("download_url")) for one in chosen]
        return texts if all(texts) else []

    def _text(self, url: str) -> str:
        """A transcript; "" where what comes is none, such as a page to sign in."""
        answer = self.client.ask(Ask("GET", url, allow=(404,), is_text=True)) if url else None
        text = answer.body if answer and answer.status < 300 and isinstance(answer.body, str) else ""
        return text if text.lstrip("\ufeff").startswith("WEBVTT") else ""

    def _people(self, key: str) -> Any:
        """Who took part; None where the app may not ask."""
        if not self._opening.settings.participants:
            return None
        path = f"/v2/past_meetings/{segment(segment(key))}/participants"
        answer = self.client.get(path, {"page_size": PAGE}, allow=(400, 403, 404))
        return [one.raw for one in rows_in(answer.body, "participants")] if answer.status < 300 else None

    def _recording(self, key: str) -> Answer:
        return self.client.get(f"/v2/meetings/{segment(segment(key))}/recordings", allow=(404,))

    def _who(self) -> str:
        return f"{len(self._users())} users are shown"

    def _newest(self) -> str:
        now = self.client.now()
        stamps, token = [], None
        for _ in self._users():
            listed = self._look(now - MONTH, now, token)
            stamps += [row.stamp for row in listed.rows]
            token = listed.token
            if token is None or stamps:
                break
        return f"began at {max(stamps):%Y-%m-%dT%H:%M:%SZ}" if stamps else "none in the last 30 days"


def open_vendor(opening: Opening[ZoomSettings]) -> Zoom:
    """The vendor of a configured Zoom source."""
    settings = opening.settings
    base_url = settings.base_url or "https://api.zoom.us"
    rates = {"": Rate(settings.per_minute or PER_MINUTE, 60)}
    site = Site(opening.name, base_url, rates=rates, hosts=(".zoom.us",), is_quota=_is_quota)
    return Zoom(opening, Client(site._replace(auth=_auth(opening, site)), opening.clock))


def _auth(opening: Opening[ZoomSettings], site: Site) -> Auth:
    settings = opening.settings
    if settings.has("token"):
        return bearer(settings.secret())
    at = settings.base_url or "https://zoom.us"
    sign_in = site._replace(base_url=at, auth=basic(settings.client_id, settings.secret("client_secret")))
    form = {"grant_type": "account_credentials", "account_id": settings.account_id}
    return granted(opening, sign_in, "/oauth/token", form)


def _is_quota(answer: Answer) -> bool:
    return "daily" in read(answer.body).maybe_text("message").lower()


def call_of(body: Mapping[str, Any], opening: Opening[ZoomSettings], odd: set[str]) -> Conversation:
    """The call of a bundle. Raises SkipError."""
    whole = Fields(body, odd)
    meeting, host, people = whole.part("meeting"), whole.part("host"), whole.parts("participants")
    heard = tuple(_heard(body))
    if not heard:
        raise SkipError("has a transcript without a word")
    key, began = meeting.id("uuid"), meeting.moment("start_time")
    mail = host.maybe_text("email")
    ours = (*opening.settings.our_domains, *filter(None, [mail.rpartition("@")[2]]))
    emails = [one.maybe_text("user_email") for one in people]
    account = company_of(emails, ours, opening.settings.accounts, f"meeting-{meeting.maybe_id('id') or key}")
    voices = _voices(opening, [_name(host)], [one.line("name") for one in people if _is_ours(one, ours)])
    return Conversation(
        source=opening.name,
        external_id=key,
        kind="call",
        account=account,
        created_at=began,
        title=meeting.line("topic"),
        turns=turns_of(heard, voices, account.name, began),
    )


def _heard(body: Mapping[str, Any]) -> Iterator[Utterance]:
    for text in body.get("vtt") or ():
        yield from read_vtt(text).utterances


def _voices(opening: Opening[ZoomSettings], *ours: Sequence[str]) -> Voices:
    return Voices((*opening.agents, *sorted({name for names in ours for name in names if name})))


def _name(host: Fields) -> str:
    return host.line("display_name") or " ".join(
        filter(None, [host.line("last_name"), host.line("first_name")])
    )


def _is_ours(person: Fields, ours: Sequence[str]) -> bool:
    domain = person.maybe_text("user_email").lower().rpartition("@")[2]
    return bool(domain) and domain in {one.lower().lstrip("@") for one in ours}
