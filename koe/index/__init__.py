"""What finds passages again: full text in the ledger, vectors beside it. Always rebuildable."""

from typing import TYPE_CHECKING

from koe.workspace import Workspace

if TYPE_CHECKING:
    from koe.index.health import Health

__all__ = ["check_index", "reindex"]


def check_index(ws: Workspace) -> "Health":
    """Whether the vector index is what the ledger says, looked at in full; nothing is changed."""
    from koe.index.health import examine

    return examine(ws)


def reindex(ws: Workspace) -> int:
    """Build the vector index anew from the ledger and put it in place; how many passages it holds."""
    from koe.index.rebuild import rebuild

    return rebuild(ws)
