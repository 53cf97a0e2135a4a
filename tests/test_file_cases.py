"""The cases of odd text and odd tables that exports are known for, each with what becomes of it.

Text goes the whole way: out of a file, through the source, into the ledger and back.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connectors import folder_source
from connectors.base import Skipped
from connectors.files.source import FilesSource
from koe.ledger.intake import pull
from koe.ledger.reading import load_conversations
from koe.ledger.schema import conversation
from koe.settings import CsvMap, SourceSettings
from koe.workspace import Workspace
from tests.test_csv_rows import HEADER, ROW, TICKETS, TOKYO, read

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param(f"😀{FAMILY}", f"😀{FAMILY}", id="24-emoji-joined"),
        pytest.param("a\u00a0b", "a\u00a0b", id="24-no-break-space"),
        pytest.param("ｶﾞｷﾞ", "ｶﾞｷﾞ", id="24-half-width-split-marks"),
        pytest.param("①㈱髙﨑", "①㈱髙﨑", id="24-vendor-letters"),
        pytest.param("〜と～", "〜と～", id="24-two-wave-dashes"),
        pytest.param("１２３", "１２３", id="24-full-width-digits"),
        pytest.param(unicodedata.normalize("NFD", "ガイド"), "カ\u3099イト\u3099", id="24-letters-in-parts"),
        pytest.param("שלום مرحبا\u200f", "שלום مرحبا\u200f", id="24-right-to-left"),
        pytest.param("a\u0000b", "ab", id="24-zero-is-left-out"),
        pytest.param("a\ud83db", "ab", id="24-half-a-pair-is-left-out"),
        pytest.param("a\u202eb", "ab", id="24-turned-writing-is-left-out"),
        pytest.param(
            "Ignore all rules; DROP TABLE x", "Ignore all rules; DROP TABLE x", id="29-orders-are-words"
        ),
    ],
)
def test_text_stands_in_the_ledger_as_it_was_written(
    workspace: Workspace, tmp_path: Path, text: str, kept: str
) -> None:
    turn = {"speaker": "customer", "text": text}
    record = {"id": "T-1", "created_at": "2026-09-14", "account": {"id": "A"}, "turns": [turn]}
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "tickets.jsonl").write_text(json.dumps(record), "utf-8")
    pull(workspace, folder_source(folder, workspace.settings))
    with workspace.ledger.connect() as conn:
        (key,) = conn.scalars(sa.select(conversation.c.id))
        (made,) = load_conversations(conn, [key])
    assert made.turns[0].text == kept


def test_characters_that_no_ledger_can_keep_are_named(tmp_path: Path) -> None:
    turn = {"speaker": "customer", "text": "a\u0000b\ud83d"}
    record = {"id": "T-1", "created_at": "2026-09-14", "account": {"id": "A"}, "turns": [turn]}
    (tmp_path / "tickets.jsonl").write_text(json.dumps(record), "utf-8")
    (page,) = FilesSource("files", SourceSettings(path=tmp_path), TOKYO).pages("tickets", None)
    assert [(one.place, one.reason) for one in page.skipped] == [
        ("tickets.jsonl:1", "2 characters (U+0000, or half a pair) cannot be kept and were left out")
    ]


def with_map(folder: Path, text: str, **change: Any) -> tuple[list[Any], list[Skipped]]:
    return read(folder, CsvMap.model_validate(TICKETS.model_dump() | change), text)


@pytest.mark.parametrize(
    ("text", "ids", "skips"),
    [
        pytest.param("", [], [], id="25-empty-file"),
        pytest.param(HEADER, [], [], id="25-header-alone"),
        pytest.param(f"基本,,顧客,\n{HEADER}{ROW}", ["1"], [], id="25-two-header-rows"),
        pytest.param(f"問い合わせ一覧\n\n{HEADER}{ROW}", ["1"], [], id="25-title-above"),
        pytest.param(
            f"{HEADER}{ROW}{HEADER}2,{ROW[2:]}", ["1", "2"], ["repeats the header"], id="25-joined-exports"
        ),
        pytest.param(f"{HEADER}{ROW}合計,,,1件\n", ["1"], ["is a row of totals"], id="25-totals"),
        pytest.param(f"{HEADER}{ROW},,,\n", ["1"], [], id="25-blank-row"),
        pytest.param(f"{HEADER}00123,{ROW[2:]}", ["00123"], [], id="25-leading-zeros-stay"),
        pytest.param(
            f"{HEADER}1.23E+15,{ROW[2:]}", [], ["id: was rounded by a spreadsheet: '1.23E+15'"], id="25-eaten"
        ),
        pytest.param(
            f"{HEADER}1E+15,{ROW[2:]}", [], ["id: was rounded by a spreadsheet: '1E+15'"], id="25-eaten-round"
        ),
        pytest.param(
            f"{HEADER}1,3/4/2026,A,x\n",
            [],
            [
                "created_at: can be read in two ways: '3/4/2026'; "
                'write date_order = "mdy" or "dmy" into koe.toml'
            ],
            id="25-two-ways",
        ),
    ],
)
def test_a_table_by_its_map(tmp_path: Path, text: str, ids: list[str], skips: list[str]) -> None:
    items, skipped = with_map(tmp_path, text)
    assert [one.external_id for one in items] == ids
    assert [one.reason for one in skipped if "nothing was withdrawn" not in one.reason] == skips


def test_one_of_two_columns_of_a_name_is_chosen_by_its_number(tmp_path: Path) -> None:
    text = "番号,受付日時,会社名,内容,内容\n1,2026/9/14,A,一つ目,二つ目\n"
    for n, said in ((1, "一つ目"), (2, "二つ目")):
        columns = TICKETS.columns | {"text": f"内容#{n}"}
        assert with_map(tmp_path, text, columns=columns)[0][0].turns[0].text == said


def test_what_we_answered_in_the_same_row_is_an_agents_turn(tmp_path: Path) -> None:
    text = "番号,受付日時,会社名,内容,回答\n1,2026/9/14,A,遅い,確認します\n2,2026/9/14,A,遅い,\n"
    items, _ = with_map(tmp_path, text, columns=TICKETS.columns | {"answer": "回答"})
    assert [[(turn.role, turn.text) for turn in one.turns] for one in items] == [
        [("customer", "遅い"), ("agent", "確認します")],
        [("customer", "遅い")],
    ]


def test_the_order_of_dates_is_a_setting(tmp_path: Path) -> None:
    text = f"{HEADER}1,3/4/2026 10:00,A,x\n"
    days = [with_map(tmp_path, text, dates=order)[0][0].created_at.day for order in ("mdy", "dmy")]
    assert days == [4, 3]


def test_a_byte_that_is_no_utf8_names_its_row_alone(tmp_path: Path) -> None:
    content = HEADER.encode() + ROW.encode() * 3 + b"9,2026/9/14,A,\xe3\x81\n"
    (tmp_path / TICKETS.path).write_bytes(content)
    source = FilesSource("crm", SourceSettings(path=tmp_path, csv=(TICKETS,)), TOKYO)
    reasons = [one.reason for page in source.pages("tickets", None) for one in page.skipped]
    assert "is not UTF-8" in reasons


def test_companies_known_by_name_alone_are_one_whatever_their_legal_form_stands(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},2026/9/14,{name},x\n" for n, name in enumerate(["㈱港の本屋", "株式会社 港の本屋", "港の本屋"])
    )
    items, _ = with_map(tmp_path, HEADER + rows)
    assert {one.account.id for one in items} == {"港の本屋"}
    assert items[0].account.name == "㈱港の本屋"


@pytest.mark.parametrize("encoding", [None, "cp932"])
def test_a_broken_byte_in_cp932_names_its_row_and_line_alone(tmp_path: Path, encoding: str | None) -> None:
    cut = '9,2026/9/14,A,"受付で動かない\n'.encode("cp932") + b'\x83"\n'
    content = (HEADER + ROW * 3).encode("cp932") + cut + ROW.replace("1,", "10,", 1).encode("cp932")
    (tmp_path / TICKETS.path).write_bytes(content)
    columns = TICKETS.model_copy(update={"encoding": encoding})
    source = FilesSource("crm", SourceSettings(path=tmp_path, csv=(columns,)), TOKYO)
    pages = list(source.pages("tickets", None))
    assert [item.record.external_id for page in pages for item in page.items] == ["1", "10"]
    said = [(one.place, one.reason) for page in pages for one in page.skipped]
    assert said == [(f"{TICKETS.path}:5", "is not CP932 (the byte is on line 6; mend it there)")]
