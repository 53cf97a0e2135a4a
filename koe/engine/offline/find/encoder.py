"""A small encoder that reads English turns closely, where the cheap model sees anything at all.

Some layers of all-MiniLM-L6-v2 (Wang et al. 2020), taught on the labelled turns (`training/find_encoder.py`),
and over its pieces the same looks at each candidate as the net has. One text at a time, and rounded, so that
no text depends on another.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find.features import Batch
from koe.engine.offline.find.net import BLOCKS, largest, log_softmax, mixed
from koe.engine.offline.find.pieces import Cut, cut_text
from koe.language.encoder_graph import normed, session_of
from koe.language.pieces import Pieces, make_pieces

__all__ = ["ENCODER", "Encoder", "load_encoder", "log_chances", "read_closely", "unpacked"]

ENCODER = Path(__file__).with_name("find_encoder_en.npz")
DIGITS = 3
"""Decimals of a logarithm that are kept; what lies behind them may differ between machines."""
LEAST = 1e-9
SMALL = ("place", "side", "norm", "top", "hidden", "out", "straight")
"""Tables that are read by numpy; the layers are the graph's."""

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Arrays = Mapping[str, NDArray[Any]]


class Encoder(NamedTuple):
    """The weights by name, the pieces, and how the encoder is listened to."""

    tables: Mapping[str, NDArray[Any]]
    pieces: Pieces
    heard: Callable[[Floats], Floats]
    """What the layers make of the embedded pieces of a window."""
    share: float
    """How much of what is believed comes from the encoder where it reads."""
    gate: float
    """A text is read when the cheap model gives one of its candidates this chance of being something."""


def read_closely(batch: Batch, told: Floats, chance: Doubles) -> Doubles:
    """The chances with what the encoder says mixed in, for texts of which they say anything at all."""
    encoder = load_encoder()
    some = np.unique(batch.text[chance[:, 0] <= 1 - encoder.gate])
    made = chance.copy()
    for text in some.tolist():
        own = slice(*np.searchsorted(batch.text, [text, text + 1]).tolist())
        heard = log_chances(batch, text, told, encoder)
        sums = np.log(np.maximum(chance[own], LEAST))
        made[own] = mixed([sums, heard], [1 - encoder.share, encoder.share])
    return made


def log_chances(batch: Batch, text: int, told: Floats, encoder: Encoder) -> Doubles:
    """Candidates of one text x 7: the logarithm of the chance that it is none, and of each kind."""
    own = slice(*np.searchsorted(batch.text, [text, text + 1]).tolist())
    cut = cut_text(batch, text, encoder.pieces)
    table = encoder.tables
    states = np.concatenate(
        [_states(window, ahead, encoder) for window, ahead in zip(cut.windows, cut.ahead, strict=True)]
    )
    seen = np.concatenate(
        [_looks(batch, own, cut, np.maximum(_dense(table, "top", states), 0)), told[own]], 1
    )
    scores = (
        _dense(table, "out", np.maximum(_dense(table, "hidden", seen), 0)) + told[own] @ table["straight"]
    )
    return log_softmax(np.asarray(scores, np.float64)).round(DIGITS)


def _states(window: Sequence[int], ahead: int, encoder: Encoder) -> Floats:
    """What the last layer makes of a window's own pieces."""
    table = encoder.tables
    state = table["word"][window] * table["word:scale"][window][:, None].astype(np.float32)
    state = state + table["place"][: len(window)] + table["side"][0]
    state[:ahead] += table["side"][1] - table["side"][0]
    return encoder.heard(normed(table, "norm", state))[ahead:-1]


def _dense(table: Arrays, name: str, rows: Floats) -> Floats:
    return np.asarray(rows @ table[name] + table[name + ":bias"], np.float32)


def _looks(batch: Batch, own: slice, cut: Cut, x: Floats) -> Floats:
    """What the hidden layer sees of each candidate of the text, in the order of BLOCKS."""
    first, last = batch.first[own], batch.last[own]
    base = int(first[0])
    head, tail = batch.block_first[first] - base, batch.block_last[first] - base
    first, last = first - base, last - base
    starts, ends = np.array(cut.starts), np.array(cut.ends)
    sums = np.concatenate([np.zeros((1, x.shape[1])), np.cumsum(x, axis=0, dtype=np.float64)])
    most = np.maximum.reduceat(x, starts, axis=0)
    nothing = np.zeros((1, x.shape[1]), np.float32)
    padded = np.concatenate([nothing, most, nothing])
    seen = {
        "own": _mean(sums, starts[first], ends[last]),
        "largest": largest(most, first, last),
        "first": x[starts[first]],
        "last": x[ends[last] - 1],
        "before": _mean(sums, starts[head], starts[first]),
        "after": _mean(sums, ends[last], ends[tail]),
        "ahead": padded[np.where(first > head, first, 0)],
        "behind": padded[np.where(last < tail, last + 2, 0)],
    }
    return np.concatenate([seen[name] for name in BLOCKS], axis=1)


def _mean(sums: Doubles, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Floats:
    """The sum over the root of the number."""
    root = np.sqrt(np.maximum(ends - starts, 1))[:, None]
    return np.asarray((sums[ends] - sums[starts]) / root, np.float32)


@cache
def load_encoder() -> Encoder:
    """The encoder that ships with koe."""
    with np.load(ENCODER) as file:
        return unpacked(dict(file))


def unpacked(arrays: Arrays) -> Encoder:
    """The encoder of a file's arrays."""
    names = bytes(arrays["names"]).decode().split("\n")
    layers = sum(name.endswith(".asked") for name in arrays)
    small = [name for name in arrays if name.split(":")[0] in SMALL]
    tables: dict[str, NDArray[Any]] = {"word": arrays["word"], "word:scale": arrays["word:scale"]}
    for name in small:
        table = arrays[name].astype(np.float32)
        tables[name] = (
            table * arrays[name + ":scale"].astype(np.float32) if name + ":scale" in arrays else table
        )
    share, gate = float(arrays["share"]), float(arrays["gate"])
    return Encoder(tables, make_pieces(names), session_of(arrays, layers), share, gate)
