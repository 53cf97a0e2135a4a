"""Mails pasted into tickets: what is answered is left out where it is that, and nothing else ever is."""

import json
from pathlib import Path

import pytest

from connectors import folder_source
from connectors.text.cell_mail import own_words
from koe.engine.offline.find.text import clauses
from koe.language.earlier_mail import heads
from koe.records import Conversation
from koe.settings import Settings
from tests.pasted_mails import HEADS, STAYS

EN = """Hello Anna,

the export still stops at page two. Could you look again?

Best regards
Rosa Lind"""
JA = """お世話になっております。港の本屋の野中です。

やはり在庫の検索に一分かかります。現場が困っています。

野中"""
OURS = "Hello Rosa,\n\nwe have mended the import. It may be late at times.\n\nAnna"
OURS_JA = "野中様\n\nご連絡ありがとうございます。取り込みは夜に行われます。\n\n窓口 あき"
OUTLOOK = "From: Anna <anna@koe.example>\nSent: 3 March 2026 10:00\nTo: Rosa Lind\nSubject: RE: Export"
OUTLOOK_JA = "差出人: 窓口 <s@koe.example>\n送信日時: 2026年3月3日 10:00\n宛先: 野中\n件名: RE: 検索"


def pulled(folder: Path, texts: dict[str, str], name: str) -> tuple[list[Conversation], list[str]]:
    """The tickets of those texts out of a file of that name, and what is said of the pull."""
    if name.endswith(".jsonl"):
        rows = [
            {"id": key, "created_at": "2026-09-14", "account": {"name": "Lind"}, "turns": turns(text)}
            for key, text in texts.items()
        ]
        content = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    else:
        cells = (
            f'{key},2026-09-14,Lind,"{text.replace(chr(34), chr(34) * 2)}"\n' for key, text in texts.items()
        )
        content = f"番号,受付日時,会社名,内容\n{''.join(cells)}"
    (folder / name).write_text(content, "utf-8")
    pages = list(folder_source(folder, Settings(home=folder)).pages("tickets", None))
    records = [item.record for page in pages for item in page.items]
    return [one for one in records if isinstance(one, Conversation)], [
        n for page in pages for n in page.notes
    ]


def turns(text: str) -> list[dict[str, str]]:
    return [{"speaker": "customer", "text": text}, {"speaker": "agent", "text": "We look."}]


def read(text: str) -> str:
    """What find reads of a turn."""
    return "\n".join(text[one.start : one.end] for one in clauses(text))


def mail(key: str, gap: str = "\n\n") -> str:
    above, below = (JA, OURS_JA) if any(ch > "\u3040" for ch in HEADS[key]) else (EN, OURS)
    return f"{above}{gap}{HEADS[key]}{gap}{below}"


@pytest.mark.parametrize("name", ["tickets.jsonl", "問い合わせ.csv"])
def test_the_mail_that_is_answered_is_left_out_of_a_ticket_and_that_is_said(
    tmp_path: Path, name: str
) -> None:
    texts = {key: mail(key) for key in HEADS}
    found, notes = pulled(tmp_path, texts, name)
    assert {one.external_id: one.turns[0].text for one in found if one.turns[0].text not in (EN, JA)} == {}
    assert notes == [
        f"tickets: of {len(texts)} tickets the mail it answers, or the card below it, was left out"
    ]


@pytest.mark.parametrize("key", HEADS)
def test_find_reads_nothing_of_it_either(key: str) -> None:
    """Tickets that came in another way, or before koe cut them."""
    for gap in ("\n\n", "\n"):
        text = mail(key, gap)
        assert read(text) == read(JA if text.startswith(JA) else EN)
        assert own_words(text) in (EN, JA)


@pytest.mark.parametrize("name", ["tickets.jsonl", "問い合わせ.csv"])
def test_where_it_is_in_doubt_all_of_it_stays(tmp_path: Path, name: str) -> None:
    found, notes = pulled(tmp_path, STAYS, name)
    assert {one.external_id: one.turns[0].text for one in found} == STAYS
    assert notes == []


