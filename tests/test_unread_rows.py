"""What stands behind something that cannot be read is not taken for gone, in every form of a folder."""

from pathlib import Path

import pytest

from connectors import folder_source
from koe.ledger.intake import PullResult, pull
from koe.ledger.reading import conversation_ids, load_deals
from koe.workspace import Workspace

HEAD = "id,created_at,account_name,text\n"
ROWS = [f"{n},2026-09-{n:02},{name},検索が遅いです\n" for n, name in enumerate("甲乙丙丁", 1)]
NOTE = "tickets: 1 line cannot be read and may hold records, so nothing was withdrawn"
TALK = "担当者：お世話になります。\nお客様：検索が遅いです。\n"
SAID = '{{"id": "{0}", "created_at": "2026-09-01T00:00:00Z", "account": {{"name": "甲"}}, "turns": '
LINE = SAID + '[{{"speaker": "customer", "text": "遅い"}}]}}\n'


def pulled(ws: Workspace, folder: Path, name: str, text: str) -> tuple[PullResult, list[str]]:
    """What a pull of the folder did, with this file in it, and the ids that stand after it."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    done = pull(ws, folder_source(folder, ws.settings))
    with ws.ledger.connect() as conn:
        ids = [key.partition(":")[2] for some in conversation_ids(conn, 100) for key in some]
    return done, ids


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(ROWS[0] + '2,2026-09-02,乙,"検索が遅いです\n' + ROWS[2] + ROWS[3], id="never closed"),
        pytest.param(
            ROWS[0] + '2,2026-09-02,乙,"検索が遅い\n' + ROWS[2] + '4,2026-09-04,丁,"遅い"\n', id="not valid"
        ),
        pytest.param(
            ROWS[0] + '2,2026-09-02,乙,"遅い\n' + ROWS[2] + '4,2026-09-04,丁,遅い"\n', id="swallowed"
        ),
    ],
)
def test_rows_behind_a_broken_one_stay_until_it_is_mended(
    workspace: Workspace, tmp_path: Path, broken: str
) -> None:
    _, ids = pulled(workspace, tmp_path / "in", "a.csv", HEAD + "".join(ROWS))
    done, left = pulled(workspace, tmp_path / "in", "a.csv", HEAD + broken)
    assert (left, done.withdrawn) == (ids, 0)
    assert any(note.startswith(NOTE) for note in done.notes), done.notes
    done, left = pulled(workspace, tmp_path / "in", "a.csv", HEAD + "".join(ROWS[:2]))
    assert (left, done.withdrawn, done.notes) == (["1", "2"], 2, ())


def test_a_row_of_another_width_keeps_its_own_id_alone(workspace: Workspace, tmp_path: Path) -> None:
    pulled(workspace, tmp_path / "in", "a.csv", HEAD + "".join(ROWS))
    short = HEAD + ROWS[0] + "2,2026-09-02,乙\n" + "出力日 2026-09-30\n" + "合計,4件,,\n"
    done, left = pulled(workspace, tmp_path / "in", "a.csv", short)
    assert (left, done.withdrawn, done.notes) == (["1", "2"], 2, ())


@pytest.mark.parametrize(
    ("broken", "left"),
    [
        pytest.param(LINE.format("T-2")[:-9] + "\n", ["T-1", "T-2"], id="its id can be made out"),
        pytest.param('{"created_at": "2026-09-01", "id"\n', ["T-1", "T-2", "T-3"], id="nobody can tell"),
        pytest.param("[]\n", ["T-1"], id="no record"),
    ],
)
def test_a_broken_line_keeps_what_it_may_be(
    workspace: Workspace, tmp_path: Path, broken: str, left: list[str]
) -> None:
    whole = "".join(LINE.format(f"T-{n}") for n in (1, 2, 3))
    pulled(workspace, tmp_path / "in", "tickets.jsonl", whole)
    _, ids = pulled(workspace, tmp_path / "in", "tickets.jsonl", LINE.format("T-1") + broken)
    assert ids == left


def test_what_cannot_be_read_is_remembered_over_the_pages_of_a_listing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.files.source.FilesSource.page_items", 1)
    whole = "".join(LINE.format(f"T-{n}") for n in (1, 2, 3))
    pulled(workspace, tmp_path / "in", "tickets.jsonl", whole)
    done, ids = pulled(workspace, tmp_path / "in", "tickets.jsonl", "{\n" + LINE.format("T-3"))
    assert ids == ["T-1", "T-2", "T-3"]
    assert sum(note.startswith(NOTE) for note in done.notes) == 1


def test_a_transcript_that_lost_its_speakers_stays_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    name = "2026-09-03_川辺歯科_商談.txt"
    pulled(workspace, tmp_path / "in", "2026-09-04_港の本屋_商談.txt", TALK)
    _, before = pulled(workspace, tmp_path / "in", name, TALK)
    _, after = pulled(workspace, tmp_path / "in", name, "文字起こしに失敗しました\n")
    assert len(before) == 2 and after == before


def test_deals_without_any_date_are_seen_inside_a_cell_too(workspace: Workspace, tmp_path: Path) -> None:
    head = "案件ID,会社名,状態\n"
    rows = ["D-1,甲商店,受注\n", "D-2,乙商店,失注\n", "D-3,丙商店,受注\n", "D-4,丁商店,失注\n"]
    pulled(workspace, tmp_path / "in", "deals.csv", head + "".join(rows))
    with workspace.ledger.connect() as conn:
        assert len(load_deals(conn)) == 4
    torn = head + rows[0] + 'D-2,"乙商店,失注\n' + rows[2] + 'D-4,丁"商店,失注\n'
    done, _ = pulled(workspace, tmp_path / "in", "deals.csv", torn)
    with workspace.ledger.connect() as conn:
        assert (len(load_deals(conn)), done.withdrawn) == (4, 0)
