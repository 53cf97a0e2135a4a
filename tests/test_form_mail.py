"""Mails that a machine of ours sends for a customer are the customer's; what others sent stays theirs."""

import email.mime.message
import email.mime.multipart
import email.mime.text
from email import message_from_bytes
from pathlib import Path

import pytest

from connectors.mail.forms import Form, read_form
from connectors.mail.letters import read_letter, split_mbox
from connectors.text.mail_text import customer_words
from tests.test_mail import TOKYO, mail, read

FORM = """ホームページのフォームからお問い合わせがありました。

■お名前：町 太郎
■会社名：町の印刷
■メールアドレス：machi@machi.example
■お問い合わせ内容：
料金プランの違いを教えてください。
導入の例: 印刷業
------------------------------
このメールは自動で送られています。
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FORM, id="squares"),
        pytest.param(FORM.replace("■", "【").replace("：", "】"), id="brackets"),
        pytest.param(FORM.replace("■", ""), id="colons"),
        pytest.param(FORM.replace("■", "[").replace("：", "]\n"), id="labels-on-their-own-lines"),
    ],
)
def test_a_forms_fields_are_told(text: str) -> None:
    assert read_form(text) == Form(
        "料金プランの違いを教えてください。\n導入の例: 印刷業", "町の印刷", "町 太郎", "machi@machi.example"
    )


@pytest.mark.parametrize("text", ["内容：遅い", "お世話になっております。\n会社名を教えてください。", ""])
def test_a_mail_with_less_is_no_form(text: str) -> None:
    assert read_form(text) is None


def test_what_a_form_sends_from_our_address_is_the_customers(tmp_path: Path) -> None:
    sent = mail("f", FORM, From="noreply@our.example", Reply_To="machi@machi.example")
    ((made,), _) = read(tmp_path, sent)
    assert (made.account.id, made.account.name, made.contact) == ("machi.example", "町の印刷", "町 太郎")
    assert [(turn.role, turn.text) for turn in made.turns] == [
        ("customer", "料金プランの違いを教えてください。\n導入の例: 印刷業")
    ]


def test_a_form_without_an_address_is_known_by_its_company(tmp_path: Path) -> None:
    text = FORM.replace("■メールアドレス：machi@machi.example\n", "")
    ((made,), _) = read(tmp_path, mail("f", text, From="wordpress@our.example"))
    assert (made.account.id, made.turns[0].role) == ("町の印刷", "customer")


@pytest.mark.parametrize(
    ("headers", "role"),
    [
        pytest.param({"From": "'野中' via Desk <desk@our.example>"}, "customer", id="a group"),
        pytest.param({"From": "no-reply@our.example"}, "customer", id="a machine"),
        pytest.param({"From": "高井 <takai@our.example>"}, "agent", id="a person of ours"),
        pytest.param({"From": "x <x@other.example>"}, "customer", id="somebody else"),
    ],
)
def test_who_is_answered_wrote_what_a_machine_of_ours_passed_on(
    tmp_path: Path, headers: dict[str, str], role: str
) -> None:
    ((made,), _) = read(tmp_path, mail("a", **headers, Reply_To="野中 <nonaka@minato.example>"))
    assert [turn.role for turn in made.turns] == [role]
    if role == "customer" and "other" not in headers["From"]:
        assert made.account.id == "minato.example"


def test_our_answer_is_ours_whoever_is_to_be_answered(tmp_path: Path) -> None:
    answer = mail(
        "b",
        "確認します。",
        From="support@our.example",
        Reply_To="x@desk.example",
        In_Reply_To="<a@minato.example>",
    )
    ((made,), _) = read(tmp_path, mail("a"), answer)
    assert [turn.role for turn in made.turns] == ["customer", "agent"]


def test_a_mail_attached_to_another_is_not_the_senders_words() -> None:
    whole = email.mime.multipart.MIMEMultipart()
    whole["From"], whole["Date"], whole["Subject"] = "a@b.example", "Thu, 03 Sep 2026 10:00:00 +0900", "x"
    whole.attach(email.mime.text.MIMEText("これを見てください。", "plain", "utf-8"))
    whole.attach(email.mime.message.MIMEMessage(message_from_bytes(mail("c", "別の人の言葉"))))
    found = read_letter(whole.as_bytes(), "x.eml", TOKYO)
    assert (found.text.strip(), found.said) == (
        "これを見てください。",
        ("has another mail attached, which is not read",),
    )


def test_mails_of_a_box_part_at_a_whole_date_without_a_blank_line_too(tmp_path: Path) -> None:
    head = b"From a@b Thu Sep  3 10:00:00 2026\n"
    (tmp_path / "box.mbox").write_bytes(
        head + mail("a", "一通目").rstrip() + b"\n" + head + mail("b", "二通目")
    )
    assert len(list(split_mbox(tmp_path / "box.mbox"))) == 2


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("2026年9月3日(木) 10:12 田中 <tanaka@our.example>:", id="gmail"),
        pytest.param("2026/09/03 10:12、田中 <tanaka@our.example>のメール:", id="apple"),
        pytest.param("-----Original Message-----\nFrom: 田中\nSent: x\nTo: 野中\nSubject: x", id="outlook"),
        pytest.param(
            "________________________________\n差出人: 田中\n送信日時: 2026年9月3日\n宛先: 野中\n件名: x",
            id="outlook-ja",
        ),
        pytest.param("-------- 転送メッセージ --------\n件名: x", id="passed-on"),
    ],
)  # fmt: skip
def test_the_mail_that_is_answered_is_cut_with_the_line_above_it(head: str) -> None:
    assert customer_words(f"検索が遅いです。\n\n{head}\n\n確認します。\n") == "検索が遅いです。"


@pytest.mark.parametrize("long", [" " * 100_000, "\n" * 100_000, "【" * 100_000, "a:" * 50_000])
def test_a_long_mail_costs_no_more_than_its_length(long: str) -> None:
    assert read_form(f"会社名：A\n内容：遅い{long}\n") is not None


@pytest.mark.parametrize(
    ("fields", "company", "contact"),
    [
        pytest.param("■お客様名：町 太郎\n■会社名：町の印刷", "町の印刷", "町 太郎", id="beside a company"),
        pytest.param("■お客様名：町の印刷\n■お名前：町 太郎", "町の印刷", "町 太郎", id="beside a person"),
        pytest.param("■Customer: Ann Lee\n■Company: River Press", "River Press", "Ann Lee", id="English"),
    ],
)
def test_a_customer_in_a_form_is_who_the_other_fields_leave(fields: str, company: str, contact: str) -> None:
    found = read_form(f"{fields}\n■お問い合わせ内容：\n料金を教えてください。\n")
    assert found is not None
    assert (found.company, found.contact) == (company, contact)
