"""Bringing records in, without reading them yet."""

from typing import Any

from prefect import flow

from flows import tasks


@flow(name="pull")
def pull_sources(home: str, names: list[str]) -> list[dict[str, Any]]:
    """What pulling the named sources did, in order. Raises BusyError when a run holds the workspace."""
    with tasks.workspace_at(home) as ws, ws.exclusive():
        return [tasks.pull_source(home, name)._asdict() for name in names]
