"""Pages into the ledger: once, versioned, withdrawn, and the same after every crash."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from connectors import folder_source
from connectors.base import Cursor, Item, Page, Skipped
from connectors.files.source import FilesSource
from connectors.records.file_format import Origin, conversation_of
from koe.ledger import schema
from koe.ledger.intake import PullResult, pull
from koe.ledger.reading import (
    calls_without_deal,
    conversation_ids,
    count_skips,
    load_conversation,
    load_cursor,
    load_deals,
    load_skips,
)
from koe.ledger.schema import conversation, version
from koe.settings import Settings, SourceSettings
from koe.workspace import Workspace, open_workspace
from tests.test_file_format import DEAL, TICKET, TURN, ticket
from tests.test_files import lines

pytest_plugins = ["tests.postgres"]
TOKYO = ZoneInfo("Asia/Tokyo")
CALL = {key: TICKET[key] for key in ("created_at", "account", "turns")} | {"id": "C-1", "deal_id": "D-1"}
FIRST = PullResult(skipped=1, refused=1, is_first=True)


def write(folder: Path, **streams: list[Any]) -> FilesSource:
    folder.mkdir(exist_ok=True)
    for stream, records in streams.items():
        (folder / f"{stream}.jsonl").write_text(lines(*records), "utf-8")
    return FilesSource("files", SourceSettings(path=folder), TOKYO)


def rows_of(ledger: sa.Engine, table: sa.Table, *columns: str) -> list[tuple[Any, ...]]:
    chosen = [table.c[name] for name in columns] or list(table.c)
    with ledger.connect() as conn:
        return sorted((tuple(row) for row in conn.execute(sa.select(*chosen))), key=repr)


def whole(ledger: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but where the streams stand."""
    tables = [table for table in schema.metadata.sorted_tables if table.name != "cursor"]
    return {table.name: rows_of(ledger, table) for table in tables}


def test_a_folder_comes_in_as_it_is(any_workspace: Workspace, tmp_path: Path) -> None:
    source = write(tmp_path / "in", tickets=[TICKET], calls=[CALL], deals=[DEAL | {"amount": 1200}])
    assert pull(any_workspace, source) == PullResult(new=3, is_first=True)
    with any_workspace.ledger.connect() as conn:
        assert load_conversation(conn, "files:T-1") == conversation_of(
            TICKET, "ticket", Origin("files", TOKYO)
        )
        assert load_conversation(conn, "files:C-1").deal == "D-1"
        (only,) = load_deals(conn).values()
        assert (only.id, only.outcome, only.amount, only.account.name) == (
            "files:D-1",
            "won",
            1200.0,
            "港の本屋",
        )
        assert list(conversation_ids(conn, 1)) == [["files:C-1"], ["files:T-1"]]
    columns = ("id", "deal_id", "created_at", "updated_at", "withdrawn", "masked")
    assert rows_of(any_workspace.ledger, conversation, *columns) == [
        ("files:C-1", "files:D-1", "2026-09-14T01:12:00Z", None, False, None),
        ("files:T-1", None, "2026-09-14T01:12:00Z", "2026-09-15T00:00:00Z", False, None),
    ]


def test_pulling_twice_changes_nothing(any_workspace: Workspace, tmp_path: Path) -> None:
    source = write(tmp_path / "in", tickets=[TICKET, "{"], calls=[CALL], deals=[DEAL])
    pull(any_workspace, source)
    before = whole(any_workspace.ledger)
    assert pull(any_workspace, source) == PullResult(skipped=1)
    assert whole(any_workspace.ledger) == before


def test_a_file_written_anew_with_the_same_records_changes_nothing(
    any_workspace: Workspace, tmp_path: Path
) -> None:
    pull(any_workspace, write(tmp_path / "in", tickets=[TICKET, ticket(id="T-2")]))
    before = rows_of(any_workspace.ledger, version)
    swapped = dict(reversed(TICKET.items())) | {"created_at": "2026-09-14T01:12:00Z", "extra": 1}
    again = pull(any_workspace, write(tmp_path / "in", tickets=[ticket(id="T-2"), swapped]))
    assert again == PullResult(unchanged=2)
    assert rows_of(any_workspace.ledger, version) == before