@pytest.mark.parametrize(
    ("key", "last"),
    [
        ("from-sentence", "Subject: is cut after ten letters"),
        ("from-ja", "差出人: の欄が空です"),
        ("pasted-header", "The sender should be our own address"),
        ("inline-en", "Page two never loads"),
        ("inline-ja2", "在庫の画面が固まります"),
        ("inline-arrow", "在庫の画面が固まります"),
        ("bottom-greeting", "Page two never loads"),
        ("passed-ja", "ラベルの印刷が止まります"),
        ("web-form", "検索が遅いです"),
        ("told-en", "nothing is mended"),
        ("told-ja2", "まだ直っていません"),
        ("rules", "開くと固まります"),
    ],
)
def test_find_reads_what_the_customer_wrote_below_something_like_a_head(key: str, last: str) -> None:
    assert last in read(STAYS[key])


def test_answers_between_marked_lines_stay_in_their_turn(tmp_path: Path) -> None:
    text = (
        "I looked.\n\nOn Tue, 3 Mar 2026 at 10:00, Anna <a@koe.example> wrote:\n> Which page?\n"
        "Page two never loads.\n> Which browser?\nFirefox."
    )
    ((found,), _) = pulled(tmp_path, {"T-1": text}, "tickets.jsonl")
    assert [turn.role for turn in found.turns] == ["customer", "agent"]
    assert found.turns[0].text == "I looked.\n\nPage two never loads.\nFirefox."


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param("Thanks, that solved it!", OURS, id="thanks alone"),
        pytest.param("Still broken. I look forward to hearing from you.", OURS, id="looking forward"),
        pytest.param("Still broken.", f"{OURS}\n\n{OUTLOOK}\n\nIt stops.", id="a chain"),
        pytest.param("下記の件、承知しました。検索は遅いままです。", OURS_JA, id="about the matter below"),
        pytest.param(
            "Still broken.", f"{OURS}\n\nOn 2/3/2026 9:00, R wrote:\n> It stops.", id="two programs"
        ),
    ],
)
def test_what_stands_around_it_does_not_hide_it(above: str, below: str) -> None:
    for head in (OUTLOOK, OUTLOOK_JA):
        assert own_words(f"{above}\n\n{head}\n\n{below}") == above


def test_the_card_above_it_is_left_out_too() -> None:
    card = "========\n港の本屋 野中\nTEL 03-0000-0000\n========"
    text = f"検索が遅いです。\n\n{card}\n\n{OUTLOOK_JA}\n\n{OURS_JA}"
    assert own_words(text) == "検索が遅いです。"


def test_calls_and_turns_of_a_few_words_are_left_alone(tmp_path: Path) -> None:
    call = {"id": "C-1", "created_at": "2026-09-14", "account": {"name": "L"}, "turns": turns(f"x\n> {EN}")}
    (tmp_path / "calls.jsonl").write_text(json.dumps(call), "utf-8")
    (page,) = folder_source(tmp_path, Settings(home=tmp_path)).pages("calls", None)
    (item,) = page.items
    assert isinstance(item.record, Conversation) and item.record.turns[0].text == f"x\n> {EN}"
    ((found,), _) = pulled(tmp_path, {"T-1": "> all of it is quoted"}, "tickets.jsonl")
    assert found.turns[0].text == "> all of it is quoted"


@pytest.mark.parametrize("head", ["On 12 May Flume Help wrote:", "窓口の田中さんのメール:"])
def test_a_line_that_names_a_writer_is_a_head_right_above_quoted_lines_alone(head: str) -> None:
    lines = ["The lamp is off.", head, "> Which lamp?", "Regards"]
    assert [(one.start, one.end) for one in heads(lines)] == [(1, 2)]
    assert not list(heads([line.removeprefix("> ") for line in lines]))
