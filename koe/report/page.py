"""The week as one HTML file."""

from koe.language.text import Language
from koe.report.figures import week_label
from koe.report.index import Line
from koe.report.pages import render
from koe.report.view import View, page_values
from koe.report.words import words_in

__all__ = ["digest_page"]


def digest_page(view: View, language: Language) -> str:
    """The page of a week, self-contained."""
    facts = view.facts
    drawn = {
        "volume_pairs": [(v.tickets, v.calls) for v in facts.volume_history],
        "volume_totals": [v.tickets + v.calls for v in facts.volume_history],
        "volume_title": _volume_title(view, language),
        "history_lines": [Line(theme.name, theme.history) for theme in view.histories],
        "history_most": max((max(theme.history) for theme in view.histories), default=0),
    }
    return render("digest.html.j2", language, page_values(view) | drawn)


def _volume_title(view: View, language: Language) -> str:
    words = words_in(language)
    return words.comma.join(
        f"{week_label(week, language)} {words.tickets_label} {v.tickets} {words.calls_label} {v.calls}"
        for week, v in zip(view.facts.weeks, view.facts.volume_history, strict=True)
    )
