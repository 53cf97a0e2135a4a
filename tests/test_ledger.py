"""The ledger opens on both databases, migrates, refuses what it does not know, and is private."""

import multiprocessing
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from koe.errors import NewerLedgerError, SetupError
from koe.ledger import open_ledger, opening
from koe.ledger.schema import conversation, cursor, metadata
from koe.settings import Settings
from koe.workspace import open_workspace

pytest_plugins = ["tests.postgres"]


def test_tables_of_the_migrations_are_the_tables_of_the_models(any_ledger: sa.Engine) -> None:
    with any_ledger.connect() as conn:
        found = compare_metadata(MigrationContext.configure(conn), metadata)
    own = [change for change in found if not _is_index_of_the_database(change)]
    assert own == []


def _is_index_of_the_database(change: object) -> bool:
    """Full-text tables are the database's own; the models do not know them."""
    removed = isinstance(change, tuple) and change[0] in ("remove_table", "remove_index")
    return removed and "_fts" in change[1].name


def test_head_is_the_newest_migration() -> None:
    names = sorted(path.name for path in (opening.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert names[-1].startswith(f"{opening.HEAD}_")


def test_opening_again_changes_nothing(ledger_url: str) -> None:
    open_ledger(ledger_url).dispose()
    engine = open_ledger(ledger_url)
    with engine.connect() as conn:
        revision = conn.scalar(sa.text("SELECT version_num FROM alembic_version"))
    engine.dispose()
    assert revision == opening.HEAD


def test_an_older_schema_migrates_and_keeps_its_rows(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = opening.HEAD
    monkeypatch.setattr(opening, "HEAD", "0001")
    older = open_ledger(ledger_url)
    with older.begin() as conn:
        conn.execute(sa.text("INSERT INTO note (key, value) VALUES ('kept', 'yes')"))
    older.dispose()
    monkeypatch.setattr(opening, "HEAD", newest)
    engine = open_ledger(ledger_url)
    with engine.connect() as conn:
        assert conn.scalar(sa.text("SELECT value FROM note WHERE key = 'kept'")) == "yes"
        assert conn.scalar(sa.text("SELECT version_num FROM alembic_version")) == newest
    engine.dispose()


def test_a_newer_schema_is_refused_with_a_clear_line_and_left_alone(ledger_url: str) -> None:
    engine = open_ledger(ledger_url)
    with engine.begin() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerLedgerError, match=r"'9999', newer than this koe knows .* Upgrade koe"):
        open_ledger(ledger_url)
    with engine.connect() as conn:
        assert conn.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing_behind(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    real = op.create_table

    def fail_late(name: str, *args: object, **options: object) -> object:
        if name == "version":
            raise RuntimeError("stopped")
        return real(name, *args, **options)

    monkeypatch.setattr(op, "create_table", fail_late)
    with pytest.raises(RuntimeError, match="stopped"):
        open_ledger(ledger_url)
    monkeypatch.undo()
    engine = open_ledger(ledger_url)
    assert sa.inspect(engine).has_table("version")
    engine.dispose()


def _open(url: str, at_once: "multiprocessing.synchronize.Barrier") -> None:
    at_once.wait()
    open_ledger(url).dispose()


def test_several_processes_can_open_a_new_ledger_at_once(ledger_url: str) -> None:
    spawn = multiprocessing.get_context("fork")
    at_once = spawn.Barrier(4)
    opened = [spawn.Process(target=_open, args=(ledger_url, at_once)) for _ in range(4)]
    for process in opened:
        process.start()
    for process in opened:
        process.join(60)
    assert [process.exitcode for process in opened] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("sqlite:////nowhere/at/all/ledger.db", "cannot be opened: unable to open", id="folder"),
        pytest.param("postgresql://u:secret@127.0.0.1:1/koe", "cannot be opened", id="server"),
        pytest.param("oddsql://u:secret@host/koe", "not a URL that koe knows", id="dialect"),
        pytest.param("no url", "not a URL that koe knows", id="text"),
    ],
)
def test_a_ledger_out_of_reach_is_a_matter_of_setup_and_no_password_is_shown(url: str, said: str) -> None:
    with pytest.raises(SetupError, match=said) as caught:
        open_ledger(url)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_ledger_is_a_matter_of_setup(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"these are not the bytes of a database, by far" * 100)
    with pytest.raises(SetupError, match="not a database"):
        open_ledger(f"sqlite:///{path}")


def test_sqlite_syncs_every_commit_and_wipes_what_is_deleted(tmp_path: Path) -> None:
    engine = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    with engine.connect() as conn:
        pragmas = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete")
        ]
    engine.dispose()
    assert pragmas == ["wal", 2, 1]


def test_ids_sort_by_code_point_on_every_database(any_ledger: sa.Engine) -> None:
    ids = ["files:ア", "files:a", "files:B", "files:A-10", "files:A-9", "files:日本", "files:_"]
    row = {"source": "files", "kind": "ticket", "account_id": "A", "account_name": "", "version": "v"}
    with any_ledger.begin() as conn:
        rows = [row | {"id": key, "external_id": key, "created_at": "2026-09-14T01:12:00Z"} for key in ids]
        conn.execute(sa.insert(conversation), rows)
        found = list(conn.scalars(sa.select(conversation.c.id).order_by(conversation.c.id)))
    assert found == sorted(ids)


def test_the_workspace_is_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "koe").mkdir(mode=0o755)
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    assert ws.ledger.dialect.name == "sqlite"
    ws.close()
    assert stat.S_IMODE((tmp_path / "koe").stat().st_mode) == 0o700


def test_an_error_of_the_database_shows_no_words_of_a_customer(any_ledger: sa.Engine) -> None:
    rows = [{"source": "files", "stream": "tickets", "body": "瀬戸さんの電話"}] * 2
    with pytest.raises(sa.exc.IntegrityError) as caught, any_ledger.begin() as conn:
        conn.execute(cursor.insert(), rows)
    assert "瀬戸" not in str(caught.value)
