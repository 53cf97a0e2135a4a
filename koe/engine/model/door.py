"""The last door."""

from typing import TYPE_CHECKING

from koe.engine.model.request import Request

if TYPE_CHECKING:
    from koe.workspace import Workspace


class Door:
    """What is not sent."""

    def __init__(self, ws: "Workspace") -> None:
        self._ws = ws

    def __call__(self, request: Request) -> str | None:
        """Why a request must not go out; None when it may."""
        return None
