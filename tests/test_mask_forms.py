"""Forms of personal things that are easily missed, and words that only look like them."""

import pytest

from koe.mask.text import MaskedText, Scope, mask_text

SCOPE = Scope("A-1", "", (), b"key")


def _masked(text: str) -> MaskedText:
    return mask_text(text, SCOPE)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        pytest.param("福山部長の承認が抜けています。", "福山", id="title-of-two-tokens"),
        pytest.param("王さんの勤務時間です。", "王", id="one-character-of-abroad"),
        pytest.param("金さんのシフトを移してください。", "金", id="one-character-that-is-a-word"),
        pytest.param("グエン・ティ・ランさんを招待してください。", "グエン・ティ・ラン", id="three-parts"),
        pytest.param("折り返しは 0 9 0 - 8 8 7 6 - 1 2 3 4 まで。", "0 9 0 - 8 8 7 6 - 1 2 3 4", id="digits"),
        pytest.param("〒100-8692 銀座郵便局 私書箱45号へ", "〒100-8692 銀座郵便局 私書箱45号", id="box"),
        pytest.param("J. P. Alvarez signed the form.", "J. P. Alvarez", id="initials"),
        pytest.param("Mark wants the ticket closed.", "Mark", id="a-word-that-acts"),
        pytest.param("May from your billing team rang.", "May", id="a-month-with-a-desk"),
        pytest.param("Sato-san could not log in.", "Sato", id="san-in-english"),
        pytest.param(
            "At 14 Wattle Street, Brunswick VIC 3056.", "14 Wattle Street, Brunswick VIC 3056", id="au"
        ),
        pytest.param("Send to PO Box 812, Hamilton 3240.", "PO Box 812, Hamilton 3240", id="nz-box"),
        pytest.param("The gate code is 5520 now.", "5520", id="gate-code"),
    ],
)
def test_a_form_that_is_easily_missed_is_hidden_whole(text: str, hidden: str) -> None:
    assert hidden not in _masked(text).text
    assert "".join(_masked(text).text.split("[")[0]) == text[: text.index(hidden)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("楽天さんと在庫を連動できますか。", id="company-with-san"),
        pytest.param("王様のアイスという商品が二つ出ます。", id="king"),
        pytest.param("広島支店長の印が要ります。", id="branch"),
        pytest.param("製造番号 4111 1111 1111 1112 の機械です。", id="serial-of-sixteen"),
        pytest.param("Christian holidays aren't in the calendar.", id="christian"),
        pytest.param("May is our busiest month.", id="month"),
        pytest.param("U.S. Customs forms print blank.", id="us"),
        pytest.param("April needs checking and so does June.", id="months-that-need"),
        pytest.param("Press R, L, E, Y. And then enter.", id="keys"),
        pytest.param("配送は3本社5支店まで、1-2の順です。", id="counts"),
    ],
)
def test_a_word_that_only_looks_like_it_stays(text: str) -> None:
    assert _masked(text).spans == ()


def test_the_host_of_a_connection_string_is_no_mail_address() -> None:
    spans = _masked("postgres://app:Tsuki99zz@db.example:5432/main").spans
    assert [span.type for span in spans] == ["credential"]
