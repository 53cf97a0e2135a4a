"""Numbers for words: the same on every machine and in every run."""

import hashlib
from functools import lru_cache


@lru_cache(maxsize=131_072)
def word_hash(word: str) -> int:
    """The 64-bit number a word is looked up by."""
    return int.from_bytes(hashlib.blake2b(word.encode(errors="replace"), digest_size=8).digest(), "little")
