"""The five things that need language, behind one seam."""

from typing import TYPE_CHECKING

from koe.engine.base import Engine

if TYPE_CHECKING:
    from koe.workspace import Workspace


def pick_engine(ws: "Workspace") -> Engine:
    """The engine the workspace's settings name; the offline one when they name none."""
    if ws.settings.model is None:
        from koe.engine.offline import OfflineEngine

        return OfflineEngine()
    from koe.engine.model import ModelEngine
    from koe.engine.model.opening import open_caller

    return ModelEngine(open_caller(ws))
