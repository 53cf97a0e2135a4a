"""Words that speak of one matter in the everyday of business software, in Japanese and English.

General knowledge, one matter a line in `concepts.txt`; word vectors know little of English here, and
the vectors of Japanese words miss what only a trade links (slow, wait, minutes).
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from koe.tokens import index_tokens

FILE = Path(__file__).with_name("concepts.txt")


@cache
def concepts() -> Mapping[str, frozenset[int]]:
    """Index token → the numbers of the matters it speaks of."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(FILE.read_text("utf-8").splitlines()):
        for token in index_tokens(line):
            if token[0] == "w":
                found[token].add(number)
    return {token: frozenset(numbers) for token, numbers in found.items()}
