"""The five things that need language, behind one seam."""

from typing import TYPE_CHECKING

from koe.engine.base import Engine
from koe.errors import SetupError

if TYPE_CHECKING:
    from koe.workspace import Workspace


def pick_engine(ws: "Workspace") -> Engine:
    """The engine the workspace's settings name; the offline one when they name none."""
    if ws.settings.model is None:
        from koe.engine.offline import OfflineEngine

        return OfflineEngine()
    raise SetupError(
        f"KOE_MODEL={ws.settings.model!r}: this version reads with the offline engine only. Unset KOE_MODEL."
    )
