"""A published week does not change; what comes late makes a new revision that says what is different."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connectors import folder_source
from koe.engine import pick_engine
from koe.ledger.intake import pull
from koe.publish import published, published_weeks, stale_weeks
from koe.settings import Settings
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace, open_workspace

SAMPLE = Path(__file__).parent.parent / "sample"
DOCS = Path(__file__).parent.parent / "docs" / "sources.md"
WEEK = "2026-W38"
FILES = ("digest.html", "digest.md", "facts.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample's first tickets, all of one week, without the last one."""
    folder = tmp_path / "data"
    folder.mkdir()
    write(folder, tickets()[:9])
    return folder


@pytest.fixture
def ws(tmp_path: Path, folder: Path) -> Workspace:
    """A workspace in which the folder's week is published."""
    ws = open_workspace(Settings(home=tmp_path / "koe", pseudonym_key="k"))  # type: ignore[arg-type]
    run(ws, folder)
    return ws


def tickets() -> list[str]:
    """Lines of the sample's tickets."""
    return (SAMPLE / "tickets.jsonl").read_text("utf-8").splitlines()


def write(folder: Path, lines: list[str]) -> None:
    """Make the lines the folder's tickets."""
    (folder / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def run(ws: Workspace, folder: Path) -> None:
    """Pull the folder and walk every week it has."""
    pull(ws, folder_source(folder, ws.settings))
    walk(ws, pick_engine(ws), weeks_with_data(ws))


def bytes_of(ws: Workspace, week: str = WEEK) -> dict[str, bytes]:
    """The week's files."""
    return {name: (ws.home / "reports" / week / name).read_bytes() for name in FILES}


def test_a_week_walked_twice_stays_at_its_first_revision(ws: Workspace, folder: Path) -> None:
    before = bytes_of(ws)
    run(ws, folder)
    given = published(ws, WEEK)
    assert given is not None
    assert (given[2].revision, given[2].changes, given[2].state) == (1, (), "published")
    assert bytes_of(ws) == before


def test_late_data_make_a_second_revision_that_says_what_changed(ws: Workspace, folder: Path) -> None:
    first = published(ws, WEEK)
    write(folder, tickets()[:10])
    run(ws, folder)
    second = published(ws, WEEK)
    assert first is not None
    assert second is not None
    assert second[2].revision == 2
    assert "conversations: 9 → 10" in second[2].changes
    assert first[0].coverage.conversations == 9
    assert json.loads(bytes_of(ws)["facts.json"])["revision"] == 2


def test_the_first_revision_stays_in_the_ledger_as_it_was(ws: Workspace, folder: Path) -> None:
    import sqlalchemy as sa

    from koe.ledger.schema import publication

    query = sa.select(publication.c.facts, publication.c.digest).where(publication.c.revision == 1)
    with ws.ledger.connect() as conn:
        before = conn.execute(query).all()
    write(folder, tickets()[:10])
    run(ws, folder)
    with ws.ledger.connect() as conn:
        assert conn.execute(query).all() == before


def test_a_later_week_brings_an_earlier_one_up_to_date_when_its_data_came_late(
    ws: Workspace, folder: Path
) -> None:
    lines = tickets()
    write(folder, [*lines[:10], lines[14]])
    pull(ws, folder_source(folder, ws.settings))
    assert stale_weeks(ws) == [WEEK]
    walk(ws, pick_engine(ws), [weeks_with_data(ws)[-1]])
    assert stale_weeks(ws) == []
    assert published_weeks(ws) == [WEEK, weeks_with_data(ws)[-1]]


def test_a_withdrawn_ticket_counts_nowhere_in_the_next_revision(ws: Workspace, folder: Path) -> None:
    before = published(ws, WEEK)
    write(folder, tickets()[1:9])
    run(ws, folder)
    after = published(ws, WEEK)
    assert before is not None
    assert after is not None
    assert after[0].volumes.tickets == before[0].volumes.tickets - 1
    assert "T-0001" not in {card.conversation for card in after[0].quotes}
    assert b"T-0001" not in bytes_of(ws)["digest.html"]


def test_shuffled_lines_give_the_same_files(tmp_path: Path, ws: Workspace, folder: Path) -> None:
    write(folder, list(reversed(tickets()[:9])))
    other = open_workspace(Settings(home=tmp_path / "other", pseudonym_key="k"))  # type: ignore[arg-type]
    run(other, folder)
    assert bytes_of(other) == bytes_of(ws)


def test_files_that_were_lost_come_back_with_the_next_walk(ws: Workspace, folder: Path) -> None:
    before = bytes_of(ws)
    for name in FILES:
        (ws.home / "reports" / WEEK / name).unlink()
    run(ws, folder)
    assert bytes_of(ws) == before


def test_a_deal_that_closes_late_makes_a_new_revision_of_its_week(ws: Workspace, folder: Path) -> None:
    deal = {"id": "D-1", "account": {"id": "A-1"}, "outcome": "open", "closed_at": "2026-09-16"}
    (folder / "deals.jsonl").write_text(json.dumps(deal), "utf-8")
    pull(ws, folder_source(folder, ws.settings))
    assert stale_weeks(ws) == [WEEK]
    run(ws, folder)
    assert stale_weeks(ws) == []
    (folder / "deals.jsonl").write_text(json.dumps(deal | {"outcome": "won"}), "utf-8")
    run(ws, folder)
    given = published(ws, WEEK)
    assert given is not None
    assert (given[2].revision, given[2].changes) == (2, ("wins: 0 → 1",))


def test_words_withdrawn_later_leave_the_weeks_that_looked_back_on_them(ws: Workspace, folder: Path) -> None:
    lines = tickets()
    write(folder, [*lines[:9], *lines[13:20]])
    run(ws, folder)
    later = weeks_with_data(ws)[-1]
    assert later > WEEK
    assert b"T-0001" in bytes_of(ws, later)["facts.json"]
    write(folder, [*lines[1:9], *lines[13:20]])
    pull(ws, folder_source(folder, ws.settings))
    assert stale_weeks(ws) == [WEEK, later]
    walk(ws, pick_engine(ws), [later])
    assert b"T-0001" not in b"".join(bytes_of(ws, later).values())


def quotes_of(ws: Workspace, ticket: str) -> list[str]:
    """The quotes of a ticket in the week as it was last given out."""
    given = published(ws, WEEK)
    assert given is not None
    return [card.quote for card in given[0].quotes if card.conversation == ticket]


def kept_in(ledger: Path, words: str) -> list[str]:
    """The ledger's tables and columns that hold the words."""
    with closing(sqlite3.connect(ledger)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [(t, row[1]) for t in tables for row in database.execute(f"PRAGMA table_info({t})")]
        holds = "SELECT count(*) FROM {} WHERE instr(CAST({} AS TEXT), ?)"
        return [f"{t}.{c}" for t, c in columns if database.execute(holds.format(t, c), [words]).fetchone()[0]]


def documented() -> str:
    """The statement that takes earlier revisions out."""
    found = re.search(r'ledger\.db "(.*?)"', DOCS.read_text("utf-8"), re.S)
    assert found is not None
    return found[1]


def test_only_earlier_revisions_hold_the_words_and_the_statement_takes_them_out(
    ws: Workspace, folder: Path
) -> None:
    quotes = quotes_of(ws, "T-0001")
    write(folder, tickets()[1:9])
    run(ws, folder)
    ws.close()
    ledger, reports = ws.home / "ledger.db", bytes_of(ws)
    assert quotes
    assert {place for quote in quotes for place in kept_in(ledger, quote)} <= {
        "publication.facts",
        "publication.digest",
    }
    assert kept_in(ledger, quotes[0])
    with closing(sqlite3.connect(ledger)) as database:
        database.executescript(documented())
    assert not [quote for quote in quotes if quote.encode() in ledger.read_bytes()]
    run(ws, folder)
    given = published(ws, WEEK)
    assert given is not None
    assert (given[2].revision, bytes_of(ws)) == (2, reports)
