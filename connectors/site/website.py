"""The company's own website: pages of a sitemap, or of a folder with Markdown, text or HTML.

Used: GET of the sitemap (also an index of sitemaps, also packed with gzip) and of each page it names, four a
second at most. No link is followed; only addresses of the same site are asked. A page that cannot be read is
named and the rest goes on.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from connectors.site.safe_fetch import Fetcher, Resolve, inflate
from connectors.site.web_pages import page_of_html, page_of_text
from koe.errors import RetryError, SetupError, SkipError
from koe.settings.website import WebsiteSettings

__all__ = ["Site", "WebPage", "read_site"]

MAX_SITEMAPS = 50
MAX_DEPTH = 3
PAUSE_S = 0.25
READ = (".md", ".markdown", ".txt", ".html", ".htm")
MAX_FILE = 3_000_000


class WebPage(NamedTuple):
    """One page: where it is, its title, its text with headings as lines that start with `#`."""

    url: str
    title: str
    text: str


class Site(NamedTuple):
    """What was read of a site."""

    pages: tuple[WebPage, ...]
    skipped: tuple[str, ...]
    """One line for each page or sitemap that could not be read."""
    complete: bool
    """Every page was asked and answered, if only with "gone"; what is not here is no longer there."""


def read_site(
    settings: WebsiteSettings, home: Path, resolver: Resolve | None = None, pause_s: float = PAUSE_S
) -> Site:
    """The pages of the site. Raises SetupError when its folder or sitemap cannot be read at all,
    RetryError when the site does not answer."""
    if settings.folder is not None:
        return _read_folder(home / settings.folder.expanduser(), settings.max_pages)
    assert settings.sitemap is not None
    walk = _Walk(Fetcher(settings.sitemap, settings.private, resolver), settings, pause_s)
    return walk.read(settings.sitemap)


class _Walk:
    """One reading of a sitemap."""

    def __init__(self, fetcher: Fetcher, settings: WebsiteSettings, pause_s: float) -> None:
        self._fetcher = fetcher
        self._max_pages = settings.max_pages
        self._pause_s = pause_s
        self._skipped: list[str] = []
        self._seen: set[str] = set()
        self._complete = True
        self._sitemaps = 1

    def read(self, sitemap: str) -> Site:
        try:
            root = self._sitemap(sitemap)
        except RetryError as error:
            raise RetryError(f"The sitemap cannot be read: {error} Try again later.") from None
        except SkipError as error:
            raise SetupError(f"The sitemap cannot be read: {error} Check [website] in koe.toml.") from None
        pages = [page for url in self._pages(root, 1) if (page := self._page(url)) is not None]
        return Site(tuple(pages), tuple(self._skipped), self._complete)

    def _sitemap(self, url: str) -> Element:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring

        self._seen.add(url)
        fetched = self._fetcher.get(url)
        body = inflate(url, fetched.body) if fetched.body[:2] == b"\x1f\x8b" else fetched.body
        try:
            root: Element = fromstring(body, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError):
            raise SkipError(f"{url!r} is no sitemap.") from None
        return root

    def _pages(self, root: Element, depth: int) -> Iterator[str]:
        """Addresses of pages, each once, as many as allowed."""
        is_index = root.tag.endswith("sitemapindex")
        for url in (place.text.strip() for place in root.iter() if place.tag.endswith("}loc") and place.text):
            if url in self._seen:
                continue
            if is_index:
                yield from self._below(url, depth)
            elif len(self._seen) - self._sitemaps >= self._max_pages:
                self._skip(f"{url!r} and what follows: more than max_pages = {self._max_pages}.", True)
                return
            else:
                self._seen.add(url)
                yield url

    def _below(self, url: str, depth: int) -> Iterator[str]:
        if depth >= MAX_DEPTH or self._sitemaps >= MAX_SITEMAPS:
            self._skip(f"{url!r}: sitemaps nested or listed without end.", True)
            return
        self._sitemaps += 1
        try:
            root = self._sitemap(url)
        except (RetryError, SkipError) as error:
            self._skip(str(error), True)
        else:
            yield from self._pages(root, depth + 1)

    def _page(self, url: str) -> WebPage | None:
        time.sleep(self._pause_s)
        try:
            fetched = self._fetcher.get(url)
        except SkipError as error:
            self._skip(str(error), False)
            return None
        except RetryError as error:
            self._skip(str(error), True)
            return None
        if fetched.media_type not in ("text/html", "application/xhtml+xml", "text/plain", "text/markdown"):
            self._skip(f"{url!r} is {fetched.media_type or 'of no type'}, not a page.", False)
            return None
        if "html" in fetched.media_type:
            return WebPage(url, *page_of_html(fetched.body))
        return WebPage(url, *page_of_text(fetched.body, urlsplit(url).path))

    def _skip(self, line: str, may_stand: bool) -> None:
        self._skipped.append(line)
        self._complete = self._complete and not may_stand


def _read_folder(folder: Path, max_pages: int) -> Site:
    root = folder.resolve()
    if not root.is_dir():
        raise SetupError(f"The website folder {str(folder)!r} does not exist. Check [website] in koe.toml.")
    pages: list[WebPage] = []
    skipped: list[str] = []
    found = sorted(path for path in root.rglob("*") if path.suffix.lower() in READ and path.is_file())
    for path in found:
        name = path.relative_to(root).as_posix()
        if not path.resolve().is_relative_to(root):
            skipped.append(f"{name!r} points out of the folder.")
        elif path.stat().st_size > MAX_FILE:
            skipped.append(f"{name!r} is larger than {MAX_FILE:,} bytes.")
        elif len(pages) >= max_pages:
            skipped.append(f"{name!r} and what follows: more than max_pages = {max_pages}.")
            break
        else:
            reader = page_of_html if path.suffix.lower().startswith(".htm") else None
            body = path.read_bytes()
            pages.append(WebPage(name, *(reader(body) if reader else page_of_text(body, name))))
    return Site(tuple(pages), tuple(skipped), True)
