"""The shape of an edition: parts, entries and voices, ready for every channel. It holds no markup."""

from typing import Literal, NamedTuple, get_args

from koe.language.text import Language
from koe.records import Record

__all__ = ["EDITIONS", "Attachment", "Edition", "EditionName", "Entry", "Letter", "Part", "Voice"]

EditionName = Literal["developers", "support", "sales", "content", "management"]
EDITIONS: tuple[EditionName, ...] = get_args(EditionName)


class Voice(Record):
    """Words of a conversation, verbatim, and where they stand."""

    text: str
    source: str = ""
    """Account, day and conversation, as a reader is told; empty where it is that of the voice before."""
    label: str = ""
    """What the words are, where they are no plain quote: `before it`, `answered`."""


class Entry(Record):
    """One theme, deal or word: a heading, its figures, who said it, and the words."""

    title: str
    figures: tuple[str, ...] = ()
    """Short phrases, each a computed figure with its unit."""
    accounts: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()


class Part(Record):
    """Entries under one heading; `none` says so where there are none."""

    title: str
    note: str = ""
    """How the entries were chosen or counted."""
    entries: tuple[Entry, ...] = ()
    none: str = ""


class Attachment(Record):
    """A file that goes with an edition."""

    name: str
    media_type: str
    content: bytes


class Edition(Record):
    """What one department receives of one week."""

    name: EditionName
    week: str
    revision: int
    language: Language
    title: str
    period: str
    summary: tuple[str, ...]
    """Sentences of the digest that passed the guard, or computed ones."""
    parts: tuple[Part, ...]
    footer: tuple[str, ...]
    """What was read and what was not: the week's coverage in a line or two."""
    attachments: tuple[Attachment, ...] = ()


class Letter(NamedTuple):
    """An edition ready to go out, in the forms that channels need; all of them say the same."""

    edition: Edition
    text: str
    markdown: str
    html: str

    @property
    def place(self) -> str:
        """What there is one of on a channel: an edition of a week, whatever its revision."""
        return f"{self.edition.name}-{self.edition.week.lower()}"

    @property
    def key(self) -> str:
        """Name of this very letter: its place and the revision."""
        return f"{self.place}-r{self.edition.revision}"
