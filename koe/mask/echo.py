"""Names that a conversation itself has told: found once by what stands around them, then known."""

from collections.abc import Iterable, Iterator, Sequence

from koe.language import stopwords
from koe.mask.hits import Hit
from koe.mask.known import KnownName, find_known, known_name
from koe.mask.names_en import NOT_NAMES, is_doubtful_given
from koe.mask.tokens import Token, kinds_of
from koe.mask.words_ja import NEVER_INTRODUCED, PLACES

__all__ = ["find_heard", "heard_in", "is_said"]


def heard_in(names: Iterable[str]) -> tuple[KnownName, ...]:
    """The people whose names these are, without names that are words or places as well."""
    people = {
        person for name in names if (person := known_name(name)) is not None and _is_only_a_name(person)
    }
    return tuple(sorted(people))


def is_said(text: str, people: Sequence[KnownName]) -> bool:
    """Whether a part of somebody's name stands in the text at all."""
    return any(part in text for person in people for part in (person.family, person.given) if len(part) > 1)


def find_heard(
    text: str, tokens: Sequence[Token], people: Sequence[KnownName]
) -> Iterator[tuple[Hit, KnownName]]:
    """Where the people are named again, each with whose name it is; in Latin letters with a capital."""
    for hit, person in find_known(text, tokens, people):
        word = text[hit.start : hit.end]
        if not person.latin or (word[0].isupper() and not text[hit.end : hit.end + 2].strip()[:1].isupper()):
            yield hit, person


def _is_only_a_name(person: KnownName) -> bool:
    parts = [part for part in (person.family, person.given) if part]
    if person.latin:
        return all(len(part) > 2 and _is_no_word(part) for part in parts)
    return (
        len(person.family) > 1
        and person.family not in PLACES | NEVER_INTRODUCED
        and not (kinds_of(person.family) & {"noun", "proper"})
    )


def _is_no_word(part: str) -> bool:
    word = part.lower()
    return part[0].isupper() and word not in NOT_NAMES | stopwords.EN and not is_doubtful_given(word)
