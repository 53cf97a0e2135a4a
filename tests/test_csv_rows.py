"""CSV files become the same records, whatever Japanese software wrote them."""

import re
import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from connectors.base import Skipped
from connectors.files.source import FilesSource
from connectors.records.accounts import by_address
from connectors.text.encodings import detect_encoding
from koe.errors import SetupError
from koe.settings import CsvMap, SourceSettings

TOKYO = ZoneInfo("Asia/Tokyo")
ROOT = Path(__file__).parent.parent
NO_DATE = "; write it with its year, as 2026-09-05"
TICKETS = CsvMap(
    path="問い合わせ.csv",
    records="tickets",
    columns={"id": "番号", "created_at": "受付日時", "account_name": "会社名", "text": "内容"},
)
CALLS = CsvMap(
    path="calls.csv",
    records="calls",
    columns={"id": "ID", "at": "時刻", "account_id": "会社", "speaker": "話者", "text": "発言"},
    speakers={"弊社": "agent"},
)
DEALS = CsvMap(
    path="deals.csv",
    records="deals",
    columns={"id": "ID", "account_id": "会社", "outcome": "結果", "amount": "金額", "closed_at": "完了日"},
    outcomes={"成約": "won"},
)
HEADER = "番号,受付日時,会社名,内容\n"
ROW = "1,2026/9/14 10:12,㈱髙﨑書店,①ｼﾌﾄ表が〜固まります\n"


def read(folder: Path, columns: CsvMap, text: str | bytes) -> tuple[list[Any], list[Skipped]]:
    """The records of a CSV file, and what was skipped."""
    content = text if isinstance(text, bytes) else text.encode()
    (folder / columns.path).write_bytes(content)
    source = FilesSource("crm", SourceSettings(path=folder, csv=(columns,)), TOKYO)
    pages = list(source.pages(columns.records, None))
    items = [item.record for page in pages for item in page.items]
    return items, [one for page in pages for one in page.skipped]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_encoding_and_the_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = (HEADER + ROW).replace(",", delimiter).replace("〜", "～").replace("\n", "\r\n")
    ((made,), skipped) = read(tmp_path, TICKETS, text.encode(encoding))
    assert skipped == []
    assert (made.external_id, made.account.name) == ("1", "㈱髙﨑書店")
    assert made.turns[0].text == "①ｼﾌﾄ表が～固まります"
    assert made.created_at.isoformat() == "2026-09-14T01:12:00+00:00"


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp"])
def test_older_encodings_are_found_too(tmp_path: Path, encoding: str) -> None:
    text = HEADER + "1,2026/9/14,山田書店,シフト表が開きません。何度やっても同じです。\n"
    ((made,), _) = read(tmp_path, TICKETS, text.encode(encoding))
    assert made.turns[0].text == "シフト表が開きません。何度やっても同じです。"


def test_two_hundred_plain_rows_and_one_japanese_name_are_cp932(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"id,name\n" + b"1,plain text\n" * 200 + "2,髙橋\n".encode("cp932"))
    assert detect_encoding(path).name == "cp932"


def test_an_encoding_that_cannot_be_told_is_asked_for(tmp_path: Path) -> None:
    text = HEADER + "1,2026/9/14,あ,すすすす\n"
    broken = HEADER.encode() + b"1,2026/9/14,\xff\xfe\xfd,\xff\n"
    with pytest.raises(SetupError, match=r"'問い合わせ\.csv' has no encoding that can be told"):
        read(tmp_path, TICKETS, broken)
    told = TICKETS.model_copy(update={"encoding": "euc_jp"})
    assert len(read(tmp_path, told, text.encode("euc_jp"))[0]) == 1
    with pytest.raises(SetupError, match="cannot be read as 'utf-8'"):
        read(tmp_path, TICKETS.model_copy(update={"encoding": "utf-8"}), text.encode("cp932"))


def test_a_cell_may_run_over_lines_and_the_next_place_is_still_right(tmp_path: Path) -> None:
    text = HEADER + '1,2026/9/14,A,"一行目\n二行目"\n\n,,,\n2,never,A,x\n'
    items, skipped = read(tmp_path, TICKETS, text)
    assert [one.turns[0].text for one in items] == ["一行目\n二行目"]
    assert skipped == [Skipped("問い合わせ.csv:6", "created_at: is not a date: '●●●●●'" + NO_DATE, None)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(
            "<html><body><p>Hi team,</p><p>No olives &amp; no ring.</p></body></html>",
            "Hi team,\nNo olives & no ring.", id="a-mail",
        ),
        pytest.param("<div>遅いです。<br>&nbsp;<img src=x></div>", "遅いです。", id="a-div"),
        pytest.param("遅い。<br>止まる。<br/>困る。", "遅い。\n止まる。\n困る。", id="line-breaks"),
        pytest.param("A <br> in it, 3 < 4 & 5 > 2", "A <br> in it, 3 < 4 & 5 > 2", id="about-a-tag"),
    ],
)  # fmt: skip
def test_a_message_in_html_is_read_as_its_words(tmp_path: Path, cell: str, text: str) -> None:
    ((made,), _) = read(tmp_path, TICKETS, f'{HEADER}1,2026/9/14,A,"{cell}"\n')
    assert made.turns[0].text == text


