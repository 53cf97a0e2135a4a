"""The one HTTP client of all sources, with one policy for everything that goes wrong.

| what happens | what the client does |
|---|---|
| no connection, a body cut short, JSON that does not parse, 408 409 425 429 5xx | asks again: at most |
| | `TRIES` times and `TOTAL_S` seconds, after what the vendor asks us to wait, else ever longer |
| still so | `RetryError`: the cursor stays, the next pull goes on |
| 401 | renews the token once and asks again; then `SetupError` |
| the day's quota is used up | `QuotaError`: the pull ends, the next one goes on |
| any other 4xx | `RefusedError`, a SetupError; unless the caller allows the status |
| a redirect to another host, a body over the limit | `RefusedError` |

Messages name the source, the method and the path; never a header, a query, or what a body says.
"""

import logging
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina

from connectors.http.asking import (
    TOO_LARGE,
    Answer,
    Ask,
    QuotaError,
    RefusedError,
    Site,
    code_of,
    next_move,
    parse_body,
)
from connectors.http.limits import Bucket, Clock, Rate, asked_wait_s, is_used_up
from koe.errors import RetryError

logger = logging.getLogger("koe.connectors")
logging.getLogger("httpx2").setLevel(logging.WARNING)  # its lines at INFO hold whole addresses
logging.getLogger("stamina").setLevel(logging.ERROR)  # the client says itself what it waits for

TRIES = 6
TOTAL_S = 1800.0
READ_S = 300.0
BODY_LIMIT = 64 * 1024 * 1024
REDIRECTS = 3
TIMEOUT = httpx2.Timeout(60.0, connect=20.0)
EVERYDAY = Rate(600, 60)
"""Where a vendor says nothing."""
USER_AGENT = "koe (+https://github.com/koe-voc/koe)"
_AGAIN = frozenset({408, 409, 425, 429})


class _LaterError(Exception):
    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


