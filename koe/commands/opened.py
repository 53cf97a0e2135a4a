"""The workspace a command works in, and the progress it shows."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from koe.workspace import Workspace


@contextmanager
def opened(context: typer.Context) -> Iterator["Workspace"]:
    """The workspace that `--home` or `KOE_HOME` names, closed again afterwards."""
    from koe.settings import load_settings
    from koe.workspace import open_workspace

    ws = open_workspace(load_settings(context.obj))
    try:
        yield ws
    finally:
        ws.close()


def show_progress() -> None:
    """Let what stations say of their progress appear on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("koe")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
