"""What the ledger takes from a source, said as protocols, and what a pull did.

Nothing here knows a source; `connectors.base` fulfils the protocols.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from koe.language.text import Language
from koe.progress import Progress, progress_in
from koe.records import Conversation, Deal


class TakenItem(Protocol):
    """One record as it came and as it is understood."""

    @property
    def record(self) -> Conversation | Deal: ...
    @property
    def raw(self) -> str: ...


class SkippedItem(Protocol):
    """What came in and cannot be used."""

    @property
    def place(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def week(self) -> str | None: ...
    @property
    def raw(self) -> str | None: ...


class TakenPage(Protocol):
    """A part of a stream."""

    @property
    def items(self) -> Sequence[TakenItem]: ...
    @property
    def cursor(self) -> Mapping[str, str]: ...
    @property
    def skipped(self) -> Sequence[SkippedItem]: ...
    @property
    def gone(self) -> Sequence[str]: ...
    @property
    def listing(self) -> str | None: ...
    @property
    def complete(self) -> bool: ...
    @property
    def kept(self) -> Sequence[str]: ...
    @property
    def merged(self) -> Sequence[tuple[str, str]]: ...
    @property
    def notes(self) -> Sequence[str]: ...


class TakenSource(Protocol):
    """Where pages come from."""

    @property
    def name(self) -> str: ...
    @property
    def streams(self) -> Sequence[str]: ...
    def pages(self, stream: str, cursor: Mapping[str, str] | None) -> Iterator[TakenPage]: ...


@runtime_checkable
class SweptSource(Protocol):
    """A source that is asked now and then what it no longer has."""

    def sweep(
        self, stream: str, cursor: Mapping[str, str] | None, known: Callable[[str], Sequence[str]]
    ) -> Iterator[TakenPage]: ...


class Address(NamedTuple):
    """A stream of a source, and the listing a page of it belongs to."""

    source: str
    stream: str
    listing: str | None


Say = Callable[[str, Language], str]


def as_it_is(sentence: str, language: Language) -> str:
    """The sentence, in whatever language it is."""
    return sentence


class PullResult(NamedTuple):
    """What a pull did; `skipped` and `without_deal` are what stands for the source after it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    skipped: int = 0
    without_deal: int = 0
    """Calls that name a deal which the source does not have; they are read all the same."""
    notes: tuple[str, ...] = ()
    """What the source said on the way, each once."""
    refused: int = 0
    """What came this time and could not be used."""
    is_first: bool = False
    """Whether the source was never pulled before."""

    def line(self, language: Language = "en", say: Say = as_it_is) -> str:
        """It in one line for people, a line more for each note; a source as it was is said to be so.

        `say` has a note in that language: sources speak English.
        """
        words = progress_in(language)
        counts = [words.counts[name].format(n=getattr(self, name)) for name in COUNTS]
        if not any((self.new, self.changed, self.unchanged, self.withdrawn)):
            counts = [self._nothing(words), words.counts["skipped"].format(n=self.skipped)]
        line = words.comma.join(counts)
        return "\n".join((line, *(f"  {say(note, language)}" for note in self.notes)))

    def _nothing(self, words: Progress) -> str:
        """Why nothing was taken in."""
        if self.refused:
            return words.nothing_usable if self.is_first else words.nothing_new_usable
        return words.nothing_came if self.is_first else words.nothing_changed


COUNTS = ("new", "changed", "unchanged", "withdrawn", "skipped", "without_deal")
"""What a pull's line says, in this order."""


def add(left: PullResult, right: PullResult) -> PullResult:
    """Both together; a note said twice is said once."""
    counts = {name: getattr(left, name) + getattr(right, name) for name in (*COUNTS, "refused")}
    notes = tuple(dict.fromkeys(left.notes + right.notes))
    return PullResult(**counts, notes=notes, is_first=left.is_first or right.is_first)
