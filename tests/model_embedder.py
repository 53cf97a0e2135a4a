"""A model for embeddings behind the loopback server: words hashed to axes, those of one concept together."""

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.model_server import Act, ModelServer

SIZE = 64
QUICK: dict[str, Any] = {"retry_wait_s": 0.01, "call_timeout_s": 5.0, "patience_s": 10.0, "tries": 2}
CONCEPTS: tuple[tuple[str, ...], ...] = (
    ("印刷", "printout"),
    ("棚卸", "stocktaking"),
    ("監査ログ", "audit trail"),
)
"""Ways of saying one thing, by text that stands in them."""


def vector_of(text: str, size: int = SIZE, concepts: Sequence[Sequence[str]] = CONCEPTS) -> list[float]:
    """The vector of a text: its pairs of characters, and its concepts, which weigh more than all of them."""
    row = [0.0] * size
    for pair in re.findall(r"(?=(\w\w))", text.lower()):
        row[_axis(pair, size)] += 1.0
    length = math.hypot(*row) or 1.0
    row = [value / length for value in row]
    for n, words in enumerate(concepts):
        if any(word in text for word in words):
            row[_axis(f"concept {n}", size)] += 3.0
    return row


def _axis(word: str, size: int) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % size


def given(body: Mapping[str, Any], rows: Sequence[Sequence[float | None]], **more: Any) -> Act:
    """Vectors as OpenAI sends them, last first, because their order is said by their index."""
    data = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
    usage = {"prompt_tokens": sum(map(len, body["input"])), "total_tokens": sum(map(len, body["input"]))}
    said = {"object": "list", "model": body["model"], "data": data[::-1], "usage": usage, **more}
    return Act(raw=json.dumps(said).encode(), headers={"content-type": "application/json"})


def embedder(size: int = SIZE) -> Callable[[Mapping[str, Any]], Act]:
    """A script that embeds."""
    return lambda body: given(body, [vector_of(text, body.get("dimensions", size)) for text in body["input"]])


def texts_of(server: ModelServer) -> list[str]:
    """Every text that was sent, in the order of the calls."""
    return [text for seen in server.requests for text in seen.body["input"]]


def workspace_for(server: ModelServer, home: Path, **settings: Any) -> Workspace:
    """A workspace whose model for embeddings is the server."""
    named = {"embeddings": "openai:loop", "embeddings_base_url": server.url, **QUICK, **settings}
    return open_workspace(Settings(home=home, **named))
