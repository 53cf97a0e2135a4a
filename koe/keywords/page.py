"""The keyword report as one HTML file and as Markdown."""

import re

from markupsafe import Markup, escape

from koe.keywords.shape import Keyword, KeywordReport
from koe.keywords.words import message, period, words_in
from koe.language.text import Language
from koe.report.pages import render
from koe.report.safe import plain

__all__ = ["keyword_markdown", "keyword_page"]

_GAPS = re.compile(r"\n{3,}")


def keyword_page(report: KeywordReport, language: Language) -> str:
    """The page, self-contained, without script."""
    return render("keywords.html.j2", language, _values(report, language))


def keyword_markdown(report: KeywordReport, language: Language) -> str:
    """The report as Markdown, without a link, an image or HTML in it."""
    return _GAPS.sub("\n\n", render("keywords.md.j2", language, _values(report, language))).strip() + "\n"


def _values(report: KeywordReport, language: Language) -> dict[str, object]:
    words = words_in(language)
    counts = {tier: sum(word.tier == tier for word in report.keywords) for tier in words.tiers}
    return {
        "k": words,
        "report": report,
        "sides": [(side, report.of(side)) for side in ("won", "lost")],
        "period": period(report, words),
        "lines": message(report, words),
        "counts": counts,
        "diverging": lambda word: _diverging(word, report, words.outcomes),
        "points": _points,
    }


def _points(share: float) -> str:
    """A difference in percentage points with its sign, `+44` or `−7`."""
    rounded = round(share * 100)
    return f"+{rounded}" if rounded > 0 else f"−{-rounded}" if rounded < 0 else "±0"


def _diverging(word: Keyword, report: KeywordReport, outcomes: dict[str, str]) -> Markup:
    """Two bars from the middle: the share of lost deals to the left, of won deals to the right."""
    lost, won = word.deals_lost / report.deals_lost, word.deals_won / report.deals_won
    title = f"{word.term}: {outcomes['lost']} {lost:.0%}, {outcomes['won']} {won:.0%}"
    body = (
        '<rect class="rail" width="200" height="10"/>'
        f'<rect class="left" x="{100 - 100 * lost:.2f}" width="{100 * lost:.2f}" height="10"/>'
        f'<rect class="right" x="100" width="{100 * won:.2f}" height="10"/>'
        '<path class="middle" d="M100 -3V13"/>'
    )
    return Markup(
        '<svg class="diverging" viewBox="0 0 200 10" preserveAspectRatio="none" role="img">'
        f"<title>{escape(plain(title))}</title>{body}</svg>"
    )
