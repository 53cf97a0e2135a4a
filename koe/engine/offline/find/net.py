"""A small net over the words of a text: what it makes of each candidate, beside the sums of n-grams.

Words as sums of table rows, three widening convolutions over their neighbours (Yu and Koltun 2016), and
of each run of clauses the mean, the largest, the ends and what stands around it, through one hidden
layer. Every layer is rounded to whole numbers, so that sums are exact and no text depends on another.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find.features import MOST_CLAUSES, Batch
from koe.engine.offline.find.tokens import MOST_GRAMS, Laid, japanese_vector, traits_of
from koe.language.vectors import word_hash

__all__ = ["BLOCKS", "FINE", "MOST", "REACHES", "STEP", "Arrays", "largest", "log_chances", "log_softmax"]
__all__ += ["mixed"]

Arrays = Mapping[str, NDArray[Any]]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

STEP = 1 / 32
"""What one whole number counts in a layer."""
MOST = 255
FINE = 64
"""Steps of 1 in the hidden layer."""
REACHES = (1, 2, 4)
"""How far each convolution reaches to either side."""
BLOCKS = ("own", "largest", "first", "last", "before", "after", "ahead", "behind")
_WIDE = ("own", "before", "after")
"""Where sums of whole numbers can pass what a float of 32 bits holds."""
_KNOWN = 40_000
"""Words that are kept ready; what is kept changes no result."""


Key = tuple[str, str, tuple[str, ...]]
"""A word as surface, normal form and part of speech."""

_met: dict[int, tuple[Arrays, dict[Key, NDArray[np.int32]]]] = {}
"""Words met so far with their rows, by net."""


def log_chances(batch: Batch, laid: Laid, flags: Floats, net: Arrays) -> Doubles:
    """Candidates x 7: the logarithm of the chance that it is none, and of each kind."""
    x = _first(laid, net)
    keep = (laid.calls > 0)[:, None].astype(np.float32)
    for n, reach in enumerate(REACHES):
        x = _heard(x, net, n, reach) * keep
    hidden = _hidden(batch, laid, x, flags, net)
    scores = hidden @ net["out"].astype(np.float64) * net["out:scale"] / FINE
    scores = scores + (flags @ net["straight"].astype(np.float32)) * net["straight:scale"]
    scores = scores + net["out:bias"]
    return log_softmax(scores)


def log_softmax(scores: Doubles) -> Doubles:
    """The logarithm of each row's chances, which are 1 in sum."""
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


def _first(laid: Laid, net: Arrays) -> Floats:
    """The words as rows of whole numbers, 0 to MOST."""
    keys = [None if token is None else (token.surface, token.normal, token.pos) for token in laid.tokens]
    places = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    rows = _rows(list(places), net)[[places[key] for key in keys]]
    rows = rows + net["call"][laid.calls] + net["border"][laid.borders]
    rows[laid.calls == 0] = 0
    return np.asarray(np.clip(rows, 0, MOST), np.float32)


def _rows(keys: Sequence[Key | None], net: Arrays) -> NDArray[np.int32]:
    held, met = _met.setdefault(id(net), (net, {}))
    if held is not net or len(met) > _KNOWN:
        met = {}
        _met[id(net)] = net, met
    nothing = np.zeros(net["word"].shape[1], np.int32)
    rows: list[NDArray[np.int32]] = []
    for key in keys:
        row = nothing if key is None else met.get(key)
        if key is not None and row is None:
            row = met[key] = _row(key, net)
        rows.append(nothing if row is None else row)
    return np.stack(rows)


def _row(key: Key, net: Arrays) -> NDArray[np.int32]:
    traits = traits_of(key)
    row = net["word"][traits.word] * net["word:scale"]
    grams = net["gram"][list(traits.grams)].astype(np.int64).sum(axis=0)
    row = row + grams * net["gram:scale"] / MOST_GRAMS**0.5
    row = row + net["pos"][traits.pos] * net["pos:scale"]
    row = row + net["inflection"][traits.inflection] * net["inflection:scale"]
    row = row + _meaning(key, net) * net["meaning:scale"]
    return np.asarray(np.rint((row + net["first:bias"]) / STEP), np.int32)


