"""A pull that is killed anywhere and started again ends where an uninterrupted one does."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koe import faults
from koe.ledger import schema
from koe.ledger.intake import commit_page, pull
from koe.ledger.reading import conversation_ids, load_conversation
from koe.ledger.schema import conversation
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.test_file_format import TICKET, ticket
from tests.test_intake import change, rows_of, write

pytest_plugins = ["tests.postgres"]


class Killed(BaseException):
    """Stands for a process that ends at once."""


def crash_at(patch: pytest.MonkeyPatch, places: int) -> None:
    left = iter(range(places))

    def point(name: str) -> None:
        if next(left, None) is None:
            raise Killed(name)

    patch.setattr(faults, "point", point)


def test_a_page_and_its_cursor_are_written_together_or_not_at_all(
    any_ledger: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash_at(monkeypatch, 0)
    with pytest.raises(Killed, match="before a page commits"):
        commit_page(any_ledger, "desk", "tickets", change(0, TICKET))
    assert rows_of(any_ledger, conversation) == rows_of(any_ledger, schema.cursor) == []
    crash_at(monkeypatch, 1)
    with pytest.raises(Killed, match="after a page committed"):
        commit_page(any_ledger, "desk", "tickets", change(0, TICKET))
    assert len(rows_of(any_ledger, conversation)) == len(rows_of(any_ledger, schema.cursor)) == 1


Table = Mapping[str, str]
tables = st.lists(
    st.dictionaries(st.sampled_from([f"T-{n}" for n in range(8)]), st.sampled_from(["open", "solved"])),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=tables, page_items=st.integers(1, 4), crashes=st.lists(st.integers(0, 6), max_size=6))
def test_whatever_the_pages_and_crashes_the_ledger_ends_as_the_file(
    monkeypatch: pytest.MonkeyPatch, steps: list[Table], page_items: int, crashes: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(home=Path(folder) / "koe"))
        for table in steps:
            records = [ticket(id=key, status=status) for key, status in table.items()]
            source = write(Path(folder) / "in", tickets=records)
            source.page_items = page_items
            for places in crashes:
                with monkeypatch.context() as patch:
                    crash_at(patch, places)
                    try:
                        pull(ws, source)
                    except Killed:
                        continue
            pull(ws, source)
            assert standing(ws.ledger) == dict(table)
        ws.close()


def standing(ledger: sa.Engine) -> Table:
    with ledger.connect() as conn:
        ids = [key for batch in conversation_ids(conn, 3) for key in batch]
        return {one.external_id: one.status for one in (load_conversation(conn, key) for key in ids)}
