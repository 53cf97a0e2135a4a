"""The report of a made week, rendered and taken apart."""

from html.parser import HTMLParser

from koe.language.text import Language
from koe.report.markdown import digest_markdown
from koe.report.page import digest_page
from koe.report.view import arrange
from tests.report_week import Week


class Page(HTMLParser):
    """Everything a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "path", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]


def page_of(week: Week, language: Language = "ja") -> str:
    """The week's page."""
    return digest_page(arrange(*week, language), language)


def markdown_of(week: Week, language: Language = "ja") -> str:
    """The week's Markdown."""
    return digest_markdown(arrange(*week, language), language)
