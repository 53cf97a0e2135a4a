"""A person's own words in a mail: without what it quotes and without the signature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.text.mail_text import customer_words

SIGNATURE = "\n──────────────\n株式会社港の本屋 野中\nTEL 03-1234-5678\n"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param(f"遅いです。\n{SIGNATURE}", "遅いです。", id="ruled-signature"),
        pytest.param("遅いです。\n\n-- \n野中\n", "遅いです。", id="dash-signature"),
        pytest.param(
            "遅いです。\n\n港の本屋 野中\n〒123-4567 東京\nTEL: 03-1234-5678\n",
            "遅いです。",
            id="block",
        ),
        pytest.param("遅いです。\niPhoneから送信", "遅いです。", id="phone"),
        pytest.param("遅い。\n\n> 前のメール\n>> もっと前\n", "遅い。", id="angle"),
        pytest.param("> 一つ目は\nはい。\n> 二つ目は\nいいえ。", "はい。\nいいえ。", id="answers-between"),
        pytest.param("遅い。\n\n-----Original Message-----\nFrom: a\nTo: b\n\n前", "遅い。", id="original"),
        pytest.param("遅い。\n\nOn Thu, Sep 3, 2026 Desk <d@our.example> wrote:\n> 前", "遅い。", id="wrote"),
        pytest.param(
            "遅い。\n\nOn Thu, Sep 3, 2026 Desk\n<d@our.example> wrote:\n\n前",
            "遅い。",
            id="wrote-wrapped",
        ),
        pytest.param("遅い。\n\n2026年9月3日(木) 10:12 窓口 <d@our.example>:\n> 前", "遅い。", id="gmail-ja"),
        pytest.param(
            "遅い。\n\n2026/09/03 10:12、窓口 <d@our.example>のメール:\n\n> 前",
            "遅い。",
            id="iphone-ja",
        ),
        pytest.param("遅い。\n\n窓口さんは書きました:\n> 前", "遅い。", id="wrote-ja"),
        pytest.param(
            "遅い。\n\n差出人: 窓口\n送信日時: 9/3\n宛先: 野中\n件名: x\n\n前",
            "遅い。",
            id="outlook-ja",
        ),
        pytest.param("遅い。\n\nFrom: a\nSent: b\nTo: c\nSubject: d\n\n前", "遅い。", id="outlook"),
        pytest.param(
            "---------- Forwarded message ---------\nFrom: a\nDate: b\nSubject: c\n\n遅い。",
            "遅い。",
            id="passed-on",
        ),
        pytest.param("遅い。\n2026/09/03 10:12、窓口のメール:\n前", "遅い。", id="iphone-ja-no-address"),
        pytest.param(
            "遅い。\n\nDate: 2026/9/3\nFrom: a\nTo: b\nSubject: c\n\n前", "遅い。", id="date-first"
        ),
        pytest.param(
            "Thanks, solved!\nOn Thu, Sep 3, 2026 Desk <d@our.example> wrote:\nold",
            "Thanks, solved!",
            id="right-above",
        ),
        pytest.param(
            "遅い。\n\nOn Thu, 3 Sep 2026 10:12:00 +0900\n窓口 <d@our.example> wrote:\n\n> 前",
            "遅い。",
            id="wrapped-before-the-name",
        ),
        pytest.param("> 前のメールだけ", "", id="nothing-own"),
        pytest.param(
            "手順:\n----\n1. 開く\n----\n2. 押す",
            "手順:\n----\n1. 開く\n----\n2. 押す",
            id="rules-are-kept",
        ),
        pytest.param(
            "https://a.example を開き\nhttps://b.example を押すと落ちます",
            None,
            id="links-are-kept",
        ),
        pytest.param("From: の欄が空です。\n宛先も空です。", None, id="header-words-are-kept"),
        pytest.param("田中さんは書きました。\nでも届きません。", None, id="prose-is-kept"),
        pytest.param("お世話になっております。\n\nTEL 欄が保存できません。", None, id="one-contact-word"),
    ],
)  # fmt: skip
def test_a_persons_own_words(text: str, own: str | None) -> None:
    assert customer_words(text) == (text if own is None else own)


PROSE = st.text(st.sampled_from("あいう漢字abc、。！ \n"), max_size=60)
QUOTED = st.lists(st.text(st.sampled_from("あいabc。"), max_size=10), min_size=1, max_size=4)


@given(PROSE)
def test_prose_is_left_as_it_is(text: str) -> None:
    assert customer_words(text) == text.strip("\n \t　")


@given(PROSE.filter(lambda text: bool(text.strip())), QUOTED)
def test_quoted_lines_never_come_through(text: str, quoted: list[str]) -> None:
    lines = "\n".join(f"> {line}" for line in quoted)
    assert customer_words(f"{text}\n\n{lines}\n") == text.strip("\n \t　")


CARD = "Rosa Lind\nHead of Care\nLindberg AB"


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        pytest.param(f"Best regards,\n{CARD}", "", id="regards"),
        pytest.param(f"Kind regards\n\n{CARD}\n+46 70 123 45 67", "", id="a blank line and a number"),
        pytest.param("Mit freundlichen Grüßen\nJürgen Süß", "", id="German"),
        pytest.param("Thanks,\nRosa", "", id="thanks and a name"),
        pytest.param(
            "Thanks!\nThe export still fails", "Thanks!\nThe export still fails", id="thanks and more"
        ),
        pytest.param("Best regards,\nRosa\n\nPS: the export fails too", None, id="an afterthought"),
        pytest.param("Regards,\nRosa\nCan you call me?", None, id="a question behind it"),
        pytest.param("Best regards,", None, id="nothing behind it"),
    ],
)
def test_who_a_mail_is_from_is_left_out_below_its_closing(end: str, kept: str | None) -> None:
    text = f"Hello,\nthe sync stopped working.\n\n{end}"
    whole = text if kept is None else f"Hello,\nthe sync stopped working.\n\n{kept}".strip()
    assert customer_words(text) == whole
