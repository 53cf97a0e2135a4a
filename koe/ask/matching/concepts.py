"""Words that speak of one matter in the everyday of business software, in Japanese and English.

General knowledge, one matter a line; word vectors know little of English here, and the vectors of
Japanese words miss what only a trade links (slow, wait, minutes). `concepts_en.txt` has what Japanese
vectors know better: it links English words to each other and to Japanese ones, not Japanese ones alone.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from koe.language.sudachi import JAPANESE
from koe.language.tokens import index_tokens

__all__ = ["is_same_matter"]

HERE = Path(__file__).parent
FILES = ("concepts.txt", "concepts_en.txt")


@lru_cache(maxsize=200_000)
def is_same_matter(one: str, other: str) -> bool:
    """Whether two index tokens speak of one matter."""
    names = FILES[:1] if JAPANESE.search(one) and JAPANESE.search(other) else FILES
    return any(_matters(name).get(one, _NONE) & _matters(name).get(other, _NONE) for name in names)


_NONE: frozenset[int] = frozenset()


@cache
def _matters(name: str) -> Mapping[str, frozenset[int]]:
    """Index token → the numbers of the matters it speaks of."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate((HERE / name).read_text("utf-8").splitlines()):
        for token in index_tokens(line):
            if token[0] == "w":
                found[token].add(number)
    return {token: frozenset(numbers) for token, numbers in found.items()}
