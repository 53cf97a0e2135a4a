"""A workspace: one folder with everything koe keeps for one company."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa

from koe.errors import BusyError, SetupError
from koe.ledger import open_ledger
from koe.settings import Settings

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


class Workspace:
    """An open workspace. Cheap to make: the ledger opens on first use."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home: Path = settings.home

    @cached_property
    def ledger(self) -> sa.Engine:
        """The ledger, migrated."""
        return open_ledger(self.settings.url)

    @cached_property
    def key(self) -> bytes:
        """The secret that pseudonyms are made with; made on first use."""
        if self.settings.pseudonym_key is not None:
            return self.settings.pseudonym_key.get_secret_value().encode()
        return _make_or_read(self.home / "pseudonym.key")

    @contextmanager
    def exclusive(self, name: str = "run") -> Iterator[None]:
        """Hold the workspace alone. Raises BusyError at once when another process holds it."""
        path = self.home / f".{name}.lock"
        with path.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                raise BusyError(file.read().strip() or "unknown process") from None
            file.truncate(0)
            file.write(f"pid {os.getpid()}")
            file.flush()
            yield


def open_workspace(settings: Settings) -> Workspace:
    """The workspace of the settings; its folder is made when missing, for its owner alone."""
    home = settings.home
    try:
        home.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        home.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise SetupError(
            f"The workspace {str(home)!r} cannot be used: {error.strerror}. Name another with --home."
        ) from None
    return Workspace(settings)


def _make_or_read(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    return path.read_bytes()
