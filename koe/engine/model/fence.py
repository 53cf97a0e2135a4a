"""Customer text as it is shown to a model: as data, in lines that it cannot leave.

Every line of a customer's text starts with a mark of ours, so that no line of theirs can look like a
header, a turn or the end of the data, and nothing random is needed that would change a call's bytes.
"""

import re

from koe.language.text import ZERO_WIDTH, clean

__all__ = ["fenced", "one_line", "shown", "unfenced"]

JOINT = "\u200b"
"""Taken out again when a quote is compared with its turn: zero-width characters do not count there."""
_SPECIAL = re.compile(
    r"<(?=\|)|<(?=/?s>)|<(?=<SYS)|<(?=/?(?:system|user|assistant|human|tool|start_of_turn|end_of_turn)\b)"
    r"|\[(?=/?(?:INST|SYSTEM|AVAILABLE_TOOLS)\])",
    re.IGNORECASE,
)
"""Where the marks begin that chat templates are made of; a server may take them for its own."""
_PREFIX = re.compile(r"^(?:\d+ customer\| |\| ?)", re.MULTILINE)
_ZERO_WIDTH = {ord(ch): None for ch in ZERO_WIDTH}


def shown(text: str) -> str:
    """The text without invisible characters and with the marks of chat templates broken.

    Quotes of it still compare equal with the text (`koe.language.text.fold`).
    """
    return _SPECIAL.sub(lambda match: match[0] + JOINT, clean(text).translate(_ZERO_WIDTH))


def fenced(head: str, text: str) -> str:
    """The text behind its head, each further line behind a bar."""
    lines = [line.strip() for line in shown(text).splitlines()]
    first, *more = [line for line in lines if line] or [""]
    return "\n".join([f"{head}| {first}", *(f"| {line}" for line in more)])


def one_line(text: str) -> str:
    """The text on a single line."""
    return " ".join(shown(text).split())


def unfenced(quote: str) -> str:
    """A quote as a model gives it back, without the marks of lines that it may have copied."""
    return _PREFIX.sub("", quote).strip()
