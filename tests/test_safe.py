"""Customer text in every place it is shown in."""

import csv
import io
import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.report.safe import csv_cell, html, markdown, plain, shorten, terminal

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@＝＋－＠−\t\r\n \u200b\"'`<>|[](){}!#*_~\\&:/.www"), st.characters()
    )
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('=HYPERLINK("http://evil.example","x")', id="equals"),
        pytest.param("＝1＋1", id="full-width equals"),
        pytest.param("＋81", id="full-width plus"),
        pytest.param("－2", id="full-width minus"),
        pytest.param("−2", id="minus sign"),
        pytest.param("＠SUM(A1)", id="full-width at"),
        pytest.param("﹦1", id="small equals"),
        pytest.param("  \t=1", id="leading white space"),
        pytest.param("\u3000=1", id="ideographic space"),
        pytest.param("\u200b\ufeff=1", id="zero-width"),
        pytest.param('"=1', id="leading quote"),
        pytest.param("\x00\x1b=1", id="controls"),
        pytest.param("\u202e=1", id="bidi override"),
        pytest.param("\r\n@x", id="line break"),
    ],
)
def test_a_cell_that_could_be_a_formula_starts_with_an_apostrophe(text: str) -> None:
    assert csv_cell(text).startswith("'")


def test_a_cell_of_ordinary_words_stays_as_it_is() -> None:
    assert csv_cell("CSV出力が遅い (3回目)") == "CSV出力が遅い (3回目)"


@given(HOSTILE)
def test_no_cell_read_back_starts_with_a_formula_character(text: str) -> None:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerow([csv_cell(text), "next"])
    (cell, following) = next(csv.reader(io.StringIO(file.getvalue())))
    visible = [
        ch for ch in cell if not ch.isspace() and unicodedata.category(ch) not in ("Cf", "Cc", "Mn", "Me")
    ]
    assert following == "next"
    assert not visible or unicodedata.normalize("NFKC", visible[0])[0] not in "=+-@−"


@given(HOSTILE)
def test_html_keeps_no_bare_angle_bracket_quote_or_control(text: str) -> None:
    out = str(html(text))
    assert not re.search(r"[<>\"'\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        pytest.param("![x](http://evil.example/?d=1)", r"\!\[x\]\(`http://evil.example/?d=1)`", id="image"),
        pytest.param("<img src=x onerror=alert(1)>", r"&lt;img src\=x onerror\=alert\(1\)&gt;", id="html"),
        pytest.param("# 見出し", r"\# 見出し", id="heading"),
        pytest.param("- 項目", r"\- 項目", id="list"),
        pytest.param("1. 項目", r"1\. 項目", id="numbered list"),
        pytest.param("@channel と #123", "`@channel` と `#123`", id="mentions"),
        pytest.param("<!channel>", r"&lt;\!channel&gt;", id="slack channel"),
        pytest.param("www.evil.example、どうぞ", "`www.evil.example`、どうぞ", id="autolink"),
        pytest.param("a | b", r"a \| b", id="table border"),
        pytest.param("一行目\n\n> 二行目", "一行目 &gt; 二行目", id="line breaks"),
        pytest.param("遅いです。2回目", "遅いです。2回目", id="ordinary words"),
    ],
)
def test_markdown_shows_what_was_written_and_makes_nothing_of_it(text: str, out: str) -> None:
    assert markdown(text) == out


@given(HOSTILE)
def test_markdown_has_no_html_link_or_line_break_whatever_comes(text: str) -> None:
    out = markdown(text)
    outside_code = re.sub(r"(?<!\\)`[^`]*`", "", re.sub(r"\\[\\`]", "", out))
    assert "\n" not in out and "<" not in out
    assert not re.search(r"(?<!\\)[\[\]!|]", outside_code)
    assert "://" not in outside_code


@pytest.mark.parametrize(
    ("text", "out"),
    [
        pytest.param("\x1b[31m赤\x1b[0m", "赤", id="colour"),
        pytest.param("\x1b]8;;http://evil.example\x1b\\押す\x1b]8;;\x1b\\", "押す", id="link"),
        pytest.param("\x1b]0;題\x07本文", "本文", id="title"),
        pytest.param("\x9b2J消す", "消す", id="one-byte sequence"),
        pytest.param("戻る\rcover\x08", "戻る cover", id="carriage return"),
        pytest.param("\u202eabc\u2066", "abc", id="bidi"),
    ],
)
def test_the_terminal_gets_no_escape_sequence(text: str, out: str) -> None:
    assert terminal(text) == out


@given(HOSTILE)
def test_plain_text_is_one_printable_line(text: str) -> None:
    assert len(plain(text).splitlines()) <= 1
    assert not any(unicodedata.category(ch) in ("Cc", "Cs") for ch in plain(text))


def test_a_shortened_text_says_that_it_is_one() -> None:
    assert shorten("あ" * 10, 4) == "ああああ…"
    assert shorten("あ" * 4, 4) == "ああああ"


@pytest.mark.parametrize(
    "piece", ["x", "a.", "a-", "a@", "://", "x:", "#1", "9", "\x1b]", "\x1b[", "[", "`", "=", " "]
)
def test_a_very_long_text_of_anything_is_done_in_a_moment(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    start = time.perf_counter()
    for make in (html, markdown, csv_cell, terminal, plain):
        make(text)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("助かります。\n明日伺います。", "助かります。明日伺います。", id="sentences"),
        pytest.param("りんご\nみかん", "りんご みかん", id="lines of a list"),
        pytest.param("It works.\nThanks.", "It works. Thanks.", id="English"),
    ],
)
def test_between_japanese_sentences_of_two_lines_stands_no_blank(text: str, line: str) -> None:
    assert plain(text) == line
