"""Tables as the tools of Japanese companies export them, each with what becomes of it."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from connectors import folder_source
from connectors.files.inspection import inspect
from connectors.records.amounts import parse_amount
from connectors.tables.columns import guess
from connectors.tables.workbooks import is_from_1904
from koe.settings import Settings
from tests.test_columns import TOKYO


def records(folder: Path, stream: str) -> tuple[list[Any], list[tuple[str, str]]]:
    pages = list(folder_source(folder, Settings(home=folder)).pages(stream, None))
    skipped = [(one.place, one.reason) for page in pages for one in page.skipped]
    return [item.record for page in pages for item in page.items], skipped


KINTONE = """"レコードの開始行","レコード番号","受付日時","会社名","お問い合わせ内容","対応日","対応内容"
"*","12","2026-09-01 10:05","㈱港の本屋","在庫の検索が遅いです。
毎回一分かかります。","2026-09-01","ログを確認しました"
"","12","2026-09-01 10:05","㈱港の本屋","在庫の検索が遅いです。
毎回一分かかります。","2026-09-02","索引を作り直しました"
"*","13","2026-09-02 11:00","川辺歯科","帳票を出したいです。","",""
"""


def test_the_rows_of_kintones_inner_tables_are_one_ticket(tmp_path: Path) -> None:
    (tmp_path / "問い合わせ.csv").write_bytes(KINTONE.replace("\n", "\r\n").encode("cp932"))
    (first, second), skipped = records(tmp_path, "tickets")
    assert [(turn.role, turn.text) for turn in first.turns] == [
        ("customer", "在庫の検索が遅いです。\n毎回一分かかります。"),
        ("agent", "ログを確認しました"),
        ("agent", "索引を作り直しました"),
    ]
    assert ([turn.text for turn in second.turns], skipped) == (["帳票を出したいです。"], [])


def test_rows_below_the_first_may_leave_what_it_says_blank(tmp_path: Path) -> None:
    header = "番号,受付日,会社名,内容,回答\n"
    text = f"{header}1,2026/9/1,A,遅い,見ます\n1,,,また遅い,直しました\n2,2026/9/2,B,落ちる,\n"
    (tmp_path / "x.csv").write_text(text, "utf-8")
    found, skipped = records(tmp_path, "tickets")
    assert [[turn.text for turn in one.turns] for one in found] == [
        ["遅い", "見ます", "また遅い", "直しました"],
        ["落ちる"],
    ]
    assert skipped == []


def test_two_states_of_one_ticket_stay_two_and_the_newer_counts(tmp_path: Path) -> None:
    header = "番号,受付日,更新日,会社名,内容\n"
    rows = "".join(f"{n},2026/9/1,2026/9/{n},A,x{n}\n" for n in range(2, 30))
    (tmp_path / "x.csv").write_text(
        f"{header}1,2026/9/1,2026/9/1,A,旧\n1,2026/9/1,2026/9/2,A,新\n{rows}", "utf-8"
    )
    found, skipped = records(tmp_path, "tickets")
    assert [one.turns[0].text for one in found if one.external_id == "1"] == ["新"]
    assert skipped == [("x.csv:2", "id '1' stands in x.csv:3 too, which is newer")]


def test_a_number_of_two_companies_says_what_to_do(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text(f"番号,受付日,会社名,内容\n1,2026/9/1,{name},遅い\n", "utf-8")
    _, ((_, reason),) = records(tmp_path, "tickets")
    assert "for another company, which is newer and is read" in reason
    assert "a folder and a source of their own" in reason


REPORT = """"商談名","取引先名","フェーズ","完了予定日","金額"
"新規","港の本屋","Closed Won","2026/09/25","1200000"
"新規","川辺歯科","Closed Lost","2026/09/20","600000"
"追加","港の本屋","Negotiation/Review","2026/12/25","800000"
"合計","","","","2600000"

"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"""


