"""Words of everyday talk. Alone they say nothing about a purchase, so a lean of theirs has to be proven.

In a compound they stand like any other word: 「人数」 alone is no hint, 「人数課金」 may be one. The lists
beside this file are Japanese in normal form and plain English.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from koe.language.stems import stem

__all__ = ["is_everyday"]


def is_everyday(parts: Iterable[str]) -> bool:
    """Whether every word of a term, in normal form, belongs to everyday talk."""
    known = _known()
    return all(part in known for part in parts)


@cache
def _known() -> frozenset[str]:
    here = Path(__file__).parent
    return frozenset(_words(here / "everyday_ja.txt")) | frozenset(
        map(stem, _words(here / "everyday_en.txt"))
    )


def _words(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