def _meaning(key: Key, net: Arrays) -> NDArray[np.int64]:
    """The word's vector, turned: of English words it is kept turned."""
    surface, normal, _ = key
    if "keys" in net:
        hashed = np.uint64(word_hash(normal))
        at = int(np.searchsorted(net["keys"], hashed))
        known = at < len(net["keys"]) and net["keys"][at] == hashed
        return net["meaning"][at].astype(np.int64) if known else np.zeros(net["meaning"].shape[1], np.int64)
    vector = japanese_vector(normal, surface)
    turn = net["meaning"].astype(np.int64)
    return np.zeros(turn.shape[1], np.int64) if vector is None else vector @ turn


def _heard(x: Floats, net: Arrays, n: int, reach: int) -> Floats:
    """The rows with what they hear from their neighbours; sums of whole numbers under 2**24 are exact."""
    edge = np.zeros((reach, x.shape[1]), np.float32)
    wide = np.concatenate([edge, x, edge])
    taps = net[f"hear{n}"].astype(np.float32)
    total = sum((wide[k * reach : k * reach + len(x)] @ taps[k] for k in range(3)), np.zeros_like(x))
    heard = np.rint(total * net[f"hear{n}:scale"] + net[f"hear{n}:bias"])
    return np.asarray(np.minimum(x + np.maximum(heard, 0), MOST), np.float32)


def _hidden(batch: Batch, laid: Laid, x: Floats, flags: Floats, net: Arrays) -> Doubles:
    """The hidden layer of each candidate, in whole numbers."""
    parts: dict[str, NDArray[Any]] = {
        name: net[f"hidden.{name}"].astype(np.float64 if name in _WIDE else np.float32) for name in BLOCKS
    }
    sums = np.concatenate([np.zeros((1, x.shape[1]), np.int64), np.cumsum(x.astype(np.int64), axis=0)])
    most = np.maximum.reduceat(x, laid.starts, axis=0)
    a, e = laid.starts, laid.ends
    head, tail = a[batch.block_first], e[batch.block_last]
    nothing = np.zeros((1, parts["own"].shape[1]), np.float32)
    ahead = np.concatenate([nothing, most @ parts["ahead"]])
    behind = np.concatenate([most @ parts["behind"], nothing])
    places = np.arange(len(a))
    left = x[a] @ parts["first"] + _mean(sums, head, a) @ parts["before"]
    left = left + ahead[np.where(places > batch.block_first, places, 0)]
    right = x[e - 1] @ parts["last"] + _mean(sums, e, tail) @ parts["after"]
    right = right + behind[np.where(places < batch.block_last, places + 1, len(a))]
    first, last = batch.first, batch.last
    total = left[first] + right[last] + _mean(sums, a[first], e[last]) @ parts["own"]
    total = total + largest(most, first, last) @ parts["largest"]
    told = flags @ net["hidden.flags"].astype(np.float32)
    hidden = total * net["hidden:scale"] + told * net["hidden.flags:scale"] + net["hidden:bias"]
    return np.asarray(np.rint(np.maximum(hidden, 0) * FINE))


def _mean(sums: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Doubles:
    """The sum over the root of the number, rounded."""
    root = np.sqrt(np.maximum(ends - starts, 1))[:, None]
    return np.asarray(np.rint((sums[ends] - sums[starts]) / root))


def largest(most: Floats, first: NDArray[np.int64], last: NDArray[np.int64]) -> Floats:
    """The largest of each run of clauses, in every column; `most` holds the largest of each clause."""
    found = most[first]
    for more in range(1, MOST_CLAUSES):
        reach = first + more <= last
        found[reach] = np.maximum(found[reach], most[first[reach] + more])
    return found


def mixed(parts: Sequence[Doubles], shares: Sequence[float]) -> Doubles:
    """Chances whose logarithms are the weighted mean of the given ones, each row 1 in sum."""
    total = sum((share * part for share, part in zip(shares, parts, strict=True)), np.zeros_like(parts[0]))
    raised = np.exp(total - total.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True)).round(9)