def test_a_report_of_salesforce_without_ids_is_read_by_company_and_name(tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_bytes(REPORT.encode("cp932"))
    found, skipped = records(tmp_path, "deals")
    assert [(one.account.name, one.name, one.outcome, one.amount) for one in found] == [
        ("港の本屋", "新規", "won", 1200000.0),
        ("川辺歯科", "新規", "lost", 600000.0),
        ("港の本屋", "追加", "open", 800000.0),
    ]
    assert [reason for _, reason in skipped] == ["is a row of totals", "has 1 cell where the header has 5"]
    later = REPORT.replace("Negotiation/Review", "Closed Won").replace("800000", "900000")
    (tmp_path / "report.csv").write_bytes(later.encode("cp932"))
    assert [one.external_id for one in records(tmp_path, "deals")[0]] == [one.external_id for one in found]


def test_two_deals_of_one_company_and_name_are_told_apart_by_their_opening_or_named(tmp_path: Path) -> None:
    header = "商談名,取引先名,フェーズ,作成日\n"
    (tmp_path / "x.csv").write_text(f"{header}新規,A,受注,2026/7/1\n新規,A,失注,2026/8/1\n", "utf-8")
    assert len(records(tmp_path, "deals")[0]) == 2
    (tmp_path / "x.csv").write_text(f"{header}新規,A,受注,2026/7/1\n新規,A,失注,2026/7/1\n", "utf-8")
    found, skipped = records(tmp_path, "deals")
    assert (len(found), len(skipped)) == (1, 1)
    assert "too, which is newer" in skipped[0][1]


def test_an_amount_in_thousands_is_one(tmp_path: Path) -> None:
    text = '案件番号,顧客名,結果,金額（千円）,受注日\n1,A,受注,"1,200",2026/9/25\n2,B,失注,-,未定\n'
    (tmp_path / "x.csv").write_text(text, "utf-8")
    found, skipped = records(tmp_path, "deals")
    assert [(one.amount, one.closed_at is None) for one in found] == [(1_200_000.0, False), (None, True)]
    assert skipped == []


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        pytest.param("¥1,980,000", 1_980_000, id="yen"),
        pytest.param("120万円", 1_200_000, id="ten-thousands"),
        pytest.param("1.2億", 120_000_000, id="hundred-millions"),
        pytest.param("3百万円(税抜)", 3_000_000, id="millions-without-tax"),
        pytest.param("USD 1,200.50", 1200.5, id="dollars"),
        pytest.param("▲500円", -500, id="below-zero"),
        pytest.param("１，２００", 1200, id="wide"),
        pytest.param("¥2,000-", 2000, id="a-line-behind"),
        pytest.param("約300万", 3_000_000, id="about"),
        pytest.param("£12k", 12_000, id="thousands-of-pounds"),
        pytest.param("$1.5 million", 1_500_000, id="millions-in-words"),
        pytest.param("1.234.567", 1_234_567, id="points-of-thousands"),
        pytest.param("1.234,50 €", 1234.5, id="points-and-a-decimal-comma"),
        pytest.param("1.200 €", 1200, id="a-thousand-euros"),
        pytest.param("1234,5", 1234.5, id="decimal-comma"),
        pytest.param("1.234.56", None, id="points-that-fit-nothing"),
        pytest.param("応相談", None, id="words"),
        pytest.param("10〜20万", None, id="a-span"),
    ],
)
def test_amounts_as_people_write_them(written: str, amount: float | None) -> None:
    assert parse_amount(written) == amount


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of two years and one hidden sheet, with a title, merged cells and totals."""
    path = tmp_path / "台帳.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        day = made.add_format({"num_format": "yyyy/m/d"})
        for name in ("2026年度", "記入例", "旧"):
            sheet = made.add_worksheet(name)
            sheet.merge_range(0, 0, 0, 3, "問い合わせ台帳")
            sheet.write_row(2, 0, ["番号", "受付日", "会社名", "内容"])
            for n in (1, 2):
                sheet.write(2 + n, 0, int(name[:4] + str(n)) if name == "2026年度" else n)
                sheet.write_datetime(2 + n, 1, datetime(2026, 9, n), day)
                sheet.write(2 + n, 3, f"検索が遅くて困っています{n}")
            sheet.merge_range(3, 2, 4, 2, "港の本屋")
            sheet.write_row(5, 0, ["合計", "", "", "2件"])
            if name == "旧":
                sheet.hide()
    return path


def test_a_ledger_in_excel_is_read_and_its_other_sheets_are_named(book: Path) -> None:
    found, skipped = records(book.parent, "tickets")
    assert [(one.external_id, one.account.name) for one in found] == [
        ("20261", "港の本屋"),
        ("20262", "港の本屋"),
    ]
    assert skipped == [("台帳.xlsx:6", "is a row of totals")]
    assert "not read: the sheets 記入例; name each in a map with `sheet`" in "\n".join(
        folder_source(book.parent, Settings(home=book.parent)).readings()
    )
    lines = list(inspect(book, Settings(home=book.parent, language="en")))
    assert "  note: not read: the sheets 記入例; name each in a map with `sheet`" in lines
    assert "  note: hidden sheets are not read: 旧" in lines


@pytest.mark.parametrize("counts_from_1904", [False, True])
def test_days_of_a_workbook_are_the_same_whatever_year_it_counts_from(
    tmp_path: Path, counts_from_1904: bool
) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": counts_from_1904}) as made:
        sheet, day = made.add_worksheet(), made.add_format({"num_format": "yyyy/m/d"})
        bare = made.add_format({"num_format": "0"})
        sheet.write_row(0, 0, ["案件番号", "会社名", "結果", "受注日", "作成日"])
        sheet.write_row(1, 0, [10001, "港の本屋", "受注"])
        sheet.write_datetime(1, 3, datetime(2026, 9, 25), day)
        sheet.write_datetime(1, 4, datetime(2026, 7, 1), bare)
    ((made_of,), _) = records(tmp_path, "deals")
    days = [moment.astimezone(TOKYO).date() for moment in (made_of.opened_at, made_of.closed_at)]
    assert (made_of.external_id, days) == ("10001", [date(2026, 7, 1), date(2026, 9, 25)])
    assert is_from_1904(path) == counts_from_1904


def test_a_zip_that_is_no_workbook_counts_from_no_year(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as made:
        made.writestr("a", "b")
    assert not is_from_1904(tmp_path / "x.xlsx")


def test_an_export_without_words_says_so_and_guesses_no_address_for_them(tmp_path: Path) -> None:
    header = "Summation column,Id,Requester,Requester email,Subject,Created at,Organization\n"
    rows = "1,7,野中,nonaka-nagisa@minato.example,検索,2026-09-01 10:00:00 +0900,港の本屋\n"
    (tmp_path / "x.csv").write_text(header + rows, "utf-8")
    found = guess(tmp_path / "x.csv", "x.csv", TOKYO)
    assert found.likely == {}
    assert any(
        "export with it, or read the helpdesk itself as a source" in doubt for doubt in found.judged.doubts
    )
    assert '    text = "…"' in list(inspect(tmp_path / "x.csv", Settings(home=tmp_path, language="en")))


def test_lines_to_paste_leave_the_outcome_of_unknown_stages_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("案件ID,取引先,結果\n1,A,受注\n2,B,内示\n", "utf-8")
    lines = list(inspect(tmp_path / "x.csv", Settings(home=tmp_path, language="en")))
    assert '    outcomes = { "内示" = "…" }  # won, lost or open' in lines


def test_the_day_it_closed_goes_before_the_day_it_was_to_close(tmp_path: Path) -> None:
    text = "案件ID,取引先,結果,受注予定日,受注日\n1,A,受注,2026/9/30,2026/9/25\n"
    (tmp_path / "x.csv").write_text(text, "utf-8")
    assert guess(tmp_path / "x.csv", "x.csv", TOKYO).fields["closed_at"] == "受注日"


def test_a_row_without_a_company_is_its_mails_domain_and_at_a_provider_the_address(tmp_path: Path) -> None:
    rows = "1,2026/9/1,港の本屋,a@minato.example,遅い\n2,2026/9/2,,B@Oka.example,遅い\n"
    text = f"番号,受付日,会社名,メールアドレス,内容\n{rows}3,2026/9/3,,c@gmail.com,遅い\n4,2026/9/4,,,遅い\n"
    (tmp_path / "x.csv").write_text(f"{text}5,2026/9/5,,d@our.example,遅い\n", "utf-8")
    source = folder_source(tmp_path, Settings(home=tmp_path, agents=("@our.example",)))
    (page,) = source.pages("tickets", None)
    assert [(item.record.account.id, item.record.contact) for item in page.items] == [
        ("港の本屋", "a@minato.example"),
        ("oka.example", "B@Oka.example"),
        ("c@gmail.com", "c@gmail.com"),
    ]
    assert [(one.place, one.reason) for one in page.skipped] == [
        ("x.csv:5", "account: neither its id nor its name is given"),
        ("x.csv:6", "account: neither its id nor its name is given"),
    ]


def test_a_lost_deal_closed_on_the_day_it_was_lost(tmp_path: Path) -> None:
    rows = "1,A,受注,2026/9/25,\n2,B,失注,,2026/9/20\n3,C,商談中,,\n"
    (tmp_path / "x.csv").write_text(f"案件ID,取引先,結果,受注日,失注日\n{rows}", "utf-8")
    found, _ = records(tmp_path, "deals")
    days = [one.closed_at and one.closed_at.astimezone(TOKYO).day for one in found]
    assert days == [25, 20, None]


def test_words_in_a_second_column_are_not_read_and_that_is_said(tmp_path: Path) -> None:
    header = "受付日,会社名,ご意見,改善してほしい点\n"
    (tmp_path / "x.csv").write_text(
        f"{header}2026/9/1,A,使いやすいです,検索が遅いので速くしてください\n", "utf-8"
    )
    told = folder_source(tmp_path, Settings(home=tmp_path)).readings()
    assert "x.csv: hold words too and are not read, as text is one column: 改善してほしい点" in told


def test_dates_that_a_spreadsheet_turned_over_are_said(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet, day = made.add_worksheet(), made.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, ["番号", "受付日", "会社名", "内容"])
        for n in range(1, 8):
            sheet.write_row(n, 0, [n, "4/13/2026" if n == 1 else "", "A", f"検索が遅いです{n}"])
            if n > 1:
                sheet.write_datetime(n, 1, datetime(2026, n, 4), day)
    told = "\n".join(folder_source(tmp_path, Settings(home=tmp_path)).readings())
    assert "created_at: 6 dates may have months and days turned over" in told
    assert "1 it left as text" in told


def test_quoted_lines_and_the_card_of_a_mail_in_a_cell_are_no_words_of_the_ticket(tmp_path: Path) -> None:
    card = "----------\n港の本屋 店長\nTEL 03-0000-1021\n----------"
    header = "番号,受付日,会社名,内容,回答\n"
    mail = f'1,2026/9/1,港の本屋,"届きません。\n> 岡田です。\n{card}","> 届きません。\n調べます。"\n'
    (tmp_path / "x.csv").write_text(header + mail, "utf-8")
    ((ticket,), skipped) = records(tmp_path, "tickets")
    assert [turn.text for turn in ticket.turns] == ["届きません。", "調べます。"]
    assert skipped == []
