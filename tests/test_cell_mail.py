"""Of a mail in a cell only what is marked as quoted, and a card at its end, is cut."""

from time import process_time

import pytest

from connectors.text.cell_mail import own_words

RULE = "=" * 24
CARD = f"{RULE}\n北野歯科医院\n北野 修\nTEL 03-0000-1021\nMail: info@kitano.example.jp\n{RULE}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            f"北野です。\n\n届きません。\n\n> 北野様\n> 岡田です。\n\n以上です。\n\n{CARD}",
            "北野です。\n\n届きません。\n\n\n以上です。",
            id="quoted in the middle and a card",
        ),
        pytest.param(
            "ありがとうございました。\n\n2026年10月16日 17:02 店 <s@y.jp>:\n> 飯島様\n\nご確認を。",
            "ありがとうございました。\n\n\nご確認を。",
            id="who is quoted",
        ),
        pytest.param(
            "重いです。\r\n\r\n--\r\n北野歯科医院 北野 修", "重いです。", id="a card of a name alone"
        ),
        pytest.param(
            "It is slow.\n\n-- \nAcme Ltd\n+44 20, +1\nsales@acme.example", "It is slow.", id="in English"
        ),
        pytest.param(
            f"重いです。\n{RULE}\n〒100-0013 東京都千代田区霞が関1-1\n北野歯科医院",
            "重いです。",
            id="an address",
        ),
    ],
)
def test_what_is_quoted_and_the_card_are_cut(text: str, words: str) -> None:
    assert own_words(text, ["北野歯科医院", "北野 修", ""]) == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("お問い合わせ内容\n--------\n電話予約の件で、画面が真っ白です。", id="a section"),
        pytest.param("概要\n--------\n症状: 真っ白\nTEL 03-0000-1021", id="fields of a form"),
        pytest.param(
            "概要\n--------\n北野歯科医院\nTEL 03-0000-1021\n画面が真っ白", id="a fragment below it"
        ),
        pytest.param("遅いです。\n--\n追伸 北野 修も困っています", id="an afterthought"),
        pytest.param("遅いです。\n--\n至急対応希望", id="dashes without a name"),
        pytest.param(f"{CARD}\n画面が開きません。", id="a card on top"),
        pytest.param("> 全部引用です\n> です", id="nothing else"),
        pytest.param("件数が\n>= 10 のとき落ちます\n>_< 困りました", id="no quotation"),
        pytest.param("お客様より\n-----Original Message-----\nFrom: a@b.example\n動きません", id="passed on"),
        pytest.param("先日メールを書きました：\n動きません", id="who wrote, and nothing quoted"),
        pytest.param("一行目\r\n二行目  \r\n", id="line ends"),
        pytest.param("", id="empty"),
    ],
)
def test_the_message_itself_stays_as_it_is(text: str) -> None:
    assert own_words(text, ["北野歯科医院", "北野 修", ""]) == text


def test_a_cell_of_many_lines_costs_no_more_than_its_length() -> None:
    text = "遅いです。\n" + "----\n" * 200_000
    begun = process_time()
    assert own_words(text, ["北野"]) == text
    assert process_time() - begun < 5
