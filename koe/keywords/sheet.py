"""The keyword report as a workbook that can be sorted and filtered; the same report, the same bytes.

Cells of customers' words are written as strings whatever they begin with: no formula, no link.
"""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from koe.keywords.rows import COLUMNS, Row, rows_of
from koe.keywords.shape import Keyword, KeywordReport, Side
from koe.keywords.words import KeywordWords, message, period, words_in
from koe.language.text import Language
from koe.report.safe import plain

__all__ = ["workbook"]

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_PLAIN_STRINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST = 32_000
"""Characters of a cell; Excel's own limit is 32,767."""
_WIDTHS = {"term": 24, "tier": 11, "needed": 13, "industry": 18, "variants": 60}
_NUMBERS = {
    "share_won": "0%",
    "share_lost": "0%",
    "difference": "+0%;[Red]-0%;0%",
    "low": "+0%;-0%;0%",
    "high": "+0%;-0%;0%",
    "log_odds": "+0.00;-0.00;0.00",
    "p": "0.0000",
    "p_adjusted": "0.0000",
}
_QUOTE_COLUMNS = ("outcome", "term", "quote", "conversation", "turn")
_QUOTE_WIDTHS = (11, 22, 90, 16, 10)
_BARS = {"share_won": "#8FB0DC", "share_lost": "#E3B7AB"}
_BAR = {
    "type": "data_bar",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 1,
}


class _Book(NamedTuple):
    file: Any
    words: KeywordWords
    head: Any
    text: Any
    wrap: Any
    finding: Any
    numbers: dict[str, Any]


def workbook(report: KeywordReport, language: Language) -> bytes:
    """The bytes of an XLSX with the sheets won, lost, quotes and how to read them."""
    out = BytesIO()
    words = words_in(language)
    with xlsxwriter.Workbook(out, _PLAIN_STRINGS) as file:
        file.set_properties({"title": words.title, "created": CREATED})
        book = _book(file, words)
        for side in ("won", "lost"):
            _write_side(book, report, side)
        _write_quotes(book, report)
        _write_about(book, report)
    return out.getvalue()


def _book(file: Any, words: KeywordWords) -> _Book:
    font = {"font_name": "Yu Gothic", "font_size": 10.5, "valign": "top"}
    base = file.formats[0]
    base.set_font_name("Yu Gothic")
    base.set_font_size(10.5)
    head = {
        **font,
        "bold": True,
        "bg_color": "#1D4F91",
        "font_color": "#FFFFFF",
        "valign": "vcenter",
        "text_wrap": True,
    }
    return _Book(
        file,
        words,
        file.add_format(head),
        file.add_format(font),
        file.add_format({**font, "text_wrap": True}),
        file.add_format({**font, "bold": True, "font_color": "#1D4F91"}),
        {name: file.add_format({**font, "num_format": form}) for name, form in _NUMBERS.items()},
    )


def _write_side(book: _Book, report: KeywordReport, side: Side) -> None:
    rows = rows_of(report, report.of(side), book.words)
    sheet = book.file.add_worksheet(plain(book.words.outcomes[side]))
    _head(book, sheet, [(name, _WIDTHS.get(name, 12)) for name in COLUMNS])
    for n, (row, word) in enumerate(zip(rows, report.of(side), strict=True), start=1):
        _write_row(book, sheet, n, (row, word))
    _finish(sheet, len(rows), len(COLUMNS))
    if not rows:
        _say(book, sheet, [book.words.none, *message(report, book.words)])
    for name, colour in _BARS.items() if rows else ():
        column = COLUMNS.index(name)
        sheet.conditional_format(1, column, len(rows), column, {**_BAR, "bar_color": colour})


def _write_row(book: _Book, sheet: Any, n: int, item: tuple[Row, Keyword]) -> None:
    row, word = item
    for column, name in enumerate(COLUMNS):
        value = getattr(row, name)
        style = book.finding if name in ("term", "tier") and word.tier == "finding" else book.text
        if isinstance(value, str):
            sheet.write_string(n, column, _cell(value), book.wrap if name == "variants" else style)
        elif value is not None:
            sheet.write_number(n, column, value, book.numbers.get(name, book.text))


def _write_quotes(book: _Book, report: KeywordReport) -> None:
    sheet = book.file.add_worksheet(book.words.quotes)
    _head(book, sheet, list(zip(_QUOTE_COLUMNS, _QUOTE_WIDTHS, strict=True)))
    lines = [(word, quote) for word in report.keywords for quote in word.quotes]
    for n, (word, quote) in enumerate(lines, start=1):
        values = (book.words.outcomes[word.outcome], word.term, quote.quote, quote.conversation)
        for column, value in enumerate(values):
            sheet.write_string(n, column, _cell(value), book.wrap)
        sheet.write_number(n, len(values), quote.turn, book.text)
    _finish(sheet, len(lines), len(_QUOTE_COLUMNS))
    if not lines:
        _say(book, sheet, [book.words.none])


def _write_about(book: _Book, report: KeywordReport) -> None:
    words = book.words
    sheet = book.file.add_worksheet(words.about)
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    totals = [
        f"{words.outcomes['won']} {words.deals(report.deals_won)}",
        f"{words.outcomes['lost']} {words.deals(report.deals_lost)}",
    ]
    tiers = [f"{words.tiers[tier]}: {note}" for tier, note in words.tier_notes.items()]
    parts = [
        period(report, words),
        " · ".join(totals),
        *message(report, words),
        "",
        *tiers,
        "",
        *words.how,
        "",
        *words.method,
    ]
    sheet.write_string(0, 0, words.title, book.head)
    for n, line in enumerate(parts, start=1):
        sheet.write_string(n, 0, line, book.wrap)


def _head(book: _Book, sheet: Any, columns: list[tuple[str, int]]) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 32)
    for n, (name, width) in enumerate(columns):
        sheet.set_column(n, n, width)
        sheet.write_string(0, n, book.words.columns[name], book.head)


def _finish(sheet: Any, rows: int, columns: int) -> None:
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _say(book: _Book, sheet: Any, lines: list[str]) -> None:
    """Why a sheet has no row, where its first rows would be."""
    for n, line in enumerate(lines, start=1):
        sheet.write_string(n, 0, line, book.text)


def _cell(text: str) -> str:
    return plain(text)[:LONGEST]
