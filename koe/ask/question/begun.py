"""Companies that go by the first words of their names, such as Saltmarsh of Saltmarsh Veterinary Group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

__all__ = ["beginnings", "is_meant"]

SHORTEST = 4
"""Letters of the first word."""


def beginnings(names: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Accounts by what their names begin with, whole words, where one name alone does; Latin names only."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        words = name.split()
        if name.isascii() and words and len(words[0]) >= SHORTEST and words[0].isalpha():
            for n in range(1, len(words)):
                found[" ".join(words[:n])].add(name)
    return {
        start: set(names[name])
        for start, some in found.items()
        if start not in names and len(some) == 1
        for name in some
    }


def is_meant(written: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether such a beginning stands for the company: it is no word of English, or is written as a name."""
    from koe.language.vectors_en import is_known

    return any(
        not is_known(written[start:end].lower().split()[0])
        or (start > 0 and written[start].isupper() and written[start - 1] == " ")
        for start, end in spans
    )