class Client:
    """Asks one vendor, never faster than it allows. `tap` is shown every request with its answer."""

    def __init__(self, site: Site, clock: Clock | None = None) -> None:
        self.site = site
        self.clock = clock or Clock()
        self.offset_s = 0.0
        """How far the vendor's clock is ahead of ours, by its last `Date`."""
        self.tap: Callable[[Ask, Answer], None] | None = None
        self._buckets = {
            lane: Bucket(rate, self.clock) for lane, rate in {"": EVERYDAY, **site.rates}.items()
        }
        self._http: httpx2.Client | None = None

    def get(self, path: str, params: Mapping[str, str] | None = None, **more: Any) -> Answer:
        """The answer to a GET. `more` are other fields of `Ask`: `lane`, `allow`, `is_text`."""
        return self.ask(Ask("GET", path, params or {}, **more))

    def post(self, path: str, body: Any, **more: Any) -> Answer:
        """The answer to a POST of JSON."""
        return self.ask(Ask("POST", path, body=body, **more))

    def now(self) -> datetime:
        """The moment by the vendor's clock, as far as we know it."""
        return datetime.fromtimestamp(self.clock.now() + self.offset_s, UTC)

    def close(self) -> None:
        """Give the connections back; the next request opens new ones."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def ask(self, ask: Ask) -> Answer:
        """The answer, after as many tries as the policy has. Raises what the module says."""
        patience = _Patience(self, ask)
        try:
            for attempt in stamina.retry_context(on=patience.goes_on, attempts=TRIES, timeout=None):
                with attempt:
                    answer = self._authorised(ask)
        except _LaterError as error:
            raise RetryError(
                f"{self._at(ask)} does not work: {error}, after {patience.tries} tries. "
                "What came in is kept; pull again later.",
                error.wait_s,
            ) from None
        if self.tap is not None:
            self.tap(ask, answer)
        return answer

    def hold(self, ask: Ask, seconds: float) -> None:
        """Let no request of this lane go for so long."""
        self._buckets.get(ask.lane, self._buckets[""]).hold(seconds)

    def _authorised(self, ask: Ask) -> Answer:
        """The answer; a 401 renews the token once."""
        answer = self._sent(ask)
        if answer.status == 401 and self.site.auth.renew():
            answer = self._sent(ask)
        return self._judged(ask, answer)

    def _judged(self, ask: Ask, answer: Answer) -> Answer:
        """The answer if it is one. Raises for everything else."""
        status = answer.status
        if status < 300 or status in ask.allow:
            return answer
        if status in (403, 429) and self.site.is_quota(answer):
            raise QuotaError(f"{self.site.name}: the allowance is used up for now; the next pull goes on.")
        if status in _AGAIN or status >= 500:
            raise _LaterError(f"status {status}", asked_wait_s(answer.headers, self.now().timestamp()))
        raise RefusedError(
            f"{self._at(ask)} was refused: {status}{code_of(answer.body)}. {next_move(status)}", status
        )

    def _sent(self, ask: Ask) -> Answer:
        """One request over the wire, in its turn, redirects inside the host followed."""
        url = self._url(ask.path)
        for _ in range(REDIRECTS + 1):
            for lane in {"", ask.lane} & self._buckets.keys():
                self._buckets[lane].wait()
            answer = self._over_the_wire(ask, url)
            if not 300 <= answer.status < 400:
                return answer
            url = self._redirected(ask, url, answer.headers.get("location", ""))
        raise RefusedError(f"{self._at(ask)} redirects without end. Check base_url.")

    def _over_the_wire(self, ask: Ask, url: str) -> Answer:
        headers = {**self.site.headers, **self.site.auth.headers()}
        sent = {"json": ask.body} if ask.body is not None else {"data": ask.form} if ask.form else {}
        try:
            with self._opened().stream(
                ask.method, url, params=ask.params or None, headers=headers, **sent
            ) as response:
                content = self._read(ask, response)
        except httpx2.TransportError as error:
            raise _LaterError(f"{type(error).__name__}") from None
        except httpx2.DecodingError:
            raise _LaterError("the body is broken") from None
        except httpx2.InvalidURL:
            raise RefusedError(f"{self.site.name}: the address is not valid. Check base_url.") from None
        names = {name.lower(): value for name, value in response.headers.items()}
        self._note_time(ask, names)
        try:
            return Answer(response.status_code, parse_body(ask, response.status_code, content), names)
        except ValueError as error:
            raise _LaterError(str(error)) from None

    def _opened(self) -> httpx2.Client:
        if self._http is None:
            self._http = httpx2.Client(
                timeout=TIMEOUT, follow_redirects=False, headers={"User-Agent": USER_AGENT}
            )
        return self._http

    def _read(self, ask: Ask, response: httpx2.Response) -> bytes:
        parts, size, started = [], 0, self.clock.ticks()
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > BODY_LIMIT:
                raise RefusedError(
                    f"{self._at(ask)} gives more than {BODY_LIMIT >> 20} MiB at once.", TOO_LARGE
                )
            if self.clock.ticks() - started > READ_S:
                raise _LaterError("the body comes too slowly")
        return b"".join(parts)

    def _note_time(self, ask: Ask, headers: Mapping[str, str]) -> None:
        """Learn the vendor's clock; where its answer says that nothing is left, hold until the reset."""
        try:
            theirs = parsedate_to_datetime(headers.get("date", ""))
            self.offset_s = theirs.timestamp() - self.clock.now()
        except (ValueError, TypeError, OverflowError):
            pass
        if is_used_up(headers) and (wait := asked_wait_s(headers, self.now().timestamp())):
            self.hold(ask, wait)

    def _url(self, path: str) -> str:
        """The whole address of a path, or an address on a host that the site allows."""
        if path.startswith("/") and not path.startswith("//"):
            return self.site.base_url + path
        parts = urlsplit(path)
        own = urlsplit(self.site.base_url)
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return path
        host = parts.hostname or ""
        if self._is_known(path):
            return path
        raise RefusedError(
            f"{self.site.name}: an answer names another host, {host[:80]!r}. Nothing was sent to it."
        )

    def _is_known(self, url: str) -> bool:
        """Whether an address is on one of the other hosts that the site allows."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_listed = any(
            host == known or (known[:1] == "." and host.endswith(known)) for known in self.site.hosts
        )
        return parts.scheme == "https" and is_listed and "@" not in parts.netloc

    def _redirected(self, ask: Ask, url: str, location: str) -> str:
        target = urljoin(url, location)
        before, after = urlsplit(url), urlsplit(target)
        is_elsewhere = before[:2] != after[:2] and not self._is_known(target)
        if not location or ask.method != "GET" or is_elsewhere:
            raise RefusedError(
                f"{self._at(ask)} leads to another address, {(after.hostname or '')[:80]!r}. Check base_url."
            )
        return target

    def _at(self, ask: Ask) -> str:
        return f"{self.site.name}: {ask.method} {urlsplit(ask.path).path[:120]}"


class _Patience:
    """Decides after a failed try whether another follows, and holds the lane until then."""

    def __init__(self, client: Client, ask: Ask) -> None:
        self.tries = 0
        self._client = client
        self._ask = ask
        self._spent_s = 0.0

    def goes_on(self, error: Exception) -> bool | float:
        self.tries += 1
        if not isinstance(error, _LaterError):
            return False
        wait = error.wait_s if error.wait_s is not None else _backoff_s(self.tries)
        self._spent_s += wait
        if self._spent_s > TOTAL_S or self.tries >= TRIES:
            return False
        logger.info("%s: %s, waiting %.0f s", self._client.site.name, error, wait)
        self._client.hold(self._ask, wait)
        return 0.0


def _backoff_s(tries: int) -> float:
    return float(min(2 ** (tries - 1), 60)) + random.uniform(0, 1)
