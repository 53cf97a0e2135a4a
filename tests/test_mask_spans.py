"""Masked text leads back to its source, and is a function of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from koe.language.text import clean
from koe.mask import PLACEHOLDER
from koe.mask.text import mask_text
from tests.masked_text import hidden, scope

PIECES = st.sampled_from(
    [
        "高橋さん",
        "090-0000-1234",
        "a@x.example.com",
        "\u3000",
        "\n",
        "ｶﾞ",
        "㈱",
        "残業",
        "が",
        "Tom",
        "…",
        "😀",
        "パスワードはKoto#2026です",
        "東京都青波区中央1-2-3",
        "[人名-aaaa]",
        "é",
        "\u200b",
        "〒000-0001",
        "4111111111111111",
        "Regards,\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=10).map("".join))
def test_spans_lead_back_to_the_source(text: str) -> None:
    masked = mask_text(text, scope("高橋 次郎"))
    source, back, at = clean(text), "", 0
    for span in masked.spans:
        assert span.start >= at and PLACEHOLDER.fullmatch(masked.text[span.start : span.end])
        back += masked.text[at : span.start] + source[span.raw_start : span.raw_end]
        at = span.end
    assert back + masked.text[at:] == source


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_masking_is_a_function_of_its_input(text: str) -> None:
    assert mask_text(text, scope("Tom Reed")) == mask_text(text, scope("Tom Reed"))


def test_a_text_longer_than_the_tokenizer_takes_is_masked_to_its_end() -> None:
    text = "残業の集計が合いません。" * 3000 + "高橋さんより"
    assert hidden(text) == [("person", "高橋")]
