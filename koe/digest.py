"""The digest's shape: sentences that passed the guard, with their numbers filled in."""

from typing import Literal

from koe.language.text import Language
from koe.records import Record

DigestState = Literal["draft", "guarded", "published", "degraded", "held"]


class Filled(Record):
    """One sentence as people read it."""

    section: str
    text: str
    cites: tuple[str, ...] = ()
    """Findings that carry it, by id."""
    template: str = ""
    """The sentence before its slots were filled: what `koe.guard.check_filled` fills and reads again."""


class Refusal(Record):
    """A sentence the guard took out, and why."""

    rule: str
    reason: str
    text: str
    """The sentence with its slots; empty where it held something personal or a link."""


class Digest(Record):
    """The week in words."""

    week: str
    language: Language
    engine: str
    state: DigestState
    sentences: tuple[Filled, ...]
    refusals: tuple[Refusal, ...] = ()
    """What the guard took out, first try and second together."""
    held_for: tuple[str, ...] = ()
    """Why a person should look before the words go out; empty unless the state is `held`."""