def test_a_header_may_run_over_lines(tmp_path: Path) -> None:
    columns = TICKETS.model_copy(update={"columns": TICKETS.columns | {"text": "内容 （全文）"}})
    text = '番号,受付日時,会社名,"内容\n（全文）"\n1,2026/9/14,A,x\n2,?,A,x\n'
    items, skipped = read(tmp_path, columns, text)
    assert [one.external_id for one in items] == ["1"]
    assert [one.place for one in skipped] == ["問い合わせ.csv:4"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("2,2026/9/14,A", "has 3 cells where the header has 4", id="short"),
        pytest.param("2,2026/9/14,A,x,y", "has 5 cells where the header has 4", id="long"),
        pytest.param(",2026/9/14,A,x", "id: is empty", id="id"),
        pytest.param("2,,A,x", "column '受付日時' is blank: a row without its date is in no week", id="date"),
        pytest.param("2,2026/9/14,,x", "account: neither its id nor its name is given", id="account"),
        pytest.param("1.23E+15,2026/9/14,A,x", "id: was rounded by a spreadsheet: '1.23E+15'", id="eaten"),
        pytest.param("合計,,,", "is a row of totals", id="total"),
        pytest.param('2,2026/9/14,A,"x" y', "is not valid CSV", id="quotes"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_goes_on(
    tmp_path: Path, row: str, reason: str
) -> None:
    items, skipped = read(tmp_path, TICKETS, HEADER + ROW + row + "\n" + ROW.replace("1,", "3,", 1))
    assert [one.external_id for one in items] == ["1", "3"]
    assert [one.place for one in skipped] == ["問い合わせ.csv:3"]
    assert skipped[0].reason.startswith(reason)


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path: Path) -> None:
    items, skipped = read(tmp_path, TICKETS, HEADER + ROW + '2,2026/9/14,A,"open\n' + ROW)
    assert [one.external_id for one in items] == ["1"]
    assert [one.place for one in skipped] == ["問い合わせ.csv:3"]
    assert skipped[0].reason.startswith("opens a quotation mark that is never closed; nothing from there")


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    ((made,), _) = read(tmp_path, TICKETS, HEADER + f"1,2026/9/14,A,{'長' * 200_000}\n")
    assert len(made.turns[0].text) == 200_000


def test_a_missing_or_doubled_column_is_a_matter_of_setup(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="has no column '内容'"):
        read(tmp_path, TICKETS, "番号,受付日時,会社名,本文\n")
    with pytest.raises(SetupError, match="has the column '内容' twice"):
        read(tmp_path, TICKETS, "番号,受付日時,会社名,内容,内容\n")


def test_an_empty_file_has_no_records(tmp_path: Path) -> None:
    assert read(tmp_path, TICKETS, "") == ([], [])


def test_rows_of_a_call_are_its_turns_in_the_order_of_their_times(tmp_path: Path) -> None:
    text = (
        "ID,時刻,会社,話者,発言\n"
        "C-1,2026/9/15 13:01,A-1,弊社,二番目\n"
        "C-2,2026/9/16 9:00,A-2,お客様,別の商談\n"
        "C-1,2026/9/15 13:00,A-1,お客様,一番目\n"
    )
    items, skipped = read(tmp_path, CALLS, text)
    assert skipped == []
    assert [(one.external_id, one.kind, len(one.turns)) for one in items] == [
        ("C-1", "call", 2),
        ("C-2", "call", 1),
    ]
    assert [(turn.role, turn.text) for turn in items[0].turns] == [
        ("customer", "一番目"),
        ("agent", "二番目"),
    ]
    assert items[0].created_at.isoformat() == "2026-09-15T04:00:00+00:00"


def test_a_speaker_nobody_can_place_is_named_unless_the_map_places_all_others(tmp_path: Path) -> None:
    text = "ID,時刻,会社,話者,発言\nC-1,2026/9/15 13:00,A-1,川辺 恵,紙のままです\n"
    items, skipped = read(tmp_path, CALLS, text)
    assert (items, [one.place for one in skipped]) == ([], ["calls.csv:2"])
    assert "川辺" not in skipped[0].reason
    everybody = CALLS.model_copy(update={"speakers": {"*": "customer"}})
    assert read(tmp_path, everybody, text)[0][0].turns[0].role == "customer"


def test_tickets_with_a_speaker_column_have_a_row_per_turn(tmp_path: Path) -> None:
    columns = CALLS.model_copy(update={"path": "t.csv", "records": "tickets"})
    text = "ID,時刻,会社,話者,発言\nT-1,2026/9/15,A,customer,x\nT-1,2026/9/16,A,agent,y\n"
    ((made,), _) = read(tmp_path, columns, text)
    assert (made.kind, [turn.role for turn in made.turns]) == ("ticket", ["customer", "agent"])


def test_outcomes_are_mapped_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    text = (
        "ID,会社,結果,金額,完了日\n"
        'D-1,A,成約,"¥1,980,000",2026/10/2\nD-2,A,失注,,\nD-3,A,商談中,,\nD-4,A,内示,,\n'
    )
    items, skipped = read(tmp_path, DEALS, text)
    assert [(one.outcome, one.amount) for one in items] == [
        ("won", 1980000.0),
        ("lost", None),
        ("open", None),
    ]
    assert skipped == [
        Skipped(
            "deals.csv:5",
            "outcome: '内示' is unknown; "
            'write outcomes = { "内示" = "…" } into koe.toml (won, lost or open)',
            None,
        )
    ]


def test_records_of_json_lines_and_csv_are_one_stream(tmp_path: Path) -> None:
    row = '{"id": "1", "created_at": "2026-09-15", "account": {"name": "髙﨑書店"}, "turns": []}\n'
    (tmp_path / "tickets.jsonl").write_text(row, "utf-8")
    items, skipped = read(tmp_path, TICKETS, HEADER + ROW)
    assert [one.created_at.day for one in items] == [14]
    assert [one.reason for one in skipped] == ["id '1' stands in tickets.jsonl:1 too, which is newer"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"columns": {"id": "a", "txt": "b"}}, "tickets have no field 'txt'", id="unknown"),
        pytest.param({"columns": {"id": "a"}}, "needs a column for 'text'", id="text"),
        pytest.param({"columns": {"id": "a", "text": "b"}}, "'account_id' or 'account_name'", id="account"),
        pytest.param(
            {"columns": {"id": "a", "text": "b", "account_id": "c"}}, "'created_at' or 'at'", id="date"
        ),
        pytest.param({"outcomes": {"x": "maybe"}}, "'won', 'lost' or 'open'", id="outcome"),
    ],
)
def test_a_map_that_cannot_work_is_refused_before_any_file_is_read(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        CsvMap.model_validate(TICKETS.model_dump() | change)


def examples(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_examples_of_the_documentation_are_read_as_it_says(tmp_path: Path) -> None:
    for name, text in zip(("tickets", "calls", "deals"), examples("file-format.md", "json"), strict=True):
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    source = FilesSource("desk", SourceSettings(path=tmp_path), TOKYO)
    pages = [page for stream in source.streams for page in source.pages(stream, None)]
    assert [item.record.external_id for page in pages for item in page.items] == ["D-030", "T-1042", "C-0311"]
    assert [page.skipped for page in pages] == [(), (), ()]


def test_the_csv_examples_of_the_documentation_are_read_as_it_says(tmp_path: Path) -> None:
    settings = SourceSettings.model_validate(
        tomllib.loads(examples("tables.md", "toml")[0])["sources"]["crm"]
    )
    for columns, text in zip(settings.csv, examples("tables.md", "csv"), strict=True):
        (tmp_path / columns.path).write_text(text, "utf-8")
    source = FilesSource("crm", settings.model_copy(update={"path": tmp_path}), TOKYO)
    records = {
        item.record.external_id: item.record
        for stream in source.streams
        for page in source.pages(stream, None)
        for item in page.items
    }
    assert list(records) == ["D-030", "1042", "C-7"]
    assert (records["D-030"].outcome, records["D-030"].amount) == ("won", 194400.0)
    assert [turn.role for turn in records["C-7"].turns] == ["customer", "agent"]
    assert records["1042"].turns[0].text == "在庫の検索に\n毎回一分ほどかかります。"


@pytest.mark.parametrize(
    ("email", "account"),
    [
        pytest.param(
            "Rosa@Lindberg.example", ("lindberg.example", "lindberg.example"), id="a company's domain"
        ),
        pytest.param("rosa@gmail.com", ("rosa@gmail.com", None), id="a person at a provider"),
        pytest.param("rosa", (None, None), id="no address"),
    ],
)
def test_a_company_known_by_its_mail_domain_has_its_name(
    email: str, account: tuple[str | None, str | None]
) -> None:
    assert by_address(email) == {"id": account[0], "name": account[1]}
