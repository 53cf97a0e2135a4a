"""A model's own words beside a customer's: kept only where nothing that can be checked in them fails.

A statement or a name paraphrases, so it cannot be compared with the text word for word. What can be
checked is: no figure that the text does not have, no link, no markup, nothing personal, one line.
"""

import re

from koe.engine.model.orders import is_order
from koe.guard.words import LINK, MARKUP
from koe.language.text import Language, clean, language_of, normalize

__all__ = ["sober"]

LONGEST = 200
_DIGITS = re.compile(r"\d+")
_BRACES = re.compile(r"[{}<>]")


def sober(words: str, told: str, language: Language) -> str:
    """The words on one line, or nothing where `told` cannot carry them or the language is another."""
    line = " ".join(clean(words).split())
    plain = normalize(line)
    if not line or len(line) > LONGEST or language_of(line) != language:
        return ""
    if LINK.search(plain) or MARKUP.search(plain) or _BRACES.search(plain):
        return ""
    figures = set(_DIGITS.findall(normalize(told)))
    if any(figure not in figures for figure in _DIGITS.findall(plain)):
        return ""
    return "" if is_order(line) or _is_personal(line, told) else line


def _is_personal(line: str, told: str) -> bool:
    """Whether something personal stands in it that the text, which is masked, does not have."""
    from koe.mask.text import Scope, mask_text

    masked = mask_text(line, Scope(account="", company="", people=(), key=b"prose"))
    return any(line[span.raw_start : span.raw_end] not in told for span in masked.spans)