def test_an_edited_record_is_a_new_version_and_the_old_one_stays(
    any_workspace: Workspace, tmp_path: Path
) -> None:
    pull(any_workspace, write(tmp_path / "in", tickets=[TICKET], deals=[DEAL]))
    with any_workspace.ledger.begin() as conn:
        conn.execute(sa.update(conversation).values(masked=conversation.c.version))
    edited = write(tmp_path / "in", tickets=[ticket(status="solved")], deals=[DEAL | {"outcome": "lost"}])
    assert pull(any_workspace, edited) == PullResult(changed=2)
    ((newest, masked),) = rows_of(any_workspace.ledger, conversation, "version", "masked")
    assert newest != masked
    hashes = {row[0] for row in rows_of(any_workspace.ledger, version, "hash")}
    assert hashes == {newest, masked}
    with any_workspace.ledger.connect() as conn:
        assert load_conversation(conn, "files:T-1").status == "solved"
        assert load_deals(conn, ["files:D-1", "files:D-9"])["files:D-1"].outcome == "lost"


def test_a_record_edited_back_is_the_version_it_was(any_workspace: Workspace, tmp_path: Path) -> None:
    for status in ("open", "solved", "open"):
        pull(any_workspace, write(tmp_path / "in", tickets=[ticket(status=status)]))
    assert len(rows_of(any_workspace.ledger, version)) == 2
    with any_workspace.ledger.connect() as conn:
        assert load_conversation(conn, "files:T-1").status == "open"


def test_what_was_skipped_is_named_until_it_is_mended(any_workspace: Workspace, tmp_path: Path) -> None:
    pull(any_workspace, write(tmp_path / "in", tickets=[TICKET, ticket(id="T-2", account={}), "{"]))
    with any_workspace.ledger.connect() as conn:
        found = load_skips(conn)
        assert [(one.place, one.week) for one in found] == [
            ("tickets.jsonl:2", "2026-W38"),
            ("tickets.jsonl:3", None),
        ]
        assert found[0].reason == "account: neither its id nor its name is given"
        assert (count_skips(conn), count_skips(conn, source="files", week="2026-W38")) == (2, 1)
    pull(any_workspace, write(tmp_path / "in", tickets=[TICKET, ticket(id="T-2")]))
    with any_workspace.ledger.connect() as conn:
        assert load_skips(conn) == []


def test_a_call_whose_deal_no_file_has_is_kept_and_noted(any_workspace: Workspace, tmp_path: Path) -> None:
    source = write(tmp_path / "in", calls=[CALL, CALL | {"id": "C-2", "deal_id": "D-9"}], deals=[DEAL])
    assert pull(any_workspace, source) == PullResult(new=3, without_deal=1, is_first=True)
    with any_workspace.ledger.connect() as conn:
        assert calls_without_deal(conn, "files") == ["files:C-2"]


def test_a_ticket_and_a_call_of_one_id_are_not_mixed(any_workspace: Workspace, tmp_path: Path) -> None:
    source = write(tmp_path / "in", tickets=[TICKET], calls=[CALL | {"id": "T-1"}])
    assert pull(any_workspace, source) == FIRST._replace(new=1)
    with any_workspace.ledger.connect() as conn:
        assert load_conversation(conn, "files:T-1").kind == "ticket"
        assert [one.place for one in load_skips(conn)] == ["T-1"]


def test_a_second_folder_adds_and_only_withdraws_what_is_its_own(
    any_workspace: Workspace, tmp_path: Path
) -> None:
    write(tmp_path / "a", tickets=[TICKET, ticket(id="T-2")])
    write(tmp_path / "b", tickets=[ticket(id="T-2", status="solved"), ticket(id="T-3")])
    for name in ("a", "b"):
        pull(any_workspace, folder_source(tmp_path / name, any_workspace.settings))
    write(tmp_path / "b", tickets=[ticket(id="T-2", status="solved")])
    done = pull(any_workspace, folder_source(tmp_path / "b", any_workspace.settings))
    assert done == PullResult(unchanged=1, withdrawn=1)
    with any_workspace.ledger.connect() as conn:
        assert list(conversation_ids(conn, 10)) == [["files:T-1", "files:T-2"]]
        assert load_conversation(conn, "files:T-2").status == "solved"


