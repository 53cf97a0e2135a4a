"""What the mask hides in a text, and what it leaves."""

import pytest

from tests.masked_text import hidden


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("電話は03-0000-5678です", "phone", "03-0000-5678", id="fixed line"),
        pytest.param("（03）0000-5678まで", "phone", "（03）0000-5678", id="brackets, full width"),
        pytest.param("０９０－００００－１２３４へ", "phone", "０９０－００００－１２３４", id="full width"),
        pytest.param("09000001234です", "phone", "09000001234", id="mobile, no hyphens"),
        pytest.param("080 0000 1234 まで", "phone", "080 0000 1234", id="spaced"),
        pytest.param("050-0000-9090", "phone", "050-0000-9090", id="ip phone"),
        pytest.param("0120-000-321に", "phone", "0120-000-321", id="toll free"),
        pytest.param("+81 90-0000-7788", "phone", "+81 90-0000-7788", id="plus 81"),
        pytest.param(
            "〇九〇の〇〇〇〇の一二三四です", "phone", "〇九〇の〇〇〇〇の一二三四", id="kanji digits"
        ),
        pytest.param("call (555) 010-4477 please", "phone", "(555) 010-4477", id="american"),
        pytest.param("It is +44 7700 900123.", "phone", "+44 7700 900123", id="british, plus"),
        pytest.param("on 020 7946 0991 today", "phone", "020 7946 0991", id="british"),
        pytest.param("メールはa.b+c@x.example.jpです", "email", "a.b+c@x.example.jp", id="mail between kana"),
        pytest.param(
            "ｉｎｆｏ＠ｘ．ｅｘａｍｐｌｅ．ｃｏｍへ",
            "email",
            "ｉｎｆｏ＠ｘ．ｅｘａｍｐｌｅ．ｃｏｍ",
            id="mail, full width",
        ),
        pytest.param(
            "送付先は大阪府北浜野市東雲台3-3-4です", "address", "大阪府北浜野市東雲台3-3-4", id="address"
        ),
        pytest.param(
            "川越野市新宿町3丁目20番5号です", "address", "川越野市新宿町3丁目20番5号", id="no prefecture"
        ),
        pytest.param(
            "at 48 Tanner Street, Bristol BS1 9ZZ.",
            "address",
            "48 Tanner Street, Bristol BS1 9ZZ",
            id="street",
        ),
        pytest.param("4111 1111 1111 1111です", "card", "4111 1111 1111 1111", id="card"),
        pytest.param(
            "使ったのは５５５５－５５５５－５５５５－４４４４",
            "card",
            "５５５５－５５５５－５５５５－４４４４",
            id="card, full width",
        ),
        pytest.param("マイナンバーは1234 5678 9012です", "mynumber", "1234 5678 9012", id="my number by cue"),
        pytest.param("123456789018を登録", "mynumber", "123456789018", id="my number by check digit"),
        pytest.param("パスワードはKoto#2026haruです", "credential", "Koto#2026haru", id="password"),
        pytest.param("PIN 4821が通らない", "credential", "4821", id="pin"),
        pytest.param(
            "use AKIAIOSFODNN7EXAMPLE here", "credential", "AKIAIOSFODNN7EXAMPLE", id="key by its shape"
        ),
        pytest.param("password: hunter2x", "credential", "hunter2x", id="english password"),
        pytest.param("普通 1234567 に振込", "bank", "1234567", id="bank account"),
        pytest.param("IBAN GB33BUKB20201555555555 ok", "bank", "GB33BUKB20201555555555", id="iban"),
        pytest.param("生年月日は昭和61年11月3日です", "birth", "昭和61年11月3日", id="birth, era"),
        pytest.param("born on 14 March 1987", "birth", "14 March 1987", id="birth, english"),
    ],
)
def test_a_personal_string_is_hidden_whole(text: str, kind: str, value: str) -> None:
    assert (kind, value) in hidden(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "お世話になっております。経理の岡です。", "岡", id="introduces herself after her department"
        ),
        pytest.param("私、阿久津と申します。", "阿久津", id="humble introduction"),
        pytest.param("森さんに聞いてください。", "森", id="honorific after a common word"),
        pytest.param("田之上様　ご連絡ありがとうございます。", "田之上", id="sama"),
        pytest.param("三枝部長の承認待ちです。", "三枝", id="title"),
        pytest.param("院長の柏木に聞きました。", "柏木", id="after a role"),
        pytest.param("佐々木が対応します。", "佐々木", id="no cue"),
        pytest.param("承認者を大河原 亜希子に変更", "大河原 亜希子", id="full name"),
        pytest.param("前は早見という者が見ていました。", "早見", id="to iu mono"),
        pytest.param("よろしくお願いします。\n\n椎名 拓海\n総務部", "椎名 拓海", id="signature line"),
        pytest.param("Regards,\nHelena Novak", "Helena Novak", id="english sign-off"),
        pytest.param("Hi, this is Siobhan Kelleher from Larkfield.", "Siobhan Kelleher", id="this is"),
        pytest.param("Please ask Ms. Okafor to call.", "Ms. Okafor", id="title, english"),
        pytest.param("名義は NAKANO YUI です", "NAKANO YUI", id="romaji"),
        pytest.param("Kevinさんにも共有", "Kevin", id="latin name with san"),
    ],
)
def test_a_name_nobody_told_is_found_by_the_words_around_it(text: str, name: str) -> None:
    assert ("person", name) in hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("残業と打刻の集計が合いません。", id="themes"),
        pytest.param("千葉と福島の店舗だけ在庫が合いません。", id="places"),
        pytest.param("東京都港区の店は対応エリアですか。", id="place without a number"),
        pytest.param("スズキの車を3台登録しています。", id="maker"),
        pytest.param("本田技研の下請けで、佐藤歯科の隣です。", id="companies named after persons"),
        pytest.param("お客様、業者さん、税理士さん、衛生士さんと共有", id="honorific after common nouns"),
        pytest.param("同様の仕様で、様子を見ます。氏名の欄です。", id="honorifics inside words"),
        pytest.param("そうですね、春ですし、原因は別です。", id="words before the copula"),
        pytest.param("注文番号 0312-4456-7789 が未着です。", id="order number"),
        pytest.param("伝票番号1234-5678-9012で追跡", id="parcel number"),
        pytest.param("2026-09-14 10:30から11:45まで、v3.10.2", id="dates, times, versions"),
        pytest.param("合計1,234,567円、9時-18時、休憩60分", id="amounts and hours"),
        pytest.param("パスワードは8文字以上ですか。パスワードを忘れました。", id="password without one"),
        pytest.param("The password is wrong. Where do I reset my password?", id="password in english"),
        pytest.param(
            "Will the May release fix this? Mark it done by April.", id="english words that are names"
        ),
        pytest.param("Order 555-0123-4567 and Invoice INV-20260914-0042", id="english numbers"),
        pytest.param("Main Street traffic; Harris County permits.", id="streets without a number"),
        pytest.param("本市は小学校11校、中学校5校です。", id="counts after a city"),
    ],
)
def test_ordinary_words_and_numbers_survive(text: str) -> None:
    assert hidden(text) == []
