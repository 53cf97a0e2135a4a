"""The week as Markdown: for a pull request, a wiki, a chat."""

import re

from koe.language.text import Language
from koe.report.pages import render
from koe.report.view import View, page_values

__all__ = ["digest_markdown"]

_GAPS = re.compile(r"\n{3,}")


def digest_markdown(view: View, language: Language) -> str:
    """The week's report as Markdown, without a link, an image or HTML in it."""
    return _GAPS.sub("\n\n", render("digest.md.j2", language, page_values(view))).strip() + "\n"
