"""A real PostgreSQL for tests, and the fixtures `any_ledger` and `any_workspace` on both databases.

A test module takes them by naming this one as its plugin:

    pytest_plugins = ["tests.postgres"]

    def test_something(any_ledger: sa.Engine) -> None: ...

`any_ledger` is an empty, migrated ledger, once on SQLite and once on PostgreSQL; `any_workspace` is an
open workspace with such a ledger; `ledger_url` is the URL of a ledger nobody has opened yet. PostgreSQL
sorts by Japanese rules there, so that a query which leans on the server's language shows. The server
is started once per session from the system's own binaries, under an ordinary user, on a socket in a
folder of its own, and it ends with the session, also with one that is killed: a shell waits on a pipe
that closes then. Without the binaries the PostgreSQL half is skipped, or fails where `CI=true`.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from koe.ledger import open_ledger
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace

START_TIMEOUT_S = 60
_SERVE = """
"$1" -D "$2/data" -k "$2" -c listen_addresses='' -c fsync=off </dev/null >"$2/log" 2>&1 &
read -r _
kill -INT $!
wait $!
"""
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """URL of a running server's maintenance database."""
    bin_folder = _binaries()
    if bin_folder is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed; on CI it has to be")
        pytest.skip("PostgreSQL's initdb is not on this machine")
    folder = Path(tempfile.mkdtemp(prefix="koe-pg-"))
    user = _ordinary_user()
    if user:
        shutil.chown(folder, *user)
    with _serving(bin_folder, folder, _identity(user)):
        yield _wait_for(folder)
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a ledger that nobody has opened yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    server: sa.URL = request.getfixturevalue("postgres_server")
    name = f"koe_{next(_numbers)}"
    _run_sql(server, f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'ja'")
    yield server.set(database=name).render_as_string(hide_password=False)
    _run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def any_ledger(ledger_url: str) -> Iterator[sa.Engine]:
    """An empty ledger, on each database in turn."""
    engine = open_ledger(ledger_url)
    yield engine
    engine.dispose()


@pytest.fixture
def any_workspace(ledger_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace with a ledger on each database in turn."""
    ws = open_workspace(Settings(home=tmp_path / "koe", ledger_url=SecretStr(ledger_url)))
    yield ws
    ws.close()


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _ordinary_user() -> tuple[int, int] | None:
    """Whom to run the server as when the tests run as root, which it refuses."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return entry.pw_uid, entry.pw_gid


def _identity(user: tuple[int, int] | None) -> dict[str, Any]:
    return {"user": user[0], "group": user[1], "extra_groups": []} if user else {}


@contextmanager
def _serving(bin_folder: Path, folder: Path, identity: dict[str, Any]) -> Iterator[None]:
    initdb = [bin_folder / "initdb", "-D", folder / "data", "-A", "trust", "-U", "koe", "-E", "UTF8"]
    options: dict[str, Any] = {"cwd": folder, **identity}
    subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, **options)
    command = ["/bin/sh", "-c", _SERVE, "serve", str(bin_folder / "postgres"), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, **options) as shell:
        yield
        shell.communicate(b"\n", timeout=START_TIMEOUT_S)


def _wait_for(folder: Path) -> sa.URL:
    url = sa.URL.create("postgresql+psycopg", "koe", database="postgres", query={"host": str(folder)})
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            _run_sql(url, "SELECT 1")
        except sa.exc.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return url


def _run_sql(url: sa.URL, statement: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as conn:
        conn.execute(sa.text(statement))
