"""What a source is.

A source gives pages. A page's records and the cursor after it are committed in one transaction, so
that a run killed anywhere reads the last page again, loses nothing and doubles nothing.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from koe.records import Conversation, Deal

Cursor = Mapping[str, str]
"""Where a stream stands: flat, durable, and the source's own business."""


class Item(NamedTuple):
    """One record of a page: as it came, and normalised."""

    record: Conversation | Deal
    raw: str


class Skipped(NamedTuple):
    """What came in and could not be used."""

    place: str
    """File and line, or the vendor's id."""
    reason: str
    """One sentence: what is wrong, without a customer's words."""
    week: str | None = None
    """The week it would have counted in, when its date can be read."""
    raw: str | None = None
    """The vendor's object, so that it can be normalised again; None where there is a file to read again."""


class Page(NamedTuple):
    """A part of a stream, with the cursor that stands after it."""

    items: tuple[Item, ...]
    cursor: Cursor
    skipped: tuple[Skipped, ...] = ()
    gone: tuple[str, ...] = ()
    """External ids that the source no longer has."""
    listing: str | None = None
    """Name of the full listing the page belongs to; None where the stream only tells what changed."""
    complete: bool = False
    """The page ends its listing: what the ledger has of this stream and the listing has not is gone."""
    kept: tuple[str, ...] = ()
    """External ids that the listing has in a form nobody can use: what the ledger has of them stays."""
    merged: tuple[tuple[str, str], ...] = ()
    """External ids of what was merged away, each with that of the record that took its place."""
    notes: tuple[str, ...] = ()
    """What the person who pulls should know: one sentence each, without a customer's words."""


class Source(Protocol):
    """Where records come from."""

    name: str
    streams: tuple[str, ...]
    """What it gives, such as `tickets`, `calls`, `deals`; pulled in this order."""

    def pages(self, stream: str, cursor: Cursor | None) -> Iterator[Page]:
        """The pages of a stream that follow the cursor; from the start when there is none."""
        ...
