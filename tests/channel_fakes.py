"""The other ends of the channels, over real connections on this machine: Slack, a mail server, a webhook."""

import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.loopback import serving


class Web:
    """An HTTP server that keeps what it gets; `script` names what to answer next, `ok` when it is empty.

    `429:N` waits N seconds, `500`, `drop` takes the message and hangs up, `deny` refuses.
    """

    def __init__(self) -> None:
        self.script: list[str] = []
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.messages: list[dict[str, Any]] = []
        self.may_read = True
        self.url = ""

    def slack(self, method: str, sent: dict[str, Any]) -> dict[str, Any]:
        """Slack's answer to a method."""
        if method == "conversations.history":
            if not self.may_read:
                return {"ok": False, "error": "missing_scope"}
            with_all = str(sent.get("include_all_metadata", "")).lower() in ("1", "true")
            shown = [_message(one, with_all) for one in reversed(self.messages)]
            return {"ok": True, "messages": shown, "has_more": False}
        if method == "chat.update":
            (old,) = [one for one in self.messages if one["ts"] == sent["ts"]]
            old.update(sent)
            told = {"text": old["text"], "message": _message(old, True)}
            return {"ok": True, "channel": sent["channel"], "ts": sent["ts"], **told}
        stamp = f"17000000{len(self.messages):02d}.000100"
        self.messages.append({**sent, "ts": stamp})
        told = {"message": _message(self.messages[-1], True)}
        return {"ok": True, "channel": sent.get("channel"), "ts": stamp, **told}


def _message(sent: dict[str, Any], with_metadata: bool) -> dict[str, Any]:
    """A message as Slack shows it; what a bot attached only to those who ask for it."""
    names = ("text", "ts", "blocks", *(["metadata"] if with_metadata else []))
    shown = {name: sent[name] for name in names if name in sent}
    return {"type": "message", "user": "U0BOT00001", "bot_id": "B0BOT00001", **shown}


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            web.requests.append((self.path, dict(self.headers), body))
            step = web.script.pop(0) if web.script else "ok"
            if step == "drop" or step == "ok":
                answer = web.slack(self.path.rsplit("/", 1)[-1], _sent(self.headers, body))
            if step == "drop":
                self.close_connection = True
                return
            if step.startswith("429"):
                self._answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": step[4:] or "0"})
            elif step == "500":
                self._answer(500, {"ok": False})
            elif step == "deny":
                self._answer(200 if "/api/" in self.path else 401, {"ok": False, "error": "invalid_auth"})
            else:
                self._answer(200, answer)

        def _answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def _sent(headers: Any, body: bytes) -> dict[str, Any]:
    if "json" in headers.get("Content-Type", ""):
        return dict(json.loads(body))
    fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    for name in ("blocks", "metadata"):
        if name in fields:
            fields[name] = json.loads(fields[name])
    return fields


@contextmanager
def web() -> Iterator[Web]:
    """A server for Slack's methods and for webhooks."""
    fake = Web()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    fake.url = f"http://127.0.0.1:{server.server_port}"
    with serving(server):
        yield fake


class Post:
    """A mail server that keeps what it gets; `script` holds answers to `DATA`, 250 when it is empty."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[bytes] = []
        self.script: list[str] = []
        self.refuse: set[str] = set()


def _smtp(post: Post) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline():
                verb = line.split(b" ")[0].strip().upper()
                if verb == b"EHLO":
                    self._say("250-here\r\n250 8BITMIME")
                elif verb == b"RCPT" and any(one in line.decode() for one in post.refuse):
                    self._say("550 no such box")
                elif verb == b"DATA":
                    self._data()
                elif verb == b"QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _data(self) -> None:
            self._say("354 go on")
            lines: list[bytes] = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            answer = post.script.pop(0) if post.script else "250 kept"
            if answer.startswith("250"):
                post.mails.append(b"".join(lines))
            self._say(answer)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    return Handler


@contextmanager
def post_office() -> Iterator[Post]:
    """A mail server without TLS, on this machine."""
    post = Post()
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _smtp(post))
    server.daemon_threads = True
    post.port = server.server_address[1]
    with serving(server):
        yield post
