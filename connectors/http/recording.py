"""What a vendor really answers, for tests, with everything personal taken out of it.

Of text its length stays, of ids that they are the same; names of fields, dates, true, false, null and
words that come from a vendor's own list (a status, a role) stay as they are. The salt is thrown away
with the recording, so that no id can be traced back.
"""

import hashlib
import json
import re
import secrets
from itertools import islice
from pathlib import Path
from typing import Any

from connectors.http.asking import Answer, Ask
from connectors.http.vendor import VendorSource
from connectors.records.fields import moment_of
from koe.errors import SetupError

PAGES = 2
"""Pages of each stream that are recorded."""
_LISTED = frozenset(
    (
        "accountType",
        "author_type",
        "channel",
        "direction",
        "part_type",
        "rel",
        "role",
        "state",
        "status",
        "type",
    )
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,29}")
_NUMBER = re.compile(r"\d+")
_TIME = re.compile(r"(_at|_since|time|date|reset)$", re.I)
_HEADERS = ("content-type", "date", "link", "retry-after")


def record(source: VendorSource, folder: Path) -> int:
    """Ask a source for its first pages and write every answer, masked, into a folder; how many."""
    client = source.vendor.client
    mask = _Mask()
    seen: list[dict[str, Any]] = []
    client.tap = lambda ask, answer: seen.append(mask.exchange(ask, answer))
    try:
        list(source.check())
        for stream in source.streams:
            list(islice(source.pages(stream, None), PAGES))
    finally:
        client.tap = None
        client.close()
    _write(folder, source.name, seen)
    return len(seen)


def _write(folder: Path, name: str, seen: list[dict[str, Any]]) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for n, exchange in enumerate(seen, 1):
            text = json.dumps(exchange, ensure_ascii=False, indent=1)
            (folder / f"{name}-{n:03}.json").write_text(text + "\n", "utf-8")
    except OSError as error:
        raise SetupError(
            f"{str(folder)!r} cannot be written: {error.strerror}. Name another folder."
        ) from None


class _Mask:
    """One recording's way of hiding; the same id is hidden the same way all through it."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)

    def exchange(self, ask: Ask, answer: Answer) -> dict[str, Any]:
        headers = {
            name: self._text("header", value) if name == "link" else value
            for name, value in sorted(answer.headers.items())
            if name in _HEADERS or "ratelimit" in name or "rate-limit" in name
        }
        return {
            "method": ask.method,
            "path": _NUMBER.sub(self._digits, ask.path.partition("?")[0]),
            "query": {name: self._any(name, value) for name, value in sorted(ask.params.items())},
            "body": self._any("body", ask.body),
            "status": answer.status,
            "headers": headers,
            "answer": self._any("answer", answer.body),
        }

    def _any(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._key(key): self._any(key, one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._any(name, one) for one in value]
        if isinstance(value, str):
            return self._text(name, value)
        if isinstance(value, int) and not isinstance(value, bool):
            is_plain = abs(value) < 10 or (_TIME.search(name) and moment_of(value))
            return value if is_plain else int(self._hidden(str(abs(value))))
        return 1.5 if isinstance(value, float) else value

    def _text(self, name: str, value: str) -> str:
        if not value or moment_of(value) or (name in _LISTED and _WORD.fullmatch(value)):
            return value
        if value.isdecimal():
            return self._hidden(value)
        if "@" in value and len(value) < 200 and " " not in value:
            return f"p{self._hidden('0' * 8 + value)[:8]}@example.com"
        return f"<{'<p>' if '<' in value else ''}text of {len(value)} characters>"

    def _key(self, key: str) -> str:
        is_plain = len(key) <= 60 and "@" not in key and not key.isdecimal()
        return key if is_plain else f"key-{self._hidden('0' * 8 + key)[:8]}"

    def _digits(self, match: re.Match[str]) -> str:
        return match[0] if len(match[0]) == 1 else self._hidden(match[0])

    def _hidden(self, value: str) -> str:
        """Digits as many as the value has characters, at least one, never beginning with 0."""
        digest = hashlib.blake2b(value.encode("utf-8", "replace"), key=self._salt).hexdigest()
        digits = str(int(digest, 16) + 10**60)[2 : 1 + max(len(value), 1)]
        return f"{int(digest[:4], 16) % 9 + 1}{digits}"
