"""Stems of English words."""

import threading
from functools import lru_cache
from typing import Any

_here = threading.local()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of an English word; anything with another letter than a–z stays as it is."""
    bare = word.removesuffix("'s").removesuffix("’s")
    return str(_stemmer().stemWord(bare)) if bare.isascii() and bare.isalpha() and len(bare) > 2 else bare


def _stemmer() -> Any:
    if not hasattr(_here, "stemmer"):
        import snowballstemmer

        _here.stemmer = snowballstemmer.stemmer("english")
    return _here.stemmer
