"""A quote as names are looked for in it: nobody's name, nothing in parentheses, kana in full width."""

import re
import unicodedata

from koe.mask.placeholder import PLACEHOLDER

__all__ = ["plainly"]

LONGEST_QUOTE = 400
"""Characters of a quote that names are looked for in."""
_NAMED = re.compile(rf"{PLACEHOLDER.pattern}(?:さん|様|氏)?")
_ASIDE = re.compile(r"(?<=\S)\s*[（(][^（）()\n]{1,24}[）)]")
_HALF_WIDTH = re.compile(r"[\uff66-\uff9f]+")


def plainly(quote: str) -> str:
    """The beginning of a quote, without what names are made without."""
    text = _ASIDE.sub("", _NAMED.sub(" ", quote[:LONGEST_QUOTE]))
    return _HALF_WIDTH.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
