"""The modules around koe, as commands reach them: flows, connectors, the eval set."""

from importlib import import_module
from pathlib import Path
from typing import Any

from koe.errors import SetupError

__all__ = ["application", "flows"]


def application(name: str) -> Any:
    """A module around koe. Raises SetupError where only the wheel is installed."""
    room = name.partition(".")[0]
    try:
        import_module(room)
    except ModuleNotFoundError:
        raise SetupError(
            f"The folder {room!r} is not installed. Run koe from a checkout: git clone, then uv sync."
        ) from None
    return import_module(name)


def flows(name: str, home: Path | None = None) -> Any:
    """A module of `flows`, Prefect's files kept in the workspace."""
    room = application("flows")
    if home is not None:
        room.keep_prefect_in(home)
    return application(f"flows.{name}")
