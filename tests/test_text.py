"""Folding, and the way back to the source's own characters."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.language.text import clean, fold, language_of, nfkc_view, normalize, sentences

MIXED = st.text(st.sampled_from("aB9 \n\t　ガｶﾞﾊﾟ①㈱髙あ漢〜～がé😀é。.,!?「」"), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("ｶﾞｿﾘﾝ ﾊﾟﾝ", "ガソリンパン", id="half-width kana with split marks"),
        pytest.param("４８秒", "48秒", id="full-width digits"),
        pytest.param("１２\n０件", "120件", id="full-width digits over a line's end"),
        pytest.param("12\n0件、１ ２", "12 0件、1 2", id="two numbers stay two"),
        pytest.param("帳票が\n  出ない", "帳票が出ない", id="a line break inside Japanese"),
        pytest.param("API  key\nlost", "API key lost", id="white space between Latin words is one space"),
        pytest.param("10 000", "10 000", id="a space between digits stays"),
        pytest.param("ゼ\u200bロ幅", "ゼロ幅", id="zero-width characters go"),
        pytest.param("9時〜10時", "9時~10時", id="wave dashes are one"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(MIXED)
def test_every_folded_character_points_at_the_source_it_came_from(text: str) -> None:
    for view in (fold(text), nfkc_view(text)):
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert list(view.starts) == sorted(view.starts)
        for ch, start, end in zip(*view, strict=True):
            source = text[start:end]
            assert ch in normalize(source) or (ch == " " and source.isspace())


@given(MIXED)
def test_the_view_is_nfkc(text: str) -> None:
    assert normalize(nfkc_view(text).text) == normalize(text)


@given(MIXED)
def test_folding_twice_only_joins_marks_that_a_gap_had_parted(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == normalize(once)


@given(MIXED)
def test_sentences_hold_every_character_that_is_not_white_space(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_closing_bracket_stays_with_its_sentence() -> None:
    text = "「遅い。」と聞いた。Hello there. 3.5 cm"
    assert [text[a:b] for a, b in sentences(text)] == ["「遅い。」と聞いた。", "Hello there.", "3.5 cm"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("The export is slow", "en", id="english"),
        pytest.param("CSVのexportがslow", "ja", id="mixed"),
        pytest.param("12:00", "en", id="no letters"),
        pytest.param("ﾛｸﾞｲﾝ", "ja", id="half-width kana"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_control_and_bidi_characters_and_lone_surrogates_go_and_lines_stay() -> None:
    assert clean("a\x00b\x1b[31m\u202ec\ud83dd\r\ne\rf") == "ab[31mcd\ne\nf"
