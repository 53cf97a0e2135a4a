"""Word vectors for the English model of find: `python -m training.words_en FOLDER` writes words_en.npz.

Each whole word of the vocabulary of all-MiniLM-L6-v2 and each word of the English turns, read by the
model as a text of its own; the 128 directions in which these vectors differ most, as bytes. FOLDER holds
the model as `training/minilm.py` wants it. Run again on the same machine it writes the same bytes.
"""

import re
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from koe.language.sudachi import tokenize
from koe.language.vectors import word_hash
from training.minilm import Teacher, encode, load_teacher
from training.rows import HERE, SAID, WRITTEN, load_rows

WORDS = HERE / "words_en.npz"
WIDTH = 128
LARGEST = 127
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")


def vocabulary(teacher: Teacher) -> list[str]:
    """The words that get a vector, sorted."""
    rows = [row for row in load_rows("en") if not row.id.startswith((SAID, WRITTEN))]
    said = {token.normal for row in rows for token in tokenize(row.text)}
    return sorted(word for word in said | set(teacher.pieces) if _WORD.fullmatch(word))


def main(folder: Path) -> None:
    """Write the vectors."""
    teacher = load_teacher(folder)
    words = vocabulary(teacher)
    vectors = encode(teacher, words).astype(np.float64)
    away = vectors - vectors.mean(axis=0)
    _, turned = np.linalg.eigh(away.T @ away)
    best = away @ turned[:, ::-1][:, :WIDTH]
    order = np.argsort(np.array([word_hash(word) for word in words], np.uint64))
    np.savez_compressed(
        WORDS,
        words=np.array([word_hash(word) for word in words], np.uint64)[order],
        vectors=_rounded(best)[order],
    )


def _rounded(rows: NDArray[np.float64]) -> NDArray[np.int8]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    whole = np.rint(rows / np.maximum(lengths, 1e-9) * 2 * LARGEST)
    return np.clip(whole, -LARGEST, LARGEST).astype(np.int8)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
