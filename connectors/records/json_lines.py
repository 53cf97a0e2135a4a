"""Lines of a JSON Lines file as objects; what cannot be read is named, and memory holds one line."""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from connectors.records.dates import NO_ORDERS, Orders
from koe.errors import SetupError

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one line; a longer one is named and not read."""
_BLOCK = 1 << 20
_LEADING_ID = re.compile(r'\s*\{\s*"id"\s*:\s*"([^"\\]+)"')


Maybe = tuple[str, ...] | None


class Found(NamedTuple):
    """One record of a file before it is understood: its object, or what is wrong."""

    place: str
    raw: str
    fields: dict[str, Any] | None
    trouble: str = ""
    dates: Orders = NO_ORDERS
    """What stands first in its dates such as 3/4/2026, where that is known."""
    said: tuple[str, ...] = ()
    """What a person should know of it although it is used."""
    maybe: Maybe = ()
    """Of one that cannot be read: the ids that it may have; None where nobody can tell."""
    age: tuple[Any, ...] = ()
    """How new its file is; of two the greater one is newer."""


def read_jsonl(path: Path, name: str) -> Iterator[Found]:
    """Every line of a file that is not blank, as an object or with what is wrong with it."""
    with path.open("rb") as file:
        for n, line in enumerate(_lines(file), 1):
            if n == 1 and line is not None:
                line = line.removeprefix(codecs.BOM_UTF8)
                if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    raise SetupError(f"{name!r} is UTF-16. Save it as UTF-8.")
            if line is None or line.strip():
                yield _found(f"{name}:{n}", line)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; None for one over the limit, which is passed over piece by piece."""
    while line := file.readline(LINE_LIMIT):
        is_long = len(line) == LINE_LIMIT and not line.endswith(b"\n")
        while is_long and line and not line.endswith(b"\n"):
            line = file.readline(_BLOCK)
        yield None if is_long else line


def _found(place: str, line: bytes | None) -> Found:
    if line is None:
        return Found(place, "", None, f"is longer than {LINE_LIMIT // _BLOCK} MiB", maybe=None)
    raw = ""
    try:
        raw = line.decode().strip()
        fields = json.loads(raw)
    except UnicodeDecodeError:
        return Found(place, "", None, "is not UTF-8", maybe=None)
    except json.JSONDecodeError as error:
        trouble = f"is not valid JSON ({error.msg}, column {error.colno})"
        return Found(place, raw, None, trouble, maybe=_leading(raw))
    except (ValueError, RecursionError):
        trouble = "is not valid JSON (a number too long, or nested too deep)"
        return Found(place, raw, None, trouble, maybe=_leading(raw))
    return Found(place, raw, fields if isinstance(fields, dict) else None, "is not a JSON object")


def _leading(raw: str) -> Maybe:
    """The id that a line begins with, if it can be made out."""
    match = _LEADING_ID.match(raw)
    return (match[1],) if match else None
