"""Several records with one id: which of them counts, and what is said of the others.

Exports overlap: what says the same in each is no loss and nothing is said of it, and an earlier state of
a record is counted alone. What may be another record is named with its place.
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from connectors.records.json_lines import Found
from koe.errors import SkipError
from koe.records import Conversation, Deal


class Best(NamedTuple):
    """The one of several records with one id that counts."""

    rank: tuple[Any, ...]
    place: str
    record: Conversation | Deal
    age: tuple[Any, ...]


def best_of(record: Conversation | Deal, found: Found) -> Best:
    """The record as one that may count before others, by how new its file is."""
    return Best(_rank(record, found.age), found.place, record, found.age)


def is_older_state(record: Conversation | Deal, age: tuple[Any, ...], first: Best) -> bool:
    """Whether it is what another file says of the same record, and not the same that is read.

    Raises SkipError where it may be another record, or where one file has both.
    """
    if record == first.record:
        return False
    if age == first.age or not _is_same(record, first.record):
        raise SkipError(_twice(record, first))
    return True


def _is_same(one: Conversation | Deal, other: Conversation | Deal) -> bool:
    """Whether both are of one customer, and of one moment where they are conversations."""
    if isinstance(one, Conversation) and isinstance(other, Conversation):
        return one.account.id == other.account.id and one.created_at == other.created_at
    return one.account.id == other.account.id


def _twice(record: Conversation | Deal, first: Best) -> str:
    """What is said of a record whose id another has too."""
    name = f"id {record.external_id[:40]!r}"
    if record.account.id == first.record.account.id:
        return f"{name} stands in {first.place} too, which is newer"
    return (
        f"{name} stands in {first.place} too, for another company, which is newer and is read; files that "
        "each count for themselves need a folder and a source of their own"
    )


def _rank(record: Conversation | Deal, age: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is newer is more, by its own time of change, else by its file; the record's own text breaks ties,
    so that the order of lines does not. A deal's closing may be planned, so its file tells before it."""
    if isinstance(record, Deal):
        return age, record.closed_at or datetime.min.replace(tzinfo=UTC), record.model_dump_json()
    moment = record.updated_at or record.created_at
    return moment, age, len(record.turns), record.model_dump_json()
