"""Names the mask knows: every form of them, one pseudonym for each person."""

import pytest

from koe.mask import PLACEHOLDER
from koe.mask.known import known_name
from koe.mask.numbers import passes_iban, passes_luhn, passes_my_number
from koe.mask.romaji import spellings
from koe.mask.text import mask_text
from tests.masked_text import hidden, scope


@pytest.mark.parametrize(
    "text",
    ["逢坂が伺います", "逢坂 亮より", "逢坂亮です", "亮さんと逢坂さん", "逢坂様", "おうさかと申します"],
)
def test_a_known_name_is_found_in_every_form(text: str) -> None:
    assert not {"逢坂", "亮さん", "おうさか"} & {
        part for part in [mask_text(text, scope("逢坂 亮")).text] if part in text
    }
    assert hidden(text, scope("逢坂 亮"))


def test_one_person_has_one_pseudonym_however_they_are_named() -> None:
    at = scope("Marcus Webb", "野々村 誠")
    masked = mask_text("野々村 誠と野々村様、ノノムラさん。", at).text
    assert len(set(PLACEHOLDER.findall(masked))) == 1
    english = mask_text("Marcus Webb called. Thanks, Marcus", at).text
    assert len(set(PLACEHOLDER.findall(english))) == 1


def test_two_known_people_of_one_surname_stay_two() -> None:
    masked = mask_text("花田 一郎と花田 良子が来ます。", scope("花田 一郎", "花田 良子")).text
    assert len(set(PLACEHOLDER.findall(masked))) == 2


def test_pseudonyms_differ_between_accounts_and_keys() -> None:
    one = mask_text("高橋さん", scope()).text
    assert one != mask_text("高橋さん", scope()._replace(account="A-2")).text
    assert one != mask_text("高橋さん", scope()._replace(key=b"another")).text


def test_placeholders_speak_the_language_of_the_turn() -> None:
    assert mask_text("高橋さんからです。", scope()).text.startswith("[人名-")
    assert "[PERSON-" in mask_text("Please ask Ms. Okafor to call.", scope()).text


def test_secrets_get_no_code_that_a_guess_could_be_tried_on() -> None:
    masked = mask_text("パスワードはKoto#2026haru、カードは4111 1111 1111 1111です", scope()).text
    assert "[認証情報]" in masked and "[カード]" in masked


def test_the_accounts_own_name_stays_readable_and_its_namesake_does_not() -> None:
    masked = mask_text("佐藤歯科の佐藤です。", scope("佐藤 恵", company="佐藤歯科")).text
    assert masked.startswith("佐藤歯科の[人名-") and masked.endswith("]です。")


def test_the_accounts_own_name_becomes_a_pseudonym_where_the_settings_ask() -> None:
    at = scope(company="株式会社カモメ運輸", readable=False)
    masked = mask_text("株式会社カモメ運輸です。カモメの件で。", at).text
    assert "カモメ" not in masked and len(set(PLACEHOLDER.findall(masked))) == 1


def test_words_to_keep_are_never_masked() -> None:
    assert hidden("サクラさんの画面で佐々木を開く", scope(keep=("佐々木",))) == []


def test_a_placeholder_typed_by_a_customer_stays_as_typed() -> None:
    masked = mask_text("[人名-aaaa]と表示され、高橋さんも困っています。", scope())
    assert masked.text.startswith("[人名-aaaa]と表示され、[人名-")
    assert len(masked.spans) == 1


@pytest.mark.parametrize(
    "field",
    ["サポート", "お客様", "取引先", "ユーザー", "Support Team", "Speaker 1", "a@example.com", "", "受付"],
)
def test_a_desk_is_no_person(field: str) -> None:
    assert known_name(field) is None


def test_check_digits() -> None:
    assert passes_luhn("4111111111111111") and not passes_luhn("4111111111111112")
    assert passes_my_number("123456789018") and not passes_my_number("123456789012")
    assert passes_iban("GB33BUKB20201555555555") and not passes_iban("GB34BUKB20201555555555")


def test_spellings_of_a_reading() -> None:
    assert {"sato", "satoh", "satou"} <= spellings("サトウ")
    assert "hattori" in spellings("ハットリ")
    assert "shinjo" in spellings("シンジョウ")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Best,\nTomasz Lind\nTechnical Manager", ["Tomasz Lind"], id="title on the line below"),
        pytest.param("Thanks again,\nJoanne\nMoorfield House, Reception", ["Joanne"], id="place below"),
        pytest.param("Thanks a million,\nDonal Creagh\nCreagh Marine", ["Donal Creagh"], id="a million"),
        pytest.param("Kind regards\nRuairí Ó Tuathail\nDeputy Head", ["Ruairí Ó Tuathail"], id="Irish"),
        pytest.param("Mit freundlichen Grüßen\nUwe Kranz", ["Uwe Kranz"], id="German"),
        pytest.param("Met vriendelijke groet,\nJoost van Elderveen", ["Joost van Elderveen"], id="Dutch"),
    ],
)
def test_a_signature_is_the_name_and_nothing_of_the_line_below(text: str, names: list[str]) -> None:
    assert [found for kind, found in hidden(text) if kind == "person"] == names


@pytest.mark.parametrize(
    "text",
    [
        "Once you get to Locations, Opening Hours, the save button is missing.",
        "Practice Manager\nWillow Court Surgery",
        "Is a shop in Co. Kerry cheaper, or one in County Clare?",
        "Traffic round Foundry Avenue and Cooper's Way was bad.",
        "They're Mennonite, a lot of them.",
    ],
)
def test_screens_counties_and_streets_are_no_persons(text: str) -> None:
    assert [found for kind, found in hidden(text) if kind == "person"] == []
