"""What a source deleted counts nowhere, its words are erased, and it can come back."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from koe.errors import BugError
from koe.ledger.intake import PullResult, pull
from koe.ledger.reading import conversation_ids, load_conversation, load_deals
from koe.ledger.schema import conversation, deal, finding, passage, reading, turn, version
from koe.workspace import Workspace
from tests.test_file_format import DEAL, TICKET, ticket
from tests.test_intake import rows_of, write

pytest_plugins = ["tests.postgres"]


def fill_in(ledger: sa.Engine, key: str) -> None:
    """What the later stations would have written for a conversation."""
    place = {"turn": 0, "start": 0, "end": 2}
    with ledger.begin() as conn:
        conn.execute(sa.insert(turn).values(conversation_id=key, n=0, role="customer", text="固まります。"))
        found = {
            "kind": "complaint",
            "statement": "固まる",
            "quote": "固ま",
            "severity": 2,
            "engine": "offline",
        }
        conn.execute(sa.insert(finding).values(id=f"f-{key}", conversation_id=key, **place, **found))
        passed = {"key": key, "role": "customer", "tokens": "固まる", "vector": b"\0\0"}
        conn.execute(sa.insert(passage).values(conversation_id=key, **place, **passed))
        read = {"version": "v", "engine": "offline", "state": "read"}
        conn.execute(sa.insert(reading).values(conversation_id=key, **read))
        conn.execute(sa.update(conversation).where(conversation.c.id == key).values(masked="v", title="画面"))


def test_a_deleted_record_is_withdrawn_and_its_words_are_erased(
    any_workspace: Workspace, tmp_path: Path
) -> None:
    two = write(tmp_path / "in", tickets=[TICKET, ticket(id="T-2")], deals=[DEAL, DEAL | {"id": "D-2"}])
    pull(any_workspace, two)
    for key in ("files:T-1", "files:T-2"):
        fill_in(any_workspace.ledger, key)
    with any_workspace.ledger.begin() as conn:
        repeats = sa.update(conversation).where(conversation.c.id == "files:T-2")
        conn.execute(repeats.values(duplicate_of="files:T-1"))
    less = write(tmp_path / "in", tickets=[ticket(id="T-2")], deals=[DEAL])
    assert pull(any_workspace, less) == PullResult(unchanged=2, withdrawn=2)
    for table in (turn, finding, passage, reading, version):
        assert rows_of(any_workspace.ledger, table, "conversation_id") == [("files:T-2",)]
    columns = ("id", "withdrawn", "title", "account_name", "masked", "duplicate_of")
    assert rows_of(any_workspace.ledger, conversation, *columns) == [
        ("files:T-1", True, "", "", None, None),
        ("files:T-2", False, "画面", "港の本屋", None, None),
    ]
    with any_workspace.ledger.connect() as conn:
        assert list(conversation_ids(conn, 10)) == [["files:T-2"]]
        assert list(load_deals(conn)) == ["files:D-1"]
        with pytest.raises(BugError):
            load_conversation(conn, "files:T-1")


def test_a_record_that_comes_back_is_taken_in_again(any_workspace: Workspace, tmp_path: Path) -> None:
    for tickets in ([TICKET, ticket(id="T-2")], [ticket(id="T-2")]):
        pull(any_workspace, write(tmp_path / "in", tickets=tickets))
    back = pull(any_workspace, write(tmp_path / "in", tickets=[TICKET, ticket(id="T-2")]))
    assert back == PullResult(changed=1, unchanged=1)
    with any_workspace.ledger.connect() as conn:
        assert load_conversation(conn, "files:T-1").account.name == "港の本屋"
        assert list(conversation_ids(conn, 10)) == [["files:T-1", "files:T-2"]]


def test_a_record_that_cannot_be_read_this_time_is_not_taken_for_deleted(
    any_workspace: Workspace, tmp_path: Path
) -> None:
    pull(any_workspace, write(tmp_path / "in", tickets=[TICKET, ticket(id="T-2"), ticket(id="T-3")]))
    broken = write(tmp_path / "in", tickets=[ticket(turns=None), ticket(id="T-3")])
    assert pull(any_workspace, broken) == PullResult(unchanged=1, withdrawn=1, skipped=1, refused=1)
    with any_workspace.ledger.connect() as conn:
        assert list(conversation_ids(conn, 10)) == [["files:T-1", "files:T-3"]]


def test_deals_keep_no_words_once_withdrawn(any_workspace: Workspace, tmp_path: Path) -> None:
    told = DEAL | {"name": "港の本屋 更新", "owner": "瀬名 千尋", "loss_reason": "高い"}
    for deals in ([told, DEAL | {"id": "D-2"}], [DEAL | {"id": "D-2"}]):
        pull(any_workspace, write(tmp_path / "in", deals=deals))
    columns = ("id", "withdrawn", "name", "owner", "loss_reason", "account_name")
    assert rows_of(any_workspace.ledger, deal, *columns)[0] == ("files:D-1", True, "", "", None, "")
