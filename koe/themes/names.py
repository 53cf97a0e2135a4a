"""Names of themes are unique within a kind and never change by themselves."""

from collections.abc import Collection

from koe.language.text import clean

LONGEST = 80


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The wanted name on one line, with a number behind it where another theme has it already."""
    name = " ".join(clean(wanted).split())[:LONGEST] or "?"
    if name not in taken:
        return name
    return next(other for n in range(2, len(taken) + 3) if (other := f"{name} ({n})") not in taken)
