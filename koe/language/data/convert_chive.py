"""Makes `chive_words.npy`, `…_rows`, `…_vectors` and `…_scales` from the vocabulary of ja-ginza 5.3.0.

    pip download --no-deps ja-ginza==5.3.0 && unzip ja_ginza-5.3.0-py3-none-any.whl
    python koe/language/data/convert_chive.py ja_ginza/ja_ginza-5.3.0/vocab koe/language/data

Only the word vectors are taken (chiVe, Apache-2.0): nothing of the parser or the tagger. A row is kept
in bytes beside its scale, a word as a 64-bit hash of itself. The scale also turns the row's length L
into L ** 1.5: a longer vector belongs to a word that says more, and this was measured to help.
"""

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from koe.language.vectors import word_hash

POWER = 1.5
MASK = (1 << 64) - 1
FACTOR = 0xC6A4A7935BD1E995


def murmur64a(data: bytes, seed: int = 1) -> int:
    """The hash that the source keys its words by."""
    value = seed ^ (len(data) * FACTOR & MASK)
    whole = len(data) & ~7
    for at in range(0, whole, 8):
        part = int.from_bytes(data[at : at + 8], "little") * FACTOR & MASK
        value = (value ^ ((part ^ part >> 47) * FACTOR & MASK)) * FACTOR & MASK
    if len(data) > whole:
        value = (value ^ int.from_bytes(data[whole:], "little")) * FACTOR & MASK
    value = (value ^ value >> 47) * FACTOR & MASK
    return value ^ value >> 47


def read_rows(packed: bytes) -> dict[int, int]:
    """The source's table of hash → row: one MessagePack map of unsigned integers."""
    sizes = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}
    numbers: list[int] = []
    at = 5
    while at < len(packed):
        first = packed[at]
        size = sizes.get(first, 0)
        numbers.append(int.from_bytes(packed[at + 1 : at + 1 + size], "big") if size else first)
        at += 1 + size
    if packed[0] != 0xDF or len(numbers) != 2 * int.from_bytes(packed[1:5], "big"):
        raise SystemExit("key2row is not the MessagePack map this script knows.")
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def convert(vocab: Path, folder: Path) -> None:
    """Writes the three arrays; raises SystemExit when two words would share a hash."""
    rows = read_rows((vocab / "key2row").read_bytes())
    words = json.loads((vocab / "strings.json").read_text(encoding="utf-8"))
    known = {word_hash(word): rows[key] for word in words if (key := murmur64a(word.encode())) in rows}
    hashes = np.array(sorted(known), dtype=np.uint64)
    if len(known) < 0.9999 * len(rows):
        raise SystemExit(f"Only {len(known)} of {len(rows)} keys have a word.")
    np.save(folder / "chive_words.npy", hashes)
    np.save(folder / "chive_rows.npy", np.array([known[int(key)] for key in hashes], dtype=np.uint16))
    save_vectors(np.load(vocab / "vectors"), folder)


def save_vectors(vectors: NDArray[np.float32], folder: Path) -> None:
    """Writes the rows as bytes and the factor that each is multiplied with."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.save(folder / "chive_vectors.npy", np.rint(vectors / largest * 127).astype(np.int8))
    np.save(folder / "chive_scales.npy", (largest / 127 * lengths ** (POWER - 1)).astype(np.float32)[:, 0])


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
