"""Calls to a loopback model, as the tests of the caller make them."""

import json
from pathlib import Path
from typing import Any

from koe.engine.model.caller import ModelCaller
from koe.engine.model.opening import open_caller
from koe.engine.model.shape import Call
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.model_server import ModelServer

GOOD = '{"said": "yes"}'
SCHEMA = {
    "type": "object",
    "properties": {"said": {"type": "string"}},
    "required": ["said"],
    "additionalProperties": False,
}
QUICK: dict[str, Any] = {"retry_wait_s": 0.01, "call_timeout_s": 5.0, "patience_s": 10.0, "tries": 3}


def calls(count: int, user: str = "question") -> list[Call]:
    """Different questions."""
    return [Call("find", "p" * 64, "Be brief.", f"{user} {n}", SCHEMA, 0.0, 100) for n in range(count)]


def check(call: Call, text: str) -> str | None:
    """An answer has to say something."""
    return None if isinstance(json.loads(text).get("said"), str) else "The key 'said' is missing."


def workspace_for(server: ModelServer, home: Path, **settings: Any) -> Workspace:
    """A workspace whose model is the server."""
    named = {"model": "openai:loopback", "api_key": "k", "base_url": server.url, **QUICK, **settings}
    return open_workspace(Settings(home=home, **named))


def caller_for(server: ModelServer, home: Path, **settings: Any) -> ModelCaller:
    """A caller of the server with a workspace of its own, or with that which lies in the folder."""
    return open_caller(workspace_for(server, home, **settings))
