"""Distils the English word vectors from all-MiniLM-L6-v2, in two steps.

    python -m training.english FOLDER_OF_THE_MODEL   reads (some minutes): writes training/english_read.npz
    python -m training.english                       fits (seconds): writes koe/language/data/english_*.npy

Reading: every piece of the teacher's vocabulary by itself, as Model2Vec does (Tulkens and van Dongen 2024),
and every English text of ours, both in the directions in which the texts differ most. Fitting: pieces are
weighed by Zipf's law, frequent ones low; from there ridge regression moves their vectors so that the sum
over a text, by the root of its length, comes near to what the teacher says of it. The texts are the English
turns of `utterances/`, their sentences, quotes and statements, and the neutral turns; no label is used.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from koe.language.hashing import word_hash
from koe.language.text import sentences
from koe.language.vectors_en import DATA, SIZE, cut
from training.minilm import Teacher, encode, encode_pieces, load_teacher
from training.rows import HERE

READ = HERE / "english_read.npz"
ZIPF = 1e-4
"""The constant of the weight a / (a + share) (Arora et al. 2017)."""
FIRST_WORD = 1995
"""The teacher's vocabulary lists words from here on, frequent ones first."""
HELD = 1.0
"""How strongly a vector is held to where it began."""
LARGEST = 127
TEXT_UNIT = 256.0
"""A number of a text's row in these steps."""
_WORD = re.compile(r"(##)?[a-z0-9]+")

Doubles = NDArray[np.float64]


class Read(NamedTuple):
    """What the teacher says, in SIZE directions."""

    pieces: list[str]
    first: Doubles
    """A row for each piece, weighed."""
    texts: dict[int, Doubles]
    """A row for each text, by the hash of the text."""


def english_texts(without: frozenset[str] = frozenset()) -> list[str]:
    """All English texts of more than one word, each once, sorted; trades in `without` are left out."""
    found = {
        " ".join(text.split()) for row in _rows() if row.get("trade") not in without for text in _of(row)
    }
    return sorted(text for text in found if " " in text)


def _rows() -> Iterator[dict[str, Any]]:
    files = [*sorted((HERE / "utterances").glob("en_*.jsonl")), HERE / "neutral_en.jsonl"]
    for file in files:
        yield from map(json.loads, file.read_text("utf-8").splitlines())


def _of(row: dict[str, Any]) -> Iterator[str]:
    yield row["text"]
    yield from (row["text"][span.start : span.end] for span in sentences(row["text"]))
    for one in row.get("findings", []):
        yield from (one["quote"], one["statement"])


def read(teacher: Teacher) -> None:
    """Write what the teacher says of its pieces and of our texts."""
    usable = {piece: n for piece, n in teacher.pieces.items() if _WORD.fullmatch(piece)}
    edges = teacher.pieces["[CLS]"], teacher.pieces["[SEP]"]
    alone = encode_pieces(teacher, [[edges[0], n, edges[1]] for n in usable.values()]).astype(np.float64)
    texts = english_texts()
    whole = encode(teacher, texts).astype(np.float64)
    whole -= whole.mean(axis=0)
    _, _, ways = np.linalg.svd(whole, full_matrices=False)
    signs = np.sign(ways[np.arange(SIZE), np.abs(ways[:SIZE]).argmax(axis=1)])
    turn = (ways[:SIZE] * signs[:, None]).T
    first = (alone - alone.mean(axis=0)) @ turn * _weights(np.array(list(usable.values())))[:, None]
    scales = np.abs(first).max(axis=1) / LARGEST
    np.savez_compressed(
        READ,
        pieces=np.frombuffer("\n".join(usable).encode(), np.uint8),
        first=np.rint(first / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
        texts=np.clip(np.rint(whole @ turn * TEXT_UNIT), -LARGEST, LARGEST).astype(np.int8),
        keys=np.array([word_hash(text) for text in texts], np.uint64),
    )


def _weights(numbers: NDArray[np.int64]) -> Doubles:
    rank = np.maximum(numbers - FIRST_WORD, 1)
    share = 1 / rank / np.log(len(rank))
    return np.asarray(ZIPF / (ZIPF + share))


def load_read() -> Read:
    """What was read, from the file."""
    with np.load(READ) as file:
        pieces = file["pieces"].tobytes().decode().split("\n")
        first = file["first"].astype(np.float64) * file["scales"].astype(np.float64)[:, None]
        rows = file["texts"].astype(np.float64) / TEXT_UNIT
        keys = [int(key) for key in file["keys"]]
    return Read(pieces, first, dict(zip(keys, rows, strict=True)))


def fit(known: Read, texts: Sequence[str]) -> Doubles:
    """The pieces' vectors with which these texts come out as the teacher says (ridge regression)."""
    texts = [text for text in texts if word_hash(text) in known.texts]
    counts = _counts({piece: n for n, piece in enumerate(known.pieces)}, texts)
    wanted = np.stack([known.texts[word_hash(text)] for text in texts])
    drawn = counts @ known.first
    vectors = known.first * ((drawn * wanted).sum() / (drawn * drawn).sum())
    used = np.flatnonzero(np.asarray((counts != 0).sum(axis=0)).ravel())
    own = counts[:, used]
    square = (own.T @ own).toarray() + HELD * np.eye(len(used))
    vectors[used] += np.linalg.solve(square, own.T @ (wanted - counts @ vectors))
    return np.asarray(vectors)


def _counts(places: Mapping[str, int], texts: Sequence[str]) -> sp.csr_matrix:
    """(texts, pieces): how often each stands in a text, by the root of the text's length."""
    told = [[places[piece] for piece in cut(text, places.__contains__)] for text in texts]
    owners = [n for n, pieces in enumerate(told) for _ in pieces]
    share = [len(pieces) ** -0.5 for pieces in told for _ in pieces]
    flat = [piece for pieces in told for piece in pieces]
    return sp.csr_matrix((share, (owners, flat)), shape=(len(texts), len(places)))


def save(pieces: Sequence[str], vectors: Doubles, folder: Path = DATA) -> None:
    """Write hashes of the pieces, sorted, and each row in bytes beside its scale."""
    keys = np.array([word_hash(piece) for piece in pieces], np.uint64)
    order = np.argsort(keys)
    vectors = vectors[order]
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    np.save(folder / "english_pieces.npy", keys[order])
    np.save(folder / "english_vectors.npy", np.rint(vectors / largest * 127).astype(np.int8))
    np.save(folder / "english_scales.npy", (largest[:, 0] / 127).astype(np.float32))


if __name__ == "__main__":
    if sys.argv[1:]:
        read(load_teacher(Path(sys.argv[1])))
    else:
        known = load_read()
        save(known.pieces, fit(known, english_texts()))