class Changes(FilesSource):
    """A source that tells what changed, as vendors do."""

    name = "desk"
    streams = ("tickets",)

    def __init__(self, *pages: Page) -> None:
        self._pages = pages

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[Page]:
        yield from self._pages[int((cursor or {}).get("next", "0")) :]


def change(n: int, *records: dict[str, Any], **rest: Any) -> Page:
    made = [conversation_of(one, "ticket", Origin("desk", TOKYO)) for one in records]
    return Page(tuple(Item(one, "{}") for one in made), {"next": str(n + 1)}, **rest)


def test_a_source_of_changes_says_what_is_gone_and_mends_what_it_skipped(any_workspace: Workspace) -> None:
    pages = (
        change(
            0,
            TICKET,
            ticket(id="T-2"),
            TICKET,
            skipped=(Skipped("T-3", "account: neither its id nor its name is given"),),
        ),
        change(1, ticket(id="T-3"), gone=("T-2", "T-7")),
    )
    assert pull(any_workspace, Changes(pages[0])) == FIRST._replace(new=2)
    assert pull(any_workspace, Changes(*pages)) == PullResult(new=1, withdrawn=1)
    with any_workspace.ledger.connect() as conn:
        assert list(conversation_ids(conn, 10)) == [["desk:T-1", "desk:T-3"]]
        assert load_cursor(conn, "desk", "tickets") == {"next": "2"}


def test_the_order_of_lines_leaves_the_same_rows(tmp_path: Path) -> None:
    seen = []
    records = [ticket(id=f"T-{n}", status=str(n % 3)) for n in range(20)] + [ticket(id="T-3", status="9")]
    for n, order in enumerate((records, records[::-1], records[7:] + records[:7])):
        ws = open_workspace(Settings(home=tmp_path / f"koe{n}"))
        pull(ws, write(tmp_path / f"in{n}", tickets=order))
        seen.append((rows_of(ws.ledger, version), rows_of(ws.ledger, conversation, "id", "version", "kind")))
        ws.close()
    assert seen[0] == seen[1] == seen[2]


def test_what_is_stored_as_raw_is_what_came(any_workspace: Workspace, tmp_path: Path) -> None:
    odd = ticket(turns=[TURN | {"text": "😀👨‍👩‍👧 ①㈱髙﨑 〜"}], extra={"kept": True})
    pull(any_workspace, write(tmp_path / "in", tickets=[odd]))
    ((raw,),) = rows_of(any_workspace.ledger, version, "raw")
    assert json.loads(raw) == odd


def test_half_surrogates_and_nul_in_a_file_reach_no_database(
    any_workspace: Workspace, tmp_path: Path
) -> None:
    line = lines(TICKET).replace("固まります。", r"固\ud83d\u0000まります。")
    assert pull(any_workspace, write(tmp_path / "in", tickets=[line.strip()])) == FIRST._replace(new=1)
    with any_workspace.ledger.connect() as conn:
        assert load_conversation(conn, "files:T-1").turns[0].text == "固まります。"


def test_the_result_of_a_pull_reads_as_a_line() -> None:
    said = PullResult(new=3, without_deal=1).line()
    assert said == "3 new, 0 changed, 0 unchanged, 0 withdrawn, 0 skipped, 1 without deal"


def test_a_pull_that_takes_nothing_in_says_why(workspace: Workspace, tmp_path: Path) -> None:
    assert pull(workspace, Changes()).line() == "nothing came in, 0 skipped"
    broken = write(tmp_path / "in", tickets=[ticket(turns=None), ticket(id="T-2", turns=None)])
    assert pull(workspace, broken).line() == "nothing of what came can be used, 2 skipped"
    assert pull(workspace, broken).line() == "nothing has changed since the last pull, 2 skipped"
