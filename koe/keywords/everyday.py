"""Words of everyday talk. Alone they say nothing about a purchase, so a lean of theirs has to be proven.

In a compound they stand like any other word: 「人数」 alone is no hint, 「人数課金」 may be one. The lists
beside this file are Japanese in normal form and plain English.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from koe.language.stems import stem

__all__ = ["is_everyday"]


def is_everyday(parts: Iterable[str], *, foreign: bool = False) -> bool:
    """Whether every word of a term, in normal form, belongs to everyday talk.

    `foreign`: English words among Japanese ones, which are names of things there: 「LINE」.
    """
    known = _known(foreign)
    return all(part in known for part in parts)


@cache
def _known(foreign: bool) -> frozenset[str]:
    here = Path(__file__).parent
    english = () if foreign else map(stem, _words(here / "everyday_en.txt"))
    return frozenset((*_words(here / "everyday_ja.txt"), *english))


def _words(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
