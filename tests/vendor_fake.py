"""A vendor on loopback HTTP: shows a world as one vendor would, and fails by a script.

A fault strikes one request, by its number since the script was set. What was asked, and when, is kept.
"""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.vendor_world import World

FAULTS = (
    "429 seconds",
    "429 date",
    "429 absent",
    "429 negative",
    "429 absurd",
    "429 reset",
    "503",
    "500 html",
    "200 html",
    "200 half",
    "cut",
    "reset",
    "expired",
    "repeat",
)


class Asked(NamedTuple):
    """One request as it arrived."""

    at: float
    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: Mapping[str, str]


@dataclass
class Reply:
    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Fake(ABC):
    """What the fakes of all vendors have in common."""

    type: ClassVar[str]
    token = "t0ken-s3cret"

    def __init__(self, world: World, page_size: int = 100) -> None:
        self.world = world
        self.page_size = page_size
        self.asked: list[Asked] = []
        self.faults: dict[int, str] = {}
        self.happens: dict[int, Callable[[], None]] = {}
        """What happens in the world just before a request is answered, by its number."""
        self.twist: Callable[[Asked, Reply], None] | None = None
        """Changes an answer before it is sent."""
        self._n = 0
        self._repeats = False

    @abstractmethod
    def settings(self, base_url: str) -> dict[str, Any]:
        """The source's part of koe.toml."""

    @abstractmethod
    def answer(self, asked: Asked) -> Reply:
        """The vendor's answer when nothing fails."""

    @abstractmethod
    def has_token(self, asked: Asked) -> bool:
        """Whether a request carries a page token."""

    def unname(self, reply: Reply, key: str) -> None:
        """Take the id from a ticket in an answer, wherever it stands."""
        todo = [reply.body]
        while todo:
            node = todo.pop()
            todo += list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
            if isinstance(node, dict) and self.is_named(node, key):
                node["$id" if "$id" in node else "id"] = None

    def is_named(self, node: dict[str, Any], key: str) -> bool:
        """Whether an object of an answer is the ticket of that id."""
        own = node["$id"]["value"] if isinstance(node.get("$id"), dict) else node.get("id")
        return str(own) == key and bool(node.keys() & {"subject", "fields", "$id", "state"})

    def script(self, faults: Mapping[int, str] | None = None) -> None:
        """Count requests from here, and let these fail."""
        self._n, self.faults = 0, dict(faults or {})

    def take(self, asked: Asked) -> Reply | str:
        """The reply to a request, or how the connection breaks."""
        self.asked.append(asked)
        self._n += 1
        if self._n in self.happens:
            self.happens.pop(self._n)()
        fault = self.faults.pop(self._n, "")
        self._repeats = fault == "repeat"
        if fault in ("cut", "reset", "200 half"):
            return fault
        failed = self._failed(fault, asked)
        if failed is not None:
            return failed
        reply = self.answer(asked)
        if self.twist is not None:
            self.twist(asked, reply)
        return reply

    def page(self, rows: list[Any], start: int) -> tuple[list[Any], int | None]:
        """A page of rows and the offset after it; with the fault `repeat` its last row comes again."""
        end = start + self.page_size
        if self._repeats and self.page_size > 1:
            return rows[start:end], (end - 1 if end < len(rows) else None)
        return rows[start:end], (end if end < len(rows) else None)

    def _failed(self, fault: str, asked: Asked) -> Reply | None:
        time = self.world.time
        in_5_s = format_datetime(datetime.fromtimestamp(time.at + 5, UTC), usegmt=True)
        headers = {
            "429 seconds": {"Retry-After": "7"},
            "429 date": {"Retry-After": in_5_s},
            "429 absent": {},
            "429 negative": {"Retry-After": "-5"},
            "429 absurd": {"Retry-After": "1000000000000"},
            "429 reset": {"X-RateLimit-Reset": str(int(time.at) + 9), "X-RateLimit-Remaining": "0"},
        }
        if fault in headers:
            return Reply({"error": "rate"}, 429, headers[fault])
        if fault == "503":
            return Reply(None, 503)
        if fault in ("500 html", "200 html"):
            return Reply("<html>maintenance</html>", int(fault[:3]))
        if fault == "expired" and self.has_token(asked):
            return self.expired()
        return None

    def expired(self) -> Reply:
        """How the vendor says that a page token is no longer good."""
        return Reply({"error": "InvalidCursor"}, 400)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: "_Server"

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, *_: Any) -> None:
        return

    def _serve(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fake = self.server.fake
        assert fake is not None
        parts = urlsplit(self.path)
        is_json = "json" in self.headers.get("Content-Type", "")
        body = json.loads(content) if content and is_json else dict(parse_qsl(content.decode()))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query: dict[str, str] = {}
        for name, value in dict.fromkeys(parse_qsl(parts.query, keep_blank_values=True)):
            query[name] = f"{query[name]},{value}" if name in query else value
        asked = Asked(fake.world.time.at, self.command, parts.path, query, body, headers)
        try:
            taken = fake.take(asked)
        except Exception as error:
            self.server.broken.append(error)
            raise
        if isinstance(taken, str):
            self._break(fake, taken, asked)
        else:
            self._send(taken, fake.world.time.at)

    def _send(self, reply: Reply, at: float, cut: int = 0) -> None:
        is_text = isinstance(reply.body, str)
        content = (
            reply.body.encode("latin-1" if "X-Latin" in reply.headers else "utf-8")
            if is_text
            else b""
            if reply.body is None
            else json.dumps(reply.body).encode()
        )
        self.send_response_only(reply.status)
        self.send_header("Date", format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True))
        self.send_header("Content-Type", "text/html" if is_text else "application/json")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) - cut])

    def _break(self, fake: Fake, how: str, asked: Asked) -> None:
        self.close_connection = True
        if how == "reset":
            return
        reply = fake.answer(asked)
        if how == "cut":
            self._send(reply, asked.at, cut=len(json.dumps(reply.body)) // 2)
        else:
            text = json.dumps(reply.body)
            self._send(Reply(text[: len(text) // 2], reply.status, reply.headers), asked.at)


class _Server(ThreadingHTTPServer):
    fake: Fake | None = None
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.broken: list[Exception] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        return


class Stage(NamedTuple):
    """A server that shows one fake after the other."""

    server: _Server
    base_url: str

    def show(self, fake: Fake) -> Fake:
        self.server.fake = fake
        return fake

    def check(self) -> None:
        assert self.server.broken == [], repr(self.server.broken)


@contextmanager
def stage() -> Iterator[Stage]:
    """A loopback server for the time of a test, or of many."""
    server = _Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Stage(server, f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
