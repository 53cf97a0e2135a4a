"""Tables without a map: what columns are is guessed, said, and refused where it is not certain."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.files.source import FilesSource
from connectors.tables.columns import Guess, guess, key
from koe.records import Conversation
from koe.settings import SourceSettings

TOKYO = ZoneInfo("Asia/Tokyo")


def guessed(folder: Path, text: str, name: str = "x.csv") -> Guess:
    (folder / name).write_text(text, "utf-8")
    return guess(folder / name, name, TOKYO)


@pytest.mark.parametrize(
    ("text", "kind", "fields"),
    [
        pytest.param(
            "Ticket ID,Subject,Description,Status,Created at,Requester,Requester email,Organization\n"
            "1,a,it is slow,open,2026-01-02 10:00,Bob,b@x.example,Acme\n",
            "tickets",
            {
                "id": "Ticket ID",
                "text": "Description",
                "created_at": "Created at",
                "account_name": "Organization",
                "contact": "Requester",
                "email": "Requester email",
                "title": "Subject",
                "status": "Status",
            },
            id="zendesk",
        ),
        pytest.param(
            "Ticket ID,Subject,Status,Agent,Created time,Last updated time,Tags,Full name,Company Name,"
            "Description\n"
            "1,a,Open,Al,2026-01-02 10:00:00,2026-01-02 11:00:00,t,Bob,Acme,it is slow\n",
            "tickets",
            {
                "id": "Ticket ID",
                "text": "Description",
                "created_at": "Created time",
                "account_name": "Company Name",
                "updated_at": "Last updated time",
                "contact": "Full name",
                "title": "Subject",
                "status": "Status",
                "tags": "Tags",
            },
            id="freshdesk",
        ),
        pytest.param(
            "No.,受付日,会社名,お名前,お問い合わせ内容（必須）,回答内容,対応者,ステータス\n"
            "1,2026/1/2,港の本屋,野中,検索が遅いです,調べます,田中,完了\n",
            "tickets",
            {
                "id": "No.",
                "created_at": "受付日",
                "account_name": "会社名",
                "contact": "お名前",
                "text": "お問い合わせ内容(必須)",
                "answer": "回答内容",
                "status": "ステータス",
            },
            id="excel-ledger",
        ),
        pytest.param(
            "タイムスタンプ,メールアドレス,貴社名,お名前,ご要望・ご意見\n"
            "2026/01/02 10:00:00,a@b.example,港の本屋,野中,遅い\n",
            "tickets",
            {
                "created_at": "タイムスタンプ",
                "account_name": "貴社名",
                "contact": "お名前",
                "email": "メールアドレス",
                "text": "ご要望・ご意見",
            },
            id="form",
        ),
        pytest.param(
            "レコード番号,件名,本文,作成日時,更新日時,会社名,担当者\n"
            "1,a,遅い,2026/01/02 10:00,2026/01/02 10:00,港,田中\n",
            "tickets",
            {
                "id": "レコード番号",
                "title": "件名",
                "text": "本文",
                "created_at": "作成日時",
                "updated_at": "更新日時",
                "account_name": "会社名",
            },
            id="kintone",
        ),
        pytest.param(
            "商談名,取引先名,フェーズ,金額,完了予定日,商談 所有者,失注理由,商談 ID\n"
            'A,港,Closed Won,"¥1,000",2026/01/02,田中,,006a\n'
            "B,川辺,Closed Lost,5,2026/01/02,田中,高い,006b\n",
            "deals",
            {
                "id": "商談 ID",
                "account_name": "取引先名",
                "name": "商談名",
                "owner": "商談 所有者",
                "stage": "フェーズ",
                "outcome": "フェーズ",
                "amount": "金額",
                "closed_at": "完了予定日",
                "loss_reason": "失注理由",
            },
            id="salesforce",
        ),
        pytest.param(
            "レコードID,取引名,取引ステージ,クローズ日,取引担当者,金額,関連する会社\n"
            "1,A,成約,2026-01-02 10:00,田中,1,港\n",
            "deals",
            {
                "id": "レコードID",
                "name": "取引名",
                "stage": "取引ステージ",
                "outcome": "取引ステージ",
                "closed_at": "クローズ日",
                "owner": "取引担当者",
                "amount": "金額",
                "account_name": "関連する会社",
            },
            id="hubspot",
        ),
        pytest.param(
            "通話ID,開始時刻,取引先,話者,発話内容\n1,2026/1/2 10:00,港,お客様,遅い\n"
            "1,2026/1/2 10:01,港,担当者,はい\n",
            "calls",
            {
                "id": "通話ID",
                "at": "開始時刻",
                "account_name": "取引先",
                "speaker": "話者",
                "text": "発話内容",
            },
            id="call-by-turn",
        ),
        pytest.param(
            "Deal - ID,Deal - Title,Deal - Organization,Deal - Status,Deal - Value,Deal - Stage,"
            "Deal - Deal created,Deal - Won time,Deal - Lost time,Deal - Lost reason\n"
            "1,New,Harbor,won,5,Closing,2026-07-01,2026-09-20,,\n"
            "2,New,River,lost,5,Lead In,2026-07-01,,2026-09-20,x\n",
            "deals",
            {
                "account_name": "Deal - Organization",
                "id": "Deal - ID",
                "name": "Deal - Title",
                "stage": "Deal - Stage",
                "outcome": "Deal - Status",
                "amount": "Deal - Value",
                "opened_at": "Deal - Deal created",
                "closed_at": "Deal - Won time",
                "lost_at": "Deal - Lost time",
                "loss_reason": "Deal - Lost reason",
            },
            id="pipedrive",
        ),
        pytest.param(
            "問い合わせ一覧,,,,\n\n基本,,顧客,,\n番号,受付日時,会社名,担当者,内容\n1,2026/1/2,港,野中,遅い\n",
            "tickets",
            {"id": "番号", "created_at": "受付日時", "account_name": "会社名", "text": "内容"},
            id="25-rows-above-the-header",
        ),
    ],
)
def test_exports_are_read_as_they_are(tmp_path: Path, text: str, kind: str, fields: dict[str, str]) -> None:
    found = guessed(tmp_path, text)
    assert found.judged.doubts == ()
    assert (found.kind, dict(found.fields)) == (kind, fields)
    assert found.columns is not None


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        pytest.param("品名,色\nりんご,赤\n", "no row has names of columns that koe knows", id="unknown"),
        pytest.param("", "is empty (0 bytes)", id="25-empty"),
        pytest.param("\n  \n", "nothing but blank rows", id="blank"),
        pytest.param("番号,受付日,会社名,内容\n", "has no row under its header", id="header-alone"),
        pytest.param(
            "番号,受付日,内容\n1,2026/1/2,x\n", "the customer's company (account_name)", id="no-company"
        ),
        pytest.param("番号,会社名,内容\n1,A,x\n", "the date (created_at)", id="no-date"),
        pytest.param("番号,受付日,会社名,件名\n1,2026/1/2,A,x\n", "wrote or said (text)", id="no-text"),
        pytest.param(
            "番号,受付日,会社名,内容\n1,?,A,x\n2,9月5日,A,x\n3,2026/1/2,A,x\n",
            "column '受付日': 2 of 3 cells are no date that koe knows, such as '?'",
            id="dates",
        ),
        pytest.param(
            "番号,受付日,会社名,内容\n1,2026/1/2,A,x\n1,2026/1/3,B,y\n",
            "'番号' repeats its numbers",
            id="numbers",
        ),
        pytest.param(
            "番号,受付日,会社名,内容,内容\n1,2026/1/2,A,x,y\n",
            "the column '内容' stands twice",
            id="25-header-twice",
        ),
        pytest.param(
            "案件ID,取引先,フェーズ,金額\n1,A,初回,5\n",
            "no word that koe knows for won or lost",
            id="outcomes",
        ),
    ],
)
def test_what_is_not_certain_is_not_read(tmp_path: Path, text: str, doubt: str) -> None:
    found = guessed(tmp_path, text)
    assert not found.is_certain
    assert found.columns is None
    assert any(doubt in one for one in found.judged.doubts)


def test_a_memo_of_a_call_is_not_taken_for_a_customers_words(tmp_path: Path) -> None:
    found = guessed(tmp_path, "商談ID,商談日,会社名,内容\n1,2026/1/2,港,価格が課題\n", "商談メモ.csv")
    assert found.judged.doubts == ("no column is known to be who speaks (a memo is our own words) (speaker)",)


def test_what_excel_did_to_numbers_is_said(tmp_path: Path) -> None:
    rows = "00123,2026/1/2,A,x\n123,2026/1/2,B,y\n1.23E+15,2026/1/2,C,z\n"
    notes = guessed(tmp_path, f"番号,受付日,会社名,内容\n{rows}").judged.notes
    assert notes == (
        "id: 1 were rounded by a spreadsheet (1.23E+15); export them as text",
        "id: some begin with 0 and some are shorter; a spreadsheet may have eaten zeros",
    )


def test_american_dates_of_a_column_are_told_by_the_others(tmp_path: Path) -> None:
    found = guessed(tmp_path, "番号,受付日,会社名,内容\n1,1/31/2026,A,x\n2,2/3/2026,B,y\n")
    assert (found.judged.is_unsettled, found.is_certain) == (False, True)


def test_dates_that_nothing_tells_are_noted_and_their_table_is_read(tmp_path: Path) -> None:
    found = guessed(tmp_path, "番号,受付日,会社名,内容\n1,3/4/2026,A,x\n2,2026/1/2,B,y\n")
    assert found.is_certain
    assert found.judged.notes == (
        "column '受付日': 1 of 2 dates can be read in two ways; their rows are left out until date_order = "
        '"mdy" (month first), "dmy" or "ymd" stands in koe.toml',
    )


@pytest.mark.parametrize(
    ("name", "same"),
    [
        pytest.param("お問い合わせ内容（必須）", "問い合わせ内容", id="polite"),
        pytest.param("Ｃｒｅａｔｅｄ　Ａｔ", "created_at", id="full-width"),
        pytest.param("商談 ID", "商談ID", id="space"),
    ],
)
def test_headers_are_the_same_without_signs_and_manners(name: str, same: str) -> None:
    assert key(name) == key(same)


@pytest.mark.parametrize(
    ("header", "cells", "contact"),
    [
        pytest.param("ご担当者 姓,ご担当者 名", "野中,凪", "野中 凪", id="Japanese"),
        pytest.param("Last name,First name", "O'Neill,Zoë", "Zoë O'Neill", id="Western"),
        pytest.param("姓,お名前", "野中,野中 凪", "野中 凪", id="the other column has all of it"),
        pytest.param("姓,名", ",凪", "凪", id="no surname"),
        pytest.param("姓,名", "野中,", "野中", id="surname alone"),
    ],
)
def test_a_name_in_two_columns_is_one(tmp_path: Path, header: str, cells: str, contact: str) -> None:
    (tmp_path / "x.csv").write_text(
        f"番号,受付日,会社名,内容,{header}\n1,2026/9/1,港の本屋,検索が遅くて困っています。,{cells}\n"
        "2,2026/9/1,港の本屋,印刷ができなくて困っています。,森,葵\n",
        "utf-8",
    )
    (page,) = FilesSource("files", SourceSettings(path=tmp_path), TOKYO).pages("tickets", None)
    record = page.items[0].record
    assert isinstance(record, Conversation)
    assert record.contact == contact
