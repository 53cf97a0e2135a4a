"""The text of a Word file (.docx), paragraph by paragraph: what Teams and Google Meet give of a meeting."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import iterparse

from koe.errors import SetupError

LIMIT = 64 * 1024 * 1024
_DAMAGE = (BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, ParseError, ValueError)
"""What a package or XML that is none comes to; a `ValueError` are also entities and unknown encodings."""
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}


def read_docx(path: Path) -> str:
    """The words of the file, a line each paragraph. Raises SetupError where it is none, or too long."""
    try:
        with ZipFile(path) as parts:
            if parts.getinfo(_MAIN).file_size > LIMIT:
                raise SetupError(f"is longer than {LIMIT // 1024 // 1024} MiB")
            with parts.open(_MAIN) as file:
                return "\n".join(_paragraphs(file))
    except _DAMAGE:
        raise SetupError("is a Word file that cannot be read; save it as text (.txt)") from None


def _paragraphs(file: Any) -> Iterator[str]:
    """The text of each paragraph, what was deleted in it left out."""
    words: list[str] = []
    for _, one in iterparse(file, events=("end",)):
        if one.tag == f"{_W}t":
            words.append(one.text or "")
        elif one.tag in _SIGNS and not _is_setting(one):
            words.append(_SIGNS[one.tag])
        elif one.tag == f"{_W}p":
            yield "".join(words)
            words = []
            one.clear()


def _is_setting(one: Any) -> bool:
    """Whether a tab is a stop that is set and not a sign that is written."""
    return bool(one.attrib) and one.tag == f"{_W}tab"
