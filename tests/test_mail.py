"""Mails become tickets: one conversation per thread, each person's own words, nothing lost unsaid."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Skipped
from connectors.files.source import FilesSource
from connectors.mail.letters import decode_body, read_letter, split_mbox
from connectors.mail.threads import base_subject
from koe.settings import SourceSettings
from koe.settings.sources import TalkSettings

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = "Thu, 03 Sep 2026 10:00:00 +0900"
OURS = {"domains": ["our.example"]}


def mail(mark: str, text: str | bytes = "検索が遅いです。", **headers: str) -> bytes:
    """A mail of a customer to our desk; a header named None-like ('') is left out."""
    plain = {
        "From": "野中 <nonaka@minato.example>",
        "To": "desk@our.example",
        "Subject": "検索について",
        "Date": DAY,
        "Message-ID": f"<{mark}@minato.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in plain.items() if value)
    return head.encode() + b"\n" + (text if isinstance(text, bytes) else text.encode()) + b"\n"


def read(folder: Path, *mails: bytes, **talk: Any) -> tuple[list[Any], list[Skipped]]:
    for n, one in enumerate(mails):
        (folder / f"{n}.eml").write_bytes(one)
    settings = SourceSettings(path=folder, talk=TalkSettings.model_validate(OURS | talk))
    pages = list(FilesSource("files", settings, TOKYO).pages("tickets", None))
    return [item.record for page in pages for item in page.items], [s for page in pages for s in page.skipped]


ANSWER = {"From": "Desk <desk@our.example>", "To": "nonaka@minato.example", "Subject": "Re: 検索について"}


def test_a_thread_is_one_ticket_with_its_two_sides_in_time(tmp_path: Path) -> None:
    answer = mail(
        "b", "確認します。", **ANSWER, In_Reply_To="<a@minato.example>", Date=DAY.replace("10:", "11:")
    )
    ((made,), skipped) = read(tmp_path, answer, mail("a"))
    assert skipped == []
    assert (made.kind, made.title, made.contact) == ("ticket", "検索について", "野中")
    assert made.account.id == "minato.example"
    assert [(turn.role, turn.text) for turn in made.turns] == [
        ("customer", "検索が遅いです。"),
        ("agent", "確認します。"),
    ]


def test_threads_hold_together_over_mails_that_are_not_there(tmp_path: Path) -> None:
    one = mail("b", "二通目", References="<a@x> <gone@x>")
    other = mail("c", "三通目", In_Reply_To="<gone@x>")
    ((made,), _) = read(tmp_path, one, other)
    assert [turn.text for turn in made.turns] == ["二通目", "三通目"]


@pytest.mark.parametrize(
    ("headers", "threads"),
    [
        pytest.param({}, 1, id="answer-of-the-same-people"),
        pytest.param({"Subject": "検索について"}, 2, id="same-subject-but-no-answer"),
        pytest.param({"Date": DAY.replace("Sep", "Dec")}, 2, id="months-later"),
        pytest.param({"From": "x <x@other.example>"}, 2, id="somebody-else"),
    ],
)
def test_a_subject_joins_only_with_care(tmp_path: Path, headers: dict[str, str], threads: int) -> None:
    later = {"Subject": "Re: 検索について", "Date": DAY.replace("10:", "12:")} | headers
    assert len(read(tmp_path, mail("a"), mail("b", "まだ遅いです", **later))[0]) == threads


def test_the_same_mail_twice_counts_once_and_one_id_with_other_words_is_two(tmp_path: Path) -> None:
    items, skipped = read(tmp_path, mail("a"), mail("a"), mail("a", "別の話です", Subject="別件"))
    assert [one.reason for one in skipped] == ["is the same mail as 0.eml"]
    assert sorted(turn.text for one in items for turn in one.turns) == ["別の話です", "検索が遅いです。"]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        pytest.param({"Date": ""}, "has no date that can be read", id="27-no-date"),
        pytest.param({"Date": "yesterday"}, "has no date that can be read", id="27-bad-date"),
        pytest.param({"From": ""}, "has no sender", id="27-no-sender"),
        pytest.param({"Auto-Submitted": "auto-replied"}, "was sent by a machine", id="27-absence"),
        pytest.param({"Precedence": "bulk"}, "was sent by a machine", id="27-newsletter"),
        pytest.param({"From": "MAILER-DAEMON@x.example"}, "was sent by a machine", id="27-delivery"),
        pytest.param(
            {"Content-Type": "application/ms-tnef"}, "has a winmail.dat of Outlook", id="27-winmail"
        ),
        pytest.param({"Content-Type": "application/pkcs7-mime"}, "is encrypted", id="27-encrypted"),
    ],
)
def test_a_mail_that_cannot_be_used_is_named_and_the_rest_goes_on(
    tmp_path: Path, headers: dict[str, str], reason: str
) -> None:
    items, skipped = read(tmp_path, mail("a", **headers), mail("b"))
    assert len(items) == 1
    assert [one.place for one in skipped] == ["0.eml"]
    assert skipped[0].reason.startswith(reason)


def test_without_a_date_the_first_hop_says_when(tmp_path: Path) -> None:
    received = "from a by b; Fri, 04 Sep 2026 01:00:00 +0000"
    ((made,), _) = read(tmp_path, mail("a", Date="", Received=received))
    assert made.created_at.isoformat() == "2026-09-04T01:00:00+00:00"


VENDOR = b"\x1b$B-!-j%F%9%H\x1b(B \x1b(I10\x1b(B"
JIS = "=?ISO-2022-JP?B?GyRCLSEtaiVGJTklSBsoQg==?="


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        pytest.param(VENDOR, "iso-2022-jp", "①㈱テスト ｱｰ", id="27-cp50221"),
        pytest.param(VENDOR, "us-ascii", "①㈱テスト ｱｰ", id="27-escape-without-label"),
        pytest.param("①㈱髙﨑".encode("cp932"), "shift_jis", "①㈱髙﨑", id="27-shift-jis"),
        pytest.param("検索が遅い".encode(), "iso-8859-1", "検索が遅い", id="27-utf-8-labelled-latin"),
        pytest.param(
            "検索が遅いです".encode("cp932"), "windows-1252", "検索が遅いです", id="27-cp932-labelled-latin"
        ),
        pytest.param(
            "検索が遅いです".encode("cp932"), "utf-8", "検索が遅いです", id="27-cp932-labelled-utf-8"
        ),
        pytest.param("検索が遅い".encode(), "x-unknown", "検索が遅い", id="27-unknown-label"),
        pytest.param("café".encode("latin-1"), "iso-8859-1", "café", id="27-really-latin"),
        pytest.param("検索が遅い".encode(), None, "検索が遅い", id="27-no-label"),
    ],
)
def test_the_letters_of_a_mail_whatever_its_label_says(data: bytes, label: str | None, text: str) -> None:
    assert decode_body(data, label) == (text, True)


def test_headers_in_jis_with_vendor_letters_are_read(tmp_path: Path) -> None:
    sender = f"{JIS} <nonaka@minato.example>"
    ((made,), _) = read(tmp_path, mail("a", Subject=JIS, From=sender))
    assert (made.title, made.contact) == ("①㈱テスト", "①㈱テスト")


def test_html_alone_is_read_and_plain_text_goes_before_it(tmp_path: Path) -> None:
    html = mail("a", "<p>検索が<b>遅い</b></p><div>困ります</div>", Content_Type="text/html; charset=utf-8")
    both = b"--x\nContent-Type: text/plain\n\nplain\n--x\nContent-Type: text/html\n\n<p>html</p>\n--x--"
    parts = mail("b", both, Content_Type='multipart/alternative; boundary="x"', Subject="別件")
    items, _ = read(tmp_path, html, parts)
    words = sorted(turn.text.split() for one in items for turn in one.turns)
    assert words == [["plain"], ["検索が遅い", "困ります"]]


def test_from_inside_a_body_does_not_part_a_mail(tmp_path: Path) -> None:
    body = (
        "本文\n\nFrom here on it is slow.\n\nFrom x Thu Sep  3 10:00:00 2026\nnot a header\n\n>From escaped"
    )
    head = b"From a@b Thu Sep  3 10:00:00 2026\n"
    (tmp_path / "box.mbox").write_bytes(head + mail("a", body) + b"\n" + head + mail("b", "二通目") + b"\n")
    found = [read_letter(one, "x", TOKYO) for one in split_mbox(tmp_path / "box.mbox")]
    assert [one.id for one in found] == ["a@minato.example", "b@minato.example"]
    assert found[0].text.strip().split("\n")[-1] == "From escaped"
    assert "not a header" in found[0].text


def test_who_is_ours_follows_from_the_domain_that_every_mail_has(tmp_path: Path) -> None:
    others = [mail(f"m{n}", Subject=f"s{n}", From=f"x <x@c{n}.example>") for n in range(3)]
    items, skipped = read(tmp_path, *others, domains=[])
    assert ([turn.role for one in items for turn in one.turns], skipped) == (["customer"] * 3, [])


def test_where_nobody_can_tell_who_is_ours_the_line_says_what_to_set(tmp_path: Path) -> None:
    ((made,), skipped) = read(tmp_path, mail("a"), domains=[])
    assert [turn.role for turn in made.turns] == ["other"]
    assert skipped[0].reason == 'who is ours is not known: write `agents = ["@our-domain"]` into koe.toml'


def test_a_free_address_is_a_customer_of_its_own_and_domains_may_have_names(tmp_path: Path) -> None:
    free = mail("b", From="a <a@gmail.com>", Subject="別件")
    items, _ = read(tmp_path, mail("a"), free, accounts={"minato.example": "港の本屋"})
    assert sorted((one.account.id, one.account.name) for one in items) == [
        ("a@gmail.com", ""),
        ("minato.example", "港の本屋"),
    ]


def test_shuffled_files_give_the_same_tickets(tmp_path: Path) -> None:
    mails = [
        mail("a"),
        mail("b", "返事", **ANSWER, References="<a@minato.example>"),
        mail("c", Subject="別件"),
    ]
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    assert read(tmp_path / "1", *mails)[0] == read(tmp_path / "2", *reversed(mails))[0]


@pytest.mark.parametrize(
    ("subject", "base"),
    [
        pytest.param("Re: Fwd: RE[2]: 検索", "検索", id="marks"),
        pytest.param("返信：検索", "検索", id="japanese"),
        pytest.param("Ｒｅ：検索", "検索", id="full-width"),
        pytest.param("Regarding", "Regarding", id="word"),
    ],
)
def test_a_subject_without_its_marks(subject: str, base: str) -> None:
    assert base_subject(subject) == base


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "iso-2022-jp", "shift_jis", "euc-jp", "x"]))
def test_no_bytes_break_the_reading_of_a_body(data: bytes, label: str | None) -> None:
    text, _ = decode_body(data, label)
    assert isinstance(text, str)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading_of_a_mail(data: bytes) -> None:
    letter = read_letter(data, "x", TOKYO)
    assert letter.place == "x"
