"""Character n-grams as numbers: one hash per place and length, the same on every machine.

All texts of a batch stand in one array of code points, normalised one by one and a gap apart, so that
a clause is a range of it and the n-grams of a clause are the places in that range.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["GAP", "Codes", "encode", "hash_ranges", "ngram_rows"]

GAP = 8
"""Empty places between two texts: no n-gram of one reaches into the next."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_BASE_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_SHIFT = np.uint64(33)


class Codes(NamedTuple):
    """A batch of texts as numbers; `starts[i]` is where text i begins."""

    codes: NDArray[np.uint64]
    starts: list[int]
    sums: NDArray[np.uint64]
    inverse: NDArray[np.uint64]


def encode(texts: Sequence[str]) -> Codes:
    """The texts in one array: width, case and digits made one, a gap before, between and behind."""
    starts: list[int] = []
    at = GAP
    for text in texts:
        starts.append(at)
        at += len(text) + GAP
    joined = "\0" * GAP + ("\0" * GAP).join(texts) + "\0" * GAP
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.where(raw < 0x10000, _table()[np.minimum(raw, 0xFFFF)], raw).astype(np.uint64)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(codes * _powers(_BASE, len(codes)))])
    return Codes(codes, starts, sums, _powers(_BASE_INVERSE, len(codes) + 1))


def ngram_rows(batch: Codes, size: int, salt: int, rows: int) -> NDArray[np.int64]:
    """For each place the table row of the n-gram of `size` that begins there."""
    last = len(batch.codes) - size + 1
    places = np.arange(last)
    return hash_ranges(batch, places, places + size, salt * 64 + size, rows)


def hash_ranges(
    batch: Codes, starts: NDArray[np.int64], ends: NDArray[np.int64], salt: int, rows: int
) -> NDArray[np.int64]:
    """The table row of each range of characters."""
    value = (batch.sums[ends] - batch.sums[starts]) * batch.inverse[starts]
    value = (value + np.uint64(salt * int(_BASE) % 2**64)) * _MIX
    value ^= value >> _SHIFT
    value *= _BASE
    value ^= value >> _SHIFT
    return (value % np.uint64(rows)).astype(np.int64)


def _powers(base: np.uint64, size: int) -> NDArray[np.uint64]:
    factors = np.full(size, base, np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)


@cache
def _table() -> NDArray[np.uint32]:
    table = np.arange(0x10000, dtype=np.uint32)
    for code in range(0x10000):
        if 0xD800 <= code < 0xE000:
            continue
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1:
            table[code] = ord(plain)
        if chr(code).isdigit():
            table[code] = ord("0")
        elif chr(code).isspace():
            table[code] = ord(" ")
    return table
