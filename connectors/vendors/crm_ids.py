"""Ids of Salesforce records, which come with 15 letters or with 18. Pure."""

import re

_SHORT = re.compile(r"[A-Za-z0-9]{15}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def whole_id(key: str) -> str:
    """The id with 18 letters; anything else as it is.

    Of each five letters, which are capitals is a number from 0 to 31, written as a letter behind them.
    """
    if not _SHORT.fullmatch(key):
        return key
    parts = (key[n : n + 5] for n in (0, 5, 10))
    return key + "".join(
        _LETTERS[sum(1 << n for n, letter in enumerate(part) if "A" <= letter <= "Z")] for part in parts
    )
