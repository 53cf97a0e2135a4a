"""The vector index itself: Chroma, embedded and held by one process at a time, or on a server.

Chroma gets ids, vectors and a few plain facts, never a customer's words. Two processes on one folder
lose rows for good and in silence, so whoever opens it, to read or to write, holds a lock until it is
closed again; `koe.index.manifest` notes how the files were left.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from koe.errors import BusyError, RetryError
from koe.index.manifest import Manifest, seal
from koe.workspace import PRIVATE_FOLDER, Workspace

COLLECTION = "passages"
BATCH = 1_000
"""Rows given to Chroma at once; it takes 5,461 at most."""
GRAPH = {"space": "cosine", "ef_construction": 50, "ef_search": 500}
"""Half of Chroma's own care in building, which is most of its time, and more in looking. Among 35,000
passages .999 of the nearest are found either way; where half of them are copies of four, .96 and not .98."""
PATIENCE_S = 120
_LOOK_AGAIN_S = 0.05


def folder_of(ws: Workspace, place: str = "") -> Path:
    """The folder that embedded indexes live in, or that of one of them."""
    return ws.home / "index" / place


@contextmanager
def locked(ws: Workspace) -> Iterator[None]:
    """Hold the embedded index alone; a server looks after itself.

    Raises BusyError when another process keeps it for longer than anybody should wait.
    """
    if ws.settings.chroma_url:
        yield
        return
    folder = folder_of(ws)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    with (folder / ".lock").open("a", encoding="utf-8") as file:
        _wait_for(file.fileno())
        yield


def _wait_for(handle: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise BusyError("it has the vector index open") from None
            time.sleep(_LOOK_AGAIN_S)


@contextmanager
def collection_of(ws: Workspace, manifest: Manifest, *, create: bool = False) -> Iterator[Any]:
    """The open collection of an index; to be used under `locked`."""
    if ws.settings.chroma_url:
        yield _collection(_server(ws.settings.chroma_url), manifest.place, create)
        return
    folder = folder_of(ws, manifest.place)
    seal(folder, manifest, "writing")
    with closing(_embedded(folder)) as client:
        yield _collection(client, COLLECTION, create)
    seal(folder, manifest, "closed")


def drop_collection(ws: Workspace, place: str) -> None:
    """Delete a collection on the server, if it is there."""
    from chromadb.errors import NotFoundError

    if ws.settings.chroma_url:
        with suppress(NotFoundError):
            _server(ws.settings.chroma_url).delete_collection(place)


def _collection(client: Any, name: str, create: bool) -> Any:
    if create:
        return client.create_collection(name, embedding_function=None, configuration={"hnsw": GRAPH})
    return client.get_collection(name, embedding_function=None)


def _embedded(folder: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(path=str(folder), settings=_settings())


@cache
def _server(url: str) -> Any:
    """One client for the life of the process: Chroma never closes the connections of a client."""
    import chromadb

    parts = urlsplit(url if "//" in url else f"//{url}")
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or 8000,
            ssl=parts.scheme == "https",
            settings=_settings(),
        )
    except ValueError:
        raise RetryError(
            f"The Chroma server {parts.hostname}:{parts.port or 8000} does not answer."
        ) from None


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
