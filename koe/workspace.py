"""A workspace: one folder with everything koe keeps for one company."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa

from koe.errors import BusyError, SetupError
from koe.ledger import open_ledger
from koe.settings import Settings

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
RUN_LOCK = 0x6B6F65
"""The advisory lock of a run in PostgreSQL: "koe" in ASCII."""


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

    def close(self) -> None:
        """Give the ledger's connections back."""
        if "ledger" in self.__dict__:
            self.ledger.dispose()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the workspace alone, and a PostgreSQL ledger with it.

        Raises BusyError at once when another run holds either.
        """
        with _locked_file(self.home / ".run.lock"), _locked_ledger(self.ledger):
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


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
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


@contextmanager
def _locked_ledger(ledger: sa.Engine) -> Iterator[None]:
    if ledger.dialect.name != "postgresql":
        yield
        return
    with ledger.connect() as conn:
        if not conn.scalar(sa.select(sa.func.pg_try_advisory_lock(RUN_LOCK))):
            raise BusyError("on another machine that uses the same ledger")
        try:
            yield
        finally:
            conn.scalar(sa.select(sa.func.pg_advisory_unlock(RUN_LOCK)))


def _make_or_read(path: Path) -> bytes:
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as file:
            file.write(secrets.token_hex(32).encode())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_bytes()
