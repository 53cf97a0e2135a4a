"""The site's pages in the ledger, and what can be looked up in them."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from koe import faults
from koe.keywords.counts import contains
from koe.language.text import normalize
from koe.ledger.exchange import page
from koe.ledger.upsert import upsert
from koe.workspace import Workspace

__all__ = ["Pages", "Read", "Section", "keep_pages", "load_pages"]


class Read(Protocol):
    """A page as a reader of the site gives it."""

    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


class Section(NamedTuple):
    """A heading of a page and what stands under it."""

    url: str
    heading: str
    body: str


class Pages(NamedTuple):
    """The site as it was read last."""

    urls: tuple[str, ...]
    texts: tuple[str, ...]
    """As they are searched: NFKC, lower case."""
    sections: tuple[Section, ...]

    def using(self, variants: Sequence[str]) -> tuple[str, ...]:
        """Pages that use one of these ways to write a term, as `koe.keywords` counts them."""
        return tuple(
            url
            for url, text in zip(self.urls, self.texts, strict=True)
            if any(contains(text, variant) for variant in variants)
        )


def keep_pages(ws: Workspace, pages: Sequence[Read], complete: bool) -> int:
    """How many pages the ledger has of the site now; of a complete reading it has these and no other."""
    rows = [{"url": one.url, "title": one.title, "text": one.text} for one in pages]
    with ws.ledger.begin() as conn:
        if complete:
            conn.execute(sa.delete(page))
        upsert(conn, page, rows)
        count = conn.scalar(sa.select(sa.func.count()).select_from(page))
        faults.point("website: before commit")
    return int(count or 0)


def load_pages(ws: Workspace) -> Pages | None:
    """The site, or None when none was read yet."""
    with ws.ledger.connect() as conn:
        rows = conn.execute(sa.select(page).order_by(page.c.url)).all()
    if not rows:
        return None
    return Pages(
        urls=tuple(row.url for row in rows),
        texts=tuple(normalize(f"{row.title}\n{row.text}").lower() for row in rows),
        sections=tuple(section for row in rows for section in _sections(row.url, row.text)),
    )


def _sections(url: str, text: str) -> list[Section]:
    """The headings of a page with what stands under each; words before the first heading stand under ""."""
    found: list[Section] = []
    heading, body = "", list[str]()
    for line in text.split("\n"):
        if line.startswith("#"):
            found.append(Section(url, heading, "\n".join(body)))
            heading, body = line.lstrip("# "), []
        else:
            body.append(line)
    found.append(Section(url, heading, "\n".join(body)))
    return [section for section in found if section.heading or section.body.strip()]
