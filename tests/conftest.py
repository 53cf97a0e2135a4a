"""Shared by all tests: no socket leaves this machine, and every workspace is a fresh folder."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from koe.settings import Settings
from koe.workspace import Workspace, open_workspace

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test reached for {host!r}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import os

    for name in [
        name
        for name in os.environ
        if name.startswith("KOE_") and name not in ("KOE_PUBLIC_DATA", "KOE_VENDOR_SPECS")
    ]:
        monkeypatch.delenv(name)
    yield


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace on SQLite."""
    return open_workspace(Settings(home=tmp_path / "koe"))
