"""Opening a ledger: SQLite in WAL mode or PostgreSQL, migrated to what this koe knows."""

import sqlite3
import time
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from koe.errors import NewerLedgerError, SetupError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0011"
WAL_TRIES = 300
WAL_PAUSE_S = 0.1
MIGRATION_LOCK = 0x6B6F65 + 1
"""Advisory lock of a migration in PostgreSQL, beside that of a run."""


def open_ledger(url: str) -> sa.Engine:
    """An engine on the ledger at `url`, migrated if older.

    Raises NewerLedgerError when its schema is newer than this koe knows, SetupError when it cannot
    be reached.
    """
    engine = _engine(url)
    try:
        found = _revision(engine)
        if found is not None and found not in _known():
            raise NewerLedgerError(found, HEAD)
        if found != HEAD:
            _migrate(engine)
    except sa.exc.DBAPIError as error:
        engine.dispose()
        raise _unreachable(engine.url, error) from None
    except NewerLedgerError:
        engine.dispose()
        raise
    return engine


def _engine(url: str) -> sa.Engine:
    try:
        engine = sa.create_engine(_with_driver(url), hide_parameters=True)
    except (sa.exc.ArgumentError, ModuleNotFoundError):
        raise SetupError(
            "KOE_LEDGER_URL is not a URL that koe knows. Write postgresql://user@host/database, "
            "and install koe with its `postgres` extra."
        ) from None
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_pragmas)
    return engine


def _unreachable(url: sa.URL, error: sa.exc.DBAPIError) -> SetupError:
    reason = (str(error.orig).strip().splitlines() or ["no reason given"])[0]
    where = url.render_as_string(hide_password=True)
    return SetupError(f"The ledger {where!r} cannot be opened: {reason}. Check KOE_LEDGER_URL.")


def _with_driver(url: str) -> str:
    return (
        "postgresql+psycopg:" + url.partition(":")[2] if url.startswith(("postgres:", "postgresql:")) else url
    )


def _set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Turn on WAL; SQLite does not wait for a lock here, so that two first openers have to."""
    for left in reversed(range(WAL_TRIES)):
        try:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(WAL_PAUSE_S)


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect() as conn:
        return _revision_on(conn)


def _revision_on(conn: sa.Connection) -> str | None:
    if not sa.inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: sa.Engine) -> None:
    """All steps in one transaction; who opens at the same moment waits and finds it done."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as conn:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            conn.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        if _revision_on(conn) != HEAD:
            config.attributes["connection"] = conn
            command.upgrade(config, HEAD)


@cache
def _known() -> frozenset[str]:
    return frozenset(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
