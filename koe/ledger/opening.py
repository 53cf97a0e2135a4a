"""Opening a ledger: SQLite in WAL mode or PostgreSQL, migrated to what this koe knows."""

from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from koe.errors import NewerLedgerError, SetupError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0001"


def open_ledger(url: str) -> sa.Engine:
    """An engine on the ledger at `url`, migrated if older.

    Raises NewerLedgerError when its schema is newer than this koe knows, SetupError when it cannot
    be reached.
    """
    engine = sa.create_engine(_with_driver(url))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_pragmas)
    try:
        found = _revision(engine)
    except sa.exc.DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        where = engine.url.render_as_string(hide_password=True)
        raise SetupError(f"The ledger {where!r} cannot be opened: {reason}. Check KOE_LEDGER_URL.") from None
    if found != HEAD:
        _migrate(engine, found)
    return engine


def _with_driver(url: str) -> str:
    return (
        "postgresql+psycopg:" + url.partition(":")[2] if url.startswith(("postgres:", "postgresql:")) else url
    )


def _set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect() as conn:
        if not sa.inspect(conn).has_table("alembic_version"):
            return None
        return conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: sa.Engine, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config

    if found is not None and found not in _known():
        raise NewerLedgerError(found, HEAD)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, HEAD)


@cache
def _known() -> frozenset[str]:
    return frozenset(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
