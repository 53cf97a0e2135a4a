"""A loopback server that speaks OpenAI's way over real HTTP, and plays whatever a script says.

    with ModelServer(lambda body: json.dumps({...})) as server:
        settings = Settings(model="openai:any", api_key="key", base_url=server.url)

A script gets the request's body and gives back the answer's text, or an `Act`: a refusal, a status, raw
bytes, a slow answer. A list of them is played one after the other, the last one for ever. Files and
batches are played too: a batch is done the second time it is looked at.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

from tests.model_batches import Batches


class Act(NamedTuple):
    """What the server does with one request; a plain text is `Act(text)`."""

    content: str | None = ""
    finish: str = "stop"
    refusal: str | None = None
    choices: bool = True
    usage: Mapping[str, Any] | None = None
    """Its usage as sent; made from the lengths when None, left out when empty."""
    status: int = 200
    headers: Mapping[str, str] = {}
    error: Mapping[str, Any] | None = None
    """OpenAI's error object, sent with `status`."""
    raw: bytes | None = None
    """Sent as the body instead, with `headers`."""
    after_s: float = 0.0
    """How long the server thinks."""
    drip_s: float = 0.0
    """How long it waits after each byte of the body."""
    drip_head: bool = False
    """Whether the header drips too."""
    cut: bool = False
    """Half of the body, then the line is dropped; with `drop` not even a header."""
    drop: bool = False


class Seen(NamedTuple):
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: Any


Script = Callable[[Mapping[str, Any]], "Act | str"] | Sequence["Act | str"]


def status(code: int, error: str = "", **headers: str) -> Act:
    """An error as providers send it; `retry_after="3"` becomes the header `Retry-After`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    said = {"message": "no", "type": "some_error", "param": None, "code": error or None}
    return Act(status=code, error=said, headers=named)


def html(code: int = 200) -> Act:
    """A page where JSON should be, as proxies send it."""
    page = b"<html><body>Sign in to the network</body></html>"
    return Act(status=code, raw=page, headers={"content-type": "text/html; charset=utf-8"})


class ModelServer:
    """The server; a context manager. `requests` has what came, `peak` how many at the same time."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[Seen] = []
        self.peak = 0
        self.batches = Batches(self.answer)
        self._under_way = 0
        self._lock = threading.Lock()
        self._played = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def calls(self) -> list[Mapping[str, Any]]:
        """The bodies of the chat calls that came, in their order."""
        bodies = [seen.body for seen in self.requests]
        return [body for body in bodies if isinstance(body, dict) and "messages" in body]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def act(self, body: Mapping[str, Any]) -> Act:
        """What the script says to a body."""
        with self._lock:
            n, self._played = self._played, self._played + 1
        said = self.script(body) if callable(self.script) else self.script[min(n, len(self.script) - 1)]
        return Act(said) if isinstance(said, str) else said

    def answer(self, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and JSON of a chat call; what a batch's line is answered with."""
        act = self.act(body)
        return act.status, completion(body, act) if act.error is None else {"error": dict(act.error)}

    def begin(self, seen: Seen) -> None:
        """Note a request that is under way."""
        with self._lock:
            self.requests.append(seen)
            self._under_way += 1
            self.peak = max(self.peak, self._under_way)

    def end(self) -> None:
        """Note that it is not any more."""
        with self._lock:
            self._under_way -= 1


def completion(body: Mapping[str, Any], act: Act) -> dict[str, Any]:
    """A chat completion as OpenAI sends it."""
    message = {"role": "assistant", "content": act.content, "refusal": act.refusal}
    choice = {"index": 0, "message": message, "finish_reason": act.finish, "logprobs": None}
    usage = _usage(body, act) if act.usage is None else act.usage
    made = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": body.get("model", "any")}
    return {**made, "choices": [choice] if act.choices else [], **({"usage": usage} if usage else {})}


def _usage(body: Mapping[str, Any], act: Act) -> dict[str, Any]:
    asked = sum(len(str(message["content"]).encode()) for message in body.get("messages", ())) // 4
    given = len((act.content or "").encode()) // 4
    return {"prompt_tokens": asked, "completion_tokens": given, "total_tokens": asked + given}


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length", 0)))
            is_json = self.headers.get("content-type", "").startswith("application/json")
            body = json.loads(sent) if is_json else sent
            server.begin(Seen(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            try:
                if self.path.endswith(("/files", "/batches")):
                    self._send(200, json.dumps(server.batches.post(self.path, body)).encode(), {})
                else:
                    self._play(server.act(body), body)
            except OSError:
                self.close_connection = True
            finally:
                server.end()

        def do_GET(self) -> None:
            server.begin(Seen(self.path, {k.lower(): v for k, v in self.headers.items()}, None))
            try:
                given = server.batches.get(self.path)
                body = given if isinstance(given, bytes) else json.dumps(given).encode()
                self._send(200 if given is not None else 404, body, {})
            finally:
                server.end()

        def _play(self, act: Act, body: Mapping[str, Any]) -> None:
            time.sleep(act.after_s)
            if act.drop:
                self.close_connection = True
                return
            if act.raw is not None:
                out = act.raw
            elif act.error is not None:
                out = json.dumps({"error": dict(act.error)}).encode()
            else:
                out = json.dumps(completion(body, act), ensure_ascii=False).encode()
            self._send(act.status, out, act.headers, act)

        def _send(self, code: int, body: bytes, headers: Mapping[str, str], act: Act | None = None) -> None:
            names = {"content-type": "application/json", **{k.lower(): v for k, v in headers.items()}}
            head = f"HTTP/1.1 {code} x\r\n" + "".join(f"{k}: {v}\r\n" for k, v in names.items())
            whole = f"{head}content-length: {len(body)}\r\n\r\n".encode()
            if act is not None and act.cut:
                self.wfile.write(whole + body[: len(body) // 2])
                self.close_connection = True
            elif act is not None and act.drip_s:
                self._drip(whole, body, act)
            else:
                self.wfile.write(whole + body)

        def _drip(self, head: bytes, body: bytes, act: Act) -> None:
            if not act.drip_head:
                self.wfile.write(head)
            for byte in (head if act.drip_head else b"") + body:
                self.wfile.write(bytes([byte]))
                time.sleep(act.drip_s)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
