"""Japanese names that only what stands around them shows, and words that stand there and are none."""

import pytest

from tests.masked_text import hidden


def _persons(text: str) -> list[str]:
    return [found for kind, found in hidden(text) if kind == "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("領収書について、南様からお問い合わせです", ["南"], id="one character, in a word"),
        pytest.param("木様\n\n平素より", ["木"], id="a mail's first line"),
        pytest.param("目黒主任の端末です", ["目黒"], id="a place's name, with a rank"),
        pytest.param("弁護士の雲母坂氏に", ["雲母坂"], id="a rare name"),
        pytest.param("（勅使瓦 結衣様）", ["勅使瓦 結衣"], id="surname and given name, apart"),
        pytest.param("薬袋 千尋 / MINAI Chihiro", ["薬袋 千尋", "MINAI Chihiro"], id="its reading behind it"),
        pytest.param("李 美玲（リ メイリン）様", ["李 美玲", "リ メイリン"], id="another reading"),
        pytest.param("カナはコバヤシ ユウトです", ["コバヤシ ユウト"], id="in katakana"),
        pytest.param("えっと、うちの堀が言うには", ["堀"], id="ours"),
        pytest.param("もしもし、高梨と言いますけど", ["高梨"], id="as one says"),
        pytest.param(
            "お電話代わりました、安曇野でございます。", ["安曇野"], id="a place's name on the phone"
        ),
        pytest.param("品質保証部 鮎川 つむぎ <a@example.jp>", ["鮎川 つむぎ"], id="before its mail"),
        pytest.param("よろしくお願いします。\n株式会社クスノキ 総務課 土師", ["土師"], id="behind its desk"),
        pytest.param("購買の九十九さんに", ["九十九"], id="a number"),
        pytest.param("Ōnoさんの予定", ["Ōno"], id="a long vowel"),
    ],
)
def test_a_name_is_known_by_what_stands_around_it(text: str, names: list[str]) -> None:
    assert _persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "王様のアイスという商品",
        "出番帳 サポート様",
        "外来様は二台 検査科様は一台です",
        "載せてるだけで月七万 常連さんの予約",
        "ヤマト運輸さんの集荷は何時まで",
        "皆様\n平素より",
        "製造部長に確認します",
        "出荷、検品と言いますが",
        "ハイ エースの名義",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert _persons(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "京都市下京区架空小路通仮筋東入ル見本町77-1",
        "旭川市九十九条通三十丁目右8号",
        "兵庫県神仮市中架区三番町2-1-30 見本プラザ B棟 608",
    ],
)
def test_addresses_of_kyoto_and_the_north_are_hidden_down_to_the_room(address: str) -> None:
    assert ("address", address) in hidden(f"届け先は{address}です")


def test_an_address_does_not_take_the_phones_label_with_it() -> None:
    assert hidden("福仮市架空町字見本谷2041番地\nTEL 082-000-1111")[0][1].endswith("2041番地")
