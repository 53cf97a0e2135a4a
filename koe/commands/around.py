"""The modules around koe, as commands reach them: flows, connectors, the eval set."""

from importlib import import_module
from pathlib import Path
from typing import Any

from koe.errors import SetupError

__all__ = ["application", "flows", "missing_room", "not_installed"]

ROOMS = ("connectors", "eval", "flows")


def application(name: str) -> Any:
    """A module around koe. Raises SetupError where only the wheel is installed."""
    room = name.partition(".")[0]
    try:
        import_module(room)
    except ModuleNotFoundError:
        raise SetupError(not_installed(room)) from None
    return import_module(name)


def missing_room(error: Exception) -> str | None:
    """The folder around koe that an import did not find, as where only the wheel is installed; else None."""
    room = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    return room if room in ROOMS else None


def not_installed(room: str) -> str:
    """What to say where a folder around koe is missing."""
    return f"The folder {room!r} is not installed. Run koe from a checkout: git clone, then uv sync."


def flows(name: str, home: Path | None = None) -> Any:
    """A module of `flows`, Prefect's files kept in the workspace."""
    room = application("flows")
    if home is not None:
        room.keep_prefect_in(home)
    return application(f"flows.{name}")
