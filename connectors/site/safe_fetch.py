"""Fetching pages of one site, and of nothing else.

The name is resolved once, every address is checked, and the connection goes to the checked address, so that
a name cannot point inside between the check and the call. Redirects are followed by hand under the same
rules. Bodies are read with a cap, compressed ones with a cap on what comes out.
"""

import socket
import time
import zlib
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from koe.errors import RetryError, SkipError

if TYPE_CHECKING:
    import httpx2

__all__ = ["Fetched", "Fetcher", "inflate", "resolve"]

MAX_BYTES = 3_000_000
MAX_REDIRECTS = 3
TIMEOUT_S = 15.0
DEADLINE_S = 45.0
PORTS = frozenset({80, 443})
USER_AGENT = "koe (reads its own company's site)"
_GZIP_OR_ZLIB = 47

Resolve = Callable[[str, int], list[str]]


class Fetched(NamedTuple):
    """One answer of the site."""

    url: str
    """The address it was found at, redirects followed."""
    media_type: str
    body: bytes


class Fetcher:
    """Gets pages of `site` and its sub-domains; `private` allows addresses inside and any port."""

    def __init__(self, site: str, private: bool = False, resolver: Resolve | None = None) -> None:
        self._host = (urlsplit(site).hostname or "").removeprefix("www.")
        self._private = private
        self._resolve = resolver or resolve

    def get(self, url: str) -> Fetched:
        """What stands at an address of the site.

        Raises SkipError for an address that is not taken, RetryError when the site does not answer.
        """
        for _ in range(MAX_REDIRECTS + 1):
            parts = self._allowed(url)
            answer = self._ask(url, parts)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
        raise SkipError(f"{_shown(url)}: more than {MAX_REDIRECTS} redirects.")

    def _allowed(self, url: str) -> SplitResult:
        """The parts of an address that may be asked."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise SkipError(f"{_shown(url)} is no address.") from None
        if parts.scheme not in ("http", "https") or not host or parts.username is not None:
            raise SkipError(f"{_shown(url)} is no web page of the site.")
        if host != self._host and not host.endswith(f".{self._host}"):
            raise SkipError(f"{_shown(url)} is not on {self._host}.")
        if port not in PORTS and not self._private:
            raise SkipError(f"{_shown(url)}: port {port} is not asked.")
        return parts

    def _address(self, url: str, parts: SplitResult) -> str:
        """An address of the host, none of its addresses inside."""
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = self._resolve(host, port)
        except OSError:
            raise RetryError(f"{_shown(url)}: the name {host!r} is not known. Check [website].") from None
        if not found or (not self._private and not all(is_outside(one) for one in found)):
            raise SkipError(f"{_shown(url)} points inside this network; set private = true if it should.")
        return found[0]

    def _ask(self, url: str, parts: SplitResult) -> "Fetched | str":
        """The answer, or where it redirects to."""
        import httpx2

        address = self._address(url, parts)
        bracketed = f"[{address}]" if ":" in address else address
        port = f":{parts.port}" if parts.port else ""
        query = f"?{parts.query}" if parts.query else ""
        target = f"{parts.scheme}://{bracketed}{port}{parts.path or '/'}{query}"
        headers = {"Host": parts.netloc, "User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        extensions = {"sni_hostname": parts.hostname}
        try:
            with (
                httpx2.Client(trust_env=False, timeout=TIMEOUT_S, follow_redirects=False) as client,
                client.stream("GET", target, headers=headers, extensions=extensions) as response,
            ):
                return _answer(url, response)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise RetryError(f"{_shown(url)} does not answer ({type(error).__name__}).") from None


def _answer(url: str, response: "httpx2.Response") -> Fetched | str:
    status = response.status_code
    if status in (301, 302, 303, 307, 308) and "location" in response.headers:
        return str(response.headers["location"])
    if status == 429 or status >= 500:
        raise RetryError(f"{_shown(url)} answers {status}.")
    if status != 200:
        raise SkipError(f"{_shown(url)} answers {status}.")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(url, media_type, _body(url, response))


def _body(url: str, response: "httpx2.Response") -> bytes:
    """The body, never more of it than the cap, compressed or not."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip", "deflate"):
        raise SkipError(f"{_shown(url)} comes in the encoding {encoding!r}, which is not read.")
    ends, body = time.monotonic() + DEADLINE_S, bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_BYTES:
            raise SkipError(f"{_shown(url)} is larger than {MAX_BYTES:,} bytes.")
        if time.monotonic() > ends:
            raise RetryError(f"{_shown(url)} takes longer than {DEADLINE_S:.0f} seconds.")
    return bytes(body) if encoding == "identity" else inflate(url, bytes(body))


def inflate(url: str, body: bytes) -> bytes:
    """A gzip or zlib body unpacked. Raises SkipError when it is damaged or grows over the cap."""
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        found = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error:
        raise SkipError(f"{_shown(url)} is damaged.") from None
    if len(found) > MAX_BYTES:
        raise SkipError(f"{_shown(url)} unpacks to more than {MAX_BYTES:,} bytes.")
    return found


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, IPv4 first. Raises OSError when it has none."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    return sorted(found, key=lambda address: (":" in address, address))


def is_outside(address: str) -> bool:
    """Whether an address is on the open internet: not private, loopback, link-local or mapped to such."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        for inner in (found.ipv4_mapped, found.sixtofour, found.teredo and found.teredo[1]):
            if inner:
                found = inner
                break
    return found.is_global and not found.is_multicast


def _shown(url: str) -> str:
    return repr(url if len(url) <= 120 else f"{url[:117]}...")
