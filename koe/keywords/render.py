"""The keyword report in the form somebody asked for."""

import csv
import io

from koe.errors import SetupError
from koe.keywords.rows import COLUMNS, rows_of
from koe.keywords.shape import KeywordReport
from koe.keywords.words import words_in
from koe.language.text import Language
from koe.report.safe import csv_cell

__all__ = ["FORMATS", "render"]

FORMATS = ("html", "xlsx", "csv", "md", "json")


def render(report: KeywordReport, format: str, language: Language) -> bytes:
    """The report as `html`, `xlsx`, `csv`, `md` or `json`; the same report gives the same bytes."""
    if format == "xlsx":
        from koe.keywords.sheet import workbook

        return workbook(report, language)
    if format in ("html", "md"):
        from koe.keywords.page import keyword_markdown, keyword_page

        page = keyword_page if format == "html" else keyword_markdown
        return page(report, language).encode()
    if format == "csv":
        return _csv(report, language)
    if format == "json":
        return (report.model_dump_json(indent=2) + "\n").encode()
    raise SetupError(f"There is no format {format!r} for keywords. Choose one of {', '.join(FORMATS)}.")


def _csv(report: KeywordReport, language: Language) -> bytes:
    """One row per keyword, for spreadsheets: a byte order mark, every cell quoted, no cell a formula."""
    words = words_in(language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([words.columns["outcome"], *(words.columns[name] for name in COLUMNS)])
    for word, row in zip(report.keywords, rows_of(report, report.keywords, words), strict=True):
        writer.writerow([words.outcomes[word.outcome], *(_cell(value) for value in row)])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | int | float | None) -> str:
    if isinstance(value, str):
        return csv_cell(value)
    if isinstance(value, float):
        return f"{value:.4f}"
    return "" if value is None else str(value)
